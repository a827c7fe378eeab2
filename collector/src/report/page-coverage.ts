/** What a segment's latest scan proves, for the pages: in scope, tried, answered, refused, silent, and why not more. */
import type { Activity, Coverage, NotAttemptedReason, ScanResult } from '@ophav/shared'
import { html, type Html } from './html.ts'
import { formatNumber, type Language } from './wording.ts'

const RESULT: Readonly<Record<ScanResult, readonly [da: string, en: string]>> = {
  complete: ['fuldstændig', 'complete'],
  incomplete: ['ikke fuldstændig', 'incomplete'],
  unreached: ['ikke nået', 'unreached'],
  empty: ['tomt', 'empty'],
}

const REASON: Readonly<Record<NotAttemptedReason, readonly [da: string, en: string]>> = {
  window: ['uden for scanningstiden', 'outside the scan window'],
  freeze: ['scanningspause', 'change freeze'],
  halted: ['standset her', 'halted here'],
  'kill-switch': ['standset på agenten', 'kill switch on the agent'],
  forwarding: ['agentens maskine kan forbinde net', "the agent's machine could connect networks"],
  backoff: ['enheder blev tavse', 'devices fell silent'],
  latency: ['enheder blev langsomme', 'devices grew slow'],
  error: ['fejl i en sonde', 'a probe failed'],
  cap: ['en grænse blev nået', 'a limit was reached'],
  interrupted: ['afbrudt', 'interrupted'],
  policy: ['politikken blev ændret', 'the policy changed'],
  'no-carrier': ['ingen forbindelse på kablet', 'no carrier'],
  passive: ['passivt segment, der lyttes kun', 'passive segment, only listened to'],
}

const word = (words: readonly [da: string, en: string], language: Language): string =>
  words[language === 'da' ? 0 : 1]

export function coverageCell(coverage: Coverage | null, complete: boolean, language: Language): Html {
  const result = coverage?.result ?? (complete ? 'complete' : 'incomplete')
  const text = word(RESULT[result], language)
  const shown =
    result === 'complete' || result === 'empty' ? html`${text}` : html`<span class="mark">${text}</span>`
  return coverage ? html`${shown}<small>${countsOf(coverage, language)}</small>` : shown
}

function countsOf(coverage: Coverage, language: Language): string {
  const {
    inScope,
    attempted,
    answered,
    refused,
    silent,
    excluded,
    notAttempted = [],
    listedUnseen,
  } = coverage
  const count = (value: number | undefined, da: string, en: string) =>
    value === undefined ? [] : [`${formatNumber(value, language)} ${language === 'da' ? da : en}`]
  return [
    ...count(inScope, 'adresser', 'in scope'),
    ...count(attempted, 'spurgt', 'tried'),
    ...count(answered, 'svarede', 'answered'),
    ...count(refused, 'afviste', 'refused'),
    ...count(silent, 'tavse', 'silent'),
    ...count(excluded, 'undtaget', 'excluded'),
    ...count(listedUnseen?.count, 'kendt af routere, men tavse', 'listed by routers, and silent'),
    ...notAttempted.map(({ reason, addresses, devices }) => {
      const lacking = Math.max(addresses, devices)
      const not = language === 'da' ? 'ikke spurgt' : 'not tried'
      return `${formatNumber(lacking, language)} ${not}: ${word(REASON[reason], language)}`
    }),
  ].join(', ')
}

/** What the agents of the segment are doing. */
export function activityText(
  { state, reason, done, total, found, secondsLeft }: Activity,
  language: Language,
): string {
  const da = language === 'da'
  if (state === 'waiting')
    return `${da ? 'venter' : 'waits'}: ${reason ? word(REASON[reason], language) : ''}`
  const progress =
    done !== undefined && total !== undefined && total > 0 ? ` ${Math.floor((100 * done) / total)} %` : ''
  const devices = found === undefined ? '' : `, ${formatNumber(found, language)} ${da ? 'fundet' : 'found'}`
  const left =
    secondsLeft === undefined
      ? ''
      : `, ${formatNumber(Math.ceil(secondsLeft / 60), language)} ${da ? 'min. tilbage' : 'min left'}`
  return `${da ? 'scanner nu' : 'scanning'}${progress}${devices}${left}`
}
