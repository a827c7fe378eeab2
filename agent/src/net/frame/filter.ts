/**
 * A classic BPF program (Linux: Documentation/networking/filter.rst) from wishes, so that the kernel passes on only
 * the frames that somebody wants. What it reads beyond a frame's end drops the frame.
 */
import type { FrameWish } from '../wish.ts'

/** Instruction codes of linux/bpf_common.h, as the classes, sizes and modes add up. */
const LOAD_WORD = 0x20
const LOAD_WORD_AT = 0x40
const LOAD_HALF = 0x28
const LOAD_HALF_AT = 0x48
const LOAD_OCTET_AT = 0x50
const LOAD_X = 0x01
const ADD = 0x04
const ADD_X = 0x0c
const AND = 0x54
const SHIFT_LEFT = 0x64
const A_TO_X = 0x07
const X_TO_A = 0x87
const IF_EQUAL = 0x15
const IF_GREATER = 0x25
const IF_SET = 0x45
const RETURN = 0x06

/** SKF_AD_OFF + SKF_AD_PKTTYPE: whether the frame comes or goes. */
const PACKET_TYPE = 0xfffff004
const PACKET_OUTGOING = 4

const VLAN_TYPES = [0x8100, 0x88a8]
const ETHERTYPE_IPV4 = 0x0800
const ETHERTYPE_IPV6 = 0x86dd
/** IEEE 802.3: smaller values are lengths. */
const MAX_LENGTH_FIELD = 1500
const LLC_SNAP = 0xaaaa
/** The control field and Cisco's 00:00:0c. */
const CISCO_SNAP = 0x0300000c
/** RFC 791: more fragments, or an offset. */
const IS_FRAGMENT = 0x3fff
const PROTOCOL_UDP = 17
const HEADER_HOP_BY_HOP = 0
const HEADER_ICMPV6 = 58
const WHOLE_FRAME = 0xffff

type Label =
  | 'next'
  | 'accept'
  | 'drop'
  | 'plain'
  | 'tagged'
  | 'snap'
  | 'ipv4'
  | 'ipv6'
  | 'udp6'
  | 'ports'
  | 'icmp'
  | 'hop'

interface Instruction {
  code: number
  value: number
  /** Where a condition goes when it holds, and when it does not. */
  yes?: Label
  no?: Label
  label?: Label
}

const INSTRUCTION_OCTETS = 8

/** @returns `struct sock_filter` for each instruction, one after the other */
export function compileFilter(wish: Required<FrameWish>): Buffer {
  const program = write(wish)
  const at = new Map(
    program.flatMap(({ label }, index) => (label === undefined ? [] : [[label, index] as const])),
  )
  const octets = Buffer.alloc(program.length * INSTRUCTION_OCTETS)
  program.forEach(({ code, value, yes = 'next', no = 'next' }, index) => {
    const distance = (label: Label) => (label === 'next' ? 0 : (at.get(label) ?? 0) - index - 1)
    octets.writeUInt16LE(code, index * INSTRUCTION_OCTETS)
    // Throws for a jump backwards or of more than 255: a wish with hundreds of ports.
    octets.writeUInt8(distance(yes), index * INSTRUCTION_OCTETS + 2)
    octets.writeUInt8(distance(no), index * INSTRUCTION_OCTETS + 3)
    octets.writeUInt32LE(value, index * INSTRUCTION_OCTETS + 4)
  })
  return octets
}

function write({ etherTypes, llc, ciscoSnap, udpPorts, icmpv6Types }: Required<FrameWish>): Instruction[] {
  const program: Instruction[] = []
  const add = (code: number, value: number, more: Partial<Instruction> = {}) =>
    void program.push({ code, value, ...more })
  const anyOf = (values: readonly number[], yes: Label = 'accept') =>
    values.forEach((value) => add(IF_EQUAL, value, { yes }))
  const go = (label: Label) => add(IF_EQUAL, 0, { yes: label, no: label })

  add(LOAD_WORD, PACKET_TYPE)
  add(IF_EQUAL, PACKET_OUTGOING, { yes: 'drop' })
  // X is what lies before the type field beyond the two MACs: a tag that the kernel has left in the frame.
  add(LOAD_X, 0)
  add(LOAD_HALF, 12)
  anyOf(VLAN_TYPES, 'tagged')
  go('plain')
  add(LOAD_X, 4, { label: 'tagged' })

  add(LOAD_HALF_AT, 12, { label: 'plain' })
  anyOf(etherTypes)
  add(IF_EQUAL, ETHERTYPE_IPV4, { yes: 'ipv4' })
  add(IF_EQUAL, ETHERTYPE_IPV6, { yes: 'ipv6' })
  add(IF_GREATER, MAX_LENGTH_FIELD, { yes: 'drop' })
  add(LOAD_HALF_AT, 14)
  anyOf(llc)
  add(IF_EQUAL, LLC_SNAP, { yes: 'snap', no: 'drop' })

  // What stands behind the access points: control field (3, unnumbered) and organisation; then the protocol.
  add(LOAD_WORD_AT, 16, { label: 'snap' })
  add(IF_EQUAL, CISCO_SNAP, { no: 'drop' })
  add(LOAD_HALF_AT, 20)
  anyOf(ciscoSnap)
  go('drop')

  add(LOAD_HALF_AT, 20, { label: 'ipv4' })
  add(IF_SET, IS_FRAGMENT, { yes: 'drop' })
  add(LOAD_OCTET_AT, 23)
  add(IF_EQUAL, PROTOCOL_UDP, { no: 'drop' })
  add(LOAD_OCTET_AT, 14)
  add(AND, 0x0f)
  add(SHIFT_LEFT, 2)
  add(ADD_X, 0)
  add(A_TO_X, 0)
  go('ports')

  add(LOAD_OCTET_AT, 20, { label: 'ipv6' })
  add(IF_EQUAL, PROTOCOL_UDP, { yes: 'udp6' })
  add(IF_EQUAL, HEADER_ICMPV6, { yes: 'icmp' })
  add(IF_EQUAL, HEADER_HOP_BY_HOP, { yes: 'hop', no: 'drop' })

  add(X_TO_A, 0, { label: 'udp6' })
  add(ADD, 40)
  add(A_TO_X, 0)

  add(LOAD_HALF_AT, 16, { label: 'ports' })
  anyOf(udpPorts)
  go('drop')

  add(LOAD_OCTET_AT, 54, { label: 'icmp' })
  anyOf(icmpv6Types)
  go('drop')

  add(LOAD_OCTET_AT, 54, { label: 'hop' })
  add(IF_EQUAL, HEADER_ICMPV6, { no: 'drop' })
  add(LOAD_OCTET_AT, 55)
  add(IF_EQUAL, 0, { no: 'drop' })
  add(LOAD_OCTET_AT, 62)
  anyOf(icmpv6Types)
  go('drop')

  add(RETURN, WHOLE_FRAME, { label: 'accept' })
  add(RETURN, 0, { label: 'drop' })
  return program
}
