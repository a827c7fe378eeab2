/** Tests of connections to peers that behave badly: silent, endless, cut off. */
import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { guarded, wire } from './guard.testkit.ts'
import { openTcp } from './kernel-tcp.ts'
import type { TcpOptions } from './network.ts'

const LOOPBACK = '127.0.0.1'
let server: Server | null = null
const sockets = new Set<Socket>()
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  sockets.clear()
  server?.close()
})

async function peer(behave: (socket: Socket) => void): Promise<number> {
  server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    behave(socket)
  }).listen(0, LOOPBACK)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

const options = (signal = new AbortController().signal): TcpOptions => ({ timeoutMs: 500, signal })

test('a peer that never answers and never closes holds up neither the close nor the next connection', async () => {
  const port = await peer(() => {})
  const network = {
    ...wire().network,
    tcp: (_: string, __: number, given: TcpOptions) => openTcp(LOOPBACK, port, given),
  }
  const { guard } = guarded(network)
  for (let count = 0; count < 2; count++) {
    const { connection } = await guard.tcp('10.0.0.5', 80, options())
    expect(await connection?.send(Buffer.from('hello'))).toBe(true)
    await connection?.close()
    expect(await connection?.send(Buffer.from('after'))).toBe(false)
  }
})

test('a peer that sends without end is closed all the same', async () => {
  const port = await peer((socket) => {
    const flood = () => {
      while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
      socket.once('drain', flood)
    }
    flood()
  })
  const { connection } = await openTcp(LOOPBACK, port, options())
  let heard = 0
  connection?.onData(({ length }) => void (heard += length))
  await sleep(50)
  await connection?.close()
  expect(heard).toBeGreaterThan(0)
})

test('a peer that cuts the connection off ends it, not the process', async () => {
  const port = await peer((socket) => setTimeout(() => socket.resetAndDestroy(), 20))
  const { connection } = await openTcp(LOOPBACK, port, options())
  await new Promise<void>((resolve) => connection?.onEnd(resolve))
  expect(await connection?.send(Buffer.from('x'))).toBe(false)
  await connection?.close()
})

test('a stop before or while it is dialled is no answer', async () => {
  const port = await peer(() => {})
  const stop = new AbortController()
  stop.abort()
  expect(await openTcp(LOOPBACK, port, options(stop.signal))).toEqual({
    outcome: 'not-attempted',
    connection: null,
  })
})
