/** The other children of a household in which harm was reported: linking them at triage, confirming and dismissing them. */
import type { Actor, Permit } from '../../access/index.ts'
import type { ChildId, EntryId } from '../../kernel/ids.ts'
import { ok, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { rolesOnRoute } from '../concerns/index.ts'
import {
  type HouseholdChild,
  householdHeadings,
  insertSibling,
  isHouseholdHarm,
  keepContactSays,
  linkHousehold,
  settleHouseholdChild,
} from '../household/index.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import type { Step } from './commands.ts'
import { handedOver } from './filing-commands.ts'
import type { ConcernFacts, NewTriage } from './model.ts'
import { childrenNow, entryFor, newlyOutside, subjectsOf } from './rules.ts'
import { excludeFromConcern, saveConcernChange } from './store.ts'
import { noteAlerts } from './telling.ts'

/** Links the brothers and sisters where a category says that the harm is the household's, and keeps who may be rung. */
export async function linkHouseholdOf(
  work: Work<Actor>,
  permit: Permit<'concern.triage'>,
  concern: ConcernFacts,
  triage: NewTriage,
): Promise<void> {
  if (!isHouseholdHarm(work.profile, { categories: triage.categories, prompts: [] })) return
  await linkHousehold(work, permit, {
    id: concern.id,
    excluded: concern.excluded,
    subjects: subjectsOf(concern).map(child => child.childId),
    inConcern: childrenNow(concern).map(child => child.childId),
  })
  const question = work.profile.householdHarm?.contactQuestion
  const says = triage.answers?.find(answer => answer.question === question)?.says
  if (says) keepContactSays(work, permit, concern.id, says)
}

export interface HouseholdAnswer {
  readonly childId: ChildId
  readonly state: 'confirmed' | 'dismissed'
  readonly reason: string
}

/** Confirms that a child of the household is affected, and puts them into the concern; or dismisses it, with the reason. */
export async function answerForHousehold(
  work: Work<Actor>,
  permit: Permit<'concern.link'>,
  concern: ConcernFacts,
  household: readonly HouseholdChild[],
  answer: HouseholdAnswer,
): Step<true> {
  const child = household.find(({ childId }) => childId === answer.childId)
  if (!child || child.state === answer.state) return refused({ code: 'not-in-household' })
  const isJoining = answer.state === 'confirmed' && !childrenNow(concern).some(({ childId }) => childId === child.childId)
  const outside = isJoining ? newlyOutside(concern, child.tied) : []
  const losesOwner = concern.ownerId !== null && outside.includes(concern.ownerId)
  const next = losesOwner
    ? handedOver(work, [...concern.excluded, ...outside], await findRoleHolders(work, rolesOnRoute(work.profile)))
    : undefined
  await settleHouseholdChild(work, permit, concern.id, answer)
  if (isJoining) await insertSibling(work, permit, concern, child.childId)
  const entry = entryFor(
    { childId: child.childId, involvement: child.part },
    'linked',
    householdHeadings[answer.state],
    work.now,
    () => newId<EntryId>(),
  )
  await saveConcernChange(
    work,
    permit,
    { id: concern.id, excluded: [...new Set([...concern.excluded, ...child.tied])] },
    { ...(next ? { ownerId: next.ownerId, alerts: next.alerts } : {}), entries: [entry] },
  )
  work.note({
    event: 'household.answered',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { child: child.childId, state: answer.state },
  })
  if (next) noteAlerts(work, concern, next.alerts)
  await excludeFromConcern(work, concern.id, outside)
  return ok(true)
}
