/** MAC prefixes of 24, 28 and 36 bits with what the organisation says of them; the longest decides. */
import type { MakerEntry } from '../maker/entry.ts'

export interface OwnPrefix {
  /** As `44:19:b6/24`. */
  text: string
  /** Null: nothing is to be concluded from it. */
  maker: MakerEntry | null
}

/** Digits of a prefix in hex: IEEE assigns blocks of these sizes (MA-L, MA-M, MA-S). */
const DIGITS = [9, 7, 6] as const

/**
 * @param text `44:19:B6`, `44-19-B6-7`, `4419b67a1`
 * @returns small hex digits, null for what is no prefix of 24, 28 or 36 bits
 */
export function parsePrefix(text: string): string | null {
  const digits = text.trim().toLowerCase()
  const plain = digits.replace(/[:.-]/g, '')
  const isForm = /^[0-9a-f]{2}([:.-]?[0-9a-f]{1,2}){2,4}$/.test(digits)
  return isForm && DIGITS.some((length) => plain.length === length) ? plain : null
}

export const formatPrefix = (digits: string): string =>
  `${digits.replace(/(..)(?=.)/g, '$1:')}/${digits.length * 4}`

/** Bits 0 and 1 of the first octet: a group, or assigned by whoever runs the network (IEEE 802). */
export const isAssignable = (digits: string): boolean =>
  (Number.parseInt(digits.slice(0, 2), 16) & 0b11) === 0

export class PrefixTable {
  readonly #byDigits = new Map<string, OwnPrefix>()

  /** @param digits as `parsePrefix` gives them */
  add(digits: string, maker: MakerEntry | null): void {
    this.#byDigits.set(digits, { text: formatPrefix(digits), maker })
  }

  /** @param mac `44:19:b6:00:00:01` */
  find(mac: string): OwnPrefix | null {
    if (this.#byDigits.size === 0) return null
    const digits = mac.replaceAll(':', '')
    for (const length of DIGITS) {
      const found = this.#byDigits.get(digits.slice(0, length))
      if (found) return found
    }
    return null
  }
}
