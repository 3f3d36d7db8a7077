import type { Permit } from '../../access/index.ts'
import type { AdultId, CaseId } from '../../kernel/ids.ts'
import { type Instant, instantOf } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import type {
  CaseFacts,
  ConductAlertToSend,
  ConductLevel,
  ConductSchoolFacts,
  ConductWords,
  NewAssessment,
  NewConclusion,
  NewConduct,
  NewContact,
  ReaderToAdd,
} from './model.ts'

const schoolFacts = {
  name: 'conduct_school_facts',
  text: `select
    conduct_id_standing($2) as "idStanding",
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', p.adult_id, 'role', p.role, 'name', '',
        'absent', exists (select 1 from absence x where x.school_id = $1 and x.adult_id = p.adult_id and x.starts_at <= $3 and (x.ends_at is null or x.ends_at > $3)))
        order by p.starts_at, p.id), '[]')
      from appointment p where p.school_id = $1 and p.role = any ($4) and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3)) as holders,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', a.id, 'kind', a.kind, 'employer', a.employer, 'roles', (select coalesce(jsonb_agg(distinct p.role), '[]')
        from appointment p where p.school_id = $1 and p.adult_id = a.id and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3)))), '[]')
      from adult a where a.school_id = $1 and a.id = any ($5)) as subjects,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', r.id, 'of', r.named, 'kind', t.kind, 'roles', (select coalesce(jsonb_agg(distinct p.role), '[]')
        from appointment p where p.school_id = $1 and p.adult_id = r.id and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3)))), '[]')
      from tie t cross join lateral (values (t.adult_id, t.other_adult_id), (t.other_adult_id, t.adult_id)) as r (id, named)
      where t.school_id = $1 and t.other_adult_id is not null and r.named = any ($5) and (t.ends_at is null or t.ends_at > $3)) as relatives`,
}

/** Ids, roles and ties: no content, so no permit. */
export async function getSchoolFacts(
  work: Work,
  caseId: CaseId,
  roles: readonly RoleId[],
  about: readonly AdultId[],
): Promise<ConductSchoolFacts> {
  const [row] = await work.tx.run<ConductSchoolFacts>(schoolFacts, [work.school.id, caseId, work.now, roles, about])
  if (!row) throw new Error('the facts query gives one row')
  return row
}

const sealedTo = (caseId: CaseId, part: string) => `conduct ${caseId} ${part}`

export function sealFor(work: Work, caseId: CaseId, part: string, content: unknown): Buffer {
  return work.sealing.seal(`school:${work.school.id}`, sealedTo(caseId, part), JSON.stringify(content))
}

function unseal<T>(work: Work, caseId: CaseId, part: string, sealed: Buffer): T {
  return JSON.parse(work.sealing.open(`school:${work.school.id}`, sealedTo(caseId, part), sealed).toString('utf8')) as T
}

/** Who reported it where that is nobody with an account; sealed with the words. */
export interface SealedReport {
  readonly words: ConductWords
  readonly onBehalfOf?: string
  readonly onBehalfReason?: string
  readonly outsideReporter?: string
  readonly outsideContact?: string
}

export interface CaseToSave {
  readonly conduct: NewConduct
  readonly report: SealedReport
  readonly reference: string
  readonly chain: string
  readonly step: number | null
  readonly state: string
  readonly selfReport: boolean
  readonly reporterId: AdultId | null
  readonly writtenBy: AdultId | null
  readonly besideConcern: string | null
  readonly managerId: AdultId | null
  readonly excluded: readonly AdultId[]
  readonly roles: ReadonlyMap<AdultId, readonly RoleId[]>
  readonly readers: readonly ReaderToAdd[]
  readonly alerts: readonly ConductAlertToSend[]
  readonly salt: Buffer
}

const snakeReaders = (readers: readonly ReaderToAdd[]) =>
  readers.map(({ adultId, role, because, rule }) => ({ adult_id: adultId, role, because, rule }))
const snakeAlerts = (alerts: readonly ConductAlertToSend[]) =>
  alerts.map(({ adultId, ...alert }) => ({ ...alert, adult_id: adultId }))

const save = { name: 'conduct_save', text: 'select conduct_save($1, $2, $3, $4, $5)' }

/** Writes the whole case in one statement that nobody waits for. */
export function insertCase(work: Work, _permit: Permit<'conduct.record' | 'concern.record'>, kept: CaseToSave): void {
  const { conduct } = kept
  work.tx.later(save, [
    JSON.stringify({
      id: conduct.id,
      kind: conduct.kind,
      reference: kept.reference,
      chain: kept.chain,
      step: kept.step,
      believed: conduct.believed,
      conflict: conduct.conflictOfInterest ?? false,
      premises: conduct.premises ?? conduct.hirerId !== undefined,
      hirer_id: conduct.hirerId ?? null,
      self_report: kept.selfReport,
      source: conduct.source ?? null,
      category: conduct.category ?? null,
      state: kept.state,
      reporter_id: kept.reporterId,
      written_by: kept.writtenBy,
      anonymous: conduct.anonymous ?? false,
      happened_on: conduct.happenedOn,
      happened_at_time: conduct.happenedAtTime,
      beside_concern: kept.besideConcern,
      policy_edition: `${work.profile.edition.title}, ${work.profile.edition.date}`,
      manager_id: kept.managerId,
      excluded: kept.excluded,
    }),
    JSON.stringify({
      subjects: conduct.about.map((adult, index) => ({
        n: index + 1,
        adult_id: adult.adultId,
        sealed_name: adult.adultId ? null : sealFor(work, conduct.id, `subject ${index + 1}`, adult.name).toString('base64'),
        roles: adult.adultId ? (kept.roles.get(adult.adultId) ?? []) : [],
      })),
      readers: snakeReaders(kept.readers),
      alerts: snakeAlerts(kept.alerts),
    }),
    sealFor(work, conduct.id, 'part 1', kept.report),
    kept.salt,
    work.now,
  ])
}

const caseFacts = {
  name: 'conduct_case_facts',
  text: `select c.id, c.kind, c.reference, c.chain, c.believed, c.level, c.conflict, c.premises, c.self_report as "selfReport", c.source, c.category, c.happened_on as "happenedOn", c.happened_at_time as "happenedAtTime", c.state, c.recorded_at as "recordedAt", c.manager_id as "managerId",
      c.opened_at as "openedAt", c.reporter_id as "reporterId", c.written_by as "writtenBy", c.anonymous, to_jsonb(c.excluded) as excluded,
    (select coalesce(jsonb_agg(s.adult_id order by s.n), '[]') from conduct_subject s where s.school_id = $1 and s.case_id = c.id) as subjects,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', r.adult_id, 'role', r.role, 'because', r.because) order by r.since, r.adult_id), '[]')
      from conduct_reader r where r.school_id = $1 and r.case_id = c.id and r.ended_at is null and not (r.adult_id = any (c.excluded))
        and exists (select from appointment p where p.school_id = $1 and p.adult_id = r.adult_id and p.role = r.role and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3))) as readers,
    (select coalesce(jsonb_agg(distinct t.adult_id), '[]') from conduct_alert t where t.school_id = $1 and t.case_id = c.id and t.kind in ('told', 'handed-over')) as told,
    (select coalesce(jsonb_object_agg(k.kind, k.at), '{}') from (select kind, ${utcText('min(at)')} as at from conduct_contact where school_id = $1 and case_id = c.id group by kind) k) as contacts,
    (select coalesce(jsonb_agg(distinct k.name), '[]') from clock k where k.school_id = $1 and k.area = 'conduct' and k.subject_kind = 'case' and k.subject_id = c.id
      and k.met_at is null and k.ended_at is null) as "runningClocks"
    from conduct_case c where c.school_id = $1 and ($2::uuid is null or c.id = $2)`,
}

/** Where a case stands, as far as the scope lets whoever asks see it: undefined for everybody who was not given it. */
export async function findCaseFacts(work: Work, caseId: CaseId): Promise<CaseFacts | undefined> {
  const [row] = await work.tx.run<CaseFacts>(caseFacts, [work.school.id, caseId, work.now])
  return row
}

const lock = { name: 'conduct_lock', text: 'select id from conduct_case where school_id = $1 and id = $2 for update' }

/** Locks a case, where it is in sight. */
export async function lockCase(work: Work, caseId: CaseId): Promise<void> {
  await work.tx.run(lock, [work.school.id, caseId])
}

/** Every case that is not concluded; for background work, which sees ids and no words. */
export async function listOpenCases(work: Work, _permit: Permit<'conduct.watch'>): Promise<readonly CaseFacts[]> {
  const rows = await work.tx.run<CaseFacts>(caseFacts, [work.school.id, null, work.now])
  return rows.filter(({ state }) => state !== 'concluded')
}

const own = { name: 'conduct_own', text: 'select own_conduct($1) as own' }

export interface OwnConduct {
  readonly reference: string
  readonly kind: 'conduct' | 'practice'
  readonly recordedAt: Instant
  readonly acknowledged: boolean
  readonly unreached: boolean
}

/** What whoever reported a case may know of it; undefined for everybody else. */
export async function findOwnFacts(work: Work, caseId: CaseId): Promise<OwnConduct | undefined> {
  const [row] = await work.tx.run<{ own: OwnConduct | null }>(own, [caseId])
  return row?.own ? { ...row.own, recordedAt: instantOf(Date.parse(row.own.recordedAt)) } : undefined
}

const words = {
  name: 'conduct_words_read',
  text: 'select part, author_id as "authorId", at, sealed from conduct_words where school_id = $1 and case_id = $2 order by part',
}

export interface WordsPart {
  readonly part: number
  readonly authorId: AdultId | null
  readonly at: Instant
  readonly report: SealedReport
}

/** The words that the scope lets through: all of them for a reader, one's own for whoever reported it. */
export async function listWords(
  work: Work,
  _permit: Permit<'conduct.read' | 'conduct.own'>,
  caseId: CaseId,
): Promise<readonly WordsPart[]> {
  const rows = await work.tx.run<Omit<WordsPart, 'report'> & { sealed: Buffer }>(words, [work.school.id, caseId])
  return rows.map(({ sealed, ...row }) => ({ ...row, report: unseal<SealedReport>(work, caseId, `part ${row.part}`, sealed) }))
}

const lastPart = {
  name: 'conduct_part_next',
  text: 'select coalesce(max(part), 0) + 1 as next from conduct_words where school_id = $1 and case_id = $2',
}
const addWords = {
  name: 'conduct_words_add',
  text: 'insert into conduct_words (school_id, case_id, part, author_id, at, sealed, salt, reporter_id) values ($1, $2, $3, $4, $5, $6, $7, $8)',
}

/** Adds to what was written, by a reader or by whoever reported it; nothing that stands is changed. */
export async function insertWords(
  work: Work,
  _permit: Permit<'conduct.manage' | 'conduct.own'>,
  caseId: CaseId,
  added: { readonly by: AdultId; readonly own: boolean; readonly words: ConductWords; readonly salt: Buffer },
): Promise<void> {
  const [row] = await work.tx.run<{ next: number }>(lastPart, [work.school.id, caseId])
  const part = row?.next ?? 1
  const sealed = sealFor(work, caseId, `part ${part}`, { words: added.words } satisfies SealedReport)
  await work.tx.run(addWords, [work.school.id, caseId, part, added.by, work.now, sealed, added.salt, added.own ? added.by : null])
}

const opened = {
  name: 'conduct_opened',
  text: `with seen as (update conduct_alert set seen_at = $3 where school_id = $1 and case_id = $2 and adult_id = $4 and seen_at is null)
    update conduct_case set opened_at = coalesce(opened_at, $3), opened_by = coalesce(opened_by, $4), state = case when state = 'new' or state = 'unreached' then 'open' else state end
    where school_id = $1 and id = $2`,
}

export async function saveOpened(work: Work, _permit: Permit<'conduct.read'>, caseId: CaseId, by: AdultId): Promise<void> {
  await work.tx.run(opened, [work.school.id, caseId, work.now, by])
}

const assess = {
  name: 'conduct_assess',
  text: `with judged as (update conduct_case set level = $6, state = case when state = 'concluded' then state else 'open' end where school_id = $1 and id = $2)
    insert into conduct_assessment (school_id, id, case_id, at, by_id, outcome, limbs, sealed) values ($1, $3, $2, $4, $5, $6, $7, $8)`,
}

export async function insertAssessment(
  work: Work,
  _permit: Permit<'conduct.manage'>,
  caseId: CaseId,
  by: AdultId,
  assessment: NewAssessment,
): Promise<void> {
  const id = newId<string>()
  const { outcome, limbs = {}, rationale } = assessment
  await work.tx.run(assess, [
    work.school.id,
    caseId,
    id,
    work.now,
    by,
    outcome,
    JSON.stringify(limbs),
    sealFor(work, caseId, `assessment ${id}`, { rationale }),
  ])
}

const contact = {
  name: 'conduct_contact_add',
  text: 'insert into conduct_contact (school_id, id, case_id, at, by_id, kind, how, sealed, reporter_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
}

export async function insertContact(
  work: Work,
  _permit: Permit<'conduct.manage' | 'conduct.own'>,
  caseId: CaseId,
  made: NewContact & { readonly by: AdultId; readonly own: boolean },
): Promise<void> {
  const id = newId<string>()
  await work.tx.run(contact, [
    work.school.id,
    id,
    caseId,
    work.now,
    made.by,
    made.kind,
    made.how,
    sealFor(work, caseId, `contact ${id}`, { says: made.says }),
    made.own ? made.by : null,
  ])
}

const conclude = {
  name: 'conduct_conclude',
  text: `with ended as (update conduct_case set state = 'concluded', concluded_at = $4 where school_id = $1 and id = $2)
    insert into conduct_conclusion (school_id, id, case_id, at, by_id, outcome, sealed) values ($1, $3, $2, $4, $5, $6, $7)`,
}

export async function insertConclusion(
  work: Work,
  _permit: Permit<'conduct.manage'>,
  caseId: CaseId,
  by: AdultId,
  conclusion: NewConclusion,
): Promise<void> {
  const id = newId<string>()
  const { outcome, ...rest } = conclusion
  await work.tx.run(conclude, [
    work.school.id,
    caseId,
    id,
    work.now,
    by,
    outcome,
    sealFor(work, caseId, `conclusion ${id}`, rest),
  ])
}

export interface CaseToPass {
  readonly managerId?: AdultId | null
  readonly chain?: string
  readonly step?: number | null
  readonly state?: string
  readonly readers: readonly ReaderToAdd[]
  readonly alerts: readonly ConductAlertToSend[]
}

const pass = { name: 'conduct_pass', text: 'select conduct_pass($1, $2, $3) as done' }

/** Gives a case to further readers or tells somebody of it; the running clocks follow the case manager. */
export async function savePass(
  work: Work,
  _permit: Permit<'conduct.manage' | 'conduct.take-over' | 'conduct.watch'>,
  caseId: CaseId,
  to: CaseToPass,
): Promise<void> {
  const [row] = await work.tx.run<{ done: boolean }>(pass, [
    caseId,
    JSON.stringify({
      manager_id: to.managerId ?? null,
      chain: to.chain ?? null,
      step: to.step ?? null,
      state: to.state ?? null,
      readers: snakeReaders(to.readers),
      alerts: snakeAlerts(to.alerts),
    }),
    work.now,
  ])
  if (!row?.done) throw new Error('the case cannot be passed on from here')
}

const ownClocks = {
  name: 'conduct_clocks_owner',
  text: `update clock set owner_id = $3 where school_id = $1 and area = 'conduct' and subject_kind = 'case' and subject_id = $2 and met_at is null and ended_at is null`,
}

/** Whose the running clocks of a case are from now on; travels with the next statement. */
export function saveOwner(work: Work, _permit: Permit<'conduct.watch'>, caseId: CaseId, owner: AdultId | null): void {
  work.tx.later(ownClocks, [work.school.id, caseId, owner])
}

const exclude = { name: 'conduct_exclude', text: 'select conduct_exclude($1, $2, $3, $4, $5) as done' }

/** A further subject: shut out at once, with the relatives. */
export async function saveSubject(
  work: Work,
  _permit: Permit<'conduct.manage'>,
  caseId: CaseId,
  subject: { readonly adultId: AdultId; readonly roles: readonly RoleId[]; readonly excluded: readonly AdultId[] },
): Promise<void> {
  await work.tx.run(exclude, [caseId, subject.adultId, subject.roles, subject.excluded, work.now])
}

const waiting = {
  name: 'conduct_waiting',
  text: `select a.case_id as "caseId" from conduct_alert a where a.school_id = $1 and a.adult_id = $2 and a.kind = 'unanswered' and ($3::uuid is null or a.case_id = $3)
    and scope_holds(array[a.role])`,
}

/** Cases that this person was asked about because nobody answered: they know that one waits, and of whom nothing. */
export async function listWaiting(work: Work, by: AdultId, caseId: CaseId | null = null): Promise<readonly CaseId[]> {
  const rows = await work.tx.run<{ caseId: CaseId }>(waiting, [work.school.id, by, caseId])
  return rows.map(row => row.caseId)
}

const alerts = {
  name: 'conduct_alerts_own',
  text: `select id, case_id as "caseId", kind, role, rule, says, source, told_at as "toldAt", seen_at as "seenAt" from conduct_alert
    where school_id = $1 and adult_id = $2 order by told_at desc, id`,
}

export interface OwnConductAlert {
  readonly id: string
  readonly caseId: CaseId
  readonly kind: string
  readonly role: RoleId
  readonly rule: string
  readonly says: string
  readonly source: string
  readonly toldAt: Instant
  readonly seenAt: Instant | null
}

/** What somebody was told of cases about adults. */
export function listOwnAlerts(work: Work, _permit: Permit<'alert.own'>, by: AdultId): Promise<readonly OwnConductAlert[]> {
  return work.tx.run<OwnConductAlert>(alerts, [work.school.id, by])
}

const earlier = {
  name: 'conduct_earlier',
  text: `select c.id, c.reference, c.level, c.recorded_at as "recordedAt" from conduct_case c
    where c.school_id = $1 and c.id <> $2 and c.kind = 'conduct' and exists (select from conduct_subject s, conduct_subject o
      where s.school_id = $1 and s.case_id = c.id and o.school_id = $1 and o.case_id = $2 and o.adult_id = s.adult_id) order by c.recorded_at`,
}

/** Other cases about the same adults that this reader reads too. */
export function listEarlier(
  work: Work,
  _permit: Permit<'conduct.read'>,
  caseId: CaseId,
): Promise<
  readonly {
    readonly id: CaseId
    readonly reference: string
    readonly level: ConductLevel | null
    readonly recordedAt: Instant
  }[]
> {
  return work.tx.run(earlier, [work.school.id, caseId])
}

const told = {
  name: 'conduct_told',
  text: 'select adult_id as "adultId", rule from conduct_alert where school_id = $1 and case_id = $2',
}

/** Who was told of a case so far, under which rule. */
export function listTold(
  work: Work,
  _permit: Permit<'conduct.watch'>,
  caseId: CaseId,
): Promise<readonly { readonly adultId: AdultId; readonly rule: string }[]> {
  return work.tx.run(told, [work.school.id, caseId])
}

const lado = {
  name: 'conduct_lado_running',
  text: `select basis_at as "basisAt", due_at as "dueAt" from clock where school_id = $1 and area = 'conduct' and subject_kind = 'case' and subject_id = $2
    and name = 'lado-contact' and met_at is null and ended_at is null`,
}

/** The contact with the LADO that is still owed. */
export async function findRunningLado(
  work: Work,
  _permit: Permit<'conduct.watch'>,
  caseId: CaseId,
): Promise<{ readonly basisAt: Instant; readonly dueAt: Instant | null } | undefined> {
  const [row] = await work.tx.run<{ basisAt: Instant; dueAt: Instant | null }>(lado, [work.school.id, caseId])
  return row
}

const breach = {
  name: 'conduct_clock_breach',
  text: `update clock set breached_at = due_at where school_id = $1 and area = 'conduct' and met_at is null and ended_at is null and due_at < $2 and breached_at is null
    returning subject_id as "caseId", name, due_at as "dueAt"`,
}

/** Marks the clocks of cases whose time has passed; gives those that were not marked before. */
export function saveBreached(
  work: Work,
  _permit: Permit<'conduct.watch'>,
): Promise<readonly { readonly caseId: CaseId; readonly name: string; readonly dueAt: Instant }[]> {
  return work.tx.run(breach, [work.school.id, work.now])
}

const challenge = { name: 'conduct_challenge', text: 'select conduct_challenge($1, $2, $3) as given' }

/** Gives a case to those whom the policy names for one that was not handled well; undefined where it is not the writer's own. */
export async function saveChallenge(
  work: Work,
  _permit: Permit<'conduct.own'>,
  caseId: CaseId,
  to: Pick<CaseToPass, 'readers' | 'alerts'>,
): Promise<number | undefined> {
  const [row] = await work.tx.run<{ given: number | null }>(challenge, [
    caseId,
    JSON.stringify({ readers: snakeReaders(to.readers), alerts: snakeAlerts(to.alerts) }),
    work.now,
  ])
  return row?.given ?? undefined
}

const history = {
  name: 'conduct_history',
  text: `select 'assessed' as kind, at, by_id as "byId", outcome as what from conduct_assessment where school_id = $1 and case_id = $2
    union all select 'contacted', at, by_id, kind from conduct_contact where school_id = $1 and case_id = $2
    union all select 'concluded', at, by_id, outcome from conduct_conclusion where school_id = $1 and case_id = $2
    order by at`,
}

/** What was done with a case, in its order. */
export function listHistory(
  work: Work,
  _permit: Permit<'conduct.read'>,
  caseId: CaseId,
): Promise<readonly { readonly kind: string; readonly at: Instant; readonly byId: AdultId; readonly what: string }[]> {
  return work.tx.run(history, [work.school.id, caseId])
}

const pattern = {
  name: 'conduct_pattern_insert',
  text: 'insert into conduct_pattern (school_id, id, case_id, earlier, answer, at, by_id, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8)',
}

/** Keeps that concerns about one adult were looked at together, with the originals. */
export async function insertPattern(
  work: Work,
  _permit: Permit<'conduct.manage'>,
  review: {
    readonly caseId: CaseId
    readonly earlier: readonly CaseId[]
    readonly answer: 'threshold-met' | 'threshold-not-met'
    readonly by: AdultId
    readonly rationale: string
  },
): Promise<void> {
  const id = newId<string>()
  const { caseId, earlier, answer, by, rationale } = review
  const sealed = sealFor(work, caseId, `pattern ${id}`, { rationale })
  await work.tx.run(pattern, [work.school.id, id, caseId, earlier, answer, work.now, by, sealed])
}

const originals = {
  name: 'conduct_originals',
  text: 'select distinct unnest(earlier) as id from conduct_pattern where school_id = $1 and case_id = $2',
}

/** The concerns with which a case was looked at together. */
export async function listOriginals(work: Work, _permit: Permit<'conduct.read'>, caseId: CaseId): Promise<readonly CaseId[]> {
  return (await work.tx.run<{ id: CaseId }>(originals, [work.school.id, caseId])).map(({ id }) => id)
}
