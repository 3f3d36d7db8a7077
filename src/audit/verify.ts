import { createHash } from 'node:crypto'
import type { ClientConfig } from 'pg'
import pg from 'pg'
import { commitment } from './checkpoint.ts'
import { type Evidence, evidenceFor, type Handed, type KeptCheckpoint, type Mark, strangersAmong } from './evidence.ts'

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

export interface Place {
  readonly n: number
  readonly hash: Buffer
}

/** Follows one chain from its first entry and holds it against the checkpoints that cover it. */
export class ChainWalk {
  #at: Place
  readonly #marks: readonly Mark[]
  #passed = 0
  #markFault: ChainFault | undefined

  constructor(schoolId: string, chain: string, marks: readonly Mark[] = []) {
    this.#at = { n: 0, hash: genesisHash(schoolId, chain) }
    this.#marks = marks
    this.#pass()
  }

  get at(): Place {
    return this.#at
  }

  #pass(): void {
    for (let mark = this.#marks[this.#passed]; mark && mark.n <= this.#at.n; mark = this.#marks[this.#passed]) {
      this.#passed += 1
      if (commitment(mark.salt, mark.n, this.#at.hash) !== mark.digest)
        this.#markFault ??= {
          n: mark.n,
          says: `what stands up to entry ${mark.n} is not what the checkpoint of ${mark.day} covers: the chain was computed anew, or is another’s`,
        }
    }
  }

  /** The next entry; gives the fault where it does not follow. */
  take(n: number, body: string, hash: Buffer): ChainFault | undefined {
    const next = this.#at.n + 1
    if (n !== next) return { n: next, says: `entry ${next} is missing` }
    const computed = entryHash(this.#at.hash, n, body)
    if (!computed.equals(hash))
      return {
        n,
        says:
          n === 1 && this.#at.n === 0
            ? 'entry 1 was changed, or the chain is that of another school: its hash does not follow'
            : `entry ${n} or one before it was changed: its hash does not follow`,
      }
    this.#at = { n, hash: computed }
    this.#pass()
    return undefined
  }

  /** After the last entry: whether the head and every checkpoint were reached. */
  end(head: Place): ChainFault | undefined {
    if (this.#at.n !== head.n || !this.#at.hash.equals(head.hash))
      return {
        n: head.n,
        says: `the head says ${head.n} entries and the chain ends at ${this.#at.n}: the end was cut off or the head was changed`,
      }
    const beyond = this.#marks[this.#passed]
    if (beyond)
      return {
        n: beyond.n,
        says: `the checkpoint of ${beyond.day} covers ${beyond.n} entries and the chain ends at ${this.#at.n}: the end was cut off, or this copy is older`,
      }
    return this.#markFault
  }
}

/** Takes entries and compares what stands beside each with what was hashed. */
export function walkEntries(entries: readonly StoredEntry[], walk: ChainWalk): ChainFault | undefined {
  for (const entry of entries) {
    const fault = walk.take(entry.n, entry.body, entry.hash)
    if (fault) return fault
    const column = columnsDiffer(entry)
    if (column) return { n: entry.n, says: `the ${column} beside entry ${entry.n} was changed: it differs from what was hashed` }
  }
  return undefined
}

export interface ChainReport {
  readonly school: string
  readonly chain: string
  readonly entries: number
  readonly head: string
  readonly fault: ChainFault | undefined
}

export interface CheckpointReport {
  readonly school: string
  readonly checked: number
  readonly faults: readonly string[]
}

/** What may come with verifying: what was handed in, and who hears of it on the way. */
export interface Verifying {
  readonly handed?: Handed
  readonly checkpoints?: (report: CheckpointReport) => void
  /** Now and then, with how many entries were checked of all. */
  readonly progress?: (done: number) => void
}

export const nothingHanded: Handed = { checkpoints: [], digests: [], keys: [] }

export function reportOf(school: string, chain: string, at: Place, fault: ChainFault | undefined): ChainReport {
  return { school, chain, entries: at.n, head: at.hash.toString('hex'), fault }
}

export const progressEach = 100_000
const pageOfEntries = 10_000

// Numbers and moments are asked for in the shapes that are compared here, whatever the program has taught the driver.
const entriesAfter = `select n::float8 as n, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, actor_id, action, subject_kind, subject_id, outcome,
    body, hash
  from audit_entry where school_id = $1 and chain = $2 and audit_entry.n > $3 order by audit_entry.n limit $4`

interface StoredChain {
  readonly id: string
  readonly key: string
  readonly chain: string
  readonly n: number
  readonly hash: Buffer
}

/** Gives the entries of a chain page by page, the next already on its way while one is looked at. */
export async function* pagesOfChain(
  client: pg.Client,
  school: { id: string; chain: string },
): AsyncGenerator<readonly StoredEntry[]> {
  const after = (n: number) => client.query<StoredEntry>(entriesAfter, [school.id, school.chain, n, pageOfEntries])
  let next = after(0)
  for (;;) {
    const { rows } = await next
    const last = rows.at(-1)
    if (!last) return
    if (rows.length === pageOfEntries) {
      next = after(last.n)
      // Where whoever reads stops early, the page that was on its way is nobody's.
      next.catch(() => {})
    }
    yield rows
    if (rows.length < pageOfEntries) return
  }
}

async function verifyChain(
  client: pg.Client,
  school: StoredChain,
  marks: readonly Mark[],
  counted: (entries: number) => void,
): Promise<ChainReport> {
  const walk = new ChainWalk(school.id, school.chain, marks)
  for await (const rows of pagesOfChain(client, school)) {
    const fault = walkEntries(rows, walk)
    if (fault) return reportOf(school.key, school.chain, walk.at, fault)
    counted(rows.length)
  }
  return reportOf(school.key, school.chain, walk.at, walk.end(school))
}

export const chainsOfDatabase =
  'select s.id, s.key, c.chain, c.n::float8 as n, c.hash from audit_chain c join school s on s.id = c.school_id order by s.key, c.chain'

/** Checkpoints with what opens them; none from before there were any. */
export async function keptCheckpoints(client: pg.Client, schoolId: string): Promise<readonly KeptCheckpoint[]> {
  const there = await client.query(`select to_regclass('audit_checkpoint') is not null as there`)
  if (there.rows[0]?.there !== true) return []
  const { rows } = await client.query<{ day: string; content: string; openings: { chain: string; n: number; salt: string }[] }>(
    `select to_char(c.day, 'YYYY-MM-DD') as day, c.content, coalesce((
        select jsonb_agg(jsonb_build_object('chain', o.chain, 'n', o.n, 'salt', encode(o.salt, 'hex')))
        from checkpoint_opening o where o.school_id = c.school_id and o.day = c.day), '[]') as openings
      from audit_checkpoint c where c.school_id = $1 order by c.day`,
    [schoolId],
  )
  return rows.map(({ day, content, openings }) => ({
    day,
    content,
    openings: openings.map(({ chain, n, salt }) => ({ chain, n, salt: Buffer.from(salt, 'hex') })),
  }))
}

/** Counts entries over all chains and says so at every hundred thousand. */
export function progressOver(say: ((done: number) => void) | undefined): (entries: number) => void {
  let done = 0
  return entries => {
    const before = Math.floor(done / progressEach)
    done += entries
    if (Math.floor(done / progressEach) > before) say?.(done)
  }
}

/** Verifies every chain of a database, read in one snapshot so that a running Holdfast does not disturb it. */
export async function verifyDatabase(
  address: ClientConfig,
  say: (report: ChainReport) => void,
  { handed = nothingHanded, checkpoints, progress }: Verifying = {},
): Promise<boolean> {
  const client = new pg.Client(address)
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query<StoredChain>(chainsOfDatabase)
    const counted = progressOver(progress)
    const schools: { readonly id: string; readonly kept: readonly KeptCheckpoint[] }[] = []
    let evidence: Evidence | undefined
    let whole = rows.length > 0
    for (const row of rows) {
      if (schools.at(-1)?.id !== row.id) {
        const kept = await keptCheckpoints(client, row.id)
        schools.push({ id: row.id, kept })
        evidence = evidenceFor(row.id, kept, handed)
        whole &&= evidence.faults.length === 0
        checkpoints?.({ school: row.key, checked: evidence.checked, faults: evidence.faults })
      }
      const report = await verifyChain(client, row, evidence?.marks.get(row.chain) ?? [], counted)
      whole &&= report.fault === undefined
      say(report)
    }
    const strangers = strangersAmong(handed, schools)
    if (strangers.length > 0) checkpoints?.({ school: 'handed in', checked: 0, faults: strangers })
    return whole && strangers.length === 0
  } finally {
    await client.end()
  }
}
