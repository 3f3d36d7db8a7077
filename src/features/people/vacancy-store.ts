import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'

const vacancies = {
  name: 'people_vacancies',
  text: `with held as (
      select p.role, p.adult_id, p.ends_at, (p.ends_at is null or p.ends_at > $2) as "isHeld" from appointment p
      where p.school_id = $1 and p.starts_at <= $2 and (p.role = any ($3) or p.role = any ($4)))
    select coalesce((select jsonb_agg(post.role order by post.place) from unnest($3::text[]) with ordinality as post (role, place)
        where not exists (select from held h where h.role = post.role and h."isHeld")
          and not exists (select from notice n where n.school_id = $1 and n.topic = 'vacant-post' and n.rule = post.role
            and n.told_at >= coalesce((select max(h.ends_at) from held h where h.role = post.role), '-infinity'))), '[]') as posts,
      (select coalesce(jsonb_agg(distinct h.adult_id), '[]') from held h where h."isHeld" and h.role = any ($4)) as listeners`,
}

export interface Vacancies {
  /** Held by nobody, and not told since they fell vacant. */
  readonly posts: readonly RoleId[]
  readonly listeners: readonly AdultId[]
}

export async function findUntoldVacancies(
  work: Work,
  _permit: Permit<'alert.tell'>,
  posts: readonly RoleId[],
  listeners: readonly RoleId[],
): Promise<Vacancies> {
  const [row] = await work.tx.run<Vacancies>(vacancies, [work.school.id, work.now, posts, listeners])
  if (!row) throw new Error('the query gives one row')
  return row
}
