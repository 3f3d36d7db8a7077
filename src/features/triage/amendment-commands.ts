import type { Actor, Permit } from '../../access/index.ts'
import type { EntryId } from '../../kernel/ids.ts'
import { ok } from '../../kernel/result.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import { insertAmendment } from './amendment-store.ts'
import type { Step } from './commands.ts'
import type { ConcernFacts, JudgementKind, NewAmendment } from './model.ts'
import { entriesFor } from './rules.ts'
import { saveConcernChange } from './store.ts'

const headings: Readonly<Record<JudgementKind, string>> = {
  triage: 'Triage corrected',
  decision: 'Decision corrected',
  closure: 'Closing corrected',
}

/** Puts a correction beside what was judged. Neither the judgement nor the state of the concern changes. */
export async function amend(
  work: Work<Actor>,
  permit: Permit<'concern.amend'>,
  concern: ConcernFacts,
  amendment: NewAmendment,
): Step<true> {
  const id = newId<string>()
  const { kind } = amendment.judgement
  await insertAmendment(work, permit, concern, { ...amendment, id })
  await saveConcernChange(work, permit, concern, {
    entries: entriesFor(concern, { kind, subject: headings[kind], alleged: headings[kind] }, work.now, () => newId<EntryId>()),
  })
  work.note({
    event: 'concern.amended',
    subjectKind: 'concern',
    subject: concern.id,
    facts: { amendment: id, kind, judgement: amendment.judgement.id },
  })
  return ok(true)
}
