import type { Permit } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { Glass, GlassChild, GlassFile, GlassOutcome } from './model.ts'

const child = {
  name: 'glass_child',
  text: `select id as "childId", given_name || ' ' || family_name as name, class_name as "className", tied from child where school_id = $1 and id = $2`,
}

/** Whose file it would be. The page asks for its permit with `tied` before it shows anything. */
export async function findGlassChild(work: Work, childId: string): Promise<GlassChild | undefined> {
  return (await work.tx.run<GlassChild>(child, [work.school.id, childId]))[0]
}

const open = { name: 'glass_open', text: 'select glass_break_open($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as told' }

const oversee = {
  name: 'oversight_open',
  text: 'select oversight_open($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as told',
}

/** Gives who was told; nobody, where each of them, or each of the leads, is outside, and then nothing was opened. */
export async function openForOversight(
  work: Work,
  _permit: Permit<'oversight.open' | 'oversight.ask'>,
  kind: 'oversight' | 'consultation',
  leads: readonly AdultId[],
  { id, childId, reason, hours, told, above, says, source, link }: NewGlass,
): Promise<readonly AdultId[]> {
  const values = [id, kind, childId, leads, reason, hours, told, above, work.now, says, source, link]
  return (await work.tx.run<{ told: readonly AdultId[] }>(oversee, values))[0]?.told ?? []
}

export interface NewGlass {
  readonly id: string
  readonly childId: string
  readonly reason: string
  readonly hours: number
  readonly told: readonly AdultId[]
  readonly above: readonly AdultId[]
  readonly says: string
  readonly source: string
  readonly link: string
}

/** Gives who was told of it; nobody, where each of them is outside, and then nothing was opened. */
export async function openGlass(work: Work, _permit: Permit<'glass.break'>, glass: NewGlass): Promise<readonly AdultId[]> {
  const { id, childId, reason, hours, told, above, says, source, link } = glass
  const values = [id, childId, reason, hours, told, above, work.now, says, source, link]
  return (await work.tx.run<{ told: readonly AdultId[] }>(open, values))[0]?.told ?? []
}

// Whoever answers for adults alone, such as a chair, learns who opened a file and when, and not whose it was: words may name the child.
const seesFiles = `(g.adult_id = scope_adult() or scope_opens_files() or scope_holds('{headteacher}'))`
const columns = `g.id, g.child_id as "childId", case when ${seesFiles} then c.given_name || ' ' || c.family_name end as "childName",
  g.adult_id as "adultId", a.name as "adultName", g.role, g.kind, case when ${seesFiles} then g.reason end as reason,
  g.begun_at as "begunAt", g.ends_at as "endsAt", g.told, g.reviewed_at as "reviewedAt", r.name as "reviewedByName", g.outcome,
  case when ${seesFiles} or g.reviewed_by = scope_adult() then g.says end as says, g.excluded || c.tied as excluded`
const joined = `from glass_break g join child c on c.school_id = g.school_id and c.id = g.child_id join adult a on a.school_id = g.school_id and a.id = g.adult_id
  left join adult r on r.school_id = g.school_id and r.id = g.reviewed_by where g.school_id = $1`

const one = { name: 'glass_one', text: `select ${columns} ${joined} and g.id = $2` }

/** One time that it was done, with what the access policy asks of it. */
export async function findGlass(work: Work, id: string): Promise<Glass | undefined> {
  return (await work.tx.run<Glass>(one, [work.school.id, id]))[0]
}

const listed = {
  name: 'glass_list',
  text: `select ${columns} ${joined} and not coalesce(scope_adult() = any (g.excluded || c.tied), false) order by g.reviewed_at is null desc, g.begun_at desc, g.id limit 100`,
}

/** One's own and those that one answers for, the unreviewed first. */
export function listGlass(work: Work, _permit: Permit<'glass.list'>): Promise<readonly Glass[]> {
  return work.tx.run<Glass>(listed, [work.school.id])
}

/** How many wait for the review of whoever asks, as a part of another query; row-level security leaves those that they answer for. */
const toReview = `(select count(*)::int from glass_break g where g.school_id = $1 and g.reviewed_at is null and g.adult_id <> scope_adult()`
export const glassToReview = `${toReview} and g.kind = 'urgent')`
export const casesToReview = `${toReview} and g.kind <> 'urgent')`

const file = {
  name: 'glass_file',
  text: `select jsonb_build_object('childName', c.given_name || ' ' || c.family_name, 'className', c.class_name,
    'statuses', (select coalesce(jsonb_agg(t.status order by t.status), '[]') from child_status t
      where t.school_id = $1 and t.child_id = $2 and (t.ends_on is null or t.ends_on >= ($3::timestamptz at time zone 'Europe/London')::date)),
    'contacts', (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'relation', k.relation, 'phone', k.phone, 'barred', k.barred)
      order by k.barred desc, k.priority, k.name), '[]') from child_contact k where k.school_id = $1 and k.child_id = $2 and (k.ends_at is null or k.ends_at > $3)),
    'entries', (select coalesce(jsonb_agg(jsonb_build_object('heading', e.heading, 'happenedOn', e.happened_on, 'authorName', a.name, 'words',
        case e.kind when 'concern' then (select coalesce(jsonb_agg(w.words order by o.part, w.n), '[]') from concern_account o,
            lateral (values (1, o.child_words), (2, o.seen), (3, o.opinion), (4, o.done)) as w (n, words)
            where o.school_id = $1 and o.concern_id = e.concern_id and w.words <> '' and e.involvement = 'subject')
          when 'note' then (select coalesce(jsonb_agg(n.says), '[]') from note n where n.school_id = $1 and n.id = e.note_id) else '[]'::jsonb end)
      order by e.happened_on desc, e.recorded_at desc, e.id), '[]')
      from entry e left join adult a on a.school_id = $1 and a.id = e.author_id where e.school_id = $1 and e.child_id = $2)) as file
    from child c where c.school_id = $1 and c.id = $2 and scope_broke_glass(c.id)`,
}

/** The file, where the database says that it is open to whoever reads. */
export async function findGlassFile(work: Work, _permit: Permit<'glass.read'>, childId: string): Promise<GlassFile | undefined> {
  return (await work.tx.run<{ file: GlassFile }>(file, [work.school.id, childId, work.now]))[0]?.file
}

const review = {
  name: 'glass_review',
  text: `update glass_break set reviewed_at = $3, reviewed_by = $4, outcome = $5, says = $6, ends_at = least(ends_at, greatest($3, begun_at + interval '1 second'))
    where school_id = $1 and id = $2 and reviewed_at is null returning ${utcText('reviewed_at')} as at`,
}

/** False where somebody else has reviewed it. */
export async function saveReview(
  work: Work,
  _permit: Permit<'glass.review'>,
  id: string,
  by: AdultId,
  { outcome, says }: { readonly outcome: GlassOutcome; readonly says: string },
): Promise<boolean> {
  return (await work.tx.run(review, [work.school.id, id, work.now, by, outcome, says])).length === 1
}
