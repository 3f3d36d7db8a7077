import type { ClientConfig } from 'pg'
import pg from 'pg'
import { systemClock } from './clock.ts'
import { type Database, keyCodes } from './database.ts'
import { type DataKeyRow, KeyNotHere, KeyRing, masterKeyId } from './key-ring.ts'
import { ownerRole } from './logins.ts'
import { isMigrated } from './migrate.ts'
import { Sealing } from './sealing.ts'

const read = {
  name: 'data_keys_read',
  text: `select master_key_now() as master, k.id, k.owner, k.kind, k.master_id, k.wrapped, k.replaced
    from (values (1)) as one (n) left join data_keys_read() k on true`,
}

type Read = Partial<DataKeyRow> & { readonly master: string | null }

async function readKeys(ring: KeyRing, database: Database): Promise<void> {
  const found = await database.transaction(async tx => ({ commit: false, value: await tx.run<Read>(read, []) }))
  ring.load(
    found.filter((row): row is Read & DataKeyRow => typeof row.id === 'string'),
    found[0]?.master ?? '',
  )
}

/** Sealing under the installation's own keys, which are read once and then kept in memory, and with them what a transaction must keep. */
export async function openSealing(database: Database, readMasters: () => readonly Buffer[]): Promise<Sealing> {
  const ring = new KeyRing(readMasters)
  await readKeys(ring, database)
  database.keys = {
    newKeys: () => ring.newKeys(),
    isBehind: error =>
      error instanceof KeyNotHere ||
      (error instanceof Error && keyCodes.some(code => code === (error as { code?: unknown }).code)),
    readAgain: from => readKeys(ring, from).catch(() => undefined),
  }
  return new Sealing(ring)
}

/** Runs `work` as the owner of the tables: keys are nobody's who serves requests. */
export async function asOwner<T>(admin: ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(admin)
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`set role ${ownerRole}`)
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The name of the master key that a database's keys are wrapped under; undefined where it has none yet. */
export async function findMasterKeyId(admin: ClientConfig): Promise<string | undefined> {
  if (!(await isMigrated(admin))) return undefined
  return asOwner(admin, async client => {
    const { rows } = await client.query<{ there: boolean }>(`select to_regclass('public.master_key') is not null as there`)
    if (!rows[0]?.there) return undefined
    const found = await client.query<{ id: string }>('select id from master_key where retired_at is null')
    return found.rows[0]?.id
  })
}

/** Writes down the name of the first master key. Nothing where there is one already. */
export async function nameMasterKey(admin: ClientConfig, master: Buffer): Promise<void> {
  await asOwner(admin, client =>
    client.query(
      'insert into master_key (id, since) select $1, $2 where not exists (select 1 from master_key) on conflict do nothing',
      [masterKeyId(master), systemClock.now()],
    ),
  )
}
