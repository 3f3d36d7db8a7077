import { endOfDay, localDate, startOfDay } from '../../kernel/london-time.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { TodayAction, TodayFacts, TodayList, TodayOutline, todayLists } from './model.ts'

/** The day of the next look at an open concern; one for which nobody has said a day is looked at today. */
export function nextLookOn(concern: TodayOutline, now: Instant): PlainDate | undefined {
  if (concern.state !== 'open') return undefined
  return concern.nextLookAt === null ? localDate(now) : localDate(concern.nextLookAt)
}

interface Day {
  readonly now: Instant
  readonly starts: Instant
  readonly ends: Instant
}

function dayOf(now: Instant): Day {
  const today = localDate(now)
  return { now, starts: startOfDay(today), ends: endOfDay(today) }
}

function listOn(concern: TodayOutline, day: Day): TodayList {
  if (concern.state === 'unreached') return 'unreached'
  if (concern.state === 'new') return 'new'
  const due = concern.dueAt
  // A decided concern for which nobody has said a day is looked at today.
  const look = concern.state === 'open' ? (concern.nextLookAt ?? day.now) : undefined
  if ((due !== null && due < day.now) || (look !== undefined && look < day.starts)) return 'overdue'
  if (concern.owesReferral || (look !== undefined && look <= day.ends) || (due !== null && due <= day.ends)) return 'due-today'
  // Nothing leaves the list without a decision, also where its time is not today.
  if (concern.state === 'acknowledged' || concern.state === 'triaged') return 'to-decide'
  if (concern.stub) return 'unfinished'
  if (concern.isWaiting) return 'waiting'
  return 'coming'
}

/** In which list a concern stands: the first of these questions that is answered with yes. */
export function listOf(concern: TodayOutline, now: Instant): TodayList {
  return listOn(concern, dayOf(now))
}

export function listOfAction(action: TodayAction, now: Instant): 'overdue' | 'due-today' | 'coming' {
  const today = localDate(now)
  if (action.ownerGone || action.dueOn < today) return 'overdue'
  return action.dueOn === today ? 'due-today' : 'coming'
}

export interface TodayPage {
  readonly concerns: Readonly<Record<TodayList, readonly TodayOutline[]>>
  readonly actions: Readonly<Record<'overdue' | 'due-today' | 'coming', readonly TodayAction[]>>
}

// Instants sort as text; a comparison by language would take most of the page's time.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function order(a: TodayOutline, b: TodayOutline): number {
  if (a.urgent !== b.urgent) return a.urgent ? -1 : 1
  if (a.explanationsDiffer !== b.explanationsDiffer) return a.explanationsDiffer ? -1 : 1
  const due = compareText(a.dueAt ?? '9', b.dueAt ?? '9')
  return due || compareText(a.recordedAt, b.recordedAt)
}

/** Every open concern in exactly one list, urgent first, then those whose injury is explained differently, then what is due first, then what has waited longest. */
export function sortToday(
  facts: Omit<
    TodayFacts,
    | 'siblings'
    | 'secondLooks'
    | 'glassToReview'
    | 'casesToReview'
    | 'mailbox'
    | 'contactChecks'
    | 'absenceDrafts'
    | 'lastCheckpoint'
    | 'lookingToAsk'
  >,
  now: Instant,
): TodayPage {
  // The day is reckoned once: time zones are slow, and there may be thousands of concerns.
  const day = dayOf(now)
  const byList = Object.groupBy(facts.concerns, concern => listOn(concern, day))
  const byDue = Object.groupBy(facts.actions, action => listOfAction(action, now))
  const inOrder = (list: TodayList) => (byList[list] ?? []).toSorted(order)
  return {
    concerns: {
      unreached: inOrder('unreached'),
      new: inOrder('new'),
      overdue: inOrder('overdue'),
      'due-today': inOrder('due-today'),
      'to-decide': inOrder('to-decide'),
      unfinished: inOrder('unfinished'),
      waiting: inOrder('waiting'),
      coming: inOrder('coming'),
    } satisfies Record<(typeof todayLists)[number], unknown>,
    actions: { overdue: byDue.overdue ?? [], 'due-today': byDue['due-today'] ?? [], coming: byDue.coming ?? [] },
  }
}

/** Rows that a list shows before it is asked for all: more than anybody does before they come back to the page. */
const rowsShown = 40

/** The concerns whose rows are drawn: the first of each list, or all of the one that was asked for. */
export function shownOf(page: TodayPage, list: TodayList, all: string | undefined): readonly TodayOutline[] {
  return page.concerns[list].slice(0, all === list ? undefined : rowsShown)
}
