/** `import` and `declare`: what lists and people say. */
import Table from 'cli-table3'
import { Command } from 'commander'
import { OphavError, printable } from '@ophav/shared'
import { localActor } from '../access/audit.ts'
import { declare, listDeclarations, parseFigure, withdrawDeclaration } from '../register/declare.ts'
import { importRegister, type ImportReceipt } from '../register/import.ts'
import { PRESETS, readMapping } from '../register/mapping.ts'
import { print, withData, withStore } from './context.ts'

export const registerCommands = (): Command[] => [importCommand(), declareCommand(), declarationCommand()]

interface ImportOptions {
  data: string
  register: string
  mapping: string
  dryRun: boolean
  json: boolean
}

const importCommand = (): Command =>
  withData(new Command('import'))
    .description('Imports an asset list (CSV) as the present state of a register.')
    .argument('<file>', 'the list; encoding and delimiter are found out')
    .requiredOption('--register <key>', 'which register the list is the present state of')
    .option(
      '--mapping <name|file>',
      `column mapping: ${Object.keys(PRESETS).join(', ')} or a YAML file`,
      'liste',
    )
    .option('--dry-run', 'read and check, change nothing', false)
    .option('--json', 'the receipt as JSON', false)
    .addHelpText(
      'after',
      '\nThe whole list is taken or nothing of it. Rows that cannot be used are named with their line.\n\nExample:\n  ophav-collector import --register intune --mapping intune pc.csv',
    )
    .action((path: string, options: ImportOptions) =>
      withStore(options.data, async (db) => {
        const { register, dryRun } = options
        const receipt = await importRegister(db, {
          register,
          path,
          mapping: readMapping(options.mapping),
          actor: localActor(),
          dryRun,
        })
        print(options.json ? JSON.stringify(receipt) : receiptText(receipt, dryRun))
      }),
    )

function receiptText(receipt: ImportReceipt, dryRun: boolean): string {
  if (receipt.repeated) return 'This very list was imported last time: nothing to do.'
  const { rows, added, changed, unchanged, gone, duplicates, rejected, problems } = receipt
  const head = dryRun
    ? `${rows} rows read, nothing changed; ${duplicates} duplicates, ${rejected} unusable.`
    : `${rows} rows: ${added} added, ${changed} changed, ${unchanged} unchanged, ${gone} gone; ${duplicates} duplicates, ${rejected} unusable.`
  return [head, ...problems.map(({ line, problem }) => `  line ${line}: ${problem}`)].join('\n')
}

interface DeclareOptions {
  data: string
  type: string
  administration: string
  count?: string
  range?: string
  by: string
  date: string
  note: string
}

const declareCommand = (): Command =>
  withData(new Command('declare'))
    .description('Records a figure or a range that an administration states.')
    .requiredOption('--type <key>', 'hardware type, as drone')
    .requiredOption('--administration <key>', 'whose devices')
    .option('--count <number>', 'a figure')
    .option('--range <low-high>', 'an estimate, as 200-300')
    .requiredOption('--by <name>', 'who states it')
    .option('--date <yyyy-mm-dd>', 'when it was stated', new Date().toISOString().slice(0, 10))
    .option('--note <text>', 'where the figure comes from', '')
    .addHelpText(
      'after',
      '\nExample:\n  ophav-collector declare --type surveillance-camera --administration BUF --range 200-300 --by "Navn" --note "skønnet af BUF"',
    )
    .action((options: DeclareOptions) =>
      withStore(options.data, async (db) => {
        const {
          type: hardwareType,
          administration,
          count,
          range,
          by: statedBy,
          date: statedOn,
          note,
        } = options
        if ((count === undefined) === (range === undefined))
          throw new OphavError('declaration.invalid', { problem: 'give either --count or --range' })
        const figure = parseFigure(count ?? range ?? '')
        const id = await declare(
          db,
          { hardwareType, administration, ...figure, statedBy, statedOn, note },
          localActor(),
        )
        print(`Declaration ${id} recorded.`)
      }),
    )

function declarationCommand(): Command {
  const declaration = new Command('declaration').description('The declarations in force.')
  withData(declaration.command('list'))
    .description('Lists them.')
    .action(({ data }: { data: string }) =>
      withStore(data, async (db) => {
        const table = new Table({
          head: ['No.', 'Type', 'Administration', 'Figure', 'By', 'Date', 'Note'],
          style: { head: [], border: [] },
        })
        for (const row of await listDeclarations(db))
          table.push([
            row.id,
            row.hardware_type,
            row.administration,
            row.low === row.high ? row.low : `${row.low}-${row.high}`,
            printable(row.stated_by),
            row.stated_on,
            printable(row.note),
          ])
        print(table.toString())
      }),
    )
  withData(declaration.command('withdraw <number>'))
    .description('Takes one back; it stays on record.')
    .action((id: string, { data }: { data: string }) =>
      withStore(data, (db) => withdrawDeclaration(db, Number(id), localActor())),
    )
  return declaration
}
