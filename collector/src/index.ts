/** @ophav/collector: what tests of the whole build upon. */
export { loadCollectorKeys, type CollectorKeys } from './access/collector-key.ts'
export { buildApp, type App } from './server/app.ts'
export { openStore, type Db } from './store/open.ts'
export { readTabel1, readTabel2, readSources } from './report/read.ts'
export type { Tabel1, Tabel2, SourceReport } from './report/document.ts'
