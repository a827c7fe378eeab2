/** Datagrams below the guard, with an eye on how each device bears its questions. */
import { setTimeout as sleep } from 'node:timers/promises'
import { OphavError } from '@ophav/shared/value'
import { allowed, checked, type Guard } from './guard.ts'
import type { Network, UdpOptions, UdpSocket } from './network.ts'

/** How long a device that has vanished may take to prove the contrary. */
const PROOF_MS = 2_000
const LOOK_MS = 50

export async function guardedUdp(network: Network, guard: Guard, options: UdpOptions): Promise<UdpSocket> {
  const { budget } = options
  const { scope, account, watch } = guard
  const socket = await network.udp(options)
  socket.onDatagram(({ address, port }) => watch.heard(address, port))
  // A refusal is a sign of life.
  socket.onRefused((address) => void (address !== null && watch.heard(address, null)))
  const proofs = new Map<string, Promise<void>>()
  const send = async (data: Uint8Array, port: number, address: string): Promise<boolean> => {
    await allowed(guard, budget, 1, address)
    if (budget === 'device') watch.sent(address, port, data)
    account.add(address)
    return socket.send(data, port, address)
  }
  /** Repeats a question that the device has answered before; where that is silent too the device has vanished. */
  const prove = async (address: string): Promise<void> => {
    const question = watch.suspicion(address)
    if (!question || !(await send(question.data, question.port, address))) return
    for (let waited = 0; waited < PROOF_MS && watch.suspicion(address) !== null; waited += LOOK_MS)
      await sleep(LOOK_MS, undefined, { signal: guard.signal }).catch(() => {
        throw new OphavError('scan.stopped')
      })
    if (watch.suspicion(address) !== null) watch.rest(address, 'backoff')
  }
  return {
    ...socket,
    async send(data, port, address) {
      checked(guard, () => scope.check(address, port, 'udp'))
      if (budget === 'device' && watch.suspicion(address) !== null) {
        const proof = proofs.get(address) ?? prove(address).finally(() => proofs.delete(address))
        proofs.set(address, proof)
        await proof
      }
      return send(data, port, address)
    },
  }
}
