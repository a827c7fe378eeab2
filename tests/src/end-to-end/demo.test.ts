/** `npm run demo` as a user runs it: the memo's tables come out, and another fleet gives others. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environmentOf } from '../process/command.ts'

const program = fileURLToPath(new URL('../demo/main.ts', import.meta.url))
const small = fileURLToPath(new URL('../demo/fleet/lilleby.yaml', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'ophav-demo-test-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

async function demo(
  ...parameters: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', import.meta.resolve('tsx'), program, ...parameters],
    { stdio: ['ignore', 'pipe', 'pipe'], env: environmentOf() },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

/** What was published; where the figures' own source lies beside the project, that one. */
function published(name: string): unknown {
  const beside = new URL(`../../../../shared/golden/${name}.json`, import.meta.url)
  const kept = new URL(`./expected/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(existsSync(beside) ? beside : kept, 'utf8'))
}

const written = (out: string, name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(out, `${name}.json`), 'utf8')) as Record<string, unknown>

describe('the example municipality', () => {
  const out = join(directory, 'koebenhavn')
  let ended: Awaited<ReturnType<typeof demo>>
  beforeAll(async () => {
    ended = await demo('--exit', '--out', out)
  }, 240_000)

  test('ends well', () => expect(ended).toMatchObject({ code: 0 }))

  test('gives Tabel 1 as it was published, all 41,931 devices and the footnote', () => {
    const table = written(out, 'tabel1')
    expect(table).toMatchObject(published('tabel1') as object)
    const rows = table['rows'] as { total: number }[]
    expect(rows.reduce((sum, { total }) => sum + total, 0)).toBe(41_931)
    expect(ended.stdout).toContain('*Estimeret 200-300 kameraer')
  })

  test('gives Tabel 2 as it was published', () => {
    const { rows, grandTotal } = published('tabel2') as { rows: object[]; grandTotal: number }
    expect(written(out, 'tabel2')).toMatchObject({ rows, grandTotal })
  })
})

describe('another fleet', () => {
  test('gives other tables', async () => {
    const out = join(directory, 'lilleby')
    const { code, stderr } = await demo('--exit', '--fleet', small, '--out', out)
    expect({ code, stderr }).toMatchObject({ code: 0 })
    const rows = written(out, 'tabel1')['rows'] as { key: string; total: number }[]
    expect(rows.filter(({ total }) => total > 0).map(({ key, total }) => [key, total])).toEqual([
      ['surveillance-camera', 3],
      ['educational-pc', 7],
    ])
    expect(written(out, 'tabel2')).toMatchObject({ grandTotal: 3 * 12.5 + 7 * 4 })
  }, 120_000)

  test('that is missing or wrong is refused in words, before anything starts', async () => {
    const missing = await demo('--fleet', join(directory, 'no-such.yaml'))
    expect(missing).toMatchObject({ code: 2 })
    expect(missing.stderr).toContain('there is no such file')
    const bad = join(directory, 'bad.yaml')
    writeFileSync(bad, readFileSync(small, 'utf8').replace('recording: axis-camera', 'recording: toaster'))
    expect((await demo('--fleet', bad)).stderr).toContain('asks for the recording toaster')
  })
})
