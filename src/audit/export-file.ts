/**
 * The export of the audit trail: lines of JSON that whoever verifies reads without the database. First what it is; then each chain
 * with its entries and its head; then each school's checkpoints; last a digest of all before it, by which a cut-off file shows.
 */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { ClientConfig } from 'pg'
import pg from 'pg'
import { z } from 'zod'
import { type Evidence, evidenceFor, type KeptCheckpoint, strangersAmong } from './evidence.ts'
import {
  type ChainFault,
  type ChainReport,
  ChainWalk,
  chainsOfDatabase,
  keptCheckpoints,
  nothingHanded,
  pagesOfChain,
  progressOver,
  reportOf,
  type Verifying,
} from './verify.ts'

export interface ExportChoice {
  /** Leaves out what concerns cases about adults: for whoever may not know whether there is one. */
  readonly withoutConduct: boolean
}

const format = 'holdfast-audit-export'

interface Out {
  /** Resolves when more may be written, so that memory stays flat. */
  write(text: string): Promise<void>
}

/** Writes the whole trail of a database, of one moment; gives the number of entries. */
export async function writeExport(
  address: ClientConfig,
  out: Out,
  choice: ExportChoice,
  progress?: (done: number) => void,
): Promise<number> {
  const client = new pg.Client(address)
  await client.connect()
  const digest = createHash('sha256')
  const line = async (...values: readonly unknown[]) => {
    const text = values.map(value => `${JSON.stringify(value)}\n`).join('')
    digest.update(text)
    await out.write(text)
  }
  let entries = 0
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query<{ id: string; key: string; chain: string; n: number; hash: Buffer }>(chainsOfDatabase)
    const chains = rows.filter(({ chain }) => !choice.withoutConduct || chain !== 'conduct')
    const counted = progressOver(progress)
    await line({ format, version: 1, chains: [...new Set(chains.map(({ chain }) => chain))] })
    for (const { id, key } of new Map(chains.map(one => [one.id, one])).values()) {
      const kept = await keptCheckpoints(client, id)
      await line({ school: id, key })
      for (const { day, content, openings } of kept) {
        const given = openings.filter(({ chain }) => chains.some(one => one.chain === chain))
        await line({ checkpoint: day, content, openings: given.map(one => ({ ...one, salt: one.salt.toString('hex') })) })
      }
      for (const one of chains.filter(chain => chain.id === id)) {
        await line({ chain: one.chain, entries: one.n, head: one.hash.toString('hex') })
        for await (const page of pagesOfChain(client, one)) {
          await line(...page.map(({ n, hash, body }) => ({ n, hash: hash.toString('hex'), body })))
          entries += page.length
          counted(page.length)
        }
      }
    }
    await out.write(`${JSON.stringify({ end: digest.digest('hex') })}\n`)
    return entries
  } finally {
    await client.end()
  }
}

/** What makes a file no export that can be checked, as a sentence. */
export class NotAnExport extends Error {
  override readonly name = 'NotAnExport'
}

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()
const firstLine = z.object({ format: z.literal(format), version: z.literal(1), chains: z.array(z.string()) })
const schoolLine = z.strictObject({ school: z.uuid(), key: z.string() })
const checkpointLine = z.strictObject({
  checkpoint: z.string(),
  content: z.string(),
  openings: z.array(z.strictObject({ chain: z.string(), n: count, salt: hex32 })),
})
const chainLine = z.strictObject({ chain: z.string(), entries: count, head: hex32 })
const endLine = z.strictObject({ end: hex32 })

function isEntry(value: object): value is { n: number; hash: string; body: string } {
  return (
    'n' in value &&
    typeof value.n === 'number' &&
    Number.isSafeInteger(value.n) &&
    'hash' in value &&
    typeof value.hash === 'string' &&
    'body' in value &&
    typeof value.body === 'string'
  )
}

interface ReadSchool {
  readonly id: string
  readonly key: string
  readonly kept: KeptCheckpoint[]
}

interface OpenChain {
  readonly school: string
  readonly name: string
  readonly head: { readonly n: number; readonly hash: Buffer }
  readonly walk: ChainWalk
  fault: ChainFault | undefined
}

/** Reads an export line by line and keeps one school's checkpoints and one chain's place at a time. */
class ExportReader {
  readonly #say: (report: ChainReport) => void
  readonly #more: Verifying
  readonly #counted: (entries: number) => void
  readonly #schools: ReadSchool[] = []
  #chains: readonly string[] | undefined
  #evidence: Evidence | undefined
  #open: OpenChain | undefined
  #number = 0
  #ended = false
  #whole = true

  constructor(say: (report: ChainReport) => void, more: Verifying) {
    this.#say = say
    this.#more = more
    this.#counted = progressOver(more.progress)
  }

  #refusal(why: string): NotAnExport {
    return new NotAnExport(`Line ${this.#number} of the export ${why}.`)
  }

  #parse(text: string): object {
    try {
      const value: unknown = JSON.parse(text)
      if (typeof value === 'object' && value !== null) return value
    } catch {
      // Said below.
    }
    throw this.#refusal('is not JSON: the file was cut off or damaged')
  }

  #closeChain(): void {
    const open = this.#open
    if (!open) return
    this.#open = undefined
    const fault = open.fault ?? open.walk.end(open.head)
    this.#whole &&= fault === undefined
    this.#say(reportOf(open.school, open.name, open.walk.at, fault))
  }

  #openChain(value: z.infer<typeof chainLine>): void {
    this.#closeChain()
    const school = this.#schools.at(-1)
    if (!school) throw this.#refusal('is a chain without a school')
    if (!this.#evidence) {
      this.#evidence = evidenceFor(school.id, school.kept, this.#more.handed ?? nothingHanded, this.#chains)
      this.#whole &&= this.#evidence.faults.length === 0
      this.#more.checkpoints?.({ school: school.key, checked: this.#evidence.checked, faults: this.#evidence.faults })
    }
    const walk = new ChainWalk(school.id, value.chain, this.#evidence.marks.get(value.chain))
    const head = { n: value.entries, hash: Buffer.from(value.head, 'hex') }
    this.#open = { school: school.key, name: value.chain, head, walk, fault: undefined }
  }

  #other(value: object): void {
    const school = schoolLine.safeParse(value)
    if (school.success) {
      this.#closeChain()
      this.#evidence = undefined
      this.#schools.push({ id: school.data.school, key: school.data.key, kept: [] })
      return
    }
    const chain = chainLine.safeParse(value)
    if (chain.success) {
      this.#openChain(chain.data)
      return
    }
    const checkpoint = checkpointLine.safeParse(value)
    if (!checkpoint.success) throw this.#refusal('is none of what an export holds')
    const { checkpoint: day, content, openings } = checkpoint.data
    const of = this.#schools.at(-1)
    if (!of || this.#evidence) throw this.#refusal('is a checkpoint in the wrong place')
    of.kept.push({ day, content, openings: openings.map(one => ({ ...one, salt: Buffer.from(one.salt, 'hex') })) })
  }

  #first(value: object): void {
    const first = firstLine.safeParse(value)
    if (!first.success)
      throw this.#refusal('does not say that this is an export of Holdfast’s audit trail, of a version known here')
    this.#chains = first.data.chains
  }

  line(text: string, digest: Hash): void {
    this.#number += 1
    if (this.#ended) throw this.#refusal('comes after the end')
    const value = this.#parse(text)
    const end = 'end' in value ? endLine.safeParse(value) : undefined
    if (end?.success) {
      if (digest.digest('hex') !== end.data.end)
        throw this.#refusal('is the end, and what stands before it was changed after it was written')
      this.#ended = true
      this.#closeChain()
      return
    }
    digest.update(text).update('\n')
    if (this.#number === 1) {
      this.#first(value)
      return
    }
    const open = this.#open
    if (!isEntry(value)) {
      this.#other(value)
      return
    }
    if (!open) throw this.#refusal('is an entry without a chain')
    open.fault ??= open.walk.take(value.n, value.body, Buffer.from(value.hash, 'hex'))
    this.#counted(1)
  }

  finish(): boolean {
    if (this.#number === 0) throw new NotAnExport('The export is empty: nothing was checked.')
    if (!this.#ended) throw new NotAnExport(`The export has no end after line ${this.#number}: the file was cut off.`)
    if (this.#schools.length === 0) throw new NotAnExport('There is no school in this export: nothing was checked.')
    const strangers = strangersAmong(
      this.#more.handed ?? nothingHanded,
      this.#schools.map(({ id, kept }) => ({ id, kept })),
    )
    if (strangers.length > 0) this.#more.checkpoints?.({ school: 'handed in', checked: 0, faults: strangers })
    return this.#whole && strangers.length === 0
  }
}

/** Verifies an export without any database; throws NotAnExport where the file cannot be read as one. */
export async function verifyExport(file: string, say: (report: ChainReport) => void, more: Verifying = {}): Promise<boolean> {
  const reader = new ExportReader(say, more)
  const digest = createHash('sha256')
  const lines = createInterface({
    input: createReadStream(file, { highWaterMark: 1 << 20 }),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  for await (const text of lines) reader.line(text, digest)
  return reader.finish()
}
