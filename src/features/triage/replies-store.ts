import type { Permit } from '../../access/index.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { WayItCame } from '../concerns/index.ts'
import type { ConcernFacts } from './model.ts'
import type { NewReply } from './replies.ts'

/** SQL: what those who told us heard back, as the reader may see it; the school is $1. */
export const repliesOf = (concern: string) =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'whom', y.whom, 'kind', y.kind, 'at', ${utcText('y.at')}, 'givenBy', y.given_by, 'says', y.says, 'because', y.because,
      'leftOut', y.left_out, 'recordedAt', ${utcText('y.recorded_at')}, 'byName', (select name from adult where school_id = $1 and id = y.by_id)) order by y.recorded_at, y.id), '[]')
    from reply y where y.school_id = $1 and y.concern_id = ${concern})`

/** Who told us, and who the parents and carers of the children are, as far as the school knows. */
export interface ToldBy {
  readonly came: WayItCame | null
  readonly onBehalfReason: string | null
  readonly name: string | null
  /** Of each child whom it is about. */
  readonly contacts: readonly (readonly string[])[]
}

const toldBy = {
  name: 'reply_told_by',
  text: `select (select came from concern_source where school_id = $1 and concern_id = $2) as came, c.on_behalf_reason as "onBehalfReason",
      coalesce(c.on_behalf_of, c.outside_reporter) as name,
      (select coalesce(jsonb_agg((select coalesce(jsonb_agg(p.name), '[]') from child_contact p where p.school_id = $1 and p.child_id = x.child_id
        and (p.ends_at is null or p.ends_at > $3))), '[]')
        from concern_child x where x.school_id = $1 and x.concern_id = $2 and x.moved_to is null and x.involvement = 'subject') as contacts
    from concern c where c.school_id = $1 and c.id = $2`,
}

export async function findToldBy(
  work: Work,
  _permit: Permit<'reply.record'>,
  concern: Pick<ConcernFacts, 'id'>,
): Promise<ToldBy> {
  const [row] = await work.tx.run<ToldBy>(toldBy, [work.school.id, concern.id, work.now])
  return row ?? { came: null, onBehalfReason: null, name: null, contacts: [] }
}

const insert = {
  name: 'reply_insert',
  text: `insert into reply (school_id, id, concern_id, whom, kind, at, given_by, says, because, own_child, left_out, recorded_at, by_id, excluded)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
}

export async function insertReply(
  work: Work,
  _permit: Permit<'reply.record'>,
  concern: Pick<ConcernFacts, 'id' | 'excluded'>,
  row: NewReply & { readonly id: string; readonly by: string },
): Promise<void> {
  const { id, whom, kind, at, givenBy, says, because, ownChild, leftOut, by } = row
  await work.tx.run(insert, [
    ...[work.school.id, id, concern.id, whom, kind, at, givenBy, says, because, ownChild, leftOut, work.now, by],
    concern.excluded,
  ])
}
