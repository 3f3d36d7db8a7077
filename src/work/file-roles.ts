import pg, { type ClientConfig } from 'pg'
import { localDate } from '../kernel/london-time.ts'
import type { Instant } from '../kernel/plain-date.ts'
import type { Policies } from '../policy/load.ts'
import { standInRoles } from '../policy/stand-in-roles.ts'

/**
 * Writes into the database which roles open welfare files at each school, and which stand in for those who do, as its policy of the day says:
 * row-level security and the guard of appointments ask it and cannot read a policy. With the administrator's login, because the program's own may not widen what it sees.
 */
export async function writeFileRoles(
  admin: ClientConfig,
  policies: Pick<Policies, 'keys' | 'profile'>,
  now: Instant,
): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    for (const key of policies.keys) {
      const profile = policies.profile(key, localDate(now))
      const standIns = [...new Set(standInRoles(profile))]
      await client.query('update school set route_roles = $2 where key = $1 and route_roles is distinct from $2', [key, standIns])
      const { fileRoles } = profile
      if (!fileRoles) continue
      const values = [key, fileRoles.value]
      await client.query('update school set file_roles = $2 where key = $1 and file_roles is distinct from $2', values)
    }
  } finally {
    await client.end()
  }
}
