import { generateKeyPairSync } from 'node:crypto'
import { firstOfAll, publicTextOf, signCheckpoint } from '../../src/audit/checkpoint.ts'
import type { PlainDate } from '../../src/kernel/plain-date.ts'
import { newId } from '../../src/platform/identifiers.ts'
import type { GuardedSchool, Params } from './guarded-school.ts'
import type { Way } from './way.ts'

const byHead = { by: 'head', notBy: 'teacher' } as const

async function aCheckpoint(school: GuardedSchool): Promise<Params> {
  const day = '2026-11-17' as PlainDate
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = { signing: privateKey, publicText: publicTextOf(privateKey) }
  const digest = 'A'.repeat(43)
  const content = signCheckpoint(key, { school: school.school.id, day, ...firstOfAll, main: digest, conduct: digest })
  await school.at.people.query(
    'insert into audit_checkpoint (school_id, day, made_at, content) values ($1, $2, $3, $4) on conflict do nothing',
    [school.school.id, day, school.at.clock.now(), content],
  )
  return { day }
}

async function aRecipient(school: GuardedSchool): Promise<Params> {
  const recipientId = newId<string>()
  await school.at.people.query(
    `insert into checkpoint_recipient (school_id, id, address, added_at, added_by)
      select $1, $2, 'safe@trust.example', $3, id from adult where school_id = $1 limit 1`,
    [school.school.id, recipientId, school.at.clock.now()],
  )
  return { recipientId }
}

/** The audit trail as evidence. */
export const auditWays: Record<string, Way> = {
  'GET /audit': byHead,
  'GET /audit/checkpoints/:day': { ...byHead, params: aCheckpoint },
  'POST /audit/recipients': { ...byHead, sends: { address: 'safe@authority.example' } },
  'POST /audit/recipients/:recipientId/end': { ...byHead, params: aRecipient, fresh: aRecipient },
}
