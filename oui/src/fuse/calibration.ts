/** From what weights give to how often that is right, so that nine of ten answers with confidence 0.9 are right. */

/** Knots of raw confidence and how often answers with it are right, rising in both. */
export type Calibration = readonly (readonly [raw: number, said: number])[]

/** Says what the weights give. */
export const UNCALIBRATED: Calibration = [
  [0, 0],
  [1, 1],
]

/**
 * Fitted as `npm run reliability -w @ophav/tests -- --fit` does, on 950 answers about labelled devices that were set
 * aside while the catalogue was written: those that it was written with would make it look surer than it is.
 */
export const CALIBRATION: Calibration = [
  [0.5, 0.6],
  [0.599, 0.741],
  [0.621, 0.889],
  [0.658, 0.926],
  [0.692, 0.928],
  [0.87, 0.993],
]

/** @param raw 0 to 1 */
export function calibrated(raw: number, knots: Calibration = CALIBRATION): number {
  let before: readonly [number, number] = [0, 0]
  for (const knot of knots) {
    if (raw <= knot[0]) {
      const width = knot[0] - before[0]
      return width === 0 ? knot[1] : before[1] + ((raw - before[0]) / width) * (knot[1] - before[1])
    }
    before = knot
  }
  return before[1]
}
