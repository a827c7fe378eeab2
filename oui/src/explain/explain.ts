/** What one text says about a maker: every claim with its weight, and the conclusion. */
import { parseMac, type Evidence } from '@ophav/shared/value'
import { extractClaims } from '../claim/extract.ts'
import { conclude } from '../identify/identify.ts'
import type { Identity } from '../identify/identity.ts'
import { shippedKnowledge } from '../knowledge/knowledge.ts'
import { inEnglish } from '../reason/sentence.ts'
import type { Origin } from '../origin/origin.ts'

export interface Explanation {
  /** The evidence kind as which the text was read. */
  readAs: string
  claims: { field: string; value: string; weight: number; tier: number; because: string; ownRule?: true }[]
  conclusion: Pick<Identity, 'maker' | 'brand' | 'model' | 'class' | 'component' | 'operatingSystem'> & {
    /** Null where no maker is known. */
    confidence: number | null
    origin: Origin | null
  }
}

/** @param text a MAC, an OID, an engineID in hex, an XML or JSON document, or any description */
export function explain(text: string, asOf = new Date(), knowledge = shippedKnowledge()): Explanation {
  const evidence = readAs(text.trim())
  const claims = extractClaims([evidence], knowledge)
  const {
    maker,
    brand,
    model,
    class: named,
    component,
    operatingSystem,
    confidence,
    origin,
  } = conclude(claims, asOf.toISOString().slice(0, 10), knowledge)
  return {
    readAs: evidence.kind,
    claims: claims.map(({ field, value, weight, tier, because, own }) => ({
      field,
      value,
      weight,
      tier,
      because: inEnglish(because),
      ...(own ? { ownRule: own } : {}),
    })),
    conclusion: {
      maker,
      brand,
      model,
      class: named,
      component,
      operatingSystem,
      confidence: maker === null ? null : confidence,
      origin: maker === null && brand === null ? null : origin,
    },
  }
}

function readAs(text: string): Evidence {
  if (parseMac(text) !== null) return { kind: 'mac', value: text }
  if (/^\.?1\.3(?:\.\d+)+$/.test(text)) return { kind: 'snmp.sysObjectID', value: text }
  if (/^(?:0x)?80[0-9a-f]{8,62}$/i.test(text)) return { kind: 'snmp.engineID', value: text }
  if (/^[<{[]/.test(text)) return { kind: 'upnp.deviceDescription', value: text }
  return text.includes(' ') ? { kind: 'snmp.sysDescr', value: text } : { kind: 'model', value: text }
}
