import { createHash } from 'node:crypto'
import type { ClientConfig } from 'pg'
import pg from 'pg'

/** One entry as the database holds it. */
export interface StoredEntry {
  readonly n: number
  readonly at: string
  readonly actor_id: string | null
  readonly action: string
  readonly subject_kind: string | null
  readonly subject_id: string | null
  readonly outcome: string
  readonly body: string
  readonly hash: Buffer
}

export interface ChainFault {
  readonly n: number
  readonly says: string
}

/** The hash before the first entry: bound to the school and the chain, so that one school's chain cannot stand in for another's. */
export function genesisHash(schoolId: string, chain: string): Buffer {
  return createHash('sha256').update(`holdfast ${chain} ${schoolId}`).digest()
}

/** sha256(previous hash, n as 8 bytes big-endian, body): what `request_finish` computes in the database. */
export function entryHash(previous: Buffer, n: number, body: string): Buffer {
  const number = Buffer.alloc(8)
  number.writeBigInt64BE(BigInt(n))
  return createHash('sha256').update(previous).update(number).update(body, 'utf8').digest()
}

function columnsDiffer(entry: StoredEntry): string | undefined {
  const body = JSON.parse(entry.body) as Record<string, unknown>
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['at', Date.parse(String(body['at'])), Date.parse(entry.at)],
    ['actor', body['actor'] ?? null, entry.actor_id],
    ['action', body['action'], entry.action],
    ['subject kind', body['subjectKind'] ?? null, entry.subject_kind],
    ['subject', body['subject'] ?? null, entry.subject_id],
    ['outcome', body['outcome'], entry.outcome],
  ]
  return pairs.find(([, inBody, inColumn]) => inBody !== inColumn)?.[0]
}

/** Checks entries that follow an already checked one; gives the first fault, or the hash and number to go on from. */
export function verifyEntries(
  entries: readonly StoredEntry[],
  from: { readonly n: number; readonly hash: Buffer },
): { readonly fault: ChainFault } | { readonly n: number; readonly hash: Buffer } {
  let { n, hash } = from
  for (const entry of entries) {
    if (entry.n !== n + 1) return { fault: { n: n + 1, says: `entry ${n + 1} is missing` } }
    hash = entryHash(hash, entry.n, entry.body)
    if (!hash.equals(entry.hash))
      return { fault: { n: entry.n, says: `entry ${entry.n} or one before it was changed: its hash does not follow` } }
    const column = columnsDiffer(entry)
    if (column)
      return { fault: { n: entry.n, says: `the ${column} beside entry ${entry.n} was changed: it differs from what was hashed` } }
    n = entry.n
  }
  return { n, hash }
}

export interface ChainReport {
  readonly school: string
  readonly chain: string
  readonly entries: number
  readonly head: string
  readonly fault: ChainFault | undefined
}

const pageOfEntries = 10_000

// Numbers and moments are asked for in the shapes that are compared here, whatever the program has taught the driver.
const entriesAfter = `select n::float8 as n, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor_id, action, subject_kind, subject_id, outcome,
    body, hash
  from audit_entry where school_id = $1 and chain = $2 and audit_entry.n > $3 order by audit_entry.n limit $4`

async function verifyChain(
  client: pg.Client,
  school: { id: string; key: string; chain: string; n: number; hash: Buffer },
): Promise<ChainReport> {
  let at: { readonly n: number; readonly hash: Buffer } = { n: 0, hash: genesisHash(school.id, school.chain) }
  const report = (fault: ChainFault | undefined): ChainReport => ({
    school: school.key,
    chain: school.chain,
    entries: at.n,
    head: at.hash.toString('hex'),
    fault,
  })
  for (;;) {
    const { rows } = await client.query<StoredEntry>(entriesAfter, [school.id, school.chain, at.n, pageOfEntries])
    if (rows.length === 0) break
    const checked = verifyEntries(rows, at)
    if ('fault' in checked) return report(checked.fault)
    at = checked
  }
  if (at.n !== school.n || !at.hash.equals(school.hash))
    return report({
      n: school.n,
      says: `the head says ${school.n} entries and the chain ends at ${at.n}: the end was cut off or the head was changed`,
    })
  return report(undefined)
}

/** Verifies every chain of a database, read in one snapshot so that a running Holdfast does not disturb it. */
export async function verifyDatabase(address: ClientConfig, say: (report: ChainReport) => void): Promise<boolean> {
  const client = new pg.Client(address)
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query<{ id: string; key: string; chain: string; n: number; hash: Buffer }>(
      'select s.id, s.key, c.chain, c.n::float8 as n, c.hash from audit_chain c join school s on s.id = c.school_id order by s.key, c.chain',
    )
    let whole = rows.length > 0
    for (const row of rows) {
      const report = await verifyChain(client, row)
      whole &&= report.fault === undefined
      say(report)
    }
    return whole
  } finally {
    await client.end()
  }
}
