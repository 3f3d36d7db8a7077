/** What checkpoints say of a school's chains: which are sound, and which head each chain must have passed. Pure. */
import {
  type Checkpoint,
  checkpointChains,
  checkpointDigest,
  firstOfAll,
  isSigned,
  readCheckpoint,
  spokenDigest,
} from './checkpoint.ts'

/** What whoever verifies brought with them. */
export interface Handed {
  readonly checkpoints: readonly Checkpoint[]
  /** Digests that were read aloud or printed. */
  readonly digests: readonly string[]
  /** Public keys that the school was given; where there is none, each checkpoint's own is taken, which proves less. */
  readonly keys: readonly string[]
}

/** A checkpoint as the database or an export keeps it, with what shows the heads that it covers. */
export interface KeptCheckpoint {
  readonly day: string
  readonly content: string
  readonly openings: readonly { readonly chain: string; readonly n: number; readonly salt: Buffer }[]
}

/** What the entry with this number must have for its hash. */
export interface Mark {
  readonly day: string
  readonly n: number
  readonly salt: Buffer
  readonly digest: string
}

export interface Evidence {
  readonly faults: readonly string[]
  /** How many checkpoints the chains are held against. */
  readonly checked: number
  readonly marks: ReadonlyMap<string, readonly Mark[]>
}

function signatureFault(checkpoint: Checkpoint, keys: readonly string[]): string | undefined {
  if (keys.length > 0 && !keys.includes(checkpoint.key))
    return `the checkpoint of ${checkpoint.day} was signed by another key than the one given`
  return isSigned(checkpoint) ? undefined : `the checkpoint of ${checkpoint.day} was changed after it was signed`
}

function handedFault(handed: Checkpoint, kept: KeptCheckpoint | undefined, keys: readonly string[]): string | undefined {
  const unsound = signatureFault(handed, keys)
  if (unsound) return `${unsound} (one of those handed in)`
  if (!kept) return `the checkpoint of ${handed.day} that was handed in is not kept here: it was taken out, or this copy is older`
  if (kept.content !== handed.text)
    return `the checkpoint of ${handed.day} that was handed in is not the one kept here: the trail was written anew`
  return undefined
}

/** Each names the one before it by its digest, so that one taken out or put in between shows. */
function rowFaults(row: readonly Checkpoint[]): readonly string[] {
  return row.flatMap((one, i) => {
    const last = row[i - 1]
    const expected = last ? { since: last.day, before: checkpointDigest(last.text) } : firstOfAll
    return one.since === expected.since && one.before === expected.before
      ? []
      : [`the checkpoint of ${one.day} does not follow the one before it: one was taken out or exchanged`]
  })
}

function keptFault(school: string, kept: KeptCheckpoint, keys: readonly string[]): string | undefined {
  const read = readCheckpoint(kept.content)
  if (!read || read.text !== kept.content || read.day !== kept.day) return `the checkpoint kept for ${kept.day} is not one`
  if (read.school !== school) return `the checkpoint kept for ${kept.day} is of another school`
  return signatureFault(read, keys)
}

/** Holds the checkpoints that were kept against those handed in, and gives what the chains must show. */
export function evidenceFor(
  school: string,
  kept: readonly KeptCheckpoint[],
  handed: Handed,
  chains: readonly string[] = checkpointChains,
): Evidence {
  const byDay = new Map(kept.map(one => [one.day, one]))
  const own = handed.checkpoints.filter(one => one.school === school)
  const read = kept.flatMap(({ content }) => readCheckpoint(content) ?? [])
  const faults = [
    ...kept.flatMap(one => keptFault(school, one, handed.keys) ?? []),
    ...rowFaults(read),
    ...kept
      .filter(({ openings }) => chains.some(chain => !openings.some(opening => opening.chain === chain)))
      .map(({ day }) => `what shows the heads that the checkpoint of ${day} covers was taken out`),
    ...own.flatMap(one => handedFault(one, byDay.get(one.day), handed.keys) ?? []),
  ]
  const marks = new Map<string, Mark[]>(checkpointChains.map(chain => [chain, []]))
  for (const one of read) {
    for (const opening of byDay.get(one.day)?.openings ?? []) {
      const chain = checkpointChains.find(name => name === opening.chain)
      if (chain) marks.get(chain)?.push({ day: one.day, n: opening.n, salt: opening.salt, digest: one[chain] })
    }
  }
  for (const of of marks.values()) of.sort((a, b) => a.n - b.n)
  return { faults, checked: read.length, marks }
}

/** What was handed in and belongs to nothing that was checked. */
export function strangersAmong(
  handed: Handed,
  schools: readonly { readonly id: string; readonly kept: readonly KeptCheckpoint[] }[],
): readonly string[] {
  const digests = new Set(schools.flatMap(({ kept }) => kept.map(one => spokenDigest(one.content))))
  return [
    ...handed.checkpoints
      .filter(one => !schools.some(({ id }) => id === one.school))
      .map(one => `the checkpoint of ${one.day} that was handed in is of another school, which is not here`),
    ...handed.digests
      .filter(digest => !digests.has(digest))
      .map(digest => `no checkpoint kept here has the digest ${digest}: it was taken out or exchanged, or this copy is older`),
  ]
}
