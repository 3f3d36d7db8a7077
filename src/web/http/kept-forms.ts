import type { AccountId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { WorkTools } from '../../work/work.ts'
import { FormValues } from './form-values.ts'

const keep = { name: 'form_keep', text: 'select form_keep($1, $2, $3, $4, $5)' }

/** Keeps, sealed for one account, a form that came after its session had ended or with an old token. */
export async function keepForm(
  tools: WorkTools,
  account: AccountId,
  path: string,
  form: FormValues,
  now: Instant,
): Promise<string> {
  const id = newId<string>()
  const sealed = tools.sealing.seal(`account:${account}`, id, JSON.stringify(form.entries()))
  await tools.database.transaction(async tx => {
    await tx.run(keep, [account, id, path, sealed, now])
    return { commit: true, value: undefined }
  })
  return id
}

export function openKeptForm(sealing: WorkTools['sealing'], account: AccountId, id: string, sealed: Buffer): FormValues {
  return FormValues.of(JSON.parse(sealing.open(`account:${account}`, id, sealed).toString('utf8')) as [string, string][])
}
