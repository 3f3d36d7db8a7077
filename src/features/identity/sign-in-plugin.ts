import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { assertNever } from '../../kernel/exhaustive.ts'
import { pauseUntil, stopwatch } from '../../platform/pace.ts'
import { formToken, isFormToken, visitor } from '../../web/http/form-token.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { originOf, type ServerTools, sessionCookieName, setSessionCookie } from '../../web/http/server.ts'
import { chooseSchool, deviceMark, findSchoolChoice, type SignInRefusal, signIn, signInByPasskey } from './commands.ts'
import { invitationPages } from './invitation-plugin.ts'
import { chooseSchoolPage } from './pages/choose-school-page.tsx'
import { chooseProviderPage } from './pages/provider-pages.tsx'
import { type SignInPageProps, signInPage } from './pages/sign-in-page.tsx'
import { passkeySays } from './passkey-routes.ts'
import { newChallenge, placeOf } from './passkeys.ts'
import { providerPages, type SignInPage } from './provider-plugin.ts'
import { providersOf } from './provider-sign-in.ts'
import { listProviders } from './provider-store.ts'
import { localPath, plainEmail } from './rules.ts'
import { isDemonstration } from './store.ts'

/** A refusal takes at least so long: what was done meanwhile (a note in a trail, or none) cannot be heard. */
const refusalTakesMs = 400
const visitCookie = (secure: boolean) => (secure ? '__Host-holdfast-visit' : 'holdfast-visit')
const deviceCookie = (secure: boolean) => (secure ? '__Host-holdfast-device' : 'holdfast-device')
const deviceRemembered = { maxAge: 180 * 86_400 }

const sayOf = (refusal: SignInRefusal): { field: string; says: string } => {
  switch (refusal.kind) {
    case 'wait':
      return {
        field: 'password',
        says: `There were too many wrong tries. Wait ${refusal.seconds} ${refusal.seconds === 1 ? 'second' : 'seconds'}, then try again`,
      }
    case 'wrong':
      return { field: 'password', says: 'The email address or the password is not right' }
    case 'no-appointment':
      return { field: 'email', says: 'You have no role at a school now. Ask the person who keeps the list of staff' }
    default:
      return assertNever(refusal)
  }
}

function formOf(raw: FastifyRequest): FormValues {
  return (raw.body as { form?: FormValues } | undefined)?.form ?? FormValues.empty()
}

function queryOf(raw: FastifyRequest): URLSearchParams {
  return new URLSearchParams(raw.url.split('?')[1] ?? '')
}

function isForeign(raw: FastifyRequest): boolean {
  const { origin } = raw.headers
  return origin !== undefined && origin !== 'null' && URL.parse(origin)?.host !== raw.host
}

/**
 * Sign-in and choice of school: pages for people of whom nothing is known yet, or not where they are. Whatever proves who
 * somebody is, the session starts in the same command.
 */
export function identityPages(tools: ServerTools): (app: FastifyInstance) => Promise<void> {
  const secure = tools.secureCookies
  const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  const tokenOf = (raw: FastifyRequest) => raw.cookies[sessionCookieName(secure)] ?? ''
  const limited = { config: { rateLimit: { max: tools.openRequestsEachMinute, timeWindow: '1 minute' } } }

  const send = (reply: FastifyReply, status: number, html: string) =>
    reply.code(status).type('text/html; charset=utf-8').send(html)
  const go = (reply: FastifyReply, to: string) => reply.code(303).header('location', to).send()

  /** The sign-in page, with a token bound to a cookie of this visit: no other site can sign somebody in as somebody else. */
  async function showSignIn(
    raw: FastifyRequest,
    reply: FastifyReply,
    status: number,
    props: Pick<SignInPageProps, 'next' | 'email' | 'errors' | 'signedOut' | 'hasChosen'>,
  ) {
    const visit = raw.cookies[visitCookie(secure)] ?? randomBytes(32).toString('base64url')
    reply.setCookie(visitCookie(secure), visit, cookieOptions)
    const place = placeOf(originOf(raw, tools.publicAddress))
    const passkey = place.name && {
      challenge: newChallenge(tools.sealing, 'sign-in', visit, tools.clock.now()),
      rpId: place.name,
    }
    const found = await tools.database.transaction(async tx => ({
      commit: false,
      value: { demonstration: await isDemonstration(tx), providers: await listProviders(tx) },
    }))
    return send(
      reply,
      status,
      signInPage({
        ...props,
        passkey: passkey || undefined,
        ...found,
        now: tools.clock.now(),
        formToken: formToken(visit, visitor),
      }),
    )
  }

  async function getSignIn(raw: FastifyRequest, reply: FastifyReply) {
    const query = queryOf(raw)
    const next = localPath(query.get('next'))
    const choice = await findSchoolChoice(tools, tokenOf(raw), tools.clock.now())
    if (choice) return go(reply, choice.currentSchool ? next : `/choose-school?next=${encodeURIComponent(next)}`)
    return showSignIn(raw, reply, 200, {
      next,
      email: query.get('email') ?? '',
      signedOut: query.has('signed-out'),
      hasChosen: query.has('chosen'),
    })
  }

  async function postSignIn(raw: FastifyRequest, reply: FastifyReply) {
    const started = stopwatch()
    const form = formOf(raw)
    const next = localPath(form.text('next'))
    const email = plainEmail(form.text('email').slice(0, 254))
    const again = (status: number, ...errors: { field: string; says: string }[]) =>
      showSignIn(raw, reply, status, { next, email, errors })
    const visit = raw.cookies[visitCookie(secure)] ?? ''
    if (isForeign(raw) || visit === '' || !isFormToken(visit, visitor, form.text('_token')))
      return again(422, { field: 'password', says: 'This page had been open for too long. Enter your password again' })
    // Longer than any password may be: only so much is worth hashing.
    const password = form.text('password').slice(0, 1000)
    const missing = [
      ...(email === '' ? [{ field: 'email', says: 'Enter your email address' }] : []),
      ...(password === '' ? [{ field: 'password', says: 'Enter your password' }] : []),
    ]
    if (missing.length > 0) return again(422, ...missing)
    const attempt = { email, password, deviceMark: raw.cookies[deviceCookie(secure)] ?? '', earlierToken: tokenOf(raw) }
    const result = await signIn(tools, attempt, tools.clock.now())
    if (!result.ok) {
      await pauseUntil(started, refusalTakesMs)
      return again(result.refusal.kind === 'wait' ? 429 : 422, sayOf(result.refusal))
    }
    setSessionCookie(reply, secure, result.value.token)
    reply.setCookie(deviceCookie(secure), deviceMark(tools, result.value.account), { ...cookieOptions, ...deviceRemembered })
    return go(reply, result.value.mustChooseSchool ? `/choose-school?next=${encodeURIComponent(next)}` : next)
  }

  async function postPasskey(raw: FastifyRequest, reply: FastifyReply) {
    const form = formOf(raw)
    const next = localPath(form.text('next'))
    const again = (says: string) => showSignIn(raw, reply, 422, { next, errors: [{ field: 'email', says }] })
    const visit = raw.cookies[visitCookie(secure)] ?? ''
    if (isForeign(raw) || visit === '' || !isFormToken(visit, visitor, form.text('_token')))
      return again(passkeySays('challenge'))
    const place = placeOf(originOf(raw, tools.publicAddress))
    const attempt = { place, visit, response: form.text('response'), earlierToken: tokenOf(raw) }
    const result = await signInByPasskey(tools, attempt, tools.clock.now())
    if (!result.ok) return again(result.refusal.kind === 'passkey' ? passkeySays(result.refusal.why) : sayOf(result.refusal).says)
    setSessionCookie(reply, secure, result.value.token)
    reply.setCookie(deviceCookie(secure), deviceMark(tools, result.value.account), { ...cookieOptions, ...deviceRemembered })
    return go(reply, result.value.mustChooseSchool ? `/choose-school?next=${encodeURIComponent(next)}` : next)
  }

  const visitOf = (raw: FastifyRequest) => raw.cookies[visitCookie(secure)] ?? ''

  const page: SignInPage = {
    visitOf,
    refuse: (raw, reply, says, next) => showSignIn(raw, reply, 422, { next, errors: [{ field: 'email', says }] }),
    rememberDevice: (reply, mark) => reply.setCookie(deviceCookie(secure), mark, { ...cookieOptions, ...deviceRemembered }),
    choose: async (raw, reply, next) => {
      const visit = visitOf(raw) || randomBytes(32).toString('base64url')
      reply.setCookie(visitCookie(secure), visit, cookieOptions)
      const providers = await providersOf(tools)
      const html = chooseProviderPage({ now: tools.clock.now(), next, formToken: formToken(visit, visitor), providers })
      return send(reply, 200, html)
    },
  }

  async function getChooseSchool(raw: FastifyRequest, reply: FastifyReply) {
    const now = tools.clock.now()
    const next = localPath(queryOf(raw).get('next'))
    const choice = await findSchoolChoice(tools, tokenOf(raw), now)
    if (!choice) return go(reply, '/sign-in')
    return send(
      reply,
      200,
      chooseSchoolPage({
        now,
        next,
        formToken: formToken(choice.formSecret, choice.session),
        schools: choice.schools,
        current: choice.currentSchool,
      }),
    )
  }

  async function postChooseSchool(raw: FastifyRequest, reply: FastifyReply) {
    const now = tools.clock.now()
    const form = formOf(raw)
    const next = localPath(form.text('next'))
    const choice = await findSchoolChoice(tools, tokenOf(raw), now)
    if (!choice) return go(reply, '/sign-in')
    const token = formToken(choice.formSecret, choice.session)
    const school = choice.schools.find(({ id }) => id === form.text('school'))
    if (!school || isForeign(raw) || !isFormToken(choice.formSecret, choice.session, form.text('_token'))) {
      const errors = [{ field: 'school', says: 'Select the school you are working for now' }]
      return send(
        reply,
        422,
        chooseSchoolPage({ now, next, formToken: token, schools: choice.schools, current: choice.currentSchool, errors }),
      )
    }
    setSessionCookie(reply, secure, await chooseSchool(tools, tokenOf(raw), choice, school, now))
    return go(reply, next)
  }

  return async app => {
    await invitationPages(tools)(app)
    await providerPages(tools, page)(app)
    app.get('/sign-in', getSignIn)
    app.post('/sign-in', limited, postSignIn)
    app.post('/sign-in/passkey', limited, postPasskey)
    app.get('/choose-school', getChooseSchool)
    app.post('/choose-school', postChooseSchool)
    // Where somebody lands who signed in to sign out, because their session had ended by itself.
    app.get('/sign-out', (_raw, reply) => go(reply, '/'))
  }
}
