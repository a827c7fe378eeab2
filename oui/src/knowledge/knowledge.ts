/** All that identification rests on, in one value: what the product ships, and what an organisation knows better. */
import { ObjectTable } from '../enterprise/object-table.ts'
import { FINGERPRINTS } from '../fingerprint/catalogue.ts'
import { readFingerprint, type FingerprintData } from '../fingerprint/fingerprint.ts'
import { FingerprintIndex } from '../fingerprint/fingerprint-index.ts'
import { CATALOGUE } from '../maker/catalogue.ts'
import type { MakerEntry } from '../maker/entry.ts'
import { ordinaryName, OrganisationIndex } from '../maker/organisation.ts'
import type { OwnRules } from '../override/own-rules.ts'
import { TextReader } from '../text/reader.ts'

/** An organisation's name, and the maker behind it where it is one that is known. */
export interface Organisation {
  name: string
  entry: MakerEntry | null
}

/** Names resolve once: a scan meets the same few hundred organisations again and again. */
const MAX_RESOLVED = 65_536

export class Knowledge {
  readonly makers: readonly MakerEntry[]
  readonly objects: ObjectTable
  readonly reader: TextReader
  readonly fingerprints: FingerprintIndex
  /** What an organisation's own rules change besides; null for what the product ships. */
  readonly own: OwnRules | null
  readonly #byName = new Map<string, MakerEntry>()
  readonly #organisations: OrganisationIndex
  readonly #resolved = new Map<string, Organisation | null>()

  /**
   * @param makers those before others win where two claim one name, word or number
   * @throws OphavError `fingerprint.invalid`
   */
  constructor(
    makers: readonly MakerEntry[],
    fingerprints: readonly FingerprintData[],
    own: OwnRules | null = null,
  ) {
    this.own = own
    this.makers = makers
    for (const maker of makers) if (!this.#byName.has(maker.name)) this.#byName.set(maker.name, maker)
    this.#organisations = new OrganisationIndex(makers)
    this.objects = new ObjectTable(makers)
    this.reader = new TextReader(makers)
    this.fingerprints = new FingerprintIndex(fingerprints.map(readFingerprint))
  }

  findMaker(name: string): MakerEntry | undefined {
    return this.#byName.get(name)
  }

  /** The maker under whose name a brand is counted. */
  makerOfBrand(entry: MakerEntry): MakerEntry {
    return entry.of === undefined ? entry : (this.#byName.get(entry.of) ?? entry)
  }

  /** @returns a name that people use, with the maker where it is one that is known; null for no name at all */
  organisation(name: string): Organisation | null {
    const known = this.#resolved.get(name)
    if (known !== undefined) return known
    const entry = this.#organisations.resolve(name)
    const ordinary = entry?.name ?? ordinaryName(name)
    const organisation = ordinary === null ? null : { name: ordinary, entry }
    if (this.#resolved.size < MAX_RESOLVED) this.#resolved.set(name, organisation)
    return organisation
  }
}

let shipped: Knowledge | null = null

/** What the product ships, made at the first question. */
export const shippedKnowledge = (): Knowledge => (shipped ??= new Knowledge(CATALOGUE, FINGERPRINTS))
