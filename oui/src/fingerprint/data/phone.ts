/** Fingerprints of telephones, video consoles and their gateways. */
import type { FingerprintData } from '../fingerprint.ts'

/** Who speaks SIP, where the brand is not in the words or the line is another maker's. */
const SIP: readonly FingerprintData[] = [
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'Cisco-SIPGateway/IOS-{firmware}',
    maker: 'Cisco',
    class: 'router',
    operatingSystem: 'IOS',
    examples: [{ text: 'Cisco-SIPGateway/IOS-15.4.3.M2', firmware: '15.4.3.M2' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'Cisco-CUCM{firmware}',
    maker: 'Cisco',
    class: 'pbx',
    operatingSystem: 'Unified Communications Manager',
    examples: [{ text: 'Cisco-CUCM12.5', firmware: '12.5' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'Cisco/SRP{model}-*',
    maker: 'Cisco',
    class: 'router',
    examples: [{ text: 'Cisco/SRP527W-1.1.22', model: '527W' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'TANDBERG/* (*) Cisco-{model}',
    maker: 'Cisco',
    class: 'video-console',
    examples: [{ text: 'TANDBERG/529 (ce11.5.4.6) Cisco-RoomKit', model: 'RoomKit' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'TANDBERG/4*',
    maker: 'Cisco',
    class: 'video-console',
    examples: [{ text: 'TANDBERG/4137 (X12.5.9)' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'TANDBERG/*',
    maker: 'Cisco',
    class: 'video-console',
    examples: [{ text: 'TANDBERG/518 (TC6.3.1)' }, { text: 'TANDBERG/70 (F9.3.1 NTSC)' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: '*Linksys/SPA{model}-{firmware}',
    maker: 'Cisco',
    brand: 'Linksys',
    class: 'phone',
    examples: [
      { text: 'Linksys/SPA942-6.1.5(a)', model: '942', firmware: '6.1.5(a)' },
      { text: '000E08000001 Linksys/SPA3102-5.1.10(GW)', model: '3102', firmware: '5.1.10(GW)' },
    ],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: '*Linksys/PAP{model}-{firmware}',
    maker: 'Cisco',
    brand: 'Linksys',
    class: 'phone',
    examples: [{ text: 'Linksys/PAP2T-5.1.6(LS)', model: '2T', firmware: '5.1.6(LS)' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: '*Linksys/RT{model}-{firmware}',
    maker: 'Cisco',
    brand: 'Linksys',
    class: 'phone',
    examples: [{ text: 'Linksys/RTP300-3.1.24', model: 'P300', firmware: '3.1.24' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: '*Sipura/SPA{model}-{firmware}',
    maker: 'Cisco',
    brand: 'Sipura',
    class: 'phone',
    examples: [{ text: 'Sipura/SPA2000-3.1.5', model: '2000', firmware: '3.1.5' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'AUDC-IPPhone{model}/{firmware} (*',
    maker: 'AudioCodes',
    class: 'phone',
    examples: [
      {
        text: 'AUDC-IPPhone-C450HD_TEAMS/3.4.8.808 (C450HD-Rev0; 00908F000001)',
        model: '-C450HD_TEAMS',
        firmware: '3.4.8.808',
      },
    ],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'Audiocodes-Sip-Gateway-{model}/v.{firmware}',
    maker: 'AudioCodes',
    class: 'voip-gateway',
    examples: [
      {
        text: 'Audiocodes-Sip-Gateway-Mediant 800B/v.7.20A.258.457',
        model: 'Mediant 800B',
        firmware: '7.20A.258.457',
      },
    ],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'Panasonic*KX-{model}/{firmware}',
    maker: 'Panasonic',
    class: 'phone',
    examples: [
      { text: 'Panasonic-KX-HDV130/07.008 (0080f0000001)', model: 'HDV130', firmware: '07.008 (0080f0000001)' },
    ],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'Panasonic*KX-{model}',
    maker: 'Panasonic',
    class: 'phone',
    examples: [{ text: 'PANASONIC-KX-UT248', model: 'UT248' }],
  },
  {
    kind: ['sip.server', 'sip.userAgent'],
    match: 'Algo-{model}/{firmware}',
    maker: 'Algo',
    examples: [{ text: 'Algo-8180/2.8.1', model: '8180', firmware: '2.8.1' }],
  },
]

/** Option 60 of phones. */
const DHCP: readonly FingerprintData[] = [
  {
    kind: 'dhcp.vendorClass',
    match: 'ccp.avaya.com',
    maker: 'Avaya',
    class: 'phone',
    examples: [{ text: 'ccp.avaya.com' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'OptiPoint*',
    maker: 'Unify',
    brand: 'Siemens',
    class: 'phone',
    examples: [{ text: 'OptiPoint' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'OptiIpPhone*',
    maker: 'Unify',
    class: 'phone',
    examples: [{ text: 'OptiIpPhone' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'Nortel-i{model}-A',
    maker: 'Nortel',
    class: 'phone',
    examples: [{ text: 'Nortel-i2002-A', model: '2002' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'Cisco Systems, Inc. IP Phone {model}',
    maker: 'Cisco',
    class: 'phone',
    examples: [{ text: 'Cisco Systems, Inc. IP Phone CP-7841', model: 'CP-7841' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'Cisco Systems Inc. IP Phone {model}',
    maker: 'Cisco',
    class: 'phone',
    examples: [{ text: 'Cisco Systems Inc. IP Phone CP-8845', model: 'CP-8845' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'Cisco SPA{model}*',
    maker: 'Cisco',
    class: 'phone',
    examples: [{ text: 'Cisco SPA504G', model: '504G' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'LINKSYS SPA-{model}',
    maker: 'Cisco',
    brand: 'Linksys',
    class: 'phone',
    examples: [{ text: 'LINKSYS SPA-942', model: '942' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'alcatel.noe.*',
    maker: 'Alcatel-Lucent',
    class: 'phone',
    examples: [{ text: 'alcatel.noe.0' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'alcatel.sip.*',
    maker: 'Alcatel-Lucent',
    class: 'phone',
    examples: [{ text: 'alcatel.sip.0' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'PanasonicKX*',
    maker: 'Panasonic',
    class: 'phone',
    examples: [{ text: 'PanasonicKXNT346' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'ShoreTel IP Phone*',
    maker: 'ShoreTel',
    class: 'phone',
    examples: [{ text: 'ShoreTel IP Phone' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'android-dhcp-{firmware}',
    operatingSystem: 'Android',
    examples: [{ text: 'android-dhcp-13', firmware: '13' }],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'BlackBerry OS*',
    maker: 'BlackBerry',
    class: 'mobile',
    examples: [{ text: 'BlackBerry OS' }],
  },
]

/** Certificates that factories put into phones and consoles. */
const CERTIFICATES: readonly FingerprintData[] = [
  {
    kind: 'tls.x509Subject',
    match: 'SERIALNUMBER=PID:{model} SN:{serial},CN=CP-*',
    maker: 'Cisco',
    class: 'phone',
    examples: [
      {
        text: 'SERIALNUMBER=PID:CP-8841 SN:FCH00000001,CN=CP-8841-SEP000000000001,OU=CTG,O=Cisco Systems Inc.',
        model: 'CP-8841',
        serial: 'FCH00000001',
      },
    ],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=CP-{model}-SEP*',
    maker: 'Cisco',
    class: 'phone',
    examples: [{ text: 'CN=CP-7965G-SEP000000000001,OU=VTG,O=Cisco Systems Inc.', model: '7965G' }],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=SEP*,O=TemporaryDefaultCertificate*',
    maker: 'Cisco',
    class: 'video-console',
    examples: [{ text: 'CN=SEP000000000001,O=TemporaryDefaultCertificate' }],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=*,O=TemporaryDefaultCertificate*',
    maker: 'Cisco',
    class: 'video-console',
    examples: [{ text: 'CN=Room7,O=TemporaryDefaultCertificate' }],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=EN Software Production & Release*',
    maker: 'Unify',
    brand: 'Siemens',
    class: 'phone',
    examples: [{ text: 'CN=EN Software Production & Release,OU=Enterprise Networks,O=Siemens AG,C=DE' }],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=DT{model} Series,O=NEC Corporation*',
    maker: 'NEC',
    class: 'phone',
    examples: [{ text: 'CN=DT900 Series,O=NEC Corporation,ST=Tokyo,C=JP', model: '900' }],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=64167F*,O=Polycom*',
    maker: 'Polycom',
    class: 'phone',
    examples: [{ text: 'CN=64167F000001,O=Polycom Inc.' }],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=0004F2*,O=Polycom*',
    maker: 'Polycom',
    class: 'phone',
    examples: [{ text: 'CN=0004F2000001,O=Polycom Inc.' }],
  },
  {
    kind: 'tls.x509Subject',
    match: 'CN=482567*,O=Poly*',
    maker: 'Polycom',
    class: 'phone',
    examples: [{ text: 'CN=482567000001,O=Polycom Inc.' }],
  },
]

const OTHER: readonly FingerprintData[] = [
  {
    kind: 'http.server',
    match: 'CE_E',
    maker: 'Cisco',
    class: 'video-console',
    examples: [{ text: 'CE_E' }],
  },
  {
    kind: 'http.server',
    match: 'kx-ns{model}',
    maker: 'Panasonic',
    class: 'pbx',
    examples: [{ text: 'kx-ns700', model: '700' }],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'Nortel*CS 1000*',
    maker: 'Nortel',
    class: 'pbx',
    examples: [{ text: 'Nortel Networks, CS 1000 Signaling Server, Software Release sse-5.00.31' }],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'NORTEL, Succession*',
    maker: 'Nortel',
    class: 'pbx',
    examples: [{ text: 'NORTEL, Succession 1000/M Call Server, System 3121, Release 4, Issue 0' }],
  },
  {
    kind: 'snmp.sysDescr',
    match: 'PR:CS 1000*',
    maker: 'Avaya',
    class: 'pbx',
    examples: [{ text: 'PR:CS 1000 SW:CS, Primary BN:7.65.16-00 HW:Avaya CPPMv1 (c) Avaya Inc.' }],
  },
  {
    kind: 'snmp.sysDescr',
    match: '*Software:UCOS {firmware}',
    maker: 'Cisco',
    class: 'pbx',
    operatingSystem: 'Unified Communications OS',
    examples: [
      {
        text: 'Hardware:VMware, 2 Intel(R) Xeon(R) CPU, 6144 MB Memory: Software:UCOS 6.0.0.0-2',
        firmware: '6.0.0.0-2',
      },
    ],
  },
  {
    kind: 'snmp.sysDescr',
    match: '*SoftW:*MCU: Cisco TelePresence {model} Date:*',
    maker: 'Cisco',
    class: 'video-console',
    examples: [
      {
        text: 'Cisco Codec SoftW: TC7.3.6 MCU: Cisco TelePresence EX90 Date: 2016-03-18 S/N: A1AZ00A00001',
        model: 'EX90',
      },
    ],
  },
  {
    kind: 'http.server',
    match: 'Tcl-Webserver/*',
    software: true,
    examples: [{ text: 'Tcl-Webserver/3.5.1' }],
  },
]

export const PHONE_FINGERPRINTS: readonly FingerprintData[] = [...SIP, ...DHCP, ...CERTIFICATES, ...OTHER]
