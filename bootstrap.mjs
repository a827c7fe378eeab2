/**
 * Runs a task of the project on a machine that may have nothing but Node and npm: installs what is missing
 * or stale, builds what the task needs, then hands over. Plain JavaScript, because nothing is installed yet.
 *
 *   node bootstrap.mjs demo|test|start|bench|agent|collector [ARGUMENT ...]
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.ophav-installed')
const lock = join(root, '.ophav-installing')

/** Compiling SQLite takes about a minute on a small machine; a lock older than this belongs to nobody. */
const LOCK_AGE_MS = 15 * 60_000

/** What each task runs after the installation; `build` where it runs compiled programs. */
const TASKS = {
  demo: { build: true, script: 'tests/dist/demo/main.js' },
  start: { build: true, script: 'start.mjs' },
  bench: { build: true, script: 'tests/dist/bench/main.js' },
  agent: { build: true, script: 'agent/dist/packed/main.mjs' },
  collector: { build: true, script: 'collector/dist/command/main.js' },
  test: { build: false, script: 'node_modules/vitest/vitest.mjs', before: ['run'] },
}

const [task, ...rest] = process.argv.slice(2)
if (!Object.hasOwn(TASKS, task ?? '')) {
  console.error(`Usage: node bootstrap.mjs ${Object.keys(TASKS).join('|')} [ARGUMENT ...]`)
  process.exit(2)
}
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Ophav needs Node 20.19 or newer; this is ${process.version}.`)
  process.exit(2)
}

await install()
if (TASKS[task].build) build()
handOver()

/** What an installation depends on: the pinned packages and the machine they were compiled for. */
function wanted() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.version} ${process.platform} ${process.arch}`)
    .digest('hex')
}

async function install() {
  const isCurrent = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted()
  if (isCurrent()) return
  await acquireLock()
  try {
    if (isCurrent()) return
    const fresh = !existsSync(modules)
    console.error(
      fresh ? 'Installing packages (about a minute the first time) ...' : 'Bringing packages up to date ...',
    )
    // Every machine installs what the lock file pins; `--no-save` keeps a stale tree from rewriting it.
    run(
      'npm',
      fresh ? ['ci', '--no-audit', '--no-fund'] : ['install', '--no-save', '--no-audit', '--no-fund'],
    )
    writeFileSync(stamp, wanted())
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

/** Two tasks that start together on a fresh clone install once. Creating a directory is atomic everywhere. */
async function acquireLock() {
  for (;;) {
    try {
      mkdirSync(lock)
      return
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
      if (age > LOCK_AGE_MS) rmSync(lock, { recursive: true, force: true })
      else await sleep(500)
    }
  }
}

function build() {
  const turbo = join(modules, 'turbo', 'bin', 'turbo')
  const result = spawnSync(
    process.execPath,
    [turbo, 'run', 'build', '--output-logs=errors-only', '--log-order=grouped'],
    {
      cwd: root,
      env: {
        ...process.env,
        TURBO_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
        TURBO_PRINT_VERSION_DISABLED: '1',
      },
      encoding: 'utf8',
    },
  )
  if (result.status === 0) return
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  process.exit(result.status ?? 1)
}

function run(command, args) {
  // npm is a script on Windows, which only a shell starts; the arguments are constants.
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...ownHeaders() },
    shell: process.platform === 'win32',
  })
  if (result.status === 0) return
  console.error(`${command} ${args.join(' ')} failed${result.error ? `: ${result.error.message}` : ''}.`)
  rmSync(lock, { recursive: true, force: true })
  process.exit(result.status ?? 1)
}

/**
 * Where no ready-made SQLite fits, it is compiled. A Node that came with its headers needs no download of them.
 */
function ownHeaders() {
  const prefix = dirname(dirname(process.execPath))
  const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'))
  return hasHeaders && !process.env.npm_config_nodedir ? { npm_config_nodedir: prefix } : {}
}

function handOver() {
  const { script, before = [] } = TASKS[task]
  const child = spawn(process.execPath, [join(root, script), ...before, ...rest], {
    cwd: task === 'test' ? root : process.cwd(),
    stdio: 'inherit',
  })
  // The terminal sends Ctrl-C to the child as well: this process only waits for its end.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => signal === 'SIGTERM' && child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
