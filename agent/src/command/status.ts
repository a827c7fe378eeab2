/** `status`: what an operator at the machine wants to know before calling anybody. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fingerprint, printable, readPrivateKey, readSecretFile, writePublicKey } from '@ophav/shared'
import { readEnrolment } from '../enrol/enrolment.ts'
import { PolicyHolder } from '../policy/hold.ts'
import { readSpoolSummary } from '../spool/summary.ts'
import { defaultStateDirectory, statePaths } from '../state/directory.ts'
import { isHalted } from '../state/halt.ts'
import { stateHolder } from '../state/lock.ts'
import { EXIT, type ExitCode } from './exit.ts'

export interface StatusOptions {
  state?: string
  json?: boolean
}

/** @throws OphavError `enrolment.unreadable`, `spool.*`, `secret.file-unreadable` */
export async function readStatus(options: StatusOptions) {
  const paths = statePaths(resolve(options.state ?? defaultStateDirectory()))
  const enrolment = readEnrolment(paths.enrolment)
  const pem = readSecretFile(paths.signingKey)
  const holder = existsSync(paths.lock) ? stateHolder(paths.lock) : { held: false, pid: null }
  const policy = enrolment === null ? null : await readPolicy(paths.policy, enrolment)
  const spool = readSpoolSummary(paths.spool)
  return {
    state: paths.directory,
    running: holder.held,
    pid: holder.pid,
    halted: isHalted(paths.halt),
    enrolled: enrolment !== null,
    agent: enrolment?.agent ?? null,
    name: enrolment?.name ?? null,
    collector: enrolment?.collector ?? null,
    fingerprint: pem === null ? null : fingerprint(writePublicKey(readPrivateKey(pem).publicKey)),
    collectorFingerprint: enrolment === null ? null : fingerprint(enrolment.collectorKey),
    policy,
    spool,
  }
}
export type Status = Awaited<ReturnType<typeof readStatus>>

async function readPolicy(path: string, enrolment: { agent: string; collectorKey: string }) {
  let problem: string | null = null
  const holder = new PolicyHolder({
    path,
    enrolment,
    // Status opens no credentials: who asks need not be who may read them.
    keys: null,
    onProblem: (code) => void (problem = code),
  })
  await holder.load()
  return {
    revision: holder.revision,
    segments: holder.policy?.segments.map(({ key }) => key) ?? [],
    problem,
  }
}

export async function status(options: StatusOptions, print: (text: string) => void): Promise<ExitCode> {
  const read = await readStatus(options)
  print(options.json ? `${JSON.stringify(read, null, 2)}\n` : describeStatus(read))
  return read.enrolled ? EXIT.done : EXIT.refused
}

export function describeStatus(read: Status): string {
  const { spool, policy } = read
  const waiting = spool ? spool.observations + spool.presences + spool.coverages + spool.batchEntries : 0
  const rows: [string, string][] = [
    ['state directory', read.state],
    ['running', read.running ? `yes${read.pid === null ? '' : `, process ${read.pid}`}` : 'no'],
    ['enrolled', read.enrolled ? `as ${read.name} (${read.agent})` : 'no: see `ophav-agent enrol --help`'],
    ['fingerprint', read.fingerprint ?? 'none yet'],
  ]
  if (read.halted) rows.push(['HALTED', 'nothing is scanned: `ophav-agent halt --release` ends that'])
  if (read.enrolled)
    rows.push(
      ['collector', `${read.collector} (${read.collectorFingerprint})`],
      ['policy', describePolicy(policy)],
      ['last contact', at(spool?.contactedAt)],
      ['last delivery', at(spool?.deliveredAt)],
      ['waiting to be sent', `${waiting} entries, ${spool?.batchEntries ?? 0} of them in a signed batch`],
    )
  if (spool?.failure) rows.push(['last failure', `${spool.failure} at ${at(spool.failedAt)}`])
  if (spool && spool.dropped > 0) rows.push(['dropped for lack of room', `${spool.dropped} entries`])
  for (const [segment, startedAt] of Object.entries(spool?.scans ?? {}))
    rows.push([
      `last scan of ${segment}`,
      `${at(startedAt)}${spool?.unfinished.includes(segment) ? ', not ended: it goes on where it was' : ''}`,
    ])
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${printable(name).padEnd(width)}  ${printable(value)}\n`).join('')
}

function describePolicy(policy: Status['policy']): string {
  if (policy?.problem) return `cannot be used (${policy.problem})`
  if (!policy || policy.revision === 0) return 'none yet: nothing is sent to any device'
  return `revision ${policy.revision}, segments: ${policy.segments.join(', ') || 'none approved'}`
}

const at = (time: number | null | undefined): string =>
  time === null || time === undefined ? 'never' : new Date(time).toISOString()
