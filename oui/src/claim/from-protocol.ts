/** Claims from protocols with a grammar of their own: ONVIF scopes, certificates, Apple's model codes. */
import { excerpt, type ClaimList } from './claim.ts'
import { claimText } from './from-text.ts'

/** ONVIF Core Specification 7.3.2.2: `onvif://www.onvif.org/name/...`, percent-encoded. */
export function claimOnvifScopes(list: ClaimList, value: string, kind: string): void {
  const scopes = value.split(/[\s,]+/).flatMap((scope) => {
    const match = /onvif:\/\/www\.onvif\.org\/([A-Za-z_]+)\/(.+)$/i.exec(scope)
    return match ? [{ name: (match[1] ?? '').toLowerCase(), value: decoded(match[2] ?? '') }] : []
  })
  const of = (name: string): string => scopes.find((scope) => scope.name === name)?.value ?? ''
  const hardware = PLACEHOLDER.test(of('hardware')) ? '' : of('hardware')
  const text = `${of('name')} ${hardware}`.trim()
  if (text !== '') claimText(list, text, { kind, group: 'discovery', tier: 3, weight: 0.76, isModel: true })
  if (hardware !== '')
    list.add({
      field: 'model',
      value: excerpt(hardware, 80),
      entry: null,
      tier: 3,
      group: 'discovery',
      weight: 0.75,
      kind,
      text: `ONVIF hardware "${excerpt(hardware)}"`,
    })
  const types = scopes.filter(({ name }) => name === 'type').map((scope) => scope.value.toLowerCase())
  if (
    types.some(
      (type) =>
        type.includes('video_encoder') || type.includes('ptz') || type.includes('networkvideotransmitter'),
    )
  )
    list.add({
      field: 'class',
      value: 'camera',
      entry: null,
      tier: 3,
      group: 'discovery',
      weight: 0.6,
      kind,
      text: `ONVIF type ${excerpt(types.join(', '))}`,
    })
}

const PLACEHOLDER = /^(?:model|hardware|general|unknown|none|ipc(?:amera)?|nvt)?$/i

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** RFC 4514: the organisation of a certificate that a factory made is the maker; that of an owner is not known here. */
export function claimSubject(list: ClaimList, value: string, kind: string): void {
  const plain = value.replace(/\\,/g, ' ')
  const attributes = plain.split(/,(?=\s*[A-Za-z][A-Za-z0-9.]*=)|\/(?=[A-Z]{1,2}=)/)
  const of = (name: string): string =>
    attributes
      .map((attribute) => attribute.trim())
      .find((attribute) => attribute.toUpperCase().startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? ''
  const organisation = of('O') === '' ? null : list.knowledge.organisation(of('O'))
  if (organisation?.entry && organisation.entry.role === 'brand')
    list.add({
      field: 'maker',
      value: organisation.name,
      entry: organisation.entry,
      tier: 3,
      group: 'banner',
      weight: 0.72,
      kind,
      text: `the certificate is of "${excerpt(of('O'))}"`,
    })
  claimText(list, `${of('CN')} ${of('OU')} ${of('O')} ${of('SERIALNUMBER')}`, {
    kind,
    group: 'banner',
    tier: 4,
    weight: 0.64,
  })
}

/** Board codes of Apple's mobile devices, as `_device-info` gives them. */
const APPLE_BOARD = /^([a-z])(\d{1,3})([a-z]{0,2})ap$/i
/** Letters of boards that are phones only. */
const PHONE_BOARDS = new Set(['d', 'n'])

export function claimAppleModel(list: ClaimList, value: string, kind: string): void {
  const model = /(?:^|[\n;,\s])model=([^\n;]{1,80})/i.exec(value)?.[1]?.trim() ?? value.trim()
  const board = APPLE_BOARD.exec(model)
  const apple = list.knowledge.findMaker('Apple')
  if (board && apple) {
    list.add({
      field: 'maker',
      value: apple.name,
      entry: apple,
      tier: 2,
      group: 'discovery',
      weight: 0.85,
      kind,
      text: `the model code ${model} is of Apple's boards`,
    })
    list.add({
      field: 'model',
      value: model,
      entry: null,
      tier: 2,
      group: 'discovery',
      weight: 0.8,
      kind,
      text: `${kind} "${excerpt(value)}"`,
    })
    if (PHONE_BOARDS.has((board[1] ?? '').toLowerCase()))
      list.add({
        field: 'class',
        value: 'mobile',
        entry: null,
        tier: 3,
        group: 'discovery',
        weight: 0.6,
        kind,
        text: `boards ${board[1]} are phones`,
      })
    return
  }
  claimText(list, model, { kind, group: 'discovery', tier: 2, weight: 0.85, isModel: true })
}
