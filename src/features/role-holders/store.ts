import type { AdultId, AppointmentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'

const roleHolders = {
  name: 'role_holders',
  text: `select p.id as "appointmentId", p.adult_id as "adultId", a.name, p.role, a.phone,
      exists (select from absence x where x.school_id = p.school_id and x.adult_id = p.adult_id and x.starts_at <= $2 and (x.ends_at is null or x.ends_at > $2)) as absent
    from appointment p join adult a on a.school_id = p.school_id and a.id = p.adult_id
    where p.school_id = $1 and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2) and ($3::text[] is null or p.role = any ($3))
    order by p.starts_at, p.id`,
}

export interface RoleHolder {
  readonly appointmentId: AppointmentId
  readonly adultId: AdultId
  readonly name: string
  readonly role: RoleId
  readonly phone: string | null
  readonly absent: boolean
}

export function findRoleHoldersAt(work: Work, at: Instant, roles: readonly RoleId[] | undefined): Promise<RoleHolder[]> {
  return work.tx.run<RoleHolder>(roleHolders, [work.school.id, at, roles ?? null])
}
