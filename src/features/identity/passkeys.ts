import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { AccountId } from '../../kernel/ids.ts'
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Tx } from '../../platform/database.ts'
import type { Sealing } from '../../platform/sealing.ts'
import { type FoundPasskey, findPasskey, takeChallenge } from './passkey-store.ts'

/** Long enough to find the device, short enough that a page left open is of no use. */
const challengeMinutes = 5
const randomBytesInIt = 16
const timeBytes = 8

/** What a challenge may be answered for. */
export type Purpose = 'make' | 'prove' | 'sign-in'

export type PasskeyRefusal = 'unreadable' | 'challenge' | 'answered before' | 'unknown' | 'not verified' | 'count'

/** Where passkeys belong: the address by which people reach Holdfast. */
export interface Place {
  readonly origin: string
  /** Undefined where the address is a number: passkeys belong to names. */
  readonly name: string | undefined
}

export function placeOf(origin: string): Place {
  const { origin: plain, hostname } = new URL(origin)
  return { origin: plain, name: /^[\d.]+$|^\[/.test(hostname) ? undefined : hostname }
}

function mark(sealing: Sealing, purpose: Purpose, boundTo: string, head: Buffer): Buffer {
  return sealing.fingerprint('passkey challenge', `${purpose}\n${boundTo}\n${head.toString('hex')}`)
}

/** A challenge that only whoever is bound to it can have answered, for a few minutes. Nothing is stored until it is. */
export function newChallenge(sealing: Sealing, purpose: Purpose, boundTo: string, now: Instant): string {
  const until = Buffer.alloc(timeBytes)
  until.writeBigUInt64BE(BigInt(epochInMs(now) + challengeMinutes * 60_000))
  const head = Buffer.concat([randomBytes(randomBytesInIt), until])
  return Buffer.concat([head, mark(sealing, purpose, boundTo, head)]).toString('base64url')
}

/** Until when a challenge may be answered; undefined for one that is not ours, not for this, or too old. */
function challengeUntil(sealing: Sealing, purpose: Purpose, boundTo: string, challenge: string, now: Instant) {
  const bytes = Buffer.from(challenge, 'base64url')
  const head = bytes.subarray(0, randomBytesInIt + timeBytes)
  const given = bytes.subarray(randomBytesInIt + timeBytes)
  if (head.length !== randomBytesInIt + timeBytes) return undefined
  const right = mark(sealing, purpose, boundTo, head)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  const until = Number(head.readBigUInt64BE(randomBytesInIt))
  return until > epochInMs(now) ? instantOf(until) : undefined
}

const encoded = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/)
const answer = z.object({
  id: encoded,
  rawId: encoded,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded.optional(),
    transports: z
      .array(
        z
          .string()
          .max(20)
          .regex(/^[a-z-]+$/),
      )
      .max(10)
      .optional(),
    authenticatorData: encoded.optional(),
    signature: encoded.optional(),
    userHandle: encoded.optional(),
  }),
})
type Given = z.infer<typeof answer>
const clientData = z.object({ challenge: z.string().max(500) })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An answer that can be read, to a challenge that was ours and unanswered until now. */
async function answerTo(
  tx: Tx,
  sealing: Sealing,
  purpose: Purpose,
  boundTo: string,
  text: string,
  now: Instant,
): Promise<Result<{ readonly given: Given; readonly challenge: string }, PasskeyRefusal>> {
  const given = answer.safeParse(parsed(text.slice(0, 100_000)))
  if (!given.success) return refused('unreadable')
  const client = clientData.safeParse(parsed(Buffer.from(given.data.response.clientDataJSON, 'base64url').toString('utf8')))
  if (!client.success) return refused('unreadable')
  const { challenge } = client.data
  const until = challengeUntil(sealing, purpose, boundTo, challenge, now)
  if (until === undefined) return refused('challenge')
  const digest = createHash('sha256').update(Buffer.from(challenge, 'base64url')).digest()
  return (await takeChallenge(tx, digest, until, now)) ? ok({ given: given.data, challenge }) : refused('answered before')
}

interface Asked {
  readonly tx: Tx
  readonly sealing: Sealing
  readonly now: Instant
  readonly place: Place
  /** The session, or before there is one the visit, whose page asked. */
  readonly boundTo: string
}

export interface MadePasskey {
  readonly credential: Buffer
  readonly publicKey: Buffer
  readonly count: number
  readonly transports: readonly string[]
  readonly synced: boolean
}

/** What a device made, if it made it for this page and this address. */
export async function checkMade(asked: Asked, text: string): Promise<Result<MadePasskey, PasskeyRefusal>> {
  const answered = await answerTo(asked.tx, asked.sealing, 'make', asked.boundTo, text, asked.now)
  if (!answered.ok) return answered
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...answered.value.given, clientExtensionResults: {} } as RegistrationResponseJSON,
      expectedChallenge: answered.value.challenge,
      expectedOrigin: asked.place.origin,
      expectedRPID: asked.place.name ?? '',
      requireUserVerification: true,
    })
    if (!verified) return refused('not verified')
    const { credential, credentialBackedUp } = registrationInfo
    return ok({
      credential: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      count: credential.counter,
      transports: answered.value.given.response.transports ?? [],
      synced: credentialBackedUp,
    })
  } catch {
    return refused('not verified')
  }
}

/** The bytes by which a device knows whose passkey it is: no name and no address. */
export function userHandle(account: AccountId): string {
  return Buffer.from(account.replaceAll('-', ''), 'hex').toString('base64url')
}

/** Whose passkey answered, if it did for this page, at this address, and is not a copy. */
export async function checkProof(
  asked: Asked,
  purpose: 'prove' | 'sign-in',
  text: string,
): Promise<Result<{ readonly key: FoundPasskey; readonly count: number }, PasskeyRefusal>> {
  const answered = await answerTo(asked.tx, asked.sealing, purpose, asked.boundTo, text, asked.now)
  if (!answered.ok) return answered
  const { given, challenge } = answered.value
  const key = await findPasskey(asked.tx, Buffer.from(given.id, 'base64url'))
  if (!key || key.disabled) return refused('unknown')
  if (given.response.userHandle !== undefined && given.response.userHandle !== userHandle(key.account)) return refused('unknown')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...given, clientExtensionResults: {} } as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: asked.place.origin,
      expectedRPID: asked.place.name ?? '',
      requireUserVerification: true,
      // The count is judged by the statement that moves it: two answers at once would both pass here.
      credential: { id: given.id, publicKey: new Uint8Array(key.publicKey), counter: 0 },
    })
    return verified ? ok({ key, count: authenticationInfo.newCounter }) : refused('not verified')
  } catch {
    return refused('not verified')
  }
}
