import type { Actor } from '../../access/index.ts'
import { isLoopback } from '../../platform/config.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { afterwards, conflict, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import type { Provider } from './model.ts'
import { ownSession } from './own-request.ts'
import {
  onwardsPage,
  ownProviderPage,
  type ProviderTyped,
  providerSettingsPage,
  providerTriedPage,
} from './pages/provider-pages.tsx'
import { addressToAsk, sealProviderSecret } from './provider.ts'
import { beginFlow } from './provider-flow.ts'
import { findProvider, loosenOutside, removeProvider, setProvider } from './provider-store.ts'
import { issuerFault, providerSays, refusedBecause } from './rules-provider.ts'
import { getAuthenticator } from './store.ts'

/** Where a provider sends people back to. */
export const returnPath = '/sign-in/returned'
export const ownPath = '/account/single-sign-on'

/** The same, whole, as it is entered at the provider. */
export const returnAddress = (origin: string) => new URL(returnPath, origin).href

type Own = Request<'account.factors', Actor>

async function showOwn(request: Own, errors: FieldErrors = []): Promise<string> {
  const { provider, outside } = await getAuthenticator(request.tx)
  return ownProviderPage(request, { provider, outside, errors })
}

const getOwn = route({
  method: 'GET',
  path: ownPath,
  action: 'account.factors',
  audit: 'account.opened',
  handle: async request => {
    request.permit()
    const why = refusedBecause.find(one => one === request.query.get('refused'))
    const says = why && providerSays(why, 'the provider')
    return page(await showOwn(request, says === undefined ? [] : [{ field: 'add', says }]))
  },
})

/** The provider is asked when the transaction is over: nobody waits for another's server with a connection in hand. */
const postOwn = route({
  method: 'POST',
  path: ownPath,
  action: 'account.factors',
  audit: 'account.opened',
  harmlessTwice: true,
  handle: async request => {
    request.permit()
    const provider = await findProvider(request.tx, request.school.id)
    if (!provider) throw new NotFound()
    const { outside } = await getAuthenticator(request.tx)
    return afterwards(async () => {
      const question = beginFlow(
        request.sealing,
        {
          ...{ school: provider.school, issuer: provider.issuer, purpose: { kind: 'add' } },
          ...{ place: ownSession(request), redirectUri: returnAddress(request.origin) },
        },
        request.now,
      )
      const address = await addressToAsk(provider, request.sealing, question)
      if (address.ok) return page(onwardsPage(request, provider.name, address.value))
      const errors = [{ field: 'add', says: providerSays(address.refusal.why, provider.name) }]
      return invalid(ownProviderPage(request, { provider: provider.name, outside, errors }))
    })
  },
})

const removeOwn = route({
  method: 'POST',
  path: '/account/single-sign-on/remove',
  action: 'account.factors',
  audit: 'account.changed',
  handle: async request => {
    request.permit()
    const { outside } = await getAuthenticator(request.tx)
    if (!outside) throw new NotFound()
    if (!(await loosenOutside(request.tx))) {
      const says = 'You could not sign in any more. Set a password first, under “Your account”'
      return conflict(await showOwn(request, [{ field: 'add', says }]))
    }
    request.note({ event: 'account.changed', facts: { what: 'provider account removed' } })
    return redirect('/account')
  },
})

type Keeper = Request<'sign-in.configure', Actor>

const typedOf = (provider: Provider | undefined): ProviderTyped => ({
  name: provider?.name ?? '',
  issuer: provider?.issuer ?? '',
  client: provider?.clientId ?? '',
})

function showSettings(request: Keeper, typed: ProviderTyped, isSet: boolean, errors: FieldErrors = []): string {
  return providerSettingsPage(request, { typed, isSet, redirectUri: returnAddress(request.origin), errors })
}

const getSettings = route({
  method: 'GET',
  path: '/single-sign-on',
  action: 'sign-in.configure',
  audit: 'sign-in.provider-opened',
  handle: async request => {
    request.permit()
    const provider = await findProvider(request.tx, request.school.id)
    return page(showSettings(request, typedOf(provider), provider !== undefined))
  },
})

const longestName = 60
const longestSecret = 1000

function readSettings(request: Keeper, isSet: boolean) {
  const reading = new FormReading(request.form)
  const name = reading.line('name', 'Enter what people here call it')
  if (name.length > longestName) reading.fault('name', `Use ${longestName} characters or fewer`)
  const issuer = request.form.text('issuer').trim()
  const fault = issuerFault(issuer, isLoopback)
  if (fault !== undefined) reading.fault('issuer', fault)
  const client = reading.line('client', 'Enter the client ID')
  const secret = request.form.text('secret').trim()
  if (secret === '' && !isSet) reading.fault('secret', 'Enter the client secret')
  if (secret.length > longestSecret) reading.fault('secret', `Use ${longestSecret} characters or fewer`)
  return { typed: { name, issuer: issuer.slice(0, longestSecret), client }, secret, errors: reading.errors }
}

const postSettings = route({
  method: 'POST',
  path: '/single-sign-on',
  action: 'sign-in.configure',
  audit: 'sign-in.provider-set',
  handle: async request => {
    request.permit()
    const before = await findProvider(request.tx, request.school.id)
    const { typed, secret, errors } = readSettings(request, before !== undefined)
    if (errors.length > 0) return invalid(showSettings(request, typed, before !== undefined, errors))
    const sealed = secret === '' ? undefined : sealProviderSecret(request.sealing, request.school.id, secret)
    const provider = { name: typed.name, issuer: typed.issuer, clientId: typed.client }
    if (!(await setProvider(request.tx, provider, sealed, request.now))) {
      const says = 'Enter the client secret that belongs to this issuer and client. The one that is there is sent nowhere else'
      return invalid(showSettings(request, typed, true, [{ field: 'secret', says }]))
    }
    const facts = { issuer: typed.issuer, client: typed.client, newSecret: sealed !== undefined }
    request.note({ event: 'sign-in.provider-set', facts })
    return redirect('/single-sign-on?saved')
  },
})

async function tryProvider(request: Keeper, provider: Provider): Promise<Reply & { kind: 'page' | 'refused' }> {
  const purpose = { kind: 'sign-in', next: '/' } as const
  const redirectUri = returnAddress(request.origin)
  const of = { school: provider.school, issuer: provider.issuer, purpose, place: '', redirectUri }
  const asked = await addressToAsk(provider, request.sealing, beginFlow(request.sealing, of, request.now))
  const says = asked.ok
    ? 'It is the one that you entered. Whether it knows the client ID, the secret and the address to return to shows when somebody signs in: add your own account under “Your account”.'
    : `${providerSays(asked.refusal.why, provider.name)}. For whoever looks after it: ${asked.refusal.code}.`
  const html = providerTriedPage(request, provider.name, says, asked.ok)
  return asked.ok ? { kind: 'page', html } : { kind: 'refused', html, status: 422 }
}

const trySettings = route({
  method: 'POST',
  path: '/single-sign-on/try',
  action: 'sign-in.configure',
  audit: 'sign-in.provider-opened',
  harmlessTwice: true,
  handle: async request => {
    request.permit()
    const provider = await findProvider(request.tx, request.school.id)
    if (!provider) throw new NotFound()
    return afterwards(() => tryProvider(request, provider))
  },
})

const removeSettings = route({
  method: 'POST',
  path: '/single-sign-on/remove',
  action: 'sign-in.configure',
  audit: 'sign-in.provider-removed',
  handle: async request => {
    request.permit()
    if (!(await removeProvider(request.tx))) throw new NotFound()
    return redirect('/single-sign-on')
  },
})

/** Single sign-on: whom the school trusts, and one's own account there. */
export const providerRoutes: readonly Route[] = [
  getOwn,
  postOwn,
  removeOwn,
  getSettings,
  postSettings,
  trySettings,
  removeSettings,
]
