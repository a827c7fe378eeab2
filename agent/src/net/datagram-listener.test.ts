import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { openDatagramListener, parseProcIgmp } from './datagram-listener.ts'

test('groups that the machine has joined are read from the kernel', () => {
  const text = `Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter
1\tlo        :     1      V3
\t\t\t\t010000E0     1 0:00000000\t\t0
2\teth0      :     2      V3
\t\t\t\tFB0000E0     1 0:00000000\t\t0
\t\t\t\tFAFFFFEF     1 0:00000000\t\t0
`
  expect(parseProcIgmp(text)).toEqual(
    new Map([
      ['lo', new Set(['224.0.0.1'])],
      ['eth0', new Set(['224.0.0.251', '239.255.255.250'])],
    ]),
  )
})

test('what is no table holds no groups', () => {
  expect(parseProcIgmp('\t\t00000001\nnonsense')).toEqual(new Map())
})

test('a group that nobody on this machine has joined is not joined', async () => {
  const options = { port: 0, group: '239.255.199.199', interfaceAddress: '127.0.0.1', mayJoin: false }
  expect(await openDatagramListener(options)).toBe('not-joined')
})

test('a port without a group is heard', async () => {
  const [free] = await freePort()
  const listener = await openDatagramListener({
    port: free,
    group: null,
    interfaceAddress: '127.0.0.1',
    mayJoin: false,
  })
  if (typeof listener === 'string') throw new Error(listener)
  const heard = new Promise<string>((resolve) =>
    listener.onDatagram((address, _, data) => resolve(`${address} ${data.toString()}`)),
  )
  const sender = createSocket('udp4')
  sender.send('hello', free, '127.0.0.1')
  expect(await heard).toBe('127.0.0.1 hello')
  sender.close()
  listener.close()
})

async function freePort(): Promise<[number]> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return [port]
}
