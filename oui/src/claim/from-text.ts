/** Claims from text that a device says of itself: descriptions, banners, titles, models. */
import { sentence } from '../reason/sentence.ts'
import type { TextReading } from '../text/reader.ts'
import { excerpt, type ClaimList, type Source } from './claim.ts'

export interface TextSource extends Source {
  /** Whether the text is a model's name, so that short product patterns count without a maker beside them. */
  isModel?: boolean
}

/** What a device calls itself goes before what its product line mostly is: a line of switches has a firewall in it. */
const CLASS_BY_WORD = 0.91
/** A line that its maker's name stands beside. */
const CLASS_BY_OWN_PRODUCT = 0.88
const CLASS_BY_PRODUCT = 0.82
/** A maker that makes one thing. */
const CLASS_BY_MAKER = 0.52
const MODEL_BESIDE_MAKER = 0.8
const MODEL_ALONE = 0.6
/** A product line names its maker less surely than the maker's name does. */
const MAKER_BY_CERTAIN_LINE = 0.75
const MAKER_BY_LINE = 0.6
const MAKER_BY_LINE_IN_TEXT = 0.62

export function claimText(list: ClaimList, text: string, source: TextSource): TextReading {
  const reading = list.knowledge.reader.read(text, source.isModel)
  const { kind, weight } = source
  const { brand, product, classWord } = reading
  const shown = excerpt(text)
  if (brand) {
    const { maker } = brand
    const firm = { name: maker.name, entry: maker }
    const builder = product && product.maker.soldAs.includes(maker.name) ? product.maker : null
    if (builder) {
      list.sayBrand(source, firm, sentence`${kind} "${shown}" names ${maker.name}`)
      list.sayFirm(
        source,
        { name: builder.name, entry: builder },
        sentence`the line of ${excerpt(product?.model ?? '', 30)} is one of ${builder.name}, sold as ${maker.name}`,
      )
    } else list.sayFirm(source, firm, sentence`${kind} "${shown}" names ${maker.name}`)
    if (maker.role === 'brand' && maker.only !== null)
      list.say(source, 'class', maker.only, sentence`${maker.name} makes ${maker.only}`, CLASS_BY_MAKER)
  }
  if (product) {
    const { maker, model, isCertain, class: named } = product
    const isOf = (what: string) => sentence`the model ${excerpt(model, 30)} is of a line of ${what}`
    if (!brand) {
      const most = !source.isModel ? MAKER_BY_LINE_IN_TEXT : isCertain ? MAKER_BY_CERTAIN_LINE : MAKER_BY_LINE
      const tier = source.isModel ? 3 : 4
      list.sayFirm(
        { ...source, tier },
        { name: maker.name, entry: maker },
        isOf(maker.name),
        Math.min(weight, most),
      )
    }
    list.say(source, 'model', model, sentence`${kind} "${shown}"`, brand ? MODEL_BESIDE_MAKER : MODEL_ALONE)
    list.say(source, 'class', named, isOf(named), brand ? CLASS_BY_OWN_PRODUCT : CLASS_BY_PRODUCT)
  }
  if (classWord)
    list.say(source, 'class', classWord, sentence`${kind} "${shown}" says ${classWord}`, CLASS_BY_WORD)
  return reading
}
