/** Claims from text that a device says of itself: descriptions, banners, titles, models. */
import type { TextReading } from '../text/reader.ts'
import { excerpt, type ClaimList, type Group, type Tier } from './claim.ts'

export interface TextSource {
  kind: string
  group: Group
  tier: Tier
  /** Of a maker that the words name. */
  weight: number
  isModel?: boolean
}

/** A class that words name is right less often than one that a product line implies. */
const CLASS_BY_WORD = 0.66
const CLASS_BY_PRODUCT = 0.82
/** A line that its maker's name stands beside. */
const CLASS_BY_OWN_PRODUCT = 0.9
/** A maker that makes one thing. */
const CLASS_BY_MAKER = 0.52

export function claimText(list: ClaimList, text: string, source: TextSource): TextReading {
  const reading = list.knowledge.reader.read(text, source.isModel)
  const { kind, group, tier, weight } = source
  const { brand, product, classWord } = reading
  const shown = excerpt(text)
  if (brand && brand.maker.role === 'brand') {
    list.add({
      field: 'maker',
      value: brand.maker.name,
      entry: brand.maker,
      tier,
      group,
      weight,
      kind,
      text: `${kind} "${shown}" names ${brand.maker.name} (“${excerpt(brand.text, 30)}”)`,
    })
    if (brand.maker.only !== null)
      list.add({
        field: 'class',
        value: brand.maker.only,
        entry: null,
        tier,
        group,
        weight: CLASS_BY_MAKER,
        kind,
        text: `${brand.maker.name} makes ${brand.maker.only}`,
      })
  } else if (brand)
    list.add({
      field: 'component',
      value: brand.maker.name,
      entry: brand.maker,
      tier: 6,
      group,
      weight: 0.5,
      kind,
      text: `${kind} "${shown}" names ${brand.maker.name}, which makes parts`,
    })
  if (product) {
    if (!brand)
      list.add({
        field: 'maker',
        value: product.maker.name,
        entry: product.maker,
        tier: source.isModel ? 3 : 4,
        group,
        weight: source.isModel ? Math.min(weight, product.isCertain ? 0.75 : 0.6) : Math.min(weight, 0.62),
        kind,
        text: `the model ${excerpt(product.model, 30)} is of a line of ${product.maker.name}`,
      })
    list.add({
      field: 'model',
      value: product.model,
      entry: null,
      tier,
      group,
      weight: brand ? 0.8 : 0.6,
      kind,
      text: `${kind} "${shown}"`,
    })
    list.add({
      field: 'class',
      value: product.class,
      entry: null,
      tier,
      group,
      weight: brand ? CLASS_BY_OWN_PRODUCT : CLASS_BY_PRODUCT,
      kind,
      text: `the model ${excerpt(product.model, 30)} is of a line of ${product.class}`,
    })
  }
  if (classWord)
    list.add({
      field: 'class',
      value: classWord,
      entry: null,
      tier,
      group,
      weight: CLASS_BY_WORD,
      kind,
      text: `${kind} "${shown}" says ${classWord}`,
    })
  return reading
}
