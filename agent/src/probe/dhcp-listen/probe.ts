/**
 * Hears DHCP (RFC 2131): clients say who they are when they start, servers what they hand out. A client's own address
 * is taken from a server's acknowledgement or from what it uses already, never from what it asks for.
 */
import { formatIpv4, formatMac } from '@ophav/shared/value'
import { EvidenceList, namesDevice, readText } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'
import { addressesIn, readOptions, routesIn, type Options } from './option.ts'

const BOOTREQUEST = 1
const BOOTREPLY = 2
const HARDWARE_ETHERNET = 1
/** Option 53 (RFC 2132 9.6). */
const MESSAGE_TYPES = ['discover', 'offer', 'request', 'decline', 'ack', 'nak', 'release', 'inform']

const HOST_NAME = 12
const ROUTER = 3
const DNS_SERVER = 6
const NTP_SERVER = 42
const REQUESTED_ADDRESS = 50
const MESSAGE_TYPE = 53
const SERVER_IDENTIFIER = 54
const PARAMETER_LIST = 55
const VENDOR_CLASS = 60
const CLIENT_IDENTIFIER = 61
const CLASSLESS_ROUTE = 121
/** Not assigned by IANA; what browsers take as the address of a proxy's configuration. */
const PROXY_CONFIGURATION = 252

export const dhcpListen: ListenProbe = {
  kind: 'listen',
  name: 'dhcp-listen',
  title: 'DHCP, heard',
  transport: 'udp',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: [
    'mac',
    'dhcp.messageType',
    'dhcp.hostname',
    'dhcp.vendorClass',
    'dhcp.clientId',
    'dhcp.parameterList',
    'dhcp.requestedAddress',
    'dhcp.serverIdentifier',
    'dhcp.router',
    'dhcp.dnsServer',
    'dhcp.ntpServer',
    'dhcp.classlessRoute',
    'dhcp.proxyConfiguration',
    'dhcp.relay',
  ],
  wish: { udpPorts: [67, 68] },
  blindTo: 'answers that a server sends to one client alone',
  hear,
}

function hear(packet: Packet): Heard[] | 'malformed' {
  const { payload } = packet
  const options = readOptions(payload)
  if (options === null) return 'malformed'
  const type = MESSAGE_TYPES[(options.get(MESSAGE_TYPE)?.[0] ?? 0) - 1] ?? null
  const isEthernet = payload[1] === HARDWARE_ETHERNET && payload[2] === 6
  const mac = isEthernet ? formatMac(payload, 28) : null
  const client = mac !== null && namesDevice(mac) ? mac : null
  if (payload[0] === BOOTREQUEST)
    return client === null ? [] : [hearClient(client, addressAt(payload, 12), type, options)]
  if (payload[0] !== BOOTREPLY) return 'malformed'
  const leased = addressAt(payload, 16)
  const heard = [hearServer(packet, type, options)]
  // RFC 2131 3.1: with the acknowledgement the address is the client's.
  if (type === 'ack' && client !== null && leased !== null)
    heard.push({ mac: client, address: leased, evidence: new EvidenceList().addMac(client).pieces })
  return heard
}

function hearClient(mac: string, address: string | null, type: string | null, options: Options): Heard {
  const list = new EvidenceList()
    .addMac(mac)
    .add('dhcp.messageType', type)
    .add('dhcp.hostname', text(options, HOST_NAME))
    .add('dhcp.vendorClass', text(options, VENDOR_CLASS))
    .add('dhcp.clientId', options.get(CLIENT_IDENTIFIER)?.toString('hex') ?? null)
    .add('dhcp.parameterList', options.get(PARAMETER_LIST)?.join(',') ?? null)
    .add('dhcp.requestedAddress', addressesIn(options.get(REQUESTED_ADDRESS))[0] ?? null)
  return { mac, address, evidence: list.pieces }
}

/** The sender of a frame that a relay has passed on is the relay, and the server is elsewhere. */
function hearServer(
  { payload, source, sourceAddress }: Packet,
  type: string | null,
  options: Options,
): Heard {
  const relay = addressAt(payload, 24)
  const list = new EvidenceList()
    .addMac(source)
    .add('dhcp.messageType', type)
    .add('dhcp.relay', relay)
    .add('dhcp.proxyConfiguration', text(options, PROXY_CONFIGURATION))
  const each = (kind: string, values: readonly string[]) => values.forEach((value) => list.add(kind, value))
  each('dhcp.serverIdentifier', addressesIn(options.get(SERVER_IDENTIFIER)).slice(0, 1))
  each('dhcp.router', addressesIn(options.get(ROUTER)))
  each('dhcp.dnsServer', addressesIn(options.get(DNS_SERVER)))
  each('dhcp.ntpServer', addressesIn(options.get(NTP_SERVER)))
  each('dhcp.classlessRoute', routesIn(options.get(CLASSLESS_ROUTE)))
  return { mac: source, address: sourceAddress === '0.0.0.0' ? null : sourceAddress, evidence: list.pieces }
}

const text = (options: Options, code: number): string | null => {
  const octets = options.get(code)
  return octets === undefined ? null : readText(octets)
}

function addressAt(message: Buffer, offset: number): string | null {
  const address = message.readUInt32BE(offset)
  return address === 0 ? null : formatIpv4(address)
}
