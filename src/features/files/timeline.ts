/** Where the marks of the drawn timeline stand. Pure. */
import { scaleUtc } from 'd3-scale'
import { byText } from '../../kernel/ordering.ts'
import { addDays, compare, daysBetween, type PlainDate, partsOf } from '../../kernel/plain-date.ts'
import { type EntryKind, entryKinds, type FileFilters, type FileStatus, type Point } from './model.ts'
import { type Gap, gapsIn } from './rules.ts'

const width = 1160
const left = 180
const right = 20
const laneHeight = 32
const axisHeight = 34
/** Wide enough to be hit by a finger where the picture is drawn smallest: entries nearer to each other share a mark. */
const bin = 30
const leastDays = 60
const gapsShown = 4

export interface Mark {
  readonly kind: EntryKind
  readonly x: number
  readonly y: number
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly count: number
  readonly urgent: boolean
  readonly from: PlainDate
  readonly to: PlainDate
  /** The one entry, where the mark stands for one. */
  readonly single: Point | undefined
}

export interface Lane {
  readonly y: number
  readonly kind: EntryKind
  readonly count: number
}

export interface Span {
  readonly y: number
  readonly x1: number
  readonly x2: number
  readonly status: FileStatus
  /** It began before the picture does, or goes on after. */
  readonly beganBefore: boolean
  readonly goesOn: boolean
}

export interface Timeline {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly axisY: number
  readonly from: PlainDate
  readonly to: PlainDate
  readonly ticks: readonly { readonly x: number; readonly on: PlainDate }[]
  readonly lanes: readonly Lane[]
  readonly spans: readonly Span[]
  readonly marks: readonly Mark[]
  readonly gaps: readonly (Gap & { readonly x1: number; readonly x2: number })[]
}

type Scale = (day: PlainDate) => number

function earlier(a: PlainDate, b: PlainDate): PlainDate {
  return compare(a, b) < 0 ? a : b
}

function later(a: PlainDate, b: PlainDate): PlainDate {
  return compare(a, b) < 0 ? b : a
}

function daysShown(points: readonly Point[], filters: Pick<FileFilters, 'from' | 'to'>, today: PlainDate) {
  const days = points.map(point => point.on).toSorted(byText)
  const last = days.at(-1) ?? today
  const to = filters.to ?? later(last, today)
  const first = filters.from ?? days[0] ?? to
  const earliest = addDays(to, -leastDays)
  return { from: filters.from ?? earlier(first, earliest), to: to > first ? to : addDays(first, leastDays) }
}

function marksOf(points: readonly Point[], y: number, scale: Scale): Mark[] {
  const bins = new Map<number, Point[]>()
  for (const point of points) {
    const index = Math.floor((scale(point.on) - left) / bin)
    bins.set(index, [...(bins.get(index) ?? []), point])
  }
  return [...bins].map(([index, together]) => {
    const days = together.map(point => point.on).toSorted(byText)
    const count = together.reduce((sum, point) => sum + point.count, 0)
    const middle = together.reduce((sum, point) => sum + scale(point.on) * point.count, 0) / count
    const x = left + index * bin
    const radius = count > 1 ? 11 : 8
    const [only] = together
    return {
      kind: only?.kind ?? 'concern',
      x: Math.round(Math.min(Math.max(middle, x + radius), x + bin - radius)),
      y: y + laneHeight / 2,
      box: { x: x + 1, y: y + 1, width: bin - 2, height: laneHeight - 2 },
      count,
      urgent: together.some(point => point.urgent),
      from: days[0] ?? only?.on ?? ('' as PlainDate),
      to: days.at(-1) ?? only?.on ?? ('' as PlainDate),
      single: count === 1 ? only : undefined,
    }
  })
}

function spanOf(status: FileStatus, y: number, scale: Scale, shown: { from: PlainDate; to: PlainDate }): Span[] {
  const ends = status.endsOn ?? shown.to
  if (status.startsOn > shown.to || ends < shown.from) return []
  const starts = later(status.startsOn, shown.from)
  return [
    {
      y: y + 6,
      x1: scale(starts),
      x2: Math.max(scale(earlier(ends, shown.to)), scale(starts) + 3),
      status,
      beganBefore: status.startsOn < shown.from,
      goesOn: status.endsOn === null || status.endsOn > shown.to,
    },
  ]
}

/** Lays out the picture: statuses as bars, one lane for each kind of entry, silences shaded. Undefined where nothing can be drawn. */
export function layOutTimeline(
  points: readonly Point[],
  statuses: readonly FileStatus[],
  filters: Pick<FileFilters, 'from' | 'to'>,
  today: PlainDate,
): Timeline | undefined {
  if (points.length === 0) return undefined
  const shown = daysShown(points, filters, today)
  const asDate = (day: PlainDate) => new Date(`${day}T00:00:00Z`)
  // The last day has a width as well: its marks stand before the end of the picture.
  const utc = scaleUtc(
    [asDate(shown.from), asDate(addDays(shown.to, 1))],
    [left, left + Math.floor((width - left - right) / bin) * bin],
  )
  const scale: Scale = day => Math.round(utc(asDate(day)) * 10) / 10
  const spans = statuses
    .flatMap(status => spanOf(status, 0, scale, shown))
    .map((span, row) => ({ ...span, y: axisHeight + row * laneHeight + 8 }))
  const top = axisHeight + spans.length * laneHeight
  const kinds = entryKinds.filter(kind => points.some(point => point.kind === kind))
  const lanes = kinds.map((kind, row) => ({
    kind,
    y: top + row * laneHeight,
    count: points.filter(point => point.kind === kind).reduce((sum, point) => sum + point.count, 0),
  }))
  return {
    width,
    height: top + lanes.length * laneHeight + 4,
    left,
    axisY: axisHeight - 8,
    ...shown,
    ticks: utc
      .ticks(daysBetween(shown.from, shown.to) > 120 ? 8 : 5)
      .filter(date => utc(date) < width - 3 * right)
      .map(date => ({ x: Math.round(utc(date) * 10) / 10, on: date.toISOString().slice(0, 10) as PlainDate })),
    lanes,
    spans,
    marks: lanes.flatMap(lane =>
      marksOf(
        points.filter(point => point.kind === lane.kind),
        lane.y,
        scale,
      ),
    ),
    gaps: gapsIn(points, earlier(shown.to, today), gapsShown).map(gap => ({
      ...gap,
      x1: scale(gap.from),
      x2: scale(addDays(gap.to, 1)),
    })),
  }
}

const monthsShort = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "Mar 2026", or the day where the axis is finer than months. */
export function tickInWords(on: PlainDate): string {
  const { year, month, day } = partsOf(on)
  return day === 1 ? `${monthsShort[month - 1]} ${year}` : `${day} ${monthsShort[month - 1]}`
}

/** "Mar 2026". */
export function monthInWords(day: PlainDate): string {
  const { year, month } = partsOf(day)
  return `${monthsShort[month - 1]} ${year}`
}
