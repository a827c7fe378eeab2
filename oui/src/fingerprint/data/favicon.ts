/** Icons that devices' pages show, by the MD5 of their octets. */
import type { DeviceClass } from '../../maker/entry.ts'
import type { FingerprintData } from '../fingerprint.ts'

const icon = (hash: string, maker: string, model?: string, named?: DeviceClass): FingerprintData => ({
  kind: 'http.faviconMd5',
  match: hash,
  maker,
  ...(model === undefined ? {} : { model }),
  ...(named === undefined ? {} : { class: named }),
  examples: [{ text: hash }],
})

export const ICON_FINGERPRINTS: readonly FingerprintData[] = [
  icon('f5a68db40594839cfc2696197608e2a3', 'Cisco', 'vManage'),
  icon('bc688a51959302fccb6e12ab63a2e696', 'Cisco', 'DNA Center'),
  icon('0d835213afc36cc098b080784bc223a0', 'Cisco', 'ASA', 'firewall'),
  icon('af13b379bdb4ae7a5e68d9aa4419b2e4', 'Cisco', 'APIC'),
  icon('454faf816c2e631bc60b6b2ae01a9b39', 'Cisco', 'HyperFlex'),
  icon('a2e9caf81f500f73fc18dc9a049f9f68', 'Cisco', 'TelePresence MCU', 'video-console'),
  icon('8b0fb3e8080ac31ca9a01d88dc954f15', 'Cisco', 'Tetration'),
  icon('3f2cf444202bf9aa2375ad788c818370', 'Cisco', 'Meeting Server', 'video-console'),
  icon('f205dfb1e2f71fed24f086aeaa0f433f', 'Cisco', 'Nexus 1000V', 'switch'),
  icon('425515e283192a3a686c04e1c50620aa', 'Meraki'),
  icon('0aee66dce5587fe6fad5ae2826501add', 'Ubiquiti', 'UniFi NVR', 'recorder'),
  icon('6dcab71e60f0242907940f0fcda69ea5', 'Ubiquiti', undefined, 'access-point'),
  icon('09a1e50dc3369e031b97f38abddd10c8', 'Ubiquiti', undefined, 'access-point'),
  icon('f98bced327f13a45ad681829905db891', 'Ubiquiti', undefined, 'router'),
  icon('421e176ae0837bcc6b879ef55adbc897', 'Oracle', 'ILOM', 'server'),
  icon('3d79fa32f03540637418f85d19c3ed60', 'HP', undefined, 'printer'),
  icon('d521487f45fa7657450edfd6c16e4a63', 'HPE', 'iLO', 'server'),
  icon('35c390dade9419b4d6e9b83a8fc361c7', 'Crestron', undefined, 'video-console'),
  icon('3a7de0a4ee1ee78de3f06bfce823dc44', 'Crestron', undefined, 'video-console'),
  icon('3ab22b6f3f0d4271e8d038c05cfbd5c9', 'Palo Alto Networks', undefined, 'firewall'),
  icon('efe29d50711d9b093d8187e97cc0e593', 'Panduit'),
  icon('a770611888d3bd309404eae57676f9e4', 'EMC', 'Isilon', 'nas'),
  icon('aa4962b88d588ac5ea3b5d9b2fed5ef7', 'Linksys', undefined, 'access-point'),
  icon('d29a1ef8a3d0011504f5d076600ce16d', 'Silver Peak'),
  icon('fc83221e4a9e57f2e0b10416de541ca3', 'SpotterRF'),
  icon('e518c347f94a594de49e3f3948b8e6e5', 'SpotterRF'),
  icon('95db983278a0c04695b2e6775a65a8da', 'Schneider Electric', 'PowerLogic'),
  icon('c9ab649457b4e9affe91ff0ce488d15f', 'Freebox'),
]
