/** Asks an SNMPv3 engine who it is: the discovery of RFC 3414 4, for which no credential is needed. */
import { randomInt } from 'node:crypto'
import type { Evidence } from '@ophav/shared'
import { ConversationPool } from '../conversation.ts'
import { exchange } from '../exchange.ts'
import type { AskProbe, ProbeContext, ProbeResult } from '../probe.ts'
import { discoveryQuestion, questionId, stamp } from '../snmp-message/question.ts'
import { readReply, type EngineReply } from '../snmp-message/reply.ts'

/** RFC 3417 3.1. */
const SNMP_PORT = 161
const TRIES = 2
/** Small devices take some hundred milliseconds for it; a second is customary. */
const TIMEOUT_MS = 1_000

export const snmpEngineId: AskProbe = {
  kind: 'ask',
  after: 'snmp-sweep',
  name: 'snmp-engine-id',
  title: 'SNMPv3 engine ID',
  transport: 'udp',
  ports: [SNMP_PORT],
  privilege: 'none',
  packetsPerDevice: TRIES,
  yields: ['snmp.engineID', 'snmp.engineBoots', 'snmp.engineTime'],
  ask,
}

const pool = new ConversationPool()
const question = discoveryQuestion()

async function ask(address: string, context: ProbeContext): Promise<ProbeResult> {
  const conversation = await pool.open(context.network, address, SNMP_PORT)
  const id = questionId(randomInt(2 ** 32))
  context.rung('datagrams')
  try {
    const { outcome, answer } = await exchange(conversation, {
      question: stamp(question, id),
      read: (data) => readReport(data, id),
      tries: TRIES,
      timeoutMs: TIMEOUT_MS,
      signal: context.signal,
    })
    return {
      address,
      mac: null,
      outcome,
      evidence: answer ? readEvidence(answer) : [],
      observedAt: context.now(),
    }
  } finally {
    conversation.close()
  }
}

function readReport(data: Buffer, id: number): EngineReply | 'malformed' | null {
  const reply = readReply(data)
  if (!reply) return 'malformed'
  return reply.version === '3' && reply.id === id ? reply : null
}

const readEvidence = ({ engineId, engineBoots, engineTime }: EngineReply): Evidence[] => [
  { kind: 'snmp.engineID', value: engineId.toString('hex') },
  { kind: 'snmp.engineBoots', value: engineBoots },
  { kind: 'snmp.engineTime', value: engineTime },
]
