/** Which frames somebody wants to hear: what the kernel's filter lets through, and which groups the card listens to. */

export interface FrameWish {
  /** Ethernet II (IEEE 802.3): type fields. */
  etherTypes?: readonly number[]
  /** IEEE 802.2: destination and source service access point, as one 16-bit number. */
  llc?: readonly number[]
  /** IEEE 802: SNAP protocols of Cisco's organisation, 00:00:0c. */
  ciscoSnap?: readonly number[]
  /** UDP destination ports, over IPv4 and IPv6, in whole datagrams. */
  udpPorts?: readonly number[]
  /** ICMPv6 message types (RFC 4443), also behind a hop-by-hop header of eight octets (RFC 2711), as MLD has it. */
  icmpv6Types?: readonly number[]
  /** Link-layer groups, which a card passes on only when asked to. */
  groups?: readonly string[]
}

/** All wishes in one, each thing once. */
export function joinWishes(wishes: readonly FrameWish[]): Required<FrameWish> {
  const all = <T>(pick: (wish: FrameWish) => readonly T[] | undefined): T[] => [
    ...new Set(wishes.flatMap((wish) => pick(wish) ?? [])),
  ]
  return {
    etherTypes: all((wish) => wish.etherTypes),
    llc: all((wish) => wish.llc),
    ciscoSnap: all((wish) => wish.ciscoSnap),
    udpPorts: all((wish) => wish.udpPorts),
    icmpv6Types: all((wish) => wish.icmpv6Types),
    groups: all((wish) => wish.groups),
  }
}
