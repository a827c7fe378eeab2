/** Board codes of Apple's devices, as `_device-info` gives them: `D421AP` is an iPhone's. */
import type { DeviceClass } from '../maker/entry.ts'

const BOARD = /^([a-z])(\d{1,3})([a-z]{0,2})ap$/i

const numbers = (text: string): ReadonlySet<number> => new Set(text.split(' ').map(Number))

/** Boards by their letter, as Apple's firmware manifests name them; those not listed say nothing of the class. */
const IPAD_J = numbers(
  `1 2 71 72 73 81 82 85 86 87 96 97 98 99 120 121 127 128 171 172 181 182 207 208 210 211 217 218 271 272 307 308 310
  311 317 318 320 321 407 408 410 411 417 418 420 421 507 508 517 518 522 523 537 538 617 618 620 621 717 718 720 721`.replace(
    /\s+/g,
    ' ',
  ),
)
const IPAD_K = numbers('48 93 94 95')
const IPAD_P = numbers('101 102 103 105 106 107')
const MAC_LAPTOP = numbers(
  '132 140 152 213 214 215 223 230 293 313 314 316 413 414 415 416 493 504 514 516 604 613 614 615 616',
)
const MAC_DESKTOP = numbers('137 160 174 180 185 274 375 433 434 456 457 473 474 475 623 624 773')
const TELEVISION_J = numbers('33 42 105 255 305')
const WATCH = numbers(
  '27 28 74 75 111 121 131 140 141 142 143 144 145 146 147 157 158 187 188 197 198 199 207 208 209 210',
)
const IPOD = numbers('18 45 72 78 81 102 112')

/** Whether a model is such a code. */
export const isAppleBoard = (model: string): boolean => BOARD.test(model)

/** @returns null for a code that says nothing of the kind of device */
export function appleClassOf(model: string): DeviceClass | null {
  const [, letter = '', digits = ''] = BOARD.exec(model) ?? []
  const number = Number(digits)
  switch (letter.toLowerCase()) {
    case 'd':
      return 'mobile'
    case 'n':
      return WATCH.has(number) ? 'watch' : IPOD.has(number) ? 'media-player' : 'mobile'
    case 'k':
      return IPAD_K.has(number) ? 'tablet' : number === 66 ? 'media-player' : null
    case 'p':
      return IPAD_P.has(number) ? 'tablet' : null
    case 'j':
      return IPAD_J.has(number)
        ? 'tablet'
        : MAC_LAPTOP.has(number)
          ? 'laptop'
          : MAC_DESKTOP.has(number)
            ? 'desktop'
            : TELEVISION_J.has(number)
              ? 'media-player'
              : null
    case 'b':
      return 'speaker'
    default:
      return null
  }
}
