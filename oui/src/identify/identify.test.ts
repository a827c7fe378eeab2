import type { Evidence } from '@ophav/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EVIDENCE_KINDS } from '../claim/extract.ts'
import { identify } from './identify.ts'
import { describeReason } from './identity.ts'
import { identifyJsonLine } from './json-line.ts'

const of = (kind: string, value: string | number, more: Evidence[] = []) =>
  identify([{ kind, value }, ...more])
const mac = (value: string): Evidence => ({ kind: 'mac', value })

test('a chassis names its serial number and its software', () => {
  const chassis = { mfg: 'Cisco Systems Inc', serial: 'FOC1920S020', firmware: '15.2(7)E7' }
  expect(identify([{ kind: 'snmp.entity', value: chassis }])).toMatchObject({
    maker: 'Cisco',
    serial: 'FOC1920S020',
    firmware: '15.2(7)E7',
  })
})

describe('a MAC', () => {
  test('names the maker whose prefix it has', () => {
    expect(of('mac', '44:19:b6:00:00:01')).toMatchObject({
      maker: 'Hikvision',
      origin: { chinese: 'yes', ndaa889: true },
    })
    expect(of('mac', 'ac:cc:8e:00:00:01')).toMatchObject({
      maker: 'Axis',
      origin: { chinese: 'no', country: 'SE' },
    })
  })

  test('of a part names the part and leaves the maker open', () => {
    expect(of('mac', '3c:fd:fe:00:00:01')).toMatchObject({
      maker: null,
      component: 'Intel',
      origin: { chinese: 'unknown' },
    })
  })

  test('that nobody has registered, that is made up, or goes to a group, names nobody', () => {
    for (const address of [
      '02:00:5e:00:00:01',
      '01:00:5e:00:00:fb',
      'ff:ff:ff:ff:ff:ff',
      '00:00:00:00:00:00',
    ])
      expect(of('mac', address)).toMatchObject({ maker: null, component: null })
  })
})

describe('an enterprise number', () => {
  test('of a toolkit names nobody', () => {
    expect(of('snmp.sysObjectID', '1.3.6.1.4.1.8072.3.2.10').maker).toBeNull()
    expect(
      of('snmp.sysDescr', 'Linux host 5.10.0 #1 SMP x86_64', [
        { kind: 'snmp.sysObjectID', value: '1.3.6.1.4.1.8072.3.2.10' },
      ]),
    ).toMatchObject({ maker: null, operatingSystem: 'Linux' })
  })

  test('that practice has given another meaning names who uses it', () => {
    expect(of('snmp.sysObjectID', '1.3.6.1.4.1.50001.1').maker).toBe('Hikvision')
    expect(of('snmp.sysObjectID', '1.3.6.1.4.1.1004849.3.2.10').maker).toBe('Dahua')
  })
})

describe('what a device says', () => {
  test('names maker, model and class', () => {
    expect(of('snmp.sysDescr', 'Huawei AR1220C Huawei Versatile Routing Platform Software')).toMatchObject({
      maker: 'Huawei',
      class: 'router',
    })
    expect(of('model', 'iDS-TCM403-BI')).toMatchObject({ maker: 'Hikvision', class: 'traffic-camera' })
    expect(of('model', 'DS-7616NI-K2')).toMatchObject({ maker: 'Hikvision', class: 'recorder' })
    expect(of('model', 'ThinkPad L14 Gen 4')).toMatchObject({ maker: 'Lenovo', class: 'laptop' })
  })

  test('weighs more than the card it answers with, and what it confirms grows surer', () => {
    const alone = of('snmp.sysDescr', 'AXIS P3225-LV Network Camera')
    const confirmed = of('snmp.sysDescr', 'AXIS P3225-LV Network Camera', [mac('ac:cc:8e:00:00:01')])
    const disputed = of('snmp.sysDescr', 'AXIS P3225-LV Network Camera', [mac('44:19:b6:00:00:01')])
    expect([alone.maker, confirmed.maker, disputed.maker]).toEqual(['Axis', 'Axis', 'Axis'])
    expect(confirmed.confidence).toBeGreaterThan(alone.confidence)
    expect(disputed.confidence).toBeLessThan(alone.confidence)
    expect(disputed.alternatives).toMatchObject([{ value: 'Hikvision' }])
  })

  test('keeps the name on the box apart from who built it', () => {
    const reply =
      '<ProbeMatch><DeviceType>IPC</DeviceType><Manufacturer>Annke</Manufacturer><DeviceDescription>C500</DeviceDescription></ProbeMatch>'
    expect(of('hikvision.sadp.probeMatch', reply)).toMatchObject({
      maker: 'Hikvision',
      brand: 'Annke',
      class: 'camera',
    })
  })

  test('and a line’s maker is not outvoted by pieces that only repeat the name on the box', () => {
    const camera = of('http.title', 'Panasonic WV-SF335 Network Camera', [mac('00:80:f0:00:00:01')])
    expect(camera).toMatchObject({ maker: 'i-PRO', brand: 'Panasonic', class: 'camera' })
  })

  test('gives its reasons', () => {
    const { reasons } = of('mac', '44:19:b6:00:00:01')
    expect(reasons[0]).toMatchObject({ field: 'maker', value: 'Hikvision', kind: 'mac' })
    expect(reasons.map((reason) => describeReason(reason))[0]).toContain('44:19:b6')
  })
})

test('names that only sound alike are other firms', () => {
  for (const maker of ['Shanghai Dahua Scale Factory', 'Vivo International Australia'])
    expect(['Dahua', 'vivo']).not.toContain(of('register.maker', maker).maker)
})

test('an owner is an owner from one day to another', () => {
  const lorex = (day: string) =>
    identify([{ kind: 'register.maker', value: 'Lorex' }], { asOf: new Date(day) }).origin.country
  expect([lorex('2017-06-01'), lorex('2020-06-01'), lorex('2025-06-01')]).toEqual(['US', 'CN', 'TW'])
})

test('any text as any kind of evidence gives a result, in a time that does not grow with it', () => {
  const kinds = [...EVIDENCE_KINDS, 'snmp.entity', 'no.such']
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.double()),
      (kind, value) => {
        const { confidence } = identify([{ kind, value, oid: '1.3.6.1.4.1.39165.1.1.0' }])
        return confidence >= 0 && confidence <= 1
      },
    ),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 4_000) },
  )
  const nasty = [
    'a'.repeat(16_384),
    '<'.repeat(16_384),
    '{"a":'.repeat(3_000),
    ' '.repeat(16_384),
    '=\n:'.repeat(5_000),
    'a.'.repeat(8_000),
    '"a":'.repeat(4_000),
  ]
  const results = kinds.flatMap((kind) => nasty.map((value) => identify([{ kind, value }])))
  expect(results.every(({ confidence }) => confidence <= 1)).toBe(true)
})

describe('a JSON line', () => {
  test('is answered with one line', () => {
    const line = identifyJsonLine(
      '{"id":"x","evidence":[{"kind":"mac","value":"44:19:b6:00:00:01"},{"nonsense":1}]}',
    )
    expect(JSON.parse(line)).toMatchObject({ id: 'x', maker: 'Hikvision', chinese: 'yes' })
  })

  test('that is none is answered with an error', () => {
    for (const bad of ['', '{', 'null', '[]', '{"id":1}', '{"evidence":{}}'])
      expect(JSON.parse(identifyJsonLine(bad))).toMatchObject({ error: { code: 'request.invalid' } })
  })
})
