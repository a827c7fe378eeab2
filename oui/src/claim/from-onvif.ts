/** Claims from ONVIF scopes. */
import { sentence } from '../reason/sentence.ts'
import { excerpt, type ClaimList, type Source } from './claim.ts'
import { claimText } from './from-text.ts'

const SCOPE = /onvif:\/\/www\.onvif\.org\/([A-Za-z_]{1,40})\/(.{1,200})$/i
const MAX_SCOPES = 64
const CLASS_BY_TYPE = 0.6
const CAMERA_TYPE = /video_encoder|ptz|networkvideotransmitter/
/** What firmware ships with and nobody has filled in. */
const PLACEHOLDER = /^(?:model|hardware|general|unknown|none|ipc(?:amera)?|nvt)?$/i

/** ONVIF Core Specification 7.3.2.2: `onvif://www.onvif.org/name/...`, percent-encoded. */
export function claimOnvifScopes(list: ClaimList, value: string, kind: string): void {
  const source: Source = { kind, group: 'discovery', tier: 3, weight: 0.76 }
  const scopes = value.split(/[\s,]+/, MAX_SCOPES).flatMap((scope) => {
    const match = SCOPE.exec(scope)
    return match ? [{ name: (match[1] ?? '').toLowerCase(), value: decoded(match[2] ?? '') }] : []
  })
  const of = (name: string): string => scopes.find((scope) => scope.name === name)?.value ?? ''
  const hardware = PLACEHOLDER.test(of('hardware')) ? '' : of('hardware')
  const text = `${of('name')} ${hardware}`.trim()
  if (text !== '') claimText(list, text, { ...source, isModel: true })
  list.say(source, 'model', excerpt(hardware, 80), sentence`ONVIF hardware "${excerpt(hardware)}"`)
  const types = scopes.filter(({ name }) => name === 'type').map((scope) => scope.value.toLowerCase())
  if (types.some((type) => CAMERA_TYPE.test(type)))
    list.say(source, 'class', 'camera', sentence`ONVIF type ${excerpt(types.join(', '))}`, CLASS_BY_TYPE)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
