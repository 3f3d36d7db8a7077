import type { AccountId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Sealing } from '../../platform/sealing.ts'
import type { WorkTools } from '../../work/work.ts'
import { claimedSession, isFormToken } from './form-token.ts'
import { FormValues } from './form-values.ts'

/** Names the kept form that a form was filled from, so that it is dropped when that form has been taken. */
export const keptFormName = '_kept'

/** Who a form was drawn for, and at which of their schools. */
export interface FormOwner {
  readonly account: AccountId
  readonly school: SchoolId | undefined
}

export interface KeptForm {
  readonly school: SchoolId | undefined
  readonly form: FormValues
}

interface Sealed {
  readonly school: string | null
  readonly fields: readonly [string, string][]
}

const keep = { name: 'form_keep', text: 'select form_keep($1, $2, $3, $4, $5)' }
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
    value: await tx.run<{ owner: { account_id: string; school_id: string | null; form_secret: string } | null }>(owner, [
      session,
    ]),
  }))
  const found = rows[0]?.owner
  if (!found || !isFormToken(found.form_secret, session, token)) return undefined
  return { account: found.account_id as AccountId, school: (found.school_id ?? undefined) as SchoolId | undefined }
}

/** Keeps, sealed for one account, a form that came after its session had ended or with an old token. */
export async function keepForm(tools: WorkTools, of: FormOwner, path: string, form: FormValues, now: Instant): Promise<string> {
  const id = newId<string>()
  const content: Sealed = { school: of.school ?? null, fields: fieldsToKeep(form) }
  const sealed = tools.sealing.seal(`account:${of.account}`, id, JSON.stringify(content))
  await tools.database.transaction(async tx => {
    await tx.run(keep, [of.account, id, path, sealed, now])
    return { commit: true, value: undefined }
  })
  return id
}

/** Opens a kept form for its account; throws where it was sealed for another. */
export function openKeptForm(sealing: Sealing, account: AccountId, id: string, sealed: Buffer): KeptForm {
  const content = JSON.parse(sealing.open(`account:${account}`, id, sealed).toString('utf8')) as Sealed
  return { school: (content.school ?? undefined) as SchoolId | undefined, form: FormValues.of(content.fields) }
}
