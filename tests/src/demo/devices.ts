/** Starts the fleet's devices on loopback: real sockets that answer real SNMP and mDNS. */
import { formatIpv4, parseIpv4 } from '@ophav/shared'
import { loadRecording, type Recording } from '../device/recording.ts'
import { startDevice, type Device } from '../device/start.ts'
import type { DeviceGroup } from './fleet.ts'

export interface FleetDevice {
  segment: string
  address: string
  recording: Recording
  device: Device
}

const SNMP_PORT = 161
const MDNS_PORT = 5353
const LOOPBACK = '127.0.0.1'

/** @param onStarted after each device, with how many there are */
export async function startDevices(
  groups: readonly DeviceGroup[],
  onStarted: (count: number) => void = () => {},
): Promise<FleetDevice[]> {
  const devices: FleetDevice[] = []
  for (const group of groups) {
    const first = parseIpv4(group.from) ?? 0
    for (let index = 0; index < group.count; index++) {
      const address = formatIpv4(first + index)
      const recording = deviceOf(group, index, devices.length)
      const device = await startDevice({
        recording,
        bind: { address: LOOPBACK, snmpPort: 0, mdnsPort: 0 },
        tells: address,
      })
      devices.push({ segment: group.segment, address, recording, device })
      onStarted(devices.length)
    }
  }
  return devices
}

/** Each device has a MAC of its recording's maker, a serial and a name of its own; the same ones every time. */
function deviceOf({ recording: name, models }: DeviceGroup, index: number, number: number): Recording {
  const { values } = loadRecording(name)
  const prefix = values.mac.slice(0, 8)
  const tail = (number + 1).toString(16).padStart(6, '0').match(/../g)?.join(':') ?? '00:00:01'
  const model = models?.[index % models.length] ?? values.model
  const digits = String(number + 1).padStart(6, '0')
  return loadRecording(name, {
    mac: `${prefix}:${tail}`,
    model,
    ...(values.serial.includes('{')
      ? {}
      : { serial: `${values.serial.slice(0, -6).replace(values.model, model)}${digits}` }),
    ...(values.name === '' || values.name.includes('{') ? {} : { name: `${values.name}-${digits}` }),
  })
}

/** Where a segment's addresses answer: what `ophav-agent --port-forwards` reads. */
export const forwardsOf = (
  devices: readonly FleetDevice[],
  segment: string,
): { address: string; port: number; to: number }[] =>
  devices
    .filter((device) => device.segment === segment)
    .flatMap(({ address, device: { ports } }) => [
      ...(ports.snmp === null ? [] : [{ address, port: SNMP_PORT, to: ports.snmp }]),
      ...(ports.mdns === null ? [] : [{ address, port: MDNS_PORT, to: ports.mdns }]),
    ])
