import type pg from 'pg'
import type { AdultId, SchoolId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/plain-date.ts'
import type { RoleId } from '../policy/roles.ts'

/** Somebody holds a role from now on, unless they hold it already. */
export async function appointOnStage(
  client: pg.Client,
  at: { readonly school: SchoolId; readonly adult: AdultId; readonly now: Instant; readonly id: string },
  role: RoleId,
): Promise<void> {
  await client.query(
    `insert into appointment (school_id, id, adult_id, role, starts_at) select $1, $2, $3, $4, $5
      where not exists (select from appointment p where p.school_id = $1 and p.adult_id = $3 and p.role = $4 and (p.ends_at is null or p.ends_at > $5))`,
    [at.school, at.id, at.adult, role, at.now],
  )
}

/** Somebody's appointments end now, or the one to this role. */
export async function endAppointmentsOnStage(
  client: pg.Client,
  at: { readonly school: SchoolId; readonly adult: AdultId; readonly now: Instant },
  role: RoleId | null,
): Promise<void> {
  await client.query(
    `update appointment set ends_at = $3 where school_id = $1 and adult_id = $2 and (role = $4 or $4 is null) and (ends_at is null or ends_at > $3)`,
    [at.school, at.adult, at.now, role],
  )
}
