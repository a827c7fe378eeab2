/**
 * An agent in the middle of a /16, in a process of its own, to be killed: schedule, runner and spool are the real
 * ones; the network writes each packet's destination into a file, as the wire would see it.
 *
 *   node kill.testkit.ts SPOOL PACKET-LOG
 */
import { openSync, writeSync } from 'node:fs'
import { formatIpv4, POLITE_PACE, type PolicySegment } from '@ophav/shared'
import type { Network } from '../net/network.ts'
import type { PolicyHolder } from '../policy/hold.ts'
import type { AskProbe, SweepProbe } from '../probe/probe.ts'
import { scanSegment } from '../scan/run.ts'
import { Spool } from '../spool/spool.ts'
import { testSealer } from '../spool/spool.testkit.ts'
import { ActivityLog } from './activity.ts'
import { runSchedule } from './schedule.ts'

const [path = '', logPath = ''] = process.argv.slice(2)
const log = openSync(logPath, 'a')

const network: Network = {
  interfaces: () => [],
  linkStates: () => null,
  neighbours: async () => [],
  frameObstacle: () => 'platform',
  lookUp: async () => null,
  frames: () => null,
  tcp: async () => ({ outcome: 'unreachable', connection: null }),
  udp: async () => ({
    send: async (_data, port, address) => {
      writeSync(log, `${port} ${address}\n`)
      return true
    },
    onDatagram: () => {},
    onRefused: () => {},
    close: () => {},
  }),
}

const declaration = {
  title: 'T',
  transport: 'udp',
  privilege: 'none',
  packetsPerDevice: 1,
  yields: [],
} as const
const heard = (address: string) => ({
  address,
  mac: null,
  outcome: 'answered' as const,
  evidence: [],
  observedAt: Date.now(),
})

/** One datagram to each address; every 64th lives. */
const sweep: SweepProbe = {
  ...declaration,
  kind: 'sweep',
  name: 'snmp-sweep',
  ports: [161],
  async *sweep(context) {
    const socket = await context.network.udp({ budget: 'sweep' })
    for (const number of context.scope) {
      context.asked([number])
      await socket.send(new Uint8Array(1), 161, formatIpv4(number))
      if (number % 64 === 1) yield heard(formatIpv4(number))
    }
    context.rung('datagrams')
  },
}

const ask: AskProbe = {
  ...declaration,
  kind: 'ask',
  name: 'snmp',
  ports: [162],
  async ask(address, context) {
    const socket = await context.network.udp({ budget: 'device' })
    await socket.send(new Uint8Array(1), 162, address)
    return heard(address)
  },
}

const segment: PolicySegment = {
  key: 'kamera',
  name: 'kamera',
  ranges: ['10.7.0.0/16'],
  exclusions: [],
  pace: { ...POLITE_PACE, sweepPacketsPerSecond: 20_000, devicePacketsPerSecond: 400 },
  probes: ['snmp-sweep', 'snmp'],
  intervalSeconds: 3600,
}

const spool = new Spool({ path, sealer: { ...testSealer(), now: Date.now } })
const holder = {
  policy: { segments: [segment] },
  revision: 7,
  credentials: () => [],
  onChange: () => () => {},
} as unknown as PolicyHolder
const stop = new AbortController()
writeSync(1, 'ready\n')
await runSchedule({
  holder,
  spool,
  scan: (of, credentials, signal, saved) =>
    scanSegment({
      segment: of,
      credentials,
      network,
      probes: [sweep, ask],
      signal,
      now: Date.now,
      saved,
    }),
  gate: { now: Date.now, isHalted: () => false, forwards: () => false },
  activity: new ActivityLog(Date.now),
  signal: stop.signal,
  random: Math.random,
  once: false,
  onEvent: (event) => {
    writeSync(1, `${event.type}\n`)
    if (event.type === 'scan-ended') stop.abort()
  },
})
spool.close()
writeSync(1, 'over\n')
