import { epochInMs, instantOf } from '../../kernel/plain-date.ts'
import { hashPassword, isPassword } from '../../platform/passwords.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { openKeptForm } from '../../web/http/kept-forms.ts'
import { invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Route, route } from '../../web/http/route.ts'
import { sessionIdleMinutes, tokenDigest } from '../../web/http/server.ts'
import { newSecret, openPending, openSecret, sealPending, sealSecret, setUpLink, stepOfCode } from './authenticator.ts'
import { codeTryKey, newToken, takeTry } from './commands.ts'
import { commonPasswords } from './common-passwords.ts'
import { elsewhere, ownAccount, ownSession, refuseTry, type SignedIn, waitSays } from './own-request.ts'
import { accountPage } from './pages/account-page.tsx'
import { codePage, setUpPage } from './pages/code-page.tsx'
import { keptFormPage } from './pages/kept-form-page.tsx'
import { passwordPage } from './pages/password-page.tsx'
import { passkeyRoutes, proofAsked } from './passkey-routes.ts'
import { providerRoutes } from './provider-routes.ts'
import { recoveryRoutes } from './recovery-routes.ts'
import { localPath, passwordFault } from './rules.ts'
import {
  clearTries,
  discardKeptForm,
  endOtherSessions,
  endSession,
  findKeptForm,
  findOwnPassword,
  getAuthenticator,
  getOwnAccount,
  keptForms,
  openSessions,
  raiseSession,
  schoolsOfAccount,
  setAuthenticator,
  setOwnPassword,
} from './store.ts'

/** Where the proof of the second factor leads on to: the next token, so that the one used until now opens nothing more. */
async function raise(request: SignedIn, step: number): Promise<string | undefined> {
  const token = newToken()
  return (await raiseSession(request.tx, ownSession(request), tokenDigest(token), step, request.now)) ? token : undefined
}

interface CodeForm {
  readonly action: string
  readonly next: string
}

/** Shows the secret, or the same secret again after a wrong code. */
function showSetUp(
  request: SignedIn,
  form: CodeForm,
  email: string,
  secret: string,
  replaces: boolean,
  errors: FieldErrors = [],
): string {
  const pending = sealPending(request.sealing, ownAccount(request), ownSession(request), secret)
  return setUpPage(request, { ...form, pending, secret, link: setUpLink(secret, email), errors, replaces })
}

/** Confirms a new authenticator with its first code. */
async function confirmSetUp(request: SignedIn, form: CodeForm, email: string, replaces: boolean): Promise<Reply> {
  const account = ownAccount(request)
  const secret = openPending(request.sealing, account, ownSession(request), request.form.text('secret'))
  if (secret === undefined) return elsewhere(request, `${form.action}?next=${encodeURIComponent(form.next)}`)
  const step = stepOfCode(secret, request.form.text('code'), request.now)
  if (step === undefined) {
    const errors = [{ field: 'code', says: 'Enter the 6 digits that the app shows now for Holdfast' }]
    return refuseTry(request, showSetUp(request, form, email, secret, replaces, errors), 'set-up code')
  }
  await setAuthenticator(request.tx, sealSecret(request.sealing, account, secret), step - 1)
  const token = await raise(request, step)
  if (token === undefined) throw new Error('the session ended while its authenticator was set up')
  request.note({ event: 'account.changed', facts: { what: replaces ? 'authenticator replaced' : 'authenticator set up' } })
  request.note({ event: 'session.second-factor', facts: { session: ownSession(request) } })
  return { kind: 'redirect', to: form.next, cookie: { set: token } }
}

async function checkCode(request: SignedIn, form: CodeForm, sealed: Buffer | undefined): Promise<Reply> {
  const account = ownAccount(request)
  const key = codeTryKey(request.sealing, account)
  const taken = await takeTry(request.tx, key, request.now)
  const passkey = await proofAsked(request)
  const again = (says: string) => codePage(request, { ...form, errors: [{ field: 'code', says }], passkey })
  if (!taken.ok) return refuseTry(request, again(waitSays(taken.refusal.seconds)), 'too many tries', 429)
  const step = sealed && stepOfCode(openSecret(request.sealing, account, sealed), request.form.text('code'), request.now)
  if (step === undefined) return refuseTry(request, again('Enter the 6 digits that the app shows now for Holdfast'), 'code')
  const token = await raise(request, step)
  if (token === undefined)
    return refuseTry(request, again('This code was used before. Wait until the app shows the next one'), 'code used before')
  await clearTries(request.tx, key)
  request.note({ event: 'session.second-factor', facts: { session: ownSession(request) } })
  return { kind: 'redirect', to: form.next, cookie: { set: token } }
}

const codeForm = (next: string | null): CodeForm => ({ action: '/code', next: localPath(next) })

const getCode = route({
  method: 'GET',
  path: '/code',
  action: 'account.own',
  audit: 'account.opened',
  handle: async request => {
    request.permit()
    const form = codeForm(request.query.get('next'))
    const { email, sealed, passkeys } = await getAuthenticator(request.tx)
    if (!sealed && passkeys === 0) return page(showSetUp(request, form, email, newSecret(), false))
    return page(codePage(request, { ...form, errors: [], passkey: passkeys > 0 ? await proofAsked(request) : undefined }))
  },
})

const postCode = route({
  method: 'POST',
  path: '/code',
  action: 'account.own',
  audit: 'session.second-factor',
  handle: async request => {
    request.permit()
    const form = codeForm(request.form.text('next'))
    const { email, sealed, passkeys } = await getAuthenticator(request.tx)
    return sealed || passkeys > 0 ? checkCode(request, form, sealed) : confirmSetUp(request, form, email, false)
  },
})

const replacement: CodeForm = { action: '/account/authenticator', next: '/account' }

/** Whoever has an authenticator proves it before replacing it: a session left open is not enough. */
const getAuthenticatorPage = route({
  method: 'GET',
  path: '/account/authenticator',
  action: 'account.own',
  audit: 'account.opened',
  handle: async request => {
    request.permit()
    const { email, sealed, passkeys } = await getAuthenticator(request.tx)
    if ((sealed || passkeys > 0) && !request.session?.hasFreshFactor)
      return elsewhere(request, '/code?next=/account/authenticator')
    return page(showSetUp(request, replacement, email, newSecret(), sealed !== undefined))
  },
})

const postAuthenticator = route({
  method: 'POST',
  path: '/account/authenticator',
  action: 'account.own',
  audit: 'account.changed',
  handle: async request => {
    request.permit()
    const { email, sealed, passkeys } = await getAuthenticator(request.tx)
    if ((sealed || passkeys > 0) && !request.session?.hasFreshFactor)
      return elsewhere(request, '/code?next=/account/authenticator')
    return confirmSetUp(request, replacement, email, sealed !== undefined)
  },
})

const getAccount = route({
  method: 'GET',
  path: '/account',
  action: 'account.own',
  audit: 'account.opened',
  handle: async request => {
    request.permit()
    const account = ownAccount(request)
    const idleSince = instantOf(epochInMs(request.now) - sessionIdleMinutes * 60_000)
    const { authenticator, schools } = await getOwnAccount(request.tx, account, request.now)
    const { email, sealed } = authenticator
    const sessions = await openSessions(request.tx, account, request.now, idleSince)
    const kept = await keptForms(request.tx, account)
    return page(
      accountPage(request, {
        email,
        sessions,
        kept,
        current: ownSession(request),
        hasAuthenticator: sealed !== undefined,
        recoveryCodesLeft: authenticator.recoveryCodesLeft,
        passkeys: authenticator.passkeys,
        hasSeveralSchools:
          schools.length > 1 && !sessions.some(({ id, atOneSchool }) => atOneSchool && id === ownSession(request)),
        hasPassword: authenticator.hasPassword,
        provider: authenticator.provider,
        outside: authenticator.outside,
      }),
    )
  },
})

const endOneSession = route({
  method: 'POST',
  path: '/account/sessions/:sessionId/end',
  action: 'account.own',
  audit: 'session.ended',
  handle: async request => {
    request.permit()
    const id = request.params['sessionId'] ?? ''
    if (!(await endSession(request.tx, ownAccount(request), id, request.now))) throw new NotFound()
    request.note({ event: 'session.ended', facts: { why: 'by its owner', session: id } })
    return redirect('/account')
  },
})

const endAllOthers = route({
  method: 'POST',
  path: '/account/sessions/end-others',
  action: 'account.own',
  audit: 'session.ended',
  handle: async request => {
    request.permit()
    const count = await endOtherSessions(request.tx, ownAccount(request), ownSession(request), request.now)
    request.note({ event: 'session.ended', facts: { why: 'by its owner', count } })
    return redirect('/account')
  },
})

const signOut = route({
  method: 'POST',
  path: '/sign-out',
  action: 'session.end',
  audit: 'session.ended',
  handle: async request => {
    request.permit()
    await endSession(request.tx, ownAccount(request), ownSession(request), request.now)
    request.note({ event: 'session.ended', facts: { why: 'signed out', session: ownSession(request) } })
    return { kind: 'redirect', to: '/sign-in?signed-out', cookie: { clear: true } }
  },
})

/** Whoever has no password proves themselves anew before they choose one: a session left open is not enough. */
const mustProve = (request: SignedIn, hasPassword: boolean) => !hasPassword && !request.session?.hasFreshFactor

const getPassword = route({
  method: 'GET',
  path: '/account/password',
  action: 'account.own',
  audit: 'account.opened',
  handle: async request => {
    request.permit()
    const { email, hasPassword } = await getAuthenticator(request.tx)
    if (mustProve(request, hasPassword)) return elsewhere(request, '/code?next=/account/password')
    return page(passwordPage(request, { email, hasPassword, errors: [] }))
  },
})

async function newPasswordFaults(request: SignedIn, email: string, hasPassword: boolean): Promise<FieldErrors> {
  const typed = request.form.text('current-password')
  const about = { email, name: request.someone.name, places: [request.school.name, request.profile.school.trust ?? ''] }
  const fault = passwordFault(request.form.text('new-password'), about, await commonPasswords())
  return [
    ...(typed === '' && hasPassword ? [{ field: 'current-password', says: 'Enter your current password' }] : []),
    ...(fault === undefined ? [] : [{ field: 'new-password', says: fault }]),
  ]
}

/**
 * Guessing the current password in a session left open is slowed down like guessing a code. Counted by the session: somebody
 * who knows the password, and guesses elsewhere, cannot keep its owner from changing it.
 */
async function refuseWrongPassword(request: SignedIn, email: string): Promise<Reply | undefined> {
  const key = request.sealing.fingerprint('own password', ownSession(request))
  const taken = await takeTry(request.tx, key, request.now)
  const again = (says: string) =>
    passwordPage(request, { email, hasPassword: true, errors: [{ field: 'current-password', says }] })
  if (!taken.ok) return refuseTry(request, again(waitSays(taken.refusal.seconds)), 'too many tries', 429)
  const typed = request.form.text('current-password').slice(0, 1000)
  if (!(await isPassword(await findOwnPassword(request.tx), typed)))
    return refuseTry(request, again('The current password is not right'), 'password')
  await clearTries(request.tx, key)
  return undefined
}

const postPassword = route({
  method: 'POST',
  path: '/account/password',
  action: 'account.own',
  audit: 'account.changed',
  handle: async request => {
    request.permit()
    const { email, hasPassword } = await getAuthenticator(request.tx)
    if (mustProve(request, hasPassword)) return elsewhere(request, '/code?next=/account/password')
    const errors = await newPasswordFaults(request, email, hasPassword)
    if (errors.length > 0) return invalid(passwordPage(request, { email, hasPassword, errors }))
    const refusal = hasPassword ? await refuseWrongPassword(request, email) : undefined
    if (refusal) return refusal
    await setOwnPassword(request.tx, await hashPassword(request.form.text('new-password')))
    const count = await endOtherSessions(request.tx, ownAccount(request), ownSession(request), request.now)
    request.note({ event: 'account.changed', facts: { what: 'password', sessionsEnded: count } })
    return redirect('/account')
  },
})

const getKeptForm = route({
  method: 'GET',
  path: '/kept-forms/:keptFormId',
  action: 'kept-form.restore',
  audit: 'kept-form.opened',
  handle: async request => {
    request.permit()
    const account = ownAccount(request)
    const found = await findKeptForm(request.tx, account, request.params['keptFormId'] ?? '')
    if (!found) throw new NotFound()
    const { school, form } = openKeptForm(request.sealing, account, found.id, found.sealed)
    const schools = await schoolsOfAccount(request.tx, account, request.now)
    const otherSchool = school === request.school.id ? undefined : schools.find(({ id }) => id === school)?.name
    request.note({ event: 'kept-form.opened', facts: { keptForm: found.id } })
    return page(keptFormPage(request, { id: found.id, path: found.path, keptAt: found.keptAt, form, otherSchool }))
  },
})

const postDiscard = route({
  method: 'POST',
  path: '/kept-forms/:keptFormId/discard',
  action: 'kept-form.restore',
  audit: 'kept-form.opened',
  handle: async request => {
    request.permit()
    const id = request.params['keptFormId'] ?? ''
    if (!(await discardKeptForm(request.tx, ownAccount(request), id))) throw new NotFound()
    request.note({ event: 'kept-form.discarded', facts: { keptForm: id } })
    return redirect('/account')
  },
})

/** One's own account: sign-out, authenticator, password, sessions, kept forms. */
export const identityRoutes: readonly Route[] = [
  getCode,
  postCode,
  getAccount,
  getAuthenticatorPage,
  postAuthenticator,
  ...recoveryRoutes,
  ...passkeyRoutes,
  ...providerRoutes,
  getPassword,
  postPassword,
  endAllOthers,
  endOneSession,
  signOut,
  getKeptForm,
  postDiscard,
]
