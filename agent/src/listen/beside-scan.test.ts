import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { LISTEN_PROBES } from '../probe/listen-registry.ts'
import { arpFrame } from '../probe/frame.testkit.ts'
import type { ScanEvent } from '../scan/event.ts'
import { coverage, sighting } from '../spool/spool.testkit.ts'
import { listenBeside } from './beside-scan.ts'
import { Listener } from './listener.ts'
import { FakeListening } from './listening.testkit.ts'

const open = () =>
  Listener.open({
    listening: new FakeListening({ frames: [arpFrame('44:19:b6:00:00:01', '192.168.1.64')].values() }),
    probes: LISTEN_PROBES,
    segment: { key: 'kamera', ranges: ['10.41.0.0/24'], exclusions: [] },
    interfaceNames: [],
    now: Date.now,
  })

async function* scan(): AsyncGenerator<ScanEvent> {
  yield { type: 'result', ...sighting(1, 'a') }
  await sleep(30)
  yield { type: 'end', coverage: coverage('kamera') }
}

test('what is heard during a scan stands beside what was asked, and the scan is as complete as it was', async () => {
  using listener = await open()
  const events: ScanEvent[] = []
  for await (const event of listenBeside(scan(), listener)) events.push(event)
  const addresses = events.flatMap((event) => (event.type === 'result' ? [event.result.address] : []))
  expect(addresses).toEqual(expect.arrayContaining([sighting(1, 'a').result.address, '192.168.1.64']))
  const last = events.at(-1)
  const { probes, ...rest } = coverage('kamera')
  expect(last).toMatchObject({ type: 'end', coverage: rest })
  expect(last?.type === 'end' && last.coverage.probes.length).toBe(probes.length + LISTEN_PROBES.length)
})

test('a scan that fails ends the listening and is what is told', async () => {
  using listener = await open()
  const failing = async function* (): AsyncGenerator<ScanEvent> {
    yield { type: 'result', ...sighting(1, 'a') }
    throw new Error('no network')
  }
  await expect(
    (async () => {
      for await (const _ of listenBeside(failing(), listener));
    })(),
  ).rejects.toThrow('no network')
})
