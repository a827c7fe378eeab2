/**
 * The MIBs of a switch for snmpd's `pass_persist`, told from the kernel's own bridge: what it has learnt is what is
 * served, in one VLAN. Run as `bridge-mib.ts BRIDGE VLAN`; the protocol is that of snmpd.conf(5).
 */
import { spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

type Row = [oid: string, type: 'integer' | 'gauge' | 'octet' | 'string', value: string]

interface Link {
  ifindex: number
  ifname: string
  address: string
}
interface Learnt {
  mac: string
  ifname: string
  state: string
}

const BRIDGE_MIB = '1.3.6.1.2.1.17'
const VLAN_NAME = 'kamera'

const [bridge = 'br0', vlan = '1'] = process.argv.slice(2)

function ask<T>(program: string, ...parameters: string[]): T[] {
  const { stdout } = spawnSync(program, parameters, { encoding: 'utf8', timeout: 5_000 })
  return JSON.parse(stdout || '[]') as T[]
}

const hexOf = (mac: string): string => mac.replaceAll(':', ' ')
const arcsOf = (mac: string): string =>
  mac
    .split(':')
    .map((octet) => Number.parseInt(octet, 16))
    .join('.')

/** RFC 4188 and RFC 4363. */
function tables(): Row[] {
  const ports = ask<Link>('ip', '-j', 'link', 'show', 'master', bridge).sort((a, b) => a.ifindex - b.ifindex)
  const [own] = ask<Link>('ip', '-j', 'link', 'show', 'dev', bridge)
  const numberOf = (name: string) => ports.findIndex(({ ifname }) => ifname === name) + 1
  const learnt = ask<Learnt>('bridge', '-j', 'fdb', 'show', 'br', bridge).filter(
    ({ ifname, state }) => state !== 'permanent' && numberOf(ifname) > 0,
  )
  return [
    [`${BRIDGE_MIB}.1.1.0`, 'octet', hexOf(own?.address ?? '')],
    [`${BRIDGE_MIB}.1.2.0`, 'integer', String(ports.length)],
    ...ports.map(({ ifindex }, at): Row => [`${BRIDGE_MIB}.1.4.1.2.${at + 1}`, 'integer', String(ifindex)]),
    ...learnt.map(({ mac, ifname }): Row => [
      `${BRIDGE_MIB}.7.1.2.2.1.2.${DATABASE}.${arcsOf(mac)}`,
      'integer',
      String(numberOf(ifname)),
    ]),
    [`${BRIDGE_MIB}.7.1.4.2.1.3.0.${vlan}`, 'gauge', DATABASE],
    [`${BRIDGE_MIB}.7.1.4.3.1.1.${vlan}`, 'string', VLAN_NAME],
  ]
}

/** Another number than the VLAN's: nobody may take the one for the other. */
const DATABASE = '7'

const sortKey = (oid: string): string =>
  oid
    .split('.')
    .map((arc) => arc.padStart(10, '0'))
    .join('.')

/** One answer for a walk: the kernel is asked anew now and then, not for every object. */
const FRESH_MS = 1_000
let told: { key: string; row: Row }[] = []
let toldAt = 0

function current(): typeof told {
  if (Date.now() - toldAt < FRESH_MS) return told
  told = tables()
    .map((row) => ({ key: sortKey(row[0]), row }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  toldAt = Date.now()
  return told
}

const write = (row: Row | undefined): void =>
  void process.stdout.write(row ? `.${row[0]}\n${row[1]}\n${row[2]}\n` : 'NONE\n')

let command: string | null = null
for await (const line of createInterface({ input: process.stdin })) {
  if (command === null && line === 'PING') process.stdout.write('PONG\n')
  else if (command === null) command = line
  else {
    const key = sortKey(line.replace(/^\./, ''))
    const found =
      command === 'getnext'
        ? current().find((object) => object.key > key)
        : current().find((object) => object.key === key)
    write(found?.row)
    command = null
  }
}
