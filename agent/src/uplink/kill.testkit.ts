/**
 * An agent's spool and uplink in a process of their own, to be killed. Appends unique sightings as fast as it can,
 * says on standard output what is on disk, and delivers meanwhile.
 *
 *   node kill.testkit.ts SPOOL COLLECTOR KEY-FILE ROUND [drain]
 */
import { readFileSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { readPrivateKey } from '@ophav/shared'
import { sighting, testSealer, AGENT } from '../spool/spool.testkit.ts'
import { Spool } from '../spool/spool.ts'
import { CollectorClient } from './client.ts'
import { Uplink } from './uplink.ts'

const [path = '', url = '', keyFile = '', round = '0', drain] = process.argv.slice(2)
const sealer = testSealer(AGENT, readPrivateKey(readFileSync(keyFile, 'utf8')))
const spool = new Spool({ path, sealer })
if (spool.setAside !== null) throw new Error('a kill damaged the spool')
const uplink = new Uplink({
  spool,
  client: new CollectorClient(url, 500),
  refreshPolicy: async () => {},
  held: () => ({ revision: 0, segments: new Set(['kamera']) }),
  signal: AbortSignal.timeout(60_000),
  random: () => 0.01,
  now: Date.now,
  onEvent: () => {},
  isDone: () => drain !== undefined,
})
const running = uplink.run()
writeSync(1, 'ready\n')
// Until the kill.
for (let burst = 0; burst < (drain === undefined ? Infinity : 0); burst++) {
  const words = Array.from({ length: 7 }, (_, device) => `${round}.${burst}.${device}`)
  spool.append(
    { segment: 'kamera', scan: round },
    words.map((says, device) => sighting(device, says)),
  )
  writeSync(1, `${words.join(' ')}\n`)
  await sleep(1)
}
await running
