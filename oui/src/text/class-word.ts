/** Words that say what kind of device it is, whoever made it. */
import type { DeviceClass } from '../maker/entry.ts'
import type { Token } from './token.ts'

/** The more specific phrase first: an access point with a router in it calls itself both. */
const PHRASES: readonly (readonly [DeviceClass, readonly string[]])[] = [
  ['traffic-camera', ['traffic camera', 'anpr camera', 'lpr camera', 'ltraffic']],
  [
    'camera',
    [
      'network camera',
      'ip camera',
      'ipcamera',
      'netcam',
      'netcamera',
      'ipcam',
      'webcam',
      'dome camera',
      'bullet camera',
      'network dome',
      'internet camera',
      'video camera',
      'camera server',
      'ptz camera',
      'ip dome',
      'security camera',
      'ipnc',
      'networkcamera',
      'networkvideotransmitter',
      'cctv camera',
    ],
  ],
  [
    'recorder',
    [
      'network video recorder',
      'digital video recorder',
      'video recorder',
      'nvr',
      'dvr',
      'hvr',
      'netdvr',
      'embedded net dvr',
      'web dvr',
    ],
  ],
  ['video-encoder', ['video encoder', 'video server', 'network video server']],
  ['door-station', ['door station', 'doorbell', 'video intercom', 'intercom', 'ip intercom', 'doorphone']],
  [
    'video-console',
    [
      'telepresence',
      'video conferencing',
      'videoconference',
      'video conference',
      'videoconferencing',
      'video endpoint',
      'room kit',
      'videokonference',
      'mødelokale',
    ],
  ],
  [
    'wireless-controller',
    [
      'wireless controller',
      'wireless lan controller',
      'wlan controller',
      'mobility controller',
      'wlc',
      'wireless switch controller',
      'cisco controller',
      'zonedirector',
      'smartzone',
    ],
  ],
  [
    'access-point',
    [
      'access point',
      'accesspoint',
      'wireless ap',
      'wlan ap',
      'wap',
      'hotspot',
      'wireless bridge',
      'wireless ethernet bridge',
      'wifi ap',
      'outdoor ap',
    ],
  ],
  [
    'firewall',
    [
      'firewall',
      'security appliance',
      'security gateway',
      'utm',
      'vpn firewall',
      'next generation firewall',
      'netscreen',
      'fortigate',
    ],
  ],
  ['load-balancer', ['load balancer', 'application delivery controller']],
  ['print-server', ['print server', 'printserver']],
  [
    'printer',
    [
      'printer',
      'laserjet',
      'multifunction',
      'mfp',
      'mfc',
      'officejet',
      'copier',
      'printing system',
      'print system',
      'plotter',
      'printing device',
      'imagerunner',
      'multi function',
    ],
  ],
  ['ups', ['ups', 'uninterruptible power', 'uninterruptible power supply']],
  [
    'pdu',
    ['pdu', 'rack pdu', 'power distribution', 'switched cdu', 'switched pdu', 'smart cdu', 'power strip'],
  ],
  ['kvm', ['kvm', 'kvm switch', 'kvm over ip']],
  ['nas', ['nas', 'diskstation', 'readynas', 'network attached storage']],
  [
    'storage',
    ['storage array', 'disk array', 'san storage', 'raid subsystem', 'storage system', 'tape library'],
  ],
  ['voip-gateway', ['voip gateway', 'sip gateway', 'media gateway', 'analog gateway', 'fxs gateway']],
  [
    'phone',
    ['ip phone', 'sip phone', 'voip phone', 'ipphone', 'desk phone', 'conference phone', 'dect base'],
  ],
  ['cable-modem', ['cable modem', 'docsis']],
  ['dslam', ['dslam', 'msan']],
  ['olt', ['olt', 'gpon olt', 'epon olt']],
  [
    'router',
    [
      'router',
      'routeros',
      'gateway router',
      'residential gateway',
      'broadband gateway',
      'adsl modem',
      'vdsl',
      'dsl modem',
      'cpe router',
      'home gateway',
      'vpn router',
    ],
  ],
  [
    'switch',
    [
      'switch',
      'ethernet switch',
      'managed switch',
      'smart switch',
      'poe switch',
      'switching hub',
      'layer 2',
      'l2 switch',
      'l3 switch',
      'gigabit switch',
      'websmart',
    ],
  ],
  ['projector', ['projector']],
  ['time-server', ['time server', 'ntp server', 'ptp server']],
  ['laptop', ['laptop', 'notebook']],
  ['desktop', ['desktop pc', 'workstation', 'tower pc']],
  ['tablet', ['tablet']],
  ['drone', ['drone', 'unmanned aircraft', 'quadcopter', 'uav']],
  ['plc', ['plc', 'programmable logic controller']],
  ['server', ['bmc', 'baseboard management controller', 'lights out']],
]

const classOf = new Map<string, { rank: number; class: DeviceClass }>()
PHRASES.forEach(([name, phrases], rank) => {
  for (const phrase of phrases) classOf.set(phrase.replaceAll(' ', ''), { rank, class: name })
})

/** @returns the most specific class that the words name, null where they name none */
export function classInWords(tokens: readonly Token[]): DeviceClass | null {
  let best: { rank: number; class: DeviceClass } | null = null
  const consider = (key: string) => {
    const found = classOf.get(key)
    if (found && (!best || found.rank < best.rank)) best = found
  }
  const words = tokens.flatMap(({ plain, parts }) =>
    parts.length > 1 && parts.length < 5 ? [...parts] : [plain],
  )
  for (let index = 0; index < words.length; index++) {
    const one = words[index] ?? ''
    const two = one + (words[index + 1] ?? '')
    consider(one)
    consider(two)
    consider(two + (words[index + 2] ?? ''))
  }
  return (best as { class: DeviceClass } | null)?.class ?? null
}
