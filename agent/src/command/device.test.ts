/** Tests of the technician's view: which results are one device, and how a hostile one is shown. */
import type { Identity } from '@ophav/oui'
import { AddressSet, type Evidence, type NetworkTable, type Outcome } from '@ophav/shared'
import { describe, expect, test } from 'vitest'
import { DeviceCollection } from './device.ts'
import { summaryLines, writeCsv, writeJson, writeTable } from './device-table.ts'

const nobody: Identity = {
  maker: null,
  brand: null,
  operatingSystem: null,
  component: null,
  model: null,
  serial: null,
  firmware: null,
  name: null,
  class: null,
  confidence: 0,
  origin: {
    chinese: 'unknown',
    country: null,
    owner: null,
    ndaa889: false,
    fccCovered: false,
    asOf: '2024-08-27',
    sources: [],
  },
  reasons: [],
  alternatives: [],
}

/** Takes the value of `model` for maker and model: enough to see what was put together. */
const byModel = (evidence: readonly Evidence[]): Identity => {
  const model = evidence.find((piece) => piece.kind === 'model')?.value
  if (typeof model !== 'string') return nobody
  return {
    ...nobody,
    maker: 'Hikvision',
    brand: 'HiLook',
    model,
    confidence: 0.954,
    origin: { ...nobody.origin, chinese: 'yes', country: 'CN' },
  }
}

const result = (
  address: string | null,
  mac: string | null,
  evidence: Evidence[] = [],
  outcome: Outcome = 'answered',
) => ({ address, mac, outcome, evidence, observedAt: 0 })

const MAC = '44:19:b6:00:00:01'
const model = (value: string): Evidence => ({ kind: 'model', value })

test('a device is its MAC: probes that know only the address, and its other addresses, belong to it', () => {
  const found = new DeviceCollection()
  found.add('snmp', result('10.0.0.9', null, [model('DS-2CD1')]))
  found.add('arp', result('10.0.0.10', MAC))
  found.add('arp', result('10.0.0.9', MAC))
  found.add('snmp', result('10.0.0.9', null, [model('DS-2CD1')]))
  found.add('snmp', result('10.0.0.2', null))
  const devices = found.devices(byModel)
  expect(devices.map(({ addresses, mac }) => [addresses, mac])).toEqual([
    [['10.0.0.2'], null],
    [['10.0.0.9', '10.0.0.10'], MAC],
  ])
  expect(devices[1]?.evidence).toEqual([{ kind: 'mac', value: MAC }, model('DS-2CD1')])
  expect(devices[1]?.probes).toEqual(['snmp', 'arp'])
})

test('routers that share a virtual MAC stay apart, silence makes no device', () => {
  const found = new DeviceCollection()
  found.add('arp', result('10.0.0.1', '00:00:5e:00:01:01'))
  found.add('arp', result('10.0.0.2', '00:00:5e:00:01:01'))
  found.add('snmp', result('10.0.0.3', null, [], 'timed-out'))
  expect(found.devices(byModel).map(({ addresses }) => addresses)).toEqual([['10.0.0.1'], ['10.0.0.2']])
})

describe('what a switch knows', () => {
  const SWITCH = '2c:3f:38:00:00:01'
  const SILENT = '44:19:b6:00:00:63'
  const scanned = () => {
    const found = new DeviceCollection(AddressSet.parse(['10.0.0.0/24']))
    found.add('arp', result('10.0.0.1', MAC))
    found.add('arp', result('10.0.0.250', SWITCH))
    const tables: NetworkTable[] = [
      { table: 'port', rows: [1, 2].map((port) => ({ port, name: `Gi0/${port}\u001b[31m` })) },
      {
        table: 'forwarding',
        rows: [
          { mac: MAC, port: 1, vlan: 20 },
          { mac: SILENT, port: 2, vlan: 20 },
        ],
      },
      { table: 'address', rows: [{ address: '10.0.0.99', mac: SILENT, port: 2 }] },
    ]
    found.add('snmp-table', { ...result('10.0.0.250', null), tables })
    return found.devices(byModel)
  }

  test('gives a device its port, and makes one known that answered nothing', () => {
    expect(scanned()).toMatchObject([
      { addresses: ['10.0.0.1'], seenBy: 'probe', attachment: { switch: '10.0.0.250', vlan: 20 } },
      {
        addresses: ['10.0.0.99'],
        mac: SILENT,
        seenBy: 'network',
        evidence: [{ kind: 'mac', value: SILENT }],
      },
      { addresses: ['10.0.0.250'], seenBy: 'probe', attachment: null },
    ])
  })

  test('stands in the table where there is something to say, without a word to the terminal', () => {
    const table = writeTable(scanned())
    expect(table).toMatch(/confidence +attached to\n/)
    expect(table).toMatch(/^10\.0\.0\.99 .*10\.0\.0\.250 Gi0\/2 \[31m VLAN 20 \*$/m)
    expect(table).not.toContain('\u001b')
    expect(summaryLines(scanned(), null)).toContain('1 answered nothing')
    expect(writeCsv(scanned())).toMatch(/network,10\.0\.0\.250,Gi0\/2 \[31m,20\n/)
  })
})

const hostile = () => {
  const found = new DeviceCollection()
  found.add('snmp', result('10.0.0.1', null, [model('=HYPERLINK("http://x")\u001b]0;owned\u0007\u202e')]))
  found.add('snmp', result('10.0.0.2', null))
  return found.devices(byModel)
}

test('the table speaks to the reader, and a device in it not to the terminal', () => {
  const table = writeTable(hostile())
  expect(table).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  const [head, first, second] = table.split('\n')
  expect(head).toMatch(/^address +MAC +maker +model +class +origin +confidence$/)
  expect(first).toMatch(/^10\.0\.0\.1 +- +Hikvision \(HiLook\) +=HYPERLINK.* CN, Chinese +95%$/)
  expect(second).toMatch(/^10\.0\.0\.2 +- +- +- +- +- +-$/)
})

test('a spreadsheet gets text and no formula', () => {
  const [head, first] = writeCsv(hostile()).split('\n')
  expect(head).toBe(
    'address,mac,maker,brand,model,class,serial,firmware,name,chinese,country,confidence,probes,seenBy,switch,port,vlan',
  )
  expect(first).toContain(`"'=HYPERLINK(""http://x"") ]0;owned"`)
  expect(first).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})

test('JSON has the evidence as it was seen, and nothing that a terminal obeys', () => {
  const text = writeJson(hostile(), null)
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  const { devices } = JSON.parse(text) as { devices: { evidence: Evidence[] }[] }
  expect(devices[0]?.evidence).toEqual([model('=HYPERLINK("http://x")\u001b]0;owned\u0007\u202e')])
})

test('the summary says what the table does not: how many are unknown, and that the scan was stopped', () => {
  expect(summaryLines(hostile(), null)).toBe(
    '2 devices: 1 of Chinese makers, 1 of unknown make.\nThe scan did not end: this is what was found so far.\n',
  )
})
