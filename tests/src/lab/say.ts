/** Sends frames on an interface as they are given, in hex: for what no program of Debian says. */
import { openPacketSocket } from '../wire/packet-socket.ts'

const [interfaceName = '', ...frames] = process.argv.slice(2)
const socket = openPacketSocket(interfaceName)
for (const frame of frames) socket.send(Buffer.from(frame, 'hex'))
socket.close()
