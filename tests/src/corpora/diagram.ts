/** The reliability diagram: what is said against what is so, as a drawing for the documentation. */
import type { Bin } from './reliability.ts'

const SIZE = 360
const MARGIN = 48
/** No answer is given with less confidence. */
const LEAST = 0.5

/** @param count of all answers */
export function drawReliability(
  bins: readonly Bin[],
  { title, count }: { title: string; count: number },
): string {
  const x = (value: number): number => MARGIN + ((Math.max(LEAST, value) - LEAST) / (1 - LEAST)) * SIZE
  const y = (value: number): number => MARGIN + SIZE - value * SIZE
  const most = Math.max(...bins.map((bin) => bin.count))
  const ticks = [0.5, 0.6, 0.7, 0.8, 0.9, 1]
  const heights = [0, 0.2, 0.4, 0.6, 0.8, 1]
  const at = (value: number): string => value.toFixed(1)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE + 2 * MARGIN} ${SIZE + 2 * MARGIN + 16}" font-family="sans-serif" font-size="11" role="img" aria-label="${title}">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${MARGIN}" y="24" font-size="14" fill="#222">${title}</text>`,
    ...ticks.flatMap((tick) => [
      `<line x1="${at(x(tick))}" y1="${MARGIN}" x2="${at(x(tick))}" y2="${MARGIN + SIZE}" stroke="#e4e4e4"/>`,
      `<text x="${at(x(tick))}" y="${MARGIN + SIZE + 16}" text-anchor="middle" fill="#444">${tick}</text>`,
    ]),
    ...heights.flatMap((height) => [
      `<line x1="${MARGIN}" y1="${at(y(height))}" x2="${MARGIN + SIZE}" y2="${at(y(height))}" stroke="#e4e4e4"/>`,
      `<text x="${MARGIN - 8}" y="${at(y(height) + 4)}" text-anchor="end" fill="#444">${height}</text>`,
    ]),
    `<line x1="${x(LEAST)}" y1="${y(LEAST)}" x2="${x(1)}" y2="${y(1)}" stroke="#999" stroke-dasharray="5 4"/>`,
    ...bins.map(
      (bin) =>
        `<circle cx="${at(x(bin.confidence))}" cy="${at(y(bin.accuracy))}" r="${at(4 + 10 * Math.sqrt(bin.count / most))}" fill="#0b5fa5" fill-opacity="0.65"><title>${bin.count} answers: said ${bin.confidence.toFixed(3)}, right ${bin.accuracy.toFixed(3)}</title></circle>`,
    ),
    `<text x="${MARGIN + SIZE / 2}" y="${MARGIN + SIZE + 36}" text-anchor="middle" fill="#222">confidence that is said (${count} answers; areas show how many)</text>`,
    `<text transform="translate(14 ${MARGIN + SIZE / 2}) rotate(-90)" text-anchor="middle" fill="#222">share that is right</text>`,
    '</svg>',
    '',
  ].join('\n')
}
