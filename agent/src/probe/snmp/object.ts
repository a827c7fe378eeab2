/** The objects that say who made a device, and the kinds of evidence they are. */

/** SNMPv2-MIB, RFC 3418. */
export const SYSTEM_OBJECTS: ReadonlyMap<string, string> = new Map([
  ['1.3.6.1.2.1.1.1.0', 'snmp.sysDescr'],
  ['1.3.6.1.2.1.1.2.0', 'snmp.sysObjectID'],
  ['1.3.6.1.2.1.1.5.0', 'snmp.sysName'],
  ['1.3.6.1.2.1.1.7.0', 'snmp.sysServices'],
])

/** Printer-MIB, RFC 3805: prtGeneralSerialNumber of the one printer that a device usually is. */
const PRINTER_SERIAL = '1.3.6.1.2.1.43.5.1.1.17.1'

/** Makers whose devices often leave the system group empty and answer in their own subtree. */
const MAKER_SCALARS = [
  // Hikvision: model, firmware.
  '1.3.6.1.4.1.39165.1.1.0',
  '1.3.6.1.4.1.39165.1.3.0',
  // Dahua, under a number that nobody has registered: model, serial number, firmware.
  '1.3.6.1.4.1.1004849.2.1.2.6.0',
  '1.3.6.1.4.1.1004849.2.1.2.4.0',
  '1.3.6.1.4.1.1004849.2.1.1.1.0',
]

export const SCALAR_OBJECTS: ReadonlyMap<string, string> = new Map([
  ...MAKER_SCALARS.map((oid) => [oid, 'snmp.scalar'] as const),
  [PRINTER_SERIAL, 'snmp.printerSerial'],
])

/** ENTITY-MIB, RFC 6933: entPhysicalTable. */
export const ENTITY = {
  class: '1.3.6.1.2.1.47.1.1.1.1.5',
  chassis: 3,
  columns: {
    '1.3.6.1.2.1.47.1.1.1.1.2': 'descr',
    '1.3.6.1.2.1.47.1.1.1.1.7': 'name',
    '1.3.6.1.2.1.47.1.1.1.1.10': 'firmware',
    '1.3.6.1.2.1.47.1.1.1.1.11': 'serial',
    '1.3.6.1.2.1.47.1.1.1.1.12': 'mfg',
    '1.3.6.1.2.1.47.1.1.1.1.13': 'model',
  },
} as const

/** IF-MIB, RFC 2863. */
export const IF_PHYS_ADDRESS = '1.3.6.1.2.1.2.2.1.6'

/** HOST-RESOURCES-MIB, RFC 2790. */
export const HR_DEVICE_DESCR = '1.3.6.1.2.1.25.3.2.1.3'
