import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { SchoolId } from '../../kernel/ids.ts'
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import type { Sealing } from '../../platform/sealing.ts'
import { takeChallenge } from './passkey-store.ts'
import type { Question } from './provider.ts'

/** Long enough to find the telephone for the provider's own code, short enough that a page left open is of no use. */
const providerAnswerMinutes = 10
const owner = 'installation'
const record = 'question to a sign-in provider'

/** What is to happen when the provider has said who somebody is. */
export type Purpose =
  | { readonly kind: 'sign-in'; readonly next: string }
  /** Whoever is signed in adds the account of the provider to their own. */
  | { readonly kind: 'add' }
  | { readonly kind: 'join'; readonly invitation: string }

export interface Flow {
  readonly id: string
  readonly school: SchoolId
  readonly issuer: string
  readonly until: number
  /** The visit or the session in which it began, as a digest. */
  readonly boundTo: string
  readonly purpose: Purpose
}

const flowSchema = z.object({
  id: z.string().min(20).max(100),
  school: z.uuid(),
  issuer: z.string().max(300),
  until: z.number(),
  boundTo: z.string().length(64),
  purpose: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sign-in'), next: z.string().max(4000) }),
    z.object({ kind: z.literal('add') }),
    z.object({ kind: z.literal('join'), invitation: z.string().max(100) }),
  ]),
})

export function digestOf(place: string): string {
  return createHash('sha256').update(place).digest('hex')
}

/** The state travels through browser and provider sealed: whoever sees it learns nothing, and nobody can make one. */
function stateOf(sealing: Sealing, flow: Flow): string {
  return sealing.seal(owner, record, JSON.stringify(flow)).toString('base64url')
}

/** Nonce and verifier come from the state and a key of ours, so that no cookie and no table has to keep them. */
export function questionOf(sealing: Sealing, flow: Flow, state: string, redirectUri: string): Question {
  const secret = (purpose: string) => sealing.fingerprint(purpose, flow.id).toString('base64url')
  return { state, nonce: secret('nonce for a provider'), verifier: secret('verifier for a provider'), redirectUri }
}

export function beginFlow(
  sealing: Sealing,
  of: Pick<Flow, 'school' | 'issuer' | 'purpose'> & { readonly place: string; readonly redirectUri: string },
  now: Instant,
): Question {
  const { school, issuer, purpose, place, redirectUri } = of
  const until = epochInMs(now) + providerAnswerMinutes * 60_000
  const flow: Flow = { id: randomBytes(32).toString('base64url'), school, issuer, until, boundTo: digestOf(place), purpose }
  return questionOf(sealing, flow, stateOf(sealing, flow), redirectUri)
}

/** The flow that a state of ours stands for, while it may be answered. */
export function readState(sealing: Sealing, state: string, now: Instant): Flow | undefined {
  try {
    const opened = sealing.open(owner, record, Buffer.from(state, 'base64url')).toString('utf8')
    const flow = flowSchema.safeParse(JSON.parse(opened))
    return flow.success && flow.data.until > epochInMs(now) ? (flow.data as Flow) : undefined
  } catch {
    return undefined
  }
}

/** False where it was answered before. */
export function useFlow(tx: Tx, flow: Flow, now: Instant): Promise<boolean> {
  return takeChallenge(tx, Buffer.from(digestOf(`provider ${flow.id}`), 'hex'), instantOf(flow.until), now)
}
