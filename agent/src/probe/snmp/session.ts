/** A session with one device and one credential: net-snmp over a conversation, one question at a time. */
import type { SnmpCredential } from '@ophav/shared'
import snmp from 'net-snmp'
import type { Conversation } from '../conversation.ts'
import { isAuthenticatedOrReport } from '../snmp-message/reply.ts'
import { ConversationSocket } from './conversation-socket.ts'
import { securityLevel, userOf } from './credential.ts'

/** A second and a half is what a busy switch takes for a walk; two tries stand one lost datagram. */
const TIMEOUT_MS = 1_500
const RETRIES = 1

/** Rows asked for at once: their answer still fits in one datagram of an Ethernet. */
const BULK_ROWS = 10

/** An object with its value; values of `noSuchObject` and its like are left out. */
export interface Bound {
  oid: string
  /** Octet strings are buffers, object identifiers texts, integers numbers. */
  value: unknown
}

type Reply = (error: Error | null, variables?: (snmp.Varbind | snmp.Varbind[])[]) => void

export class SnmpSession {
  /** Something came from the device that is not SNMP. */
  heardGarbage = false
  isClosed = false
  /** Whether the device can be asked for many rows at once. */
  readonly hasBulk: boolean
  readonly #session: snmp.Session
  #fail: (error: Error) => void = () => {}

  /**
   * @param packets how many datagrams the device may still get; counted down
   * @param vlan asks for the view of one VLAN, as switches of Cisco keep them apart
   */
  constructor(
    conversation: Conversation,
    credential: SnmpCredential,
    packets: { left: number },
    vlan: number | null = null,
  ) {
    const needsAuthentication =
      credential.version === '3' && securityLevel(credential) !== snmp.SecurityLevel.noAuthNoPriv
    const socket = new ConversationSocket(
      conversation,
      packets,
      // net-snmp would take an unsigned response to a signed question (RFC 3412 7.2.10).
      (data) => !needsAuthentication || isAuthenticatedOrReport(data),
      (error) => this.#fail(error),
    )
    this.#session = openSession(credential, socket, vlan)
    this.#session.on('error', () => (this.heardGarbage = true))
    this.hasBulk = credential.version !== '1'
  }

  /**
   * @returns the objects that the device has, of those that were asked for
   * @throws net-snmp's errors; RefusedError, NoWayError, PacketLimitError; what sending throws
   */
  async get(oids: readonly string[]): Promise<Bound[]> {
    const found = await this.#request((reply) => this.#session.get([...oids], reply))
    return found.filter(({ oid }) => oids.includes(oid)).flatMap(bound)
  }

  /** The objects that follow this one; none where the device has no more. @throws as `get` */
  async next(oid: string): Promise<Bound[]> {
    const found = await this.#request((reply) =>
      this.hasBulk ? this.#session.getBulk([oid], 0, BULK_ROWS, reply) : this.#session.getNext([oid], reply),
    )
    const end = found.findIndex((variable) => bound(variable).length === 0)
    return (end < 0 ? found : found.slice(0, end)).flatMap(bound)
  }

  /**
   * The objects that follow each of these, at most so many of each: one list for each, which ends where the device
   * has no more. Without bulk it is one object of each. @throws as `get`
   */
  async nextOfEach(oids: readonly string[], rows: number): Promise<Bound[][]> {
    const columns = await this.#ask((reply) =>
      this.hasBulk
        ? this.#session.getBulk([...oids], 0, rows, reply)
        : this.#session.getNext([...oids], reply),
    )
    return oids.map((_, position) => {
      const column = [columns[position] ?? []].flat()
      const end = column.findIndex((variable) => bound(variable).length === 0)
      return (end < 0 ? column : column.slice(0, end)).flatMap(bound)
    })
  }

  /** What is being asked fails. */
  close(): void {
    this.isClosed = true
    this.#session.close()
  }

  async #request(send: (reply: Reply) => void): Promise<snmp.Varbind[]> {
    return (await this.#ask(send)).flat()
  }

  /** A bulk answer is grouped by what was asked for. */
  #ask(send: (reply: Reply) => void): Promise<(snmp.Varbind | snmp.Varbind[])[]> {
    return new Promise((resolve, reject) => {
      this.#fail = reject
      send((error, variables) => (error ? reject(error) : resolve(variables ?? [])))
    })
  }
}

/** noSuchObject, noSuchInstance and endOfMibView (RFC 3416 3) bind nothing. */
const bound = (variable: snmp.Varbind): Bound[] =>
  snmp.isVarbindError(variable) || variable.value === null || variable.value === undefined
    ? []
    : [{ oid: variable.oid, value: variable.value }]

/** A VLAN's view has the community `NAME@VLAN`, or with SNMPv3 the context `vlan-VLAN`: so Cisco documents it. */
function openSession(
  credential: SnmpCredential,
  socket: ConversationSocket,
  vlan: number | null,
): snmp.Session {
  const options = {
    timeout: TIMEOUT_MS,
    retries: RETRIES,
    dgramModule: { createSocket: () => socket },
  }
  if (credential.version === '3')
    return snmp.createV3Session('', userOf(credential), {
      ...options,
      ...(vlan === null ? {} : { context: `vlan-${vlan}` }),
    })
  const version = credential.version === '1' ? snmp.Version1 : snmp.Version2c
  const community = vlan === null ? credential.community : `${credential.community}@${vlan}`
  return snmp.createSession('', community, { ...options, version })
}
