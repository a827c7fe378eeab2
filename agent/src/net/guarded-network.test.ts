import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { OphavError, POLITE_PACE, FULL_PACE } from '@ophav/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { approvedScope } from '../scan/scope.ts'
import { guarded, wire } from './guard.testkit.ts'
import { openTcp } from './kernel-tcp.ts'
import type { Datagram, Network, TcpOptions } from './network.ts'

const inScope = (address: string): boolean => /^10\.0\.0\.\d+$/.test(address) && address !== '10.0.0.77'

describe('the guard', () => {
  test('lets datagrams to the scope pass and counts them', async () => {
    const { network, sent } = wire()
    const { guard, account } = guarded(network)
    const socket = await guard.udp({ budget: 'device' })
    await socket.send(new Uint8Array(1), 161, '10.0.0.5')
    expect({ sent, total: account.total, refused: account.refused }).toEqual({
      sent: ['10.0.0.5 161'],
      total: 1,
      refused: 0,
    })
  })

  test('refuses every other address, and the excluded one, whatever way is tried', async () => {
    const { network, sent } = wire()
    const { guard, account } = guarded(network)
    const socket = await guard.udp({ budget: 'device' })
    for (const address of [
      '10.0.1.5',
      '10.0.0.77',
      '224.0.0.252',
      '255.255.255.255',
      '::1',
      'example.org',
      '',
    ]) {
      await expect(socket.send(new Uint8Array(1), 161, address)).rejects.toThrow(OphavError)
      await expect(guard.lookUp(address)).rejects.toThrow(OphavError)
    }
    // The group is for its own port alone.
    await expect(socket.send(new Uint8Array(1), 161, '224.0.0.251')).rejects.toThrow(OphavError)
    expect({ sent, refused: account.refused }).toEqual({ sent: [], refused: 15 })
  })

  test('reads where a frame goes from the frame itself, and lets no other pass', async () => {
    const { network, frames } = wire()
    const { guard } = guarded(network)
    const socket = guard.frames('seg0')
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 42, maxLength: 42 }),
        fc.constantFrom(0x0806, 0x0800, null),
        async (octets, type) => {
          const frame = Buffer.from(octets)
          if (type !== null) frame.writeUInt16BE(type, 12)
          await socket?.send(frame, 42, 1).catch(() => {})
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2_000) },
    )
    const targets = frames.map((frame) => {
      const at = frame.readUInt16BE(12) === 0x0806 ? 38 : 30
      return [...frame.subarray(at, at + 4)].join('.')
    })
    expect(targets.filter((address) => !inScope(address))).toEqual([])
  })

  test('refuses a whole burst when one frame of it goes astray', async () => {
    const { network, frames } = wire()
    const { guard } = guarded(network)
    const burst = Buffer.alloc(84)
    for (const [index, host] of [5, 77].entries()) {
      burst.writeUInt16BE(0x0806, index * 42 + 12)
      Buffer.from([10, 0, 0, host]).copy(burst, index * 42 + 38)
    }
    await expect(guard.frames('seg0')?.send(burst, 42, 2)).rejects.toThrow(OphavError)
    expect(frames).toEqual([])
  })

  test('hands frames over in bursts that the pace allows', async () => {
    const { network, frames } = wire()
    const { guard, account } = guarded(network, { ...POLITE_PACE, sweepPacketsPerSecond: 2_000 })
    const burst = Buffer.alloc(42 * 150)
    for (let index = 0; index < 150; index++) {
      burst.writeUInt16BE(0x0806, index * 42 + 12)
      Buffer.from([10, 0, 0, index % 70]).copy(burst, index * 42 + 38)
    }
    expect(await guard.frames('seg0')?.send(burst, 42, 150)).toBe(150)
    expect({ frames: frames.length, total: account.total }).toEqual({ frames: 150, total: 150 })
  })
})

describe('connections below the guard', () => {
  const tcp = { timeoutMs: 500, signal: new AbortController().signal }

  test('are never dialled to a port that prints, in whatever way', async () => {
    const { network, sent, frames } = wire()
    const { guard, account } = guarded(network)
    for (const port of [515, 9100, 9103, 9107])
      await expect(guard.tcp('10.0.0.5', port, tcp)).rejects.toMatchObject({ code: 'scope.barred-port' })
    const frame = Buffer.alloc(54)
    frame.writeUInt16BE(0x0800, 12)
    frame[14] = 0x45
    frame[23] = 6
    Buffer.from([10, 0, 0, 5]).copy(frame, 30)
    frame.writeUInt16BE(9100, 36)
    await expect(guard.frames('seg0')?.send(frame, 54, 1)).rejects.toMatchObject({
      code: 'scope.barred-port',
    })
    expect({ sent, frames, total: account.total, refused: account.refused }).toEqual({
      sent: [],
      frames: [],
      total: 0,
      refused: 5,
    })
  })

  test('are one at a time for a device, and several for several', async () => {
    let open = 0
    let most = 0
    const server = createServer((socket) => {
      most = Math.max(most, ++open)
      socket.on('error', () => {})
      socket.on('close', () => open--)
      socket.on('data', () => socket.end('x'))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const network = {
      ...wire().network,
      tcp: (_: string, __: number, options: TcpOptions) => openTcp('127.0.0.1', port, options),
    }
    const { guard, account } = guarded(network)
    const talk = async (address: string) => {
      const { connection } = await guard.tcp(address, 80, tcp)
      await connection?.send(Buffer.from('GET'))
      await new Promise<void>((resolve) => connection?.onEnd(resolve) ?? resolve())
      await connection?.close()
    }
    try {
      await Promise.all([talk('10.0.0.5'), talk('10.0.0.5'), talk('10.0.0.5')])
      expect(most).toBe(1)
      await Promise.all([talk('10.0.0.6'), talk('10.0.0.7'), talk('10.0.0.8')])
      expect(most).toBeGreaterThan(1)
      // Two to open, one with data, two to close.
      expect(account.total).toBe(6 * 5)
    } finally {
      server.close()
    }
  })

  test('tell refusal from silence, and a failure lets the next one begin', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    await new Promise((resolve) => taken.close(resolve))
    const network = {
      ...wire().network,
      tcp: (_: string, __: number, options: TcpOptions) => openTcp('127.0.0.1', port, options),
    }
    const { guard } = guarded(network)
    for (let count = 0; count < 2; count++)
      expect(await guard.tcp('10.0.0.5', 80, tcp)).toEqual({ outcome: 'refused', connection: null })
  })
})

describe('after a stop', () => {
  test('nothing leaves any more, in no way; who waited for the pace goes without', async () => {
    const { network, sent, frames } = wire()
    const { guard, stop } = guarded(network, { ...FULL_PACE, sweepPacketsPerSecond: 1 })
    const socket = await guard.udp({ budget: 'sweep' })
    await socket.send(new Uint8Array(1), 161, '10.0.0.5')
    const waiting = socket.send(new Uint8Array(1), 161, '10.0.0.6')
    stop.abort()
    const stopped = { code: 'scan.stopped' }
    await expect(waiting).rejects.toMatchObject(stopped)
    await expect(socket.send(new Uint8Array(1), 161, '10.0.0.7')).rejects.toMatchObject(stopped)
    await expect(guard.lookUp('10.0.0.5')).rejects.toMatchObject(stopped)
    await expect(
      guard.tcp('10.0.0.5', 80, { timeoutMs: 1, signal: new AbortController().signal }),
    ).rejects.toMatchObject(stopped)
    const frame = Buffer.alloc(42)
    frame.writeUInt16BE(0x0806, 12)
    Buffer.from([10, 0, 0, 5]).copy(frame, 38)
    await expect(guard.frames('seg0')?.send(frame, 42, 1)).rejects.toMatchObject(stopped)
    expect({ sent, frames }).toEqual({ sent: ['10.0.0.5 161'], frames: [] })
  })
})

describe('a device that vanishes', () => {
  /** Answers the port so often, then never again. */
  function mortal(answers: number) {
    const questions: number[] = []
    const listeners: ((datagram: Datagram) => void)[] = []
    const base = wire().network
    const network: Network = {
      ...base,
      udp: async (options) => ({
        ...(await base.udp(options)),
        send: async (data, port, address) => {
          questions.push(data[0] ?? 0)
          if (questions.length <= answers)
            for (const listener of listeners) listener({ address, port, data: Buffer.from(data) })
          return true
        },
        onDatagram: (listener) => void listeners.push(listener),
      }),
    }
    return { network, questions }
  }

  test('is asked once more what it has answered, and then left alone', async () => {
    const { network, questions } = mortal(1)
    const { guard } = guarded(network, FULL_PACE, { factor: 3, restSeconds: 60, rests: 1 })
    const socket = await guard.udp({ budget: 'device' })
    const ask = (question: number) => socket.send(Uint8Array.of(question), 161, '10.0.0.5')
    for (const question of [1, 2, 3, 4]) await ask(question)
    await sleep(2_100)
    await expect(ask(5)).rejects.toMatchObject({ code: 'scan.device-resting' })
    await expect(ask(6)).rejects.toMatchObject({ code: 'scan.device-resting' })
    expect(questions).toEqual([1, 2, 3, 4, 1])
    expect(await socket.send(Uint8Array.of(7), 161, '10.0.0.6')).toBe(true)
  })

  test('is not taken for one that answers what it knows and keeps silent about the rest', async () => {
    const { network, questions } = mortal(0)
    const known = { ...network }
    const { guard } = guarded(known)
    const socket = await guard.udp({ budget: 'device' })
    for (const question of [1, 2, 3, 4]) await socket.send(Uint8Array.of(question), 161, '10.0.0.5')
    await sleep(2_100)
    expect(await socket.send(Uint8Array.of(5), 161, '10.0.0.5')).toBe(true)
    expect(questions).toEqual([1, 2, 3, 4, 5])
  })
})

test('printers get nothing on the ports on which they print', () => {
  const scope = approvedScope(['10.0.0.0/24'], [])
  for (const port of [515, 9100, 9101, 9107])
    expect(() => scope.check('10.0.0.5', port, 'tcp')).toThrow(OphavError)
  expect(() => scope.check('10.0.0.5', 80, 'tcp')).not.toThrow()
})
