/** Whether a time is written in a unit that fits what it is for: nothing comes back every two minutes, and no adult's training waits for a child to leave. */
import { clockParts } from './clock-homes.ts'
import { durationAsWritten } from './duration.ts'
import type { FieldFault, FieldPath } from './faults.ts'
import type { Layer } from './parse-layer.ts'
import type { ClockName, Duration } from './profile.ts'

type Unit = Duration['unit']

const ofTheDay: readonly Unit[] = ['end-of-school-day', 'same-day', 'minute-of-day', 'close-of-next-working-day']
const ofTheChild: readonly Unit[] = [
  'before-child-leaves',
  'minutes-before-child-leaves',
  'before-child-arrives',
  'minutes-before-child-arrives',
]
const ofTheYear: readonly Unit[] = [
  'months',
  'terms',
  'years',
  'end-of-term',
  'end-of-autumn-term',
  'end-of-next-autumn-term',
  'before-autumn-term',
  'before-next-autumn-term',
]

/** Units in which a duty that comes back cannot be counted. */
const neverRecurring: readonly Unit[] = ['minutes', 'hours', 'immediately', ...ofTheDay, ...ofTheChild]

/** Clocks of one event that somebody answers in days at the most; whatever runs longer is not written in minutes of a child's day either. */
const soon: ReadonlySet<ClockName> = new Set<ClockName>([
  'urgent-alert',
  'record-written',
  'acknowledge',
  'triage',
  'parent-informed',
  'referral-written',
  'referral-answer',
  'referral-escalation',
  'challenge-reply',
  'child-seen',
  'fgm-police-report',
  'lado-contact',
  'conduct-employer-told',
  'conduct-shared-upward',
  'file-transfer',
  'transfer-receipt',
  'incoming-file-request',
  'absence-notice',
  'private-fostering-notice',
  'encompass-check-in',
  'risk-assessment',
])

/** Clocks of adults, for whom no child comes or leaves. */
const ofAdults: ReadonlySet<ClockName> = new Set<ClockName>([
  'lado-contact',
  'conduct-employer-told',
  'conduct-shared-upward',
  'subject-access',
])

interface Timed {
  readonly value: Duration
}

const seriesOf = (found: Timed | readonly Timed[] | undefined): readonly Timed[] => (found === undefined ? [] : [found].flat())

/** Every time of a file whose unit does not fit what it is for. */
export function unitFaults(layer: Layer): FieldFault[] {
  return [...faultsOfClocks(layer), ...faultsOfTelling(layer)]
}

/** What somebody is told of because nobody has acted is told in hours or days. */
function faultsOfTelling({ data }: Layer): FieldFault[] {
  const within = (data.unanswered ?? []).flatMap((entry, index) =>
    entry.within === undefined
      ? []
      : faultsIn(['unanswered', index, 'within'], entry.on, ofTheYear, false, false)({ value: entry.within }, 0),
  )
  const late = (data.pathways ?? []).flatMap((pathway, at) =>
    (pathway.steps ?? []).flatMap(({ id, late: told }, index) =>
      (['after', 'again'] as const).flatMap(field => {
        const value = told?.[field]
        const path = ['pathways', at, 'steps', index, 'late', field]
        return value === undefined ? [] : faultsIn(path, id, ofTheYear, false, false)({ value }, 0)
      }),
    ),
  )
  return [...within, ...late]
}

function faultsOfClocks({ data }: Layer): FieldFault[] {
  return clockParts.flatMap(part =>
    (data[part] ?? []).flatMap((entry, index): FieldFault[] => {
      const name = entry.clock ?? ('course' in entry ? entry.course : part)
      const within = part === 'clocks' && entry.clock ? unfitAtClock(entry.clock) : ofTheChild
      const every: readonly Timed[] = 'every' in entry ? seriesOf(entry.every) : []
      return [
        ...seriesOf(entry.within).flatMap(faultsIn([part, index, 'within'], name, within, Array.isArray(entry.within))),
        ...every.flatMap(faultsIn([part, index, 'every'], name, neverRecurring, 'every' in entry && Array.isArray(entry.every))),
      ]
    }),
  )
}

function unfitAtClock(clock: ClockName): readonly Unit[] {
  return [...(soon.has(clock) ? ofTheYear : []), ...(ofAdults.has(clock) ? ofTheChild : [])]
}

function faultsIn(path: FieldPath, name: string, unfit: readonly Unit[], isSeries: boolean, isEntry = true) {
  return ({ value }: Timed, index: number): FieldFault[] => {
    if (!unfit.includes(value.unit)) return []
    return [
      {
        path: [...path, ...(isSeries ? [index] : []), ...(isEntry ? ['value'] : [])],
        on: 'value',
        says: `"${durationAsWritten(value)}" does not fit ${name}${path.at(-1) === 'every' ? ', which comes back' : ''}.`,
        remedy: remedyFor(path.at(-1) === 'every', value.unit),
      },
    ]
  }
}

function remedyFor(recurring: boolean, unit: Unit): string {
  if (recurring) return 'Count it in days, weeks, months, terms or years, for example 1 year.'
  return ofTheChild.includes(unit)
    ? 'No child comes or leaves there: count it in hours or days, for example 1 working day.'
    : 'Count it in hours or days, for example 1 working day, or name a moment of the day.'
}
