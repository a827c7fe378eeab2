import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import type { SnmpCredential } from '@ophav/shared'
import { LoopbackNetwork, testContext } from '../loopback.testkit.ts'
import type { ProbeResult } from '../probe.ts'
import { element, integer, objectIdentifier, octetString, readElement, readOid } from '../snmp-message/ber.ts'
import { snmpdObstacle, startSnmpd, type Snmpd } from '../snmpd.testkit.ts'
import { hasDes } from './credential.ts'
import { snmp } from './probe.ts'
import { follows } from './walk.ts'

let network: LoopbackNetwork
beforeEach(() => {
  network = new LoopbackNetwork()
})
afterEach(() => network.close())

const ask = (credentials: readonly SnmpCredential[] = [{ version: '2c', community: 'public' }]) =>
  snmp.ask('10.0.0.1', testContext(network, '10.0.0.1', credentials))

const values = (result: ProbeResult, kind: string) =>
  result.evidence.filter((piece) => piece.kind === kind).map(({ value }) => value)

describe.skipIf(snmpdObstacle())('with a real snmpd', () => {
  let snmpd: Snmpd
  beforeEach(async () => {
    snmpd = await startSnmpd([
      'createUser reader SHA "authpass123" AES "privpass123"',
      'rouser reader authpriv',
      'sysDescr Network Camera',
      'sysName kamera-æøå',
      'sysObjectID 1.3.6.1.4.1.39165.1',
      'override 1.3.6.1.4.1.39165.1.1.0 octet_str "DS-2CD2143G2-I"',
      'override 1.3.6.1.4.1.39165.1.3.0 octet_str "V5.7.3 build 220112"',
      'override 1.3.6.1.2.1.47.1.1.1.1.5.1 integer 3',
      'override 1.3.6.1.2.1.47.1.1.1.1.10.1 octet_str "V5.7.3"',
      'override 1.3.6.1.2.1.47.1.1.1.1.11.1 octet_str "F12345678"',
      'override 1.3.6.1.2.1.47.1.1.1.1.13.1 octet_str "DS-2CD2143G2-I"',
    ])
    network.forward('10.0.0.1', 161, snmpd.port)
  })
  afterEach(() => snmpd.close())

  const READER = { version: '3', user: 'reader', authProtocol: 'sha', authKey: 'authpass123' } as const
  const AUTH_PRIV = { ...READER, privProtocol: 'aes', privKey: 'privpass123' } as const

  test.each<[string, SnmpCredential]>([
    ['version 1', { version: '1', community: 'public' }],
    ['version 2c', { version: '2c', community: 'public' }],
    ['version 3 with authentication and privacy', AUTH_PRIV],
  ])('%s gives the system group, the vendor objects and the chassis', async (_, credential) => {
    const result = await ask([credential])
    expect(result.outcome).toBe('answered')
    expect(values(result, 'snmp.sysDescr')).toEqual(['Network Camera'])
    expect(values(result, 'snmp.sysObjectID')).toEqual(['1.3.6.1.4.1.39165.1'])
    expect(values(result, 'snmp.sysName')).toEqual(['kamera-æøå'])
    expect(result.evidence).toContainEqual({
      kind: 'snmp.scalar',
      oid: '1.3.6.1.4.1.39165.1.1.0',
      value: 'DS-2CD2143G2-I',
    })
    expect(values(result, 'snmp.entity')).toEqual([
      { firmware: 'V5.7.3', serial: 'F12345678', model: 'DS-2CD2143G2-I' },
    ])
    expect(network.sent.length).toBeLessThanOrEqual(snmp.packetsPerDevice)
  })

  test('a wrong key and an unknown user are refused, and tell so from silence', async () => {
    expect(await ask([{ ...AUTH_PRIV, authKey: 'wrong-password' }])).toMatchObject({
      outcome: 'refused',
      evidence: [],
    })
    expect(await ask([{ ...AUTH_PRIV, user: 'nobody' }])).toMatchObject({ outcome: 'refused' })
    expect(await ask([{ version: '3', user: 'reader' }])).toMatchObject({ outcome: 'refused' })
  })

  test('the second credential is tried where the first opens nothing', async () => {
    const result = await ask([{ ...AUTH_PRIV, user: 'nobody' }, AUTH_PRIV])
    expect(values(result, 'snmp.sysDescr')).toEqual(['Network Camera'])
  })

  test.skipIf(hasDes())(
    'a credential with DES is not attempted where OpenSSL has none, and says why',
    async () => {
      const context = testContext(network, '10.0.0.1', [{ ...AUTH_PRIV, privProtocol: 'des' }])
      expect(await snmp.ask('10.0.0.1', context)).toMatchObject({ outcome: 'not-attempted' })
      expect(context.rungs[0]).toEqual([null, expect.stringContaining('DES')])
      expect(network.sent).toEqual([])
    },
  )
})

/** As snmpd.conf(5) names them, and as a credential does. */
const AUTHENTICATIONS = [
  ['MD5', 'md5'],
  ['SHA', 'sha'],
  ['SHA-224', 'sha224'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
] as const
const PRIVACIES = [
  ['DES', 'des'],
  ['AES', 'aes'],
  ['AES-256', 'aes256b'],
  ['AES-256-C', 'aes256r'],
] as const

describe.skipIf(snmpdObstacle())('a real snmpd opens to a user', () => {
  const KEY = 'noegle-med-æøå-256'
  const pairs = AUTHENTICATIONS.flatMap(([auth, authProtocol]) =>
    PRIVACIES.map(([priv, privProtocol]) => ({
      user: `${authProtocol}-${privProtocol}`,
      create: `${auth} "${KEY}" ${priv} "${KEY}"`,
      credential: { authProtocol, authKey: KEY, privProtocol, privKey: KEY },
    })),
  )
  const authOnly = AUTHENTICATIONS.map(([auth, authProtocol]) => ({
    user: `${authProtocol}-only`,
    create: `${auth} "${KEY}"`,
    credential: { authProtocol, authKey: KEY },
  }))
  const users = [...pairs, ...authOnly, { user: 'open', create: '', credential: {} }]
  let snmpd: Snmpd
  beforeAll(async () => {
    const level = ({ privProtocol, authProtocol }: Partial<(typeof pairs)[number]['credential']>) =>
      privProtocol ? 'authpriv' : authProtocol ? 'auth' : 'noauth'
    snmpd = await startSnmpd([
      ...users.flatMap(({ user, create, credential }) => [
        `createUser ${user} ${create}`,
        `rouser ${user} ${level(credential)}`,
      ]),
      'sysName kamera-v3',
    ])
  })
  afterAll(() => snmpd.close())

  test.each(users)('$user', async ({ user, credential }) => {
    network.forward('10.0.0.1', 161, snmpd.port)
    const result = await ask([{ version: '3', user, ...credential }])
    const needsDes = 'privProtocol' in credential && credential.privProtocol === 'des' && !hasDes()
    expect(result.outcome).toBe(needsDes ? 'not-attempted' : 'answered')
    expect(values(result, 'snmp.sysName')).toEqual(needsDes ? [] : ['kamera-v3'])
    const sent = Buffer.concat(network.sent.map(({ data }) => data))
    expect(sent.includes(KEY)).toBe(false)
  })
})

describe('the SNMP probe', () => {
  test('attempts nothing without a credential', async () => {
    expect(await ask([])).toMatchObject({ outcome: 'not-attempted', evidence: [] })
    expect(network.sent).toEqual([])
  })

  test('tells a device that never answers from one that answers garbage', async () => {
    expect(await ask()).toMatchObject({ outcome: 'timed-out' })
    await network.host('10.0.0.1', 161, () => [Buffer.from('220 ftp ready\r\n')])
    expect(await ask()).toMatchObject({ outcome: 'malformed' })
  })

  test('stops where it is told to', async () => {
    const stop = new AbortController()
    const context = testContext(network, '10.0.0.1', undefined, stop.signal)
    setTimeout(() => stop.abort(), 50)
    expect(await snmp.ask('10.0.0.1', context)).toMatchObject({ outcome: 'not-attempted' })
  })

  test('ends with a device that answers every question with the next of an endless table', async () => {
    let row = 0
    await network.host('10.0.0.1', 161, (question) => [
      respond(question, (oid) => [`${oid}.${++row}`, octetString('x')]),
    ])
    const result = await ask()
    expect(result.outcome).toBe('answered')
    expect(network.sent.length).toBeLessThanOrEqual(snmp.packetsPerDevice)
  })

  test('ends with a device that answers in circles', async () => {
    await network.host('10.0.0.1', 161, (question) => [
      respond(question, (oid) => [oid, octetString('again')]),
    ])
    const result = await ask()
    expect(values(result, 'snmp.sysDescr')).toEqual(['again'])
    expect(values(result, 'mac')).toEqual([])
    expect(network.sent.length).toBeLessThan(12)
  })

  test('keeps what identifies of the interfaces, once each', async () => {
    const macs = [
      '4419b6000001',
      '4419b6000001',
      '000000000000',
      '02420a000001',
      '00005e000101',
      '4419b600000203',
    ]
    await network.host('10.0.0.1', 161, (question) => [
      respond(question, (oid) => {
        const row = oid.startsWith(IF_PHYS_ADDRESS)
          ? Number(oid.slice(IF_PHYS_ADDRESS.length + 1))
          : Number.NaN
        const mac = macs[row]
        return mac
          ? [`${IF_PHYS_ADDRESS}.${row + 1}`, octetString(Buffer.from(mac, 'hex'))]
          : ['2.0', element(0x82)]
      }),
    ])
    expect(values(await ask(), 'mac')).toEqual(['44:19:b6:00:00:01'])
  })

  test('takes no answer from another address', async () => {
    let reply: Buffer | null = null
    await network.host('10.0.0.2', 161, () => (reply ? [reply] : []))
    await network.host('10.0.0.1', 161, (question) => {
      reply = respond(question, (oid) => [oid, octetString('forged')])
      return []
    })
    const both = await Promise.all([ask(), snmp.ask('10.0.0.2', testContext(network, '10.0.0.2'))])
    expect(both.map(({ outcome }) => outcome)).toEqual(['timed-out', 'timed-out'])
  })

  test('survives whatever a device sends', async () => {
    const runs = Number(process.env['FUZZ_RUNS'] ?? 2_000)
    const hostile = fc.sample(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), runs * 3)
    let turn = 0
    await network.host('10.0.0.1', 161, (question) => {
      const reply = respond(question, (oid) => [`${oid}.1`, octetString('x')])
      return Array.from({ length: 20 }, () => {
        const data = Buffer.from(reply)
        for (let change = 0; change < 3; change++) {
          const [at, octet] = hostile[turn++ % hostile.length] ?? [0, 0]
          data[at % data.length] = octet
        }
        return data
      })
    })
    while (turn < hostile.length)
      expect(snmp.yields).toEqual(expect.arrayContaining((await ask()).evidence.map(({ kind }) => kind)))
  })
})

test('object identifiers follow each other by numbers, not by letters', () => {
  expect(follows('1.3.10', '1.3.9')).toBe(true)
  expect(follows('1.3.9', '1.3.10')).toBe(false)
  expect(follows('1.3.9.1', '1.3.9')).toBe(true)
  expect(follows('1.3.9', '1.3.9')).toBe(false)
})

const IF_PHYS_ADDRESS = '1.3.6.1.2.1.2.2.1.6'

/** A response to a v2c question in which each object is replaced by what `bind` gives. */
function respond(question: Buffer, bind: (oid: string) => [oid: string, value: Buffer]): Buffer {
  const at = (offset: number, limit = question.length) => readElement(question, offset, limit)
  const version = at(at(0)?.start ?? 0)
  const community = at(version?.end ?? 0)
  const pdu = at(community?.end ?? 0)
  const id = at(pdu?.start ?? 0)
  const second = at(at(id?.end ?? 0)?.end ?? 0)
  const list = at(second?.end ?? 0)
  const bound: Buffer[] = []
  for (let offset = list?.start ?? 0; offset < (list?.end ?? 0);) {
    const variable = at(offset)
    const name = at(variable?.start ?? 0)
    const oid = name ? (readOid(question, name) ?? '') : ''
    const [answered, value] = bind(oid)
    bound.push(element(0x30, objectIdentifier(answered), value))
    offset = variable?.end ?? question.length
  }
  return element(
    0x30,
    integer(1),
    octetString('public'),
    element(0xa2, question.subarray(pdu?.start, id?.end), integer(0), integer(0), element(0x30, ...bound)),
  )
}
