/** Asks one device directly for its services: works through routers, where no call to the group arrives. */
import { randomInt } from 'node:crypto'
import type { Outcome } from '@ophav/shared'
import { ConversationPool, type Conversation } from '../conversation.ts'
import { exchange } from '../exchange.ts'
import { ENUMERATION, ServiceListing } from '../mdns-message/listing.ts'
import { encodeQuery, MDNS_PORT, readResponse, type Ask, type Response } from '../mdns-message/message.ts'
import type { AskProbe, ProbeContext, ProbeResult } from '../probe.ts'

/** Each question costs a packet, an unanswered one two. */
const MAX_QUESTIONS = 12
const TRIES = 2
/** RFC 6762 6: a responder waits up to 120 ms before it answers for a name that others share. */
const TIMEOUT_MS = 700

export const mdnsUnicast: AskProbe = {
  kind: 'ask',
  unless: 'mdns',
  name: 'mdns-unicast',
  title: 'Multicast DNS, asked directly',
  transport: 'udp',
  ports: [MDNS_PORT],
  privilege: 'none',
  packetsPerDevice: MAX_QUESTIONS * TRIES,
  yields: [
    'mdns.service',
    'mdns.instance',
    'mdns.deviceInfoTxt',
    'mdns.http.txt',
    'mdns.txt',
    'hostname',
    'mac',
  ],
  ask,
}

const pool = new ConversationPool()

async function ask(address: string, context: ProbeContext): Promise<ProbeResult> {
  const conversation = await pool.open(context.network, address, MDNS_PORT)
  const listing = new ServiceListing()
  context.rung('datagrams')
  try {
    const outcome = await question(conversation, ENUMERATION, listing, context.signal)
    if (outcome === 'answered') await followUp(conversation, listing, context.signal)
    return { address, mac: null, outcome, evidence: listing.evidence(), observedAt: context.now() }
  } finally {
    conversation.close()
  }
}

/** Asks what the answers raise, until nothing is open or the device has heard enough. */
async function followUp(
  conversation: Conversation,
  listing: ServiceListing,
  signal: AbortSignal,
): Promise<void> {
  const asked = new Set<string>()
  for (let count = 1; count < MAX_QUESTIONS && !signal.aborted; count++) {
    const next = listing.next().find(({ name }) => !asked.has(name))
    if (!next) return
    asked.add(next.name)
    await question(conversation, next, listing, signal)
  }
}

/** RFC 6762 6.7: a question from another port than 5353 is answered directly, with its number. */
async function question(
  conversation: Conversation,
  next: Ask,
  listing: ServiceListing,
  signal: AbortSignal,
): Promise<Outcome> {
  const id = randomInt(1, 0x10000)
  const { outcome, answer } = await exchange<Response>(conversation, {
    question: encodeQuery(id, [next]),
    read: (data) => {
      const response = readResponse(data)
      return response === null || response === 'malformed' || response.id === id ? response : null
    },
    tries: TRIES,
    timeoutMs: TIMEOUT_MS,
    signal,
  })
  if (answer) listing.add(answer.records)
  return outcome
}
