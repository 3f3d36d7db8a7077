import { type Actor, authorise, type Permit, type Worker } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import { rulesFor } from '../../policy/clocks.ts'
import type { ClockName } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { clockStarting, meetClocks, startClocks } from '../clocks/index.ts'
import { tell } from '../notices/index.ts'
import { findAdultsInRoles, findRoleHolders } from '../role-holders/index.ts'
import type { AdviceAsked, Breach, BreachOutcome, DataRefusal, NewBreach, NewQuestion } from './model.ts'
import {
  findAsked,
  findBreaches,
  findShared,
  insertBreach,
  insertQuestion,
  listWaiting,
  saveAnswer,
  saveOverride,
  saveSettled,
  saveTold,
  type Waiting,
} from './store.ts'

type Answer<T = undefined> = Promise<Result<T, DataRefusal>>

const officer = ['data-protection-officer'] as const

function asking(work: Work<Actor>, excluded: readonly AdultId[]) {
  return authorise(work.someone, 'sharing-advice.ask', { schoolId: work.school.id, excluded })
}

/** Asks about sharing something: whoever is asked sees these words, and opens nothing by them. */
export async function askAboutSharing(work: Work<Actor>, asked: NewQuestion): Answer<string> {
  const shared = await findShared(work, asked.about)
  const permit = asking(work, shared?.excluded ?? [])
  if (!shared) return refused('no-such-thing')
  if (asked.context.trim() === '' || asked.question.trim() === '') return refused('needed')
  if (asked.contact !== null && !work.profile.contacts[asked.contact]) return refused('no-such-contact')
  const id = newId<string>()
  const readers = asked.contact === null ? await findAdultsInRoles(work, officer) : []
  const ownerId = readers[0] ?? work.someone.adultId
  const [clock] = clockStarting(work.profile, 'sharing-advice', { at: work.now, ownerId }, newId)
  await insertQuestion(work, permit, { ...asked, ...shared, id, by: work.someone.adultId, dueAt: clock?.dueAt ?? null })
  if (clock) startClocks(work, { kind: 'sharing-advice', id, area: 'welfare', readers, excluded: shared.excluded }, [clock])
  const { about, contact } = asked
  work.note({
    event: 'sharing-advice.asked',
    subjectKind: 'advice',
    subject: id,
    facts: { about: about.kind, of: about.id, contact },
  })
  return ok(id)
}

async function findQuestion(work: Work<Actor>, id: string): Promise<AdviceAsked | undefined> {
  const [asked] = await findAsked(work, id)
  return asked
}

/** The officer answers what they were asked; what a contact of the policy said is written down by whoever may ask. */
function answering(work: Work<Actor>, asked: AdviceAsked | undefined): Permit<'sharing-advice.answer'> {
  const isOfContact = asked !== undefined && asked.contact !== null
  if (isOfContact) asking(work, [])
  const subject = { schoolId: work.school.id }
  return authorise(work.someone, 'sharing-advice.answer', isOfContact ? { ...subject, ownerId: work.someone.adultId } : subject)
}

/** The officer's answer; what a contact of the policy said, the team writes down. */
export async function answerAboutSharing(work: Work<Actor>, id: string, answer: string, followUp = ''): Answer {
  const asked = await findQuestion(work, id)
  const permit = answering(work, asked)
  if (!asked) return refused('no-such-thing')
  if (asked.answeredAt !== null) return refused('already-answered')
  if (answer.trim() === '') return refused('needed')
  await saveAnswer(work, permit, id, { answer, followUp, by: work.someone.adultId })
  await meetClocks(work, { kind: 'sharing-advice', id }, ['sharing-advice'])
  work.note({ event: 'sharing-advice.answered', subjectKind: 'advice', subject: id, facts: { contact: asked.contact } })
  return ok(undefined)
}

/** A child cannot wait: the team shares without the answer and says why. The question stays open. */
export async function goAheadWithout(work: Work<Actor>, id: string, because: string): Answer {
  const permit = asking(work, [])
  const asked = await findQuestion(work, id)
  if (!asked) return refused('no-such-thing')
  if (because.trim() === '') return refused('needed')
  if (asked.answeredAt !== null || asked.overriddenAt !== null) return refused('already-answered')
  await saveOverride(work, permit, id, work.someone.adultId, because)
  work.note({ event: 'sharing-advice.overridden', subjectKind: 'advice', subject: id })
  return ok(undefined)
}

/** Every question about one thing, each with its answer and both times. */
export async function adviceThread(work: Work<Actor>, about: string): Promise<readonly AdviceAsked[]> {
  asking(work, [])
  work.note({ event: 'sharing-advice.opened', subjectKind: 'advice', subject: about })
  return findAsked(work, null, about)
}

/** What the officer was asked: the words as they were typed. */
export async function listAskedOfOfficer(work: Work<Actor>): Promise<readonly AdviceAsked[]> {
  authorise(work.someone, 'sharing-advice.answer', { schoolId: work.school.id })
  work.note({ event: 'sharing-advice.opened', subjectKind: 'school', subject: work.school.id })
  return (await findAsked(work, null)).filter(({ contact }) => contact === null)
}

/** Something of the school's data went astray: the officer has it as a task, from when it was discovered. */
export async function reportBreach(work: Work<Actor>, breach: NewBreach): Answer<string> {
  const permit = authorise(work.someone, 'data-breach.report', { schoolId: work.school.id })
  if (breach.says.trim() === '') return refused('needed')
  if (breach.discoveredAt > work.now) return refused('in-the-future')
  const id = newId<string>()
  const readers = await findAdultsInRoles(work, officer)
  const ownerId = readers[0] ?? null
  const [clock] = clockStarting(work.profile, 'breach-notice', { at: breach.discoveredAt, ownerId }, newId)
  await insertBreach(work, permit, { ...breach, id, by: work.someone.adultId, dueAt: clock?.dueAt ?? null })
  if (clock) startClocks(work, { kind: 'data-breach', id, area: 'school', readers }, [clock])
  work.note({
    event: 'data-breach.reported',
    subjectKind: 'breach',
    subject: id,
    facts: { kind: breach.kind, discoveredAt: breach.discoveredAt, owner: ownerId },
  })
  return ok(id)
}

/** The register of what went astray, what is open first. */
export function listBreaches(work: Work<Actor>): Promise<readonly Breach[]> {
  const permit = authorise(work.someone, 'data-breach.keep', { schoolId: work.school.id })
  work.note({ event: 'data-breach.listed', subjectKind: 'school', subject: work.school.id })
  return findBreaches(work, permit)
}

/** What the officer made of it, and whether the Information Commissioner was notified. */
export async function settleBreach(work: Work<Actor>, id: string, outcome: BreachOutcome): Answer {
  const permit = authorise(work.someone, 'data-breach.keep', { schoolId: work.school.id })
  if (outcome.outcome.trim() === '') return refused('needed')
  if (!(await saveSettled(work, permit, id, work.someone.adultId, outcome))) return refused('no-such-thing')
  await meetClocks(work, { kind: 'data-breach', id }, ['breach-notice'])
  work.note({ event: 'data-breach.settled', subjectKind: 'breach', subject: id, facts: { notified: outcome.notified } })
  return ok(undefined)
}

interface Telling {
  readonly clock: ClockName
  readonly urgent: boolean
  readonly says: string
}

const tellings: Readonly<Record<Waiting['kind'], Telling>> = {
  asked: {
    clock: 'sharing-advice',
    urgent: false,
    says: 'The safeguarding team asks you about sharing. The question waits for your answer.',
  },
  late: {
    clock: 'sharing-advice',
    urgent: true,
    says: 'A question about sharing has no answer in its time. A child who cannot wait does not wait for it.',
  },
  breach: { clock: 'breach-notice', urgent: true, says: 'Something of the school’s data went astray and waits for you.' },
}

/** Tells the officer of what is new, and whom the policy names of what nobody has answered in time, each once. */
export async function watchDataProtection(work: Work<Worker>): Promise<number> {
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const rows = await listWaiting(work, permit)
  if (rows.length === 0) return 0
  const holders = await findRoleHolders(work)
  for (const row of rows) {
    const { clock, urgent, says } = tellings[row.kind]
    const [rule] = rulesFor(work.profile, clock, {})
    const roles: readonly RoleId[] = row.kind === 'late' ? (rule?.owner ?? ['dsl']) : officer
    const tells = holders
      .filter(({ role, adultId }) => roles.includes(role) && !row.excluded.includes(adultId))
      .map(({ adultId }) => adultId)
    await tell(work, { topic: 'duty', urgent, says, source: rule?.says ?? '', link: '/alerts', tells, rule: rule?.rule ?? clock })
    await saveTold(work, permit, row)
  }
  return rows.length
}
