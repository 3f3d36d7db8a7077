import type { VNode } from 'preact'
import { dateInWords, dayInWords, endInWords, localDate, momentInWords, timeInWords } from '../../../kernel/london-time.ts'
import { addDays, type Instant, type PlainDate } from '../../../kernel/plain-date.ts'
import { Badge } from '../../../web/components/index.ts'
import { filtersQuery } from '../filters.ts'
import type { Entry, FileFilters, FileHeader, Point } from '../model.ts'
import { dueState } from '../rules.ts'

export function nameOf(header: Pick<FileHeader, 'givenName' | 'familyName'>): string {
  return `${header.givenName} ${header.familyName}`
}

/** The name with what tells this child from others, for paper and titles. */
export function nameAndBirth(header: Pick<FileHeader, 'givenName' | 'familyName' | 'born'>): string {
  return header.born ? `${nameOf(header)}, born ${dateInWords(header.born)}` : nameOf(header)
}

export function fileHref(header: Pick<FileHeader, 'id'>, filters: FileFilters, hash = ''): string {
  return `/children/${header.id}${filtersQuery(filters)}${hash}`
}

/** A moment as a person says it, with the exact one for machines. */
export function Moment({ at }: { readonly at: Instant }): VNode {
  return <time dateTime={at}>{momentInWords(at)}</time>
}

/** "Today", "Yesterday", otherwise the date in full. */
export function dayNearby(day: PlainDate, now: Instant): string {
  const today = localDate(now)
  if (day === today) return `Today, ${dateInWords(day)}`
  return day === addDays(today, -1) ? `Yesterday, ${dateInWords(day)}` : dateInWords(day)
}

/** When something is due, with a badge where it is late or due today. */
export function Due({ due, now }: { readonly due: Instant | PlainDate | null; readonly now: Instant }): VNode {
  const state = dueState(due, now)
  if (due === null) return <>No time is given for it</>
  const says = due.length === 10 ? dayInWords(due as PlainDate) : endInWords(due as Instant)
  return (
    <>
      {state === 'overdue' && <Badge kind="overdue" />} {state === 'due-today' && <Badge kind="due-today" />} Due {says}
    </>
  )
}

/** The page of what an entry tells of. */
export function hrefOf(entry: Pick<Entry | Point, 'kind' | 'concernId' | 'referralId' | 'noteId'>): string | undefined {
  if (entry.noteId) return `/notes/${entry.noteId}`
  if (entry.referralId) return `/referrals/${entry.referralId}`
  return entry.concernId ? `/concerns/${entry.concernId}` : undefined
}

export function atTime(time: Entry['happenedAtTime']): string {
  return time === null ? '' : `, ${timeInWords(time)}`
}
