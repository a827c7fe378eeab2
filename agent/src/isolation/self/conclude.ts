/** The check SELF: whether this machine could connect the networks it stands on. */
import type { MachineFacts } from './machine.ts'

export interface SelfReason {
  what: 'forwarding' | 'bridge' | 'proxy' | 'nat'
  says: string
  advice: string
}

export interface SelfCheck {
  /** `not-checked` where the system does not tell. */
  outcome: 'pass' | 'violation' | 'not-checked'
  reasons: SelfReason[]
  /** What could not be looked at. */
  notChecked: string[]
}

export function checkSelf(facts: MachineFacts): SelfCheck {
  const reasons: SelfReason[] = []
  if (facts.forwarding.length > 0 && facts.homes.length >= 2)
    reasons.push({
      what: 'forwarding',
      says: `packets are passed on (${facts.forwarding.join(', ')}) between ${facts.homes.join(', ')}`,
      advice: `sysctl -w net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0, and the same in /etc/sysctl.d; or take all but one network away. ${engineAdvice(facts)}`,
    })
  for (const { name, ports } of facts.bridges ?? [])
    reasons.push({
      what: 'bridge',
      says: `the bridge ${name} connects ${ports.join(', ')}`,
      advice: `take the ports out (ip link set PORT nomaster) or delete the bridge. ${engineAdvice(facts)}`,
    })
  if (facts.proxies.length > 0)
    reasons.push({
      what: 'proxy',
      says: `ARP or ND is answered for others (${facts.proxies.join(', ')})`,
      advice: 'sysctl -w net.ipv4.conf.INTERFACE.proxy_arp=0 net.ipv6.conf.INTERFACE.proxy_ndp=0',
    })
  for (const rule of facts.nat ?? [])
    reasons.push({
      what: 'nat',
      says: `addresses are translated: ${rule}`,
      advice: `remove the rule from the packet filter (nft, iptables). ${engineAdvice(facts)}`,
    })
  return {
    outcome: reasons.length > 0 ? 'violation' : facts.isKnown ? 'pass' : 'not-checked',
    reasons: reasons.map((reason) => ({ ...reason, advice: reason.advice.trim() })),
    notChecked: [
      ...(facts.isKnown ? [] : ['forwarding, bridges and proxies: this system does not tell']),
      ...(facts.bridges === null ? ['bridges: the program ip is missing'] : []),
      ...(facts.nat === null ? ['address translation: nft and iptables-save are missing or need root'] : []),
    ],
  }
}

/** Engines switch forwarding on at each start; switching it off alone does not last. */
const engineAdvice = ({ engines }: MachineFacts): string =>
  engines.length === 0
    ? ''
    : `A container engine or hypervisor (${engines.join(', ')}) is at work here and switches forwarding on at each start: give the agent a machine of its own, or remove the engine; for Docker, "ip-forward": false, "ip-masq": false and "iptables": false in /etc/docker/daemon.json keep it from it (containers then reach no network).`
