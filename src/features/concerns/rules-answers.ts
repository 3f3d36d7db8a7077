/** What the answers given while recording bring about. Pure. */
import type { ActionId, AdultId, EntryId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { AnswerClock, Profile } from '../../policy/profile.ts'
import { chosenOptions } from '../questions/rules.ts'
import type { ActionToStart, HoldToSet, NewConcern, RecordingFacts } from './model.ts'
import type { NewId } from './rules.ts'

/** The clocks that they start. */
export function clocksOfAnswers(profile: Profile, concern: Pick<NewConcern, 'answers'>): readonly AnswerClock[] {
  return chosenOptions(profile, concern.answers ?? []).flatMap(({ option }) =>
    option.starts && 'clock' in option.starts ? [option.starts.clock] : [],
  )
}

/** The hold that they set: one for a concern, by the first that asks for it. */
export function holdOfAnswers(profile: Profile, concern: Pick<NewConcern, 'answers'>, newId: NewId): HoldToSet | null {
  const first = chosenOptions(profile, concern.answers ?? []).find(({ option }) => option.holds === 'parents')
  return first ? { id: newId<string>(), question: first.question.id, option: first.option.id } : null
}

/** Whoever has it; where nobody could be given it, somebody of the route who may yet; never anybody outside the concern. */
function ownerOf(
  ownerId: AdultId | null,
  facts: Pick<RecordingFacts, 'holders'>,
  excluded: readonly AdultId[],
): AdultId | undefined {
  return ownerId ?? facts.holders.find(holder => !excluded.includes(holder.adultId))?.adultId
}

/** The actions that they set, one for each child whom it is about. */
export function actionsOfAnswers(
  profile: Profile,
  concern: Pick<NewConcern, 'answers' | 'children'>,
  facts: Pick<RecordingFacts, 'holders' | 'children'>,
  to: { readonly ownerId: AdultId | null; readonly excluded: readonly AdultId[] },
  now: Instant,
  newId: NewId,
): readonly ActionToStart[] {
  const ownerId = ownerOf(to.ownerId, facts, to.excluded)
  if (!ownerId) return []
  return chosenOptions(profile, concern.answers ?? []).flatMap(({ option: { starts } }) => {
    if (!starts || 'clock' in starts) return []
    return concern.children
      .filter(child => child.involvement === 'subject')
      .map(({ childId, involvement }) => {
        const leavesAt = facts.children.find(child => child.childId === childId)?.leavesAt
        const due = dueAt(starts.due, now, profile.calendar, leavesAt ? { childLeavesAt: leavesAt } : {})
        return {
          id: newId<ActionId>(),
          entryId: newId<EntryId>(),
          childId,
          involvement,
          says: starts.action,
          ownerId,
          dueOn: localDate(due ?? now),
        }
      })
  })
}
