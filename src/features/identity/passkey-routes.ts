import { newId } from '../../platform/identifiers.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Route, route } from '../../web/http/route.ts'
import { tokenDigest } from '../../web/http/server.ts'
import { newToken } from './commands.ts'
import type { OwnPasskey } from './model.ts'
import { ownAccount, ownSession, refuseTry, type SignedIn } from './own-request.ts'
import { codePage } from './pages/code-page.tsx'
import type { PasskeyAsk } from './pages/passkey-form.tsx'
import { passkeysPage } from './pages/passkeys-page.tsx'
import { addPasskey, ownPasskeys, raiseByPasskey, removePasskey } from './passkey-store.ts'
import { checkMade, checkProof, newChallenge, type PasskeyRefusal, placeOf, userHandle } from './passkeys.ts'
import { localPath } from './rules.ts'
import { getAuthenticator } from './store.ts'

const longestName = 60

/** What somebody reads whose passkey was not taken. Why exactly is in the trail: it helps whoever forges, and nobody else. */
export const passkeySays = (refusal: PasskeyRefusal): string =>
  refusal === 'challenge' || refusal === 'answered before'
    ? 'This page had been open for too long, or was sent before. Try again'
    : 'The passkey could not be checked. Try again, or use another way to prove that it is you'

const known = (passkeys: readonly OwnPasskey[]) =>
  passkeys.map(({ credential, transports }) => ({ id: Buffer.from(credential, 'base64').toString('base64url'), transports }))

/** What the code page asks of a device; undefined where the person has no passkey, or none can belong to this address. */
export async function proofAsked(request: SignedIn): Promise<PasskeyAsk | undefined> {
  const { name } = placeOf(request.origin)
  const passkeys = name === undefined ? [] : await ownPasskeys(request.tx)
  if (name === undefined || passkeys.length === 0) return undefined
  const challenge = newChallenge(request.sealing, 'prove', ownSession(request), request.now)
  return { challenge, rpId: name, known: known(passkeys) }
}

async function showPasskeys(request: SignedIn, name: string, errors: FieldErrors): Promise<string> {
  const passkeys = await ownPasskeys(request.tx)
  const { email } = await getAuthenticator(request.tx)
  const place = placeOf(request.origin)
  const challenge = newChallenge(request.sealing, 'make', ownSession(request), request.now)
  const user = { id: userHandle(ownAccount(request)), name: email, displayName: request.someone.name }
  const ask = place.name === undefined ? undefined : { challenge, rpId: place.name, user, known: known(passkeys) }
  return passkeysPage(request, { passkeys, ask, name, errors })
}

const asked = (request: SignedIn) => ({
  ...{ tx: request.tx, sealing: request.sealing, now: request.now },
  place: placeOf(request.origin),
  boundTo: ownSession(request),
})

const getPasskeys = route({
  method: 'GET',
  path: '/account/passkeys',
  action: 'account.factors',
  audit: 'account.opened',
  handle: async request => {
    request.permit()
    return page(await showPasskeys(request, '', []))
  },
})

function nameOfKey(typed: string): string {
  const plain = typed.replaceAll(/[\p{Cc}\p{Cf}\uFFFD]/gu, '').trim()
  return plain.slice(0, longestName).trim() || 'Passkey'
}

const postPasskey = route({
  method: 'POST',
  path: '/account/passkeys',
  action: 'account.factors',
  audit: 'account.changed',
  handle: async request => {
    request.permit()
    const name = nameOfKey(request.form.text('name'))
    const refuse = async (says: string, why: string) =>
      refuseTry(request, await showPasskeys(request, name, [{ field: 'name', says }]), why)
    const made = await checkMade(asked(request), request.form.text('response'))
    if (!made.ok) return refuse(passkeySays(made.refusal), `passkey: ${made.refusal}`)
    const id = newId<string>()
    if (!(await addPasskey(request.tx, { id, name, ...made.value }, request.now)))
      return refuse('This passkey is there already', 'passkey: there already')
    request.note({ event: 'account.changed', facts: { what: 'passkey added', passkey: id } })
    return redirect('/account/passkeys')
  },
})

const postRemove = route({
  method: 'POST',
  path: '/account/passkeys/:passkeyId/remove',
  action: 'account.factors',
  audit: 'account.changed',
  handle: async request => {
    request.permit()
    const id = request.params['passkeyId'] ?? ''
    if (!(await removePasskey(request.tx, id))) throw new NotFound()
    request.note({ event: 'account.changed', facts: { what: 'passkey removed', passkey: id } })
    return redirect('/account/passkeys')
  },
})

async function prove(request: SignedIn, next: string): Promise<Reply> {
  const again = async (refusal: PasskeyRefusal) => {
    const errors = [{ field: 'code', says: passkeySays(refusal) }]
    const html = codePage(request, { action: '/code', next, errors, passkey: await proofAsked(request) })
    return refuseTry(request, html, `passkey: ${refusal}`)
  }
  const proved = await checkProof(asked(request), 'prove', request.form.text('response'))
  if (!proved.ok) return again(proved.refusal)
  const { key, count } = proved.value
  if (key.account !== ownAccount(request)) return again('unknown')
  const token = newToken()
  if (!(await raiseByPasskey(request.tx, ownSession(request), tokenDigest(token), key.id, count, request.now)))
    return again('count')
  request.note({ event: 'session.second-factor', facts: { session: ownSession(request), by: 'passkey', passkey: key.id } })
  return { kind: 'redirect', to: next, cookie: { set: token } }
}

const postProof = route({
  method: 'POST',
  path: '/code/passkey',
  action: 'account.own',
  audit: 'session.second-factor',
  handle: async request => {
    request.permit()
    return prove(request, localPath(request.form.text('next')))
  },
})

/** Passkeys: added, named, removed, and asked for in place of a code. */
export const passkeyRoutes: readonly Route[] = [getPasskeys, postPasskey, postRemove, postProof]
