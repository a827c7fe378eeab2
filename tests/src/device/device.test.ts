import fc from 'fast-check'
import { decode, encode } from 'dns-packet'
import snmp from 'net-snmp'
import { afterEach, describe, expect, test } from 'vitest'
import { answer } from './answer.ts'
import { loadRecording, recordingNames, type Recording } from './recording.ts'
import { startDevice, type Device } from './start.ts'
import { readWalk } from './walk.ts'

const LOOPBACK = '127.0.0.1'
const devices: Device[] = []
const start = async (recording: Recording): Promise<Device> => {
  const device = await startDevice({ recording, bind: { address: LOOPBACK, snmpPort: 0, mdnsPort: 0 } })
  devices.push(device)
  return device
}
afterEach(() => Promise.all(devices.splice(0).map((device) => device.close())))

/** ISO's and the internet's part of the tree: LLDP-MIB stands in the one, all else in the other. */
const ROOTS = ['1.0', '1.3.6.1']

/** Walks everything below the roots with an SNMP library's own session. */
async function walk(
  port: number,
  version: typeof snmp.Version1 | typeof snmp.Version2c,
): Promise<Map<string, unknown>> {
  const objects = new Map<string, unknown>()
  for (const root of ROOTS)
    for (const [oid, value] of await walkBelow(root, port, version)) objects.set(oid, value)
  return objects
}

function walkBelow(
  root: string,
  port: number,
  version: typeof snmp.Version1 | typeof snmp.Version2c,
): Promise<Map<string, unknown>> {
  const session = snmp.createSession(LOOPBACK, 'public', { port, version, timeout: 2_000 })
  const objects = new Map<string, unknown>()
  return new Promise((resolve, reject) =>
    session.subtree(
      root,
      (variables) => void variables.forEach(({ oid, value }) => objects.set(oid, value)),
      (error) => {
        session.close()
        if (error) reject(error)
        else resolve(objects)
      },
    ),
  )
}

describe.each(recordingNames())('the recording %s', (name) => {
  const recording = loadRecording(name)

  test('fits its schema and has no gap left unfilled', () => {
    expect(JSON.stringify(recording)).not.toMatch(/\{[A-Za-z]+\}/)
  })

  test('is walked whole, with GETNEXT and with GETBULK', async () => {
    const { ports } = await start(recording)
    const { versions, objects } = recording.snmp ?? { versions: [], objects: {} }
    for (const version of versions.filter((spoken) => spoken !== '3')) {
      const walked = await walk(ports.snmp ?? 0, version === '1' ? snmp.Version1 : snmp.Version2c)
      expect([...walked.keys()].sort()).toEqual(Object.keys(objects).sort())
    }
  })
})

test('what snmpwalk writes is read as it was meant', () => {
  const walked = readWalk(
    [
      '.1.3.6.1.2.1.1.1.0 = STRING: "Catalyst \\"L3\\"',
      'Copyright (c)"',
      '.1.3.6.1.2.1.1.2.0 = OID: .1.3.6.1.4.1.9.1.1208',
      '.1.3.6.1.2.1.1.3.0 = Timeticks: (123) 0:00:01.23',
      '.1.3.6.1.2.1.1.4.0 = ""',
      '.1.3.6.1.2.1.2.2.1.6.1 = Hex-STRING: 2C 3F 38 00 00 01 ',
      '.1.3.6.1.2.1.2.2.1.8.1 = INTEGER: up(1)',
      '.1.3.6.1.2.1.4.20.1.1.10.0.0.1 = IpAddress: 10.0.0.1',
    ].join('\n'),
  )
  expect(Object.values(walked)).toEqual([
    ['string', 'Catalyst "L3"\nCopyright (c)'],
    ['oid', '1.3.6.1.4.1.9.1.1208'],
    ['ticks', 123],
    ['string', ''],
    ['hex', '2C3F38000001'],
    ['integer', 1],
    ['address', '10.0.0.1'],
  ])
})

describe('a simulated device', () => {
  test('takes the values that it is given', () => {
    const values = { mac: '44:19:b6:00:00:07', serial: 'S7', model: 'DS-2CD7', name: 'indgang-ø' }
    const recording = loadRecording('axis-camera', values)
    expect(recording.snmp?.engineId).toBe('80000170034419B6000007')
    expect(recording.snmp?.objects['1.3.6.1.2.1.1.5.0']).toEqual(['string', 'indgang-ø'])
    expect(loadRecording('axis-camera').values.mac).toBe('ac:cc:8e:70:80:07')
  })

  test('answers no other community', async () => {
    const { ports } = await start(loadRecording('cisco-router'))
    const session = snmp.createSession(LOOPBACK, 'private', {
      port: ports.snmp ?? 0,
      timeout: 100,
      retries: 0,
    })
    const error = await new Promise<Error | null>((resolve) => session.get(['1.3.6.1.2.1.1.1.0'], resolve))
    session.close()
    expect(error?.name).toBe('RequestTimedOutError')
  })

  test('reports its engine to a user that it does not know', async () => {
    const { ports } = await start(loadRecording('cisco-router'))
    const user = { name: 'nobody', level: snmp.SecurityLevel.noAuthNoPriv }
    const session = snmp.createV3Session(LOOPBACK, user, { port: ports.snmp ?? 0, timeout: 2_000 })
    const error = await new Promise<Error | null>((resolve) => session.get(['1.3.6.1.2.1.1.1.0'], resolve))
    session.close()
    expect(error?.message).toMatch(/Unknown User/i)
  })

  test('tells its services, and their text with them, to a legacy resolver', () => {
    const recording = loadRecording('axis-camera')
    const question = encode({
      type: 'query',
      id: 99,
      questions: [{ type: 'PTR', name: '_axis-video._tcp.local' }],
    })
    const reply = decode(answer(recording, 'mdns', question, '10.0.0.9')[0] ?? Buffer.alloc(12))
    expect(reply.id).toBe(99)
    expect(reply.answers).toMatchObject([
      { type: 'PTR', data: 'AXIS P3225-LV Mk II - ACCC8E708007._axis-video._tcp.local' },
    ])
    expect(reply.additionals?.map(({ type }) => type).sort()).toEqual(['A', 'SRV', 'TXT'])
    expect(
      answer(
        recording,
        'mdns',
        encode({ type: 'query', questions: [{ type: 'PTR', name: '_ipp._tcp.local' }] }),
      ),
    ).toEqual([])
  })

  test('is silent to whatever is no question', () => {
    const recording = loadRecording('hp-printer')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom('snmp', 'mdns'), (octets, protocol) => {
        expect(answer(recording, protocol as 'snmp' | 'mdns', Buffer.from(octets))).toEqual([])
      }),
    )
  })

  test('stands beside a thousand others in one process', async () => {
    const names = recordingNames()
    const started = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        start(loadRecording(names[index % names.length] ?? '', { serial: `S${index}` })),
      ),
    )
    const ports = started
      .flatMap(({ ports: { snmp: one, mdns } }) => [one, mdns])
      .filter((port) => port !== null)
    expect(new Set(ports).size).toBe(ports.length)
    const last = started[names.indexOf('hp-printer')]
    const session = snmp.createSession(LOOPBACK, 'public', {
      port: last?.ports.snmp ?? 0,
      version: snmp.Version2c,
    })
    const serial = await new Promise((resolve, reject) =>
      session.get(['1.3.6.1.2.1.43.5.1.1.17.1'], (error, variables) =>
        error ? reject(error) : resolve(String(variables?.[0]?.value)),
      ),
    )
    session.close()
    expect(serial).toBe(`S${names.indexOf('hp-printer')}`)
  })
})
