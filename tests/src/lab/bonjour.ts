/** Publishes a speaker with bonjour-service, on the interface that has the address given. */
import Bonjour from 'bonjour-service'

const [address = ''] = process.argv.slice(2)
const bonjour = new Bonjour({ interface: address } as never, (error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  process.exit(1)
})
bonjour.publish({
  name: 'Sonos-000E58112237',
  type: 'sonos',
  port: 1443,
  host: 'Sonos-000E58112237.local',
  txt: { manufacturer: 'Sonos', info: '/api/v1/players/RINCON_000E58112237/info' },
})
process.stdout.write('published\n')
