/** `segment` and `credential`: the networks, who owns what in them, and how their devices may be asked. */
import { readFileSync } from 'node:fs'
import Table from 'cli-table3'
import { Command } from 'commander'
import { OphavError, FULL_PACE, parseAs, POLITE_PACE, sealSecret, SnmpCredential } from '@ophav/shared'
import { localActor, recordAudit } from '../access/audit.ts'
import { loadCollectorKeys } from '../access/collector-key.ts'
import { findSegment, listSegments, rangesOf } from '../segment/read.ts'
import {
  addSegment,
  allocateRange,
  excludeRange,
  setSegmentMode,
  setSegmentStatus,
} from '../segment/write.ts'
import { addSafetyCommands } from './segment-safety.ts'
import { collect, parseSeconds, print, withData, withStore } from './context.ts'

export const segmentCommands = (): Command[] => [segmentCommand(), credentialCommand()]

interface AddOptions {
  data: string
  name?: string
  purpose: string
  administration?: string
  range: string[]
  exclude: string[]
  closed: boolean
  critical: boolean
  fullSpeed: boolean
  every?: number
  passive: boolean
}

function segmentCommand(): Command {
  const segment = new Command('segment').description('Adds, approves and describes segments.')
  withData(segment.command('add <key>'))
    .description('Proposes a segment; nothing is scanned before it is approved.')
    .option('--name <name>', 'what people call it')
    .option('--purpose <word>', 'camera, traffic, office, education, server, ...', 'office')
    .option('--administration <key>', 'the administration that owns it')
    .requiredOption('--range <range>', 'addresses, as 10.0.0.0/24 (repeatable)', collect, [])
    .option('--exclude <range>', 'addresses that get no packet (repeatable)', collect, [])
    .option('--closed', 'a network that must not be reachable from outside', false)
    .option('--critical', 'a critical installation: its devices are in Tabel 1', false)
    .option('--full-speed', 'scan without pace limits', false)
    .option('--passive', 'agents only listen: nothing is ever sent there', false)
    .option('--every <time>', 'time between two scans, as 6h', parseSeconds)
    .addHelpText(
      'after',
      '\nExample:\n  ophav-collector segment add kamera --name Kameranet --purpose camera --range 10.41.0.0/22 --administration SOF --closed --critical',
    )
    .action((key: string, options: AddOptions) =>
      withStore(options.data, async (db) => {
        await addSegment(
          db,
          {
            key,
            name: options.name ?? key,
            purpose: options.purpose,
            administration: options.administration ?? null,
            closed: options.closed,
            critical: options.critical,
            ranges: options.range,
            exclusions: options.exclude,
            pace: options.fullSpeed ? FULL_PACE : POLITE_PACE,
            passive: options.passive,
            ...(options.every === undefined ? {} : { intervalSeconds: options.every }),
          },
          localActor(),
        )
        print(`${key} proposed. Approve it with: ophav-collector segment approve ${key}`)
      }),
    )
  for (const [name, status, description] of [
    ['approve', 'approved', 'Lets the agents of the segment scan it.'],
    ['retire', 'retired', 'Ends scanning of the segment; what is known stays.'],
  ] as const)
    withData(segment.command(`${name} <key>`))
      .description(description)
      .action((key: string, { data }: { data: string }) =>
        withStore(data, async (db) => {
          await setSegmentStatus(db, key, status, localActor())
          print(`${key} ${status}`)
        }),
      )
  for (const [name, description] of [
    ['passive', 'Lets agents only listen there: nothing is sent any more.'],
    ['active', 'Lets agents ask the devices of the segment again.'],
  ] as const)
    withData(segment.command(`${name} <key>`))
      .description(description)
      .action((key: string, { data }: { data: string }) =>
        withStore(data, async (db) => {
          await setSegmentMode(db, key, name, localActor())
          print(`${key} ${name}`)
        }),
      )
  withData(segment.command('allocate <key> <range> <administration>'))
    .description('Says that a part of the segment belongs to another administration.')
    .action((key: string, range: string, administration: string, { data }: { data: string }) =>
      withStore(data, (db) => allocateRange(db, key, range, administration, localActor())),
    )
  withData(segment.command('exclude <key> <range>'))
    .description('Takes addresses out: no packet is sent to them.')
    .action((key: string, range: string, { data }: { data: string }) =>
      withStore(data, (db) => excludeRange(db, key, range, localActor())),
    )
  addSafetyCommands(segment)
  withData(segment.command('list'))
    .description('Lists the segments.')
    .option('--json', 'as JSON', false)
    .action(({ data, json }: { data: string; json: boolean }) =>
      withStore(data, async (db) => {
        const rows = []
        for (const row of await listSegments(db)) rows.push({ ...row, ranges: await rangesOf(db, row.key) })
        if (json) return print(JSON.stringify(rows))
        const table = new Table({
          head: ['Segment', 'Name', 'Purpose', 'Owner', 'Status', 'Mode', 'Ranges'],
          style: { head: [], border: [] },
        })
        for (const row of rows)
          table.push([
            row.key,
            row.name,
            row.purpose,
            row.administration ?? '–',
            row.status,
            row.mode,
            row.ranges
              .map((range) =>
                range.kind === 'scope'
                  ? range.range
                  : `${range.kind} ${range.range}${range.administration ? ` ${range.administration}` : ''}`,
              )
              .join('\n'),
          ])
        return print(table.toString())
      }),
    )
  return segment
}

function credentialCommand(): Command {
  const credential = new Command('credential').description(
    'SNMP credentials of a segment, sealed in the database.',
  )
  withData(credential.command('add <segment>'))
    .description('Adds a credential, read as JSON from standard input.')
    .addHelpText(
      'after',
      '\nA secret in the arguments would show in the process list and the history of the shell.\n\nExamples:\n  printf \'{"version":"2c","community":"..."}\' | ophav-collector credential add kamera\n  printf \'{"version":"3","user":"...","authProtocol":"sha256","authKey":"...","privProtocol":"aes","privKey":"..."}\' | ophav-collector credential add kamera',
    )
    .action(async (segment: string, { data }: { data: string }) => {
      const secret = readCredential()
      const { sealRecipient } = await loadCollectorKeys(data)
      const sealed = await sealSecret(secret, sealRecipient)
      await withStore(data, (db) =>
        db.transaction().execute(async (tx) => {
          await findSegment(tx, segment)
          const { position } = await tx
            .selectFrom('credential')
            .select((e) => e.fn.countAll().as('position'))
            .where('segment', '=', segment)
            .executeTakeFirstOrThrow()
          await tx
            .insertInto('credential')
            .values({ segment, position: Number(position), sealed, created_at: new Date().toISOString() })
            .execute()
          await recordAudit(tx, {
            actor: localActor(),
            action: 'credential.add',
            subject: segment,
            detail: { version: secret.version },
          })
        }),
      )
      print(`Credential added to ${segment}.`)
    })
  return credential
}

/** @throws OphavError `credential.invalid`, which does not repeat what was given. */
function readCredential(): SnmpCredential {
  let document: unknown
  try {
    document = JSON.parse(readFileSync(0, 'utf8'))
  } catch {
    throw new OphavError('credential.invalid')
  }
  return parseAs(SnmpCredential, document, 'credential.invalid')
}
