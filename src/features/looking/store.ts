import type { Permit } from '../../access/index.ts'
import { startOfDay } from '../../kernel/london-time.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { type AskedQuestion, habitDays, type LookingFacts, lookedThroughDays, type Question } from './model.ts'

// Whoever is first to write the day down looks through it; how far the trail reached then is where the look of a later day begins.
const take = {
  name: 'looking_take',
  text: `insert into looking_watch (school_id, day, n) select $1, $2::date, coalesce((select n from audit_heads() where chain = 'main'), 0)
    on conflict do nothing returning coalesce((select max(w.n) from looking_watch w where w.school_id = $1 and w.day <= $3::date), 0) as after`,
}

const facts = { name: 'looking_of_days', text: 'select looking_of_days($1, $2, $3, $4, $5) as facts' }

/** What the read log says of a day that was not looked through yet; absent where it was. */
export async function takeDay(work: Work, _permit: Permit<'alert.tell'>, day: PlainDate): Promise<LookingFacts | undefined> {
  const [taken] = await work.tx.run<{ after: number }>(take, [work.school.id, day, addDays(day, -habitDays - 1)])
  if (!taken) return undefined
  const at = (days: number) => startOfDay(addDays(day, days))
  const rows = await work.tx.run<{ facts: LookingFacts }>(facts, [
    at(1 - lookedThroughDays),
    at(0),
    at(1),
    at(-habitDays),
    taken.after,
  ])
  return rows[0]?.facts
}

// The same of the same person is asked once while nobody has looked into it, and not again for some days.
const raise = {
  name: 'looking_raise',
  text: `insert into looking_question (school_id, id, kind, adult_id, child_id, times, usual, first_at, last_at, raised_at, audience, excluded)
    select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
    where not exists (select from looking_question q where q.school_id = $1 and q.kind = $3 and q.adult_id = $4 and q.child_id is not distinct from $5
      and (q.settled_at is null or q.settled_at > $13)) returning id`,
}

/** False where it is asked already. */
export async function saveQuestion(
  work: Work,
  _permit: Permit<'alert.tell'>,
  question: Question,
  audience: 'team' | 'head',
  day: PlainDate,
): Promise<boolean> {
  const { kind, adultId, childId, times, usual, firstAt, lastAt, excluded } = question
  const values = [kind, adultId, childId, times, usual, firstAt, lastAt, work.now, audience, excluded]
  const since = startOfDay(addDays(day, -lookedThroughDays))
  return (await work.tx.run(raise, [work.school.id, newId<string>(), ...values, since])).length > 0
}

const listed = {
  name: 'looking_list',
  text: `select q.id, q.kind, q.adult_id as "adultId", a.name as "adultName", case when scope_opens_files() then q.child_id end as "childId",
      case when scope_opens_files() then c.given_name || ' ' || c.family_name end as "childName", q.times, q.usual, ${utcText('q.first_at')} as "firstAt",
      ${utcText('q.last_at')} as "lastAt", ${utcText('q.raised_at')} as "raisedAt", q.excluded || coalesce(c.tied, '{}') as excluded,
      ${utcText('q.settled_at')} as "settledAt", s.name as "settledByName", q.says
    from looking_question q join adult a on a.school_id = q.school_id and a.id = q.adult_id left join child c on c.school_id = q.school_id and c.id = q.child_id
      left join adult s on s.school_id = q.school_id and s.id = q.settled_by
    where q.school_id = $1 and ($2::uuid is null or q.id = $2) and not coalesce(scope_adult() = any (c.tied), false)
    order by q.settled_at is not null, q.raised_at desc, q.id limit 100`,
}

/** What somebody may ask about, the open ones first. */
export function listQuestions(work: Work, _permit: Permit<'looking.settle'>): Promise<readonly AskedQuestion[]> {
  return work.tx.run<AskedQuestion>(listed, [work.school.id, null])
}

/** One of them, with what the permit is asked with. */
export async function findQuestion(work: Work, id: string): Promise<AskedQuestion | undefined> {
  return (await work.tx.run<AskedQuestion>(listed, [work.school.id, id]))[0]
}

const settle = {
  name: 'looking_settle',
  text: 'update looking_question set settled_at = $3, settled_by = $4, says = $5 where school_id = $1 and id = $2 and settled_at is null returning id',
}

/** False where a colleague was first. */
export async function saveSettled(work: Work, permit: Permit<'looking.settle'>, id: string, says: string): Promise<boolean> {
  const by = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  return (await work.tx.run(settle, [work.school.id, id, work.now, by, says])).length > 0
}
