/** `rule`: the organisation's own rules and facts, over what the product knows. */
import Table from 'cli-table3'
import { Command, InvalidArgumentError, Option } from 'commander'
import { describeShippedChange } from '@ophav/oui'
import { OphavError, printable } from '@ophav/shared'
import { describeProblem } from '@ophav/shared/override'
import { stringify } from 'yaml'
import { localActor } from '../access/audit.ts'
import { previewEffect } from '../override/preview.ts'
import { countRules, listVersions, readVersion, versionInForce, type Version } from '../override/read.ts'
import { checkFile, usableOf, type CheckedFile } from '../override/read-file.ts'
import { importOverride, withdrawOverride, type Taken } from '../override/write.ts'
import { print, withData, withStore } from './context.ts'
import { effectText } from './rule-effect.ts'

interface Common {
  data: string
  json: boolean
}
type Language = 'en' | 'da'

const HELP = `
The file is YAML or JSON; docs/own-rules.md describes it.

Examples:
  ophav-collector rule check rules.yaml
  ophav-collector rule diff rules.yaml
  ophav-collector rule import rules.yaml
  ophav-collector rule withdraw`

export function ruleCommand(): Command {
  const rule = new Command('rule')
    .description("The organisation's own rules: what it knows better than the product.")
    .addHelpText('after', HELP)
  rule.addCommand(checkCommand())
  rule.addCommand(diffCommand())
  rule.addCommand(importCommand())
  rule.addCommand(withdrawCommand())
  rule.addCommand(listCommand())
  rule.addCommand(exportCommand())
  return rule
}

const json = (command: Command): Command => command.option('--json', 'as JSON', false)
const language = (): Option =>
  new Option('--lang <language>', 'of what is wrong').choices(['en', 'da']).default('en')

const checkCommand = (): Command =>
  json(new Command('check'))
    .argument('<file>')
    .description('Checks rules with their examples, and lists the shipped examples that they change.')
    .addOption(language())
    .action((path: string, { json: asJson, lang }: { json: boolean; lang: Language }) => {
      const file = checkFile(path)
      if (asJson) print(JSON.stringify({ problems: file.problems, changes: file.changes }))
      else sayCheck(file, lang, print)
      const { override } = usableOf(file)
      if (!asJson) print(`The rules work: ${rulesText(countRules(override))}.`)
    })

const diffCommand = (): Command =>
  withData(json(new Command('diff')))
    .argument('<file>')
    .description('Shows what the rules would change, device by device and figure by figure. Changes nothing.')
    .action((path: string, { data, json: asJson }: Common) =>
      withStore(data, async (db) => {
        const file = checkFile(path)
        sayCheck(file, 'en', note)
        const effect = await previewEffect(db, usableOf(file).knowledge, localActor())
        print(asJson ? JSON.stringify(effect) : `${effectText(effect)}\nNothing was changed.`)
      }),
    )

const importCommand = (): Command =>
  withData(json(new Command('import')))
    .argument('<file>')
    .description('Takes the rules into force and identifies all past observations with them at once.')
    .option('--accept-changes', 'take rules that change how shipped examples are read', false)
    .action((path: string, options: Common & { acceptChanges: boolean }) =>
      withStore(options.data, async (db) => {
        const file = checkFile(path)
        sayCheck(file, 'en', note)
        const { acceptChanges } = options
        sayTaken(await importOverride(db, { file, acceptChanges, actor: localActor() }), options.json)
      }),
    )

const withdrawCommand = (): Command =>
  withData(json(new Command('withdraw')))
    .description('Takes the version in force back, so that the one before it holds again, or none.')
    .action((options: Common) =>
      withStore(options.data, async (db) => sayTaken(await withdrawOverride(db, localActor()), options.json)),
    )

const listCommand = (): Command =>
  withData(json(new Command('list')))
    .description('Lists the versions of the rules, the newest first.')
    .action(({ data, json: asJson }: Common) =>
      withStore(data, async (db) => {
        const versions = await listVersions(db)
        const inForce = await versionInForce(db)
        if (asJson)
          return print(JSON.stringify(versions.map((row) => ({ ...row, in_force: row.id === inForce?.id }))))
        const table = new Table({
          head: ['Version', 'State', 'File', 'Rules', 'Accepted changes', 'Imported', 'By'],
          style: { head: [], border: [] },
        })
        for (const row of versions)
          table.push([
            row.id,
            stateOf(row, inForce),
            printable(row.file_name, 40),
            rulesText(countRules(await readVersion(db, row.id))),
            row.accepted,
            row.imported_at,
            printable(row.imported_by, 40),
          ])
        return print(table.toString())
      }),
    )

const exportCommand = (): Command =>
  withData(json(new Command('export')))
    .argument('[version]', 'number of the version; the one in force where none is given', parseVersion)
    .description('Prints a version of the rules as a file, YAML unless --json.')
    .action((given: number | undefined, { data, json: asJson }: Common) =>
      withStore(data, async (db) => {
        const id = given ?? (await versionInForce(db))?.id
        if (id === undefined) throw new OphavError('rule.none-in-force')
        const override = await readVersion(db, id)
        print(asJson ? JSON.stringify(override, null, 2) : stringify(override, { lineWidth: 0 }).trimEnd())
      }),
    )

function parseVersion(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give the number of a version, as `rule list` shows it.')
}

/** Beside the answer, so that a program reads the answer alone. */
const note = (text: string): void => void process.stderr.write(`${text}\n`)

/** More than anybody reads; `rule check --json` has all. */
const LISTED = 50

function sayCheck({ problems, changes }: CheckedFile, lang: Language, say: (line: string) => void): void {
  for (const problem of problems) say(describeProblem(problem, lang, problem.line))
  if (changes.length === 0) return
  say(`${changes.length} shipped examples are read in another way:`)
  for (const change of changes.slice(0, LISTED)) say(`  ${printable(describeShippedChange(change), 400)}`)
  if (changes.length > LISTED) say(`  … and ${changes.length - LISTED} more`)
}

function sayTaken(taken: Taken, asJson: boolean): void {
  if (asJson) return print(JSON.stringify(taken))
  const { version, repeated, effect } = taken
  if (repeated) return print(`These very rules are in force already, as version ${version?.id}.`)
  print(effectText(effect))
  return print(version === null ? 'No own rules are in force now.' : `Version ${version.id} is in force now.`)
}

const rulesText = (counts: ReturnType<typeof countRules>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ') || 'none'

function stateOf(row: Version, inForce: Version | undefined): string {
  if (row.withdrawn_at !== null) return `withdrawn ${row.withdrawn_at}`
  if (row.id !== inForce?.id) return 'replaced'
  return row.applied_at === null ? 'in force, not yet applied to all: import it again' : 'in force'
}
