/** Words that say what kind of device it is, whoever made it. */
import type { DeviceClass } from '../maker/entry.ts'
import type { Token } from './token.ts'
import { Trie } from './trie.ts'

/** The more specific phrase first: an access point with a router in it calls itself both. */
const PHRASES: readonly (readonly [DeviceClass | null, readonly string[]])[] = [
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
      'dvrnvr',
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
      'pfsense',
      'opnsense',
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
  [
    'nas',
    ['nas', 'openmediavault', 'truenas', 'freenas', 'diskstation', 'readynas', 'network attached storage'],
  ],
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
      'secure router',
      'wireless router',
      'wifi router',
      'broadband router',
      'dd wrt',
      'openwrt',
      'freshtomato',
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
  // Phrases that name no class: what firmware says on all of a maker's devices, and what a device serves.
  [null, ['internet router', 'for switches', 'print spooler', 'camera ready', 'web server', 'switch user']],
  ['server', ['bmc', 'baseboard management controller', 'lights out']],
]

interface Named {
  rank: number
  class: DeviceClass | null
}

const classes = new Trie<Named>()
PHRASES.forEach(([name, phrases], rank) => {
  for (const phrase of phrases) {
    const word = phrase.replace(/[^a-z0-9]+/g, '')
    if (!classes.get(word)) classes.set(word, { rank, class: name })
  }
})

/** Longer words with hyphens are serials and paths. */
const MAX_PARTS = 4

/** @returns the most specific class that the words name, null where they name none */
export function classInWords(tokens: readonly Token[]): DeviceClass | null {
  const words: string[] = []
  for (const { plain, parts } of tokens)
    if (parts.length > 1 && parts.length <= MAX_PARTS) words.push(...parts)
    else words.push(plain)
  const wordAt = (at: number) => words[at]
  let best: Named | null = null
  for (let at = 0; at < words.length;) {
    const found = classes.longest(wordAt, at)
    at += found?.length ?? 1
    if (found && found.value.class !== null && (!best || found.value.rank < best.rank)) best = found.value
  }
  return best?.class ?? null
}
