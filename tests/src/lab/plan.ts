/** The lab's own list: which segments there are, who lives on them, and what an identification has to find. */
import { loadRecording, type Values } from '../device/recording.ts'
import type { DaemonName } from './daemon.ts'

export interface LabSegment {
  key: string
  name: string
  purpose: string
  administration: string
  /** The first three octets: each segment is a /24. */
  network: string
}

export interface LabDevice {
  segment: string
  address: string
  mac: string
  /** Null where it cannot be known. */
  maker: string | null
  class: string | null
  /** What stands behind it: a recording that is played, a program of Debian, or a host that speaks IPv6 and no more. */
  from: { recording: string; values: Partial<Values> } | { daemon: DaemonName } | { kernel: 'ipv6' }
}

export const SEGMENTS: readonly LabSegment[] = [
  { key: 'kamera', name: 'Kameranet', purpose: 'camera', administration: 'SOF', network: '10.41.0' },
  { key: 'trafik', name: 'Trafiknet', purpose: 'traffic', administration: 'TMF', network: '10.42.0' },
  { key: 'kontor', name: 'Kontornet', purpose: 'office', administration: 'ØKF', network: '10.43.0' },
]

/** Addresses in each segment; the agent's own is the last but one. */
export const AGENT_HOST = 254
/** Taken out of the scope: it lives, and gets no packet. */
export const EXCLUDED_HOST = 77

const PLAYED: readonly [segment: string, recording: string, count: number][] = [
  ['kamera', 'hikvision-camera', 9],
  ['kamera', 'dahua-camera', 6],
  ['kamera', 'uniview-camera', 4],
  ['kamera', 'axis-camera', 3],
  ['kamera', 'hikvision-recorder', 1],
  ['kamera', 'unknown-device', 1],
  ['trafik', 'hikvision-traffic-camera', 5],
  ['trafik', 'dahua-traffic-camera', 3],
  ['trafik', 'bosch-camera', 2],
  ['kontor', 'huawei-console', 4],
  ['kontor', 'yealink-console', 3],
  ['kontor', 'cisco-console', 2],
  ['kontor', 'huawei-router', 2],
  ['kontor', 'cisco-switch', 1],
  ['kontor', 'hp-printer', 2],
  ['kontor', 'tp-link-access-point', 1],
]

/** A real program's host has a network card with a MAC of a maker that the list names. */
const DAEMONS: readonly LabDevice[] = [
  {
    segment: 'kontor',
    address: '10.43.0.200',
    mac: '00:25:90:11:22:33',
    maker: 'Supermicro',
    class: 'server',
    from: { daemon: 'snmpd' },
  },
  {
    segment: 'kontor',
    address: '10.43.0.201',
    mac: '00:1b:21:11:22:34',
    maker: null,
    class: null,
    from: { daemon: 'snmpd-v3' },
  },
  {
    segment: 'kontor',
    address: '10.43.0.202',
    mac: 'b8:27:eb:11:22:35',
    maker: 'Raspberry Pi',
    class: 'pc',
    from: { daemon: 'avahi' },
  },
  {
    segment: 'trafik',
    address: '10.42.0.200',
    mac: '00:0d:b9:11:22:36',
    maker: 'PC Engines',
    class: null,
    from: { daemon: 'dnsmasq' },
  },
]

/** A host without IPv4: its address is the one that it gives itself. */
const IPV6_ONLY: LabDevice = {
  segment: 'kontor',
  address: 'fe80::20d:b9ff:fe11:2237',
  mac: '00:0d:b9:11:22:37',
  maker: 'PC Engines',
  class: null,
  from: { kernel: 'ipv6' },
}

export function labDevices(): LabDevice[] {
  const next = new Map<string, number>()
  const played = PLAYED.flatMap(([segment, recording, count]) =>
    Array.from({ length: count }, (): LabDevice => {
      const host = (next.get(segment) ?? 9) + 1
      next.set(segment, host)
      return playedDevice(segment, host, recording)
    }),
  )
  return [...played, playedDevice('kamera', EXCLUDED_HOST, 'hikvision-camera'), ...DAEMONS, IPV6_ONLY]
}

function playedDevice(segment: string, host: number, name: string): LabDevice {
  const { values, truth } = loadRecording(name)
  const network = SEGMENTS.find(({ key }) => key === segment)?.network ?? ''
  const octets = network.split('.').map(Number)
  const tail = [octets[1], octets[2], host].map((octet = 0) => octet.toString(16).padStart(2, '0')).join(':')
  const mac = `${values.mac.slice(0, 8)}:${tail}`
  const own =
    values.serial.includes('{') || values.serial === ''
      ? {}
      : { serial: `${values.serial.slice(0, -3)}${String(host).padStart(3, '0')}` }
  return {
    segment,
    address: `${network}.${host}`,
    mac,
    maker: truth.maker,
    class: truth.class,
    from: { recording: name, values: { mac, ...own } },
  }
}
