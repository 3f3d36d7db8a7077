import { type Actor, authorise, Denied } from '../../access/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { type ClockSubject, clockStarting, meetClocks, startClocks } from '../clocks/index.ts'
import { type NewConcern, recordConcern } from '../concerns/index.ts'
import { type OwnTell, tellEach } from '../notices/index.ts'
import { findPupil, type PupilFacts, rulesOn, tellsOf } from '../pupil-duties/index.ts'
import { findRoleHolders, type RoleHolder } from '../role-holders/index.ts'
import type { Call, NewSearch, PupilSearch, ReportedSearch, SearchAnswer, SearchRefusal } from './model.ts'
import { answerRefusal, inWords, searchRefusal } from './rules.ts'
import { findSearches, insertSearch, saveAnswer } from './store.ts'

type Answer<T> = Promise<Result<T, SearchRefusal>>

/** The concern that a risk opens, as whoever searched would write it. */
function concernOf(search: NewSearch): NewConcern {
  const { date, time } = toLocal(search.searchedAt)
  return {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' },
    children: [{ childId: search.childId, involvement: 'subject' }],
    newChildren: [],
    adults: [],
    happenedOn: date,
    happenedAtTime: time,
    happenedSays: '',
    location: search.place,
    urgent: true,
    stub: false,
    category: null,
    prompts: ['search'],
    voiceTold: null,
    account: { childWords: '', seen: inWords(search), opinion: '', done: '' },
    marks: [],
  }
}

function callsTo(tells: readonly OwnTell[], holders: readonly RoleHolder[]): readonly Call[] {
  return tells.flatMap(({ adultId, role }) => {
    const holder = holders.find(one => one.adultId === adultId && one.role === role)
    return holder ? [{ name: holder.name, role, phone: holder.phone }] : []
  })
}

function subjectOf({ id, childId }: { readonly id: string; readonly childId: NewSearch['childId'] }): ClockSubject {
  return { kind: 'search', id, area: 'welfare', childId }
}

function startTimes(work: Work, id: string, search: NewSearch, tells: readonly OwnTell[], { tied }: PupilFacts): void {
  const start = { at: work.now, ownerId: tells[0]?.adultId ?? null, facts: { urgent: search.risk } }
  startClocks(
    work,
    { ...subjectOf({ id, childId: search.childId }), excluded: tied },
    clockStarting(work.profile, 'triage', start, newId),
  )
}

/**
 * Keeps a search of a pupil, whatever was found. Where it showed a risk, an urgent concern opens in the same transaction with the search
 * beside it, and whoever searched is given whom to ring.
 */
export async function reportSearch(work: Work<Actor>, search: NewSearch): Answer<ReportedSearch> {
  const permit = authorise(work.someone, 'search.report', { schoolId: work.school.id })
  const refusal = searchRefusal(search, work.now)
  if (refusal) return refused(refusal)
  const pupil = await findPupil(work, search.childId)
  if (!pupil) return refused('no-such-child')
  const recorded = search.risk ? await recordConcern(work, concernOf(search)) : null
  if (recorded && !recorded.ok) return refused('not-recorded')
  const holders = await findRoleHolders(work)
  const rules = rulesOn(work.profile, 'search', {})
  const tells = tellsOf(work.profile, rules, holders, pupil.tied)
  const id = newId<string>()
  const concernId = recorded?.value.concernId ?? null
  await insertSearch(work, permit, { id, search, by: work.someone.adultId, concernId, excluded: pupil.tied })
  await tellEach(work, permit, { topic: 'search', urgent: search.risk }, tells)
  startTimes(work, id, search, tells, pupil)
  const told = tells.map(({ adultId }) => adultId)
  const facts = { child: search.childId, risk: search.risk, told, concern: concernId ?? undefined }
  work.note({ event: 'search.recorded', subjectKind: 'search', subject: id, facts })
  const concern = recorded && {
    concernId: recorded.value.concernId,
    reference: recorded.value.reference,
    call: callsTo(tells, holders),
  }
  return ok({ id, told, concern })
}

/** Searches that wait for an answer, those that showed a risk first; or those that stand beside a concern. */
export async function listSearches(work: Work<Actor>, concernId?: ConcernId): Promise<readonly PupilSearch[]> {
  authorise(work.someone, 'search.settle', { schoolId: work.school.id })
  work.note({ event: 'search.listed', subjectKind: 'school', subject: work.school.id })
  return findSearches(work, concernId === undefined ? {} : { concernId })
}

/** Answers whether there is a wider concern, with a reason. Until then the search waits. */
export async function answerSearch(work: Work<Actor>, id: string, given: SearchAnswer): Answer<undefined> {
  const [search] = await findSearches(work, { id })
  if (!search) throw new Denied('search.settle', 'no-ground')
  const permit = authorise(work.someone, 'search.settle', { schoolId: work.school.id, id, excluded: search.excluded })
  const refusal = answerRefusal(search, given)
  if (refusal) return refused(refusal)
  await saveAnswer(work, permit, id, { ...given, by: work.someone.adultId })
  await meetClocks(work, subjectOf(search), ['triage'])
  work.note({ event: 'search.answered', subjectKind: 'search', subject: id, facts: { wider: given.wider } })
  return ok(undefined)
}
