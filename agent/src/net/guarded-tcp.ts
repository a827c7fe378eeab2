/** Connections below the guard: barred ports are never dialled, and a device has one connection at a time. */
import { allowed, checked, type Guard } from './guard.ts'
import type { Network, TcpAttempt, TcpOptions } from './network.ts'

/** RFC 9293 3.5: SYN, and the acknowledgement of its answer. */
const CONNECT_PACKETS = 2
/** FIN, and the acknowledgement of the peer's. */
const CLOSE_PACKETS = 2
/** What one segment of an Ethernet carries. */
const SEGMENT_OCTETS = 1_460

/** What the system sends by itself, repetitions and acknowledgements of data, is not counted. */
export async function guardedTcp(
  network: Network,
  guard: Guard,
  address: string,
  port: number,
  options: TcpOptions,
): Promise<TcpAttempt> {
  const { scope, account, turn, watch } = guard
  checked(guard, () => scope.check(address, port, 'tcp'))
  const release = await turn.take(address)
  try {
    await allowed(guard, 'device', CONNECT_PACKETS, address)
    account.add(address, CONNECT_PACKETS)
    const signal = AbortSignal.any([options.signal, guard.signal])
    const from = performance.now()
    const attempt = await network.tcp(address, port, { ...options, signal })
    if (attempt.outcome === 'answered' || attempt.outcome === 'refused')
      watch.roundTrip(address, `tcp ${port}`, performance.now() - from)
    if (!attempt.connection) {
      release()
      return attempt
    }
    const { connection } = attempt
    return {
      outcome: 'answered',
      connection: {
        ...connection,
        async send(data) {
          const packets = Math.max(1, Math.ceil(data.length / SEGMENT_OCTETS))
          await allowed(guard, 'device', packets, address)
          account.add(address, packets)
          return connection.send(data)
        },
        async close() {
          account.add(address, CLOSE_PACKETS)
          try {
            await connection.close()
          } finally {
            release()
          }
        },
      },
    }
  } catch (error) {
    release()
    throw error
  }
}
