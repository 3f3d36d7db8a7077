import { assertNever } from '../kernel/exhaustive.ts'
import { type LocalTime, parseLocalTime } from '../kernel/plain-date.ts'
import type { Duration } from './profile.ts'

type CountedUnit = Exclude<
  Extract<Duration, { count: number }>['unit'],
  'minute-of-day' | 'minutes-before-child-leaves' | 'minutes-before-child-arrives' | 'months-to-working-day'
>

const countedUnits: Readonly<Record<string, CountedUnit>> = {
  minute: 'minutes',
  hour: 'hours',
  'calendar day': 'calendar-days',
  'working day': 'working-days',
  'school day': 'school-days',
  week: 'weeks',
  month: 'months',
  term: 'terms',
  year: 'years',
}

const moments: Readonly<Record<string, Exclude<Duration, { count: number }>>> = {
  immediately: { unit: 'immediately' },
  'end of school day': { unit: 'end-of-school-day' },
  'before child leaves': { unit: 'before-child-leaves' },
  'before child arrives': { unit: 'before-child-arrives' },
  'same day': { unit: 'same-day' },
  'close of next working day': { unit: 'close-of-next-working-day' },
  'end of term': { unit: 'end-of-term' },
  'end of autumn term': { unit: 'end-of-autumn-term' },
  'end of next autumn term': { unit: 'end-of-next-autumn-term' },
  'before autumn term': { unit: 'before-autumn-term' },
  'before next autumn term': { unit: 'before-next-autumn-term' },
  'no time given': { unit: 'no-time-given' },
}

/** Every way in which a profile may write a time, for the sentence that answers an unknown one. */
export const durationForms: readonly string[] = [
  ...Object.keys(countedUnits).map(unit => `N ${unit}s`),
  ...Object.keys(moments),
  'N minutes before child leaves',
  'N minutes before child arrives',
  'N months to a working day',
  'by 17:00',
]

/** JSON Schema pattern for the same forms. */
export const durationPattern = new RegExp(
  `^(?:\\d+ (?:${Object.keys(countedUnits).join('|')})s?|${Object.keys(moments).join('|')}|\\d+ minutes? before child (?:leaves|arrives)|\\d+ months? to a working day|by ([01]\\d|2[0-3]):[0-5]\\d)$`,
)

/** The duration that a profile writes in words (`1 working day`, `before child leaves`), if it is one of the allowed forms. */
export function parseDuration(text: string): Duration | undefined {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ')
  const moment = Object.hasOwn(moments, words) ? moments[words] : undefined
  if (moment) return moment
  const clockTime = parseLocalTime(/^by (\d\d:\d\d)$/.exec(words)?.[1] ?? '')
  if (clockTime) return { unit: 'minute-of-day', count: minutesOf(clockTime) }
  const [, minutes, does] = /^(\d{1,4}) minutes? before child (leaves|arrives)$/.exec(words) ?? []
  if (minutes !== undefined && Number(minutes) > 0)
    return { unit: does === 'leaves' ? 'minutes-before-child-leaves' : 'minutes-before-child-arrives', count: Number(minutes) }
  const [, months] = /^(\d{1,4}) months? to a working day$/.exec(words) ?? []
  if (months !== undefined && Number(months) > 0) return { unit: 'months-to-working-day', count: Number(months) }
  const [, digits, word] = /^(\d{1,4}) ([a-z ]+?)s?$/.exec(words) ?? []
  const unit = word !== undefined && Object.hasOwn(countedUnits, word) ? countedUnits[word] : undefined
  return unit === undefined || digits === undefined || Number(digits) === 0 ? undefined : { unit, count: Number(digits) }
}

function minutesOf(time: LocalTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** The time of day that a `minute-of-day` means. */
export function timeOfDay(minutes: number): LocalTime {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` as LocalTime
}

/** The duration as people read it: "within 1 working day", "before the child leaves". */
export function durationInWords(duration: Duration): string {
  switch (duration.unit) {
    case 'immediately':
      return 'immediately'
    case 'end-of-school-day':
      return 'by the end of the school day'
    case 'before-child-leaves':
      return 'before the child leaves'
    case 'minutes-before-child-leaves':
      return `${duration.count} minutes before the child leaves`
    case 'before-child-arrives':
      return 'before the child comes to school'
    case 'minutes-before-child-arrives':
      return `${duration.count} minutes before the child comes to school`
    case 'same-day':
      return 'the same day'
    case 'close-of-next-working-day':
      return 'by the close of the next working day'
    case 'minute-of-day':
      return `by ${timeOfDay(duration.count)} the same day`
    case 'end-of-term':
      return 'by the end of the term'
    case 'end-of-autumn-term':
      return 'by the end of the autumn term'
    case 'end-of-next-autumn-term':
      return 'by the end of the next autumn term'
    case 'before-autumn-term':
    case 'before-next-autumn-term':
      return 'before the autumn term begins'
    case 'no-time-given':
      return 'no time given'
    case 'months-to-working-day':
      return `within ${duration.count} ${duration.count === 1 ? 'month' : 'months'}, to the next working day`
    case 'minutes':
    case 'hours':
    case 'calendar-days':
    case 'working-days':
    case 'school-days':
    case 'weeks':
    case 'months':
    case 'terms':
    case 'years': {
      const words = duration.unit.replace('-', ' ')
      return `within ${duration.count} ${duration.count === 1 ? words.slice(0, -1) : words}`
    }
    default:
      return assertNever(duration)
  }
}

/** The duration as a profile writes it: `1 working day`, `before child leaves`. */
export function durationAsWritten(duration: Duration): string {
  if (!('count' in duration))
    return Object.keys(moments).find(words => moments[words]?.unit === duration.unit) ?? duration.unit.replaceAll('-', ' ')
  const { unit, count } = duration
  if (unit === 'minute-of-day') return `by ${timeOfDay(count)}`
  if (unit === 'minutes-before-child-leaves') return `${count} minutes before child leaves`
  if (unit === 'minutes-before-child-arrives') return `${count} minutes before child arrives`
  if (unit === 'months-to-working-day') return `${count} ${count === 1 ? 'month' : 'months'} to a working day`
  const words = unit.replace('-', ' ')
  return `${count} ${count === 1 ? words.slice(0, -1) : words}`
}
