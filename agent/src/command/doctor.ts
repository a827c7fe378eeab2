/** `doctor`: whether this machine is fit to scan, and whether it may. */
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { AddressSet, printable } from '@ophav/shared'
import { findInterfaces, findSegment } from '../doctor/link.ts'
import { isFit, type DoctorFinding } from '../doctor/finding.ts'
import { findRungs } from '../doctor/rung.ts'
import { findClock, findDisk, findNeighbourLimit, findReversePathFilter } from '../doctor/system.ts'
import { readEnrolment } from '../enrol/enrolment.ts'
import { SelfWatch } from '../isolation/self/watch.ts'
import { kernelNetwork } from '../net/kernel-network.ts'
import { linksOf } from '../net/link.ts'
import { PolicyHolder } from '../policy/hold.ts'
import { PROBES } from '../probe/registry.ts'
import { defaultStateDirectory, statePaths } from '../state/directory.ts'
import { isHalted } from '../state/halt.ts'
import { askCollector } from '../uplink/reach.ts'
import { EXIT, type ExitCode } from './exit.ts'

export interface DoctorOptions {
  state?: string
  json?: boolean
}

/** @throws OphavError `enrolment.unreadable` */
export async function examine(options: DoctorOptions): Promise<DoctorFinding[]> {
  const paths = statePaths(resolve(options.state ?? defaultStateDirectory()))
  const network = kernelNetwork()
  const [interfaces, states] = [network.interfaces(), network.linkStates()]
  const enrolment = readEnrolment(paths.enrolment)
  const holder =
    enrolment && new PolicyHolder({ path: paths.policy, enrolment, keys: null, onProblem: () => {} })
  await holder?.load()
  const segments = holder?.policy?.segments ?? []
  const onLinks = new AddressSet(linksOf(interfaces).map(({ range }) => range))
  const scope = AddressSet.parse(segments.flatMap(({ ranges }) => ranges))
  const near = scope.size - scope.without(onLinks).size
  return [
    ...(await findSelf()),
    ...(await findRungs(PROBES, network)),
    ...findInterfaces(interfaces, states),
    ...segments.map((segment) => findSegment(segment, interfaces, states)),
    findNeighbourLimit(near, network.frameObstacle() === null),
    ...findReversePathFilter(states ?? []),
    findDisk(nearestDirectory(paths.directory)),
    ...(await findCollector(enrolment?.collector ?? null)),
    isHalted(paths.halt)
      ? {
          check: 'kill-switch',
          level: 'warn',
          says: 'set: nothing is scanned',
          advice: 'ophav-agent halt --release',
        }
      : { check: 'kill-switch', level: 'ok', says: 'not set' },
  ]
}

async function findSelf(): Promise<DoctorFinding[]> {
  const { outcome, reasons, notChecked } = await new SelfWatch().look()
  const left = notChecked.map((says): DoctorFinding => ({ check: 'self', level: 'not-checked', says }))
  if (outcome === 'violation')
    return [
      ...reasons.map(({ what, says, advice }): DoctorFinding => ({
        check: `self.${what}`,
        level: 'fail',
        says,
        advice,
      })),
      ...left,
    ]
  if (outcome === 'not-checked') return left
  return [{ check: 'self', level: 'ok', says: 'this machine connects no networks' }, ...left]
}

async function findCollector(url: string | null): Promise<DoctorFinding[]> {
  const check = 'collector'
  if (url === null)
    return [{ check, level: 'warn', says: 'not enrolled', advice: 'ophav-agent enrol --collector URL' }]
  const { problem, clock } = await askCollector(url)
  if (problem !== null)
    return [
      {
        check,
        level: 'warn',
        says: `${url} cannot be reached (${problem}); what is seen waits in the spool`,
        advice: 'check address, network and firewall',
      },
      findClock(null, Date.now()),
    ]
  return [{ check, level: 'ok', says: `${url} answers` }, findClock(clock, Date.now())]
}

/** The state directory may not be there yet; its disk is. */
function nearestDirectory(path: string): string {
  for (let at = path; at !== dirname(at); at = dirname(at))
    if (statSync(at, { throwIfNoEntry: false })?.isDirectory()) return at
  return path
}

/** @throws OphavError as `examine` */
export async function doctor(options: DoctorOptions, print: (text: string) => void): Promise<ExitCode> {
  const findings = await examine(options)
  const fit = isFit(findings)
  print(options.json ? `${JSON.stringify({ fit, findings }, null, 2)}\n` : describeFindings(findings))
  return fit ? EXIT.done : EXIT.unfit
}

const LEVEL: Readonly<Record<DoctorFinding['level'], string>> = {
  ok: 'ok',
  warn: 'warning',
  fail: 'FAULT',
  'not-checked': 'not checked',
}

export function describeFindings(findings: readonly DoctorFinding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length))
  const lines = findings.flatMap(({ check, level, says, advice }) => [
    `${LEVEL[level].padEnd(12)} ${printable(check).padEnd(width)}  ${printable(says, 500)}`,
    ...(advice === undefined ? [] : [`${''.padEnd(13 + width)}  -> ${printable(advice, 1_000)}`]),
  ])
  const faults = findings.filter(({ level }) => level === 'fail').length
  const verdict = faults === 0 ? 'Fit to scan.' : `Not fit: ${faults} ${faults === 1 ? 'fault' : 'faults'}.`
  return `${lines.join('\n')}\n${verdict}\n`
}
