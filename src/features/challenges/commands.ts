import { type Actor, check, type Permit } from '../../access/index.ts'
import { newSalt, saltedDigest } from '../../audit/entry.ts'
import type { AdultId, AlertId } from '../../kernel/ids.ts'
import { endOfDay, localDate, toLocal } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { clocksStartedBy } from '../../policy/clocks.ts'
import type { Work } from '../../work/work.ts'
import { type AlertToSend, clockToStart, type RecordedConcern, sourceText, tellOf } from '../concerns/index.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import type { Challenge, ChallengeRefusal, ChallengesOf, ReplyRefusal, Standing } from './model.ts'
import { type Answerer, answererFor, answeringRoles, mayAnswer } from './rules.ts'
import {
  type EntryOf,
  findOwnChallenges,
  findStandingForUpdate,
  insertChallenge,
  insertReplied,
  reopenOwn,
  saveReply,
} from './store.ts'

/** The alert of whoever answers: whoever opens no files stands in for the concern until it is answered, by the alert's kind. */
export function answererAlert(work: Work, answerer: Answerer): AlertToSend {
  const { holder, step, says, source } = answerer
  return {
    id: newId<AlertId>(),
    adultId: holder.adultId,
    role: holder.role,
    kind: work.school.fileRoles.includes(holder.role) ? 'challenge' : 'challenge-passed',
    step,
    rule: 'concerns.still-worried',
    says,
    source: sourceText(work.profile, source),
  }
}

/** Items for the files of the children whom it is about. Headings carry no narrative. */
export function entriesOf(work: Work, children: Standing['children'], kind: EntryOf['kind'], heading: string): EntryOf[] {
  const subjects = children.filter(child => child.involvement === 'subject')
  const { date, time } = toLocal(work.now)
  return (subjects.length > 0 ? subjects : children).map(({ childId, involvement }) => ({
    id: newId<string>(),
    childId,
    kind,
    heading,
    happenedOn: date,
    happenedAtTime: time,
    involvement,
  }))
}

/** Whoever has the concern hears of it too, where somebody else answers. */
function ownerAlert(work: Work<Actor>, standing: Standing, answerer: Answerer | undefined, excluded: readonly AdultId[]) {
  const { ownerId } = standing
  if (!ownerId || ownerId === answerer?.holder.adultId || ownerId === work.someone.adultId || excluded.includes(ownerId))
    return []
  const alert: AlertToSend = {
    id: newId<AlertId>(),
    adultId: ownerId,
    role: 'dsl',
    kind: 'addendum',
    step: 0,
    rule: 'concerns.addition-told',
    says: 'Whoever reported it is still worried.',
    source: 'Whoever has a concern hears of all that is added to it',
  }
  return [alert]
}

/**
 * Keeps that whoever reported a concern is still worried, and why: it opens a closed concern again and goes to somebody who did not
 * decide, whose written answer is due.
 */
export async function challenge(
  work: Work<Actor>,
  permit: Permit<'concern.challenge'>,
  concern: RecordedConcern,
  says: string,
): Promise<Result<true, ChallengeRefusal>> {
  const standing = await findStandingForUpdate(work, permit, concern.id)
  if (!standing) throw new Error('the permit was for a concern of their own')
  const before = await findOwnChallenges(work, permit, concern.id)
  if (before.some(one => one.reply === null)) return refused({ code: 'open-already' })
  const by = work.someone.adultId
  const excluded = concern.access.excluded ?? []
  const { deciders, repliers } = standing
  const holders = await findRoleHolders(work, answeringRoles(work.profile.challenge))
  const answerer = answererFor(work.profile.challenge, holders, { byId: by, excluded, deciders, asked: repliers })
  const toId = answerer?.holder.adultId ?? null
  const [started] = clocksStartedBy(work.profile, { event: 'concern.challenged', at: work.now })
  const clock = started && clockToStart(work.profile, started, toId, null, newId)
  const reopened = standing.state === 'closed'
  const opensFiles = answerer && work.school.fileRoles.includes(answerer.holder.role)
  if (reopened)
    await reopenOwn(work, permit, concern.id, {
      because: says,
      ownerId: opensFiles ? toId : null,
      lookAt: endOfDay(localDate(work.now)),
    })
  const id = newId<string>()
  const salt = newSalt()
  const alerts = [...(answerer ? [answererAlert(work, answerer)] : []), ...ownerAlert(work, standing, answerer, excluded)]
  const entries = [
    ...(reopened ? entriesOf(work, standing.children, 'reopening', 'Concern opened again') : []),
    ...entriesOf(work, standing.children, 'addendum', 'The reporter is still worried'),
  ]
  const asked = [...repliers, ...(toId ? [toId] : [])]
  const row = { id, concernId: concern.id, excluded, by, says, salt, reopened, deciders, toId, asked, clock, alerts, entries }
  await insertChallenge(work, permit, row)
  work.note({
    event: 'concern.challenged',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { challenge: id, words: saltedDigest(salt, says), to: toId, reopened, due: clock?.dueAt ?? null },
  })
  tellOf(work, concern.id, alerts)
  return ok(true)
}

function replyAlert(to: AdultId): AlertToSend {
  return {
    id: newId<AlertId>(),
    adultId: to,
    role: 'teacher',
    kind: 'feedback',
    step: 0,
    rule: 'concerns.still-worried-answered',
    says: 'You were still worried about a concern of yours: there is an answer.',
    source: 'Whoever is still worried is answered in writing',
  }
}

/** Answers a challenge in writing, with the reason. Nobody answers for a decision of their own where somebody else may. */
export async function answerChallenge(
  work: Work<Actor>,
  permit: Permit<'challenge.answer'>,
  found: ChallengesOf,
  challengeId: string,
  says: string,
): Promise<Result<true, ReplyRefusal>> {
  const one = found.challenges.find(({ id }) => id === challengeId)
  if (!one || one.reply !== null) return refused({ code: 'answered-already' })
  const opensFiles = check(work.someone, 'file.read', { schoolId: work.school.id }).allowed
  if (!mayAnswer(one, work.someone.adultId, opensFiles)) return refused({ code: 'not-yours' })
  if (!(await saveReply(work, permit, one.id, says))) return refused({ code: 'answered-already' })
  await insertReplied(work, permit, {
    concernId: found.concernId,
    excluded: found.access.excluded ?? [],
    by: work.someone.adultId,
    alerts: one.isOutside ? [] : [replyAlert(one.byId)],
    entries: entriesOf(
      work,
      found.children,
      'addendum',
      one.isOutside ? 'An answer to the reporter, not shown to them' : 'The reporter was answered',
    ),
  })
  work.note({
    event: 'challenge.answered',
    subjectKind: 'concern',
    subject: found.concernId,
    facts: { challenge: one.id, words: saltedDigest(one.salt, says), to: one.byId },
  })
  if (!one.isOutside) work.send({ kind: 'feedback-mail', adultId: one.byId, concernId: found.concernId })
  return ok(true)
}

/** The one that this person is to answer now; else undefined. */
export function findToAnswer(work: Work<Actor>, challenges: readonly Challenge[]): Challenge | undefined {
  const opensFiles = check(work.someone, 'file.read', { schoolId: work.school.id }).allowed
  return challenges.find(one => one.reply === null && mayAnswer(one, work.someone.adultId, opensFiles))
}
