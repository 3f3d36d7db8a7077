import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { systemClock } from './clock.ts'
import { newId } from './identifiers.ts'

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

/** A key as the database keeps it: wrapped, or null where it was destroyed. */
export interface DataKeyRow {
  readonly id: string
  /** `school:ID`, `account:ID` or `installation`. */
  readonly owner: string
  readonly kind: 'random' | 'derived'
  readonly master_id: string
  readonly wrapped: Buffer | null
  readonly replaced: boolean
}

/** A data key in memory, as the runtime holds keys: given bytes, it makes a key of them anew for each use, which takes longer than sealing. */
export interface DataKey {
  readonly id: string
  readonly owner: string
  readonly key: KeyObject
}

/** Sealed under a key that this process has not read yet: another process made it. Read the keys again and it opens. */
export class KeyNotHere extends Error {
  override readonly name = 'KeyNotHere'
}

/** Sealed under a key that was destroyed: nothing opens it ever again. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed'
}

/** The key of an owner as it was before keys were random. */
export function derivedKey(master: Buffer, owner: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'holdfast sealing', owner, keyBytes))
}

/** Names a master key without saying anything of it. */
export function masterKeyId(master: Buffer): string {
  return createHmac('sha256', master).update('holdfast master key').digest('hex').slice(0, 32)
}

const boundTo = (id: string, owner: string) => Buffer.from(`data key ${id} of ${owner}`)

/** Wraps a data key under a master key, bound to its id and its owner: AES-256-GCM. */
export function wrapKey(master: Buffer, id: string, owner: string, key: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(boundTo(id, owner))
  const body = Buffer.concat([cipher.update(key), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Throws where it was wrapped under another master key, changed, or moved to another owner. */
export function unwrapKey(master: Buffer, id: string, owner: string, wrapped: Buffer): Buffer {
  const tag = wrapped.subarray(nonceBytes, nonceBytes + tagBytes)
  const decipher = createDecipheriv('aes-256-gcm', master, wrapped.subarray(0, nonceBytes))
  decipher.setAAD(boundTo(id, owner)).setAuthTag(tag)
  return Buffer.concat([decipher.update(wrapped.subarray(nonceBytes + tagBytes)), decipher.final()])
}

/** What has to be written down so that a key made here is not lost with this process. */
export interface NewKeys {
  /** For `data_key_keep`, in a fixed order so that two transactions never wait for each other. */
  readonly rows: readonly (readonly unknown[])[]
  /** Once they are committed. */
  kept(): void
}

/**
 * The data keys of an installation, unwrapped in memory: sealing asks nobody. A key that an owner lacks is made on the
 * spot and written down with the transaction of what was sealed under it.
 */
export class KeyRing {
  readonly #readMasters: () => readonly Buffer[]
  #master: Buffer
  #masters: ReadonlyMap<string, Buffer> = new Map()
  #byId = new Map<string, DataKey>()
  #current = new Map<string, DataKey>()
  #derived = new Map<string, KeyObject>()
  #destroyed = new Set<string>()
  #unkept = new Map<string, DataKey>()

  /** `readMasters` gives the master key, and beside it the next one while the two are being changed. */
  constructor(readMasters: () => readonly Buffer[]) {
    this.#readMasters = readMasters
    this.#master = this.#freshMasters()
  }

  #freshMasters(): Buffer {
    const masters = this.#readMasters()
    const [first] = masters
    if (!first || masters.some(master => master.length !== keyBytes)) throw new Error('the master key must be 32 bytes')
    this.#masters = new Map(masters.map(master => [masterKeyId(master), master]))
    return first
  }

  /** Takes the keys as the database has them now; those made here and not yet written down stay. `masterId` is the present master key. */
  load(rows: readonly DataKeyRow[], masterId: string): void {
    if (!this.#masters.has(masterId) || rows.some(row => row.wrapped && !this.#masters.has(row.master_id))) this.#freshMasters()
    this.#master = this.#masters.get(masterId) ?? this.#master
    const byId = new Map<string, DataKey>()
    const current = new Map<string, DataKey>()
    const derived = new Map<string, KeyObject>()
    for (const { id, owner, kind, master_id, wrapped, replaced } of rows) {
      const master = this.#masters.get(master_id)
      if (!wrapped || !master) continue
      const known = this.#byId.get(id)
      const key = known ?? { id, owner, key: createSecretKey(unwrapKey(master, id, owner, wrapped)) }
      if (kind === 'derived') derived.set(owner, key.key)
      byId.set(id, key)
      if (kind === 'random' && !replaced && !current.has(owner)) current.set(owner, key)
      this.#unkept.delete(id)
    }
    for (const key of this.#unkept.values()) {
      byId.set(key.id, key)
      if (!current.has(key.owner)) current.set(key.owner, key)
    }
    this.#byId = byId
    this.#current = current
    this.#derived = derived
    this.#destroyed = new Set(rows.filter(row => !row.wrapped).map(row => row.id))
  }

  /** The key that this owner's values are sealed under now. */
  currentOf(owner: string): DataKey {
    const known = this.#current.get(owner)
    if (known) return known
    const made = { id: newId<string>(), owner, key: createSecretKey(randomBytes(keyBytes)) }
    this.#byId.set(made.id, made)
    this.#current.set(owner, made)
    this.#unkept.set(made.id, made)
    return made
  }

  byId(id: string): DataKey {
    const key = this.#byId.get(id)
    if (key) return key
    if (this.#destroyed.has(id)) throw new KeyDestroyed('the key of this was destroyed')
    throw new KeyNotHere('the key of this has not been read yet')
  }

  /** The key under which an owner's values were sealed before keys were random. */
  derivedOf(owner: string): KeyObject {
    const known = this.#derived.get(owner) ?? createSecretKey(derivedKey(this.#master, owner))
    this.#derived.set(owner, known)
    return known
  }

  /** The keys made here that no committed transaction has written down. */
  newKeys(): NewKeys | undefined {
    if (this.#unkept.size === 0) return undefined
    const keys = [...this.#unkept.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
    const now = systemClock.now()
    const masterId = masterKeyId(this.#master)
    const rows = keys.map(({ id, owner, key }) => [id, owner, masterId, wrapKey(this.#master, id, owner, key.export()), now])
    return {
      rows,
      kept: () => {
        for (const { id } of keys) this.#unkept.delete(id)
      },
    }
  }
}
