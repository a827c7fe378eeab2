/** `npm run reliability -w @ophav/tests`: how sure identities are, and how often they are right. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UNCALIBRATED } from '@ophav/oui'
import { printRows } from '../bench/table.ts'
import { fitCalibration } from './calibrate.ts'
import { drawReliability } from './diagram.ts'
import { answersFor, binsOf, expectedCalibrationError } from './reliability.ts'
import { readLabelledDevices } from './row.ts'

const USAGE = `npm run reliability -w @ophav/tests -- [--corpora DIR] [--draw FILE] [--fit]

Identifies the labelled devices of DIR (default: ../shared/corpora/dev beside the checkout) and prints, by what the
product says of its confidence, how often it is right.

  --draw FILE   the reliability diagram as SVG
  --fit         prints knots for oui/src/fuse/calibration.ts: fitted on one half of the devices, judged on the other
`

const { values } = parseArgs({
  options: {
    corpora: { type: 'string', default: new URL('../../../../shared/corpora/dev', import.meta.url).pathname },
    draw: { type: 'string' },
    fit: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
})
if (values.help) {
  process.stdout.write(USAGE)
  process.exit(0)
}
const devices = readLabelledDevices(resolve(values.corpora))
if (devices.length === 0) {
  process.stderr.write(
    `There are no labelled devices in ${values.corpora}. Name their directory with --corpora.\n`,
  )
  process.exit(1)
}

const show = (title: string, answers: ReturnType<typeof answersFor>) => {
  const bins = binsOf(answers)
  printRows(
    `${title}: ${answers.length} answers, expected calibration error ${expectedCalibrationError(bins).toFixed(4)}`,
    ['confidence', 'answers', 'said', 'right'],
    bins.map(({ from, to, count, confidence, accuracy }) => [
      `${from.toFixed(2)}-${to.toFixed(2)}`,
      String(count),
      confidence.toFixed(3),
      accuracy.toFixed(3),
    ]),
  )
  return bins
}

if (values.fit) {
  const raw = (chosen: typeof devices) =>
    answersFor(chosen, UNCALIBRATED).map(({ confidence, isRight }) => ({ raw: confidence, isRight }))
  const even = devices.filter((_, at) => at % 2 === 0)
  const odd = devices.filter((_, at) => at % 2 === 1)
  show('Judged on the half that was not fitted', answersFor(odd, fitCalibration(raw(even))))
  process.stdout.write(`\nFitted on all:\n${JSON.stringify(fitCalibration(raw(devices)))}\n`)
} else {
  const answers = answersFor(devices)
  const bins = show('Reliability', answers)
  if (values.draw !== undefined)
    writeFileSync(
      values.draw,
      drawReliability(bins, {
        title: 'How sure identities are, and how often they are right',
        count: answers.length,
      }),
    )
}
