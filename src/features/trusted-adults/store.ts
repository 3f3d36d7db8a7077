import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { Work } from '../../work/work.ts'
import type { PupilOnRoll } from '../attendance/index.ts'
import type { AdultHere, PupilToAsk, TrustedAdult } from './model.ts'

type TrustPermit = Permit<'trusted-adult.keep'>

const readerOf = ({ someone }: TrustPermit) => (someone.kind === 'adult' ? someone.adultId : null)

const counted = { name: 'trusted_adults_counted', text: 'select pupils, named from trusted_adults_counted($1)' }

/** How many pupils are on roll, and how many of them have named somebody who works here. */
export async function countTrusted(
  work: Work,
  _permit: TrustPermit,
): Promise<{ readonly pupils: number; readonly named: number }> {
  const [row] = await work.tx.run<{ pupils: number; named: number }>(counted, [work.now])
  return row ?? { pupils: 0, named: 0 }
}

const works = `exists (select from appointment p where p.school_id = $1 and p.adult_id = t.adult_id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2))`

const toAsk = {
  name: 'trusted_adults_to_ask',
  text: `select c.id as "childId", c.given_name as "givenName", c.family_name as "familyName", c.class_name as "className",
      (select name from adult where school_id = $1 and id = t.adult_id) as named
    from child c left join trusted_adult t on t.school_id = $1 and t.child_id = c.id
    where c.school_id = $1 and c.standing in ('on-roll', 'dual') and not coalesce($3 = any (c.tied), false) and (t.child_id is null or not ${works})
    order by c.class_name nulls last, c.family_name, c.given_name, c.id`,
}

/** The pupils on roll who have named nobody, or somebody who has left. */
export function listToAsk(work: Work, permit: TrustPermit): Promise<PupilToAsk[]> {
  return work.tx.run<PupilToAsk>(toAsk, [work.school.id, work.now, readerOf(permit)])
}

const people = {
  name: 'trusted_adults_people',
  text: `select (select coalesce(jsonb_agg(jsonb_build_object('childId', id, 'givenName', given_name, 'familyName', family_name, 'knownAs', known_as, 'className', class_name,
        'isTied', coalesce($3 = any (tied), false))), '[]') from child where school_id = $1 and standing in ('on-roll', 'dual')) as roll,
      (select coalesce(jsonb_agg(jsonb_build_object('adultId', t.id, 'name', t.name)), '[]') from (select a.id, a.id as adult_id, a.name from adult a where a.school_id = $1) t where ${works}) as adults`,
}

export interface SchoolPeople {
  readonly roll: readonly PupilOnRoll[]
  readonly adults: readonly AdultHere[]
}

/** Everybody on roll and everybody who works here, to be found by name in a paste. */
export async function getPeople(work: Work, permit: TrustPermit): Promise<SchoolPeople> {
  const [row] = await work.tx.run<SchoolPeople>(people, [work.school.id, work.now, readerOf(permit)])
  return row ?? { roll: [], adults: [] }
}

const facts = {
  name: 'trusted_adult_children',
  text: `select id, tied from child where school_id = $1 and id = any ($2) and standing in ('on-roll', 'dual')`,
}

/** The pupils with whoever is tied to them. Before the permit. */
export function listTies(
  work: Work,
  ids: readonly ChildId[],
): Promise<{ readonly id: ChildId; readonly tied: readonly AdultId[] }[]> {
  return work.tx.run(facts, [work.school.id, ids])
}

const keep = {
  name: 'trusted_adult_keep',
  text: `insert into trusted_adult (school_id, child_id, adult_id, chosen_on, recorded_at, recorded_by)
    select $1, n."childId", n."adultId", $3, $4, $5 from jsonb_to_recordset($2::jsonb) as n ("childId" uuid, "adultId" uuid)
    on conflict (school_id, child_id) do update set adult_id = excluded.adult_id, chosen_on = excluded.chosen_on, recorded_at = excluded.recorded_at,
      recorded_by = excluded.recorded_by`,
}

/** Keeps whom pupils named, in place of whom they named before. */
export async function saveTrusted(work: Work, permit: TrustPermit, named: readonly TrustedAdult[]): Promise<void> {
  await work.tx.run(keep, [work.school.id, JSON.stringify(named), localDate(work.now), work.now, readerOf(permit)])
}
