import type { Actor } from '../../access/index.ts'
import type { AccountId, AdultId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Tx } from '../../platform/database.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Sealing } from '../../platform/sealing.ts'
import type { RoleId } from '../../policy/roles.ts'
import { WorkBook, type WorkTools } from '../../work/work.ts'
import { claimedSession, isFormToken } from './form-token.ts'
import { FormValues } from './form-values.ts'

/** How long a kept form waits for its writer: over the longest holiday. It may hold what is said of a child. */
export const keptFormDays = 60

/** Names the kept form that a form was filled from, so that it is dropped when that form has been taken. */
export const keptFormName = '_kept'

/** Who a form was drawn for, and at which of their schools. */
export interface FormOwner {
  readonly account: AccountId
  readonly at: { readonly school: SchoolId; readonly adult: AdultId } | undefined
}

export interface KeptForm {
  readonly school: SchoolId | undefined
  readonly form: FormValues
}

interface Sealed {
  readonly school: string | null
  readonly fields: readonly [string, string][]
}

interface OwnerRow {
  readonly account_id: string
  readonly school_id: string | null
  readonly adult_id: string | null
  readonly form_secret: string
}

const keep = { name: 'form_keep', text: 'select form_keep($1, $2, $3, $4, $5)' }
const scopeEnter = { name: 'kept_form_scope_enter', text: 'select scope_enter($1, $2, $3, $4) as roles' }
const owner = { name: 'form_owner', text: 'select form_owner($1) as owner' }

/** Nobody's password waits in a database or on a page. */
export function isNeverKept(field: string): boolean {
  return /password|^code$|^secret$/i.test(field)
}

function fieldsToKeep(form: FormValues): [string, string][] {
  return form.entries().filter(([name]) => !isNeverKept(name))
}

/** The person whose session a form came from, by its token; nobody where the form is not one of ours or has nothing to keep. */
export async function ownerOfForm(tools: WorkTools, form: FormValues): Promise<FormOwner | undefined> {
  const token = form.text('_token')
  const session = claimedSession(token)
  if (session === undefined || fieldsToKeep(form).length === 0) return undefined
  const rows = await tools.database.transaction(async tx => ({
    commit: false,
    value: await tx.run<{ owner: OwnerRow | null }>(owner, [session]),
  }))
  const found = rows[0]?.owner
  if (!found || !isFormToken(found.form_secret, session, token)) return undefined
  const at =
    found.school_id && found.adult_id ? { school: found.school_id as SchoolId, adult: found.adult_id as AdultId } : undefined
  return { account: found.account_id as AccountId, at }
}

async function noteKept(
  tx: Tx,
  account: AccountId,
  { school, adult }: { school: SchoolId; adult: AdultId },
  keptForm: string,
  now: Instant,
) {
  const rows = await tx.run<{ roles: RoleId[] }>(scopeEnter, [school, adult, account, now])
  const actor: Actor = {
    kind: 'adult',
    schoolId: school,
    adultId: adult,
    accountId: account,
    name: '',
    roles: rows[0]?.roles ?? [],
    fileRoles: [],
  }
  const book = new WorkBook()
  book.notes.push({ event: 'kept-form.kept', facts: { keptForm } })
  await book.finish(tx, actor, now)
}

/** Keeps, sealed for one account, a form that came after its session had ended or with an old token. */
export async function keepForm(tools: WorkTools, of: FormOwner, path: string, form: FormValues, now: Instant): Promise<string> {
  const id = newId<string>()
  const content: Sealed = { school: of.at?.school ?? null, fields: fieldsToKeep(form) }
  const sealed = tools.sealing.seal(`account:${of.account}`, id, JSON.stringify(content))
  await tools.database.transaction(async tx => {
    await tx.run(keep, [of.account, id, path, sealed, now])
    if (of.at) await noteKept(tx, of.account, of.at, id, now)
    return { commit: true, value: undefined }
  })
  return id
}

/** Opens a kept form for its account; throws where it was sealed for another. */
export function openKeptForm(sealing: Sealing, account: AccountId, id: string, sealed: Buffer): KeptForm {
  const content = JSON.parse(sealing.open(`account:${account}`, id, sealed).toString('utf8')) as Sealed
  return { school: (content.school ?? undefined) as SchoolId | undefined, form: FormValues.of(content.fields) }
}
