/** Claims from protocols that only what prints speaks: PJL's `@PJL INFO ID` and IPP's printer-make-and-model. */
import { sentence } from '../reason/sentence.ts'
import { ClaimList, excerpt, type Source } from './claim.ts'
import { claimText } from './from-text.ts'

/** Kinds of devices that print. */
const PRINTS = new Set(['printer', 'print-server', 'label-printer', 'multifunction-printer', 'scanner'])
const CLASS_BY_PROTOCOL = 0.86

/** A model here is a printer's: other devices' lines that look alike are not meant. */
export function claimPrinter(list: ClaimList, value: string, source: Source): void {
  const read = new ClaimList(list.knowledge)
  const { brand, product } = claimText(read, value, { ...source, isModel: true })
  const isPrinter = product !== null && PRINTS.has(product.class)
  if (product && !isPrinter && !brand)
    return list.say(source, 'model', excerpt(value, 80), sentence`${source.kind} "${excerpt(value)}"`)
  list.claims.push(...read.claims.filter(({ field, value: named }) => field !== 'class' || PRINTS.has(named)))
  if (!isPrinter)
    list.say(source, 'class', 'printer', sentence`only what prints speaks ${source.kind}`, CLASS_BY_PROTOCOL)
}
