/** The reasons in Danish, by their English words; `{0}` is the first fact. */
import type { Sentence } from './sentence.ts'

/** Without an entry a sentence stays in English; a test sees to it that none lacks. */
export const DANISH: Readonly<Record<string, string>> = {
  '{}: a virtual machine': '{0}: en virtuel maskine',
  '{}, which makes parts or builds for others': '{0}, som laver dele eller bygger for andre',
  '{} "{}"': '{0} "{1}"',
  '{} {} "{}"': '{0} {1} "{2}"',
  'the name "{}" looks like {}': 'navnet "{0}" ligner {1}',
  'a register says "{}"': 'et register siger "{0}"',
  'the certificate is of "{}"': 'certifikatet er udstedt til "{0}"',
  'only devices that {} builds speak {}': 'kun enheder, som {0} bygger, taler {1}',
  '{}: {} is "{}"': '{0}: {1} er "{2}"',
  '{} fits "{}"': '{0} passer til "{1}"',
  'it offers {}': 'den tilbyder {0}',
  'the model code {} is of Apple’s boards': 'modelkoden {0} hører til Apples printkort',
  'the board {} is of such devices': 'printkortet {0} sidder i sådanne enheder',
  'the MAC {} is made up by a network or a system': 'MAC-adressen {0} er fundet på af et net eller et system',
  'the owner of the MAC prefix {} keeps its name to itself':
    'ejeren af MAC-præfikset {0} holder sit navn for sig selv',
  'the MAC prefix {} is registered to {}': 'MAC-præfikset {0} er registreret til {1}',
  'the MAC prefix {} is of {}': 'MAC-præfikset {0} er {1}s',
  '{} makes {}': '{0} laver {1}',
  'the enterprise number {} is of software in many makers’ devices':
    'virksomhedsnummeret {0} hører til software i mange fabrikanters enheder',
  'the enterprise number {} is registered to {}': 'virksomhedsnummeret {0} er registreret til {1}',
  'object identifiers below {} are used by {}': 'objektnumre under {0} bruges af {1}',
  'the enterprise number {} is used by {}': 'virksomhedsnummeret {0} bruges af {1}',
  'product numbers below {} are {}’s for {}': 'produktnumre under {0} er {1}s for {2}',
  'ONVIF hardware "{}"': 'ONVIF-hardware "{0}"',
  'ONVIF type {}': 'ONVIF-type {0}',
  'only what prints speaks {}': 'kun det, der printer, taler {0}',
  'the host is called "{}"': 'værten hedder "{0}"',
  'its chassis names the maker "{}"': 'dens kabinet angiver fabrikatet "{0}"',
  'its chassis names the model "{}"': 'dens kabinet angiver modellen "{0}"',
  'its chassis names the serial "{}"': 'dens kabinet angiver serienummeret "{0}"',
  'its chassis names the software revision "{}"': 'dens kabinet angiver softwareversionen "{0}"',
  '{} "{}" names {}': '{0} "{1}" nævner {2}',
  'the line of {} is one of {}, sold as {}': 'serien {0} er en af {1}s, solgt som {2}',
  'the model {} is of a line of {}': 'modellen {0} er af en serie af {1}',
  '{} "{}" says {}': '{0} "{1}" siger {2}',
}

export const keyOf = ({ words }: Pick<Sentence, 'words'>): string => words.join('{}')

export function inDanish(sentence: Sentence): string {
  const facts = sentence.facts.map((fact) => (typeof fact === 'string' ? fact : inDanish(fact)))
  const template = DANISH[keyOf(sentence)]
  if (template === undefined) return sentence.words.map((word, at) => word + (facts[at] ?? '')).join('')
  return template.replace(/\{(\d)\}/g, (_, at: string) => facts[Number(at)] ?? '')
}
