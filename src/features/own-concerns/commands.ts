import { type Actor, check, type Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { AdultId, AlertId, ConcernId, EntryId, ReferralId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { wordingIn } from '../../policy/between-children.ts'
import { clocksMetBy, clocksStartedBy } from '../../policy/clocks.ts'
import type { Work } from '../../work/work.ts'
import { meetByFinishing } from '../accounts/index.ts'
import {
  type AlertToSend,
  alertsOf,
  type BodyMark,
  clockToStart,
  explanationHeading,
  explanationsIn,
  keepExplanations,
  type NewConcern,
  type NewExplanation,
  type RecordedConcern,
  rolesOnRoute,
  routeOf,
} from '../concerns/index.ts'
import { settleByReferral } from '../pathways/index.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import { recordStep, stepOf } from '../without-dsl/index.ts'
import type { DirectReferral, FinishRefusal, OwnWords, WrittenChild } from './model.ts'
import { ownerThere } from './rules.ts'
import {
  excludeTeam,
  insertAddition,
  insertDirectReferral,
  insertFinishedPart,
  insertSteps,
  type OwnEntry,
  type StepRows,
  saveFinished,
} from './store.ts'

/** The concern that a reporter acts on, with what they may know of it. */
export interface Own {
  readonly concern: RecordedConcern
  readonly words: OwnWords
}

/** Tells whoever has the concern; where they are not there any more, whoever the route leads to now. */
function tellOfAddition(work: Work<Actor>, { concern, words }: Own, says: string): Promise<readonly AlertToSend[]> {
  return tellWhoHasIt(work, { ownerId: words.ownerId, excluded: concern.access.excluded ?? [] }, says)
}

/** The same where no more is known of the concern than who has it. */
export async function tellWhoHasIt(
  work: Work<Actor>,
  { ownerId, excluded }: { readonly ownerId: AdultId | null; readonly excluded: readonly AdultId[] },
  says: string,
): Promise<readonly AlertToSend[]> {
  const holders = await findRoleHolders(work, rolesOnRoute(work.profile))
  const owner = ownerThere(ownerId, holders, excluded)
  const told: readonly AlertToSend[] = owner
    ? [
        {
          id: newId<AlertId>(),
          adultId: owner.adultId,
          role: owner.role,
          kind: 'addendum',
          step: 0,
          rule: 'concerns.addition-told',
          says,
          source: 'Whoever has a concern hears of all that is added to it',
        },
      ]
    : alertsOf(work.profile, routeOf(work.profile, { holders }, excluded), 'addendum', newId)
  return told.filter(alert => alert.adultId !== work.someone.adultId)
}

/** Children whom the writer named as those under whom the concern stands now; two who have become one are one. */
function filedChildren(words: OwnWords, named: readonly WrittenChild[]): readonly WrittenChild[] {
  const filed = named.map(child => ({ ...child, ...words.filedUnder[child.childId] }))
  return filed.filter((child, index) => filed.findIndex(other => other.childId === child.childId) === index)
}

function subjectsOf(words: OwnWords): readonly WrittenChild[] {
  const subjects = words.children.filter(child => child.involvement === 'subject')
  return filedChildren(words, subjects.length > 0 ? subjects : words.children)
}

function entryFor(
  work: Work,
  child: WrittenChild,
  entry: Pick<OwnEntry, 'kind' | 'heading'>,
  referralId: ReferralId | null,
): OwnEntry {
  const { date, time } = toLocal(work.now)
  return {
    id: newId<EntryId>(),
    childId: child.childId,
    ...entry,
    happenedOn: date,
    happenedAtTime: time,
    referralId,
    involvement: child.involvement,
  }
}

function rowsOf(own: Own, alerts: readonly AlertToSend[], entries: readonly OwnEntry[]): StepRows {
  return { concernId: own.concern.id, excluded: own.concern.access.excluded ?? [], alerts, entries }
}

function sendAlerts(work: Work<Actor>, own: Own, alerts: readonly AlertToSend[]): void {
  noteTold(work, own.concern.id, alerts)
}

/** Notes that these were told, and writes to them. */
export function noteTold(work: Work<Actor>, concernId: ConcernId, alerts: readonly AlertToSend[]): void {
  for (const alert of alerts) {
    work.note({
      event: 'alert.told',
      subjectKind: 'concern',
      subject: concernId,
      facts: { adult: alert.adultId, rule: alert.rule },
    })
    work.send({ kind: 'alert-mail', adultId: alert.adultId, concernId: concernId })
  }
}

/** Adds to one's own concern. What was written before stays as it is. */
export async function addToOwnConcern(
  work: Work<Actor>,
  permit: Permit<'concern.add-to-own'>,
  own: Own,
  says: string,
): Promise<void> {
  const flags = wordingIn(work.profile, 'additions', says).map(({ rule }) => rule)
  const look = flags.length > 0 ? ` Look at it: ${flags.map(({ name }) => name.toLowerCase()).join(', ')}.` : ''
  const alerts = await tellOfAddition(work, own, `Whoever reported it has added something.${look}`)
  const entries = subjectsOf(own.words).map(child =>
    entryFor(work, child, { kind: 'addendum', heading: 'Added by the reporter' }, null),
  )
  const id = newId<string>()
  const salt = newSalt()
  await insertAddition(work, permit, rowsOf(own, alerts, entries), { id, by: work.someone.adultId, says, salt })
  work.note({
    event: 'concern.added-to',
    subjectKind: 'concern',
    subject: own.concern.id,
    facts: { addendum: id, kind: 'reporter', flags: flags.map(rule => rule.id), words: saltedDigest(salt, says) },
  })
  sendAlerts(work, own, alerts)
}

function explanationsBy(own: Own, by: AdultId) {
  return { concernId: own.concern.id, excluded: own.concern.access.excluded ?? [], reporterId: by, by }
}

/** Adds how somebody says that an injury came about. Whoever has the concern is told, and sees all that was said side by side. */
export async function explainOwnInjury(
  work: Work<Actor>,
  permit: Permit<'concern.add-to-own'>,
  own: Own,
  explanation: NewExplanation,
): Promise<void> {
  const alerts = await tellOfAddition(work, own, 'Whoever reported it has added something.')
  const entries = subjectsOf(own.words).map(child =>
    entryFor(work, child, { kind: 'addendum', heading: explanationHeading(explanation) }, null),
  )
  insertSteps(work, permit, rowsOf(own, alerts, entries), work.someone.adultId)
  keepExplanations(work, permit, explanationsBy(own, work.someone.adultId), [explanation])
  work.note({
    event: 'concern.added-to',
    subjectKind: 'concern',
    subject: own.concern.id,
    facts: { explanation: explanation.markN, by: explanation.givenBy, agrees: explanation.agrees },
  })
  sendAlerts(work, own, alerts)
}

export interface FinishedPart {
  readonly account: NewConcern['account']
  readonly marks: readonly BodyMark[]
}

/** Finishes what was left as two lines: another part of the account, and the clock for writing it down is met. */
export async function finishOwnConcern(
  work: Work<Actor>,
  permit: Permit<'concern.add-to-own'>,
  own: Own,
  part: FinishedPart,
): Promise<Result<true, FinishRefusal>> {
  const by: AdultId = work.someone.adultId
  if (!(await saveFinished(work, permit, own.concern.id, by))) return refused({ code: 'finished-already' })
  meetByFinishing(work, permit, own.concern.id)
  const alerts = await tellOfAddition(work, own, 'Whoever reported it has finished the record.')
  const meets = clocksMetBy({ event: 'concern.completed', at: work.now })
  const salt = newSalt()
  const { account, marks } = part
  await insertFinishedPart(work, permit, rowsOf(own, alerts, []), { by, account, marks, salt, meets })
  // A stub has no injuries, and is finished once: these count from one.
  keepExplanations(work, permit, explanationsBy(own, by), explanationsIn(marks))
  work.note({
    event: 'concern.finished',
    subjectKind: 'concern',
    subject: own.concern.id,
    facts: {
      words: saltedDigest(salt, account.childWords, account.seen, account.opinion, account.done),
      marks: marks.length,
      met: meets,
    },
  })
  sendAlerts(work, own, alerts)
  return ok(true)
}

/** Records that the reporter rang an agency themselves. The next member of the team who can have the concern finds it there. */
export async function recordDirectReferral(
  work: Work<Actor>,
  permit: Permit<'referral.direct'>,
  own: Own,
  referral: DirectReferral,
): Promise<void> {
  const by = work.someone.adultId
  const reason = work.profile.directReferral?.reasons.find(({ id }) => id === referral.because)
  const isHidden = reason?.hides === 'team'
  const alerts = isHidden ? [] : await tellOfAddition(work, own, 'Whoever reported it has rung an agency themselves.')
  const named = own.words.children.filter(child => referral.childIds.includes(child.childId))
  const referrals = filedChildren(own.words, named).map(child => {
    const facts = child.homeAuthority ? { homeAuthority: child.homeAuthority } : {}
    const started = clocksStartedBy(work.profile, { event: 'referral.phoned', at: referral.at, to: referral.agency }, facts)
    return {
      id: newId<ReferralId>(),
      eventId: newId<string>(),
      child,
      clocks: started.map(clock => clockToStart(work.profile, clock, by, null, newId)),
    }
  })
  const entries = referrals.map(({ child, id }) =>
    entryFor(work, child, { kind: 'referral', heading: 'Direct referral by whoever reported the concern' }, id),
  )
  await insertDirectReferral(work, permit, rowsOf(own, alerts, entries), { by, referral, referrals })
  await settleByReferral(
    work,
    permit,
    { id: own.concern.id, excluded: own.concern.access.excluded ?? [] },
    { agency: referral.agency, at: referral.at, withWhom: referral.withWhom, reference: referral.reference },
  )
  // One of the team who rings acts as the team; of anybody else a DSL reads it and countersigns.
  if (!isHidden && !check(work.someone, 'file.read', { schoolId: work.school.id }).allowed)
    await recordStep(work, permit, stepOf(own.concern), {
      kind: 'referral',
      at: referral.at,
      withWhom: `${referral.destination}: ${referral.withWhom}`,
      says: referral.says,
    })
  work.note({
    event: 'referral.direct',
    subjectKind: 'concern',
    subject: own.concern.id,
    facts: {
      referrals: referrals.map(({ id }) => id),
      agency: referral.agency,
      because: referral.because ?? null,
      at: referral.at,
      clocks: referrals.flatMap(({ clocks }) => clocks.map(clock => ({ rule: clock.rule, due: clock.dueAt }))),
    },
  })
  sendAlerts(work, own, alerts)
  if (isHidden) {
    const team = (await findRoleHolders(work, work.school.fileRoles)).map(({ adultId }) => adultId).filter(adult => adult !== by)
    await excludeTeam(work, permit, own.concern.id, [...new Set(team)])
    work.note({
      event: 'adult.excluded',
      subjectKind: 'concern',
      subject: own.concern.id,
      facts: { adults: team, because: 'direct-referral' },
    })
  }
}
