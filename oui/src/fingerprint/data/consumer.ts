/** Fingerprints of consumer and smart-home devices. */
import type { FingerprintData } from '../fingerprint.ts'

export const CONSUMER_FINGERPRINTS: readonly FingerprintData[] = [
  {
    kind: 'telnet.banner',
    match: 'ADB-{model} login:*',
    class: 'recorder',
    examples: [{ text: 'ADB-4820CD login:', model: '4820CD' }],
  },
  {
    kind: 'http.server',
    match: '*UPnP/1.0 Roku*',
    maker: 'Roku',
    examples: [{ text: 'Roku UPnP/1.0 Roku/9.4.0' }],
  },
  {
    kind: 'http.server',
    match: 'Linux UPnP/1.0 Sonos/*',
    maker: 'Sonos',
    class: 'speaker',
    examples: [{ text: 'Linux UPnP/1.0 Sonos/63.2-90210 (ZPS1)' }],
  },
  {
    kind: 'http.title',
    match: 'hue personal wireless lighting*',
    maker: 'Signify',
    brand: 'Philips Hue',
    class: 'smart-hub',
    examples: [{ text: 'hue personal wireless lighting' }],
  },
  {
    // Google signs the certificates of others' Cast devices: the maker stands in the name.
    kind: 'tls.x509Issuer',
    match: 'CN={brand} * Cast ICA,OU=Widevine,*',
    examples: [
      { text: 'CN=Asus fugu Cast ICA,OU=Widevine,O=Google Inc,L=Kirkland,ST=Washington,C=US', brand: 'Asus' },
    ],
  },
  {
    kind: 'tls.x509Issuer',
    match: 'CN=Cast TV ICA ({brand}),OU=Cast,*',
    class: 'display',
    examples: [
      {
        text: 'CN=Cast TV ICA (Vizio),OU=Cast,O=Google Inc,L=Mountain View,ST=California,C=US',
        brand: 'Vizio',
      },
    ],
  },
  { kind: 'http.server', match: 'FbxWSD/*', maker: 'Freebox', examples: [{ text: 'FbxWSD/1.0' }] },
  {
    kind: 'tls.x509Subject',
    match: '*.fbxos.fr*',
    maker: 'Freebox',
    examples: [{ text: 'CN=d36ob5re.fbxos.fr,C=FR' }],
  },
  {
    kind: 'http.server',
    match: 'AV_Receiver/* ({model})',
    maker: 'Yamaha',
    examples: [{ text: 'AV_Receiver/3.1 (RX-V675)', model: 'RX-V675' }],
  },
]
