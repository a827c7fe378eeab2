/** A simulated device on sockets of its own: on loopback, or inside a namespace that a test made. */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { answer, PORTS } from './answer.ts'
import type { Recording } from './recording.ts'

export interface DeviceOptions {
  /** From `loadRecording`. */
  recording: Recording
  bind: {
    address: string
    /** 0 lets the system choose; absent or null, the device is deaf to the protocol. */
    snmpPort?: number | null
    mdnsPort?: number | null
    /** Joins the mDNS group on the interface with `address`, and answers there too. Needs port 5353. */
    multicast?: boolean
  }
  /** The address that the device tells others, where it is not the one that it is bound to. */
  tells?: string
}

export interface Device {
  /** Null where the device does not speak the protocol. */
  ports: { snmp: number | null; mdns: number | null }
  close(): Promise<void>
}

/** RFC 6762 3. */
const MDNS_GROUP = '224.0.0.251'

export async function startDevice({ recording, bind, tells = bind.address }: DeviceOptions): Promise<Device> {
  const sockets: Socket[] = []
  const listen = async (
    port: number,
    host: string | undefined,
    answersTo: (
      data: Buffer,
      from: RemoteInfo,
    ) => { replies: Buffer[]; to: { port: number; address: string } },
  ): Promise<Socket> => {
    const socket = createSocket({ type: 'udp4', reuseAddr: host === undefined })
    sockets.push(socket)
    socket.on('message', (data, from) => {
      const { replies, to } = answersTo(data, from)
      for (const reply of replies) socket.send(reply, to.port, to.address)
    })
    socket.bind(port, host)
    await once(socket, 'listening')
    // Whoever has asked may be gone when the answer comes.
    socket.on('error', () => {})
    return socket
  }
  const wants = (port: number | null | undefined): port is number => port !== undefined && port !== null

  const ports: Device['ports'] = { snmp: null, mdns: null }
  if (recording.snmp && wants(bind.snmpPort)) {
    const socket = await listen(bind.snmpPort, bind.address, (data, to) => ({
      replies: answer(recording, 'snmp', data),
      to,
    }))
    ports.snmp = (socket.address() as AddressInfo).port
  }
  if (recording.mdns && wants(bind.mdnsPort)) {
    const socket = await listen(bind.mdnsPort, bind.multicast ? undefined : bind.address, (data, from) => {
      const isGroup = bind.multicast === true && from.port === PORTS.mdns
      return {
        replies: answer(recording, isGroup ? 'mdns-multicast' : 'mdns', data, tells),
        to: isGroup ? { port: PORTS.mdns, address: MDNS_GROUP } : from,
      }
    })
    if (bind.multicast) {
      socket.addMembership(MDNS_GROUP, bind.address)
      socket.setMulticastInterface(bind.address)
    }
    ports.mdns = (socket.address() as AddressInfo).port
  }
  return {
    ports,
    close: async () => {
      await Promise.all(
        sockets.map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))),
      )
    },
  }
}
