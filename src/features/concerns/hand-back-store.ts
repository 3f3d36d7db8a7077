import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'

const open = {
  name: 'hand_back_open',
  text: `insert into hand_back (school_id, id, concern_id, reference, by_id, opened_at, excluded)
    select $1, $2, c.id, c.reference, $4, $5, c.excluded from concern c
    where c.school_id = $1 and c.id = $3 and not (c.state = 'closed') and not ($4 = any (c.excluded)) on conflict do nothing`,
}

/** Whoever stands in for the safeguarding team on a concern owes the DSL a note of it; asked twice, they owe one. No content. */
export async function openHandBack(work: Work, concernId: ConcernId, byId: AdultId): Promise<void> {
  await work.tx.run(open, [work.school.id, newId<string>(), concernId, byId, work.now])
}
