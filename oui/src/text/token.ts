/** Cuts what devices say into words. */

/** Longer banners repeat themselves; what is behind this is not read. */
const MAX_TEXT = 2_048
const MAX_TOKENS = 120

export interface Token {
  /** As it stands in the text. */
  raw: string
  /** Small letters and digits only: `DS-2CD2143` is `ds2cd2143`. */
  plain: string
  /** Its parts between hyphens, underscores, dots: `Cisco-CP-7821` has `cisco`, `cp`, `7821`. */
  parts: string[]
}

export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (const raw of withoutAccents(text.slice(0, MAX_TEXT)).split(/[\s,;:()[\]{}"=/\\<>|*#!?@&^~`]+/)) {
    if (raw === '' || tokens.length >= MAX_TOKENS) continue
    const lower = raw.toLowerCase()
    const plain = lower.replace(/[^a-z0-9]+/g, '')
    if (plain === '' || plain.length > 64) continue
    const parts = plain === lower ? [plain] : partsOf(lower)
    tokens.push({ raw: raw.includes("'") ? raw.replaceAll("'", '') : raw, plain, parts })
  }
  return tokens
}

/** Any letter but those of ASCII. */
const ACCENTED = /[\u0080-\uffff]/

/** `Knürr` is `Knurr`: firmware writes both. */
const withoutAccents = (text: string): string =>
  ACCENTED.test(text) ? text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '') : text

/** Endings of host names; what stands before them belongs to whoever registered the name. */
const DOMAINS = new Set(
  'com net org int info biz io eu local lan corp home dk de se no fi nl uk fr it es pl at ch be cn us jp tw kr example test'.split(
    ' ',
  ),
)

/** The words in a word; of a host's name only the domain, since hosts are called after anything. */
function partsOf(lower: string): string[] {
  const labels = lower.split('.').filter(Boolean)
  if (labels.length > 1 && DOMAINS.has(labels.at(-1) ?? '') && labels.every(isLabel))
    return labels.slice(-2, -1)
  return lower
    .replace(/['’]/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
}

/** RFC 1123 2.1: letters, digits and hyphens. */
const isLabel = (label: string): boolean => /^[a-z0-9-]+$/.test(label)
