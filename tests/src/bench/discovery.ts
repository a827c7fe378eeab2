/** Our sweeps beside arp-scan and onesixtyone, on a simulated /16 in namespaces of its own. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatIpv4, parseIpv4 } from '@ophav/shared'
import type { Namespace } from '../wire/namespace.ts'
import { crowdAddresses } from '../wire/population.ts'
import { addressesIn, measure, type Candidate, type Cost } from './measure.ts'
import { packProgram } from './pack.ts'
import { onSegment } from './segment.ts'
import { printCosts } from './table.ts'

const FIRST = '10.50.0.0'
const RANGE = `${FIRST}/16`
const COUNT = 65_536
const GATEWAY = '10.60.0.254'
const AGENT = '10.50.255.254'
const RUNS = 5
/** The peer takes six seconds each time. */
const SNMP_RUNS = 3
const RECORDING = 'hikvision-camera'

const has = (program: string): boolean =>
  spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined

const ours = (namespace: Namespace, program: string, probe: string): Candidate => ({
  name: `ophav ${probe}`,
  command: [...namespace.through, process.execPath, program, probe, RANGE],
  found: addressesIn,
})

/** The whole program, packed. */
async function withSweep<T>(work: (program: string) => Promise<T>): Promise<T> {
  const { path, remove } = await packProgram('./sweep.js')
  try {
    return await work(path)
  } finally {
    remove()
  }
}

/** Of 10,000 frames so many are lost in each direction. */
const LOSSES = [0, 100]
const lossText = (lossPerMyriad: number): string => `${lossPerMyriad / 100}% of frames lost each way`

/** Of the addresses that live. */
const PERCENT = 9.77

export const benchArp = (): Promise<void> =>
  withSweep(async (program) => {
    const alive = crowdAddresses({ first: parseIpv4(FIRST) ?? 0, count: COUNT, percent: PERCENT })
    const crowd = { first: FIRST, count: COUNT, percent: PERCENT, recording: RECORDING }
    for (const lossPerMyriad of LOSSES) {
      const costs = await onSegment({ crowd, lossPerMyriad }, `${AGENT}/16`, (namespace) => {
        const peer = (tries: number): Candidate => ({
          name: `arp-scan, ${tries} ${tries === 1 ? 'try' : 'tries'}`,
          command: [
            ...namespace.through,
            ...`arp-scan -I seg0 -i 1u -r ${tries} -t 100 -g -q -x ${RANGE}`.split(' '),
          ],
          found: addressesIn,
        })
        const peers = has('arp-scan') ? [peer(1), peer(2)] : []
        return measure(
          [ours(namespace, program, 'arp'), ...peers],
          alive.filter((address) => address !== AGENT),
          RUNS,
        )
      })
      report(`ARP sweep of a /16, ${alive.length} alive, ${lossText(lossPerMyriad)}`, costs, 'arp-scan')
    }
  })

export const benchSnmp = (): Promise<void> =>
  withSweep(async (program) => {
    const percent = 6
    const first = parseIpv4(FIRST) ?? 0
    const alive = crowdAddresses({ first, count: COUNT, percent })
    const directory = mkdtempSync(join(tmpdir(), 'ophav-bench-'))
    const hosts = join(directory, 'hosts')
    writeFileSync(
      hosts,
      `${Array.from({ length: COUNT }, (_, index) => formatIpv4(first + index)).join('\n')}\n`,
    )
    try {
      const crowd = { first: FIRST, count: COUNT, percent, recording: RECORDING }
      for (const lossPerMyriad of LOSSES) {
        const order = { crowd, gateway: GATEWAY, lossPerMyriad }
        const costs = await onSegment(order, '10.60.0.1/24', (namespace) => {
          const peer: Candidate = {
            name: 'onesixtyone -w 0',
            command: [...namespace.through, 'onesixtyone', '-w', '0', '-i', hosts, 'public'],
            found: addressesIn,
          }
          const peers = has('onesixtyone') ? [peer] : []
          return measure([ours(namespace, program, 'snmp-sweep'), ...peers], alive, SNMP_RUNS)
        })
        const title = `SNMP sweep of a routed /16, ${alive.length} answer, ${lossText(lossPerMyriad)}`
        report(title, costs, 'onesixtyone')
      }
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })

/** The rival is the peer's fastest run whose recall is no worse than ours by more than a thousandth. */
function report(title: string, costs: readonly Cost[], peer: string): void {
  const [own] = costs
  const rivals = costs
    .slice(1)
    .filter(({ recall }) => own !== undefined && recall >= Math.min(own.recall, 0.999))
  const rival = rivals.sort((a, b) => a.wallSeconds - b.wallSeconds)[0]
  printCosts(title, costs)
  if (!own || costs.length < 2) process.stdout.write(`${peer} is not installed: no comparison.\n\n`)
  else if (!rival) {
    const fastest = costs.slice(1).sort((a, b) => a.wallSeconds - b.wallSeconds)[0]
    const ratio = own.wallSeconds / (fastest?.wallSeconds ?? NaN)
    process.stdout.write(`No run of ${peer} found as many; ratio to its fastest: ${ratio.toFixed(2)}\n\n`)
  } else
    process.stdout.write(`ratio to ${rival.name}: ${(own.wallSeconds / rival.wallSeconds).toFixed(2)}\n\n`)
}
