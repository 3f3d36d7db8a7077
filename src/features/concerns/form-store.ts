import type { Permit } from '../../access/index.ts'
import type { Work } from '../../work/work.ts'
import { plainName } from '../people/index.ts'
import { type FormFacts, type FormQuestion, foundMax, type KnownAdult, type KnownChild, type TeamMember } from './form-model.ts'

const formFacts = {
  name: 'concern_form_facts',
  text: `with shown as not materialized (
      select id, given_name || ' ' || family_name || coalesce(' (known as ' || known_as || ')', '') as name,
        concat_ws(', ', year_group, class_name, case standing when 'left' then 'has left' when 'dual' then 'also at ' || coalesce(other_school, 'another school') end) as says,
        family_name, given_name, ' ' || search_name as search_name, standing
      from child where school_id = $1)
    select
    (select coalesce(jsonb_agg(jsonb_build_object('childId', id, 'name', name, 'says', says)), '[]') from shown where id = any ($2::uuid[])) as chosen,
    (select coalesce(jsonb_agg(jsonb_build_object('childId', id, 'name', name, 'says', says) order by family_name, given_name, id), '[]') from
      (select * from shown where cardinality($3::text[]) > 0 and not exists (select 1 from unnest($3::text[]) as p where search_name not like p)
        and (standing in ('on-roll', 'dual', 'left') or scope_opens_files()) order by family_name, given_name, id limit $8) as f) as found,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', id, 'name', name, 'says', coalesce(job_title, '')) order by name, id), '[]') from (
      select id, name, job_title from adult where school_id = $1 and id = any ($4::uuid[])
      union all select id, name, job_title from adult where $5 and school_id = $1 and kind <> 'parent' and not (id = any ($4::uuid[]))) a) as adults,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', p.adult_id, 'role', p.role,
        'name', (select name from adult a where a.school_id = $1 and a.id = p.adult_id), 'phone', (select phone from adult a where a.school_id = $1 and a.id = p.adult_id),
        'absent', exists (select 1 from absence x where x.school_id = $1 and x.adult_id = p.adult_id and x.starts_at <= $6 and (x.ends_at is null or x.ends_at > $6))) order by p.starts_at, p.id), '[]')
      from appointment p
      where p.school_id = $1 and p.role = any ($7) and p.starts_at <= $6 and (p.ends_at is null or p.ends_at > $6)) as team`,
}

interface FactsRow {
  readonly chosen: KnownChild[]
  readonly found: KnownChild[]
  readonly adults: KnownAdult[]
  readonly team: TeamMember[]
}

/** Names, years and classes of children asked for by name or id; nothing of their files. */
export async function getFormFacts(
  work: Work,
  _permit: Permit<'concern.record'> | Permit<'draft.own'> | Permit<'conduct.advice'>,
  question: FormQuestion,
): Promise<FormFacts> {
  const patterns = plainName(question.findChild)
    .split(' ')
    .filter(word => word !== '')
    .map(word => `% ${word}%`)
  const [row] = await work.tx.run<FactsRow>(formFacts, [
    work.school.id,
    question.childIds,
    patterns,
    question.adultIds,
    question.needsAdults,
    work.now,
    question.roles,
    foundMax + 1,
  ])
  if (!row) throw new Error('the facts query gives one row')
  return {
    chosen: row.chosen,
    found: row.found.slice(0, foundMax),
    moreFound: row.found.length > foundMax,
    chosenAdults: row.adults.filter(adult => question.adultIds.includes(adult.adultId)),
    adults: question.needsAdults ? row.adults : [],
    team: row.team,
  }
}
