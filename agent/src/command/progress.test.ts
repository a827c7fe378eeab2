/** Tests of the progress that a scan shows. */
import { expect, test } from 'vitest'
import { duration, Progress } from './progress.ts'

function record(isTTY: boolean) {
  const text: string[] = []
  let clock = 0
  const progress = new Progress({ write: (piece) => text.push(piece), isTTY }, () => clock)
  return { text, progress, pass: (seconds: number) => void (clock += seconds * 1000) }
}

const step = (done: number, found: number) =>
  ({ type: 'progress', probe: 'arp', done, total: 100, found }) as const
const phase = { type: 'phase', probe: 'arp', title: 'ARP', attempts: 100 } as const

test('a log gets a line now and then, with rate and time left', () => {
  const { text, progress, pass } = record(false)
  progress.show(phase)
  pass(1)
  progress.show(step(10, 1))
  pass(4)
  progress.show(step(20, 2))
  pass(1)
  progress.show(step(25, 2))
  pass(4)
  progress.show(step(100, 9))
  expect(text).toEqual([
    'ARP, 100 to ask\n',
    'ARP: 20 of 100, 4/s, 2 found, 20 s left\n',
    'ARP: 100 of 100, 10/s, 9 found\n',
  ])
})

test('a log is told no more than the name of what is over in a moment', () => {
  const { text, progress, pass } = record(false)
  progress.show(phase)
  pass(1)
  progress.show(step(50, 1))
  pass(1)
  progress.show(step(100, 2))
  expect(text).toEqual(['ARP, 100 to ask\n'])
})

test('a terminal gets one line that is rewritten and taken away', () => {
  const { text, progress, pass } = record(true)
  progress.show(phase)
  pass(1)
  progress.show(step(10, 1))
  pass(0.01)
  progress.show(step(11, 1))
  progress.clear()
  progress.clear()
  expect(text).toEqual(['\r\u001b[2KARP: 10 of 100, 10/s, 1 found, 9 s left', '\r\u001b[2K'])
})

test('durations are read at a glance', () => {
  expect([0.2, 42, 200, 7500].map(duration)).toEqual(['1 s', '42 s', '3 min 20 s', '2 h 5 min'])
})
