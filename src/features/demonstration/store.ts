import type { Permit } from '../../access/index.ts'
import type { AccountId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import type { DemonstrationPerson, DemonstrationSchool } from './model.ts'

interface PersonRow {
  readonly account_id: string
  readonly email: string
  readonly name: string
  readonly job_title: string | null
  readonly school: string
  readonly roles: string[]
  readonly sealed: string | null
  readonly last_step: number
}

const people = {
  name: 'demonstration_people',
  text: 'select demonstration_people($1) as people, (select kind from installation) as kind',
}

/** Everybody one can sign in as; undefined where the installation is no demonstration. */
export async function findDemonstrationPeople(
  tx: Tx,
  _permit: Permit<'demonstration.read'>,
  now: Instant,
): Promise<DemonstrationPerson[] | undefined> {
  const rows = await tx.run<{ people: PersonRow[]; kind: string | null }>(people, [now])
  if (rows[0]?.kind !== 'demonstration') return undefined
  return rows[0].people.map(row => ({
    account: row.account_id as AccountId,
    email: row.email,
    name: row.name,
    jobTitle: row.job_title ?? undefined,
    school: row.school,
    roles: row.roles,
    sealed: row.sealed === null ? undefined : Buffer.from(row.sealed, 'base64'),
    lastStep: row.last_step,
  }))
}

/** The schools' own links for adults without an account. */
export async function schoolLinks(tx: Tx, _permit: Permit<'demonstration.read'>): Promise<DemonstrationSchool[]> {
  const rows = await tx.db
    .selectFrom('school')
    .select(['name', 'visitor_token'])
    .where('demonstration', '=', true)
    .orderBy('name')
    .execute()
  return rows.map(row => ({ name: row.name, visitorPath: `/report/${row.visitor_token}` }))
}
