/**
 * Who was heard, by which probe, and what was said: each thing once, within fixed bounds. Whoever floods a segment with
 * senders fills the table and not the memory, and the table says that it is full.
 */
import type { Evidence, Mac } from '@ophav/shared/value'
import type { Heard, ProbeResult } from '../probe/probe.ts'

/** A segment of one link has fewer hosts; each is heard by a handful of probes. */
export const MAX_SUBJECTS = 16_384
/** All evidence together. */
const MAX_CHARACTERS = 8 * 1024 * 1024
/** One subject's: a device that means well says less. */
const MAX_PIECES = 48
const MAX_SUBJECT_CHARACTERS = 8_192
/** A device that was switched off for the night is the same in the morning; what it said a day ago is old. */
export const RETAIN_MS = 24 * 3_600_000

interface Subject {
  probe: string
  mac: Mac | null
  address: string | null
  pieces: Map<string, { piece: Evidence; heardAt: number }>
  characters: number
  heardAt: number
  round: number
}

export interface TableLimits {
  subjects: number
  characters: number
}

export class HeardTable {
  readonly #subjects = new Map<string, Subject>()
  readonly #ready = new Set<Subject>()
  readonly #limits: TableLimits
  #characters = 0
  #round = 0
  /** Packets of this round whose sender, or whose news, found no room. */
  refused = 0

  constructor(limits: TableLimits = { subjects: MAX_SUBJECTS, characters: MAX_CHARACTERS }) {
    this.#limits = limits
  }

  get size(): number {
    return this.#subjects.size
  }

  add(probe: string, { mac, address, evidence }: Heard, now: number): void {
    if (mac === null && address === null) return
    const key = `${probe} ${mac} ${address}`
    let subject = this.#subjects.get(key)
    if (!subject) {
      if (this.#subjects.size >= this.#limits.subjects) return void this.refused++
      subject = {
        probe,
        mac,
        address,
        pieces: new Map(),
        characters: 0,
        heardAt: now,
        round: -1,
      }
      this.#subjects.set(key, subject)
    }
    subject.heardAt = now
    let isNews = subject.round !== this.#round
    subject.round = this.#round
    for (const piece of evidence) if (this.#keep(subject, piece, now)) isNews = true
    if (isNews) this.#ready.add(subject)
  }

  /** What is new since the last time, each subject with all that it has said. */
  take(): { probe: string; result: ProbeResult }[] {
    const taken = [...this.#ready].map(({ probe, mac, address, pieces, heardAt }) => ({
      probe,
      result: {
        mac,
        address,
        outcome: 'answered' as const,
        evidence: [...pieces.values()].map(({ piece }) => piece),
        observedAt: heardAt,
      },
    }))
    this.#ready.clear()
    return taken
  }

  /** Subjects that were heard in this round, by probe. */
  counts(): Map<string, number> {
    const counts = new Map<string, number>()
    for (const { probe, round } of this.#subjects.values())
      if (round === this.#round) counts.set(probe, (counts.get(probe) ?? 0) + 1)
    return counts
  }

  /** Addresses that were heard in this round, each once. */
  addresses(): Set<string> {
    const heard = new Set<string>()
    for (const { address, round } of this.#subjects.values())
      if (address !== null && round === this.#round) heard.add(address)
    return heard
  }

  /**
   * A new round: who is heard again is reported again. What is old is forgotten; of a table that is half full, all who
   * were silent in the last round, so that a flood ends with the round after it.
   */
  beginRound(now: number): void {
    const isCrowded =
      this.#subjects.size > this.#limits.subjects / 2 || this.#characters > this.#limits.characters / 2
    for (const [key, subject] of this.#subjects) {
      if (now - subject.heardAt > RETAIN_MS || (isCrowded && subject.round !== this.#round)) {
        this.#subjects.delete(key)
        this.#ready.delete(subject)
        this.#characters -= subject.characters
      } else this.#forgetOld(subject, now)
    }
    this.#round++
    this.refused = 0
  }

  /** @returns whether the piece is new */
  #keep(subject: Subject, piece: Evidence, now: number): boolean {
    const text = JSON.stringify(piece)
    const known = subject.pieces.get(text)
    if (known) {
      known.heardAt = now
      return false
    }
    if (
      subject.pieces.size >= MAX_PIECES ||
      subject.characters + text.length > MAX_SUBJECT_CHARACTERS ||
      this.#characters + text.length > this.#limits.characters
    ) {
      this.refused++
      return false
    }
    subject.pieces.set(text, { piece, heardAt: now })
    subject.characters += text.length
    this.#characters += text.length
    return true
  }

  #forgetOld(subject: Subject, now: number): void {
    for (const [text, { heardAt }] of subject.pieces)
      if (now - heardAt > RETAIN_MS) {
        subject.pieces.delete(text)
        subject.characters -= text.length
        this.#characters -= text.length
      }
  }
}
