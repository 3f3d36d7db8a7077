import { generateSecret, generateSync, generateURI, verifySync } from 'otplib'
import type { AccountId } from '../../kernel/ids.ts'
import { epochInMs, type Instant } from '../../kernel/plain-date.ts'
import type { Sealing } from '../../platform/sealing.ts'

const stepSeconds = 30
const product = 'Holdfast'
const storedAs = 'code-secret'

function epochSeconds(now: Instant): number {
  return Math.floor(epochInMs(now) / 1000)
}

/** A new secret for an authenticator app. */
export function newSecret(): string {
  return generateSecret()
}

/** The link that sets up an authenticator app on the same device. */
export function setUpLink(secret: string, email: string): string {
  return generateURI({ issuer: product, label: email, secret })
}

/** The time step of a right code, one step early or late at most: clocks differ. Undefined for a wrong one. */
export function stepOfCode(secret: string, code: string, now: Instant): number | undefined {
  const digits = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const result = verifySync({ secret, token: digits, epoch: epochSeconds(now), epochTolerance: stepSeconds })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}

/** The code that an authenticator app shows now. */
export function codeNow(secret: string, now: Instant): string {
  return generateSync({ secret, epoch: epochSeconds(now) })
}

/** The code that would be accepted now: where the app's present one was used, the next, which counts already. */
export function codeToEnter(secret: string, lastStep: number, now: Instant): string {
  const step = Math.floor(epochSeconds(now) / stepSeconds)
  const unused = Math.max(step, lastStep + 1)
  return generateSync({ secret, epoch: unused * stepSeconds })
}

/** The secret as it is stored: openable for its account alone. */
export function sealSecret(sealing: Sealing, account: AccountId, secret: string): Buffer {
  return sealing.seal(`account:${account}`, storedAs, secret)
}

export function openSecret(sealing: Sealing, account: AccountId, sealed: Buffer): string {
  return sealing.open(`account:${account}`, storedAs, sealed).toString('utf8')
}

/** A secret on its way: shown to the person, not yet proved by a code. Bound to the session that it was shown in. */
export function sealPending(sealing: Sealing, account: AccountId, session: string, secret: string): string {
  return sealing.seal(`account:${account}`, `authenticator for ${session}`, secret).toString('base64url')
}

export function openPending(sealing: Sealing, account: AccountId, session: string, sealed: string): string | undefined {
  try {
    return sealing.open(`account:${account}`, `authenticator for ${session}`, Buffer.from(sealed, 'base64url')).toString('utf8')
  } catch {
    return undefined
  }
}
