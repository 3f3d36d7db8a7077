import type { Permit } from '../../access/index.ts'
import type { AdultId, AppointmentId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import type { Colleague, PostFacts, TrustSchool } from './model.ts'

const facts = {
  name: 'posts_facts',
  text: `select
    (select coalesce(jsonb_agg(jsonb_build_object('appointmentId', p.id, 'adultId', p.adult_id, 'name', a.name, 'role', p.role,
        'startsAt', ${utcText('p.starts_at')}, 'endsAt', ${utcText('p.ends_at')}) order by p.starts_at, p.id), '[]')
      from appointment p join adult a on a.school_id = p.school_id and a.id = p.adult_id
      where p.school_id = $1 and (p.ends_at is null or p.ends_at > p.starts_at) and (p.role = any ($2) or p.role = any ($3))) as held,
    (select coalesce(jsonb_agg(jsonb_build_object('role', v.role, 'since', v.vacant_since, 'interimName', a.name) order by v.entered_at, v.id), '[]')
      from vacant_post v left join adult a on a.school_id = v.school_id and a.id = v.interim_id where v.school_id = $1) as vacant,
    (select coalesce(jsonb_agg(jsonb_build_object('appointmentId', d.appointment_id, 'signedOn', d.signed_on, 'keptWhere', d.kept_where,
        'namesLead', d.names_lead, 'namesOnline', d.names_online) order by d.recorded_at, d.id), '[]')
      from job_description d where d.school_id = $1) as descriptions,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', t.adult_id, 'course', t.course, 'completedOn', t.completed_on)), '[]')
      from posts_trained($2, $4, $5) t) as trained`,
}

/** The posts of this school; `seniors` are the posts from which a lead comes, which need not be of the team. */
export async function findPostFacts(
  work: Work,
  _permit: Permit<'post.list'> | Permit<'post.keep'>,
  of: { readonly roles: readonly RoleId[]; readonly seniors: readonly RoleId[]; readonly courses: readonly string[] },
): Promise<PostFacts> {
  const [row] = await work.tx.run<PostFacts>(facts, [work.school.id, of.roles, of.seniors, of.courses, work.now])
  if (!row) throw new Error('the query gives one row')
  return row
}

const trust = {
  name: 'posts_trust',
  text: 'select school_id as "schoolId", key, name, held, vacant from posts_of_trust($1)',
}

/** The posts of every school of the trust. */
export function findTrustSchools(work: Work, _permit: Permit<'post.trust'>): Promise<readonly TrustSchool[]> {
  return work.tx.run<TrustSchool>(trust, [work.now])
}

const colleagues = {
  name: 'posts_colleagues',
  text: `select a.id as "adultId", a.name from adult a where a.school_id = $1 and exists (select from appointment p
    where p.school_id = a.school_id and p.adult_id = a.id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2)) order by a.name, a.id`,
}

/** Everybody who holds a role here now. */
export function findColleagues(work: Work, _permit: Permit<'post.keep'>): Promise<readonly Colleague[]> {
  return work.tx.run<Colleague>(colleagues, [work.school.id, work.now])
}

const vacantInsert = {
  name: 'posts_vacant_insert',
  text: `insert into vacant_post (school_id, id, role, vacant_since, interim_id, entered_at, entered_by) values ($1, $2, $3, $4, $5, $6, $7)`,
}

export interface NewVacancy {
  readonly role: RoleId
  readonly since: PlainDate
  readonly interimId: AdultId | null
}

export async function insertVacancy(
  work: Work,
  _permit: Permit<'post.keep'>,
  by: AdultId,
  { role, since, interimId }: NewVacancy,
): Promise<void> {
  await work.tx.run(vacantInsert, [work.school.id, newId<string>(), role, since, interimId, work.now, by])
}

const descriptionInsert = {
  name: 'posts_description_insert',
  text: `insert into job_description (school_id, id, appointment_id, signed_on, kept_where, names_lead, names_online, recorded_at, recorded_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
}

export interface NewDescription {
  readonly appointmentId: AppointmentId
  readonly signedOn: PlainDate
  readonly keptWhere: string
  readonly namesLead: boolean
  readonly namesOnline: boolean
}

export async function insertDescription(
  work: Work,
  _permit: Permit<'post.keep'>,
  by: AdultId,
  { appointmentId, signedOn, keptWhere, namesLead, namesOnline }: NewDescription,
): Promise<void> {
  const values = [work.school.id, newId<string>(), appointmentId, signedOn, keptWhere, namesLead, namesOnline, work.now, by]
  await work.tx.run(descriptionInsert, values)
}
