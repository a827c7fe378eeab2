/** `devices`, `reidentify` and `identify`: what is known of devices, and what would be known of them now. */
import Table from 'cli-table3'
import { Command } from 'commander'
import { identifyJsonLine, shippedKnowledge } from '@ophav/oui'
import { printable } from '@ophav/shared'
import { answerLines, Output } from '@ophav/shared/stream'
import { localActor } from '../access/audit.ts'
import { reidentify } from '../inventory/reidentify.ts'
import { loadKnowledge } from '../override/knowledge.ts'
import { readDevices, type DeviceRow } from '../report/read-device.ts'
import { hasStore } from '../store/open.ts'
import { print, withData, withStore } from './context.ts'

export const deviceCommands = (): Command[] => [devicesCommand(), reidentifyCommand(), identifyCommand()]

/** More than anybody reads in a terminal; `--json` gives all. */
const LISTED = 200

const devicesCommand = (): Command =>
  withData(new Command('devices'))
    .description('Lists devices.')
    .option('--segment <key>', 'of one segment')
    .option('--type <key>', 'of one row of Tabel 1')
    .option('--json', 'all of them, one JSON object a line', false)
    .action(
      ({ data, segment, type, json }: { data: string; segment?: string; type?: string; json: boolean }) =>
        withStore(data, async (db) => {
          const filter = { segment, type, limit: json ? 1000 : LISTED }
          if (json) {
            let after: number | undefined
            do {
              const rows = await readDevices(db, { ...filter, after })
              for (const row of rows) print(JSON.stringify(row))
              after = rows.length === filter.limit ? rows.at(-1)?.id : undefined
            } while (after !== undefined)
            return
          }
          const rows = await readDevices(db, filter)
          const table = new Table({
            head: [
              'No.',
              'Address',
              'Maker',
              'Model',
              'Class',
              'Chinese',
              'Administration',
              'Segment',
              'Attached to',
            ],
            style: { head: [], border: [] },
          })
          for (const row of rows)
            table.push([
              row.id,
              row.address ?? '',
              printable(row.maker ?? '–', 30),
              printable(row.model ?? '', 40),
              row.class ?? '',
              row.chinese,
              row.administration ?? '',
              row.segment ?? '',
              attachedTo(row),
            ])
          print(table.toString())
          if (rows.some(({ seenBy }) => seenBy === 'network'))
            print('* known through routers and switches: it has answered no probe.')
          if (rows.length === LISTED) print(`The first ${LISTED}; --json lists all.`)
        }),
    )

/** "sw-1 Gi1/0/3 VLAN 20"; a star where only routers and switches know the device. */
function attachedTo({ seenBy, switch: name, switchDevice, port, vlan }: DeviceRow): string {
  const at = name ?? (switchDevice === null ? '' : `#${switchDevice}`)
  const place = [at, port ?? '', vlan === null ? '' : `VLAN ${vlan}`].filter(Boolean).join(' ')
  return `${printable(place, 50)}${seenBy === 'network' ? ' *' : ''}`.trim()
}

const reidentifyCommand = (): Command =>
  withData(new Command('reidentify'))
    .description('Shows what today’s knowledge would conclude differently from the stored observations.')
    .option('--apply', 'and writes it', false)
    .action(({ data, apply }: { data: string; apply: boolean }) =>
      withStore(data, async (db) => {
        const { changes } = await reidentify(db, { apply, actor: localActor() })
        for (const { device, field, before, after } of changes)
          print(`${device} ${field}: ${printable(before ?? '–')} -> ${printable(after ?? '–')}`)
        print(`${changes.length} changes${apply ? ' written' : '; --apply writes them'}.`)
      }),
    )

const identifyCommand = (): Command =>
  withData(new Command('identify'))
    .description(
      'Identifies devices with the rules in force: one JSON object with evidence a line in, one conclusion a line out.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  echo \'{"id":"x1","evidence":[{"kind":"mac","value":"44:19:b6:00:00:01"}]}\' | ophav-collector identify',
    )
    .action(async ({ data }: { data: string }) => {
      // To ask makes no data directory.
      const knowledge = hasStore(data) ? await withStore(data, loadKnowledge) : shippedKnowledge()
      const output = new Output()
      await answerLines(process.stdin, output, (line) => identifyJsonLine(line, { knowledge }))
      await output.flush()
    })
