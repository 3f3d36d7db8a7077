import { isPassword } from '../../platform/passwords.ts'
import { page, type Reply } from '../../web/http/reply.ts'
import { type Route, route } from '../../web/http/route.ts'
import { tokenDigest } from '../../web/http/server.ts'
import { codeTryKey, newToken, takeTry } from './commands.ts'
import { elsewhere, ownAccount, ownSession, refuseTry, type SignedIn, waitSays } from './own-request.ts'
import { newCodesPage, recoveryCodePage, recoveryCodesPage } from './pages/recovery-page.tsx'
import { hashRecoveryCodes, newRecoveryCodes, readRecoveryCode } from './recovery.ts'
import { findRecoveryHash, raiseByRecovery, setRecoveryCodes } from './recovery-store.ts'
import { localPath } from './rules.ts'
import { clearTries, getAuthenticator } from './store.ts'

const getRecoveryCodes = route({
  method: 'GET',
  path: '/account/recovery-codes',
  action: 'account.factors',
  audit: 'account.opened',
  handle: async request => {
    request.permit()
    const { sealed, passkeys, recoveryCodesLeft } = await getAuthenticator(request.tx)
    // Codes stand in for a factor. Without one there is nothing that they could stand in for.
    if (!sealed && passkeys === 0) return elsewhere(request, '/account/authenticator')
    return page(recoveryCodesPage(request, recoveryCodesLeft))
  },
})

/** The codes are on this one answer and nowhere else: what is stored of them cannot be read back. */
const postRecoveryCodes = route({
  method: 'POST',
  path: '/account/recovery-codes',
  action: 'account.factors',
  audit: 'account.changed',
  harmlessTwice: true,
  handle: async request => {
    request.permit()
    const { email, sealed, passkeys } = await getAuthenticator(request.tx)
    if (!sealed && passkeys === 0) return elsewhere(request, '/account/authenticator')
    const codes = newRecoveryCodes()
    await setRecoveryCodes(request.tx, await hashRecoveryCodes(codes), request.now)
    request.note({ event: 'account.changed', facts: { what: 'recovery codes made', count: codes.length } })
    return page(newCodesPage(request, { email, codes }))
  },
})

const getRecovery = route({
  method: 'GET',
  path: '/code/recovery',
  action: 'account.own',
  audit: 'account.opened',
  handle: async request => {
    request.permit()
    return page(recoveryCodePage(request, { next: localPath(request.query.get('next')), errors: [] }))
  },
})

async function useCode(request: SignedIn, next: string): Promise<Reply> {
  const again = (says: string) => recoveryCodePage(request, { next, errors: [{ field: 'code', says }] })
  const key = codeTryKey(request.sealing, ownAccount(request))
  const taken = await takeTry(request.tx, key, request.now)
  if (!taken.ok) return refuseTry(request, again(waitSays(taken.refusal.seconds)), 'too many tries', 429)
  const wrong = () =>
    refuseTry(request, again('Enter a recovery code that you have not used yet, as it is printed'), 'recovery code')
  const read = readRecoveryCode(request.form.text('code'))
  if (!read) return wrong()
  if (!(await isPassword(await findRecoveryHash(request.tx, read.selector), read.secret))) return wrong()
  const token = newToken()
  if (!(await raiseByRecovery(request.tx, ownSession(request), tokenDigest(token), read.selector, request.now))) return wrong()
  await clearTries(request.tx, key)
  request.note({ event: 'session.second-factor', facts: { session: ownSession(request), by: 'recovery code' } })
  request.send({ kind: 'recovery-mail', adultId: request.someone.adultId })
  return { kind: 'redirect', to: next, cookie: { set: token } }
}

const postRecovery = route({
  method: 'POST',
  path: '/code/recovery',
  action: 'account.own',
  audit: 'session.second-factor',
  handle: async request => {
    request.permit()
    return useCode(request, localPath(request.form.text('next')))
  },
})

/** Codes on paper, for whoever is without their telephone. */
export const recoveryRoutes: readonly Route[] = [getRecoveryCodes, postRecoveryCodes, getRecovery, postRecovery]
