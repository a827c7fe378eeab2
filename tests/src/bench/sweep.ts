/** One sweep at full speed, as a whole program: `sweep arp|snmp-sweep RANGE`; prints an address and a MAC a line. */
import { kernelNetwork, PROBES, scanSegment } from '@ophav/agent/engine'

/** Without limits: what `FULL_PACE` is, without loading what it stands beside. */
const FULL = {
  sweepPacketsPerSecond: 0,
  devicePacketsPerSecond: 0,
  packetsPerSecondPerDevice: 0,
  concurrentDevices: 64,
}

const [probe = '', range = ''] = process.argv.slice(2)
const lines: string[] = []
for await (const event of scanSegment({
  segment: {
    key: 'bench',
    name: 'bench',
    ranges: [range],
    exclusions: [],
    pace: FULL,
    probes: [probe],
    intervalSeconds: 3600,
  },
  credentials: [{ version: '2c', community: 'public' }],
  network: kernelNetwork(),
  probes: PROBES,
  signal: new AbortController().signal,
  now: Date.now,
}))
  if (event.type === 'result' && event.result.outcome === 'answered')
    lines.push(`${event.result.address}\t${event.result.mac ?? ''}`)
process.stdout.write(`${lines.join('\n')}\n`)
