import type { Permit } from '../../access/index.ts'
import type { AdultId, ClockId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { CourseId, SignaturePart } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import type { AdultFacts, Edition, IssueToOpen } from './model.ts'

type AnyPermit = Permit<'duties.keep' | 'duties.read' | 'duties.watch' | 'training.record' | 'reading.sign' | 'reading.sign-for'>

const facts = {
  name: 'training_facts',
  text: `select a.id as "adultId", d.adult_id is not null as "isFollowed", d.works_directly as "worksDirectly",
      array(select distinct p.role from appointment p where p.school_id = $1 and p.adult_id = a.id and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3)) as roles,
      coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'document', i.document, 'edition', i.edition, 'editionOn', i.edition_on, 'clock', i.clock, 'parts', i.parts,
          'induction', i.induction, 'ownHand', i.own_hand, 'issuedAt', i.issued_at, 'completedAt', i.completed_at, 'withdrawnAt', i.withdrawn_at, 'chasedAt', i.chased_at,
          'signed', array(select g.part from reading_part g where g.school_id = $1 and g.issue_id = i.id)) order by i.issued_at, i.id)
        from reading_issue i where i.school_id = $1 and i.adult_id = a.id), '[]') as issues,
      coalesce((select jsonb_agg(jsonb_build_object('course', r.course, 'completedOn', r.completed_on)) from training_record r
        where r.school_id = $1 and r.adult_id = a.id), '[]') as trained,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'rule', c.rule, 'basisAt', c.basis_at, 'dueAt', c.due_at) order by c.basis_at, c.id)
        from clock c where c.school_id = $1 and c.subject_kind = 'adult' and c.subject_id = a.id and c.area = 'school' and c.met_at is null and c.ended_at is null), '[]') as running
    from adult a left join adult_duty d on d.school_id = a.school_id and d.adult_id = a.id
    where a.school_id = $1 and (a.id = any ($2::uuid[]) or ($2::uuid[] is null and d.adult_id is not null))
    order by a.id`,
}

/** What is known of these adults, or of everybody who is followed. */
export async function findAdultFacts(
  work: Work,
  _permit: AnyPermit,
  adultIds: readonly AdultId[] | undefined,
): Promise<readonly AdultFacts[]> {
  const rows = await work.tx.run<AdultFacts>(facts, [work.school.id, adultIds ?? null, work.now])
  // Moments inside the database's JSON keep its own form; the product's is ISO text.
  const iso = <T extends string | null>(moment: T): T => (moment === null ? moment : (new Date(moment).toISOString() as T))
  return rows.map(row => ({
    ...row,
    issues: row.issues.map(issue => ({
      ...issue,
      issuedAt: iso(issue.issuedAt),
      completedAt: iso(issue.completedAt),
      withdrawnAt: iso(issue.withdrawnAt),
      chasedAt: issue.chasedAt.map(iso),
    })),
    running: row.running.map(clock => ({ ...clock, basisAt: iso(clock.basisAt), dueAt: iso(clock.dueAt) })),
  }))
}

const editions = {
  name: 'training_editions',
  text: `select distinct on (document) document, edition, from_on as "on" from edition where school_id = $1 and from_on <= $2
    order by document, from_on desc, issued_at desc`,
}

/** The editions that the school itself has issued, the last of each document. */
export async function findEditions(work: Work, on: PlainDate): Promise<ReadonlyMap<string, Edition>> {
  const rows = await work.tx.run<Edition & { document: string }>(editions, [work.school.id, on])
  return new Map(rows.map(({ document, edition, on: from }) => [document, { edition, on: from }]))
}

const insertEditionQuery = {
  name: 'training_edition_insert',
  text: 'insert into edition (school_id, id, document, edition, from_on, issued_at, issued_by) values ($1, $2, $3, $4, $5, $6, $7)',
}

export async function insertEdition(
  work: Work,
  _permit: Permit<'duties.keep'>,
  edition: { readonly document: string; readonly edition: string; readonly on: PlainDate; readonly by: AdultId },
): Promise<void> {
  await work.tx.run(insertEditionQuery, [
    work.school.id,
    newId<string>(),
    edition.document,
    edition.edition,
    edition.on,
    work.now,
    edition.by,
  ])
}

const follow = {
  name: 'training_follow',
  text: `insert into adult_duty (school_id, adult_id, started_on) select $1, a.id, $3 from adult a where a.school_id = $1 and a.id = $2
    on conflict (school_id, adult_id) do update set ended_at = null returning adult_id`,
}

/** Follows somebody's training and reading from now on; false where there is no such adult. */
export async function insertFollowed(
  work: Work,
  _permit: Permit<'duties.keep' | 'duties.watch'>,
  adultId: AdultId,
  on: PlainDate,
): Promise<boolean> {
  return (await work.tx.run(follow, [work.school.id, adultId, on])).length > 0
}

const direct = {
  name: 'training_works_directly',
  text: 'update adult_duty set works_directly = $3 where school_id = $1 and adult_id = $2 returning adult_id',
}

export async function saveWorksDirectly(
  work: Work,
  _permit: Permit<'duties.keep'>,
  adultId: AdultId,
  directly: boolean,
): Promise<boolean> {
  return (await work.tx.run(direct, [work.school.id, adultId, directly])).length > 0
}

const changed = {
  name: 'training_appointments_changed',
  text: `select p.adult_id as "adultId", d.adult_id is not null as followed, bool_or(p.starts_at between $2 and $3) as began
    from appointment p left join adult_duty d on d.school_id = p.school_id and d.adult_id = p.adult_id
    where p.school_id = $1 and (p.starts_at between $2 and $3 or p.ends_at between $2 and $3) group by p.adult_id, d.adult_id`,
}

/** Adults of whom an appointment began or ended in that time. */
export function findChangedAppointments(
  work: Work,
  _permit: Permit<'duties.watch'>,
  since: string,
): Promise<readonly { readonly adultId: AdultId; readonly followed: boolean; readonly began: boolean }[]> {
  return work.tx.run(changed, [work.school.id, since, work.now])
}

const insertIssueQuery = {
  name: 'training_issue_insert',
  text: `insert into reading_issue (school_id, id, adult_id, document, title, edition, edition_on, clock, parts, own_hand, induction, issued_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
}

export async function insertIssue(work: Work, _permit: AnyPermit, adultId: AdultId, issue: IssueToOpen): Promise<string> {
  const id = newId<string>()
  const { document, title, edition, editionOn, clock, parts, ownHand, induction } = issue
  await work.tx.run(insertIssueQuery, [
    work.school.id,
    id,
    adultId,
    document,
    title,
    edition,
    editionOn,
    clock,
    parts,
    ownHand,
    induction,
    work.now,
  ])
  return id
}

const withdraw = {
  name: 'training_issue_withdraw',
  text: 'update reading_issue set withdrawn_at = $3 where school_id = $1 and id = any ($2) and completed_at is null and withdrawn_at is null',
}

export async function withdrawIssues(work: Work, _permit: AnyPermit, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await work.tx.run(withdraw, [work.school.id, ids, work.now])
}

const sign = {
  name: 'training_sign',
  text: `insert into reading_part (school_id, issue_id, part, adult_id, signed_at, recorded_by)
    select $1, $2, part, $3, $5, $6 from unnest($4::text[]) as part on conflict do nothing`,
}
const complete = {
  name: 'training_complete',
  text: `update reading_issue i set completed_at = $3 where i.school_id = $1 and i.id = $2 and i.completed_at is null and i.withdrawn_at is null
    and i.parts <@ array(select g.part from reading_part g where g.school_id = $1 and g.issue_id = $2) returning id`,
}

/** Signs parts of a document; true once every part is signed. */
export async function insertSignatures(
  work: Work,
  _permit: Permit<'reading.sign' | 'reading.sign-for'>,
  issue: { readonly id: string; readonly adultId: AdultId; readonly parts: readonly SignaturePart[]; readonly by: AdultId },
): Promise<boolean> {
  await work.tx.run(sign, [work.school.id, issue.id, issue.adultId, issue.parts, work.now, issue.by])
  return (await work.tx.run(complete, [work.school.id, issue.id, work.now])).length > 0
}

const insertRecord = {
  name: 'training_record_insert',
  text: `insert into training_record (school_id, id, adult_id, course, completed_on, provider, recorded_at, recorded_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8)`,
}

export async function insertTraining(
  work: Work,
  _permit: Permit<'training.record'>,
  record: {
    readonly adultId: AdultId
    readonly course: CourseId
    readonly on: PlainDate
    readonly provider: string | null
    readonly by: AdultId
  },
): Promise<void> {
  const { adultId, course, on, provider, by } = record
  await work.tx.run(insertRecord, [work.school.id, newId<string>(), adultId, course, on, provider, work.now, by])
}

const meet = {
  name: 'training_clocks_meet',
  text: 'update clock set met_at = $3 where school_id = $1 and id = any ($2) and met_at is null and ended_at is null',
}
const end = {
  name: 'training_clocks_end',
  text: 'update clock set ended_at = $3 where school_id = $1 and id = any ($2) and met_at is null and ended_at is null',
}

export async function closeClocks(
  work: Work,
  _permit: AnyPermit,
  clocks: { readonly met: readonly ClockId[]; readonly ended: readonly ClockId[] },
): Promise<void> {
  if (clocks.met.length > 0) await work.tx.run(meet, [work.school.id, clocks.met, work.now])
  if (clocks.ended.length > 0) await work.tx.run(end, [work.school.id, clocks.ended, work.now])
}

const names = {
  name: 'training_names',
  text: 'select id as "adultId", name from adult where school_id = $1 and id = any ($2)',
}

/** What these people are called. */
export async function findNames(
  work: Work,
  _permit: AnyPermit,
  of: readonly { readonly adultId: AdultId }[],
): Promise<ReadonlyMap<AdultId, string>> {
  const ids = [...new Set(of.map(({ adultId }) => adultId))]
  const rows = await work.tx.run<{ readonly adultId: AdultId; readonly name: string }>(names, [work.school.id, ids])
  return new Map(rows.map(({ adultId, name }) => [adultId, name]))
}

const unconfirmed = {
  name: 'training_unconfirmed',
  text: `select i.id, i.adult_id as "adultId", a.name, i.title, i.issued_at as "issuedAt", i.chased
    from reading_issue i join adult a on a.school_id = i.school_id and a.id = i.adult_id
    where i.school_id = $1 and i.completed_at is null and i.withdrawn_at is null order by i.issued_at, a.name, i.id`,
}

export interface Unconfirmed {
  readonly id: string
  readonly adultId: AdultId
  readonly name: string
  readonly title: string
  readonly issuedAt: string
  readonly chased: number
}

/** Every document that somebody was given and has not signed whole. */
export function findUnconfirmed(work: Work, _permit: Permit<'duties.watch'>): Promise<readonly Unconfirmed[]> {
  return work.tx.run<Unconfirmed>(unconfirmed, [work.school.id])
}

const chasedQuery = {
  name: 'training_chased',
  text: 'update reading_issue set chased = $3, chased_at = chased_at || $4::timestamptz where school_id = $1 and id = any ($2)',
}

export async function saveChased(
  work: Work,
  _permit: Permit<'duties.watch'>,
  ids: readonly string[],
  times: number,
): Promise<void> {
  await work.tx.run(chasedQuery, [work.school.id, ids, times, work.now])
}
