import type pg from 'pg'
import type { AdultId, ChildId, ReferralId, SchoolId } from '../../kernel/ids.ts'

export interface ReferralFound {
  readonly id: ReferralId
  readonly childId: ChildId
  readonly agency: string
  /** Names of the clocks that run for it. */
  readonly running: readonly string[]
}

/** The referrals of a concern that are not concluded, the latest first. */
export async function listReferrals(client: pg.Client, school: SchoolId, concern: string): Promise<readonly ReferralFound[]> {
  const { rows } = await client.query<ReferralFound>(
    `select id, child_id as "childId", agency, array(select k.name from clock k where k.school_id = $1 and k.concern_id = $2 and k.referral_id = r.id
        and k.met_at is null and k.ended_at is null) as running
      from referral r where school_id = $1 and concern_id = $2 and state <> 'concluded' order by opened_at desc, id desc`,
    [school, concern],
  )
  return rows
}

/** Whoever has the concern now. */
export async function findConcernOwner(
  client: pg.Client,
  school: SchoolId,
  concern: string | null,
): Promise<AdultId | undefined> {
  const { rows } = await client.query<{ owner: AdultId | null }>(
    'select owner_id as owner from concern where school_id = $1 and id = $2',
    [school, concern],
  )
  return rows[0]?.owner ?? undefined
}
