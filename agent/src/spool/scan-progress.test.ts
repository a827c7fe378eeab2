/** Tests of what is kept of running scans: on a full disk, after kills, and within its bounds. */
import { OphavError } from '@ophav/shared'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Checkpoint } from '../scan/checkpoint.ts'
import { describeSent } from '../command/audit.ts'
import { ScanBook } from './scan-book.ts'
import { readSent } from './sent.ts'
import { sighting, SpoolFixture, START } from './spool.testkit.ts'

const origin = { segment: 'kamera', scope: 'a', revision: 3 }

const checkpoint = (number: number, more: Partial<Checkpoint> = {}): Checkpoint => ({
  head: {
    scan: 'scan-1',
    seed: 's',
    startedAt: START,
    resumed: 0,
    swept: [],
    packetsSent: number,
    failed: false,
    probes: [],
    notAttempted: [],
    sending: { probe: 'arp', since: START, atMost: 512 },
  },
  marks: { asked: Uint8Array.of(number) },
  hosts: [],
  sent: [{ probe: 'arp', packets: 10, addresses: 5, beganAt: START, endedAt: START + 1_000 }],
  ...more,
})

const host = (number: number, isAsked = false) => ({
  address: `10.0.${number >> 8}.${number & 255}`,
  mac: null,
  heard: ['arp'],
  isAsked,
})

test('what was kept comes back: the head, the marks, every host as it was last', () => {
  using fixture = new SpoolFixture()
  const spool = fixture.open()
  spool.scans.recordStart('kamera', START)
  spool.scans.save(origin, checkpoint(1, { hosts: [host(1), host(2)] }))
  spool.scans.save(origin, checkpoint(2, { marks: null, hosts: [host(2, true)] }))
  expect(spool.scans.unfinished()).toEqual(['kamera'])
  const saved = spool.scans.takeUp(origin)
  expect(saved?.head).toMatchObject({ packetsSent: 2, sending: null })
  // A buffer of SQLite and an array of ours hold the same octets.
  expect([...(saved?.marks['asked'] ?? [])]).toEqual([1])
  expect(saved?.hosts).toEqual([host(1), host(2, true)])
  spool.scans.recordEnd('kamera', START + 1, 3)
  expect(spool.scans.takeUp(origin)).toBeNull()
})

test('another scope begins anew, and nothing of the old one is left', () => {
  using fixture = new SpoolFixture()
  const spool = fixture.open()
  spool.scans.save(origin, checkpoint(1, { hosts: [host(1)] }))
  expect(spool.scans.takeUp({ ...origin, scope: 'b' })).toBeNull()
  spool.scans.save({ ...origin, scope: 'b' }, checkpoint(5))
  expect(spool.scans.takeUp({ ...origin, scope: 'b' })?.hosts).toEqual([])
})

test('on a full disk the older checkpoint stays, the agent goes on, and keeps again when there is room', () => {
  using fixture = new SpoolFixture()
  const spool = fixture.open({ maxBytes: 64 * 1024 * 1024, maxFileBytes: 400 * 1024 })
  expect(spool.scans.save(origin, checkpoint(1))).toBe(true)
  // Hosts that nobody can deliver fill the file: there is nothing that may be dropped for them.
  let refused = 0
  for (let round = 0; round < 60; round++) {
    const hosts = Array.from({ length: 200 }, (_, index) => host(round * 200 + index))
    if (!spool.scans.save(origin, checkpoint(2 + round, { hosts }))) refused++
  }
  expect(refused).toBeGreaterThan(0)
  const kept = readProgress(fixture)
  expect(kept.hosts).toBe((kept.packetsSent - 1) * 200)
  // Sightings are dropped for want of room, not the scan; a scan can begin and end.
  expect(() => spool.append({ segment: 'kamera', scan: 'scan-1' }, [sighting(1, 'a')])).not.toThrow()
  expect(() => spool.scans.recordStart('kontor', START)).not.toThrow()
  expect(() => spool.scans.recordEnd('kontor', START, 3)).not.toThrow()
  expect(spool.scans.lastStarts()['kontor']).toBe(START)
})

test('what a full disk refused is written with what comes after it: no host and no packet is lost', () => {
  using fixture = new SpoolFixture()
  const spool = fixture.open()
  let isFull = false
  const db = new Database(fixture.path)
  const book = new ScanBook({
    db,
    now: () => START,
    write: (work) => {
      if (isFull) throw new OphavError('spool.full')
      return work()
    },
  })
  book.save(origin, checkpoint(1, { hosts: [host(1)] }))
  isFull = true
  expect(book.save(origin, checkpoint(2, { hosts: [host(1, true), host(2)] }))).toBe(false)
  isFull = false
  expect(book.save(origin, checkpoint(3, { marks: null, hosts: [host(3)] }))).toBe(true)
  const saved = spool.scans.takeUp(origin)
  expect([...(saved?.marks['asked'] ?? [])]).toEqual([2])
  expect(saved?.hosts).toEqual([host(1, true), host(2), host(3)])
  expect(readSent(fixture.path, { limit: 10 }).filter(({ endedAt }) => endedAt !== null)).toHaveLength(3)
  isFull = true
  book.save(origin, checkpoint(4))
  isFull = false
  book.recordEnd('kamera', START, 3)
  expect(readSent(fixture.path, { limit: 10 }).filter(({ endedAt }) => endedAt !== null)).toHaveLength(4)
  db.close()
})

/** What is on the disk. */
function readProgress(fixture: SpoolFixture): { packetsSent: number; hosts: number } {
  const db = new Database(fixture.path, { readonly: true })
  const head = db.prepare<[], string>('SELECT head FROM scan_progress').pluck().get() ?? '{}'
  const hosts = db.prepare<[], number>('SELECT count(*) FROM scan_host').pluck().get() ?? 0
  db.close()
  return { packetsSent: (JSON.parse(head) as { packetsSent: number }).packetsSent, hosts }
}

test('the audit trail tells counted batches from those that a kill cut off, and has a bound', () => {
  using fixture = new SpoolFixture()
  const spool = fixture.open()
  spool.scans.save(origin, checkpoint(1))
  spool.scans.takeUp(origin)
  const rows = readSent(fixture.path, { limit: 10 })
  expect(rows).toMatchObject([
    { segment: 'kamera', scan: 'scan-1', probe: 'arp', packets: 10, addresses: 5, revision: 3 },
    { probe: 'arp', packets: 512, addresses: null, endedAt: null },
  ])
  const text = describeSent(rows)
  expect(text).toContain('10 packets to 5 addresses in 1.0 s  (policy 3)')
  expect(text).toContain('cut off: at most 512 packets, not counted')
  expect(text).toContain('10 packets in 1 batches, 1 batches cut off.')
  const [batch] = checkpoint(1).sent
  const many = Array.from({ length: 5_000 }, () => batch ?? [])
  for (let round = 0; round < 21; round++) spool.scans.save(origin, checkpoint(1, { sent: many.flat() }))
  expect(readSent(fixture.path, { limit: 200_000 }).length).toBeLessThanOrEqual(101_000)
  expect(readSent(fixture.path, { limit: 10, segment: 'andet' })).toEqual([])
}, 60_000)
