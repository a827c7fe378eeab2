/** Hears ICMP errors for all sockets of this process: an unconnected UDP socket is not told of them. */
import { MessageBatch } from './frame/message-batch.ts'
import { SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_RAW, systemCalls, type SystemCalls } from './frame/system-call.ts'
import { readRefusal } from './icmp-error.ts'

/** ip(7), in.h. */
const AF_INET = 2
const IPPROTO_ICMP = 1

/** Half a round trip of a slow segment: a refusal ends the wait for an answer. */
const LOOK_MS = 25
const BATCH = 64
/** RFC 1812 4.3.2.3: errors may carry more than the beginning; what is beyond it is not read. */
const SLOT_OCTETS = 128
/** A flood of errors is read no faster than this; the system throws the rest away. */
const MAX_BATCHES = 16

type Listener = (address: string) => void

/** By local port. */
const listeners = new Map<number, Listener>()
let stop: (() => void) | null = null

/**
 * Needs CAP_NET_RAW on Linux; without it refusals look like silence.
 * @returns how to end it
 */
export function listenForRefusals(port: number, listener: Listener): () => void {
  listeners.set(port, listener)
  stop ??= open()
  return () => {
    listeners.delete(port)
    if (listeners.size > 0) return
    stop?.()
    stop = null
  }
}

function open(): (() => void) | null {
  const calls = process.platform === 'linux' ? systemCalls() : null
  const descriptor = calls?.socket(AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMP) ?? -1
  if (!calls || descriptor < 0) return null
  const incoming = new MessageBatch(calls, BATCH, SLOT_OCTETS)
  const timer = setInterval(() => drain(calls, descriptor, incoming), LOOK_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    calls.close(descriptor)
  }
}

function drain(calls: SystemCalls, descriptor: number, incoming: MessageBatch): void {
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const received = calls.recvmmsg(descriptor, incoming.headers, BATCH, 0, null)
    for (let index = 0; index < received; index++) {
      const refusal = readRefusal(incoming.message(index))
      if (refusal) listeners.get(refusal.port)?.(refusal.address)
    }
    if (received < BATCH) return
  }
}
