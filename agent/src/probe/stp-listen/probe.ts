/** Hears spanning tree BPDUs (IEEE 802.1D-2004 9.3; 802.1Q-2018 14 for MSTP), in LLC and in Cisco's per-VLAN form: bridges. */
import { EvidenceList, readMac } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

/** IEEE 802.2: the access points of the spanning tree protocol. */
const SPANNING_TREE = 0x4242
const CISCO_PER_VLAN = 0x010b
const CONFIGURATION = 0
const RAPID = 2
const ROOT_OFFSET = 5
const BRIDGE_OFFSET = 17
const OCTETS = 35

export const stpListen: ListenProbe = {
  kind: 'listen',
  name: 'stp-listen',
  title: 'Spanning tree, heard',
  transport: 'frame',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', 'stp.bridge', 'stp.root'],
  wish: {
    llc: [SPANNING_TREE],
    ciscoSnap: [CISCO_PER_VLAN],
    groups: ['01:80:c2:00:00:00', '01:00:0c:cc:cc:cd'],
  },
  hear,
}

function hear({ payload, source }: Packet): Heard[] | 'malformed' {
  if (payload.length < 4 || payload.readUInt16BE(0) !== 0) return 'malformed'
  const list = new EvidenceList().addMac(source)
  const type = payload[3]
  if (type === CONFIGURATION || type === RAPID) {
    if (payload.length < OCTETS) return 'malformed'
    const bridge = readBridge(payload, BRIDGE_OFFSET)
    list
      .addMac(bridge.mac)
      .add('stp.bridge', bridge.text)
      .add('stp.root', readBridge(payload, ROOT_OFFSET).text)
  }
  return [{ mac: source, address: null, evidence: list.pieces }]
}

/** A priority of four bits, a number of twelve (the VLAN or the instance), and the bridge's MAC. */
function readBridge(message: Buffer, offset: number) {
  const octets = message.subarray(offset + 2, offset + 8)
  const mac = readMac(octets)
  return { mac, text: `${message.readUInt16BE(offset)} ${mac ?? octets.toString('hex')}` }
}
