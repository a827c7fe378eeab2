/** Programs of Debian, each in a namespace of its own on the lab's segments. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Namespace } from '../wire/namespace.ts'

export type DaemonName = 'snmpd' | 'snmpd-v3' | 'avahi' | 'dnsmasq'

export interface RunningDaemon {
  stop: () => Promise<void>
}

const PATHS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/sbin', '/bin']

export const findProgram = (name: string): string | null =>
  PATHS.map((path) => join(path, name)).find((path) => existsSync(path)) ?? null

/** Programs that the lab needs and does not find. */
export const missingPrograms = (): string[] =>
  ['snmpd', 'avahi-daemon', 'dnsmasq', 'ip', 'nsenter', 'unshare'].filter(
    (name) => findProgram(name) === null,
  )

/** SNMPv3 as the lab's agents know it: authPriv with SHA-256 and AES (RFC 7860, RFC 3826). */
export const V3_CREDENTIAL = {
  version: '3',
  user: 'ophav',
  authProtocol: 'sha256',
  authKey: 'laboratorium-auth',
  privProtocol: 'aes',
  privKey: 'laboratorium-priv',
} as const

const SNMPD = {
  snmpd: ['rocommunity public', 'sysName kontor-server'],
  'snmpd-v3': [
    `createUser ${V3_CREDENTIAL.user} SHA-256 ${V3_CREDENTIAL.authKey} AES ${V3_CREDENTIAL.privKey}`,
    `rouser ${V3_CREDENTIAL.user} authpriv`,
    'sysName lukket-server',
  ],
}

export async function startDaemon(
  name: DaemonName,
  namespace: Namespace,
  address: string,
  directory: string,
): Promise<RunningDaemon> {
  mkdirSync(directory, { recursive: true })
  if (name === 'avahi') return startAvahi(namespace, directory)
  if (name === 'dnsmasq')
    return launch(namespace, [
      findProgram('dnsmasq') ?? '',
      '--no-daemon',
      '--conf-file=/dev/null',
      '--no-resolv',
      '--no-hosts',
      `--listen-address=${address}`,
      '--bind-interfaces',
      '--user=root',
      '--pid-file=',
    ])
  return startSnmpd(namespace, address, directory, SNMPD[name])
}

/** @param lines of snmpd.conf(5) */
export function startSnmpd(
  namespace: Namespace,
  address: string,
  directory: string,
  lines: readonly string[],
): Promise<RunningDaemon> {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, 'snmpd.conf')
  writeFileSync(file, [`agentaddress udp:${address}:161`, ...lines, ''].join('\n'))
  return launch(namespace, [findProgram('snmpd') ?? '', '-f', '-Ln', '-C', '-c', file], {
    SNMP_PERSISTENT_DIR: directory,
    MIBS: '',
  })
}

/** Lines of snmpd.conf(5) that make it the agent of a switch: the kernel's bridge of this name, all in one VLAN. */
export function switchLines(bridge: string, vlan: number): string[] {
  const program = fileURLToPath(new URL('./bridge-mib.ts', import.meta.url))
  const command = [process.execPath, '--import', import.meta.resolve('tsx'), program, bridge, vlan].join(' ')
  return ['rocommunity public', 'sysServices 2', `pass_persist .1.3.6.1.2.1.17 ${command}`]
}

/** avahi-daemon has fixed places for its socket and its services: it gets a view of the disk in which they are its own. */
function startAvahi(namespace: Namespace, directory: string): Promise<RunningDaemon> {
  const services = join(directory, 'services')
  mkdirSync(services, { recursive: true })
  const service = `<?xml version="1.0"?><!DOCTYPE service-group SYSTEM "avahi-service.dtd"><service-group><name>skaerm-1</name><service><type>_http._tcp</type><port>80</port><txt-record>vendor=Raspberry Pi</txt-record></service></service-group>`
  writeFileSync(join(services, 'screen.service'), service)
  const configuration = join(directory, 'avahi.conf')
  writeFileSync(
    configuration,
    '[server]\nhost-name=skaerm-1\nuse-ipv4=yes\nuse-ipv6=no\nenable-dbus=no\n[publish]\npublish-workstation=yes\n',
  )
  const script = `mount -t tmpfs tmpfs /run && mkdir -p /run/avahi-daemon /etc/avahi/services && mount --bind ${services} /etc/avahi/services && exec ${findProgram('avahi-daemon')} -f ${configuration} --no-drop-root --no-chroot --no-rlimits`
  return launch(namespace, ['unshare', '-m', 'sh', '-c', script])
}

/** A program that ends at once was not able to start; its own words say why. */
const SETTLE_MS = 300

async function launch(
  namespace: Namespace,
  command: readonly string[],
  environment: Record<string, string> = {},
): Promise<RunningDaemon> {
  const [program = '', ...rest] = [...namespace.through, ...command]
  const child: ChildProcess = spawn(program, rest, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment },
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)))
  const ended = once(child, 'close')
  const early = await Promise.race([ended.then(() => true), sleep(SETTLE_MS, false)])
  if (early) throw new Error(`${command.at(0)} did not stay: ${said.trim()}`)
  return {
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
