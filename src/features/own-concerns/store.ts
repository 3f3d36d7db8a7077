import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId, EntryId, ReferralId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { awaitedOf } from '../accounts/index.ts'
import { adviceOf } from '../advice/index.ts'
import { ownChallenges } from '../challenges/index.ts'
import { type AlertToSend, type BodyMark, type ClockToStart, explanationsOf, namesAtRisk, scanFields } from '../concerns/index.ts'
import { emergencyCallsOf, familyContactsOf, ownOnly } from '../contacts-made/index.ts'
import type { DirectReferral, OwnConcernListing, OwnReferral, OwnWords, WrittenChild } from './model.ts'

const asInstant = (text: string) => new Date(text).toISOString() as Instant
const maybeInstant = (text: string | null) => (text === null ? null : asInstant(text))

// Only the rows that the writer typed: a child to whom the team moved the concern is not theirs to see.
const ownChildren = `from concern_child k join child n on n.school_id = k.school_id and n.id = k.child_id
  where k.school_id = c.school_id and k.concern_id = c.id and k.reporter_id in (c.reporter_id, c.written_by)
    and not exists (select from concern_child o where o.school_id = k.school_id and o.concern_id = k.concern_id and o.moved_to = k.child_id)`

const listing = {
  name: 'own_concern_list',
  text: `select c.id, c.reference, c.recorded_at as "recordedAt", c.urgent, c.stub, c.state = 'unreached' as "isUnreached", c.acknowledged_at as "acknowledgedAt",
      (select name from adult where school_id = $1 and id = c.acknowledged_by) as "acknowledgedBy",
      (select coalesce(jsonb_agg(n.given_name || ' ' || n.family_name order by k.involvement <> 'subject', n.family_name, n.given_name, n.id), '[]') ${ownChildren})
        || ${namesAtRisk('c.id')} as children,
      exists (select from alert a where a.school_id = $1 and a.concern_id = c.id and a.adult_id = $2 and a.kind = 'feedback' and a.seen_at is null) as "hasNews"
    from concern c where c.school_id = $1 and (c.reporter_id = $2 or c.written_by = $2) order by c.recorded_at desc, c.id desc limit $3`,
}

/** The concerns that this person reported or wrote, the latest first. */
export function findOwnConcernListings(
  work: Work,
  _permit: Permit<'home.open'>,
  adultId: AdultId,
  limit: number,
): Promise<readonly OwnConcernListing[]> {
  return work.tx.run<OwnConcernListing>(listing, [work.school.id, adultId, limit])
}

const ownWords = {
  name: 'own_concern_words',
  text: `select c.happened_on as "happenedOn", c.happened_at_time as "happenedAtTime", coalesce(c.happened_says, '') as "happenedSays", coalesce(c.location, '') as location, c.late_reason as "lateReason",
      c.category, c.prompts, c.on_behalf_of as "onBehalfOf", c.first_written_at as "firstWrittenAt", c.owner_id as "ownerId",
      (select coalesce(jsonb_agg(jsonb_build_object('part', part, 'writtenAt', written_at, 'childWords', child_words, 'seen', seen, 'opinion', opinion, 'done', done)
          order by part), '[]') from concern_account where school_id = $1 and concern_id = c.id) as parts,
      (select coalesce(jsonb_agg(jsonb_build_object('childId', n.id, 'name', n.given_name || ' ' || n.family_name, 'involvement', k.involvement, 'homeAuthority', n.home_authority)
          order by k.involvement <> 'subject', n.family_name, n.given_name, n.id), '[]') ${ownChildren}) as children,
      ${awaitedOf('c.id')} as awaited,
      own_concern_filed_under(c.id) as "filedUnder",
      (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'relation', relation, 'involvement', involvement, 'toldAt', told_at) order by n), '[]')
        from concern_adult where school_id = $1 and concern_id = c.id and reporter_id in (c.reporter_id, c.written_by)) as adults,
      (select coalesce(jsonb_agg(jsonb_build_object('n', m.n, 'side', m.side, 'region', m.region, 'x', m.x, 'y', m.y, 'description', m.description, 'sizeSays', m.size_says,
          'colour', m.colour, 'childName', n.given_name || ' ' || n.family_name) order by m.n), '[]')
        from body_mark m join child n on n.school_id = $1 and n.id = m.child_id where m.school_id = $1 and m.concern_id = c.id) as marks,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'does', p.does, 'dueAt', ${utcText('p.due_at')}, 'settledAt', ${utcText('p.settled_at')}) order by p.opened_at, p.id), '[]')
        from pathway_step p where p.school_id = $1 and p.concern_id = c.id and p.personal_to = $3) as duties,
      ${explanationsOf('c.id')} as explanations,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', x.kind, 'at', x.at, 'by', (select name from adult where school_id = $1 and id = x.author_id), 'says', x.says)
          order by x.at, x.id), '[]') from addendum x where x.school_id = $1 and x.concern_id = c.id and x.kind in ('reporter', 'feedback')) as additions,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'addedAt', added_at, ${scanFields}) order by added_at, id), '[]')
        from attachment where school_id = $1 and concern_id = c.id and added_by = $3) as scans,
      (select coalesce(jsonb_agg(jsonb_build_object('childId', r.child_id, 'destination', r.destination, 'withWhom', v.with_whom, 'at', v.at, 'says', v.says, 'consent', r.consent, 'consentSays', r.consent_says)
          order by v.at, r.id), '[]')
        from referral r join referral_event v on v.school_id = $1 and v.referral_id = r.id and v.by_id = r.opened_by
        where r.school_id = $1 and r.concern_id = c.id and r.direct and r.opened_by = $3 and v.kind = 'phoned') as referrals,
      ${ownChallenges} as challenges, ${emergencyCallsOf('c.id', ownOnly)} as calls, ${familyContactsOf('c.id', ownOnly)} as talks, ${adviceOf('c.id', ownOnly)} as advice
    from concern c where c.school_id = $1 and c.id = $2 and (c.reporter_id = $3 or c.written_by = $3)`,
}

type OwnPermit = Permit<'concern.own'> | Permit<'concern.add-to-own'> | Permit<'referral.direct'>

interface OwnWordsRow extends Omit<OwnWords, 'referrals'> {
  readonly referrals: readonly (Omit<OwnReferral, 'childName'> & { readonly childId: ChildId })[]
}

/** The child of a row by the name that the writer gave, also where the team has moved it to another child since. */
function nameAsWritten({ children, filedUnder }: Pick<OwnWords, 'children' | 'filedUnder'>, childId: ChildId): string {
  const same = children.filter(child => child.childId === childId)
  const moved = children.filter(child => filedUnder[child.childId]?.childId === childId)
  const meant = same.length > 0 ? same : moved.length > 0 ? moved : children
  return meant.map(child => child.name).join(' and ')
}

/** What this person wrote in a concern, what they were told back, and what they did about it themselves. */
export async function getOwnWords(work: Work, _permit: OwnPermit, adultId: AdultId, id: ConcernId): Promise<OwnWords> {
  const [row] = await work.tx.run<OwnWordsRow>(ownWords, [work.school.id, id, adultId])
  if (!row) throw new Error('the concern was found a statement ago')
  return {
    ...row,
    parts: row.parts.map(part => ({ ...part, writtenAt: asInstant(part.writtenAt) })),
    adults: row.adults.map(adult => ({ ...adult, toldAt: maybeInstant(adult.toldAt) })),
    additions: row.additions.map(addition => ({ ...addition, at: asInstant(addition.at) })),
    scans: row.scans.map(scan => ({ ...scan, addedAt: asInstant(scan.addedAt) })),
    referrals: row.referrals.map(({ childId, ...referral }) => ({
      ...referral,
      childName: nameAsWritten(row, childId),
      at: asInstant(referral.at),
    })),
  }
}

/** An entry for one child's file that a step of the reporter leaves. */
export interface OwnEntry {
  readonly id: EntryId
  readonly childId: WrittenChild['childId']
  readonly kind: 'addendum' | 'referral'
  readonly heading: string
  readonly happenedOn: string
  readonly happenedAtTime: string
  readonly referralId: ReferralId | null
  readonly involvement: string
}

/** What every step of the reporter writes beside its own rows. `excluded` is the concern's. */
export interface StepRows {
  readonly concernId: ConcernId
  readonly excluded: readonly AdultId[]
  readonly alerts: readonly AlertToSend[]
  readonly entries: readonly OwnEntry[]
}

const alertRows = `insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, a.id, $2, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, $3, $4
    from jsonb_to_recordset($5::jsonb -> 'alerts') as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text)`
const entryRows = `insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, referral_id, involvement, excluded)
    select $1, e.id, e."childId", e.kind, e.heading, e."happenedOn", e."happenedAtTime", $3, $6, $2, e."referralId", e.involvement, $4
    from jsonb_to_recordset($5::jsonb -> 'entries') as e (id uuid, "childId" uuid, kind text, heading text, "happenedOn" date, "happenedAtTime" text, "referralId" uuid, involvement text)`

const stepValues = (work: Work, rows: StepRows, more: object = {}) => [
  work.school.id,
  rows.concernId,
  work.now,
  rows.excluded,
  JSON.stringify({ alerts: rows.alerts, entries: rows.entries, ...more }),
]

const addition = {
  name: 'own_concern_add',
  text: `with alerts as (${alertRows}), entries as (${entryRows})
    insert into addendum (school_id, id, concern_id, author_id, at, kind, says, salt, reporter_id, excluded) values ($1, $7, $2, $6, $3, 'reporter', $8, $9, $6, $4)`,
}

export async function insertAddition(
  work: Work,
  _permit: Permit<'concern.add-to-own'>,
  rows: StepRows,
  row: { readonly id: string; readonly by: AdultId; readonly says: string; readonly salt: Buffer },
): Promise<void> {
  await work.tx.run(addition, [...stepValues(work, rows), row.by, row.id, row.says, row.salt])
}

const steps = {
  name: 'own_concern_step',
  text: `with alerts as (${alertRows}) ${entryRows}`,
}

/** The alerts and the entries of a step whose own rows another statement writes. */
export function insertSteps(work: Work, _permit: Permit<'concern.add-to-own'>, rows: StepRows, by: AdultId): void {
  work.tx.later(steps, [...stepValues(work, rows), by])
}

const firstHand = {
  name: 'own_first_hand_add',
  text: `with alerts as (${alertRows})
    insert into addendum (school_id, id, concern_id, author_id, at, kind, says, salt, reporter_id, excluded) values ($1, $7, $2, $6, $3, 'first-hand', $8, $9, $6, $4)`,
}

/** Adds the words of somebody who was asked for their own account. They are their writer's to read, and nothing else of the concern is. */
export async function insertFirstHand(
  work: Work,
  _permit: Permit<'account.write-own'>,
  rows: Omit<StepRows, 'entries'>,
  row: { readonly id: string; readonly by: AdultId; readonly says: string; readonly salt: Buffer },
): Promise<void> {
  await work.tx.run(firstHand, [...stepValues(work, { ...rows, entries: [] }), row.by, row.id, row.says, row.salt])
}

const closeStub = {
  name: 'own_concern_close_stub',
  text: 'update concern set stub = false where school_id = $1 and id = $2 and stub and (reporter_id = $3 or written_by = $3) returning id',
}

/** Ends the stub; false where another tab has done so before. */
export async function saveFinished(
  work: Work,
  _permit: Permit<'concern.add-to-own'>,
  concernId: ConcernId,
  by: AdultId,
): Promise<boolean> {
  return (await work.tx.run(closeStub, [work.school.id, concernId, by])).length > 0
}

const finishing = {
  name: 'own_concern_finish',
  text: `with alerts as (${alertRows}), entries as (${entryRows}),
    marks as (insert into body_mark (school_id, concern_id, n, child_id, side, region, x, y, description, size_says, colour, excluded, reporter_id)
      select $1, $2, m.n + (select coalesce(max(b.n), 0) from body_mark b where b.school_id = $1 and b.concern_id = $2), m."childId", m.side, m.region, m.x, m.y, m.description,
        m."sizeSays", m.colour, $4, $6
      from jsonb_to_recordset($5::jsonb -> 'marks') as m (n integer, "childId" uuid, side text, region text, x real, y real, description text, "sizeSays" text, colour text)),
    account as (insert into concern_account (school_id, concern_id, part, written_by, written_at, child_words, seen, opinion, done, salt, reporter_id, excluded)
      select $1, $2, (select coalesce(max(a.part), 0) + 1 from concern_account a where a.school_id = $1 and a.concern_id = $2), $6, $3, r."childWords", r.seen, r.opinion, r.done, $7, $6, $4
      from jsonb_to_record($5::jsonb -> 'account') as r ("childWords" text, seen text, opinion text, done text))
    select own_concern_clocks_meet($2, $8, $3)`,
}

export async function insertFinishedPart(
  work: Work,
  _permit: Permit<'concern.add-to-own'>,
  rows: StepRows,
  row: {
    readonly by: AdultId
    readonly account: { readonly childWords: string; readonly seen: string; readonly opinion: string; readonly done: string }
    readonly marks: readonly BodyMark[]
    readonly salt: Buffer
    readonly meets: readonly string[]
  },
): Promise<void> {
  const marks = row.marks.map((mark, index) => ({ ...mark, n: index + 1 }))
  const values = stepValues(work, rows, { marks, account: row.account })
  await work.tx.run(finishing, [...values, row.by, row.salt, row.meets])
}

const direct = {
  name: 'own_concern_refer',
  text: `with alerts as (${alertRows}), entries as (${entryRows}),
    referrals as (insert into referral (school_id, id, concern_id, child_id, agency, authority, destination, destination_contact, consent, consent_says, state, reference, opened_at, opened_by,
        direct, direct_because, reporter_id, excluded)
      select $1, r.id, $2, r."childId", r.agency, r.authority, r.destination, r."destinationContact", r.consent, r."consentSays", 'phoned', r.reference, $3, $6, true, r.because, $6, $4
      from jsonb_to_recordset($5::jsonb -> 'referrals') as r (id uuid, "childId" uuid, agency text, authority text, destination text, "destinationContact" text, consent text, "consentSays" text, reference text, because text)),
    clocks as (insert into clock (school_id, id, name, rule, says, source, standing, concern_id, referral_id, owner_id, basis_at, duration_unit, duration_count, due_at, met_at, excluded)
      select $1, c.id, c.name, c.rule, c.says, c.source, c.standing, $2, c."referralId", c."ownerId", c."basisAt", c."durationUnit", c."durationCount", c."dueAt", c."metAt", $4
      from jsonb_to_recordset($5::jsonb -> 'clocks') as c (id uuid, name text, rule text, says text, source text, standing text, "referralId" uuid, "ownerId" uuid, "basisAt" timestamptz,
        "durationUnit" text, "durationCount" integer, "dueAt" timestamptz, "metAt" timestamptz))
    insert into referral_event (school_id, id, referral_id, kind, at, recorded_at, by_id, with_whom, says, reporter_id, excluded)
    select $1, r."eventId", r.id, 'phoned', $7, $3, $6, $8, $9, $6, $4 from jsonb_to_recordset($5::jsonb -> 'referrals') as r (id uuid, "eventId" uuid)`,
}

export async function insertDirectReferral(
  work: Work,
  _permit: Permit<'referral.direct'>,
  rows: StepRows,
  row: {
    readonly by: AdultId
    readonly referral: DirectReferral
    readonly referrals: readonly {
      readonly id: ReferralId
      readonly eventId: string
      readonly child: WrittenChild
      readonly clocks: readonly ClockToStart[]
    }[]
  },
): Promise<void> {
  const { referral } = row
  const referrals = row.referrals.map(({ id, eventId, child }) => ({
    id,
    eventId,
    childId: child.childId,
    authority: child.homeAuthority,
    agency: referral.agency,
    destination: referral.destination,
    destinationContact: referral.destinationContact,
    consent: referral.consent,
    consentSays: referral.consentSays,
    reference: referral.reference || null,
    because: referral.because ?? null,
  }))
  const clocks = row.referrals.flatMap(({ id, clocks: started }) => started.map(clock => ({ ...clock, referralId: id })))
  const values = stepValues(work, rows, { referrals, clocks })
  await work.tx.run(direct, [...values, row.by, referral.at, referral.withWhom, referral.says])
}

const shutOut = { name: 'own_concern_shut_out', text: 'select concern_exclude($1, $2)' }

/** Puts adults outside one's own concern, because they are the reason why an authority was rung without them. */
export async function excludeTeam(
  work: Work,
  _permit: Permit<'referral.direct'>,
  concernId: ConcernId,
  adults: readonly AdultId[],
): Promise<void> {
  await work.tx.run(shutOut, [concernId, adults])
}
