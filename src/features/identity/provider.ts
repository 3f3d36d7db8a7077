import * as oidc from 'openid-client'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { isLoopback } from '../../platform/config.ts'
import { fetchOutward } from '../../platform/outward.ts'
import type { Sealing } from '../../platform/sealing.ts'
import type { OutsideIdentity, Provider } from './model.ts'
import { type ProviderRefusal, shownName } from './rules-provider.ts'

/** A provider that takes longer is away, as far as somebody who waits at a sign-in page is concerned. */
const answerSeconds = 5

const secretRecord = 'secret of the sign-in provider'

/** The client secret as it is stored. */
export function sealProviderSecret(sealing: Sealing, school: string, secret: string): Buffer {
  return sealing.seal(`school:${school}`, secretRecord, secret)
}

export interface Refusal {
  readonly why: ProviderRefusal
  /** Which check failed, in the library's own fixed words. No content. */
  readonly code: string
}

function textAt(error: unknown, key: string): string | undefined {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined
  return typeof value === 'string' ? value : undefined
}

/** The claim that was not as it should be; the library names it beside the cause. */
function claimIn(error: unknown): string | undefined {
  const cause: unknown = error instanceof Error ? error.cause : undefined
  const named = textAt(cause, 'claim') ?? (cause instanceof Error ? textAt(cause.cause, 'claim') : undefined)
  return named !== undefined && /^[a-z_]{2,20}$/.test(named) ? named : undefined
}

const awayCodes = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON']

function refusalOf(error: unknown): Refusal {
  const given = textAt(error, 'code')
  const code = given !== undefined && /^[A-Z_]{3,60}$/.test(given) ? given : 'OTHER'
  if (error instanceof TypeError && given === undefined) {
    const cause = textAt(error.cause, 'code') ?? ''
    return { why: 'unreachable', code: `NO_CONNECTION ${/^[A-Z_]{3,60}$/.test(cause) ? cause : ''}`.trim() }
  }
  if (awayCodes.includes(code)) return { why: 'unreachable', code }
  const claim = claimIn(error)
  return { why: 'not-trusted', code: claim === undefined ? code : `${code} ${claim}` }
}

/** Reads what the provider says of itself. Anew each time: a provider that changes its keys or moves is noticed at once. */
async function meet(provider: Provider, sealing: Sealing): Promise<oidc.Configuration> {
  const secret = sealing.open(`school:${provider.school}`, secretRecord, provider.sealedSecret).toString('utf8')
  const issuer = new URL(provider.issuer)
  const isHere = issuer.protocol === 'http:' && isLoopback(issuer.hostname)
  return oidc.discovery(issuer, provider.clientId, undefined, oidc.ClientSecretPost(secret), {
    // A token is believed for its signature, not for the connection it came by.
    execute: [oidc.enableNonRepudiationChecks, ...(isHere ? [oidc.allowInsecureRequests] : [])],
    timeout: answerSeconds,
    [oidc.customFetch]: (address, options) => fetchOutward(address, options as RequestInit),
  })
}

/** One question to a provider: what must come back with its answer, and what nobody else knows. */
export interface Question {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly redirectUri: string
}

/** Where the browser goes to have the provider say who somebody is. */
export async function addressToAsk(provider: Provider, sealing: Sealing, question: Question): Promise<Result<string, Refusal>> {
  try {
    const address = oidc.buildAuthorizationUrl(await meet(provider, sealing), {
      scope: 'openid email profile',
      redirect_uri: question.redirectUri,
      state: question.state,
      nonce: question.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(question.verifier),
      code_challenge_method: 'S256',
    })
    return ok(address.href)
  } catch (error) {
    return refused(refusalOf(error))
  }
}

/** Who the provider says it is, where everything that can be checked of its answer holds. */
export async function whoItIs(
  provider: Provider,
  sealing: Sealing,
  question: Question,
  returned: URLSearchParams,
): Promise<Result<OutsideIdentity, Refusal>> {
  if (returned.has('error')) return refused({ why: 'declined', code: 'DECLINED' })
  try {
    const config = await meet(provider, sealing)
    const address = new URL(`${question.redirectUri}?${returned}`)
    const tokens = await oidc.authorizationCodeGrant(config, address, {
      pkceCodeVerifier: question.verifier,
      expectedState: question.state,
      expectedNonce: question.nonce,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (!claims) return refused({ why: 'not-trusted', code: 'NO_CLAIMS' })
    return ok({ issuer: provider.issuer, subject: claims.sub, shown: shownName(claims) })
  } catch (error) {
    return refused(refusalOf(error))
  }
}
