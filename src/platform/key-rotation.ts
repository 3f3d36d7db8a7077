import type pg from 'pg'
import type { ClientConfig } from 'pg'
import type { Instant } from '../kernel/plain-date.ts'
import { newId } from './identifiers.ts'
import { asOwner } from './installation-keys.ts'
import { type DataKeyRow, derivedKey, masterKeyId, unwrapKey, wrapKey } from './key-ring.ts'
import { type SealedPlace, sealedPlaces } from './sealed-places.ts'
import { type Sealing, sealedUnder } from './sealing.ts'

/** A replaced key is kept a while: another process may not have heard of it yet and seal once more under it. */
const replacedKeptMs = 600_000

async function inOneTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin')
  try {
    const value = await work()
    await client.query('commit')
    return value
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

const isDerived = (column: string) => `substring(${column} from 1 for 1) = '\\x01'`

function placesOf(owner: string): readonly SealedPlace[] {
  return sealedPlaces.filter(place => owner.startsWith(`${place.owner}:`))
}

const idOf = (owner: string) => owner.slice(owner.indexOf(':') + 1)

/** Whoever has values that were sealed before keys were random. */
async function ownersOfDerived(client: pg.Client): Promise<readonly string[]> {
  const each = sealedPlaces.map(
    ({ table, column, owner, ownerColumn }) =>
      `select '${owner}:' || ${ownerColumn} as owner from ${table} where ${isDerived(column)}`,
  )
  const { rows } = await client.query<{ owner: string }>(each.join(' union '))
  return rows.map(row => row.owner)
}

/** From here on what an older version sealed opens without the master key from which its key was derived. */
async function keepDerivedKeys(client: pg.Client, present: Buffer, next: Buffer, now: Instant): Promise<void> {
  const known = await client.query<{ owner: string }>(`select owner from data_key where kind = 'derived' and wrapped is not null`)
  const has = new Set(known.rows.map(row => row.owner))
  for (const owner of await ownersOfDerived(client)) {
    if (has.has(owner)) continue
    const id = newId<string>()
    const wrapped = wrapKey(next, id, owner, derivedKey(present, owner))
    await client.query(
      `insert into data_key (id, owner, kind, master_id, wrapped, made_at) values ($1, $2, 'derived', $3, $4, $5)`,
      [id, owner, masterKeyId(next), wrapped, now],
    )
  }
}

/**
 * Wraps every data key under the next master key, all in one transaction: at no moment is a key under neither. What is
 * sealed stays as it is. Whoever makes a key meanwhile waits, and wraps it anew.
 */
export async function wrapAnew(admin: ClientConfig, present: Buffer, next: Buffer, now: Instant): Promise<number> {
  return asOwner(admin, client =>
    inOneTransaction(client, async () => {
      const current = await client.query<{ id: string }>('select id from master_key where retired_at is null for update')
      if (current.rows[0]?.id !== masterKeyId(present)) throw new Error('the master key was changed meanwhile')
      await client.query('update master_key set retired_at = $1 where retired_at is null', [now])
      await client.query('insert into master_key (id, since) values ($1, $2)', [masterKeyId(next), now])
      const keys = await client.query<DataKeyRow>('select id, owner, wrapped from data_key where wrapped is not null for update')
      for (const { id, owner, wrapped } of keys.rows) {
        if (!wrapped) continue
        const under = wrapKey(next, id, owner, unwrapKey(present, id, owner, wrapped))
        await client.query('update data_key set wrapped = $2, master_id = $3 where id = $1', [id, under, masterKeyId(next)])
      }
      await keepDerivedKeys(client, present, next, now)
      return keys.rows.length
    }),
  )
}

/** Has an owner seal under a new key from now on, and what is sealed already be sealed anew in the background. */
export async function replaceKey(admin: ClientConfig, owner: string, now: Instant): Promise<void> {
  await asOwner(admin, client =>
    inOneTransaction(client, async () => {
      await client.query(`update data_key set replaced_at = $2 where owner = $1 and replaced_at is null and kind = 'random'`, [
        owner,
        now,
      ])
      if (owner === 'installation') return
      await client.query(
        `insert into resealing (owner, asked_at) values ($1, $2)
          on conflict (owner) do update set asked_at = $2, waiting = null, resealed = 0, finished_at = null`,
        [owner, now],
      )
    }),
  )
}

/** Every owner of a key, and of anything that was sealed before keys were random. */
export async function findOwners(admin: ClientConfig): Promise<readonly string[]> {
  return asOwner(admin, async client => {
    const { rows } = await client.query<{ owner: string }>('select distinct owner from data_key where wrapped is not null')
    return [...new Set([...rows.map(row => row.owner), ...(await ownersOfDerived(client))])].sort()
  })
}

interface Waiting {
  readonly place: SealedPlace
  readonly name: Readonly<Record<string, unknown>>
}

const otherKey = (column: string) => `${column} is not null and substring(${column} from 1 for 17) <> $2`

/** What of an owner's is sealed under another key than the present one: names of rows, and nothing of what they hold. */
async function findWaiting(client: pg.Client, owner: string, header: Buffer): Promise<readonly Waiting[]> {
  const waiting: Waiting[] = []
  for (const place of placesOf(owner)) {
    const columns = [place.ownerColumn, ...place.named].join(', ')
    const { rows } = await client.query<Record<string, unknown>>(
      `select ${columns} from ${place.table} where ${place.ownerColumn} = $1 and ${otherKey(place.column)} order by ${columns}`,
      [idOf(owner), header],
    )
    waiting.push(...rows.map(name => ({ place, name })))
  }
  return waiting
}

/** One value under the present key; false where it is gone, was changed meanwhile, or does not open. */
async function resealOne(client: pg.Client, sealing: Sealing, owner: string, { place, name }: Waiting): Promise<boolean> {
  const { table, column, ownerColumn, named } = place
  const columns = [ownerColumn, ...named]
  const values = columns.map(each => name[each])
  const where = columns.map((each, n) => `${each} = $${n + 1}`).join(' and ')
  const { rows } = await client.query<{ sealed: Buffer | null }>(
    `select ${column} as sealed from ${table} where ${where}`,
    values,
  )
  const sealed = rows[0]?.sealed
  if (!sealed) return false
  const boundTo = place.boundTo(name)
  let content: Buffer
  try {
    content = sealing.open(owner, boundTo, sealed)
  } catch {
    return false
  }
  const again = sealing.seal(owner, boundTo, content)
  const [n, digest] = [values.length + 1, `sha256(${column}) = sha256($${values.length + 2})`]
  const done = await client.query(`update ${table} set ${column} = $${n} where ${where} and ${digest}`, [
    ...values,
    again,
    sealed,
  ])
  return done.rowCount === 1
}

async function keepNewKeys(client: pg.Client, sealing: Sealing): Promise<void> {
  const keys = sealing.ring?.newKeys()
  for (const row of keys?.rows ?? []) await client.query('select data_key_keep($1, $2, $3, $4, $5)', [...row])
  keys?.kept()
}

export interface ResealingProgress {
  readonly owner: string
  readonly waiting: number
  readonly resealed: number
  /** What does not open, under any key: it is left as it is, and so is its key. */
  readonly left: number
}

/**
 * Seals an owner's values anew under the present key, one by one; each opens before, during and after. Cut off, it goes on
 * where it was.
 */
export async function resealOwner(
  admin: ClientConfig,
  sealing: Sealing,
  owner: string,
  now: Instant,
  say: (progress: ResealingProgress) => void = () => {},
): Promise<ResealingProgress> {
  return asOwner(admin, async client => {
    const header = sealing.seal(owner, '', '').subarray(0, 17)
    if (sealedUnder(Buffer.concat([header, Buffer.alloc(28)])) === undefined) throw new Error('there are no data keys')
    await keepNewKeys(client, sealing)
    const waiting = await findWaiting(client, owner, header)
    await client.query('update resealing set waiting = coalesce(waiting, $2) where owner = $1', [owner, waiting.length])
    let resealed = 0
    for (const value of waiting) {
      if (!(await resealOne(client, sealing, owner, value))) continue
      resealed += 1
      await client.query('update resealing set resealed = resealed + 1 where owner = $1', [owner])
      say({ owner, waiting: waiting.length, resealed, left: 0 })
    }
    const left = (await findWaiting(client, owner, header)).length
    await client.query('update resealing set finished_at = $2 where owner = $1', [owner, now])
    return { owner, waiting: waiting.length, resealed, left }
  })
}

/** How far sealing anew has come, for each owner whose turn it is or was. */
export async function findProgress(
  admin: ClientConfig,
): Promise<readonly { owner: string; waiting: number | null; resealed: number; finished: boolean }[]> {
  return asOwner(admin, async client => {
    const { rows } = await client.query<{ owner: string; waiting: number | null; resealed: number; finished: boolean }>(
      'select owner, waiting, resealed, finished_at is not null as finished from resealing order by finished_at is not null, owner',
    )
    return rows
  })
}

/** Destroys replaced keys under which nothing is sealed any more; gives how many. */
async function destroyReplaced(client: pg.Client, now: Instant): Promise<number> {
  const before = new Date(Date.parse(now) - replacedKeptMs).toISOString()
  const { rows } = await client.query<{ id: string; owner: string; kind: string }>(
    `select id, owner, kind from data_key where wrapped is not null and (replaced_at <= $1 or kind = 'derived')`,
    [before],
  )
  let destroyed = 0
  for (const { id, owner, kind } of rows) {
    const used = placesOf(owner).map(({ table, column, ownerColumn }) => {
      const under =
        kind === 'derived' ? isDerived(column) : `substring(${column} from 1 for 17) = '\\x02'::bytea || uuid_send($2::uuid)`
      return `exists (select 1 from ${table} where ${ownerColumn} = $1 and ${under} and $2::uuid is not null)`
    })
    const held = used.length === 0 ? 'false' : used.join(' or ')
    const found =
      used.length === 0 ? undefined : await client.query<{ held: boolean }>(`select ${held} as held`, [idOf(owner), id])
    if (found?.rows[0]?.held) {
      // What another process sealed under it before it heard.
      await client.query(
        `update resealing set finished_at = null, waiting = null, resealed = 0 where owner = $1 and finished_at <= $2`,
        [owner, before],
      )
      continue
    }
    await client.query('update data_key set wrapped = null, destroyed_at = $2 where id = $1', [id, now])
    destroyed += 1
  }
  return destroyed
}

/** The background's part: whatever waits to be sealed anew, then the end of the keys that nothing needs. */
export async function lookAfterKeys(admin: ClientConfig, sealing: Sealing, now: Instant): Promise<void> {
  const open = (await findProgress(admin)).filter(({ finished }) => !finished)
  for (const { owner } of open) await resealOwner(admin, sealing, owner, now)
  await asOwner(admin, client => destroyReplaced(client, now))
}

/**
 * Destroys every key of an owner: what was sealed under them opens never again. What still lay under a key derived from
 * the master key is sealed anew first, or it would go on opening.
 */
export async function destroyKeys(admin: ClientConfig, sealing: Sealing, owner: string, now: Instant): Promise<number> {
  await resealOwner(admin, sealing, owner, now)
  return asOwner(admin, async client => {
    const done = await client.query(
      'update data_key set wrapped = null, destroyed_at = $2 where owner = $1 and wrapped is not null',
      [owner, now],
    )
    return done.rowCount ?? 0
  })
}
