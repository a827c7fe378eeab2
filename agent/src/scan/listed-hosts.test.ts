import { AddressSet, type Mac } from '@ophav/shared/value'
import { expect, test } from 'vitest'
import { ListedHosts } from './listed-hosts.ts'

const mac = (last: number): Mac => `00:00:5e:00:53:${last.toString(16).padStart(2, '0')}` as Mac
const row = (host: number) => ({ address: `10.0.0.${host}`, mac: mac(host), port: 1 })

test('who is listed by a router and said nothing is named, and who moved or stands elsewhere is not', () => {
  const listed = new ListedHosts(AddressSet.parse(['10.0.0.0/28']))
  listed.add([row(1), row(2), row(3), row(200)])
  const heard = new Map([
    ['10.0.0.1', null],
    // The device that the router knows at .2 has another address now.
    ['10.0.0.9', mac(2)],
  ])
  expect(listed.unseen(heard)).toEqual({ count: 1, addresses: ['10.0.0.3'] })
  expect(listed.unseen(new Map([...heard, ['10.0.0.3', null]]))).toBeNull()
})

test('a router that lists everything fills no more than the scope', () => {
  const listed = new ListedHosts(AddressSet.parse(['10.0.0.0/24']))
  for (let round = 0; round < 3; round++)
    listed.add(
      Array.from({ length: 256 }, (_, host) => ({ ...row(host % 256), mac: mac((host + round) % 256) })),
    )
  const unseen = listed.unseen(new Map())
  expect(unseen?.count).toBe(256)
  expect(unseen?.addresses).toHaveLength(50)
})
