/** Fingerprints of power, sensors, industrial and building devices. */
import type { FingerprintData } from '../fingerprint.ts'

export const POWER_FINGERPRINTS: readonly FingerprintData[] = [
  {
    kind: 'dhcp.vendorClass',
    match: 'NBTZ *',
    maker: 'APC',
    brand: 'NetBotz',
    class: 'environment-sensor',
    examples: [{ text: 'NBTZ 1.3' }],
  },
  {
    // The thermometer gives its object identifier the wrong way round, so only its name tells.
    kind: 'snmp.sysDescr',
    match: 'TME',
    maker: 'Papouch',
    class: 'environment-sensor',
    examples: [{ text: 'TME' }],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'Evolution S {model}',
    maker: 'Eaton',
    class: 'ups',
    examples: [{ text: 'Evolution S 3000', model: '3000' }],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'Evolution Series - {model}',
    maker: 'Eaton',
    class: 'ups',
    examples: [{ text: 'Evolution Series - METRO', model: 'METRO' }],
  },
  {
    kind: 'http.title',
    match: 'Radio Configuration/Diagnostic Utility',
    maker: 'ProSoft Technology',
    class: 'access-point',
    examples: [{ text: 'Radio Configuration/Diagnostic Utility' }],
  },
  {
    kind: 'telnet.banner',
    match: '*on WEBBOX{serial}login:*',
    maker: 'SMA Solar',
    class: 'inverter',
    examples: [
      {
        text: 'Welcome to the Windows CE Telnet Service on WEBBOX150000000\r\n\r\nlogin:\n',
        serial: '150000000',
      },
    ],
  },
  {
    kind: 'http.faviconMd5',
    match: '89167393768668c72fab6a9f025b5da6',
    maker: 'APC',
    examples: [{ text: '89167393768668c72fab6a9f025b5da6' }],
  },
  {
    kind: 'http.faviconMd5',
    match: 'a4feff49b464eb1d0182cf74f3e843d1',
    maker: 'Device42',
    examples: [{ text: 'a4feff49b464eb1d0182cf74f3e843d1' }],
  },
  {
    kind: 'http.title',
    match: 'PLC-5 Ethernet Base Page*',
    maker: 'Rockwell Automation',
    class: 'plc',
    examples: [{ text: 'PLC-5 Ethernet Base Page' }],
  },
  { kind: 'http.title', match: 'J-Link *', maker: 'Segger', examples: [{ text: 'J-Link Pro Webserver' }] },
  {
    kind: 'snmp.sysDescr',
    match: 'Galaxy {model} * kVA',
    maker: 'APC',
    class: 'ups',
    examples: [{ text: 'Galaxy 3000 30 kVA', model: '3000' }],
  },
]
