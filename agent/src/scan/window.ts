/** Whether the policy lets a segment be scanned at a moment: its windows and freezes, in its own time zone. */
import type { SegmentSafety } from '@ophav/shared'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** @param now milliseconds since the epoch */
export function isFrozen({ freezes = [] }: SegmentSafety, now: number): boolean {
  return freezes.some(({ from, to }) => now >= Date.parse(from) && now < Date.parse(to))
}

/** Without windows it always is; with a time zone that this system does not know it never is. */
export function isInWindow({ windows = [], timeZone = 'UTC' }: SegmentSafety, now: number): boolean {
  if (windows.length === 0) return true
  const local = localTime(now, timeZone)
  if (!local) return false
  const yesterday = local.day === 1 ? 7 : local.day - 1
  return windows.some(({ days, from, to }) => {
    const [opens, closes] = [minutesOf(from), minutesOf(to)]
    const { day, minute } = local
    if (closes > opens) return days.includes(day) && minute >= opens && minute < closes
    // Over midnight: the evening of the day on which it opens, and the morning after.
    return (days.includes(day) && minute >= opens) || (days.includes(yesterday) && minute < closes)
  })
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

function localTime(now: number, timeZone: string): { day: number; minute: number } | null {
  try {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).formatToParts(now)
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? ''
    const day = DAYS.indexOf(part('weekday')) + 1
    return { day, minute: Number(part('hour')) * 60 + Number(part('minute')) }
  } catch {
    return null
  }
}
