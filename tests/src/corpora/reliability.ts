/** How often identities are right that claim to be so sure. */
import { CALIBRATION, identify, shippedKnowledge, type Calibration, type Identity } from '@ophav/oui'
import type { LabelledDevice } from './row.ts'

export interface Answer {
  corpus: string
  /** 0 to 1, as the product states it. */
  confidence: number
  isRight: boolean
}

/** Devices that the product names a maker for; silence is no answer. */
export const answersFor = (
  devices: readonly LabelledDevice[],
  calibration: Calibration = CALIBRATION,
): Answer[] =>
  devices.flatMap(({ corpus, evidence, maker }) => {
    const identity = identify(evidence, { calibration })
    return identity.maker === null
      ? []
      : [{ corpus, confidence: identity.confidence, isRight: isNamed(identity, maker) }]
  })

/** Whether a label and an identity mean one firm: brand and maker both count, spellings do not. */
function isNamed({ maker, brand }: Identity, label: string): boolean {
  const knowledge = shippedKnowledge()
  const found = knowledge.organisation(label)
  const names = [found?.entry ? knowledge.makerOfBrand(found.entry).name : null, found?.name, label]
  return names.some(
    (name) =>
      name &&
      [maker, brand].some(
        (said) => said && (plain(said).includes(plain(name)) || plain(name).includes(plain(said))),
      ),
  )
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '')

export interface Bin {
  from: number
  to: number
  count: number
  /** What the product says on average. */
  confidence: number
  /** How often it is right. */
  accuracy: number
}

export const EDGES = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1] as const

export function binsOf(answers: readonly Answer[], edges: readonly number[] = EDGES): Bin[] {
  return edges.slice(0, -1).flatMap((from, at) => {
    const to = edges[at + 1] ?? 1
    const isLast = at === edges.length - 2
    const inside = answers.filter(
      ({ confidence }) => confidence >= from && (confidence < to || (isLast && confidence <= to)),
    )
    if (inside.length === 0) return []
    return [
      {
        from,
        to,
        count: inside.length,
        confidence: mean(inside.map((each) => each.confidence)),
        accuracy: mean(inside.map(({ isRight }) => Number(isRight))),
      },
    ]
  })
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length)

/** The mean distance between what is said and what is so, weighed by how often it is said. */
export const expectedCalibrationError = (bins: readonly Bin[]): number => {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  return bins.reduce(
    (sum, bin) => sum + (bin.count / Math.max(1, total)) * Math.abs(bin.confidence - bin.accuracy),
    0,
  )
}
