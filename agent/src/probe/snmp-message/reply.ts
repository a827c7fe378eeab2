/** Reads what answers a sweep's question: a response to a GET, or the Report of an SNMPv3 engine. */
import { readElement, readInteger, readOid, TAG, type Element } from './ber.ts'
import { PDU } from './question.ts'

export interface Variable {
  oid: string
  tag: number
  value: Buffer
}

export interface CommunityReply {
  version: '1' | '2c'
  id: number
  /** RFC 3416 3: 0 is noError. */
  errorStatus: number
  variables: Variable[]
}

export interface EngineReply {
  version: '3'
  id: number
  engineId: Buffer
  engineBoots: number
  engineTime: number
}

/** More variables than any question asks for are not the answer to it. */
const MAX_VARIABLES = 64

/** RFC 3411 5: an snmpEngineID has 5 to 32 octets. */
const ENGINE_ID_OCTETS = { min: 5, max: 32 }

/** @returns null when the datagram is no such reply; whatever it says, this neither throws nor reads on without end */
export function readReply(data: Buffer): CommunityReply | EngineReply | null {
  const fields = new Fields(data, readElement(data, 0, data.length, TAG.sequence))
  const version = fields.integer()
  if (version === 0 || version === 1) return readCommunityReply(data, fields, version === 0 ? '1' : '2c')
  return version === 3 ? readEngineReply(data, fields) : null
}

function readCommunityReply(data: Buffer, fields: Fields, version: '1' | '2c'): CommunityReply | null {
  if (!fields.element(TAG.octetString)) return null
  const response = new Fields(data, fields.element(PDU.response))
  const id = response.integer()
  const errorStatus = response.integer()
  const errorIndex = response.integer()
  const list = response.element(TAG.sequence)
  if (id === null || errorStatus === null || errorIndex === null || !list) return null
  const variables = readVariables(data, list)
  return variables && { version, id, errorStatus, variables }
}

function readVariables(data: Buffer, list: Element): Variable[] | null {
  const variables: Variable[] = []
  const fields = new Fields(data, list)
  while (!fields.atEnd()) {
    const variable = new Fields(data, fields.element(TAG.sequence))
    const name = variable.element(TAG.objectIdentifier)
    const value = variable.element()
    const oid = name && readOid(data, name)
    if (!oid || !value || variables.length === MAX_VARIABLES) return null
    variables.push({ oid, tag: value.tag, value: data.subarray(value.start, value.end) })
  }
  return variables
}

/** RFC 3412 6, RFC 3414 2.4. Only the header matters: what the Report counts is the same for all. */
function readEngineReply(data: Buffer, fields: Fields): EngineReply | null {
  const id = new Fields(data, fields.element(TAG.sequence)).integer()
  const wrapped = fields.element(TAG.octetString)
  const security = new Fields(data, wrapped && readElement(data, wrapped.start, wrapped.end, TAG.sequence))
  const engine = security.element(TAG.octetString)
  const engineBoots = security.integer()
  const engineTime = security.integer()
  const scope = new Fields(data, fields.element(TAG.sequence))
  const isReport =
    scope.element(TAG.octetString) && scope.element(TAG.octetString) && scope.element(PDU.report)
  if (id === null || !engine || engineBoots === null || engineTime === null || !isReport) return null
  const engineId = data.subarray(engine.start, engine.end)
  const isEngineId = engineId.length >= ENGINE_ID_OCTETS.min && engineId.length <= ENGINE_ID_OCTETS.max
  return isEngineId ? { version: '3', id, engineId, engineBoots, engineTime } : null
}

/** RFC 3412 6.4: the flag says that the message is signed; whether the signature holds is another question. */
const AUTHENTICATED = 0x01

/** Whether an SNMPv3 message is signed, or is one of the Reports that an engine sends before it can sign. */
export function isAuthenticatedOrReport(data: Buffer): boolean {
  const fields = new Fields(data, readElement(data, 0, data.length, TAG.sequence))
  fields.integer()
  const header = new Fields(data, fields.element(TAG.sequence))
  header.integer()
  header.integer()
  const flags = header.element(TAG.octetString)
  const isAuthenticated = flags !== null && ((data[flags.start] ?? 0) & AUTHENTICATED) !== 0
  return isAuthenticated || readReply(data)?.version === '3'
}

/** Walks through the fields of one element; after the first that does not fit there are none. */
class Fields {
  readonly #data: Buffer
  #offset: number
  #end: number

  constructor(data: Buffer, within: Element | null) {
    this.#data = data
    this.#offset = within?.start ?? 0
    this.#end = within?.end ?? -1
  }

  atEnd(): boolean {
    return this.#offset >= this.#end
  }

  element(tag?: number): Element | null {
    const found = readElement(this.#data, this.#offset, this.#end, tag)
    if (found) this.#offset = found.end
    else this.#end = -1
    return found
  }

  integer(): number | null {
    const found = this.element(TAG.integer)
    return found && readInteger(this.#data, found)
  }
}
