/**
 * Every error code of the product, with what it means and what to do about it. A code is a promise to
 * scripts and runbooks: it is never renamed and never reused. Sorted by code.
 */

interface ErrorEntry {
  /** The HTTP status (RFC 9110) with which the collector answers. */
  status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 502 | 503 | 507
  en: string
  da: string
}

export const ERROR_CODES = {
  'address.invalid-range': {
    status: 400,
    en: 'This is no IPv4 range. Write 10.0.0.0/24, 10.0.0.7 or 10.0.0.10-10.0.0.20.',
    da: 'Dette er ikke et IPv4-område. Skriv 10.0.0.0/24, 10.0.0.7 eller 10.0.0.10-10.0.0.20.',
  },
  'agent.not-approved': {
    status: 403,
    en: 'The agent is enrolled but not approved. Compare its fingerprint and approve it with `ophav-collector agent approve`.',
    da: 'Agenten er tilmeldt, men ikke godkendt. Sammenlign dens fingeraftryk, og godkend den med `ophav-collector agent approve`.',
  },
  'agent.revoked': {
    status: 403,
    en: 'The agent has been revoked. Enrol it again with a new token.',
    da: 'Agenten er spærret. Tilmeld den igen med et nyt token.',
  },
  'agent.unknown': {
    status: 401,
    en: 'No agent with this id is enrolled here. Enrol it with `ophav-agent enrol`.',
    da: 'Ingen agent med dette id er tilmeldt her. Tilmeld den med `ophav-agent enrol`.',
  },
  'batch.invalid': {
    status: 422,
    en: 'The batch is signed but does not fit the schema; nothing of it was applied.',
    da: 'Leverancen er underskrevet, men passer ikke til skemaet; intet af den er anvendt.',
  },
  'batch.sequence-gap': {
    status: 409,
    en: 'A batch before this one is missing. The agent sends the expected number first.',
    da: 'En tidligere leverance mangler. Agenten sender først det forventede nummer.',
  },
  'batch.sequence-reused': {
    status: 409,
    en: 'This number was applied before with other content: the agent may have been cloned or its spool restored. Revoke it and enrol it again.',
    da: 'Nummeret er tidligere anvendt med andet indhold: agenten kan være kopieret eller gendannet. Spær den, og tilmeld den igen.',
  },
  'batch.wrong-segment': {
    status: 403,
    en: 'The batch speaks of a segment that this agent is not bound to; nothing of it was applied.',
    da: 'Leverancen omtaler et segment, som agenten ikke er knyttet til; intet af den er anvendt.',
  },
  'enrolment.token-invalid': {
    status: 401,
    en: 'The token is unknown, used or expired. Make a new one with `ophav-collector enrol`.',
    da: 'Tokenet er ukendt, brugt eller udløbet. Lav et nyt med `ophav-collector enrol`.',
  },
  'envelope.bad-signature': {
    status: 401,
    en: 'The signature does not belong to this content and key; nothing was applied.',
    da: 'Underskriften hører ikke til dette indhold og denne nøgle; intet er anvendt.',
  },
  'envelope.not-json': {
    status: 400,
    en: 'The signed content is no JSON.',
    da: 'Det underskrevne indhold er ikke JSON.',
  },
  'envelope.wrong-type': {
    status: 400,
    en: 'The envelope holds another kind of document than expected here.',
    da: 'Kuverten indeholder en anden slags dokument end ventet her.',
  },
  'internal.defect': {
    status: 500,
    en: 'Something unexpected failed; the log has the details. Nothing was half applied.',
    da: 'Noget uventet gik galt; loggen har detaljerne. Intet er halvt gennemført.',
  },
  'key.unreadable': {
    status: 400,
    en: 'This is no Ed25519 key.',
    da: 'Dette er ikke en Ed25519-nøgle.',
  },
  'request.invalid': {
    status: 400,
    en: 'The request does not fit the schema.',
    da: 'Forespørgslen passer ikke til skemaet.',
  },
  'request.not-found': {
    status: 404,
    en: 'There is nothing at this address. The API is described at /docs.',
    da: 'Der er intet på denne adresse. API’et er beskrevet på /docs.',
  },
  'request.too-large': {
    status: 413,
    en: 'The body is larger than the collector reads.',
    da: 'Indholdet er større, end collectoren læser.',
  },
  'secret.file-unreadable': {
    status: 500,
    en: 'A file with a secret cannot be read. Check its owner and mode.',
    da: 'En fil med en hemmelighed kan ikke læses. Se efter ejer og rettigheder.',
  },
  'secret.file-unwritable': {
    status: 500,
    en: 'A file with a secret cannot be written. Check the directory, its owner and free space.',
    da: 'En fil med en hemmelighed kan ikke skrives. Se efter mappen, dens ejer og ledig plads.',
  },
  'secret.unreadable': {
    status: 400,
    en: 'The sealed secret was made for another key or has been changed.',
    da: 'Den forseglede hemmelighed er lavet til en anden nøgle eller er ændret.',
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERROR_CODES
