/**
 * Packs the compiled program into a few files: it starts in a third of the time, and an agent at rest takes 40 MB less.
 * What is imported late stays apart; native code and the data of `oui` stay where they are installed.
 */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const directory = fileURLToPath(new URL('dist/packed/', import.meta.url))
rmSync(directory, { recursive: true, force: true })
await build({
  entryPoints: [fileURLToPath(new URL('dist/command/main.js', import.meta.url))],
  bundle: true,
  minify: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  external: ['koffi', 'better-sqlite3', '@ophav/oui'],
  // CommonJS packages ask for `require`, which a module has to make for itself.
  banner: {
    js: "import{createRequire as $$require}from'node:module';const require=$$require(import.meta.url);",
  },
  outdir: directory,
  outExtension: { '.js': '.mjs' },
  logLevel: 'error',
})
