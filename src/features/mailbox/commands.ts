import { type Actor, authorise } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import type { CoverFacts } from '../cover/index.ts'
import type { MailboxRefusal } from './model.ts'
import type { Closed } from './queries.ts'
import { mayLeave } from './rules.ts'
import { endReader, findReadersForUpdate, insertCheck, insertChoice, insertReader, insertReply } from './store.ts'

type Answer = Promise<Result<undefined, MailboxRefusal>>

const done = ok(undefined)

function keepPermit(work: Work<Actor>) {
  return authorise(work.someone, 'mailbox.keep', { schoolId: work.school.id })
}

/** Somebody of the safeguarding team reads the mailbox from now on. */
export async function addReader(work: Work<Actor>, team: CoverFacts, adultId: string): Answer {
  const permit = keepPermit(work)
  const member = team.appointments.find(one => one.adultId === adultId && work.school.fileRoles.includes(one.role))
  if (!member) return refused('not-of-the-team')
  const readers = await findReadersForUpdate(work, permit)
  if (readers.some(reader => reader.adultId === adultId)) return refused('reads-already')
  await insertReader(work, permit, newId<string>(), member.adultId, work.someone.adultId)
  work.note({ event: 'mailbox.reader-added', subjectKind: 'adult', subject: member.adultId })
  return done
}

/** Takes a reader off the list, unless too few would be left. */
export async function removeReader(work: Work<Actor>, readerId: string): Answer {
  const permit = keepPermit(work)
  const readers = await findReadersForUpdate(work, permit)
  const reader = readers.find(one => one.id === readerId)
  if (!reader) return refused('no-such-reader')
  if (!mayLeave(readers.length - 1, work.profile.mailbox)) return refused('too-few-readers')
  await endReader(work, permit, readerId)
  work.note({ event: 'mailbox.reader-ended', subjectKind: 'adult', subject: reader.adultId })
  return done
}

/** Says that one has looked at the mailbox now. */
export async function confirmCheck(work: Work<Actor>): Promise<void> {
  const permit = authorise(work.someone, 'mailbox.check', { schoolId: work.school.id })
  const adultId: AdultId = work.someone.adultId
  await insertCheck(work, permit, newId<string>(), adultId, localDate(work.now))
  work.note({ event: 'mailbox.checked', subjectKind: 'adult', subject: adultId })
}

/** The school says which of its contradicting rules holds, and why. */
export async function chooseRule(work: Work<Actor>, rule: string, because: string): Answer {
  const permit = keepPermit(work)
  const { rules } = work.profile.mailbox
  if (rules.length < 2 || !rules.some(one => one.id === rule)) return refused('no-such-rule')
  await insertChoice(work, permit, { id: newId<string>(), rule, because, by: work.someone.adultId })
  work.note({ event: 'mailbox.rule-chosen', subjectKind: 'school', subject: work.school.id, facts: { rule } })
  return done
}

/** Says that the answer for the closed period stands in the mailbox. */
export async function confirmReply(work: Work<Actor>, closed: Closed | undefined): Answer {
  const permit = keepPermit(work)
  if (!closed) return refused('nothing-closed')
  const { period, text } = closed
  await insertReply(work, permit, { id: newId<string>(), period, says: text, by: work.someone.adultId })
  work.note({
    event: 'mailbox.reply-set',
    subjectKind: 'school',
    subject: work.school.id,
    facts: { from: period.from, to: period.to },
  })
  return done
}
