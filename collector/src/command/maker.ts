/** `maker`: who is behind a name, on which sources, so that a reader can check why a device counts as Chinese. */
import Table from 'cli-table3'
import { Command } from 'commander'
import type { Ownership } from '@ophav/oui'
import { printable } from '@ophav/shared'
import { countDevices, describeMaker, findMaker, isInPeriod, type MakerSheet } from '../maker/read.ts'
import { loadKnowledge } from '../override/knowledge.ts'
import { print, withData, withStore } from './context.ts'

interface Common {
  data: string
  json: boolean
}

export function makerCommand(): Command {
  const maker = new Command('maker').description('The makers that are known, with their owners and sources.')
  maker.addCommand(showCommand())
  maker.addCommand(listCommand())
  return maker
}

const today = (): string => new Date().toISOString().slice(0, 10)

const showCommand = (): Command =>
  withData(new Command('show'))
    .argument('<name...>', "the maker, or an organisation's name as a register writes it")
    .description('Shows who owned a maker when, the sources, and what own rules change.')
    .option('--json', 'as JSON', false)
    .addHelpText('after', '\nExample:\n  ophav-collector maker show Lorex')
    .action((words: string[], { data, json }: Common) =>
      withStore(data, async (db) => {
        const knowledge = await loadKnowledge(db)
        const entry = findMaker(knowledge, words.join(' '))
        const sheet = describeMaker(knowledge, entry, today())
        const devices = await countDevices(db, entry.name)
        print(json ? JSON.stringify({ ...sheet, devices }) : sheetText(sheet, devices))
      }),
    )

const listCommand = (): Command =>
  withData(new Command('list'))
    .description('Lists the makers with owner and country of today.')
    .option('--chinese', 'only those that count as Chinese', false)
    .option('--own', 'only those that own rules change', false)
    .option('--json', 'one JSON object a line', false)
    .action(({ data, json, chinese, own }: Common & { chinese: boolean; own: boolean }) =>
      withStore(data, async (db) => {
        const knowledge = await loadKnowledge(db)
        const sheets = knowledge.makers
          .map((entry) => describeMaker(knowledge, entry, today()))
          .filter((sheet) => (!chinese || sheet.chinese === 'yes') && (!own || ownText(sheet) !== ''))
          .sort((a, b) => a.name.localeCompare(b.name))
        if (json) return sheets.forEach((sheet) => print(JSON.stringify(sheet)))
        const table = new Table({
          head: ['Maker', 'Counted as', 'Chinese', 'Country', 'Owner', 'Source checked', 'Own rules'],
          style: { head: [], border: [] },
        })
        for (const sheet of sheets)
          table.push([
            printable(sheet.name, 40),
            printable(sheet.countedAs ?? '', 40),
            sheet.chinese,
            sheet.country ?? '–',
            printable(sheet.owner ?? '–', 40),
            sheet.ownership.find((period) => isInPeriod(sheet, period, today()))?.checked ?? 'not yet',
            ownText(sheet),
          ])
        print(table.toString())
        return print(`${sheets.length} makers.`)
      }),
    )

function sheetText(sheet: MakerSheet, devices: number): string {
  const { name, countedAs, role, chinese, ndaa889, fccCovered, contested, ownership, own } = sheet
  const flags = [
    ndaa889 ? 'NDAA 2019 section 889' : '',
    fccCovered ? 'FCC Covered List' : '',
    contested ? 'contested' : '',
  ].filter(Boolean)
  const lines = [
    `${printable(name)}${countedAs === null ? '' : `, counted as ${printable(countedAs)}`}`,
    `  role: ${role}`,
    `  Chinese: ${chinese}`,
    `  marks: ${flags.join(', ') || 'none'}`,
    `  devices: ${devices}`,
    '  ownership:',
    ...(ownership.length === 0 ? ['    nobody is known'] : ownership.map(periodText)),
  ]
  if (ownText(sheet) !== '') lines.push(`  own rules: ${ownText(sheet)}`)
  if (own.replacedOwnership && own.replacedOwnership.length > 0)
    lines.push('  in place of what the catalogue says:', ...own.replacedOwnership.map(periodText))
  return lines.join('\n')
}

function periodText({ owner, country, from, until, source, checked }: Ownership): string {
  const period = `${from ?? '…'} to ${until ?? 'now'}`
  return `    ${period}: ${printable(owner)}, ${country}; source ${printable(source, 500)}, ${
    checked === undefined ? 'not yet checked by anybody' : `checked ${checked}`
  }`
}

const ownText = ({ own }: MakerSheet): string =>
  [
    own.added ? 'added' : '',
    own.replacedOwnership === null ? '' : 'ownership stated',
    own.amended ? 'names amended' : '',
    own.silent ? 'never concluded' : '',
  ]
    .filter(Boolean)
    .join(', ')
