/** For tests: what an SNMP agent with given objects answers, to GET, GETNEXT and GETBULK of versions 1 and 2c. */
import {
  element,
  integer,
  objectIdentifier,
  octetString,
  readElement,
  readInteger,
  readOid,
} from './snmp-message/ber.ts'

/** An encoded value by its object's identifier. */
export type Objects = Readonly<Record<string, Buffer>>

export const text = octetString
export const number = integer
export const octets = (hex: string): Buffer => octetString(Buffer.from(hex, 'hex'))

const GET = 0xa0
const GET_BULK = 0xa5
const RESPONSE = 0xa2
const NO_SUCH_NAME = 2
const NO_SUCH_OBJECT = element(0x80)
const END_OF_MIB_VIEW = element(0x82)
const NULL = element(0x05)

/** What an agent that can be trusted has behind an object; a hostile one gives what it likes. */
export type Next = (oid: string) => [oid: string, value: Buffer] | null

export function nextOf(objects: Objects): Next {
  const inOrder = Object.entries(objects)
    .map(([oid, value]) => ({ key: sortKey(oid), oid, value }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  return (oid) => {
    const key = sortKey(oid)
    const found = inOrder.find((object) => object.key > key)
    return found ? [found.oid, found.value] : null
  }
}

const sortKey = (oid: string): string =>
  oid
    .split('.')
    .map((arc) => arc.padStart(10, '0'))
    .join('.')

interface Question {
  version: number
  community: Buffer
  pdu: number
  id: Buffer
  /** GETBULK: rows. */
  repetitions: number
  oids: string[]
}

function readQuestion(data: Buffer): Question {
  const at = (offset: number, limit = data.length) => readElement(data, offset, limit)
  const whole = at(0)
  const version = at(whole?.start ?? 0)
  const community = at(version?.end ?? 0)
  const pdu = at(community?.end ?? 0)
  const id = at(pdu?.start ?? 0)
  const second = at(id?.end ?? 0)
  const third = at(second?.end ?? 0)
  const list = at(third?.end ?? 0)
  const oids: string[] = []
  for (let offset = list?.start ?? 0; offset < (list?.end ?? 0);) {
    const variable = at(offset)
    const name = at(variable?.start ?? 0)
    oids.push(name ? (readOid(data, name) ?? '') : '')
    offset = variable?.end ?? data.length
  }
  return {
    version: version ? (readInteger(data, version) ?? 0) : 0,
    community: data.subarray(community?.start, community?.end),
    pdu: pdu?.tag ?? 0,
    id: data.subarray(pdu?.start, id?.end),
    repetitions: third ? (readInteger(data, third) ?? 0) : 0,
    oids,
  }
}

/** An agent for `LoopbackNetwork.host`. @param next what follows an object */
export const snmpAgent =
  (objects: Objects, next: Next = nextOf(objects)) =>
  (data: Buffer): Buffer[] => {
    const question = readQuestion(data)
    const { version, community, pdu, id, oids, repetitions } = question
    const bound =
      pdu === GET
        ? oids.map((oid): [string, Buffer] => [oid, objects[oid] ?? NO_SUCH_OBJECT])
        : follow(oids, next, pdu === GET_BULK ? repetitions : 1)
    const isMissing = ([, value]: [string, Buffer]) => value === NO_SUCH_OBJECT || value === END_OF_MIB_VIEW
    const missing = version === 0 ? bound.findIndex(isMissing) : -1
    const answered = missing < 0 ? bound : oids.map((oid): [string, Buffer] => [oid, NULL])
    const list = answered.map(([oid, value]) => element(0x30, objectIdentifier(oid), value))
    const status = missing < 0 ? 0 : NO_SUCH_NAME
    const response = element(RESPONSE, id, integer(status), integer(missing + 1), element(0x30, ...list))
    return [element(0x30, integer(version), octetString(community), response)]
  }

function follow(oids: readonly string[], next: Next, repetitions: number): [string, Buffer][] {
  const bound: [string, Buffer][] = []
  let row = [...oids]
  for (let count = 0; count < repetitions; count++) {
    const found = row.map((oid): [string, Buffer] => next(oid) ?? [oid, END_OF_MIB_VIEW])
    bound.push(...found)
    row = found.map(([oid]) => oid)
    if (found.every(([, value]) => value === END_OF_MIB_VIEW)) break
  }
  return bound
}
