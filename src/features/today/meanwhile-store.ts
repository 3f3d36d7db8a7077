import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { openAccounts } from '../accounts/index.ts'
import { namesAtRisk } from '../concerns/index.ts'
import type { MeanwhileFacts } from './model.ts'

const childrenOf = (
  concern: string,
) => `(select coalesce(jsonb_agg(trim(k.given_name || ' ' || k.family_name) order by x.involvement <> 'subject', k.family_name, k.given_name), '[]')
  from concern_child x join child k on k.school_id = $1 and k.id = x.child_id where x.school_id = $1 and x.concern_id = ${concern} and x.moved_to is null) || ${namesAtRisk(concern)}`

// Each begins at an index of what is still open, which is never much.
const meanwhile = {
  name: 'today_meanwhile',
  text: `select
    (select coalesce(jsonb_agg(r.row order by r.at), '[]') from (
      select min(a.told_at) as at, jsonb_build_object('concernId', c.id, 'reference', c.reference, 'children', ${childrenOf('c.id')}, 'state', c.state, 'urgent', c.urgent,
          'ownerName', (select name from adult where school_id = $1 and id = c.owner_id), 'says', jsonb_agg(a.says order by a.told_at, a.id), 'since', ${utcText('min(a.told_at)')}) as row
      from alert a join concern c on c.school_id = $1 and c.id = a.concern_id
      where a.school_id = $1 and a.adult_id = $2 and a.kind = 'for-return' and a.seen_at is null and ${notShutOut('c')}
      group by c.school_id, c.id) r) as "whileAway",
    (select coalesce(jsonb_agg(jsonb_build_object('concernId', c.id, 'reference', c.reference, 'children', ${childrenOf('c.id')}, 'byName', b.name, 'at', ${utcText('f.at')},
        'withWhom', f.with_whom, 'seenAt', ${utcText('f.seen_at')}) order by f.at, f.id), '[]')
      from fallback_step f join concern c on c.school_id = $1 and c.id = f.concern_id join adult b on b.school_id = $1 and b.id = f.by_id
      where f.school_id = $1 and f.countersigned_at is null and f.kind <> 'pressed' and ${notShutOut('c')}) as steps,
    (select coalesce(jsonb_agg(jsonb_build_object('concernId', c.id, 'reference', c.reference, 'children', ${childrenOf('c.id')}, 'byName', b.name, 'openedAt', ${utcText('h.opened_at')},
        'writtenAt', ${utcText('h.written_at')}) order by h.opened_at, h.id), '[]')
      from hand_back h join concern c on c.school_id = $1 and c.id = h.concern_id join adult b on b.school_id = $1 and b.id = h.by_id
      where h.school_id = $1 and h.seen_at is null and ${notShutOut('c')}) as "handBacks",
    ${openAccounts} as accounts`,
}

/** What happened in the reader's place: while they were out, without a DSL, and by whoever stood in. */
export async function getMeanwhileFacts(work: Work, _permit: Permit<'today.open'>, adultId: AdultId): Promise<MeanwhileFacts> {
  const [row] = await work.tx.run<MeanwhileFacts>(meanwhile, [work.school.id, adultId])
  if (!row) throw new Error('the query gives one row')
  return row
}
