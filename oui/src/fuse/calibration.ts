/** From what weights give to how often that is right, so that nine of ten answers with confidence 0.9 are right. */

/** Knots of raw confidence and how often answers with it are right, rising in both. */
export type Calibration = readonly (readonly [raw: number, said: number])[]

/** Says what the weights give. */
export const UNCALIBRATED: Calibration = [
  [0, 0],
  [1, 1],
]

/** Fitted by `npm run reliability -w @ophav/tests -- --fit` on labelled devices. */
export const CALIBRATION: Calibration = UNCALIBRATED

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
