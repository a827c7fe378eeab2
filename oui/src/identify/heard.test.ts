/** What devices say by themselves, as listening hears it. */
import { expect, test } from 'vitest'
import { identify } from './identify.ts'

test.each([
  [
    'a switch by CDP',
    { 'cdp.platform': 'cisco WS-C2960X-24TS-L', 'cdp.deviceId': 'sw-2' },
    { maker: 'Cisco', class: 'switch', name: 'sw-2' },
  ],
  [
    'a switch by LLDP',
    { 'lldp.sysDescr': 'Huawei AR1220C Huawei Versatile Routing Platform Software', 'lldp.sysName': 'r-1' },
    { maker: 'Huawei', class: 'router', name: 'r-1' },
  ],
  [
    'a phone by its LLDP-MED inventory',
    { 'lldp.medManufacturer': 'Yealink', 'lldp.medModel': 'SIP-T46S', 'lldp.medSerial': '805EC0112233' },
    { maker: 'Yealink', model: 'SIP-T46S', serial: '805EC0112233', class: 'phone' },
  ],
  [
    'a camera by its DHCP class',
    {
      'dhcp.vendorClass': 'AXIS,Network Camera,P3225-LV Mk II,9.70.1.5',
      'dhcp.hostname': 'axis-accc8e112233',
      'dhcp.parameterList': '1,3,6,15',
    },
    { maker: 'Axis', model: 'P3225-LV Mk II', name: 'axis-accc8e112233' },
  ],
  [
    'a router by MNDP',
    { 'mndp.platform': 'MikroTik', 'mndp.board': 'RB4011iGS+5HacQ2HnD', 'mndp.version': '7.18 (stable)' },
    { maker: 'MikroTik', model: 'RB4011iGS+5HacQ2HnD', firmware: '7.18 (stable)' },
  ],
  [
    'a radio by its own discovery',
    { 'ubnt.model': 'NanoStation M5', 'ubnt.hostname': 'mast-3' },
    { maker: 'Ubiquiti', model: 'NanoStation M5', name: 'mast-3' },
  ],
  ['a server by SSDP', { 'ssdp.server': 'DSM/7.2 UPnP/1.0 Synology/DS220' }, { maker: 'Synology' }],
  ['a machine by NetBIOS', { 'nbns.name': 'KK-PC-0042' }, { maker: null, name: 'KK-PC-0042' }],
])('%s', (_, said, expected) => {
  const evidence = Object.entries(said).map(([kind, value]) => ({ kind, value }))
  expect(identify(evidence)).toMatchObject(expected)
})

test('marks, ports and lists claim nothing', () => {
  const evidence = ['address.offSubnet', 'vlan.tag', 'dhcp.parameterList', 'switch.port', 'switch.name'].map(
    (kind) => ({ kind, value: 'Huawei 1,3,6' }),
  )
  expect(identify(evidence)).toMatchObject({ maker: null, model: null, name: null, reasons: [] })
})
