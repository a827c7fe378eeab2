/** `npm run bench -- NAME`: measures beside the peers, in namespaces of its own. */
import { namespaceObstacle } from '../wire/namespace.ts'
import { benchArp, benchSnmp } from './discovery.ts'
import { benchIdentify } from './identify.ts'
import { benchRest } from './rest.ts'

interface Bench {
  about: string
  needsNamespaces: boolean
  run: () => Promise<void>
}

const BENCHES: Readonly<Record<string, Bench>> = {
  arp: { about: 'ARP sweep of a /16, beside arp-scan', needsNamespaces: true, run: benchArp },
  snmp: { about: 'SNMP sweep of a routed /16, beside onesixtyone', needsNamespaces: true, run: benchSnmp },
  rest: { about: 'memory and processor time of an agent at rest', needsNamespaces: true, run: benchRest },
  discovery: {
    about: 'all of these: ARP, SNMP, an agent at rest',
    needsNamespaces: true,
    run: async () => {
      await benchArp()
      await benchSnmp()
      await benchRest()
    },
  },
  identify: {
    about: 'devices identified in a second, loading time and memory',
    needsNamespaces: false,
    run: benchIdentify,
  },
}

const [name = ''] = process.argv.slice(2)
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
if (!bench) {
  const list = Object.entries(BENCHES).map(([key, { about }]) => `  ${key.padEnd(10)} ${about}`)
  process.stdout.write(`npm run bench -- NAME\n\n${list.join('\n')}\n`)
  process.exit(name === '' || name === '--help' ? 0 : 2)
}
const obstacle = bench.needsNamespaces ? await namespaceObstacle() : null
if (obstacle !== null) {
  process.stderr.write(`This benchmark cannot run here: ${obstacle}.\n`)
  process.exit(1)
}
await bench.run()
