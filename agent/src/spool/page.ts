/** From the tables of a router or switch to pages that fit into batches. */
import { createHash } from 'node:crypto'
import { MAX_PAGE_ROWS, MAX_PAGES, type NetworkTable, type Observation, type TablePage } from '@ophav/shared'

/** The most octets of a page's rows: eight of them still share a batch. */
const MAX_PAGE_BYTES = 256 * 1024

/** @param observation of the probe that has read the tables */
export const toPages = (tables: readonly NetworkTable[], observation: Observation): TablePage[] =>
  tables.flatMap((table) => pagesOf(table, observation))

function pagesOf(table: NetworkTable, { segment, probe, subject, observedAt }: Observation): TablePage[] {
  const all = cut(table.rows)
  const kept = all.slice(0, MAX_PAGES)
  const reason = table.cut ?? (kept.length < all.length ? 'rows' : undefined)
  return kept.map(
    (rows, page) =>
      ({
        type: 'table',
        segment,
        probe,
        subject,
        observedAt,
        page,
        pages: kept.length,
        ...(reason === undefined ? {} : { cut: reason }),
        table: table.table,
        rows,
      }) as TablePage,
  )
}

/** An empty table is one empty page: that nothing is known is to be told too. */
function cut(rows: readonly object[]): object[][] {
  let page: object[] = []
  const pages = [page]
  let bytes = 0
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row)) + 1
    if (page.length > 0 && (page.length >= MAX_PAGE_ROWS || bytes + size > MAX_PAGE_BYTES)) {
      pages.push((page = []))
      bytes = 0
    }
    page.push(row)
    bytes += size
  }
  return pages
}

/** As what a page is remembered, beside the observations of its probe. */
export const pageKey = ({ probe, table, page }: TablePage): string => `${probe} ${table} ${page}`

/** The probe of such a key, or of a probe's own name. */
export const probeOfKey = (key: string): string => key.split(' ', 1)[0] ?? key

/** 128 bits make a collision impossible in practice. */
const DIGEST_OCTETS = 16

/** What a page says, apart from when: two that are equal here say the same. */
export function pageDigest({ page, pages, cut: reason, rows }: TablePage): Buffer {
  const text = JSON.stringify([page, pages, reason ?? null, rows])
  return createHash('sha256').update(text).digest().subarray(0, DIGEST_OCTETS)
}
