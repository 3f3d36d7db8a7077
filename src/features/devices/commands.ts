import { type Actor, authorise } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { AgreementSigner } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { editionInForce } from '../training/index.ts'
import { findSigners, insertAgreement, insertDevice } from './store.ts'

/** A pupil, or a parent of theirs, agrees to the rules for devices in the edition that holds. */
export async function signAgreement(
  work: Work<Actor>,
  { childId, signer }: { readonly childId: ChildId; readonly signer: AgreementSigner },
): Promise<Result<undefined, 'nothing-to-agree-to'>> {
  const permit = authorise(work.someone, 'agreement.keep', { schoolId: work.school.id })
  const rule = work.profile.duties.devices
  if (!rule) return refused('nothing-to-agree-to')
  const { edition, on } = await editionInForce(work, rule.document)
  const today = localDate(work.now)
  await insertAgreement(work, permit, {
    ...{ id: newId<string>(), childId, document: rule.document, edition, editionOn: on, signer, agreedOn: today },
    by: work.someone.adultId,
  })
  work.note({
    event: 'agreement.signed',
    subjectKind: 'child',
    subject: childId,
    facts: { document: rule.document, edition, signer },
  })
  return ok(undefined)
}

export interface NotAgreed {
  readonly code: 'not-agreed'
  readonly missing: readonly AgreementSigner[]
}

/** Hands a device to a pupil, unless somebody who must has not agreed to the rules. */
export async function issueDevice(
  work: Work<Actor>,
  { childId, device }: { readonly childId: ChildId; readonly device: string },
): Promise<Result<{ readonly id: string }, NotAgreed>> {
  const permit = authorise(work.someone, 'agreement.keep', { schoolId: work.school.id })
  const rule = work.profile.duties.devices
  const id = newId<string>()
  if (!rule) return ok({ id })
  const { on } = await editionInForce(work, rule.document)
  const signed = await findSigners(work, permit, childId, rule.document, on)
  const missing = rule.signers.filter(signer => !signed.includes(signer))
  work.note({ event: 'device.decided', subjectKind: 'child', subject: childId, facts: { missing } })
  if (missing.length > 0) return refused({ code: 'not-agreed', missing })
  await insertDevice(work, permit, {
    id,
    childId,
    device,
    document: rule.document,
    signers: rule.signers,
    by: work.someone.adultId,
  })
  return ok({ id })
}
