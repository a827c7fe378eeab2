/** Fingerprints of computers, servers and storage. */
import type { FingerprintData } from '../fingerprint.ts'

/** Board codes that Apple's devices give over Bonjour in place of a model's name. */
const boards = (named: string, codes: string): FingerprintData[] =>
  codes.split(' ').map((code) => ({
    kind: 'mdns.deviceInfoTxt',
    match: `model=${code}*`,
    maker: 'Apple',
    class: named,
    model: code,
    examples: [{ text: `model=${code}` }],
  }))

const icon = (md5: string, rest: Omit<FingerprintData, 'kind' | 'match' | 'examples'>): FingerprintData => ({
  kind: 'http.faviconMd5',
  match: md5,
  ...rest,
  examples: [{ text: md5 }],
})

export const COMPUTER_FINGERPRINTS: readonly FingerprintData[] = [
  // Management controllers of servers.
  {
    kind: 'ssh.banner',
    match: '*mpSSH_{firmware}',
    maker: 'HPE',
    class: 'server',
    model: 'iLO',
    examples: [
      { text: 'mpSSH_0.2.1', firmware: '0.2.1' },
      { text: 'SSH-2.0-mpSSH_0.0.1', firmware: '0.0.1' },
    ],
  },
  {
    kind: 'http.server',
    match: 'HP-iLO-Server*',
    maker: 'HPE',
    class: 'server',
    model: 'iLO',
    examples: [{ text: 'HP-iLO-Server/1.30' }],
  },
  {
    kind: 'http.server',
    match: 'HPE-iLO-Server*',
    maker: 'HPE',
    class: 'server',
    model: 'iLO',
    examples: [{ text: 'HPE-iLO-Server/1.0' }],
  },
  {
    kind: 'http.title',
    match: 'HP Integrated Lights-Out*',
    maker: 'HPE',
    class: 'server',
    examples: [{ text: 'HP Integrated Lights-Out' }, { text: 'HP Integrated Lights-Out 2 Login' }],
  },
  {
    kind: 'http.title',
    match: 'HPE Integrated Lights-Out*',
    maker: 'HPE',
    class: 'server',
    examples: [{ text: 'HPE Integrated Lights-Out 5' }],
  },
  {
    kind: 'http.title',
    match: 'iLO *',
    maker: 'HPE',
    class: 'server',
    model: 'iLO',
    examples: [{ text: 'iLO 4' }, { text: 'iLO 5' }],
  },
  {
    kind: 'http.title',
    match: 'HP* BladeSystem Onboard Administrator*',
    maker: 'HPE',
    class: 'server',
    examples: [{ text: 'HP BladeSystem Onboard Administrator' }],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=ILO*,OU=ISS,O=Hewlett*',
    maker: 'HPE',
    class: 'server',
    examples: [
      { text: 'CN=ILOCZ1234ABCD,OU=ISS,O=Hewlett-Packard Company,L=Houston,ST=Texas,C=US' },
      { text: 'CN=ILOUSE123X,OU=ISS,O=Hewlett Packard Enterprise,L=Houston,ST=Texas,C=US' },
    ],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=idrac*,OU=*,O=Dell*',
    maker: 'Dell',
    class: 'server',
    examples: [
      { text: 'CN=idrac-ABC1234,OU=Remote Access Group,O=Dell Inc.,L=Round Rock,ST=Texas,C=US' },
      { text: 'CN=iDRACdefault1A2B,OU=iDRAC Group,O=Dell Inc.,L=Round Rock,ST=Texas,C=US' },
    ],
  },
  {
    kind: 'http.title',
    match: '*Remote Access Controller*',
    maker: 'Dell',
    class: 'server',
    examples: [
      { text: 'Integrated Dell Remote Access Controller 9' },
      { text: 'Dell Remote Access Controller 5' },
    ],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=IPMI*,O=Super Micro Computer*',
    maker: 'Supermicro',
    class: 'server',
    examples: [{ text: 'CN=IPMI,OU=Software,O=Super Micro Computer,L=San Jose,ST=California,C=US' }],
  },
  {
    kind: 'snmp.sysObjectID',
    match: '1.3.6.1.4.1.21317',
    maker: 'Supermicro',
    class: 'server',
    examples: [{ text: '1.3.6.1.4.1.21317' }],
  },
  {
    kind: 'snmp.sysObjectID',
    match: '.1.3.6.1.4.1.21317',
    maker: 'Supermicro',
    class: 'server',
    examples: [{ text: '.1.3.6.1.4.1.21317' }],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'SSE-*',
    maker: 'Supermicro',
    class: 'switch',
    examples: [{ text: 'SSE-G48-TG4' }, { text: 'SSE-' }],
  },
  {
    kind: 'http.wwwAuthenticate',
    match: '*realm="iRMC@*',
    maker: 'Fujitsu',
    class: 'server',
    examples: [{ text: 'Digest realm="iRMC@IRMC123456", qop="auth", nonce="1"' }],
  },
  {
    kind: 'http.title',
    match: '*Integrated Lights Out Manager*',
    maker: 'Oracle',
    class: 'server',
    examples: [
      { text: 'Oracle(R) Integrated Lights Out Manager' },
      { text: 'Sun(TM) Integrated Lights Out Manager' },
    ],
  },
  {
    kind: 'http.server',
    match: 'Sun-ILOM-Web-Server*',
    maker: 'Oracle',
    brand: 'Sun Microsystems',
    class: 'server',
    examples: [{ text: 'Sun-ILOM-Web-Server/1.0' }],
  },
  {
    kind: 'http.server',
    match: 'Oracle-ILOM-Web-Server*',
    maker: 'Oracle',
    class: 'server',
    examples: [{ text: 'Oracle-ILOM-Web-Server/1.0' }],
  },
  {
    kind: 'http.title',
    match: 'MegaRAC SP*',
    class: 'server',
    examples: [{ text: 'MegaRAC SP' }, { text: 'MegaRAC SP-X' }],
  },
  icon('06bd07c7437846e2aa5a6f90280b1b56', { maker: 'Supermicro', class: 'server' }),
  icon('ad93b3973782b03ea62a43bd6602ba8b', { maker: 'HPE', class: 'server', model: 'iLO' }),
  icon('c60ea375c39d1ab273c4d1bee717287a', { maker: 'Synology', class: 'nas' }),
  // PCs whose remote management answers while they sleep.
  {
    kind: 'http.server',
    match: 'Intel(R) Active Management Technology {firmware}',
    class: 'pc',
    examples: [{ text: 'Intel(R) Active Management Technology 11.8.50', firmware: '11.8.50' }],
  },
  {
    kind: 'http.server',
    match: 'Intel(R) Standard Manageability {firmware}',
    class: 'pc',
    examples: [{ text: 'Intel(R) Standard Manageability 11.6.29', firmware: '11.6.29' }],
  },
  // Storage.
  {
    kind: 'snmp.sysDescr',
    match: 'FreeBSD *COMPELLENT*',
    maker: 'Dell',
    brand: 'Compellent',
    class: 'storage',
    operatingSystem: 'FreeBSD',
    examples: [
      {
        text: 'FreeBSD sn1 10.0-RELEASE-p11 FreeBSD 10.0-RELEASE-p11 #0 root@build:/src/sys/COMPELLENT amd64',
      },
    ],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'Linux *-rubrik*',
    maker: 'Rubrik',
    class: 'storage',
    operatingSystem: 'Linux',
    examples: [{ text: 'Linux RVMHM1 4.15.0-72-rubrik6-generic #81 SMP x86_64' }],
  },
  {
    kind: 'ftp.banner',
    match: '*(EMC-SNAS: {firmware})*',
    maker: 'EMC',
    class: 'storage',
    examples: [{ text: 'host FTP server (EMC-SNAS: 5.6.50.203) ready.', firmware: '5.6.50.203' }],
  },
  {
    kind: 'smb.nativeOs',
    match: 'EMC-SNAS:{firmware}',
    maker: 'EMC',
    class: 'storage',
    examples: [{ text: 'EMC-SNAS:T7.1.80.7', firmware: 'T7.1.80.7' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'CPQRIB*',
    maker: 'HPE',
    class: 'server',
    model: 'iLO',
    examples: [{ text: 'CPQRIB3' }],
  },
  {
    kind: 'smb.nativeOs',
    match: 'OS400*',
    maker: 'IBM',
    class: 'server',
    operatingSystem: 'OS/400',
    examples: [{ text: 'OS400 V5R4M5' }],
  },
  {
    kind: 'http.server',
    match: 'Data ONTAP*',
    maker: 'NetApp',
    class: 'storage',
    examples: [{ text: 'Data ONTAP/7.3.2' }],
  },
  // Operating systems that run on their maker's machines alone.
  {
    kind: 'snmp.sysDescr',
    match: 'HP-UX *',
    maker: 'HPE',
    class: 'server',
    operatingSystem: 'HP-UX',
    examples: [{ text: 'HP-UX host1 B.11.31 U ia64 1234567890' }],
  },
  {
    kind: 'snmp.sysDescr',
    match: '*Base Operating System Runtime AIX*',
    maker: 'IBM',
    class: 'server',
    operatingSystem: 'AIX',
    examples: [
      {
        text: 'IBM PowerPC CHRP Computer Machine Type: 0x0800004c Processor id: 000A Base Operating System Runtime AIX version: 07.01',
      },
    ],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'AIX *',
    maker: 'IBM',
    class: 'server',
    operatingSystem: 'AIX',
    examples: [{ text: 'AIX host1 1 7 00F6DB5A4C00' }],
  },
  // The kernel's name is Apple's alone; AirPort base stations have their firmware's name for it.
  {
    kind: 'snmp.sysDescr',
    match: 'Darwin *',
    maker: 'Apple',
    operatingSystem: 'Darwin',
    examples: [
      { text: 'Darwin Kernel Version 15' },
      { text: 'Darwin mini.local 19.6.0 Darwin Kernel Version 19.6.0: root:xnu-6153 x86_64' },
    ],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'Apple AirPort*',
    maker: 'Apple',
    class: 'access-point',
    examples: [{ text: 'Apple AirPort - Apple Inc., 2006-2009. All rights Reserved.' }],
  },
  {
    kind: 'mdns.deviceInfoTxt',
    match: 'model=AirPort*',
    maker: 'Apple',
    class: 'access-point',
    examples: [{ text: 'model=AirPort' }, { text: 'model=AirPort5,117' }],
  },
  {
    kind: 'mdns.deviceInfoTxt',
    match: 'model=Watch*',
    maker: 'Apple',
    class: 'watch',
    examples: [{ text: 'model=Watch6,1' }],
  },
  {
    kind: 'mdns.deviceInfoTxt',
    match: 'model=iPod*',
    maker: 'Apple',
    class: 'media-player',
    examples: [{ text: 'model=iPod9,1' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'AAPLBSDPC/*/{model}',
    maker: 'Apple',
    examples: [{ text: 'AAPLBSDPC/i386/Macmini8,1', model: 'Macmini8,1' }],
  },
  // Sun's boot loaders name their machines.
  {
    kind: 'dhcp.vendorClass',
    match: 'SUNW.{model}',
    maker: 'Oracle',
    brand: 'Sun Microsystems',
    examples: [{ text: 'SUNW.Ultra-5_10', model: 'Ultra-5_10' }],
  },
  // Broadcom's numbers for the chips that only Raspberry Pi boards carry.
  ...['BCM2708', 'BCM2709', 'BCM2835', 'BCM2711', 'BCM2712'].map((chip): FingerprintData => ({
    kind: 'dhcp.vendorClass',
    match: `dhcpcd*:${chip}`,
    maker: 'Raspberry Pi',
    class: 'pc',
    examples: [{ text: `dhcpcd-8.1.2:Linux-5.4.51-v7+:armv7l:${chip}` }],
  })),
  ...boards(
    'tablet',
    `K48AP K93AP K93AAP K94AP K95AP J1AP J2AP J2AAP P101AP P102AP P103AP P105AP P106AP P107AP J71AP J72AP J73AP J71sAP
J71tAP J72sAP J72tAP J71bAP J72bAP J81AP J82AP J85AP J86AP J87AP J85mAP J86mAP J87mAP J96AP J97AP J98aAP J99aAP J120AP
J121AP J127AP J128AP J171AP J172AP J171aAP J172aAP J181AP J182AP J207AP J208AP J210AP J211AP J217AP J218AP J271AP J272AP
J307AP J308AP J310AP J311AP J317AP J317xAP J318AP J318xAP J320AP J320xAP J321AP J321xAP J407AP J408AP J410AP J411AP
J417AP J418AP J420AP J421AP J481AP J482AP J507AP J508AP J517AP J517xAP J518AP J518xAP J522AP J522xAP J523AP J523xAP
J537AP J538AP J607AP J608AP J617AP J618AP J620AP J621AP J637AP J638AP J717AP J718AP J720AP J721AP`.replace(
      /\s+/g,
      ' ',
    ),
  ),
  ...boards(
    'desktop',
    'J137AP J160AP J174AP J180dAP J185AP J185fAP J274AP J375cAP J375dAP J433AP J434AP J456AP J457AP J473AP J474sAP J475cAP J475dAP J575cAP J575dAP J623AP J624AP J773gAP J773sAP',
  ),
  ...boards(
    'laptop',
    'J132AP J140kAP J140aAP J152fAP J213AP J214kAP J215AP J223AP J230kAP J230AP J293AP J313AP J314cAP J314sAP J316cAP J316sAP J413AP J414cAP J414sAP J415AP J416cAP J416sAP J493AP J504AP J514cAP J514mAP J514sAP J516cAP J516mAP J516sAP J604AP J613AP J614cAP J614sAP J615AP J616cAP J616sAP J680AP J713AP J715AP J780AP',
  ),
  ...boards('tv', 'K66AP J33AP J33iAP J42dAP J105aAP J255AP J305AP'),
  ...boards('speaker', 'B238AP B238aAP B520AP B620AP'),
  {
    kind: 'tls.x509Subject',
    match: 'CN=OA-{mac},OU=Onboard Administrator*',
    maker: 'HPE',
    class: 'server',
    examples: [
      {
        text: 'CN=OA-001F296E21A3,OU=Onboard Administrator,O=Corp.,L=Location,ST=N/A,C=US',
        mac: '001F296E21A3',
      },
    ],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'EMC SOHO-NAS Storage*',
    maker: 'Lenovo',
    brand: 'Iomega',
    class: 'nas',
    examples: [{ text: 'EMC SOHO-NAS Storage.' }],
  },
]
