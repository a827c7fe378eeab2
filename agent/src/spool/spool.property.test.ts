/** Any order of seeing, sending, losing replies and crashing: nothing is lost and nothing is applied twice. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Entry } from '@ophav/shared'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inWords, readBatch, sighting, testSealer } from './spool.testkit.ts'
import { Spool } from './spool.ts'

type Step =
  | { do: 'append'; devices: { device: number; says: string }[] }
  /** The batch arrives; whether its receipt does is another matter. */
  | { do: 'send'; receipt: boolean }
  | { do: 'acknowledge-again' }
  | { do: 'crash' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      devices: fc.array(
        fc.record({ device: fc.integer({ min: 1, max: 6 }), says: fc.constantFrom('a', 'b') }),
        { maxLength: 8 },
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('send' as const), receipt: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'acknowledge-again' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'crash' as const }) },
)

const sealer = testSealer()

/** The files as a killed process leaves them: no checkpoint, no orderly close. */
function crashed(path: string, next: string): void {
  for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, next + suffix)
}

/** What the collector knows, and the rule by which it applies. */
class Ledger {
  readonly entries: Entry[] = []
  readonly bodies = new Map<number, string>()

  receive(sequence: number, body: Buffer, entries: Entry[]): void {
    const known = this.bodies.get(sequence)
    const bytes = body.toString('base64')
    if (known !== undefined && known !== bytes) throw new Error(`${sequence} was sent with other bytes`)
    if (known !== undefined) return
    if (sequence !== this.bodies.size + 1) throw new Error(`${sequence} leaves a gap`)
    this.bodies.set(sequence, bytes)
    this.entries.push(...entries)
  }
}

test('any sequence of append, cut, receipt and crash loses nothing and repeats nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const directory = mkdtempSync(join(tmpdir(), 'ophav-spool-'))
      const ledger = new Ledger()
      const expected: string[] = []
      const said = new Map<number, string>()
      let generation = 0
      let path = join(directory, '0.sqlite')
      let spool = new Spool({ path, sealer })
      const send = (receipt: boolean): boolean => {
        const batch = spool.nextBatch()
        if (!batch) return false
        ledger.receive(batch.sequence, batch.body, readBatch(batch, sealer).entries)
        if (receipt) spool.acknowledge(batch.sequence)
        return true
      }
      try {
        for (const act of steps) {
          if (act.do === 'append') {
            spool.append(
              { segment: 'kamera', scan: 'scan-1' },
              act.devices.map(({ device, says }) => sighting(device, says)),
            )
            for (const { device, says } of act.devices) {
              const who = `10.0.0.${device}`
              expected.push(said.get(device) === says ? `presence ${who}` : `observation ${who} ${says}`)
              said.set(device, says)
            }
          } else if (act.do === 'send') send(act.receipt)
          else if (act.do === 'acknowledge-again') spool.acknowledge(spool.summary().nextSequence - 2)
          else {
            const next = join(directory, `${++generation}.sqlite`)
            crashed(path, next)
            spool.close()
            path = next
            spool = new Spool({ path, sealer })
            if (spool.setAside !== null) throw new Error('a crash damaged the spool')
          }
        }
        while (send(true));
        expect(ledger.entries.map(inWords)).toEqual(expected)
      } finally {
        spool.close()
        rmSync(directory, { recursive: true, force: true })
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 150) },
  )
})
