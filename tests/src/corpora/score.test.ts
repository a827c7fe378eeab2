/** The goals of identification, on labelled devices beside the checkout; without them there is nothing to measure. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { binsOf, answersFor, expectedCalibrationError } from './reliability.ts'
import { readLabelledDevices } from './row.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CORPORA = fileURLToPath(new URL('../../../../shared/corpora/', import.meta.url))

/** Shares of a hundred, null where the corpus has no such label. */
interface Score {
  makerPrecision: number
  makerRecall: number
  abstains: number | null
  chinesePrecision: number | null
  classPrecision: number | null
  classRecall: number | null
}

const COLUMNS =
  /^(\S+) +\d+ +([\d.]+%|-) \/ ([\d.]+%|-) of \d+ +([\d.]+%|-) +([\d.]+%|-) \/ (?:[\d.]+%|-) of \d+ +(?:[\d.]+%|-) +([\d.]+%|-) \/ ([\d.]+%|-) of \d+$/gm

const share = (text: string | undefined): number | null =>
  text === undefined || text === '-' ? null : Number.parseFloat(text)

function readScores(report: string): Map<string, Score> {
  return new Map(
    [...report.matchAll(COLUMNS)].map((match) => [
      match[1] ?? '',
      {
        makerPrecision: share(match[2]) ?? 0,
        makerRecall: share(match[3]) ?? 0,
        abstains: share(match[4]),
        chinesePrecision: share(match[5]),
        classPrecision: share(match[6]),
        classRecall: share(match[7]),
      },
    ]),
  )
}

/** What identification reaches and must not fall below. */
const FLOOR: Readonly<Record<string, Partial<Record<keyof Score, number>>>> = {
  librenms: {
    makerPrecision: 98,
    makerRecall: 95,
    chinesePrecision: 99,
    classPrecision: 96.5,
    classRecall: 89,
  },
  fusioninventory: { makerPrecision: 94, makerRecall: 94 },
  snmpinfo: { makerPrecision: 99, makerRecall: 97 },
  recog: { makerPrecision: 98, makerRecall: 92, abstains: 99, classPrecision: 97, classRecall: 90 },
  device_samples: { makerPrecision: 97, makerRecall: 86, classPrecision: 96 },
  model_class: {
    makerPrecision: 99,
    makerRecall: 97,
    chinesePrecision: 99,
    classPrecision: 99,
    classRecall: 97,
  },
  oui_brand: { makerPrecision: 99.9, makerRecall: 99.9, chinesePrecision: 99 },
  ALL: { makerPrecision: 98, makerRecall: 93, abstains: 96, classPrecision: 97, classRecall: 88 },
}

describe.skipIf(!existsSync(`${CORPORA}score.mjs`))('identification of labelled devices', () => {
  let scores = new Map<string, Score>()
  beforeAll(() => {
    const command = ['--conditions=source', '--import', 'tsx', `${ROOT}agent/src/command/main.ts`, 'identify']
    const { stdout, status } = spawnSync(
      process.execPath,
      [`${CORPORA}score.mjs`, '--', process.execPath, ...command],
      { cwd: ROOT, encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(`the scorer ended with ${status}`)
    scores = readScores(stdout)
  })

  test.each(Object.entries(FLOOR))('%s stays as good as it is', (corpus, floor) => {
    const score = scores.get(corpus)
    const below = Object.entries(floor).filter(([name, least]) => (score?.[name as keyof Score] ?? 0) < least)
    expect({ corpus, below }).toEqual({ corpus, below: [] })
  })

  test('confidence says how often answers are right', () => {
    const bins = binsOf(answersFor(readLabelledDevices(`${CORPORA}dev`)))
    expect(expectedCalibrationError(bins)).toBeLessThan(0.06)
  })
})
