import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { derivedKey, type KeyRing } from './key-ring.ts'

/** Sealed under a key derived from the master key: [1][nonce][tag][body]. */
const derived = 1
/** Sealed under a data key: [2][the key's id][nonce][tag][body]. */
const underDataKey = 2
const idBytes = 16
const nonceBytes = 12
const tagBytes = 16

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** The id of the data key that something was sealed under; undefined for what was sealed under a derived one. */
export function sealedUnder(sealed: Buffer): string | undefined {
  if (sealed[0] === derived) return undefined
  if (sealed[0] !== underDataKey || sealed.length < 1 + idBytes + nonceBytes + tagBytes)
    throw new Error('sealed with an unknown version')
  return idOf(sealed.subarray(1, 1 + idBytes))
}

function encrypt(key: KeyObject, header: Buffer, authenticated: Buffer, content: Buffer | string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(authenticated)
  const body = Buffer.concat([cipher.update(content), cipher.final()])
  return Buffer.concat([header, nonce, cipher.getAuthTag(), body])
}

function decrypt(key: KeyObject, authenticated: Buffer, sealed: Buffer): Buffer {
  const nonce = sealed.subarray(0, nonceBytes)
  const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes }).setAAD(authenticated).setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()])
}

/**
 * Seals and opens bytes under a key for each owner (school or account). AES-256-GCM; `boundTo` is authenticated, so that a
 * sealed value moved to another record does not open. Given a master key alone, without a place to keep keys in, it seals
 * under keys derived from it: for what is thrown away whole.
 */
export class Sealing {
  readonly ring: KeyRing | undefined
  readonly #master: Buffer | undefined
  readonly #derived = new Map<string, KeyObject>()

  constructor(keys: Buffer | KeyRing) {
    this.ring = Buffer.isBuffer(keys) ? undefined : keys
    this.#master = Buffer.isBuffer(keys) ? keys : undefined
    if (this.#master && this.#master.length !== 32) throw new Error('the master key must be 32 bytes')
  }

  #derivedOf(owner: string): KeyObject {
    if (this.ring) return this.ring.derivedOf(owner)
    const known = this.#derived.get(owner)
    if (known) return known
    if (!this.#master) throw new Error('there is no master key')
    const key = createSecretKey(derivedKey(this.#master, owner))
    this.#derived.set(owner, key)
    return key
  }

  /** A digest that only this installation can make: the same text always has the same one, and nobody can guess it back. */
  fingerprint(purpose: string, text: string): Buffer {
    const key = this.ring?.currentOf('installation').key ?? this.#derivedOf(`fingerprint ${purpose}`)
    return createHmac('sha256', key).update(`${purpose}\n${text}`).digest()
  }

  seal(owner: string, boundTo: string, content: Buffer | string): Buffer {
    const key = this.ring?.currentOf(owner)
    if (!key) return encrypt(this.#derivedOf(owner), Buffer.from([derived]), Buffer.from(boundTo), content)
    const header = Buffer.concat([Buffer.from([underDataKey]), bytesOf(key.id)])
    return encrypt(key.key, header, Buffer.concat([header, Buffer.from(boundTo)]), content)
  }

  /** Throws when the bytes were changed, belong to another owner, or were sealed for another record. */
  open(owner: string, boundTo: string, sealed: Buffer): Buffer {
    const id = sealedUnder(sealed)
    if (id === undefined) return decrypt(this.#derivedOf(owner), Buffer.from(boundTo), sealed.subarray(1))
    if (!this.ring) throw new Error('sealed under a data key, and none are at hand')
    const key = this.ring.byId(id)
    if (key.owner !== owner) throw new Error('sealed for another owner')
    const header = sealed.subarray(0, 1 + idBytes)
    return decrypt(key.key, Buffer.concat([header, Buffer.from(boundTo)]), sealed.subarray(1 + idBytes))
  }
}
