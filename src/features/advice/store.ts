import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { TouchedConcern } from '../contacts-made/index.ts'
import type { AskedAbout, NewAdvice } from './model.ts'

/** SQL: the advice on a concern that the reader may see, for a statement with the school as $1. */
export const adviceOf = (concern: string, only = '') =>
  `(select coalesce(jsonb_agg(jsonb_build_object('id', y.id, 'contact', y.contact, 'agency', y.agency, 'withWhom', y.with_whom, 'at', ${utcText('y.at')}, 'named', y.named,
      'asked', y.asked, 'says', y.says, 'reference', y.reference, 'decided', y.decided, 'because', y.because, 'followed', y.followed,
      'byName', (select name from adult where school_id = $1 and id = y.by_id)) order by y.at, y.id), '[]')
    from advice y where y.school_id = $1 and y.concern_id = ${concern}${only})`

const about = {
  name: 'advice_about',
  text: `select c.prompts, coalesce((select to_jsonb(t.categories) from triage t where t.school_id = $1 and t.concern_id = c.id order by t.at desc, t.id desc limit 1), '[]') as categories,
      (select coalesce(jsonb_agg(distinct k.home_authority), '[]') from child k where k.school_id = $1 and k.id = any ($3)) as homes
    from concern c where c.school_id = $1 and c.id = $2`,
}

/** What was reported and judged, and where its children live, as far as the reader may know it. */
export async function getAskedAbout(
  work: Work,
  _permit: Permit<'advice.own'> | Permit<'advice.record'>,
  concern: TouchedConcern,
): Promise<AskedAbout> {
  const children = concern.children.map(({ childId }) => childId)
  type Row = Omit<AskedAbout, 'homes'> & { homes: readonly (string | null)[] }
  const [row] = await work.tx.run<Row>(about, [work.school.id, concern.id, children])
  if (!row) return { prompts: [], categories: [], homes: [] }
  return { ...row, homes: row.homes.map(home => home ?? undefined) }
}

const insert = {
  name: 'advice_add',
  text: `with entries as (insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, involvement, excluded)
      select $1, e.id, e."childId", 'contact', e.heading, e."happenedOn", e."happenedAtTime", $4, $3, $2, e.involvement, $5
      from jsonb_to_recordset($6::jsonb) as e (id uuid, "childId" uuid, heading text, "happenedOn" date, "happenedAtTime" text, involvement text))
    insert into advice (school_id, id, concern_id, by_id, recorded_at, excluded, reporter_id, contact, agency, with_whom, at, named, asked, says, reference, decided, because, followed)
    values ($1, $7, $2, $3, $4, $5, $3, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
}

export interface AdviceEntry {
  readonly id: string
  readonly childId: string
  readonly heading: string
  readonly happenedOn: string
  readonly happenedAtTime: string
  readonly involvement: string
}

/** Keeps advice with its place in the children's chronologies; gives its id. */
export async function insertAdvice(
  work: Work,
  _permit: Permit<'advice.own'> | Permit<'advice.record'>,
  concern: TouchedConcern,
  by: AdultId,
  advice: NewAdvice,
  entries: readonly AdviceEntry[],
): Promise<string> {
  const id = newId<string>()
  const { contact, agency, withWhom, at, named, asked, says, reference, after } = advice
  await work.tx.run(insert, [
    ...[work.school.id, concern.id, by, work.now, concern.access.excluded ?? [], JSON.stringify(entries), id],
    ...[contact, agency, withWhom, at, named, asked, says, reference],
    ...[after?.decided ?? null, after?.because ?? null, after?.followed ?? null],
  ])
  return id
}
