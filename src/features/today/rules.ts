import { endOfDay, localDate } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { TodayAction, TodayClock, TodayConcern, TodayFacts, TodayList, todayLists } from './model.ts'

/** The running clock that is due first; one without a time comes after all that have one. */
export function mostPressing(concern: TodayConcern): TodayClock | undefined {
  return concern.clocks.toSorted((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'))[0]
}

/** In which list a concern stands: the first of these questions that is answered with yes. */
export function listOf(concern: TodayConcern, now: Instant): TodayList {
  if (concern.state === 'unreached') return 'unreached'
  if (concern.state === 'new') return 'new'
  const due = mostPressing(concern)?.dueAt ?? null
  if (due !== null && due < now) return 'overdue'
  if (due !== null && due <= endOfDay(localDate(now))) return 'due-today'
  if (concern.stub) return 'unfinished'
  if (concern.waitingFor.length > 0) return 'waiting'
  return 'coming'
}

export function listOfAction(action: TodayAction, now: Instant): 'overdue' | 'due-today' | 'coming' {
  const today = localDate(now)
  if (action.ownerGone || action.dueOn < today) return 'overdue'
  return action.dueOn === today ? 'due-today' : 'coming'
}

export interface TodayPage {
  readonly concerns: Readonly<Record<TodayList, readonly TodayConcern[]>>
  readonly actions: Readonly<Record<'overdue' | 'due-today' | 'coming', readonly TodayAction[]>>
}

function order(a: TodayConcern, b: TodayConcern): number {
  if (a.urgent !== b.urgent) return a.urgent ? -1 : 1
  const due = (mostPressing(a)?.dueAt ?? '9').localeCompare(mostPressing(b)?.dueAt ?? '9')
  return due || a.recordedAt.localeCompare(b.recordedAt)
}

/** Every open concern in exactly one list, urgent first, then what is due first, then what has waited longest. */
export function sortToday(facts: TodayFacts, now: Instant): TodayPage {
  const byList = Object.groupBy(facts.concerns, concern => listOf(concern, now))
  const byDue = Object.groupBy(facts.actions, action => listOfAction(action, now))
  const inOrder = (list: TodayList) => (byList[list] ?? []).toSorted(order)
  return {
    concerns: {
      unreached: inOrder('unreached'),
      new: inOrder('new'),
      overdue: inOrder('overdue'),
      'due-today': inOrder('due-today'),
      unfinished: inOrder('unfinished'),
      waiting: inOrder('waiting'),
      coming: inOrder('coming'),
    } satisfies Record<(typeof todayLists)[number], unknown>,
    actions: { overdue: byDue.overdue ?? [], 'due-today': byDue['due-today'] ?? [], coming: byDue.coming ?? [] },
  }
}
