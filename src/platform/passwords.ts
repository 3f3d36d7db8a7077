import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB of memory and two passes.
const memoryInKib = 19_456
const passes = 2
const tagBytes = 32
const saltBytes = 16

const argon2Async = promisify(argon2)

interface Parsed {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly salt: Buffer
  readonly tag: Buffer
}

const phcPattern = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function parse(hash: string): Parsed | undefined {
  const [, memory, time, parallelism, salt, tag] = phcPattern.exec(hash) ?? []
  if (salt === undefined || tag === undefined) return undefined
  return {
    memory: Number(memory),
    passes: Number(time),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

function base64WithoutPadding(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}

// The same letter may be typed in two ways; both must be the same password (RFC 8265).
function plain(password: string): string {
  return password.normalize('NFC')
}

/** A password's hash in PHC format: argon2id. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const tag = await argon2Async('argon2id', {
    message: plain(password),
    nonce: salt,
    parallelism: 1,
    tagLength: tagBytes,
    memory: memoryInKib,
    passes,
  })
  return `$argon2id$v=19$m=${memoryInKib},t=${passes},p=1$${base64WithoutPadding(salt)}$${base64WithoutPadding(tag)}`
}

const nobodysHash = await hashPassword(randomBytes(24).toString('base64'))

/** Whether the password is right. Without a hash it is wrong, after the same work: how long it took says nothing. */
export async function isPassword(hash: string | undefined, password: string): Promise<boolean> {
  const known = hash === undefined ? undefined : parse(hash)
  const judged = known ?? parse(nobodysHash)
  if (!judged) return false
  const tag = await argon2Async('argon2id', {
    message: plain(password),
    nonce: judged.salt,
    parallelism: judged.parallelism,
    tagLength: judged.tag.length,
    memory: judged.memory,
    passes: judged.passes,
  })
  return timingSafeEqual(tag, judged.tag) && known !== undefined
}
