/** `administration`, `type` and `config`: what the organisation says about itself. */
import Table from 'cli-table3'
import { Command } from 'commander'
import { OphavError } from '@ophav/shared'
import { localActor } from '../access/audit.ts'
import { applyConfiguration, readConfiguration } from '../administration/configuration.ts'
import { listAdministrations } from '../administration/read.ts'
import { putAdministration, setUnitPrice } from '../administration/write.ts'
import { print, withData, withStore } from './context.ts'

export const administrationCommands = (): Command[] => [
  administrationCommand(),
  typeCommand(),
  configCommand(),
]

function administrationCommand(): Command {
  const administration = new Command('administration').description(
    'The administrations by which the tables count.',
  )
  withData(administration.command('add <key>'))
    .description('Adds an administration, or renames it.')
    .requiredOption('--name <name>', 'Danish name')
    .option('--name-en <name>', 'English name')
    .action((key: string, { data, name, nameEn }: { data: string; name: string; nameEn?: string }) =>
      withStore(data, (db) =>
        putAdministration(
          db,
          { key, nameDa: name, ...(nameEn === undefined ? {} : { nameEn }) },
          localActor(),
        ),
      ),
    )
  withData(administration.command('list'))
    .description('Lists them in the order of the tables.')
    .action(({ data }: { data: string }) =>
      withStore(data, async (db) => {
        const table = new Table({ head: ['Key', 'Navn', 'Name'], style: { head: [], border: [] } })
        for (const row of await listAdministrations(db)) table.push([row.key, row.name_da, row.name_en])
        print(table.toString())
      }),
    )
  return administration
}

function typeCommand(): Command {
  const type = new Command('type').description('The rows of the tables, and what one device of each costs.')
  withData(type.command('list'))
    .description('Lists the rows.')
    .action(({ data }: { data: string }) =>
      withStore(data, async (db) => {
        const table = new Table({
          head: ['Key', 'Række', 'Row', 'Price (kDKK)'],
          style: { head: [], border: [] },
        })
        for (const row of await db.selectFrom('hardware_type').selectAll().orderBy('position').execute())
          table.push([row.key, row.label_da, row.label_en, row.unit_price ?? '–'])
        print(table.toString())
      }),
    )
  withData(type.command('price <key> <thousandDkk>'))
    .description('Sets what one device costs, in thousand DKK, as 12.5')
    .action((key: string, text: string, { data }: { data: string }) => {
      const price = Number(text.replace(',', '.'))
      if (!(price >= 0 && price < 1_000_000)) throw new OphavError('command.invalid-option', { price: text })
      return withStore(data, (db) => setUnitPrice(db, key, price, localActor()))
    })
  return type
}

function configCommand(): Command {
  const config = new Command('config').description('A whole organisation in one file.')
  withData(config.command('apply <file>'))
    .description('Applies administrations, segments (as proposals) and prices from a YAML file.')
    .action((file: string, { data }: { data: string }) =>
      withStore(data, async (db) => {
        const configuration = readConfiguration(file)
        await applyConfiguration(db, configuration, localActor())
        print(
          `Applied: ${configuration.administrations.length} administrations, ${configuration.segments?.length ?? 0} segments proposed.`,
        )
      }),
    )
  return config
}
