import type { AccountId, AdultId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import type { Work } from '../../work/work.ts'
import type { Accepted } from './invitation-store.ts'
import type { ListedProvider, OutsideIdentity, Provider } from './model.ts'

const list = { name: 'sign_in_providers', text: 'select sign_in_providers() as providers' }
const one = { name: 'sign_in_provider_of', text: 'select sign_in_provider_of($1) as found' }
const set = { name: 'sign_in_provider_set', text: 'select sign_in_provider_set($1, $2, $3, $4, $5) as set' }
const remove = { name: 'sign_in_provider_remove', text: 'select sign_in_provider_remove() as removed' }
const find = { name: 'outside_identity_find', text: 'select outside_identity_find($1, $2, $3, $4) as found' }
const add = { name: 'outside_identity_add', text: 'select outside_identity_add($1, $2, $3, $4) as added' }
const loosen = { name: 'outside_identity_remove', text: 'select outside_identity_remove() as removed' }
const accept = {
  name: 'invitation_accept_outside',
  text: 'select invitation_accept_outside($1, $2, $3, $4, $5, $6, $7) as accepted',
}
const mail = { name: 'outside_identity_mail', text: 'select outside_identity_mail($1) as mail' }

/** The schools that have a provider, for whoever is about to sign in. */
export async function listProviders(tx: Tx): Promise<readonly ListedProvider[]> {
  const rows = await tx.run<{ providers: ListedProvider[] }>(list, [])
  return rows[0]?.providers ?? []
}

interface ProviderRow {
  readonly school_id: SchoolId
  readonly name: string
  readonly issuer: string
  readonly client_id: string
  readonly sealed: string
}

export async function findProvider(tx: Tx, school: SchoolId): Promise<Provider | undefined> {
  const rows = await tx.run<{ found: ProviderRow | null }>(one, [school])
  const found = rows[0]?.found
  if (!found) return undefined
  const { school_id, name, issuer, client_id, sealed } = found
  return { school: school_id, name, issuer, clientId: client_id, sealedSecret: Buffer.from(sealed, 'base64') }
}

/** Without a secret the one there stays; false where none is there for this issuer and client. */
export async function setProvider(
  tx: Tx,
  provider: Pick<Provider, 'name' | 'issuer' | 'clientId'>,
  sealedSecret: Buffer | undefined,
  now: Instant,
): Promise<boolean> {
  const values = [provider.name, provider.issuer, provider.clientId, sealedSecret ?? null, now]
  const rows = await tx.run<{ set: boolean }>(set, values)
  return rows[0]?.set === true
}

export async function removeProvider(tx: Tx): Promise<boolean> {
  const rows = await tx.run<{ removed: boolean }>(remove, [])
  return rows[0]?.removed === true
}

/** Whose account at this school a provider has just proved. */
export async function findOutside(
  tx: Tx,
  school: SchoolId,
  { issuer, subject }: OutsideIdentity,
  now: Instant,
): Promise<{ readonly account: AccountId; readonly disabled: boolean } | undefined> {
  const rows = await tx.run<{ found: { account_id: AccountId; disabled: boolean } | null }>(find, [school, issuer, subject, now])
  const found = rows[0]?.found
  return found ? { account: found.account_id, disabled: found.disabled } : undefined
}

/** False where it is somebody else's. */
export async function bindOutside(tx: Tx, { issuer, subject, shown }: OutsideIdentity, now: Instant): Promise<boolean> {
  const rows = await tx.run<{ added: boolean }>(add, [issuer, subject, shown, now])
  return rows[0]?.added === true
}

/** False where there is none, or no other way to sign in would be left. */
export async function loosenOutside(tx: Tx): Promise<boolean> {
  const rows = await tx.run<{ removed: boolean }>(loosen, [])
  return rows[0]?.removed === true
}

/** Uses a first invitation up for an account of the provider; undefined where that cannot be done with this one any more. */
export async function useInvitationOutside(
  tx: Tx,
  digest: Buffer,
  now: Instant,
  row: { readonly account: AccountId; readonly name: string; readonly identity: OutsideIdentity },
): Promise<Accepted | 'taken' | undefined> {
  const { issuer, subject, shown } = row.identity
  const values = [digest, now, row.account, row.name, issuer, subject, shown]
  const rows = await tx.run<{ accepted: Accepted | { taken: true } | null }>(accept, values)
  const accepted = rows[0]?.accepted ?? undefined
  return accepted && 'taken' in accepted ? 'taken' : accepted
}

/** Whom to tell that an account of the provider was bound to theirs. For background work. */
export async function findOutsideMail(
  work: Work,
  adultId: AdultId,
): Promise<{ readonly email: string; readonly shown: string } | undefined> {
  const rows = await work.tx.run<{ mail: { email: string; shown: string } | null }>(mail, [adultId])
  return rows[0]?.mail ?? undefined
}
