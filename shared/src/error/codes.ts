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
  'access.console-is-local': {
    status: 403,
    en: "Pages and reports are answered only on the collector's own machine. Open them there, or through a tunnel to its loopback address.",
    da: 'Sider og rapporter besvares kun på collectorens egen maskine. Åbn dem dér eller gennem en tunnel til dens loopback-adresse.',
  },
  'address.invalid-range': {
    status: 400,
    en: 'This is no IPv4 range. Write 10.0.0.0/24, 10.0.0.7 or 10.0.0.10-10.0.0.20.',
    da: 'Dette er ikke et IPv4-område. Skriv 10.0.0.0/24, 10.0.0.7 eller 10.0.0.10-10.0.0.20.',
  },
  'administration.unknown': {
    status: 404,
    en: 'There is no administration with this key. See `ophav-collector administration list`.',
    da: 'Der er ingen forvaltning med denne nøgle. Se `ophav-collector administration list`.',
  },
  'agent.not-approved': {
    status: 403,
    en: 'The agent is enrolled but not approved. Compare its fingerprint and approve it with `ophav-collector agent approve`.',
    da: 'Agenten er tilmeldt, men ikke godkendt. Sammenlign dens fingeraftryk, og godkend den med `ophav-collector agent approve`.',
  },
  'agent.not-enrolled': {
    status: 401,
    en: 'This agent is not enrolled with a collector. Run `ophav-agent enrol --collector URL` first.',
    da: 'Denne agent er ikke tilmeldt en collector. Kør først `ophav-agent enrol --collector URL`.',
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
  'command.invalid-option': {
    status: 400,
    en: 'An option has a value that does not fit; `--help` shows what it takes.',
    da: 'En valgmulighed har en værdi, der ikke passer; `--help` viser, hvad den kan være.',
  },
  'command.scope-too-large': {
    status: 400,
    en: 'The scan would touch more addresses than a /16 holds. Narrow the ranges, or add --yes-large if you mean it.',
    da: 'Scanningen ville berøre flere adresser, end et /16 rummer. Indskrænk områderne, eller tilføj --yes-large, hvis det er meningen.',
  },
  'command.secret-in-argument': {
    status: 400,
    en: 'A secret on the command line shows in process lists and shell histories. Put it in a file or an environment variable; `--help` names both.',
    da: 'En hemmelighed på kommandolinjen kan ses i proceslister og kommandohistorik. Læg den i en fil eller en miljøvariabel; `--help` nævner begge.',
  },
  'configuration.invalid': {
    status: 422,
    en: 'The configuration file does not fit; nothing was applied.',
    da: 'Konfigurationsfilen passer ikke; intet er anvendt.',
  },
  'credential.invalid': {
    status: 422,
    en: 'This is no SNMP credential. Standard input takes one JSON object; `credential add --help` shows the forms.',
    da: 'Dette er ikke en SNMP-adgang. Standardinput tager ét JSON-objekt; `credential add --help` viser formerne.',
  },
  'declaration.invalid': {
    status: 422,
    en: 'A declaration needs a whole number, or a range from a lower to a higher one, and who states it.',
    da: 'En opgivelse skal have et helt tal eller et interval fra et lavere til et højere, og hvem der opgiver det.',
  },
  'declaration.unknown': {
    status: 404,
    en: 'There is no declaration with this number in force.',
    da: 'Der er ingen gældende opgivelse med dette nummer.',
  },
  'device.unknown': {
    status: 404,
    en: 'There is no device with this number.',
    da: 'Der er ingen enhed med dette nummer.',
  },
  'enrolment.exists': {
    status: 409,
    en: 'This agent is enrolled already. Use --replace to enrol it anew with the same key, or another --state directory.',
    da: 'Denne agent er allerede tilmeldt. Brug --replace for at tilmelde den på ny med samme nøgle, eller en anden mappe med --state.',
  },
  'enrolment.token-invalid': {
    status: 401,
    en: 'The token is unknown, used or expired. Make a new one with `ophav-collector enrol`.',
    da: 'Tokenet er ukendt, brugt eller udløbet. Lav et nyt med `ophav-collector enrol`.',
  },
  'enrolment.token-missing': {
    status: 400,
    en: 'No token was given. Use --token-file, the variable OPHAV_TOKEN, or paste it when asked.',
    da: 'Der er ikke angivet et token. Brug --token-file, variablen OPHAV_TOKEN, eller indsæt det, når der spørges.',
  },
  'enrolment.unreadable': {
    status: 500,
    en: "The agent's enrolment file cannot be read. Restore it, or enrol again with --replace.",
    da: 'Agentens tilmeldingsfil kan ikke læses. Gendan den, eller tilmeld igen med --replace.',
  },
  'enrolment.wrong-collector': {
    status: 403,
    en: "The collector's key has another fingerprint than expected; nothing was kept. Check the address and who answers there.",
    da: 'Collectorens nøgle har et andet fingeraftryk end ventet; intet er gemt. Kontrollér adressen, og hvem der svarer dér.',
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
  'fingerprint.invalid': {
    status: 400,
    en: 'The fingerprint cannot be used: it needs a text to look for, something to say, and examples that it reads as stated.',
    da: 'Fingeraftrykket kan ikke bruges: det skal have en tekst at lede efter, noget at sige og eksempler, som det læser som angivet.',
  },
  'forward.invalid': {
    status: 422,
    en: 'The file of port forwards does not fit: rows of address, port and loopback port.',
    da: 'Filen med portviderestillinger passer ikke: rækker med adresse, port og loopback-port.',
  },
  'internal.defect': {
    status: 500,
    en: 'Something unexpected failed; the log has the details. Nothing was half applied.',
    da: 'Noget uventet gik galt; loggen har detaljerne. Intet er halvt gennemført.',
  },
  'isolation.self-forwards': {
    status: 409,
    en: 'This machine could connect the networks it stands on: it forwards packets, bridges, answers ARP for others or translates addresses. Nothing is scanned. `ophav-agent doctor` names what and says what to do.',
    da: 'Denne maskine kan forbinde de net, den står på: den videresender pakker, danner bro, svarer på ARP for andre eller oversætter adresser. Intet scannes. `ophav-agent doctor` siger hvad, og hvad der kan gøres.',
  },
  'key.unreadable': {
    status: 400,
    en: 'This is no Ed25519 key.',
    da: 'Dette er ikke en Ed25519-nøgle.',
  },
  'maker.unknown': {
    status: 404,
    en: 'There is no maker of this name. See `ophav-collector maker list`.',
    da: 'Der er ingen producent med dette navn. Se `ophav-collector maker list`.',
  },
  'net.send-failed': {
    status: 500,
    en: 'The system could not send. The detail has its reason.',
    da: 'Systemet kunne ikke sende. Detaljen har årsagen.',
  },
  'net.socket-refused': {
    status: 500,
    en: 'The system refused a socket. The port may be in use, or the number of open files too low.',
    da: 'Systemet afviste en socket. Porten kan være optaget, eller grænsen for åbne filer for lav.',
  },
  'policy.invalid': {
    status: 422,
    en: 'The policy is signed but does not fit the schema; the one held before stays in force.',
    da: 'Politikken er underskrevet, men passer ikke til skemaet; den hidtidige gælder fortsat.',
  },
  'policy.request-stale': {
    status: 401,
    en: "The request's time differs too much from the collector's clock. Set both clocks.",
    da: 'Forespørgslens tid afviger for meget fra collectorens ur. Stil begge ure.',
  },
  'policy.rolled-back': {
    status: 409,
    en: 'The policy is older than the one in force and was refused. If the collector was restored from a backup, enrol the agent again.',
    da: 'Politikken er ældre end den gældende og er afvist. Hvis collectoren er gendannet fra en sikkerhedskopi, så tilmeld agenten igen.',
  },
  'policy.wrong-agent': {
    status: 403,
    en: 'The policy was made for another agent and was refused.',
    da: 'Politikken er lavet til en anden agent og er afvist.',
  },
  'register.administration-unknown': {
    status: 422,
    en: 'The list names administrations that are not known here. Add them, or translate them in the mapping; nothing was imported.',
    da: 'Listen nævner forvaltninger, som ikke kendes her. Tilføj dem, eller oversæt dem; intet er importeret.',
  },
  'register.column-missing': {
    status: 422,
    en: 'The list lacks a column that the mapping names. Compare the column names, or give another mapping.',
    da: 'Listen mangler en kolonne, som kolonneoversættelsen nævner. Sammenlign navnene, eller giv en anden oversættelse.',
  },
  'register.file-unreadable': {
    status: 400,
    en: 'The list cannot be read as CSV. The detail says where it stops making sense.',
    da: 'Listen kan ikke læses som CSV. Detaljen siger, hvor den ikke længere giver mening.',
  },
  'register.mapping-invalid': {
    status: 422,
    en: 'The column mapping cannot be used. Give the name of a preset or a YAML file.',
    da: 'Kolonneoversættelsen kan ikke bruges. Giv navnet på en fast oversættelse eller en YAML-fil.',
  },
  'register.nothing-usable': {
    status: 422,
    en: 'No row of the list can be used; nothing was imported. A dry run shows the reason for each row.',
    da: 'Ingen række i listen kan bruges; intet er importeret. En prøvekørsel viser årsagen for hver række.',
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
  'request.undecodable': {
    status: 400,
    en: 'The compressed body is damaged or not what its header says.',
    da: 'Det komprimerede indhold er beskadiget eller ikke det, som hovedet siger.',
  },
  'request.unsupported-encoding': {
    status: 415,
    en: 'The body is encoded in a way the collector does not read; gzip and none are.',
    da: 'Indholdet er kodet på en måde, som collectoren ikke læser; det er gzip og ingen.',
  },
  'rule.changes-shipped': {
    status: 409,
    en: 'The rules change how shipped examples are read. Look at each; where it is meant, say so with --accept-changes.',
    da: 'Reglerne ændrer, hvordan medfølgende eksempler læses. Se på hvert af dem; er det meningen, så sig det med --accept-changes.',
  },
  'rule.doubled': {
    status: 422,
    en: 'Two rules speak of the same thing. Keep one of them.',
    da: 'To regler taler om det samme. Behold den ene.',
  },
  'rule.example-fails': {
    status: 422,
    en: 'The example is not read as the rule says, so the rule does not load. Correct the pattern or the example.',
    da: 'Eksemplet læses ikke, som reglen siger, så reglen indlæses ikke. Ret mønstret eller eksemplet.',
  },
  'rule.example-missing': {
    status: 422,
    en: 'A rule without an example does not load. Write a real text or model that it reads, as `pattern = model, model`.',
    da: 'En regel uden eksempel indlæses ikke. Skriv en virkelig tekst eller model, som den læser, som `mønster = model, model`.',
  },
  'rule.example-stolen': {
    status: 422,
    en: "Another rule reads the example before this one. Write more of the text's beginning, or a longer pattern.",
    da: 'En anden regel læser eksemplet før denne. Skriv mere af tekstens begyndelse eller et længere mønster.',
  },
  'rule.field-invalid': {
    status: 422,
    en: 'The field does not hold what belongs there. Numbers that are names (prefixes, models) stand in quotes.',
    da: 'Feltet indeholder ikke det, der hører til der. Tal, som er navne (præfikser, modeller), skal stå i anførselstegn.',
  },
  'rule.field-unknown': {
    status: 422,
    en: 'There is no field of this name here. Check the spelling; the documentation lists the fields.',
    da: 'Der er intet felt med dette navn her. Kontrollér stavningen; dokumentationen nævner felterne.',
  },
  'rule.file-too-large': {
    status: 413,
    en: 'The file is larger than rules can be. Check that it is the right one.',
    da: 'Filen er større, end regler kan være. Kontrollér, at det er den rigtige.',
  },
  'rule.file-unreadable': {
    status: 400,
    en: 'The file of rules cannot be read. Check path, permissions and that it is UTF-8 text.',
    da: 'Filen med regler kan ikke læses. Kontrollér sti, rettigheder, og at den er UTF-8-tekst.',
  },
  'rule.form-invalid': {
    status: 422,
    en: 'This is not written as such a rule is. The documentation shows the form.',
    da: 'Sådan skrives en regel af denne slags ikke. Dokumentationen viser formen.',
  },
  'rule.hostile': {
    status: 422,
    en: 'The file holds something that no file of rules needs. Remove it.',
    da: 'Filen indeholder noget, som ingen fil med regler har brug for. Fjern det.',
  },
  'rule.invalid': {
    status: 422,
    en: 'The rules have faults and were not taken. Correct what is listed with its place.',
    da: 'Reglerne har fejl og blev ikke taget i brug. Ret det, der er nævnt med sit sted.',
  },
  'rule.maker-exists': {
    status: 422,
    en: 'The catalogue has a maker of this name. Write `amend` in place of `name` to say more about it.',
    da: 'Kataloget har en producent med dette navn. Skriv `amend` i stedet for `name` for at sige mere om den.',
  },
  'rule.maker-unknown': {
    status: 422,
    en: 'Neither the catalogue nor these rules have a maker of this name. See `ophav-collector maker list`, or add it under `makers`.',
    da: 'Hverken kataloget eller disse regler har en producent med dette navn. Se `ophav-collector maker list`, eller tilføj den under `makers`.',
  },
  'rule.none-in-force': {
    status: 404,
    en: "No rules of the organisation's own are in force.",
    da: 'Ingen af organisationens egne regler er i kraft.',
  },
  'rule.not-yaml': {
    status: 422,
    en: 'The file is neither YAML nor JSON. Check indentation and quotes on the line named.',
    da: 'Filen er hverken YAML eller JSON. Kontrollér indrykning og anførselstegn på den nævnte linje.',
  },
  'rule.ownership-broken': {
    status: 422,
    en: 'The periods of ownership overlap, leave a gap or end before they begin. Let each begin on the day on which the one before ends.',
    da: 'Ejerperioderne overlapper, efterlader et hul eller slutter, før de begynder. Lad hver begynde den dag, hvor den foregående slutter.',
  },
  'rule.stored-unreadable': {
    status: 503,
    en: 'The rules in force cannot be read by this program, so nothing is identified. Import them anew, or withdraw them with `ophav-collector rule withdraw`.',
    da: 'Reglerne i kraft kan ikke læses af dette program, så intet bliver identificeret. Importér dem på ny, eller træk dem tilbage med `ophav-collector rule withdraw`.',
  },
  'rule.unknown': {
    status: 404,
    en: 'There is no version of the rules with this number. See `ophav-collector rule list`.',
    da: 'Der er ingen version af reglerne med dette nummer. Se `ophav-collector rule list`.',
  },
  'rule.without-effect': {
    status: 422,
    en: 'The rule changes nothing: what it names is not read that way. Correct it or leave it out.',
    da: 'Reglen ændrer intet: det, den nævner, læses ikke sådan. Ret den, eller udelad den.',
  },
  'scan.device-resting': {
    status: 409,
    en: 'The device has grown slow or fallen silent and is left alone for a while; nothing was sent to it.',
    da: 'Enheden er blevet langsom eller tavs og lades i fred et stykke tid; intet er sendt til den.',
  },
  'scan.halted': {
    status: 409,
    en: 'Scanning is halted on this machine: nothing is sent. `ophav-agent halt --release` ends that.',
    da: 'Scanning er standset på denne maskine: intet sendes. `ophav-agent halt --release` ophæver det.',
  },
  'scan.passive': {
    status: 409,
    en: 'The segment is passive: nothing may be sent there. Listen with `ophav-agent listen`, or make the segment active.',
    da: 'Segmentet er passivt: intet må sendes dér. Lyt med `ophav-agent listen`, eller gør segmentet aktivt.',
  },
  'scan.stopped': {
    status: 409,
    en: 'The scan was stopped; nothing more was sent.',
    da: 'Scanningen er stoppet; intet mere er sendt.',
  },
  'scope.barred-port': {
    status: 403,
    en: 'The port belongs to printers, which print what they get; nothing was sent to it.',
    da: 'Porten hører til printere, som udskriver det, de får; intet er sendt til den.',
  },
  'scope.outside': {
    status: 403,
    en: 'The address is not in the approved scope; nothing was sent to it.',
    da: 'Adressen er ikke i det godkendte område; intet er sendt til den.',
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
  'segment.exists': {
    status: 409,
    en: 'There is a segment with this key already.',
    da: 'Der er allerede et segment med denne nøgle.',
  },
  'segment.freeze-unknown': {
    status: 404,
    en: 'The segment has no freeze with this number. `ophav-collector segment safety KEY` lists them.',
    da: 'Segmentet har ingen scanningspause med dette nummer. `ophav-collector segment safety KEY` viser dem.',
  },
  'segment.range-outside': {
    status: 400,
    en: "This range does not lie within the segment's ranges.",
    da: 'Området ligger ikke inden for segmentets områder.',
  },
  'segment.safety-invalid': {
    status: 422,
    en: 'This is no window, freeze or limit. Days are mon-sun, times 22:00, dates 2026-12-24 or 2026-12-24T08:00; the end lies after the beginning.',
    da: 'Dette er ikke et tidsrum, en pause eller en grænse. Dage er mon-sun, tider 22:00, datoer 2026-12-24 eller 2026-12-24T08:00; slutningen ligger efter begyndelsen.',
  },
  'segment.unknown': {
    status: 404,
    en: 'There is no segment with this key. See `ophav-collector segment list`.',
    da: 'Der er intet segment med denne nøgle. Se `ophav-collector segment list`.',
  },
  'spool.corrupt': {
    status: 500,
    en: "The spool's file is damaged. The agent sets it aside at its next start and begins a new one; what it held unsent is told anew by the next scans.",
    da: 'Køens fil er beskadiget. Agenten lægger den til side ved næste start og begynder en ny; det usendte fortælles på ny af de næste scanninger.',
  },
  'spool.full': {
    status: 507,
    en: 'The disk is full or fails: what was just seen is counted as dropped, and scans go on. Make room on the disk.',
    da: 'Disken er fuld eller fejler: det netop sete tælles som tabt, og scanningerne fortsætter. Skaf plads på disken.',
  },
  'spool.unreadable': {
    status: 500,
    en: "The spool cannot be opened. Check the state directory's owner, mode and free space.",
    da: 'Køen kan ikke åbnes. Se efter tilstandsmappens ejer, rettigheder og ledige plads.',
  },
  'state.in-use': {
    status: 409,
    en: 'Another agent works with this state directory. Stop it, or give another one with --state.',
    da: 'En anden agent arbejder med denne tilstandsmappe. Stop den, eller angiv en anden med --state.',
  },
  'state.unwritable': {
    status: 500,
    en: 'The state directory cannot be written. Check its owner, mode and free space, or give another one with --state.',
    da: 'Tilstandsmappen kan ikke skrives. Se efter ejer, rettigheder og ledig plads, eller angiv en anden med --state.',
  },
  'store.busy': {
    status: 503,
    en: 'Another program holds the database. Try again when it has finished.',
    da: 'Et andet program holder databasen. Prøv igen, når det er færdigt.',
  },
  'store.full': {
    status: 507,
    en: 'The disk is full or fails; nothing was half applied. Make room, then try again.',
    da: 'Disken er fuld eller fejler; intet er halvt gennemført. Skaf plads, og prøv igen.',
  },
  'store.newer': {
    status: 500,
    en: 'The database was made by a newer program. Install that version, or restore a backup.',
    da: 'Databasen er lavet af et nyere program. Installér den version, eller gendan en sikkerhedskopi.',
  },
  'store.unreadable': {
    status: 500,
    en: 'The database file cannot be read as one. Check path and permissions, or restore a backup.',
    da: 'Databasefilen kan ikke læses. Se efter sti og rettigheder, eller gendan en sikkerhedskopi.',
  },
  'type.unknown': {
    status: 404,
    en: 'There is no hardware type with this key. See `ophav-collector type list`.',
    da: 'Der er ingen hardwaretype med denne nøgle. Se `ophav-collector type list`.',
  },
  'uplink.not-a-collector': {
    status: 502,
    en: "What answers at the collector's address does not speak its protocol. Check the address; a proxy or login page may stand between.",
    da: 'Det, der svarer på collectorens adresse, taler ikke dens protokol. Kontrollér adressen; en proxy eller login-side kan stå imellem.',
  },
  'uplink.refused': {
    status: 502,
    en: 'The collector refused the request with a code that this program does not know. Its log says more.',
    da: 'Collectoren afviste anmodningen med en kode, som dette program ikke kender. Dens log siger mere.',
  },
  'uplink.unreachable': {
    status: 502,
    en: 'The collector cannot be reached. Check address, network and firewall; the agent keeps everything and tries again.',
    da: 'Collectoren kan ikke nås. Kontrollér adresse, netværk og firewall; agenten beholder alt og prøver igen.',
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERROR_CODES
