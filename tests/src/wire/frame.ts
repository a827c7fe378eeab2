/** Frames as the simulator reads and writes them: Ethernet II, ARP (RFC 826), IPv4 (RFC 791), UDP (RFC 768). */

export interface ArpRequest {
  type: 'arp'
  operation: number
  senderMac: Buffer
  sender: number
  target: number
}

export interface UdpFrame {
  type: 'udp'
  sourceMac: Buffer
  destinationMac: Buffer
  source: number
  destination: number
  sourcePort: number
  destinationPort: number
  payload: Buffer
}

/** Anything else over IPv4: counted, never answered. */
export interface OtherFrame {
  type: 'ipv4'
  destination: number
  protocol: number
  destinationPort: number
}

/** @returns null for what is neither ARP nor IPv4, or cut short */
export function readFrame(frame: Buffer): ArpRequest | UdpFrame | OtherFrame | null {
  if (frame.length < 34) return null
  const type = frame.readUInt16BE(12)
  if (type === 0x0806 && frame.length >= 42)
    return {
      type: 'arp',
      operation: frame.readUInt16BE(20),
      senderMac: frame.subarray(22, 28),
      sender: frame.readUInt32BE(28),
      target: frame.readUInt32BE(38),
    }
  if (type !== 0x0800) return null
  const headerLength = ((frame[14] ?? 0) & 0x0f) * 4
  const transport = 14 + headerLength
  const destination = frame.readUInt32BE(30)
  const protocol = frame[23] ?? 0
  if (frame.length < transport + 8) return { type: 'ipv4', destination, protocol, destinationPort: 0 }
  const destinationPort = frame.readUInt16BE(transport + 2)
  if (protocol !== 17) return { type: 'ipv4', destination, protocol, destinationPort }
  const length = frame.readUInt16BE(transport + 4)
  return {
    type: 'udp',
    destinationMac: frame.subarray(0, 6),
    sourceMac: frame.subarray(6, 12),
    source: frame.readUInt32BE(26),
    destination,
    sourcePort: frame.readUInt16BE(transport),
    destinationPort,
    payload: frame.subarray(transport + 8, transport + Math.max(8, length)),
  }
}

/** Writes at the start of `target`. @returns the frame's length */
export function writeArpReply(target: Buffer, mac: Buffer, request: ArpRequest): number {
  request.senderMac.copy(target, 0)
  mac.copy(target, 6)
  target.writeUInt16BE(0x0806, 12)
  target.writeUInt16BE(1, 14)
  target.writeUInt16BE(0x0800, 16)
  target.writeUInt16BE(0x0604, 18)
  target.writeUInt16BE(2, 20)
  mac.copy(target, 22)
  target.writeUInt32BE(request.target, 28)
  request.senderMac.copy(target, 32)
  target.writeUInt32BE(request.sender, 38)
  return 42
}

export interface UdpEnds {
  sourceMac: Buffer
  destinationMac: Buffer
  source: number
  destination: number
  sourcePort: number
  destinationPort: number
}

/** Without a UDP checksum, which IPv4 leaves free (RFC 768). @returns the frame's length */
export function writeUdp(target: Buffer, ends: UdpEnds, payload: Buffer): number {
  ends.destinationMac.copy(target, 0)
  ends.sourceMac.copy(target, 6)
  target.writeUInt16BE(0x0800, 12)
  target.writeUInt16BE(0x4500, 14)
  target.writeUInt16BE(28 + payload.length, 16)
  target.writeUInt32BE(0x00004000, 18)
  target.writeUInt16BE(0x4011, 22)
  target.writeUInt16BE(0, 24)
  target.writeUInt32BE(ends.source, 26)
  target.writeUInt32BE(ends.destination, 30)
  let sum = 0
  for (let offset = 14; offset < 34; offset += 2) sum += target.readUInt16BE(offset)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  target.writeUInt16BE(~sum & 0xffff, 24)
  target.writeUInt16BE(ends.sourcePort, 34)
  target.writeUInt16BE(ends.destinationPort, 36)
  target.writeUInt16BE(8 + payload.length, 38)
  target.writeUInt16BE(0, 40)
  payload.copy(target, 42)
  return 42 + payload.length
}
