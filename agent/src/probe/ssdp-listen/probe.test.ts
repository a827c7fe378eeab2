import { expect, test } from 'vitest'
import { hearIn, SOURCE, SOURCE_ADDRESS, udpFrame } from '../frame.testkit.ts'
import { ssdpListen } from './probe.ts'

const hear = (...lines: string[]) =>
  hearIn(ssdpListen, udpFrame(1900, 1900, Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)))
const heard = (...says: string[]) => [
  { mac: SOURCE, address: SOURCE_ADDRESS, says: [`mac ${SOURCE}`, ...says] },
]

test('a device that is alive says who it is, and its document is not fetched', () => {
  expect(
    hear(
      'NOTIFY * HTTP/1.1',
      'HOST: 239.255.255.250:1900',
      'nts: ssdp:alive',
      'NT: upnp:rootdevice',
      'Server:Linux/5.4 UPnP/1.0 Sonos/70.3',
      'USN: uuid:RINCON_1::upnp:rootdevice',
      'LOCATION: http://10.0.0.7:1400/xml/device_description.xml',
    ),
  ).toEqual(
    heard(
      'ssdp.server Linux/5.4 UPnP/1.0 Sonos/70.3',
      'ssdp.type upnp:rootdevice',
      'ssdp.usn uuid:RINCON_1::upnp:rootdevice',
      'ssdp.location http://10.0.0.7:1400/xml/device_description.xml',
    ),
  )
})

test('a good-bye proves presence until now; a search tells what searches', () => {
  expect(hear('NOTIFY * HTTP/1.1', 'NTS: ssdp:byebye', 'SERVER: x')).toEqual(heard())
  expect(hear('M-SEARCH * HTTP/1.1', 'ST: ssdp:all', 'USER-AGENT: Google Chrome/120')).toEqual(
    heard('ssdp.userAgent Google Chrome/120'),
  )
})

test('what is no message of SSDP is malformed', () => {
  expect(hear('GET / HTTP/1.1')).toBe('malformed')
})
