/** What this machine could connect: forwarding, bridges, proxy ARP, as the kernel shows them. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { interfaceNames, isSysfsOurs, SYSFS } from '../../net/interface-list.ts'

export interface MachineFacts {
  /** Interfaces, loopback apart, that have an address of their own. */
  homes: string[]
  /** `ipv4 eth0`: where packets for others are passed on. */
  forwarding: string[]
  /** Bridges that connect at least two ports; null where nobody could look. */
  bridges: { name: string; ports: string[] }[] | null
  /** Where this machine answers ARP or ND for others. */
  proxies: string[]
  /** Rules that translate addresses; null where nobody could look. */
  nat: string[] | null
  /** Interfaces that container engines and hypervisors make. */
  engines: string[]
  /** Whether the system tells at all: Linux does. */
  isKnown: boolean
}

/** Interfaces of Docker, Podman, CNI, libvirt, LXD and Kubernetes' networks, by their customary names. */
const ENGINE = /^(docker|br-[0-9a-f]{12}|podman|cni|virbr|lxcbr|lxdbr|flannel|cali|cilium)/

/** @param root where the system's files are */
export function readMachine(root = '/', homes: string[] = ownHomes()): Omit<MachineFacts, 'nat'> {
  const names = interfaceNames(root) ?? []
  const bridges = isSysfsOurs(root) ? bridgesOfSysfs(root, names) : bridgesOfProgram()
  const setTo1 = (family: string, setting: string) =>
    list(join(root, `proc/sys/net/${family}/conf`)).filter(
      (name) =>
        name !== 'lo' &&
        name !== 'default' &&
        read(join(root, `proc/sys/net/${family}/conf`, name, setting)) === '1',
    )
  const labelled = (family: string, setting: string) =>
    setTo1(family, setting).map((name) => `${family} ${name}`)
  return {
    homes,
    forwarding: [...labelled('ipv4', 'forwarding'), ...labelled('ipv6', 'forwarding')],
    proxies: [...labelled('ipv4', 'proxy_arp'), ...labelled('ipv6', 'proxy_ndp')],
    bridges: bridges?.filter(({ ports }) => ports.length >= 2) ?? null,
    engines: names.filter((name) => ENGINE.test(name)),
    isKnown: names.length > 0,
  }
}

const bridgesOfSysfs = (root: string, names: readonly string[]) =>
  names.map((name) => ({ name, ports: list(join(root, SYSFS, name, 'brif')) }))

const PROGRAM_MS = 2_000

/** ip-link(8): each interface, with its master and what kind it is. */
function bridgesOfProgram(): { name: string; ports: string[] }[] | null {
  const { status, stdout } = spawnSync('ip', ['-json', '-details', 'link', 'show'], {
    encoding: 'utf8',
    timeout: PROGRAM_MS,
  })
  if (status !== 0) return null
  try {
    const links = JSON.parse(stdout) as {
      ifname: string
      master?: string
      linkinfo?: { info_kind?: string }
    }[]
    return links
      .filter(({ linkinfo }) => linkinfo?.info_kind === 'bridge')
      .map(({ ifname }) => ({
        name: ifname,
        ports: links.filter(({ master }) => master === ifname).map((port) => port.ifname),
      }))
  } catch {
    return null
  }
}

/** Link-local addresses are on every interface and lead nowhere by themselves. */
function ownHomes(): string[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.some(({ internal, address }) => !internal && !/^fe80:/i.test(address)) ? [name] : [],
  )
}

function list(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
