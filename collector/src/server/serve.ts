/** Starts the application: keys, store, address, an orderly end. */
import { loadCollectorKeys } from '../access/collector-key.ts'
import { openStore } from '../store/open.ts'
import { buildApp } from './app.ts'

export interface ServeOptions {
  dataDirectory: string
  host: string
  /** 0 lets the system choose. */
  port: number
  logLevel: string
  version: string
}

/** How long open requests may take to finish when the server ends. */
const CLOSE_TIMEOUT_MS = 5_000

/** @returns the address at which the server answers, and how to end it. */
export async function serve(options: ServeOptions): Promise<{ url: string; close: () => Promise<void> }> {
  const db = await openStore(options.dataDirectory)
  const keys = await loadCollectorKeys(options.dataDirectory)
  const app = await buildApp({ db, keys, logLevel: options.logLevel, version: options.version })
  try {
    await app.listen({ host: options.host, port: options.port })
  } catch (error) {
    await db.destroy()
    throw error
  }
  const { port } = app.server.address() as { port: number }
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  const close = async () => {
    const forced = setTimeout(() => app.server.closeAllConnections(), CLOSE_TIMEOUT_MS).unref()
    await app.close()
    clearTimeout(forced)
    await db.destroy()
  }
  return { url: `http://${host}:${port}`, close }
}
