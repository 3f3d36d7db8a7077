/** When children attend: terms, closures, part days and the times of the day, each with its authority. */
import { byText } from '../kernel/ordering.ts'
import type { LocalTime, PlainDate } from '../kernel/plain-date.ts'
import { addDays } from '../kernel/plain-date.ts'
import type { LayerFile, Standing } from './language.ts'
import { cited, nearestValue, someOf, type View } from './layer-values.ts'
import type { Layer } from './parse-layer.ts'
import type { Cited, CitedCalendar, Sourced } from './profile.ts'

type CalendarFile = NonNullable<Extract<LayerFile, { calendar?: unknown }>['calendar']>

function calendarFileOf(data: LayerFile): CalendarFile | undefined {
  return 'calendar' in data ? data.calendar : undefined
}

/** The terms of the nearest layer that prints any, with its closures and those of the layers nearer than it. */
export function termsOf({ chain: all }: View): Pick<CitedCalendar, 'terms' | 'closures' | 'partDays'> | undefined {
  const chain = all.filter(layer => !layer.decided)
  const decided = all.filter(layer => layer.decided)
  const printing = chain.findLastIndex(layer => calendarFileOf(layer.data)?.terms !== undefined)
  const parts = [...chain.slice(Math.max(printing, 0)), ...decided].flatMap(layer => {
    const calendar = calendarFileOf(layer.data)
    return calendar ? [{ layer, calendar }] : []
  })
  const moved = decided.flatMap(layer => calendarFileOf(layer.data)?.terms ?? [])
  // A term that the school has decided stands for the one of the same name and year in the files.
  const isMoved = (layer: Layer, name: string, from: string) =>
    !layer.decided && moved.some(term => term.name === name && term.from.slice(0, 4) === from.slice(0, 4))
  const terms = parts.flatMap(({ layer, calendar }) =>
    (calendar.terms ?? []).flatMap(({ name, from, to, ...own }) => {
      if (isMoved(layer, name, from)) return []
      const authority = partCited(layer, calendar, own)
      return {
        name,
        from,
        to,
        ...authority,
        standing: authority.standing === 'setting' ? authority.standing : ('stated' as const),
      }
    }),
  )
  return (
    someOf(terms) && {
      terms: terms.toSorted((a, b) => byText(a.from, b.from)),
      closures: closuresOf(parts),
      partDays: parts
        .flatMap(({ layer, calendar }) =>
          (calendar.part_days ?? []).map(({ date, ends, says, ...own }) => ({
            date,
            ends,
            says,
            ...partCited(layer, calendar, own),
          })),
        )
        .toSorted((a, b) => byText(a.date, b.date)),
    }
  )
}

/** The closures of these layers, without the days of a farther one's that a nearer one has reopened. */
function closuresOf(parts: readonly { readonly layer: Layer; readonly calendar: CalendarFile }[]): CitedCalendar['closures'] {
  return parts.reduce<CitedCalendar['closures']>((closed, { layer, calendar }) => {
    const kept = (calendar.reopened ?? []).reduce<CitedCalendar['closures']>(
      (left, { from, to }) => left.flatMap(closure => without(closure, from, to ?? from)),
      closed,
    )
    const own = (calendar.closures ?? []).map(({ from, to, says, ...part }) => ({
      from,
      to: to ?? from,
      says,
      ...partCited(layer, calendar, part),
    }))
    return [...kept, ...own]
  }, [])
}

/** What is left of a span of days once others are taken out of it. */
export function without<Span extends { readonly from: PlainDate; readonly to: PlainDate }>(
  span: Span,
  from: PlainDate,
  to: PlainDate,
): readonly Span[] {
  if (to < span.from || from > span.to) return [span]
  return [
    ...(span.from < from ? [{ ...span, to: addDays(from, -1) }] : []),
    ...(to < span.to ? [{ ...span, from: addDays(to, 1) }] : []),
  ]
}

/** A term or closure has the authority of the calendar that it stands in, unless it names a source of its own. */
function partCited(layer: Layer, calendar: Standing, own: { [Field in 'source' | 'setting']?: Standing[Field] | undefined }) {
  const { source, setting, unverified, reading } = calendar
  if (own.source) return cited(layer, { source: own.source, setting: own.setting })
  return cited(layer, { source, setting: own.setting ?? setting, unverified, reading })
}

/** When the school day starts or ends, or offices close, by the nearest layer that says. */
export function dayTimeOf(view: View, field: 'day_starts' | 'day_ends' | 'close_of_business'): Sourced<LocalTime> | undefined {
  return nearestValue(view, data => calendarFileOf(data)?.[field])
}

/** The calendar, whole. */
export function calendarOf(
  parts: Pick<CitedCalendar, 'terms' | 'closures' | 'partDays'>,
  times: Readonly<Record<'dayStarts' | 'dayEnds' | 'closeOfBusiness', Sourced<LocalTime>>>,
): CitedCalendar {
  const { dayStarts, dayEnds, closeOfBusiness } = times
  const citation = ({ value: _value, from: _from, ...rest }: Sourced<LocalTime>): Cited => rest
  return {
    ...parts,
    dayStarts: dayStarts.value,
    dayEnds: dayEnds.value,
    closeOfBusiness: closeOfBusiness.value,
    sources: { dayStarts: citation(dayStarts), dayEnds: citation(dayEnds), closeOfBusiness: citation(closeOfBusiness) },
  }
}
