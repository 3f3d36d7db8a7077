/** What the directory says. */
import { dateInWords, dayInWords, localDate } from '../../kernel/london-time.ts'
import { addDays, type Instant } from '../../kernel/plain-date.ts'
import type { Answering, ContactCheck, DueBecause } from './model.ts'

const weekdayOf = (date: Parameters<typeof dayInWords>[0]) => dayInWords(date).split(' ')[0] ?? ''
const week = 7

/** "Open now until 20:00", "Closed until Monday 08:00"; undefined where nobody knows. */
export function answeringInWords(answering: Answering, now: Instant): string | undefined {
  if (answering.kind === 'not-known') return undefined
  if (answering.kind === 'open') return answering.until ? `Open now, until ${answering.until}` : 'Open now'
  if (!answering.until) return 'Closed now'
  const { date, time } = answering.until
  const today = localDate(now)
  if (date === today) return `Closed until ${time} today`
  const day = date < addDays(today, week) ? weekdayOf(date) : dayInWords(date)
  return `Closed until ${day} ${time}`
}

/** When the school last tried a contact, and what it found. */
export function checkInWords(check: ContactCheck | undefined): string {
  if (!check) return 'The school has not checked this yet.'
  const on = dateInWords(localDate(check.at))
  return check.outcome === 'right' ? `Checked by the school on ${on}.` : `Found wrong by the school on ${on}: ${check.says}`
}

export const dueNames: Readonly<Record<DueBecause, string>> = {
  wrong: 'Found wrong',
  doubt: 'Looks wrong, or was never confirmed',
  old: 'Checked too long ago',
  never: 'Never checked by the school',
}
