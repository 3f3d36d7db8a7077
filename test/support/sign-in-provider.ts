import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

type Claims = Record<string, unknown>
type Json = Record<string, unknown>

/** An ID token as the provider made it, and how to sign one in its place. */
export interface Issued {
  readonly header: Json
  readonly claims: Claims
  /** Signed as the provider does, with its own key. */
  signed(claims: Claims): string
}

function encoded(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

/** A token of any content, signed with any key; without a key it bears no signature. */
export function tokenOf(header: Json, claims: Claims, key?: KeyObject): string {
  const body = `${encoded(header)}.${encoded(claims)}`
  return `${body}.${key ? sign('sha256', Buffer.from(body), key).toString('base64url') : ''}`
}

function decoded(part: string | undefined): Json {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Json
}

/** Replaces what is answered, once it is whole. */
function rewritten(response: ServerResponse, rewrite: (json: Json) => Json): void {
  const end = response.end.bind(response) as (text: string) => ServerResponse
  response.end = ((body: unknown) => {
    const text = JSON.stringify(rewrite(JSON.parse(String(body)) as Json))
    response.setHeader('content-length', Buffer.byteLength(text))
    return end(text)
  }) as typeof response.end
}

export const testClient = { id: 'holdfast-of-one-test', secret: 'a client secret that no page may show' }

/**
 * A real OpenID provider (the library `oidc-provider`) over real HTTP on this machine. Whoever visits it is signed in there as
 * `subject` at once. What it answers can be spoilt on its way, and what spoils it has the provider's own key.
 */
export class TestProvider {
  readonly #server: Server
  readonly #key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  #provider: Provider | undefined
  issuer = ''
  /** Who is signed in there. */
  subject = 'nobody'
  /** What else it says of them. */
  claims: Claims = {}
  denies = false
  /** Waits with every answer. */
  silent = false
  spoilToken: ((issued: Issued) => string) | undefined
  spoilMetadata: ((metadata: Json) => Json) | undefined
  /** What was asked of it, by path. */
  readonly asked: string[] = []

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  static async start(redirectUri = 'http://localhost/sign-in/returned'): Promise<TestProvider> {
    const one = new TestProvider()
    await new Promise<void>(resolve => one.#server.listen(0, '127.0.0.1', resolve))
    one.issuer = `http://127.0.0.1:${(one.#server.address() as AddressInfo).port}`
    one.#provider = one.#make(redirectUri)
    return one
  }

  #make(redirectUri: string): Provider {
    const key = { ...this.#key.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'the-key' }
    return new Provider(this.issuer, {
      clients: [
        {
          ...{ client_id: testClient.id, client_secret: testClient.secret, redirect_uris: [redirectUri] },
          ...{ token_endpoint_auth_method: 'client_secret_post' },
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
      // As Entra and Google do: what was asked for by scope stands in the ID token.
      conformIdTokenClaims: false,
      features: { devInteractions: { enabled: false } },
      interactions: { url: () => '/interaction' },
      findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...this.claims }) }),
      loadExistingGrant: async (context: {
        oidc: {
          provider: { Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> } }
          client: { clientId: string }
          session: { accountId: string }
        }
      }) => {
        const { provider, client, session } = context.oidc
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
        grant.addOIDCScope('openid email profile')
        await grant.save()
        return grant
      },
      ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? ''
    this.asked.push(path)
    if (this.silent || !this.#provider) return
    if (path === '/interaction') {
      const result = this.denies
        ? { error: 'access_denied', error_description: 'the words of the provider' }
        : { login: { accountId: this.subject } }
      return this.#provider.interactionFinished(request, response, result)
    }
    const { spoilToken, spoilMetadata } = this
    if (path === '/token' && spoilToken)
      rewritten(response, json => (json['id_token'] ? { ...json, id_token: this.#spoilt(String(json['id_token'])) } : json))
    if (path === '/.well-known/openid-configuration' && spoilMetadata) rewritten(response, spoilMetadata)
    return this.#provider.callback()(request, response)
  }

  #spoilt(token: string): string {
    const [head, body] = token.split('.')
    const header = decoded(head)
    const issued = { header, claims: decoded(body), signed: (claims: Claims) => tokenOf(header, claims, this.#key) }
    return this.spoilToken?.(issued) ?? token
  }

  /** A browser without a screen at the provider: signs in there and comes back to the path that it was sent to. */
  async visit(address: string, as = this.subject): Promise<string> {
    this.subject = as
    const cookies = new Map<string, string>()
    let at = new URL(address)
    for (let steps = 0; steps < 8 && at.origin === this.issuer; steps += 1) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
      for (const one of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
        cookies.set(name, value)
      }
      const location = answer.headers.get('location')
      if (location === null) throw new Error(`the provider answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
      at = new URL(location, at)
    }
    return `${at.pathname}${at.search}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(resolve => this.#server.close(resolve))
  }
}
