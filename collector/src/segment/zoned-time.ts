/** A date and time as people write it, in a time zone. */

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2})?)?$/

/** @returns milliseconds since the epoch, or null for what is no date; midnight where no time is given */
export function zonedTime(text: string, timeZone: string): number | null {
  if (/^\d{4}-\d{2}-\d{2}T[0-9:.]+Z$/.test(text))
    return Number.isNaN(Date.parse(text)) ? null : Date.parse(text)
  const written = WRITTEN.exec(text.trim())
  if (!written) return null
  const asUtc = Date.parse(`${written[1]}T${written[2] ?? '00:00'}:00.000Z`)
  if (Number.isNaN(asUtc)) return null
  // Twice: near a change of the clocks the first guess lies on its other side.
  const guess = asUtc - offsetOf(asUtc, timeZone)
  return asUtc - offsetOf(guess, timeZone)
}

/** How far the zone's clocks are ahead of UTC at a moment. */
function offsetOf(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - Math.floor(at / 1000) * 1000
}
