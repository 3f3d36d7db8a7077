import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isUuid, type SchoolId } from '../../kernel/ids.ts'
import { isFormToken, visitor } from '../../web/http/form-token.ts'
import { originOf, type ServerTools, sessionCookieName, setSessionCookie } from '../../web/http/server.ts'
import { deviceMark } from './commands.ts'
import { findOpenInvitation } from './invitations.ts'
import type { OutsideIdentity, Provider } from './model.ts'
import { addressToAsk, whoItIs } from './provider.ts'
import { beginFlow, digestOf, type Flow, type Purpose, questionOf, readState, useFlow } from './provider-flow.ts'
import { ownPath, returnAddress, returnPath } from './provider-routes.ts'
import {
  addProviderAccount,
  joinByProvider,
  noteProviderRefusal,
  type ProviderSignedIn,
  providerOf,
  signInByProvider,
} from './provider-sign-in.ts'
import { localPath } from './rules.ts'
import { providerSays, type Refused } from './rules-provider.ts'

/** What the plugin of the sign-in page lends: the page itself, and the cookies that it keeps. */
export interface SignInPage {
  /** Shows the sign-in page with a sentence at its top. */
  refuse(raw: FastifyRequest, reply: FastifyReply, says: string, next: string): Promise<unknown>
  /** Shows the list of schools. */
  choose(raw: FastifyRequest, reply: FastifyReply, next: string): Promise<unknown>
  visitOf(raw: FastifyRequest): string
  rememberDevice(reply: FastifyReply, mark: string): void
}

function queryOf(raw: FastifyRequest): URLSearchParams {
  return new URLSearchParams(raw.url.split('?')[1] ?? '')
}

const staleSays = 'This page had been open for too long. Try again'

/**
 * Sending somebody to their school's provider, and taking back what it says of them. Without a script and without a cookie of its own:
 * what has to come back travels sealed, and is worth something in the browser alone that it began in.
 */
export function providerPages(tools: ServerTools, signInPage: SignInPage): (app: FastifyInstance) => Promise<void> {
  const limited = { config: { rateLimit: { max: tools.openRequestsEachMinute, timeWindow: '1 minute' } } }
  const go = (reply: FastifyReply, to: string) => reply.code(303).header('location', to).send()
  const redirectUri = (raw: FastifyRequest) => returnAddress(originOf(raw, tools.publicAddress))
  const sessionToken = (raw: FastifyRequest) => raw.cookies[sessionCookieName(tools.secureCookies)] ?? ''
  const nextOf = (purpose: Purpose) => (purpose.kind === 'sign-in' ? localPath(purpose.next) : '/')

  async function ask(raw: FastifyRequest, reply: FastifyReply, provider: Provider, purpose: Purpose) {
    const of = { school: provider.school, issuer: provider.issuer, purpose, place: signInPage.visitOf(raw) }
    const question = beginFlow(tools.sealing, { ...of, redirectUri: redirectUri(raw) }, tools.clock.now())
    const address = await addressToAsk(provider, tools.sealing, question)
    if (address.ok) return go(reply, address.value)
    await noteProviderRefusal(tools, provider.school, address.refusal.code, tools.clock.now())
    return signInPage.refuse(raw, reply, providerSays(address.refusal.why, provider.name), nextOf(purpose))
  }

  /** Only from a page of this visit: no other site starts a session in somebody's browser. */
  const isOfThisVisit = (raw: FastifyRequest) => {
    const visit = signInPage.visitOf(raw)
    return visit !== '' && isFormToken(visit, visitor, queryOf(raw).get('token') ?? '')
  }

  async function begin(raw: FastifyRequest, reply: FastifyReply) {
    const next = localPath(queryOf(raw).get('next'))
    const school = (raw.params as { schoolId?: string }).schoolId ?? ''
    const provider = isUuid(school) ? await providerOf(tools, school as SchoolId) : undefined
    if (!provider || !isOfThisVisit(raw)) return signInPage.refuse(raw, reply, staleSays, next)
    return ask(raw, reply, provider, { kind: 'sign-in', next })
  }

  async function beginJoining(raw: FastifyRequest, reply: FastifyReply) {
    const token = (raw.params as { token?: string }).token ?? ''
    const invitation = await findOpenInvitation(tools, token, tools.clock.now())
    const provider = invitation && (await providerOf(tools, invitation.school_id))
    if (!provider || invitation.kind !== 'first' || invitation.joins || !isOfThisVisit(raw))
      return go(reply, `/invitation/${token}`)
    return ask(raw, reply, provider, { kind: 'join', invitation: token })
  }

  function signedIn(reply: FastifyReply, { token, account }: ProviderSignedIn, to: string) {
    setSessionCookie(reply, tools.secureCookies, token)
    signInPage.rememberDevice(reply, deviceMark(tools, account))
    return go(reply, to)
  }

  async function carryOut(raw: FastifyRequest, reply: FastifyReply, flow: Flow, identity: OutsideIdentity, name: string) {
    const now = tools.clock.now()
    const { purpose, school } = flow
    const refuse = async (why: 'unknown' | 'taken' | 'no-appointment' | 'state') => {
      await noteProviderRefusal(tools, school, why, now)
      if (purpose.kind === 'add') return go(reply, `${ownPath}?refused=${why}`)
      return signInPage.refuse(raw, reply, providerSays(why, name), nextOf(purpose))
    }
    switch (purpose.kind) {
      case 'sign-in': {
        const done = await signInByProvider(tools, school, identity, sessionToken(raw), now)
        return done.ok ? signedIn(reply, done.value, localPath(purpose.next)) : refuse(done.refusal)
      }
      case 'join': {
        const invitation = await findOpenInvitation(tools, purpose.invitation, now)
        if (!invitation) return go(reply, `/invitation/${purpose.invitation}`)
        const of = { token: purpose.invitation, name: invitation.name }
        const done = await joinByProvider(tools, of, identity, sessionToken(raw), now)
        if (done.ok) return signedIn(reply, done.value, '/')
        return done.refusal === 'taken' ? refuse('taken') : go(reply, `/invitation/${purpose.invitation}`)
      }
      case 'add': {
        const isSession = (id: string) => digestOf(id) === flow.boundTo
        const done = await addProviderAccount(tools, { school, isSession, sessionToken: sessionToken(raw) }, identity, now)
        return done.ok ? go(reply, ownPath) : refuse(done.refusal)
      }
    }
  }

  /** A state is worth something where it began. What is added to an account is bound to the session instead, and judged with it. */
  const beganHere = (raw: FastifyRequest, flow: Flow) =>
    flow.purpose.kind === 'add' || digestOf(signInPage.visitOf(raw)) === flow.boundTo

  async function returned(raw: FastifyRequest, reply: FastifyReply) {
    const now = tools.clock.now()
    const query = queryOf(raw)
    const state = query.get('state') ?? ''
    const flow = readState(tools.sealing, state, now)
    if (!flow || !beganHere(raw, flow)) {
      tools.log.event('sign-in refused: state')
      return signInPage.refuse(raw, reply, providerSays('state', ''), '/')
    }
    const refuse = async (why: Refused, code: string, name: string) => {
      await noteProviderRefusal(tools, flow.school, code, now)
      if (flow.purpose.kind === 'add') return go(reply, `${ownPath}?refused=${why}`)
      return signInPage.refuse(raw, reply, providerSays(why, name), nextOf(flow.purpose))
    }
    const first = await tools.database.transaction(async tx => ({ commit: true, value: await useFlow(tx, flow, now) }))
    const provider = first ? await providerOf(tools, flow.school) : undefined
    if (!provider || provider.issuer !== flow.issuer) return refuse('state', first ? 'another provider' : 'answered before', '')
    const question = questionOf(tools.sealing, flow, state, redirectUri(raw))
    const identity = await whoItIs(provider, tools.sealing, question, query)
    if (!identity.ok) return refuse(identity.refusal.why, identity.refusal.code, provider.name)
    return carryOut(raw, reply, flow, identity.value, provider.name)
  }

  return async app => {
    app.get('/sign-in/with', (raw, reply) => signInPage.choose(raw, reply, localPath(queryOf(raw).get('next'))))
    app.get('/sign-in/with/:schoolId', limited, begin)
    app.get('/invitation/:token/with-provider', limited, beginJoining)
    app.get(returnPath, limited, returned)
  }
}
