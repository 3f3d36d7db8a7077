/**
 * The checkpoint of a night: what a school can hand out so that its audit trail cannot be written anew unseen, and from which whoever
 * receives it learns nothing. Every one has the same lines and the same length: a digest of each chain's head under a salt of
 * that night, so that two nights cannot be compared, and always of every chain.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { PlainDate } from '../kernel/plain-date.ts'
import { ok, type Result, refused } from '../kernel/result.ts'

export const checkpointChains = ['main', 'conduct'] as const
export type CheckpointChain = (typeof checkpointChains)[number]

export interface Checkpoint {
  readonly school: string
  readonly day: PlainDate
  /** The night of the one before; ten dashes where there was none. */
  readonly since: string
  /** The digest of the one before, so that none can be left out. */
  readonly before: string
  readonly main: string
  readonly conduct: string
  /** The public half of the key that signed it. */
  readonly key: string
  readonly signature: string
  /** The whole of it. */
  readonly text: string
}

/** The key that signs, and its public half as people copy it. */
export interface CheckpointKey {
  readonly signing: KeyObject
  readonly publicText: string
}

const title = 'Holdfast audit checkpoint 1'
const bytes32 = '[A-Za-z0-9_-]{43}'
const shape = new RegExp(
  `^${title}\nschool ([0-9a-f-]{36})\nnight (\\d{4}-\\d\\d-\\d\\d)\nsince (\\d{4}-\\d\\d-\\d\\d|-{10})\nbefore (${bytes32})\nmain (${bytes32})\nconduct (${bytes32})\nkey (${bytes32})\nsignature ([A-Za-z0-9_-]{86})\n$`,
)

/** What stands where there was no checkpoint before. */
export const firstOfAll = { since: '-'.repeat(10), before: 'A'.repeat(43) } as const

// The fixed beginning of an Ed25519 public key (RFC 8410), before its 32 bytes.
const publicKeyPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** The public half of a key as 43 letters. */
export function publicTextOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return der.subarray(publicKeyPrefix.length).toString('base64url')
}

/** A signing key out of its PEM; refuses one of another kind. */
export function readCheckpointKey(pem: string): Result<CheckpointKey, string> {
  try {
    const signing = createPrivateKey(pem)
    if (signing.asymmetricKeyType === 'ed25519') return ok({ signing, publicText: publicTextOf(signing) })
  } catch {
    // Said below: what the library says of a broken key helps nobody.
  }
  return refused('it holds no Ed25519 key in PEM')
}

/** The head of one chain under a salt of 32 bytes. Fixed lengths, so that no two heads can have the same text before hashing. */
export function commitment(salt: Buffer, n: number, hash: Buffer): string {
  const number = Buffer.alloc(8)
  number.writeBigInt64BE(BigInt(n))
  return createHash('sha256').update(salt).update(number).update(hash).digest('base64url')
}

/** The digest by which the next checkpoint names this one. */
export function checkpointDigest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

// Without the letters that are misheard or misread for figures (Crockford's base 32).
const spoken = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Sixteen letters and figures that can be read aloud and typed in; 80 bits of the digest. */
export function spokenDigest(text: string): string {
  const bits = [...createHash('sha256').update(text).digest().subarray(0, 10)]
    .map(byte => byte.toString(2).padStart(8, '0'))
    .join('')
  const letters = (bits.match(/.{5}/g) ?? []).map(five => spoken[Number.parseInt(five, 2)]).join('')
  return (letters.match(/.{4}/g) ?? []).join('-')
}

/** A typed-in digest as `spokenDigest` writes it; undefined where it can be none. */
export function readSpokenDigest(typed: string): string | undefined {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{16}$/.test(letters)) return undefined
  return (letters.match(/.{4}/g) ?? []).join('-')
}

/** Writes and signs a checkpoint. */
export function signCheckpoint(
  key: CheckpointKey,
  facts: Pick<Checkpoint, 'school' | 'day' | 'since' | 'before' | 'main' | 'conduct'>,
): string {
  const { school, day, since, before, main, conduct } = facts
  const lines = [`school ${school}`, `night ${day}`, `since ${since}`, `before ${before}`, `main ${main}`, `conduct ${conduct}`]
  const signed = [title, ...lines, `key ${key.publicText}`, ''].join('\n')
  return `${signed}signature ${sign(null, Buffer.from(signed), key.signing).toString('base64url')}\n`
}

/** Reads one checkpoint; undefined where the text is none. Mail programs may have changed the ends of its lines. */
export function readCheckpoint(given: string): Checkpoint | undefined {
  const text = `${given.replaceAll('\r\n', '\n').trim()}\n`
  const [, school, day, since, before, main, conduct, key, signature] = shape.exec(text) ?? []
  if (!school || !day || !since || !before || !main || !conduct || !key || !signature) return undefined
  return { school, day: day as PlainDate, since, before, main, conduct, key, signature, text }
}

/** Every checkpoint in a text, such as a mail with words around it; `left` counts beginnings that did not go on as one. */
export function findCheckpoints(given: string): { readonly found: readonly Checkpoint[]; readonly left: number } {
  const parts = given.replaceAll('\r\n', '\n').split(`${title}\n`).slice(1)
  const read = parts.map(part => readCheckpoint(`${title}\n${part.split('\n').slice(0, 8).join('\n')}`))
  const found = read.filter(one => one !== undefined)
  return { found, left: read.length - found.length }
}

/** Whether a checkpoint bears the signature of the key that it names. */
export function isSigned(checkpoint: Checkpoint): boolean {
  const signed = checkpoint.text.slice(0, checkpoint.text.indexOf('signature '))
  const der = Buffer.concat([publicKeyPrefix, Buffer.from(checkpoint.key, 'base64url')])
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return verify(null, Buffer.from(signed), key, Buffer.from(checkpoint.signature, 'base64url'))
  } catch {
    return false
  }
}
