import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { AgreementSigner } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'

type Keeping = Permit<'agreement.keep'>

const agree = {
  name: 'device_agreement_insert',
  text: `insert into agreement (school_id, id, child_id, document, edition, edition_on, signer, agreed_on, recorded_at, recorded_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
}

export async function insertAgreement(
  work: Work,
  _permit: Keeping,
  agreement: {
    readonly id: string
    readonly childId: ChildId
    readonly document: string
    readonly edition: string
    readonly editionOn: PlainDate
    readonly signer: AgreementSigner
    readonly agreedOn: PlainDate
    readonly by: AdultId
  },
): Promise<void> {
  const { id, childId, document, edition, editionOn, signer, agreedOn, by } = agreement
  await work.tx.run(agree, [work.school.id, id, childId, document, edition, editionOn, signer, agreedOn, work.now, by])
}

const signers = {
  name: 'device_signers',
  text: 'select distinct signer from agreement where school_id = $1 and child_id = $2 and document = $3 and edition_on >= $4',
}

/** Who has agreed to these rules in an edition that counts. */
export async function findSigners(
  work: Work,
  _permit: Keeping,
  childId: ChildId,
  document: string,
  editionOn: PlainDate,
): Promise<readonly AgreementSigner[]> {
  const rows = await work.tx.run<{ signer: AgreementSigner }>(signers, [work.school.id, childId, document, editionOn])
  return rows.map(({ signer }) => signer)
}

const issue = {
  name: 'device_issue_insert',
  text: `insert into device_issue (school_id, id, child_id, device, document, signers, issued_at, issued_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
}

export async function insertDevice(
  work: Work,
  _permit: Keeping,
  handed: {
    readonly id: string
    readonly childId: ChildId
    readonly device: string
    readonly document: string
    readonly signers: readonly AgreementSigner[]
    readonly by: AdultId
  },
): Promise<void> {
  const { id, childId, device, document, signers: agreed, by } = handed
  await work.tx.run(issue, [work.school.id, id, childId, device, document, agreed, work.now, by])
}
