import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'

const version = 1
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals and opens bytes under keys derived from the installation's master key, one for each owner (school or account).
 * AES-256-GCM; `boundTo` is authenticated, so that a sealed value moved to another record does not open.
 */
export class Sealing {
  readonly #master: Buffer
  /** As the runtime holds keys: given bytes, it makes a key of them anew for each use, which takes longer than sealing. */
  readonly #keys = new Map<string, KeyObject>()

  constructor(master: Buffer) {
    if (master.length !== 32) throw new Error('the master key must be 32 bytes')
    this.#master = master
  }

  #keyOf(owner: string): KeyObject {
    const known = this.#keys.get(owner)
    if (known) return known
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', this.#master, 'holdfast sealing', owner, 32)))
    this.#keys.set(owner, key)
    return key
  }

  /** A digest that only this installation can make: the same text always has the same one, and nobody can guess it back. */
  fingerprint(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.#keyOf(`fingerprint ${purpose}`))
      .update(text)
      .digest()
  }

  seal(owner: string, boundTo: string, content: Buffer | string): Buffer {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(owner), nonce).setAAD(Buffer.from(boundTo))
    const body = Buffer.concat([cipher.update(content), cipher.final()])
    return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body])
  }

  /** Throws when the bytes were changed, belong to another owner, or were sealed for another record. */
  open(owner: string, boundTo: string, sealed: Buffer): Buffer {
    if (sealed[0] !== version) throw new Error('sealed with an unknown version')
    const nonce = sealed.subarray(1, 1 + nonceBytes)
    const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes)
    const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(owner), nonce).setAAD(Buffer.from(boundTo)).setAuthTag(tag)
    return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes + tagBytes)), decipher.final()])
  }
}
