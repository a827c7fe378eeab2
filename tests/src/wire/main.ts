/** The simulator as a program: its order is the first argument, as JSON; it ends when its input does. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import { parseIpv4 } from '@ophav/shared'
import { loadRecording } from '../device/recording.ts'
import type { SimulatorOrder } from './order.ts'
import { openPacketSocket } from './packet-socket.ts'
import { crowd, listedPopulation } from './population.ts'
import { Simulator } from './simulator.ts'

const order = JSON.parse(process.argv[2] ?? '') as SimulatorOrder
const population =
  order.crowd === undefined
    ? listedPopulation(
        (order.devices ?? []).map(({ address, recording, values }) => ({
          address: parseIpv4(address) ?? 0,
          recording: loadRecording(recording, values),
        })),
      )
    : crowd({ ...order.crowd, first: parseIpv4(order.crowd.first) ?? 0 })
const socket = openPacketSocket(order.interfaceName)
const simulator = new Simulator(socket, {
  population,
  ...(order.gateway === undefined ? {} : { gateway: parseIpv4(order.gateway) ?? 0 }),
  lossPerMyriad: order.lossPerMyriad ?? 0,
  countsDestinations: order.countsDestinations ?? false,
  recordsTimes: order.recordsTimes ?? false,
})
const stop = new AbortController()
process.stdin.on('end', () => stop.abort()).resume()
process.stdout.write(`${JSON.stringify({ ready: true })}\n`)

/** Quiet for so long, the simulator looks less often, and leaves the processor to those it is measured with. */
const BUSY_MS = 30
const IDLE_PAUSE_MS = 2
let busyUntil = 0
while (!stop.signal.aborted) {
  const now = performance.now()
  if (simulator.turn() > 0) busyUntil = now + BUSY_MS
  if (now < busyUntil) await setImmediate()
  else await sleep(IDLE_PAUSE_MS)
}
socket.close()
const { frames, arp, destinations, times } = simulator.tally
process.stdout.write(
  `${JSON.stringify({ frames, arp, destinations: Object.fromEntries(destinations), times })}\n`,
)
