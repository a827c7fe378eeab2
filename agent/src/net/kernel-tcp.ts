/** TCP as the operating system offers it: one connection, bounded in time, closed in order. */
import { connect } from 'node:net'
import type { TcpAttempt, TcpConnection, TcpOptions } from './network.ts'

/** How long a peer may take to close its side after ours; then the connection is cut. */
const CLOSE_MS = 2_000

const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET'])
const NO_WAY = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EACCES', 'EPERM', 'EINVAL'])

export function openTcp(address: string, port: number, options: TcpOptions): Promise<TcpAttempt> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, family: 4, noDelay: true })
    const timer = setTimeout(() => fail('timed-out'), options.timeoutMs)
    const fail = (outcome: 'timed-out' | 'refused' | 'unreachable' | 'not-attempted') => {
      clearTimeout(timer)
      options.signal.removeEventListener('abort', stop)
      socket.destroy()
      resolve({ outcome, connection: null })
    }
    const stop = () => fail('not-attempted')
    options.signal.addEventListener('abort', stop)
    if (options.signal.aborted) return stop()
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) =>
      fail(REFUSED.has(code) ? 'refused' : NO_WAY.has(code) ? 'unreachable' : 'timed-out'),
    )
    socket.once('connect', () => {
      clearTimeout(timer)
      options.signal.removeEventListener('abort', stop)
      // A reset that comes later ends the connection, not the process.
      socket.on('error', () => {})
      resolve({ outcome: 'answered', connection: connectionOf(socket) })
    })
  })
}

function connectionOf(socket: ReturnType<typeof connect>): TcpConnection {
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return {
    send: (data) =>
      new Promise((resolve) => {
        if (socket.destroyed || !socket.writable) return resolve(false)
        socket.write(data, (error) => resolve(!error))
      }),
    onData: (listener) => void socket.on('data', listener),
    onEnd: (listener) => void closed.then(listener),
    async close() {
      const timer = setTimeout(() => socket.destroy(), CLOSE_MS)
      // Unread data would make the end a reset, which some devices bear badly.
      socket.resume()
      socket.end()
      await closed
      clearTimeout(timer)
    },
  }
}
