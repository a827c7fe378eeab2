/** Hears LLDP: the neighbour on the cable, which on a usual cable is the switch port that this machine hangs on. */
import { EvidenceList } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'
import { readUnit, type LldpUnit } from './unit.ts'

const ETHERTYPE_LLDP = 0x88cc

/** IEEE 802.1AB-2016 table 8-4, by bit. */
const CAPABILITIES = [
  'other',
  'repeater',
  'bridge',
  'access point',
  'router',
  'telephone',
  'docsis',
  'station',
]
/** Only what passes frames on has a port that others hang on. */
const PASSES_ON = (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4)

/** ANSI/TIA-1057 10.2.6: inventory, by subtype. */
const INVENTORY: readonly [subtype: number, kind: string][] = [
  [7, 'lldp.medSoftware'],
  [6, 'lldp.medFirmware'],
  [8, 'lldp.medSerial'],
  [9, 'lldp.medManufacturer'],
  [10, 'lldp.medModel'],
]

export const lldpListen: ListenProbe = {
  kind: 'listen',
  name: 'lldp-listen',
  title: 'LLDP, heard',
  transport: 'frame',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: [
    'mac',
    'lldp.chassis',
    'lldp.sysName',
    'lldp.sysDescr',
    'lldp.capabilities',
    'lldp.managementAddress',
    ...INVENTORY.map(([, kind]) => kind),
    'switch.chassis',
    'switch.name',
    'switch.port',
    'switch.portDescription',
    'switch.vlan',
  ],
  // IEEE 802.1AB-2016 table 7-1: nearest bridge, nearest non-TPMR bridge, nearest customer bridge.
  wish: {
    etherTypes: [ETHERTYPE_LLDP],
    groups: ['01:80:c2:00:00:0e', '01:80:c2:00:00:03', '01:80:c2:00:00:00'],
  },
  hear,
}

function hear({ payload, source }: Packet): Heard[] | 'malformed' {
  const unit = readUnit(payload)
  if (unit === null) return 'malformed'
  const list = new EvidenceList()
    .addMac(source)
    .addMac(unit.chassisMac)
    .add('lldp.chassis', unit.chassis)
    .add('lldp.sysName', unit.sysName)
    .add('lldp.sysDescr', unit.sysDescr)
    .add(
      'lldp.capabilities',
      CAPABILITIES.filter((_, bit) => (unit.capabilities & (1 << bit)) !== 0).join(', '),
    )
  for (const address of unit.addresses) list.add('lldp.managementAddress', address)
  for (const [subtype, kind] of INVENTORY) list.add(kind, unit.inventory.get(subtype) ?? null)
  const heard: Heard = { mac: source, address: unit.addresses[0] ?? null, evidence: list.pieces }
  return [(unit.capabilities & PASSES_ON) === 0 ? heard : { ...heard, ownPort: portOf(unit) }]
}

const portOf = ({ chassis, sysName, port, portDescription, portVlan }: LldpUnit) =>
  new EvidenceList()
    .add('switch.chassis', chassis)
    .add('switch.name', sysName)
    .add('switch.port', port)
    .add('switch.portDescription', portDescription)
    .add('switch.vlan', portVlan === null ? null : String(portVlan)).pieces
