import type { Permit } from '../../access/index.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { namesAtRisk } from '../concerns/index.ts'
import type { WithoutFileRow } from './page-model.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`
const part = (kind: string, at: string, by: string, says: string) =>
  `jsonb_build_object('kind', '${kind}', 'at', ${utcText(at)}, 'byName', ${nameOf(by)}, 'says', ${says})`

const list = {
  name: 'concerns_without_file',
  text: `select c.id, c.reference, c.state, c.urgent, ${utcText('c.recorded_at')} as "recordedAt", ${nameOf('c.owner_id')} as "ownerName", ${namesAtRisk('c.id')} as "atRisk",
      (select coalesce(jsonb_agg(jsonb_build_object('childId', k.id, 'name', trim(k.given_name || ' ' || k.family_name), 'description', coalesce(k.description, '')) order by k.id), '[]')
        from concern_child i join child k on k.school_id = $1 and k.id = i.child_id where i.school_id = $1 and i.concern_id = c.id and i.moved_to is null) as children,
      (select coalesce(jsonb_agg(p.part order by p.at, p.n), '[]') from (
        select a.written_at as at, 1 as n, ${part('reported', 'a.written_at', 'a.written_by', `concat_ws(E'\\n', nullif(a.child_words, ''), nullif(a.seen, ''), nullif(a.opinion, ''), nullif(a.done, ''))`)} as part
          from concern_account a where a.school_id = $1 and a.concern_id = c.id
        union all select a.at, 2, ${part('added', 'a.at', 'a.author_id', 'a.says')} from addendum a where a.school_id = $1 and a.concern_id = c.id
        union all select t.at, 3, ${part('triage', 't.at', 't.by_id', `concat_ws(E'\\n', nullif(t.urgent_says, ''), t.rationale)`)} from triage t where t.school_id = $1 and t.concern_id = c.id
        union all select d.at, 4, ${part('decision', 'd.at', 'd.by_id', `concat_ws(E'\\n', d.rationale, nullif(d.not_referring_because, ''), nullif(d.advice_from, ''))`)} from decision d where d.school_id = $1 and d.concern_id = c.id
        union all select l.closed_at, 5, ${part('closure', 'l.closed_at', 'l.closed_by', `concat_ws(E'\\n', l.summary, l.outcome, l.rationale)`)} from closure l where l.school_id = $1 and l.concern_id = c.id) p) as parts
    from concern c where c.school_id = $1 and not exists (select from concern_child i join child k on k.school_id = $1 and k.id = i.child_id
      where i.school_id = $1 and i.concern_id = c.id and i.moved_to is null and k.standing <> 'unidentified')
    order by c.recorded_at desc, c.id limit $2`,
}

/** Concerns that stand in nobody's file: about an adult, or about a child whom nobody has identified yet; the newest first. */
export function listWithoutFile(work: Work, _permit: Permit<'without-file.open'>, max: number): Promise<WithoutFileRow[]> {
  return work.tx.run<WithoutFileRow>(list, [work.school.id, max])
}
