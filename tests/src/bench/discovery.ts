/** Our sweeps beside arp-scan and onesixtyone, on a simulated /16 in namespaces of its own. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { formatIpv4, parseIpv4 } from '@ophav/shared'
import { connect, Namespace } from '../wire/namespace.ts'
import { startSimulator, type SimulatorOrder } from '../wire/order.ts'
import { crowdAddresses } from '../wire/population.ts'
import { addressesIn, measure, type Candidate, type Cost } from './measure.ts'
import { printCosts } from './table.ts'

const FIRST = '10.50.0.0'
const RANGE = `${FIRST}/16`
const COUNT = 65_536
const GATEWAY = '10.60.0.254'
const RUNS = 5
const RECORDING = 'hikvision-camera'

const has = (program: string): boolean =>
  spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined

const ours = (namespace: Namespace, probe: string): Candidate => ({
  name: `ophav ${probe}`,
  command: [
    ...namespace.through,
    process.execPath,
    fileURLToPath(new URL('./sweep.js', import.meta.url)),
    probe,
    RANGE,
  ],
  found: addressesIn,
})

/** Two namespaces and a cable; ours ends in the simulator. */
async function onSegment<T>(
  order: Omit<SimulatorOrder, 'interfaceName'>,
  address: string,
  work: (namespace: Namespace) => Promise<T>,
): Promise<T> {
  const own = await Namespace.create()
  const far = await Namespace.create(own)
  try {
    connect(own, 'seg0', far, 'seg1')
    own.ip('addr', 'add', address, 'dev', 'seg0')
    if (order.gateway !== undefined) own.ip('route', 'add', RANGE, 'via', order.gateway)
    const simulator = await startSimulator(far, { interfaceName: 'seg1', ...order })
    try {
      return await work(own)
    } finally {
      await simulator.stop()
    }
  } finally {
    own.end()
    far.end()
  }
}

const PERCENT = 9.77

export async function benchArp(): Promise<void> {
  const alive = crowdAddresses({ first: parseIpv4(FIRST) ?? 0, count: COUNT, percent: PERCENT })
  for (const lossPerMyriad of [0, 100]) {
    const crowd = { first: FIRST, count: COUNT, percent: PERCENT, recording: RECORDING }
    const costs = await onSegment({ crowd, lossPerMyriad }, '10.50.255.254/16', (namespace) => {
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
        [ours(namespace, 'arp'), ...peers],
        alive.filter((address) => address !== '10.50.255.254'),
        RUNS,
      )
    })
    const title = `ARP sweep of a /16, ${alive.length} alive, ${lossPerMyriad / 100}% of frames lost each way`
    report(title, costs, 'arp-scan')
  }
}

export async function benchSnmp(): Promise<void> {
  const percent = 6
  const alive = crowdAddresses({ first: parseIpv4(FIRST) ?? 0, count: COUNT, percent })
  const directory = mkdtempSync(join(tmpdir(), 'ophav-bench-'))
  const hosts = join(directory, 'hosts')
  const first = parseIpv4(FIRST) ?? 0
  writeFileSync(
    hosts,
    `${Array.from({ length: COUNT }, (_, index) => formatIpv4(first + index)).join('\n')}\n`,
  )
  try {
    const crowd = { first: FIRST, count: COUNT, percent, recording: RECORDING }
    const costs = await onSegment({ crowd, gateway: GATEWAY }, '10.60.0.1/24', (namespace) => {
      const peer: Candidate = {
        name: 'onesixtyone -w 0',
        command: [...namespace.through, 'onesixtyone', '-w', '0', '-i', hosts, 'public'],
        found: addressesIn,
      }
      return measure([ours(namespace, 'snmp-sweep'), ...(has('onesixtyone') ? [peer] : [])], alive, RUNS)
    })
    report(`SNMP sweep of a routed /16, ${alive.length} answer`, costs, 'onesixtyone')
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** The rival is the peer's fastest run whose recall is no worse than ours by more than a thousandth. */
function report(title: string, costs: readonly Cost[], peer: string): void {
  const [own] = costs
  const rivals = costs
    .slice(1)
    .filter(({ recall }) => own !== undefined && recall >= Math.min(own.recall, 0.999))
  const rival = rivals.sort((a, b) => a.wallSeconds - b.wallSeconds)[0]
  printCosts(title, costs)
  if (!own || costs.length < 2) process.stdout.write(`${peer} is not installed: no comparison.\n\n`)
  else if (!rival) process.stdout.write(`No run of ${peer} found as many.\n\n`)
  else process.stdout.write(`ratio to ${rival.name}: ${(own.wallSeconds / rival.wallSeconds).toFixed(2)}\n\n`)
}
