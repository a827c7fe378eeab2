/** The SNMP questions that sweeps ask: encoded once, then stamped with a number for each device. */
import { element, integer, objectIdentifier, octetString, readElement, TAG } from './ber.ts'

/** RFC 1157, 1901, 3412: the version field of a message. */
const VERSION = { '1': 0, '2c': 1, '3': 3 } as const
export const PDU = { get: 0xa0, response: 0xa2, report: 0xa8 } as const

/** RFC 3412 6.4: a reply may be sent in error. RFC 3411 6.1: the User-based Security Model. */
const REPORTABLE = Buffer.of(0x04)
const USER_SECURITY_MODEL = 3
/** RFC 3417 3.2: what every receiver must take is 484; this is what a UDP datagram over IPv4 can hold. */
const MAX_MESSAGE_SIZE = 65_507

/** A number that takes four octets, so that another one of the same range fits in its place. */
const PLACEHOLDER = 0x4000_0000

/** An encoded message, and where the number stands that the reply repeats. */
export interface Question {
  data: Buffer
  idOffset: number
}

/** A GET that a community opens. @param oids dotted decimals */
export function communityQuestion(version: '1' | '2c', community: string, oids: readonly string[]): Question {
  const data = element(
    TAG.sequence,
    integer(VERSION[version]),
    octetString(community),
    getRequest(PLACEHOLDER, oids),
  )
  const message = into(data, 0)
  const pdu = past(data, past(data, message))
  return { data, idOffset: into(data, into(data, pdu)) }
}

/**
 * The GET without user, engine and objects with which the engine ID is discovered (RFC 3414 4): it needs no
 * credential and is answered by a Report.
 */
export function discoveryQuestion(): Question {
  const securityParameters = element(
    TAG.sequence,
    octetString(''),
    integer(0),
    integer(0),
    octetString(''),
    octetString(''),
    octetString(''),
  )
  const data = element(
    TAG.sequence,
    integer(VERSION['3']),
    element(
      TAG.sequence,
      integer(PLACEHOLDER),
      integer(MAX_MESSAGE_SIZE),
      octetString(REPORTABLE),
      integer(USER_SECURITY_MODEL),
    ),
    octetString(securityParameters),
    element(TAG.sequence, octetString(''), octetString(''), getRequest(PLACEHOLDER, [])),
  )
  const header = past(data, into(data, 0))
  return { data, idOffset: into(data, into(data, header)) }
}

/** A copy of the question with its own number. @param id from `questionId` */
export function stamp({ data, idOffset }: Question, id: number): Buffer {
  const stamped = Buffer.from(data)
  stamped.writeUInt32BE(id, idOffset)
  return stamped
}

/** Makes a question's number of any 32 bits: positive, and four octets long as BER writes it. */
export const questionId = (bits: number): number => (bits & 0x3fff_ffff) | PLACEHOLDER

function getRequest(id: number, oids: readonly string[]): Buffer {
  const variables = oids.map((oid) => element(TAG.sequence, objectIdentifier(oid), element(TAG.null)))
  return element(PDU.get, integer(id), integer(0), integer(0), element(TAG.sequence, ...variables))
}

/** Where the content of the element at `offset` begins. The message is our own: the element is there. */
const into = (data: Buffer, offset: number): number => readElement(data, offset, data.length)?.start ?? offset
/** Where the element at `offset` ends. */
const past = (data: Buffer, offset: number): number => readElement(data, offset, data.length)?.end ?? offset
