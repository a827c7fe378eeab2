import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { octetsToText } from './octets-text.ts'
import { communityQuestion, discoveryQuestion, questionId, stamp } from './question.ts'
import { readReply } from './reply.ts'

/** What net-snmp 5.9.3 answered to the questions below. */
const RESPONSE = Buffer.from(
  '306b02010104067075626c6963a25e0204412345670201000201003050301c06082b06010201010100041043616d657261206f66206120' +
    '74657374301506082b0601020101020006092b0601040182b17d01301906082b06010201010500040d6b616d6572612dc3a6c3b8c3a5',
  'hex',
)
const NO_SUCH_NAME = Buffer.from(
  '303702010004067075626c6963a22a020441234567020102020102301c300c06082b060102010101000500300c06082b0601020101630005' +
    '00',
  'hex',
)
const REPORT = Buffer.from(
  '30710201033011020441234567020300ffe30401000201030421301f041180001f8880375f1a2b30c0046b000000000201010201020400' +
    '040004003036041180001f8880375f1a2b30c0046b000000000400a81f0204400000000201000201003011300f060a2b0601060' +
    '30f01010400410102',
  'hex',
)
const ID = 0x41234567

/** `FUZZ_RUNS` makes it long. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 2_000)

/** A recording with some octets overwritten and its end cut off: hostile, and close enough to get far. */
const mutated = fc
  .tuple(
    fc.constantFrom(RESPONSE, NO_SUCH_NAME, REPORT),
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
    fc.option(fc.nat()),
  )
  .map(([recording, changes, cut]) => {
    const data = Buffer.from(recording)
    for (const [at, octet] of changes) data[at % data.length] = octet
    return cut === null ? data : data.subarray(0, cut % data.length)
  })

describe('questions', () => {
  test('are the octets that net-snmp writes', () => {
    const oids = ['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.2.0', '1.3.6.1.2.1.1.5.0']
    expect(stamp(communityQuestion('2c', 'public', oids), ID).toString('hex')).toBe(
      '304502010104067075626c6963a038020441234567020100020100302a300c06082b060102010101000500300c06082b06010201010' +
        '2000500300c06082b060102010105000500',
    )
    expect(stamp(discoveryQuestion(), ID).toString('hex')).toBe(
      '303e0201033011020441234567020300ffe30401040201030410300e040002010002010004000400040030140400' +
        '0400a00e0204400000000201000201003000',
    )
  })

  test('carry any number in the same four octets', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (bits) => {
        const id = questionId(bits)
        expect(id).toBeGreaterThanOrEqual(0x4000_0000)
        expect(id).toBeLessThanOrEqual(0x7fff_ffff)
        const question = communityQuestion('1', 'c'.repeat(200), ['1.3.6.1.4.1.1004849.2.1.2.6.0'])
        expect(stamp(question, id).length).toBe(question.data.length)
        expect(stamp(question, id).readUInt32BE(question.idOffset)).toBe(id)
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 100) },
    )
  })
})

describe('replies', () => {
  test('give their number and every variable with its value', () => {
    const reply = readReply(RESPONSE)
    expect(reply).toMatchObject({ version: '2c', id: ID, errorStatus: 0 })
    const variables = reply?.version === '2c' ? reply.variables : []
    expect(variables.map(({ oid, tag }) => [oid, tag])).toEqual([
      ['1.3.6.1.2.1.1.1.0', 4],
      ['1.3.6.1.2.1.1.2.0', 6],
      ['1.3.6.1.2.1.1.5.0', 4],
    ])
    expect(octetsToText(variables[2]?.value ?? Buffer.alloc(0))).toBe('kamera-æøå')
  })

  test('that report an error are replies', () => {
    expect(readReply(NO_SUCH_NAME)).toMatchObject({ version: '1', id: ID, errorStatus: 2 })
  })

  test('of a version 3 engine give its identifier, boots and time', () => {
    expect(readReply(REPORT)).toEqual({
      version: '3',
      id: ID,
      engineId: Buffer.from('80001f8880375f1a2b30c0046b00000000', 'hex'),
      engineBoots: 1,
      engineTime: 2,
    })
  })

  test('with a length in more octets than needed are read', () => {
    const long = Buffer.concat([Buffer.of(0x30, 0x84, 0, 0, 0, 0x6b), RESPONSE.subarray(2)])
    expect(readReply(long)).toMatchObject({ id: ID })
  })

  test.each([
    ['nothing', ''],
    ['a lone tag', '30'],
    ['a length past the end', '307f020101'],
    ['a length of 2^64', '3088ffffffffffffffff020101'],
    ['a length of 126 octets', `30fe${'ff'.repeat(126)}`],
    ['an indefinite length', '3080020101'],
    ['an integer without octets', '30060200040461626364'],
    ['a question', stamp(discoveryQuestion(), ID).toString('hex')],
    ['a version that does not exist', '3003020102'],
  ])('%s is no reply', (_, hex) => {
    expect(readReply(Buffer.from(hex, 'hex'))).toBeNull()
  })

  test('with more variables than any question has are no answer', () => {
    const variable = '300c06082b060102010101000500'
    const variables = Buffer.from(variable.repeat(100), 'hex')
    const pdu = Buffer.concat([
      Buffer.from('020441234567020100020100', 'hex'),
      Buffer.of(0x30, 0x82, variables.length >> 8, variables.length & 255),
      variables,
    ])
    const message = Buffer.concat([
      Buffer.from('02010104067075626c6963', 'hex'),
      Buffer.of(0xa2, 0x82, pdu.length >> 8, pdu.length & 255),
      pdu,
    ])
    const whole = Buffer.concat([Buffer.of(0x30, 0x82, message.length >> 8, message.length & 255), message])
    expect(readReply(whole)).toBeNull()
  })

  test('of any octets neither throw nor hold more than they were sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }).map((octets) => Buffer.from(octets)),
          mutated,
        ),
        (data) => {
          const reply = readReply(data)
          if (!reply) return
          const held = reply.version === '3' ? [reply.engineId] : reply.variables.map(({ value }) => value)
          for (const value of held) expect(value.length).toBeLessThanOrEqual(data.length)
        },
      ),
      { numRuns },
    )
  })
})

describe('octet strings', () => {
  test('are UTF-8 where they can be, else Latin-1', () => {
    expect(octetsToText(Buffer.from('Kantine, 2. sal, Østerbro'))).toBe('Kantine, 2. sal, Østerbro')
    expect(octetsToText(Buffer.from('Rådhuset', 'latin1'))).toBe('Rådhuset')
  })

  test('lose the NULs around them and nothing else', () => {
    expect(octetsToText(Buffer.from('\0\0DS-2CD\0\u001b[31m\0\0'))).toBe('DS-2CD\0\u001b[31m')
    expect(octetsToText(Buffer.alloc(300))).toBe('')
  })

  test('are cut between characters', () => {
    const text = octetsToText(Buffer.from(`x${'😀'.repeat(10_000)}`))
    expect(text.length).toBe(16_383)
    expect(text.endsWith('😀')).toBe(true)
  })
})
