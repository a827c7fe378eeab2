/** One question and its answer over UDP, repeated where it may have been lost. */
import type { Outcome } from '@ophav/shared'
import type { Conversation } from './conversation.ts'

export type Exchanged<T> =
  | { outcome: 'answered'; answer: T }
  | { outcome: Exclude<Outcome, 'answered'>; answer: null }

export interface ExchangeOptions<T> {
  question: Uint8Array
  /** @returns the answer, `malformed` for what is not the protocol, null for what answers something else */
  read: (data: Buffer) => T | 'malformed' | null
  /** How often the question is sent at most. */
  tries: number
  /** How long each time is waited for the answer. */
  timeoutMs: number
  signal: AbortSignal
}

/**
 * Garbage does not end the wait, so that nobody can talk a device away by answering first; where nothing better
 * comes it is the outcome.
 * @throws what `Conversation.send` throws
 */
export async function exchange<T>(
  conversation: Conversation,
  { question, read, tries, timeoutMs, signal }: ExchangeOptions<T>,
): Promise<Exchanged<T>> {
  let otherwise: Exclude<Outcome, 'answered'> = 'timed-out'
  const ended = new AbortController()
  let result: Exchanged<T> | null = null
  const end = (exchanged: Exchanged<T>) => {
    result ??= exchanged
    ended.abort()
  }
  conversation.onRefused(() => end({ outcome: 'refused', answer: null }))
  conversation.onDatagram((data) => {
    const answer = read(data)
    if (answer === 'malformed') otherwise = 'malformed'
    else if (answer !== null) end({ outcome: 'answered', answer })
  })
  for (let attempt = 0; attempt < tries && !signal.aborted; attempt++) {
    if (!(await conversation.send(question))) return { outcome: 'unreachable', answer: null }
    await pause(timeoutMs, [ended.signal, signal])
    if (result) return result
  }
  return { outcome: otherwise, answer: null }
}

/** Waits so long, or until one of the signals fires. */
export function pause(milliseconds: number, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    if (signals.some((signal) => signal.aborted)) return void resolve()
    const timer = setTimeout(end, milliseconds)
    function end() {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', end)
      resolve()
    }
    for (const signal of signals) signal.addEventListener('abort', end, { once: true })
  })
}
