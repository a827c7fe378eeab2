/** Where reports are read: JSON for programs, pages for people. */
import { ErrorReply } from '@ophav/shared'
import { Type } from 'typebox'
import { findIdentity } from '../inventory/conclude.ts'
import type { App } from '../server/app.ts'
import type { Db } from '../store/open.ts'
import { SourceReport, Tabel1, Tabel2 } from './document.ts'
import { devicePage, devicesPage } from './page-device.ts'
import { layout, overviewPage, sourcesPage, tabel1Page, tabel2Page } from './page.ts'
import { readDevice, readDevices, readOverview } from './read-device.ts'
import { readSources, readTabel1, readTabel2 } from './read.ts'
import { readLinks } from '../topology/read.ts'
import { STYLE } from './style.ts'
import { LANGUAGES } from './wording.ts'
import { tabel1Csv, tabel2Csv } from './write-csv.ts'

const Lang = Type.Object({ lang: Type.Enum([...LANGUAGES], { default: 'da' }) })

/** Rows of a page: a screen or three, and a link to the next. */
const PAGE_ROWS = 100

const DeviceQuery = Type.Object({
  lang: Type.Enum([...LANGUAGES], { default: 'da' }),
  type: Type.Optional(Type.String({ maxLength: 64 })),
  administration: Type.Optional(Type.String({ maxLength: 64 })),
  chinese: Type.Optional(Type.Enum(['yes', 'no', 'contested', 'unknown'])),
  segment: Type.Optional(Type.String({ maxLength: 64 })),
  after: Type.Optional(Type.Integer({ minimum: 0 })),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: PAGE_ROWS }),
})

const Text = Type.Union([Type.String(), Type.Null()])
const DeviceList = Type.Object(
  {
    devices: Type.Array(
      Type.Object({
        id: Type.Integer(),
        segment: Text,
        administration: Text,
        address: Text,
        name: Text,
        maker: Text,
        brand: Text,
        model: Text,
        serial: Text,
        class: Text,
        hardwareType: Text,
        chinese: Type.String(),
        country: Text,
        confidence: Type.Number(),
        discovered: Type.Boolean(),
        registered: Type.Boolean(),
        seenBy: Type.Union([Type.Enum(['probe', 'network']), Type.Null()]),
        switch: Text,
        switchDevice: Type.Union([Type.Integer(), Type.Null()]),
        port: Text,
        portAlias: Text,
        vlan: Type.Union([Type.Integer(), Type.Null()]),
        vlanName: Text,
        attachedAt: Text,
      }),
    ),
    /** Give it as `after` to read on; null at the end. */
    next: Type.Union([Type.Integer(), Type.Null()]),
  },
  { $id: 'DeviceList' },
)

const describe = (summary: string, ok: object) => ({
  tags: ['reports'],
  summary,
  response: { 200: ok, '4xx': ErrorReply, '5xx': ErrorReply },
})

export async function reportRoutes(app: App, { db }: { db: Db }): Promise<void> {
  app.get(
    '/api/reports/tabel1',
    { schema: { ...describe('Tabel 1', Tabel1), querystring: Lang } },
    ({ query }) => readTabel1(db, query.lang),
  )
  app.get(
    '/api/reports/tabel2',
    { schema: { ...describe('Tabel 2', Tabel2), querystring: Lang } },
    ({ query }) => readTabel2(db, query.lang),
  )
  app.get(
    '/api/reports/sources',
    { schema: { ...describe('What the sources say', SourceReport), querystring: Lang } },
    ({ query }) => readSources(db, query.lang),
  )
  app.get(
    '/api/devices',
    { schema: { ...describe('Devices, page by page', DeviceList), querystring: DeviceQuery } },
    async ({ query }) => {
      const devices = await readDevices(db, query)
      return { devices, next: devices.length === query.limit ? (devices.at(-1)?.id ?? null) : null }
    },
  )
  pageRoutes(app, db)
}

function pageRoutes(app: App, db: Db): void {
  const hidden = { hide: true, querystring: Lang }
  const csv = 'text/csv; charset=utf-8'
  app.get('/style.css', { schema: { hide: true } }, (_, reply) =>
    reply.type('text/css; charset=utf-8').send(STYLE),
  )
  app.get('/reports/tabel1.csv', { schema: hidden }, async ({ query }, reply) =>
    reply
      .type(csv)
      .header('content-disposition', 'attachment; filename="tabel1.csv"')
      .send(tabel1Csv(await readTabel1(db, query.lang), query.lang)),
  )
  app.get('/reports/tabel2.csv', { schema: hidden }, async ({ query }, reply) =>
    reply
      .type(csv)
      .header('content-disposition', 'attachment; filename="tabel2.csv"')
      .send(tabel2Csv(await readTabel2(db, query.lang), query.lang)),
  )
  app.get('/', { schema: hidden }, async ({ query: { lang } }, reply) => {
    const title = lang === 'da' ? 'Overblik' : 'Overview'
    return reply.type('text/html').send(layout(lang, '/', title, overviewPage(await readOverview(db), lang)))
  })
  app.get('/reports/tabel1', { schema: hidden }, async ({ query: { lang } }, reply) => {
    const report = await readTabel1(db, lang)
    return reply
      .type('text/html')
      .send(layout(lang, '/reports/tabel1', report.title, tabel1Page(report, lang)))
  })
  app.get('/reports/tabel2', { schema: hidden }, async ({ query: { lang } }, reply) => {
    const report = await readTabel2(db, lang)
    return reply
      .type('text/html')
      .send(layout(lang, '/reports/tabel2', report.title, tabel2Page(report, lang)))
  })
  app.get('/reports/sources', { schema: hidden }, async ({ query: { lang } }, reply) => {
    const title = lang === 'da' ? 'Kilder' : 'Sources'
    return reply
      .type('text/html')
      .send(layout(lang, '/reports/sources', title, sourcesPage(await readSources(db, lang), lang)))
  })
  app.get('/devices', { schema: { hide: true, querystring: DeviceQuery } }, async ({ query }, reply) => {
    const { lang, limit } = query
    const rows = await readDevices(db, query)
    const at = (changes: Record<string, unknown>) => {
      const kept = Object.entries({ ...query, ...changes }).filter(([, value]) => value !== undefined)
      return `/devices?${new URLSearchParams(Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))).toString()}`
    }
    const more = rows.length === limit ? at({ after: rows.at(-1)?.id }) : null
    const title = lang === 'da' ? 'Enheder' : 'Devices'
    return reply
      .type('text/html')
      .send(layout(lang, at({ lang: undefined }), title, devicesPage(rows, more, lang)))
  })
  const One = Type.Object({ id: Type.Integer({ minimum: 1 }) })
  app.get(
    '/devices/:id',
    { schema: { ...hidden, params: One } },
    async ({ params: { id }, query: { lang } }, reply) => {
      const row = await readDevice(db, id)
      const title =
        `${row.brand ?? row.maker ?? (lang === 'da' ? 'Ukendt fabrikat' : 'Unknown make')} ${row.model ?? ''}`.trim()
      return reply
        .type('text/html')
        .send(
          layout(
            lang,
            `/devices/${id}`,
            title,
            devicePage(row, await findIdentity(db, id), await readLinks(db, id), lang),
          ),
        )
    },
  )
}
