/** Packs a compiled program and the modules that it loads into a file or two, as programs are shipped. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface PackedProgram {
  path: string
  remove: () => void
}

/** CommonJS packages ask for `require`, which a module has to make for itself. */
const BANNER = "import{createRequire as $$require}from'node:module';const require=$$require(import.meta.url);"

/**
 * What is imported late stays apart, so that starting costs no more than what runs.
 * @param program a compiled module beside this one
 */
export async function packProgram(program: string): Promise<PackedProgram> {
  const directory = mkdtempSync(join(import.meta.dirname, 'packed-'))
  await build({
    entryPoints: [fileURLToPath(new URL(program, import.meta.url))],
    bundle: true,
    minify: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    // Native code is found beside the packages.
    external: ['koffi', 'better-sqlite3'],
    banner: { js: BANNER },
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  })
  return {
    path: join(directory, program.replace(/^.*\//, '').replace(/\.js$/, '.mjs')),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
