/** Reads SNMP questions with a codec of its own, so that the agent's is not checked against itself. */
import { Ber, type Reader } from 'asn1-ber'

export const PDU = { get: 0xa0, getNext: 0xa1, response: 0xa2, getBulk: 0xa5, report: 0xa8 } as const
const OCTET_STRING = 0x04

export interface CommunityQuestion {
  version: '1' | '2c'
  community: Buffer
  pdu: number
  id: number
  /** GETBULK: how many of the objects are asked for once, and how many rows of the others. */
  nonRepeaters: number
  maxRepetitions: number
  oids: string[]
}

export interface EngineQuestion {
  version: '3'
  messageId: number
  isReportable: boolean
  engineId: Buffer
  requestId: number
}

/** @returns null for what no agent would answer */
export function readQuestion(data: Buffer): CommunityQuestion | EngineQuestion | null {
  try {
    const reader = new Ber.Reader(data)
    reader.readSequence()
    const version = reader.readInt()
    if (version === 3) return readEngineQuestion(reader)
    return version === 0 || version === 1 ? readCommunityQuestion(reader, version === 0 ? '1' : '2c') : null
  } catch {
    return null
  }
}

function readCommunityQuestion(reader: Reader, version: '1' | '2c'): CommunityQuestion | null {
  const community = reader.readString(OCTET_STRING, true)
  const pdu = reader.readSequence()
  const id = reader.readInt()
  const nonRepeaters = reader.readInt()
  const maxRepetitions = reader.readInt()
  reader.readSequence()
  const oids: string[] = []
  while (reader.remain > 0 && reader.readSequence() !== null) {
    const oid = reader.readOID()
    if (oid === null) return null
    oids.push(oid)
    // NULL, in two octets.
    reader.readByte()
    reader.readByte()
  }
  if (!community || pdu === null || id === null || nonRepeaters === null || maxRepetitions === null)
    return null
  return { version, community, pdu, id, nonRepeaters, maxRepetitions, oids }
}

/** RFC 3412 6.4: the flag that asks for a Report. */
const REPORTABLE = 0x04

function readEngineQuestion(reader: Reader): EngineQuestion | null {
  reader.readSequence()
  const messageId = reader.readInt()
  reader.readInt()
  const flags = reader.readString(OCTET_STRING, true)
  reader.readInt()
  const wrapped = reader.readString(OCTET_STRING, true)
  if (messageId === null || !flags || !wrapped) return null
  const security = new Ber.Reader(wrapped)
  security.readSequence()
  const engineId = security.readString(OCTET_STRING, true)
  if (!engineId) return null
  return {
    version: '3',
    messageId,
    isReportable: ((flags[0] ?? 0) & REPORTABLE) !== 0,
    engineId,
    requestId: readRequestId(reader),
  }
}

/** What is encrypted has none that can be read: RFC 3412 7.1 then says 0. */
function readRequestId(reader: Reader): number {
  try {
    reader.readSequence()
    reader.readString(OCTET_STRING, true)
    reader.readString(OCTET_STRING, true)
    reader.readSequence()
    return reader.readInt() ?? 0
  } catch {
    return 0
  }
}
