/** From the names of organisations, as registers and certificates write them, to makers. */
import type { MakerEntry } from './entry.ts'

/** Words that say what kind of firm it is, or where, and never which. */
const GENERIC = new Set(
  `co ltd limited inc incorporated corp corporation company llc lp llp gmbh mbh ag ab as asa a s oy oyj aps sa s a r l sarl sas
  bv b v nv n v plc kg kgaa srl spa s p a pte pty sdn bhd kk k k jsc ooo zrt kft sp z o o ltda ltd. cia sl
  technologies technology tech techno networks network networking net systems system electronics electronic electric elec
  communications communication comm telecommunications telecommunication telecom telecoms digital group holdings holding
  international intl int global worldwide solutions solution industries industrial industry the and of for de
  usa us america americas europe european eu china japan korea taiwan hongkong hong kong india deutschland germany france uk prc
  software hardware device devices mobile mobility computer computers computing information info science sciences
  intelligent intelligence smart equipment products product enterprise enterprises division dept department r d research
  development laboratories labs lab manufacturing mfg engineering services service security surveillance video imaging
  instruments data wireless broadband iot internet web semiconductor semiconductors microelectronics terminal appliances appliance
  display displays visual technique trading investment printing printers print business office machines limited. co. inc. overseas
  ip consumer home life innovation innovations cloud`
    .split(/\s+/)
    .filter(Boolean),
)

/** Chinese cities and provinces that stand before a firm's own name. */
const PLACES = new Set(
  `shenzhen hangzhou zhejiang guangdong guangzhou beijing shanghai suzhou jiangsu nanjing xiamen fujian fuzhou zhuhai dongguan
  huizhou qingdao shandong jinan tianjin wuhan hubei hunan changsha chengdu sichuan chongqing hefei anhui ningbo wuxi xian xi'an
  foshan zhongshan nanchang jiangxi dalian shenyang zhengzhou henan hebei nantong kunshan taicang hongkong hong kong hk sz`
    .split(/\s+/)
    .filter(Boolean),
)

/** Longer names than this are sentences. */
const MAX_LENGTH = 200

/** Lower case, without accents and punctuation: `TP-LINK CO.,LTD` is `tp link co ltd`. */
export const plainTokens = (name: string): string[] =>
  name
    .slice(0, MAX_LENGTH)
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’`]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

interface Alias {
  maker: MakerEntry
  /** Whether anything may follow. */
  isOpen: boolean
}

/** Finds makers by whole names or anchored patterns, the longest first, never by a part of a word. */
export class OrganisationIndex {
  readonly #aliases = new Map<string, Alias>()
  #longest = 1

  constructor(makers: readonly MakerEntry[]) {
    // A maker's own name is its own, whoever else has used it.
    for (const maker of makers) this.#learn(maker, maker.name)
    for (const maker of makers) for (const name of maker.organisations) this.#learn(maker, name)
  }

  /**
   * The maker of an organisation's name; `Shanghai Dahua Scale Factory` is not Dahua.
   * @returns null where nobody of that name is known
   */
  resolve(name: string): MakerEntry | null {
    const tokens = plainTokens(name)
    const found = this.#resolveTokens(tokens)
    if (found) return found
    // `ExtronElectronics`: some write a name as one word.
    const words = name.replace(/([a-z])([A-Z])/g, '$1 $2')
    const split = words === name ? null : this.#resolveTokens(plainTokens(words))
    if (split) return split
    let start = 0
    while (start < tokens.length - 1 && PLACES.has(tokens[start] ?? '')) start++
    return start > 0 ? this.#resolveTokens(tokens.slice(start)) : null
  }

  #learn(maker: MakerEntry, name: string): void {
    const tokens = plainTokens(name)
    const key = tokens.join(' ')
    this.#longest = Math.max(this.#longest, tokens.length)
    const known = this.#aliases.get(key)
    const isOpen = name.endsWith('*') || (known?.maker === maker && known.isOpen)
    if (!known || known.maker === maker) this.#aliases.set(key, { maker, isOpen })
  }

  #resolveTokens(tokens: readonly string[]): MakerEntry | null {
    for (let length = Math.min(this.#longest, tokens.length); length > 0; length--) {
      const alias = this.#aliases.get(tokens.slice(0, length).join(' '))
      if (alias && (alias.isOpen || tokens.slice(length).every((token) => GENERIC.has(token))))
        return alias.maker
    }
    return null
  }
}

/** An organisation that is in no catalogue, under the name that people use: without `Co., Ltd.` at its end. */
export function ordinaryName(organisation: string): string | null {
  const words = organisation
    .slice(0, MAX_LENGTH)
    .replace(/\s+/g, ' ')
    .replace(/["“”]/g, '')
    .trim()
    .split(/[ ,]+/)
  while (words.length > 1 && LEGAL.has((words.at(-1) ?? '').toLowerCase().replace(/[^a-z]/g, ''))) words.pop()
  const name = withoutTail(words.join(' '))
  return name.length > 1 ? name : null
}

/** What stands between words, and behind none. */
const TAIL = ',.;( -'

function withoutTail(name: string): string {
  let end = name.length
  while (end > 0 && TAIL.includes(name.charAt(end - 1))) end--
  return name.slice(0, end)
}

const LEGAL = new Set(
  'co ltd limited inc incorporated corp corporation company llc gmbh ag ab as oy bv nv plc kg srl spa pte pty sdn bhd kk sa sas sarl aps'.split(
    ' ',
  ),
)
