import { fits, TablePage } from '@ophav/shared'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LoopbackNetwork, testContext, type TestContext } from '../loopback.testkit.ts'
import type { ProbeResult } from '../probe.ts'
import { nextOf, number, octets, snmpAgent, text, type Next, type Objects } from '../snmp-agent.testkit.ts'
import { ask } from './ask.ts'
import { LIMITS, type Limits } from './limit.ts'
import { snmpTable } from './probe.ts'
import { ADDRESS, COMMUNITY, cutsOf, page, rows, SWITCH } from './switch.testkit.ts'

let network: LoopbackNetwork
beforeEach(() => {
  network = new LoopbackNetwork()
})
afterEach(() => network.close())

const contextOf = (): TestContext => testContext(network, ADDRESS, [COMMUNITY])

describe('a hostile switch', () => {
  const FDB = '1.3.6.1.2.1.17.7.1.2.2.1.2'
  const SMALL: Limits = { ...LIMITS, rows: 500 }
  const hostile = async (next: Next, limits: Limits = SMALL, context = contextOf()): Promise<ProbeResult> => {
    await network.host(ADDRESS, 161, snmpAgent(SWITCH, next))
    return ask(ADDRESS, context, limits)
  }
  const within = (oid: string, column: string) => oid === column || oid.startsWith(`${column}.`)
  const honest = nextOf(SWITCH)

  test('with an endless table is cut at the limit of rows, and its other tables are read', async () => {
    let row = 0
    const endless: Next = (oid) =>
      within(oid, FDB) ? [`${FDB}.3.0.1.2.3.${(row >> 8) & 255}.${row++ & 255}`, number(1)] : honest(oid)
    const context = contextOf()
    const result = await hostile(endless, SMALL, context)
    expect(cutsOf(result)).toEqual({ forwarding: 'rows' })
    expect(rows(result, 'forwarding')).toHaveLength(500)
    expect(rows(result, 'link')).toHaveLength(2)
    expect(result.evidence).toContainEqual({ kind: 'snmp.incomplete', value: 'forwarding: rows' })
    expect(context.rungs.at(-1)).toEqual([
      'datagrams',
      expect.stringContaining(`${ADDRESS} (forwarding: rows)`),
    ])
  })

  test('that answers in circles is cut where it turns back', async () => {
    const first = `${FDB}.3.68.25.182.0.0.7`
    const circle: Next = (oid) => (within(oid, FDB) && oid !== FDB ? [first, number(1)] : honest(oid))
    const result = await hostile(circle)
    expect(cutsOf(result)).toEqual({ forwarding: 'order' })
    expect(rows(result, 'forwarding')).toEqual([{ mac: '44:19:b6:00:00:07', port: 10_101, vlan: 20 }])
    expect(network.sent.length).toBeLessThan(25)
  })

  test('that jumps back before the column is cut as well', async () => {
    const back: Next = (oid) => (within(oid, FDB) ? ['1.3.6.1.2.1.1.1.0', text('x')] : honest(oid))
    expect(cutsOf(await hostile(back))).toEqual({ forwarding: 'order' })
  })

  test('is left alone when its time is over, or its packets are spent', async () => {
    let row = 0
    const endless: Next = (oid) => [`${oid}.${++row}`.split('.').slice(0, 40).join('.'), number(row)]
    const spent = await hostile(endless, { ...LIMITS, packets: 12 })
    expect(Object.values(cutsOf(spent))).toContain('packets')
    expect(network.sent.length).toBeLessThanOrEqual(12)
    const late = await ask(ADDRESS, contextOf(), { ...LIMITS, deviceMs: 0 })
    expect(new Set(Object.values(cutsOf(late)))).toEqual(new Set(['time']))
    expect(late.tables).toHaveLength(5)
  })

  test('that falls silent is left alone, and what it has told counts', async () => {
    const agent = snmpAgent(SWITCH)
    let asked = 0
    await network.host(ADDRESS, 161, (question) => (++asked > 5 ? [] : agent(question)))
    const result = await ask(ADDRESS, contextOf(), LIMITS)
    expect(rows(result, 'port').length).toBeGreaterThan(1)
    expect(cutsOf(result)).toMatchObject({ link: 'silence', vlan: 'silence', address: 'silence' })
    expect(asked).toBeLessThanOrEqual(5 + 2 * 2)
  })

  test('is not helped by answers from another address', async () => {
    let forged: Buffer[] = []
    const agent = snmpAgent(SWITCH)
    await network.host(ADDRESS, 161, (question) => {
      forged = agent(question)
      return []
    })
    await network.host('10.0.0.2', 161, () => forged)
    const both = await Promise.all([
      snmpTable.ask(ADDRESS, contextOf()),
      snmpTable.ask('10.0.0.2', testContext(network, '10.0.0.2', [COMMUNITY])),
    ])
    expect(both.map(({ outcome }) => outcome)).toEqual(['timed-out', 'timed-out'])
  })

  test('tells nothing that a scan was stopped in', async () => {
    const stop = new AbortController()
    const agent = snmpAgent(SWITCH)
    let asked = 0
    await network.host(ADDRESS, 161, (question) => {
      if (++asked === 4) stop.abort()
      return agent(question)
    })
    const context = testContext(network, ADDRESS, [COMMUNITY], stop.signal)
    expect((await ask(ADDRESS, context, LIMITS)).tables).toBeUndefined()
  })
})

/** `FUZZ_RUNS` makes it long. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 60)

test('whatever a switch answers, what is told fits the wire', async () => {
  const names = Object.keys(SWITCH)
  const arcs = fc.array(fc.oneof(fc.nat(300), fc.constantFrom(0, 4095, 2 ** 31, 2 ** 32 - 1)), {
    maxLength: 24,
  })
  const value = fc.oneof(
    fc.integer({ min: 0, max: 2 ** 31 - 1 }).map(number),
    fc.uint8Array({ maxLength: 600 }).map((content) => text(content)),
    fc.string({ unit: 'binary', maxLength: 600 }).map((content) => text(content)),
    fc.constantFrom(text(''), octets('ffffffffffff'), octets('01005e000001')),
  )
  /** A recording in which some values are others, some indices too, and some objects are new. */
  const mutation = fc.array(
    fc.record({ at: fc.nat(names.length - 1), keeps: fc.nat(12), arcs, value, index: fc.boolean() }),
    { minLength: 1, maxLength: 30 },
  )
  let objects: Objects = SWITCH
  await network.host(ADDRESS, 161, (question) => snmpAgent(objects)(question))
  await fc.assert(
    fc.asyncProperty(mutation, async (changes) => {
      const changed: Record<string, Buffer> = { ...SWITCH }
      for (const { at, keeps, arcs: other, value: content, index } of changes) {
        const name = names[at] ?? ''
        const own = name.split('.').length - keeps
        changed[index ? [...name.split('.').slice(0, Math.max(own, 10)), ...other].join('.') : name] = content
      }
      objects = changed
      const result = await ask(ADDRESS, contextOf(), LIMITS)
      for (const table of result.tables ?? []) expect(fits(TablePage, page(table))).toBe(true)
    }),
    { numRuns },
  )
})

test('garbage before each answer changes nothing', async () => {
  const agent = snmpAgent(SWITCH)
  const noise = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 60 }), 200)
  let turn = 0
  await network.host(ADDRESS, 161, (question) => [
    ...Array.from({ length: 5 }, () => Buffer.from(noise[turn++ % noise.length] ?? [])),
    ...agent(question),
  ])
  const result = await snmpTable.ask(ADDRESS, contextOf())
  expect(cutsOf(result)).toEqual({})
  expect(rows(result, 'forwarding')).toHaveLength(3)
})
