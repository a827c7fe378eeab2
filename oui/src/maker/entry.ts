/** What is known of a maker: its names, its owner, its numbers, and the product lines that name it. */

/** What kind of device something is. Open: a corpus, a register or a newer version may know more. */
export type DeviceClass = string

/** Whose name a number or a text carries: the name on the box, of something inside it, or of what runs on it. */
export type Role = 'brand' | 'contract-maker' | 'module' | 'nic' | 'virtual' | 'software'

/** Who owned a maker in a period. Dates are ISO, the end excluded; absent means open. */
export interface Ownership {
  owner: string
  /** ISO 3166-1 alpha-2 of the owner. */
  country: string
  from?: string
  until?: string
  /** A page on which a reader can check it. */
  source: string
  /** The day on which somebody last read the source and found it to say so, ISO; absent where nobody has yet. */
  checked?: string
}

/**
 * Product lines by class. A line is a pattern and the models that prove it: `ds2cd* = DS-2CD2143G2-I, DS-2CD1023G0E-I`.
 * In the pattern `#` is a digit, `@` a letter, a closing `*` anything; hyphens and spaces of a model do not count.
 */
export type Products = Partial<Record<DeviceClass, readonly string[]>>

/** Subtrees of sysObjectID below `1.3.6.1.4.1`, by class: `{ printer: ['11.2.3.9'] }`; `any` names the maker only. */
export type Objects = Partial<Record<DeviceClass, readonly string[]>>

export interface MakerEntry {
  name: string
  /** The maker under whose name this brand is counted: Meraki is Cisco's. */
  of?: string
  /** Makers whose name stands on devices of these lines: i-PRO answers for Panasonic's cameras. */
  soldAs: readonly string[]
  role: Role
  ownership: readonly Ownership[]
  /** Owned or influenced in a way that is disputed in public; the reader decides. */
  contested: boolean
  /** US law, NDAA 2019 section 889: named, or an affiliate of a named maker. */
  ndaa889: boolean
  /** On the FCC's Covered List (47 CFR 1.50002). */
  fccCovered: boolean
  /** Names of organisations in registers; a closing `*` lets anything follow. */
  organisations: readonly string[]
  /** Words of free text that name it anywhere; null keeps common words from doing so. */
  words: readonly string[]
  /** Words that name it only where a text begins with them. */
  first: readonly string[]
  enterprises: readonly number[]
  products: Products
  objects: Objects
  /** What everything is that it makes, where that is so. */
  only: DeviceClass | null
}

export interface MakerOptions {
  of?: string
  soldAs?: readonly string[]
  role?: Role
  owner?: string
  /** Earlier or later owners; the entry's own country and owner fill the rest of time. */
  ownership?: readonly Ownership[]
  /** See `Ownership.checked`, for the entry's own owner. */
  checked?: string
  contested?: boolean
  law?: 'ndaa889' | 'fcc'
  org?: readonly string[]
  words?: readonly string[]
  first?: readonly string[]
  pen?: readonly number[]
  products?: Products
  objects?: Objects
  only?: DeviceClass
}

/**
 * @param country ISO 3166-1 alpha-2 of the owner's seat
 * @param site a page of the maker's own, or another that a reader can check the ownership on
 */
export function maker(name: string, country: string, site: string, options: MakerOptions = {}): MakerEntry {
  const { owner = name, law } = options
  return {
    name,
    ...(options.of === undefined ? {} : { of: options.of }),
    soldAs: options.soldAs ?? [],
    role: options.role ?? 'brand',
    ownership: options.ownership ?? [
      {
        owner,
        country,
        source: `https://${site}`,
        ...(options.checked === undefined ? {} : { checked: options.checked }),
      },
    ],
    contested: options.contested ?? false,
    ndaa889: law === 'ndaa889',
    fccCovered: law !== undefined,
    organisations: [name, ...(options.org ?? [])],
    words: options.words ?? (options.first ? [] : [name]),
    first: options.first ?? [],
    enterprises: options.pen ?? [],
    products: options.products ?? {},
    objects: options.objects ?? {},
    only: options.only ?? null,
  }
}
