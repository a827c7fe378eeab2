/** Claims from the subject and the issuer of a certificate. */
import { sentence } from '../reason/sentence.ts'
import { excerpt, type ClaimList, type Source } from './claim.ts'
import { claimText } from './from-text.ts'

const BY_ORGANISATION = 0.72
const BY_WORDS = 0.64

/** RFC 4514: the organisation of a certificate that a factory made is the maker; that of an owner is not known here. */
export function claimSubject(list: ClaimList, value: string, kind: string): void {
  const attributes = value
    .replace(/\\,/g, ' ')
    .split(/,(?= ?[A-Za-z][A-Za-z0-9.]{0,30}=)|\/(?=[A-Z]{1,2}=)/)
    .map((attribute) => attribute.trim())
  const of = (name: string): string =>
    attributes.find((attribute) => attribute.toUpperCase().startsWith(`${name}=`))?.slice(name.length + 1) ??
    ''
  const source: Source = { kind, group: 'banner', tier: 3, weight: BY_ORGANISATION }
  const stated = of('O')
  const organisation = stated === '' ? null : list.knowledge.organisation(stated)
  if (organisation?.entry?.role === 'brand')
    list.sayFirm(source, organisation, sentence`the certificate is of "${excerpt(stated)}"`)
  claimText(list, `${of('CN')} ${of('OU')} ${stated} ${of('SERIALNUMBER')}`, {
    ...source,
    tier: 4,
    weight: BY_WORDS,
  })
}
