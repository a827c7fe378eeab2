/** What a recorded device answers to SNMP: GET, GETNEXT and GETBULK of versions 1 and 2c, discovery of version 3. */
import { Ber } from 'asn1-ber'
import type { ObjectValue, Recording } from './recording.ts'
import { PDU, readQuestion, type CommunityQuestion, type EngineQuestion } from './snmp-question.ts'

/** What the devices of the tests are asked with. */
const COMMUNITY = 'public'

/** RFC 3416 3: error status noSuchName; values that stand for what is not there. */
const NO_SUCH_NAME = 2
const NO_SUCH_OBJECT = 0x80
const END_OF_MIB_VIEW = 0x82

/** A bulk answer fits in one datagram of an Ethernet: so many rows of so many octets at most. */
const MAX_ROWS = 50
const MAX_OCTETS = 1_400

/** RFC 3414 5: usmStatsUnknownEngineIDs and usmStatsUnknownUserNames. */
const UNKNOWN_ENGINE = '1.3.6.1.6.3.15.1.1.4.0'
const UNKNOWN_USER = '1.3.6.1.6.3.15.1.1.3.0'
const ENGINE_BOOTS = 7
const ENGINE_TIME = 86_400

/** An object and its value as octets, ready to be sent; a value of null is an exception or NULL. */
interface Bound {
  oid: string
  value: Buffer | number
}

/** A device's objects in the order of their identifiers, and by them. */
interface Objects {
  inOrder: { key: string; oid: string; value: Buffer }[]
  values: Map<string, Buffer>
}

const objectsOf = new WeakMap<Recording, Objects>()

export function answerSnmp(recording: Recording, datagram: Buffer): Buffer[] {
  const { snmp } = recording
  const question = snmp && readQuestion(datagram)
  if (!question || !snmp.versions.includes(question.version)) return []
  if (question.version === '3') return report(question, snmp.engineId)
  if (question.community.toString() !== COMMUNITY) return []
  let objects = objectsOf.get(recording)
  if (!objects) objectsOf.set(recording, (objects = encodeObjects(snmp.objects)))
  return respond(question, objects)
}

function respond(question: CommunityQuestion, objects: Objects): Buffer[] {
  const answered =
    question.pdu === PDU.get
      ? question.oids.map((oid) => ({ oid, value: objects.values.get(oid) ?? NO_SUCH_OBJECT }))
      : question.pdu === PDU.getNext
        ? question.oids.map((oid) => nextOf(objects, oid))
        : question.pdu === PDU.getBulk && question.version === '2c'
          ? bulk(question, objects)
          : null
  if (!answered) return []
  const missing = question.version === '1' ? answered.findIndex(({ value }) => typeof value === 'number') : -1
  return [
    missing < 0
      ? writeResponse(question, 0, 0, answered)
      : writeResponse(
          question,
          NO_SUCH_NAME,
          missing + 1,
          question.oids.map((oid) => ({ oid, value: NULL })),
        ),
  ]
}

/** RFC 3416 4.2.3. */
function bulk({ oids, nonRepeaters, maxRepetitions }: CommunityQuestion, objects: Objects): Bound[] {
  const once = Math.max(0, nonRepeaters)
  const answered = oids.slice(0, once).map((oid) => nextOf(objects, oid))
  let row = oids.slice(once)
  let octets = 0
  for (
    let count = 0;
    count < Math.min(maxRepetitions, MAX_ROWS) && row.length > 0 && octets < MAX_OCTETS;
    count++
  ) {
    const next = row.map((oid) => nextOf(objects, oid))
    answered.push(...next)
    octets += next.reduce(
      (sum, { oid, value }) => sum + oid.length + (typeof value === 'number' ? 2 : value.length),
      0,
    )
    if (next.every(({ value }) => typeof value === 'number')) break
    row = next.map(({ oid }) => oid)
  }
  return answered
}

function nextOf(objects: Objects, after: string): Bound {
  const key = sortKey(after)
  return objects.inOrder.find((object) => object.key > key) ?? { oid: after, value: END_OF_MIB_VIEW }
}

/** Arcs in ten digits each: text order becomes the order of RFC 2578 7.10. */
const sortKey = (oid: string): string =>
  oid
    .split('.')
    .map((arc) => arc.padStart(10, '0'))
    .join('.')

function encodeObjects(objects: Readonly<Record<string, ObjectValue>>): Objects {
  const inOrder = Object.entries(objects)
    .map(([oid, value]) => ({ key: sortKey(oid), oid, value: encodeValue(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  return { inOrder, values: new Map(inOrder.map(({ oid, value }) => [oid, value])) }
}

/** RFC 2578 7.1 and RFC 3416 3: the tags of the types. */
const TAG = {
  integer: 0x02,
  string: 0x04,
  oid: 0x06,
  address: 0x40,
  counter: 0x41,
  gauge: 0x42,
  ticks: 0x43,
} as const
const NULL = Buffer.of(0x05, 0)

function encodeValue([type, value]: ObjectValue): Buffer {
  const writer = new Ber.Writer()
  if (type === 'string') writeOctets(writer, Buffer.from(value), TAG.string)
  else if (type === 'hex') writeOctets(writer, Buffer.from(value, 'hex'), TAG.string)
  else if (type === 'mac') writeOctets(writer, Buffer.from(value.replaceAll(':', ''), 'hex'), TAG.string)
  else if (type === 'address') writeOctets(writer, Buffer.from(value.split('.').map(Number)), TAG.address)
  else if (type === 'oid') {
    if (value === '') return Buffer.of(TAG.oid, 0)
    writer.writeOID(value)
  } else writer.writeInt(Number(value), TAG[type])
  return Buffer.from(writer.buffer)
}

/** The codec cannot write an empty buffer. */
function writeOctets(writer: InstanceType<typeof Ber.Writer>, octets: Buffer, tag: number): void {
  if (octets.length > 0) writer.writeBuffer(octets, tag)
  else {
    writer.writeByte(tag)
    writer.writeByte(0)
  }
}

function writeRaw(writer: InstanceType<typeof Ber.Writer>, octets: Buffer): void {
  for (const octet of octets) writer.writeByte(octet)
}

function writeResponse(
  question: CommunityQuestion,
  status: number,
  index: number,
  bound: readonly Bound[],
): Buffer {
  const writer = new Ber.Writer()
  writer.startSequence()
  writer.writeInt(question.version === '1' ? 0 : 1)
  writeOctets(writer, question.community, TAG.string)
  writer.startSequence(PDU.response)
  writer.writeInt(question.id)
  writer.writeInt(status)
  writer.writeInt(index)
  writer.startSequence()
  for (const { oid, value } of bound) {
    writer.startSequence()
    writer.writeOID(oid)
    writeRaw(writer, typeof value === 'number' ? Buffer.of(value, 0) : value)
    writer.endSequence()
  }
  for (let open = 0; open < 3; open++) writer.endSequence()
  return Buffer.from(writer.buffer)
}

/** RFC 3414 3.2, steps 3 and 4: an engine that does not know its asker says who it is itself. */
function report(question: EngineQuestion, engineId: string | undefined): Buffer[] {
  if (!question.isReportable || engineId === undefined) return []
  const engine = Buffer.from(engineId, 'hex')
  const isKnown = question.engineId.equals(engine)
  const security = new Ber.Writer()
  security.startSequence()
  security.writeBuffer(engine, TAG.string)
  security.writeInt(ENGINE_BOOTS)
  security.writeInt(ENGINE_TIME)
  for (let empty = 0; empty < 3; empty++) writeOctets(security, Buffer.alloc(0), TAG.string)
  security.endSequence()

  const writer = new Ber.Writer()
  writer.startSequence()
  writer.writeInt(3)
  writer.startSequence()
  writer.writeInt(question.messageId)
  writer.writeInt(65_507)
  writer.writeBuffer(Buffer.of(0), TAG.string)
  writer.writeInt(3)
  writer.endSequence()
  writer.writeBuffer(Buffer.from(security.buffer), TAG.string)
  writer.startSequence()
  writer.writeBuffer(engine, TAG.string)
  writeOctets(writer, Buffer.alloc(0), TAG.string)
  writer.startSequence(PDU.report)
  writer.writeInt(question.requestId)
  writer.writeInt(0)
  writer.writeInt(0)
  writer.startSequence()
  writer.startSequence()
  writer.writeOID(isKnown ? UNKNOWN_USER : UNKNOWN_ENGINE)
  writer.writeInt(1, TAG.counter)
  for (let open = 0; open < 5; open++) writer.endSequence()
  return [Buffer.from(writer.buffer)]
}
