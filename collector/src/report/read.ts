/** Reads what the reports rest on and compiles them. */
import { dataDates } from '@ophav/oui'
import { listAdministrations } from '../administration/read.ts'
import { readSetting } from '../administration/write.ts'
import { countFigures, countRemainders } from '../count/count.ts'
import { readCountRules, readDeclaredFigures, readDeviceGroups } from '../count/read.ts'
import { listSegments } from '../segment/read.ts'
import type { Db } from '../store/open.ts'
import { compileTabel1 } from './compile-tabel1.ts'
import { compileTabel2 } from './compile-tabel2.ts'
import type { SourceReport, Tabel1, Tabel2 } from './document.ts'
import { formatNumber, formatTime, WORDING, type Language } from './wording.ts'

/** A segment that was last scanned longer ago than this is named under the table. */
const STALE_SCAN_MS = 30 * 86_400_000

const listTypes = (db: Db) => db.selectFrom('hardware_type').selectAll().orderBy('position').execute()

export async function readTabel1(db: Db, language: Language, now = new Date()): Promise<Tabel1> {
  const groups = await readDeviceGroups(db)
  const name = await readSetting(
    db,
    'organisation.name',
    language === 'da' ? 'Organisationen' : 'The organisation',
  )
  return compileTabel1({
    organisation: { name, short: await readSetting(db, 'organisation.short', name) },
    types: await listTypes(db),
    administrations: (await listAdministrations(db)).map((row) => row.key),
    figures: countFigures(groups, await readDeclaredFigures(db), await readCountRules(db)),
    remainders: countRemainders(groups),
    dataGaps: await readDataGaps(db, language, now),
    language,
    asOf: now.toISOString(),
  })
}

export async function readTabel2(db: Db, language: Language, now = new Date()): Promise<Tabel2> {
  const year = await readSetting(db, 'price.year', String(now.getFullYear()))
  return compileTabel2(await readTabel1(db, language, now), await listTypes(db), year, language)
}

export async function readSources(db: Db, language: Language, now = new Date()): Promise<SourceReport> {
  const types = await listTypes(db)
  const figures = countFigures(
    await readDeviceGroups(db),
    await readDeclaredFigures(db),
    await readCountRules(db),
  )
  const administrations = (await listAdministrations(db)).map((row) => row.key)
  const order = (key: string | null) => (key === null ? administrations.length : administrations.indexOf(key))
  const rows = types.flatMap((type) =>
    figures
      .filter((figure) => figure.hardwareType === type.key)
      .sort((a, b) => order(a.administration) - order(b.administration))
      .map(({ administration, discovered, registered, both, inventory, declared, used, count }) => ({
        key: type.key,
        label: language === 'da' ? type.label_da : type.label_en,
        administration,
        discovered,
        registered,
        both,
        inventory,
        declared: declared && {
          low: declared.low,
          high: declared.high,
          statedBy: declared.statedBy,
          statedOn: declared.statedOn,
          note: declared.note,
        },
        used,
        count,
        differs:
          (discovered > 0 && registered > 0 && discovered !== registered) ||
          (declared !== null && inventory > 0 && (inventory < declared.low || inventory > declared.high)),
      })),
  )
  return { format: 'ophav.sources/1', asOf: now.toISOString(), rows }
}

/** Segments that were never, long ago or incompletely scanned, and knowledge that has grown old. */
async function readDataGaps(db: Db, language: Language, now: Date): Promise<string[]> {
  const words = WORDING[language]
  const gaps: string[] = []
  for (const segment of await listSegments(db)) {
    if (segment.status !== 'approved' || segment.critical === 0) continue
    const last = await db
      .selectFrom('coverage')
      .select(['ended_at', 'complete', 'result'])
      .where('segment', '=', segment.key)
      .orderBy('ended_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!last) gaps.push(words.neverScanned(segment.name))
    else if (last.result === 'unreached')
      gaps.push(words.unreachedScan(segment.name, formatTime(last.ended_at, language)))
    else if (last.complete === 0)
      gaps.push(words.incompleteScan(segment.name, formatTime(last.ended_at, language)))
    else if (now.getTime() - Date.parse(last.ended_at) > STALE_SCAN_MS)
      gaps.push(words.staleScan(segment.name, formatTime(last.ended_at, language)))
    const nameless = await countNameless(db, segment.key)
    if (nameless > 0) gaps.push(words.unidentified(formatNumber(nameless, language), segment.name))
  }
  // Ownership and prefixes decide what counts as Chinese; a few enterprise numbers more or less do not.
  const old = dataDates(now).find(({ what, isStale }) => isStale && what !== 'enterprise numbers')
  if (old) gaps.push(words.staleData(old.date))
  return gaps
}

/** What stands on a segment and has no maker: a count of the known would hide it. */
async function countNameless(db: Db, segment: string): Promise<number> {
  const { count } = await db
    .selectFrom('device')
    .select((e) => e.fn.countAll().as('count'))
    .where('segment', '=', segment)
    .where('discovered', '=', 1)
    .where('maker', 'is', null)
    .where('merged_into', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}
