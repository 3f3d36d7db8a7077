import type { Permit } from '../../access/index.ts'
import type { AdultId, ClockId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { AlertToSend, ClockToStart } from '../concerns/index.ts'
import type { Challenge, ChallengesOf, OpenChallenge, Standing } from './model.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

// Put outside the concern after asking: their own words stay theirs, what became of them does not.
const unlessOutside = (value: string) => `case when not ($3 = any (h.excluded)) then ${value} end`

/** SQL: the challenges that somebody wrote of a concern of their own, for a statement with the school as $1, the concern as $2 and them as $3. */
export const ownChallenges = `(select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'at', ${utcText('h.at')}, 'says', h.says, 'isOutside', $3 = any (h.excluded),
    'to', ${unlessOutside(nameOf('h.to_id'))}, 'dueAt', ${unlessOutside(utcText('h.due_at'))}, 'reply', ${unlessOutside('h.reply')},
    'repliedAt', ${unlessOutside(utcText('h.replied_at'))}, 'repliedBy', ${unlessOutside(nameOf('h.replied_by'))}) order by h.at, h.id), '[]')
  from challenge h where h.school_id = $1 and h.concern_id = $2 and h.by_id = $3)`

/** SQL: the challenges of a concern as the team reads them, for a statement with the school as $1 and the concern as $2. */
export const challengesOf = `(select coalesce(jsonb_agg(jsonb_build_object('id', h.id, 'byId', h.by_id, 'by', ${nameOf('h.by_id')}, 'isOutside', h.by_id = any (h.excluded), 'at', ${utcText('h.at')}, 'says', h.says, 'toId', h.to_id,
    'to', ${nameOf('h.to_id')}, 'deciders', to_jsonb(h.deciders), 'reopened', h.reopened, 'dueAt', ${utcText('h.due_at')}, 'reply', h.reply,
    'repliedAt', ${utcText('h.replied_at')}, 'repliedBy', ${nameOf('h.replied_by')}) order by h.at desc, h.id), '[]')
  from challenge h where h.school_id = $1 and h.concern_id = $2)`

const lock = {
  name: 'challenge_lock_concern',
  text: 'select id from concern where school_id = $1 and id = $2 for update',
}
const standing = { name: 'own_concern_standing', text: 'select own_concern_standing($1) as standing' }

/** Where a concern of one's own stands, with the concern held until the transaction ends. */
export async function findStandingForUpdate(
  work: Work,
  _permit: Permit<'concern.challenge'> | Permit<'agency-call.own'> | Permit<'family-contact.own'>,
  id: ConcernId,
): Promise<Standing | undefined> {
  await work.tx.run(lock, [work.school.id, id])
  const [row] = await work.tx.run<{ standing: Standing | null }>(standing, [id])
  if (!row?.standing) return undefined
  const { triagedAt } = row.standing
  return { ...row.standing, triagedAt: triagedAt && (new Date(triagedAt).toISOString() as Instant) }
}

const own = {
  name: 'challenge_own',
  text: `select ${ownChallenges} as challenges`,
}

/** What one has challenged of a concern of one's own, and what one was answered. */
export async function findOwnChallenges(
  work: Work,
  permit: Permit<'concern.challenge'>,
  id: ConcernId,
): Promise<readonly Challenge[]> {
  const by = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  const [row] = await work.tx.run<{ challenges: Challenge[] }>(own, [work.school.id, id, by])
  return row?.challenges ?? []
}

const reopen = { name: 'own_concern_reopen', text: 'select own_concern_reopen($1, $2, $3, $4, $5)' }

export async function reopenOwn(
  work: Work,
  _permit: Permit<'concern.challenge'>,
  id: ConcernId,
  as: { readonly because: string; readonly ownerId: AdultId | null; readonly lookAt: Instant },
): Promise<void> {
  await work.tx.run(reopen, [id, as.because, as.ownerId, work.now, as.lookAt])
}

const alertRows = (alerts: string, excluded: string, now: string, concern: string) =>
  `insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, a.id, ${concern}, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, ${now}, ${excluded}
    from jsonb_to_recordset(${alerts}) as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text)`

const insert = {
  name: 'challenge_add',
  text: `with alerts as (${alertRows(`$6::jsonb -> 'alerts'`, '$5', '$4', '$2')}),
    clocks as (insert into clock (school_id, id, name, rule, says, source, standing, concern_id, owner_id, basis_at, duration_unit, duration_count, due_at, excluded)
      select $1, c.id, c.name, c.rule, c.says, c.source, c.standing, $2, c."ownerId", c."basisAt", c."durationUnit", c."durationCount", c."dueAt", $5
      from jsonb_to_recordset($6::jsonb -> 'clocks') as c (id uuid, name text, rule text, says text, source text, standing text, "ownerId" uuid, "basisAt" timestamptz,
        "durationUnit" text, "durationCount" integer, "dueAt" timestamptz)),
    entries as (insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, involvement, excluded)
      select $1, e.id, e."childId", e.kind, e.heading, e."happenedOn", e."happenedAtTime", $4, $3, $2, e.involvement, $5
      from jsonb_to_recordset($6::jsonb -> 'entries') as e (id uuid, "childId" uuid, kind text, heading text, "happenedOn" date, "happenedAtTime" text, involvement text))
    insert into challenge (school_id, id, concern_id, by_id, at, says, salt, reopened, deciders, to_id, asked, clock_id, due_at, excluded)
    values ($1, $7, $2, $3, $4, $8, $9, $10, $11, $12, $13, $14, $15, $5)`,
}

/** An item for a child's chronology. */
export interface EntryOf {
  readonly id: string
  readonly childId: string
  readonly kind: 'addendum' | 'reopening' | 'contact' | 'parents'
  readonly heading: string
  readonly happenedOn: string
  readonly happenedAtTime: string
  readonly involvement: string
}

export interface NewChallenge {
  readonly id: string
  readonly concernId: ConcernId
  readonly excluded: readonly AdultId[]
  readonly by: AdultId
  readonly says: string
  readonly salt: Buffer
  readonly reopened: boolean
  readonly deciders: readonly AdultId[]
  readonly toId: AdultId | null
  readonly asked: readonly AdultId[]
  readonly clock: ClockToStart | undefined
  readonly alerts: readonly AlertToSend[]
  readonly entries: readonly EntryOf[]
}

export async function insertChallenge(work: Work, _permit: Permit<'concern.challenge'>, row: NewChallenge): Promise<void> {
  const { alerts, entries, clock } = row
  await work.tx.run(insert, [
    work.school.id,
    row.concernId,
    row.by,
    work.now,
    row.excluded,
    JSON.stringify({ alerts, entries, clocks: clock ? [clock] : [] }),
    row.id,
    row.says,
    row.salt,
    row.reopened,
    row.deciders,
    row.toId,
    row.asked,
    clock?.id ?? null,
    clock?.dueAt ?? null,
  ])
}

// Whoever answers may be nobody of the team: the concern's own row is then not theirs to read, and is not asked for.
const ofConcern = {
  name: 'challenge_of_concern',
  text: `select ${challengesOf} as challenges,
      (select coalesce(jsonb_object_agg(id, encode(salt, 'hex')), '{}') from challenge where school_id = $1 and concern_id = $2) as salts,
      (select excluded from challenge where school_id = $1 and concern_id = $2 limit 1) as excluded,
      (select reference from concern where school_id = $1 and id = $2) as reference,
      (select coalesce(jsonb_agg(jsonb_build_object('childId', k.child_id, 'involvement', k.involvement)), '[]') from concern_child k
        where k.school_id = $1 and k.concern_id = $2 and k.moved_to is null) as children`,
}

interface OfConcernRow {
  readonly challenges: readonly Challenge[]
  readonly salts: Readonly<Record<string, string>>
  readonly excluded: readonly AdultId[] | null
  readonly reference: string | null
  readonly children: Standing['children']
}

/** The challenges of a concern with their access facts; the caller asks for the permit. */
export async function findChallengesOf(work: Work, id: ConcernId): Promise<ChallengesOf | undefined> {
  const [row] = await work.tx.run<OfConcernRow>(ofConcern, [work.school.id, id])
  if (!row || row.challenges.length === 0) return undefined
  const open = row.challenges.find(challenge => challenge.reply === null)
  return {
    concernId: id,
    reference: row.reference ?? '',
    challenges: row.challenges.map(challenge => ({ ...challenge, salt: Buffer.from(row.salts[challenge.id] ?? '', 'hex') })),
    children: row.children,
    access: { schoolId: work.school.id, id, excluded: row.excluded ?? [], ownerId: open?.toId ?? undefined },
  }
}

const reply = { name: 'challenge_reply', text: 'select challenge_reply($1, $2, $3) as "concernId"' }

/** Keeps the answer; false where it was answered before or is not theirs to answer. */
export async function saveReply(work: Work, _permit: Permit<'challenge.answer'>, id: string, says: string): Promise<boolean> {
  const [row] = await work.tx.run<{ concernId: ConcernId | null }>(reply, [id, says, work.now])
  return row?.concernId != null
}

const replied = {
  name: 'challenge_replied',
  text: `with alerts as (${alertRows(`$6::jsonb -> 'alerts'`, '$5', '$4', '$2')})
    insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, involvement, excluded)
    select $1, e.id, e."childId", e.kind, e.heading, e."happenedOn", e."happenedAtTime", $4, $3, $2, e.involvement, $5
    from jsonb_to_recordset($6::jsonb -> 'entries') as e (id uuid, "childId" uuid, kind text, heading text, "happenedOn" date, "happenedAtTime" text, involvement text)`,
}

/** The trace of an answer, and the alert to whoever asked. */
export async function insertReplied(
  work: Work,
  _permit: Permit<'challenge.answer'>,
  row: {
    readonly concernId: ConcernId
    readonly excluded: readonly AdultId[]
    readonly by: AdultId
    readonly alerts: readonly AlertToSend[]
    readonly entries: readonly EntryOf[]
  },
): Promise<void> {
  const { alerts, entries } = row
  const more = JSON.stringify({ alerts, entries })
  await work.tx.run(replied, [work.school.id, row.concernId, row.by, work.now, row.excluded, more])
}

const open = {
  name: 'challenge_open',
  text: `select h.id, h.concern_id as "concernId", h.by_id as "byId", h.to_id as "toId", h.asked, h.deciders, h.excluded, h.clock_id as "clockId", h.due_at as "dueAt"
    from challenge h where h.school_id = $1 and h.replied_at is null order by h.at, h.id for update skip locked`,
}

/** Every challenge that waits for an answer, held until the transaction ends. */
export function findOpenChallenges(work: Work, _permit: Permit<'alert.tell'>): Promise<readonly OpenChallenge[]> {
  return work.tx.run<OpenChallenge>(open, [work.school.id])
}

const pass = {
  name: 'challenge_pass',
  text: `with alerts as (${alertRows('$6::jsonb', '$5', '$4', '$2')}),
    clocks as (update clock set owner_id = $7, due_at = coalesce($8, due_at), passed_on = passed_on + 1, breached_at = coalesce(breached_at, case when $10 then due_at end)
      where school_id = $1 and id = $9)
    update challenge set to_id = $7, asked = array_append(asked, $7), due_at = coalesce($8, due_at) where school_id = $1 and id = $3`,
}

/** Gives a challenge to the next. */
export async function savePassed(
  work: Work,
  _permit: Permit<'alert.tell'>,
  challenge: OpenChallenge,
  to: {
    readonly adultId: AdultId
    readonly alerts: readonly AlertToSend[]
    readonly dueAt: Instant | null
    readonly clockId: ClockId | null
    readonly isLate: boolean
  },
): Promise<void> {
  await work.tx.run(pass, [
    work.school.id,
    challenge.concernId,
    challenge.id,
    work.now,
    challenge.excluded,
    JSON.stringify(to.alerts),
    to.adultId,
    to.dueAt,
    to.clockId,
    to.isLate,
  ])
}
