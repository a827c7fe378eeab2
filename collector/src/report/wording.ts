/** The words of the reports in Danish and English, and numbers as each language writes them. */

export const LANGUAGES = ['da', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const LOCALE = { da: 'da-DK', en: 'en-GB' } as const

export const formatNumber = (
  value: number,
  language: Language,
  decimals: { min?: number; max?: number } = {},
): string =>
  new Intl.NumberFormat(LOCALE[language], {
    minimumFractionDigits: decimals.min ?? 0,
    maximumFractionDigits: decimals.max ?? 2,
    useGrouping: true,
  }).format(value)

export const formatTime = (rfc3339: string, language: Language): string =>
  new Intl.DateTimeFormat(LOCALE[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Copenhagen',
  }).format(new Date(rfc3339))

interface Wording {
  tabel1Title: (organisation: string) => string
  tabel1Columns: (organisation: string) => string[]
  tabel2Title: (year: string) => string
  tabel2Columns: string[]
  tabel2Unit: string
  tabel2Notes: string[]
  estimate: (marks: string, low: string, high: string, noun: string) => string
  rule: string
  ruleExceptions: (count: number) => string
  noAdministration: string
  total: string
  unknownMaker: (count: string, noun: string) => string
  contested: (count: string, noun: string) => string
  withoutAdministration: (count: string, noun: string) => string
  incompleteScan: (segment: string, at: string) => string
  /** Nothing says that the segment was reached at all. */
  unreachedScan: (segment: string, at: string) => string
  neverScanned: (segment: string) => string
  staleScan: (segment: string, at: string) => string
  staleData: (date: string) => string
  /** Devices that agents found on critical segments, and nobody could name. */
  unidentified: (count: string, segment: string) => string
  noPrice: (label: string) => string
}

export const WORDING: Readonly<Record<Language, Wording>> = {
  da: {
    tabel1Title: (organisation) =>
      `Tabel 1. Oversigt over brug af kinesisk hardware i kritiske installationer i ${organisation}`,
    tabel1Columns: (organisation) => ['Hardware type', organisation, 'Pr. forvaltning'],
    tabel2Title: (year) =>
      `Tabel 2: Estimat på omkostninger ved udskiftning af kinesisk hardware p.d.d. (${year})`,
    tabel2Columns: ['Produkt', 'Antal', 'Stk. pris (t. kr)', 'I alt (t. kr.)'],
    tabel2Unit: 'thousand DKK (t. kr.)',
    tabel2Notes: [
      'Kun hardware: uden driftsstop, klargøring af nye pc’er og bortskaffelse.',
      'Forudsætter udskiftning i takt med en levetid på omkring 5 år; udskiftes der før, går restværdien tabt.',
    ],
    estimate: (marks, low, high, noun) => `${marks}Estimeret ${low}-${high} ${noun}`,
    rule: 'Hvert tal kommer fra forvaltningens opgivelse, hvor der er en gældende; ellers fra de enheder, som agenter har fundet, og som registre kender. En enhed, der er både fundet og registreret, tæller én gang.',
    ruleExceptions: (count) => `${count} tal følger en anden regel; se kilderapporten.`,
    noAdministration: 'uden forvaltning',
    total: 'I alt',
    unknownMaker: (count, noun) => `${count} ${noun} af ukendt fabrikat er ikke talt med.`,
    contested: (count, noun) => `${count} ${noun} af omstridt oprindelse er ikke talt med.`,
    withoutAdministration: (count, noun) => `${count} ${noun} hører ikke til nogen kendt forvaltning.`,
    incompleteScan: (segment, at) =>
      `Seneste scanning af ${segment} (${at}) er ikke fuldstændig; tallene kan være for lave.`,
    unreachedScan: (segment, at) =>
      `${segment} blev ikke nået ved seneste scanning (${at}); at intet er fundet, beviser intet.`,
    neverScanned: (segment) => `${segment} er aldrig scannet.`,
    staleScan: (segment, at) => `${segment} er sidst scannet ${at}.`,
    unidentified: (count, segment) =>
      `${count} fundne enheder på ${segment} har ukendt fabrikat og er ikke talt med.`,
    staleData: (date) => `Viden om fabrikater er fra ${date} og mere end et år gammel.`,
    noPrice: (label) => `Der er ingen pris for ${label}; rækken indgår ikke i summen.`,
  },
  en: {
    tabel1Title: (organisation) =>
      `Table 1. Use of Chinese hardware in critical installations in ${organisation}`,
    tabel1Columns: (organisation) => ['Hardware type', organisation, 'Per administration'],
    tabel2Title: (year) => `Table 2: Estimated cost of replacing Chinese hardware as of today (${year})`,
    tabel2Columns: ['Product', 'Count', 'Unit price (kDKK)', 'Total (kDKK)'],
    tabel2Unit: 'thousand DKK (t. kr.)',
    tabel2Notes: [
      'Hardware only: no downtime, preparation of new PCs, or disposal.',
      'Assumes replacement along a life of about 5 years; earlier replacement loses residual value.',
    ],
    estimate: (marks, low, high, noun) => `${marks}Estimated ${low}-${high} ${noun}`,
    rule: 'Each figure is the administration’s declaration where one is in force; otherwise the devices that agents found and registers know. A device that is both found and registered counts once.',
    ruleExceptions: (count) => `${count} figures follow another rule; see the report on sources.`,
    noAdministration: 'no administration',
    total: 'Total',
    unknownMaker: (count, noun) => `${count} ${noun} of unknown make are not counted.`,
    contested: (count, noun) => `${count} ${noun} of contested origin are not counted.`,
    withoutAdministration: (count, noun) => `${count} ${noun} belong to no known administration.`,
    incompleteScan: (segment, at) =>
      `The latest scan of ${segment} (${at}) is not complete; figures may be too low.`,
    unreachedScan: (segment, at) =>
      `${segment} was not reached by the latest scan (${at}); that nothing was found proves nothing.`,
    neverScanned: (segment) => `${segment} has never been scanned.`,
    staleScan: (segment, at) => `${segment} was last scanned ${at}.`,
    unidentified: (count, segment) =>
      `${count} devices found on ${segment} are of unknown make and are not counted.`,
    staleData: (date) => `The knowledge of makers is from ${date}, more than a year old.`,
    noPrice: (label) => `There is no price for ${label}; the row is not in the sum.`,
  },
}
