/** Fingerprints of operators’, homes’ and industrial network gear. */
import type { FingerprintData } from '../fingerprint.ts'

export const OPERATOR_FINGERPRINTS: readonly FingerprintData[] = [
  {
    kind: 'http.server',
    match: 'MoxaHttp/*',
    maker: 'Moxa',
    examples: [{ text: 'MoxaHttp/2.3' }, { text: 'MoxaHttp/1.0' }],
  },
  {
    kind: 'ssh.banner',
    match: 'DraySSH*',
    maker: 'DrayTek',
    class: 'router',
    examples: [{ text: 'DraySSH_2.0' }],
  },
  {
    kind: 'http.title',
    match: '{model} (SN: {serial}) Configuration and Management',
    maker: 'Digi',
    class: 'router',
    examples: [
      { text: 'WR21 (SN: 888111) Configuration and Management', model: 'WR21', serial: '888111' },
      { text: 'WR44v2 (SN: 888111) Configuration and Management', model: 'WR44v2', serial: '888111' },
    ],
  },
  {
    // BayRS, the routers' system from Wellfleet to Nortel, names no maker.
    kind: 'snmp.sysDescr',
    match: 'Image: rel/*Created on *',
    maker: 'Bay Networks',
    class: 'router',
    examples: [{ text: 'Image: rel/15.6.0.0/ Created on Thu Mar 31 19:41:07 EST 2005.' }],
  },
  {
    // CableLabs has every DOCSIS modem send it, whoever made the modem.
    kind: 'dhcp.vendorClass',
    match: 'docsis*',
    class: 'cable-modem',
    examples: [
      { text: 'docsis3.0:' },
      { text: 'docsis1.1:052401010102010103010104010105010106010107010f0801100901000a01010b01180c0101' },
    ],
  },
  {
    kind: 'dhcp.vendorClass',
    match: 'pktc*',
    class: 'cable-modem',
    examples: [{ text: 'pktc1.0:051f0101000201020301010401010901010b04060901010c01010d01010f0101100109' }],
  },
  {
    kind: 'http.faviconMd5',
    match: '6bb12b3dc5a5bb8c7ff03f07a475f3fd',
    maker: 'Bomgar',
    examples: [{ text: '6bb12b3dc5a5bb8c7ff03f07a475f3fd' }],
  },
  {
    kind: 'sip.userAgent',
    match: 'smg_pa_sip *',
    maker: 'Eltex',
    class: 'voip-gateway',
    examples: [{ text: 'smg_pa_sip 3.18.0.67' }],
  },
  {
    kind: 'http.server',
    match: 'NET-DK/*',
    maker: 'Arris',
    class: 'cable-modem',
    examples: [{ text: 'NET-DK/1.0' }],
  },
  {
    kind: 'http.server',
    match: 'Xfinity Broadband Router Server*',
    class: 'router',
    examples: [{ text: 'Xfinity Broadband Router Server' }],
  },
  {
    kind: ['telnet.banner', 'ftp.banner', 'snmp.sysDescr'],
    match: 'TiMOS-{firmware} * ALCATEL {model} Copyright*',
    maker: 'Nokia',
    brand: 'Alcatel-Lucent',
    class: 'router',
    examples: [
      {
        text: 'TiMOS-C-12.0.R12 cpm/hops64 ALCATEL SR 7750 Copyright (c) 2000-2015 Alcatel-Lucent.',
        firmware: 'C-12.0.R12',
        model: 'SR 7750',
      },
    ],
  },
]
