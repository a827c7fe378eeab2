/** What this machine could connect: forwarding, bridges, proxy ARP, as the kernel shows them. */
import { readdirSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'

export interface MachineFacts {
  /** Interfaces, loopback apart, that have an address of their own. */
  homes: string[]
  /** `ipv4 eth0`: where packets for others are passed on. */
  forwarding: string[]
  /** Bridges that connect at least two ports. */
  bridges: { name: string; ports: string[] }[]
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
  const names = list(join(root, 'sys/class/net'))
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
    bridges: names
      .map((name) => ({ name, ports: list(join(root, 'sys/class/net', name, 'brif')) }))
      .filter(({ ports }) => ports.length >= 2),
    engines: names.filter((name) => ENGINE.test(name)),
    isKnown: names.length > 0,
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
