/** Echo requests below the guard. */
import { allowed, checked, type Guard } from './guard.ts'
import type { EchoSocket, Network } from './network.ts'

export function guardedEcho(network: Network, guard: Guard): Pick<Network, 'echo'> {
  const { echo } = network
  const { scope, pacer, account } = guard
  if (!echo) return {}
  return {
    echo(): EchoSocket | null {
      const socket = echo()
      if (!socket) return null
      return {
        ...socket,
        async send(addresses) {
          for (const address of addresses) checked(guard, () => scope.checkNumber(address))
          const burst = Math.min(pacer.burst('sweep'), addresses.length)
          let sent = 0
          while (sent < addresses.length) {
            const some = addresses.subarray(sent, sent + burst)
            await allowed(guard, 'sweep', some.length, null)
            await socket.send(some)
            for (const address of some) account.add(address)
            sent += some.length
          }
          return sent
        },
      }
    },
  }
}
