import pg from 'pg'
import { type Actor, actions, check } from '../src/access/index.ts'
import type { Instant } from '../src/kernel/plain-date.ts'
import { ownerRole } from '../src/platform/logins.ts'
import { hashPassword } from '../src/platform/passwords.ts'
import { londonDate, type WorkTools } from '../src/work/work.ts'
import { demonstrationPassword, demoSchools } from './people.ts'
import { accountRows, type Row, rowsOfSchool, trustRows } from './rows.ts'

/** The database holds something already: a demonstration is never loaded beside it. */
export class DemonstrationRefused extends Error {
  override readonly name = 'DemonstrationRefused'
}

/** Whether a person's appointments let them see more than their own concerns, for which the policy asks a second factor. */
export function wantsSecondFactor(actor: Actor): boolean {
  return actions.some(action => {
    const verdict = check(actor, action, undefined)
    // What every adult may ask for shows them something only where more is theirs: that alone is no reason to have a factor.
    return verdict.allowed && verdict.needsSecondFactor && verdict.because !== 'any adult of the school'
  })
}

async function insert(client: pg.Client, table: string, rows: readonly Row[]): Promise<void> {
  const first = rows[0]
  if (!first) return
  const columns = Object.keys(first)
    .map(column => client.escapeIdentifier(column))
    .join(', ')
  await client.query(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`, [
    JSON.stringify(rows),
  ])
}

async function insertAll(client: pg.Client, tools: WorkTools, now: Instant): Promise<void> {
  // One hash for all: hashing is made to be slow, and the password is printed anyway.
  const passwordHash = await hashPassword(demonstrationPassword)
  await insert(client, 'installation', [{ kind: 'demonstration', created_at: now }])
  await insert(client, 'trust', trustRows(demoSchools))
  await insert(client, 'account', accountRows(demoSchools, { now, passwordHash, sealing: tools.sealing, wantsSecondFactor }))
  for (const school of demoSchools) {
    const { calendar } = tools.policies.profile(school.key, londonDate(now))
    for (const [table, rows] of Object.entries(rowsOfSchool(school, now, calendar))) await insert(client, table, rows)
  }
}

async function refuseUnlessEmpty(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ used: boolean }>(
    'select exists (select from installation) or exists (select from school) as used',
  )
  if (rows[0]?.used) throw new DemonstrationRefused('This database is in use: the demonstration schools go into a new one only.')
}

/** Puts the five demonstration schools and their invented people into a new database: all of it, or nothing. */
export async function loadDemonstration(tools: WorkTools, admin: pg.ClientConfig, now: Instant): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`set local role ${ownerRole}`)
    await refuseUnlessEmpty(client)
    await insertAll(client, tools, now)
    const keys = tools.sealing.ring?.newKeys()
    for (const row of keys?.rows ?? []) await client.query('select data_key_keep($1, $2, $3, $4, $5)', [...row])
    await client.query('commit')
    keys?.kept()
  } finally {
    await client.end()
  }
}
