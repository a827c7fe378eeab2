/**
 * `npm start`: a collector and an agent on this machine, for real. The agent enrols itself and waits: it sends no
 * packet until an operator has approved a segment. Plain JavaScript: it starts what was built, and ends it.
 *
 *   npm start [-- --listen HOST:PORT] [--data DIR]
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = dirname(fileURLToPath(import.meta.url))
const agentProgram = join(root, 'agent/dist/command/main.js')
const collectorProgram = join(root, 'collector/dist/command/main.js')

const { values } = parseArgs({
  options: {
    listen: { type: 'string', default: '127.0.0.1:8480' },
    data: { type: 'string', default: 'var' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) {
  console.log(`npm start [-- --listen HOST:PORT] [--data DIR]

A collector and an agent on this machine. The agent sends no packet until a segment is approved:

  npm run collector -- segment list --data var/collector
  npm run collector -- segment approve denne-maskine --data var/collector`)
  process.exit(0)
}

const data = join(resolve(values.data), 'collector')
const state = join(resolve(values.data), 'agent')
mkdirSync(data, { recursive: true, mode: 0o700 })

/** The segment on which this machine stands: proposed, and scanned only when an operator approves it. */
const SEGMENT = 'denne-maskine'

/** A network that is wider is proposed in part: the operator knows what belongs to the organisation. */
const WIDEST_PREFIX = 22

function ownRanges() {
  const own = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address?.family === 'IPv4' && !address.internal)
  const ranges = own.map(({ address, cidr }) => {
    const prefix = Number(cidr?.split('/')[1] ?? 32)
    return `${address}/${Math.max(prefix, WIDEST_PREFIX)}`
  })
  return ranges.length > 0 ? ranges : ['127.0.0.1']
}

const collector = spawn(
  process.execPath,
  [collectorProgram, 'serve', '--data', data, '--listen', values.listen],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const children = [collector]
let isEnding = false
const end = () => {
  isEnding = true
  for (const child of children) child.kill('SIGTERM')
}
process.on('SIGINT', end)
process.on('SIGTERM', end)
collector.on('exit', (code) => {
  end()
  process.exitCode = code ?? 1
})

const lines = createInterface({ input: collector.stdout })
const [line = '{}'] = await Promise.race([once(lines, 'line'), once(collector, 'exit').then(() => ['{}'])])
const { url } = JSON.parse(line)
if (url !== undefined && !isEnding) {
  if (!existsSync(join(state, 'enrolment.json'))) enrol(url)
  const agent = spawn(process.execPath, [agentProgram, 'run', '--state', state, '--log-level', 'info'], {
    stdio: 'inherit',
  })
  children.push(agent)
  agent.on('exit', (code) => {
    if (!isEnding && code !== 0) process.exitCode = code ?? 1
  })
  console.log(`Ophav's pages are at ${url}/ until you press Ctrl-C.`)
  console.log(`The agent sends no packet until its segment is approved. Look at what is proposed, then approve it:
  npm run collector -- segment list --data ${data}
  npm run collector -- segment approve ${SEGMENT} --data ${data}`)
}

function enrol(collectorUrl) {
  const ranges = ownRanges().flatMap((range) => ['--range', range])
  const name = `Segmentet ved ${hostname()}`
  run(collectorProgram, ['segment', 'add', SEGMENT, '--name', name, ...ranges, '--data', data], true)
  const token = run(collectorProgram, ['enrol', '--segment', SEGMENT, '--approve', '--data', data])
  run(
    agentProgram,
    ['enrol', '--collector', collectorUrl, '--token-file', '-', '--state', state],
    false,
    token,
  )
}

/** @param mayFail whether the thing may be there already */
function run(program, parameters, mayFail = false, input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    encoding: 'utf8',
    input,
  })
  if (status === 0 || mayFail) return stdout
  console.error(stderr.trim())
  end()
  process.exit(1)
}
