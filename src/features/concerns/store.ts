import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, LocalTime } from '../../kernel/plain-date.ts'
import type { Prepared } from '../../platform/database.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { searchName } from '../people/index.ts'
import type { Account, AlertToSend, ClockToStart, ConcernState, EntryToAdd, NewConcern, RecordingFacts } from './model.ts'

const recordingFacts = (names: 'with-names' | 'without-names'): Prepared => ({
  name: `concern_recording_facts_${names}`,
  text: `select
    concern_id_standing($2, $8) as id_standing,
    (select coalesce(jsonb_agg(jsonb_build_object('adultId', p.adult_id, 'role', p.role,
        'name', ${names === 'with-names' ? '(select name from adult a where a.school_id = $1 and a.id = p.adult_id)' : `''`},
        'absent', exists (select 1 from absence x where x.school_id = $1 and x.adult_id = p.adult_id and x.starts_at <= $3 and (x.ends_at is null or x.ends_at > $3)))
        order by exists (select from cover d where d.school_id = $1 and d.adult_id = p.adult_id and d.kind <> 'trip' and d.starts_at <= $3 and d.ends_at > $3) desc, p.starts_at, p.id), '[]')
      from appointment p
      where p.school_id = $1 and p.role = any ($6) and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3)) as holders,
    (select coalesce(jsonb_agg(jsonb_build_object('childId', id, 'tied', to_jsonb(tied), 'leavesAt', leaves_at, 'homeAuthority', home_authority)), '[]')
      from child where school_id = $1 and id = any ($4)) as children,
    (select coalesce(jsonb_agg(id), '[]') from adult where school_id = $1 and id = any ($5)) as adults,
    (select coalesce(jsonb_agg(distinct r.id), '[]') from tie t cross join lateral (values (t.adult_id, t.other_adult_id), (t.other_adult_id, t.adult_id)) as r (id, named)
      where cardinality($7::uuid[]) > 0 and t.school_id = $1 and t.other_adult_id is not null and r.named = any ($7) and (t.ends_at is null or t.ends_at > $3)) as relatives`,
})
const factsWithNames = recordingFacts('with-names')
const factsWithoutNames = recordingFacts('without-names')

interface FactsRow {
  readonly id_standing: RecordingFacts['idStanding']
  readonly holders: RecordingFacts['holders']
  readonly children: { childId: ChildId; tied: AdultId[]; leavesAt: LocalTime | null; homeAuthority: string | null }[]
  readonly adults: AdultId[]
  readonly relatives: AdultId[]
}

/** Ids, roles and ties: no content, so no permit. Names of those on the route only where they are shown: deciding needs none. */
export async function getRecordingFacts(
  work: Work,
  concernId: ConcernId,
  childIds: readonly ChildId[],
  adults: { readonly ids: readonly AdultId[]; readonly apart: readonly AdultId[] },
  roles: readonly RoleId[],
  words: Account,
  names: 'with-names' | 'without-names' = 'without-names',
): Promise<RecordingFacts> {
  const [row] = await work.tx.run<FactsRow>(names === 'with-names' ? factsWithNames : factsWithoutNames, [
    work.school.id,
    concernId,
    work.now,
    childIds,
    adults.ids,
    roles,
    adults.apart,
    [words.childWords, words.seen, words.opinion, words.done],
  ])
  if (!row) throw new Error('the facts query gives one row')
  return {
    idStanding: row.id_standing,
    holders: row.holders,
    children: row.children,
    adultsOfSchool: row.adults,
    relativesOfNamed: row.relatives,
  }
}

/** Everything that recording writes, decided before. */
export interface ConcernToSave {
  readonly concern: NewConcern
  readonly reference: string
  readonly reporterId: AdultId | null
  readonly writtenBy: AdultId | null
  readonly state: ConcernState
  readonly ownerId: AdultId | null
  readonly nextLookAt: Instant | null
  readonly policyEdition: string
  readonly excluded: readonly AdultId[]
  readonly salt: Buffer
  readonly alerts: readonly AlertToSend[]
  /** Owed by whoever stands in for the team. */
  readonly handBack: { readonly id: string; readonly byId: AdultId } | null
  readonly clocks: readonly ClockToStart[]
  readonly entries: readonly EntryToAdd[]
}

const into = {
  newChildren: `new_child as (insert into child (school_id, id, given_name, family_name, description, standing, search_name, tied, created_at)
    select $1, c."childId", c."givenName", c."familyName", c.description, c.standing, c."searchName", '{}', $3
    from jsonb_to_recordset($2::jsonb -> 'newChildren') as c ("childId" uuid, "givenName" text, "familyName" text, "searchName" text, description text, standing text))`,
  adults: `adults as (insert into concern_adult (school_id, concern_id, n, adult_id, name, relation, involvement, told_at, excluded, reporter_id)
    select $1, $5, a.n, a."adultId", a.name, a.relation, a.involvement, a."toldAt", $4, $6
    from jsonb_to_recordset($2::jsonb -> 'adults') as a (n integer, "adultId" uuid, name text, relation text, involvement text, "toldAt" timestamptz))`,
  marks: `marks as (insert into body_mark (school_id, concern_id, n, child_id, side, region, x, y, description, size_says, colour, excluded, reporter_id)
    select $1, $5, m.n, m."childId", m.side, m.region, m.x, m.y, m.description, m."sizeSays", m.colour, $4, $6
    from jsonb_to_recordset($2::jsonb -> 'marks') as m (n integer, "childId" uuid, side text, region text, x real, y real, description text, "sizeSays" text, colour text))`,
  handBacks: `handed as (insert into hand_back (school_id, id, concern_id, reference, by_id, opened_at, excluded)
    select $1, h.id, $5, h.reference, h."byId", $3, $4 from jsonb_to_recordset($2::jsonb -> 'handBacks') as h (id uuid, reference text, "byId" uuid))`,
}
type Part = keyof typeof into

// One statement, so that the school's writers are held up for one round trip and not for a dozen. What most concerns do not
// have is left out of theirs: opening a table with its indexes and policies takes time even where no row goes into it.
const saveConcern = (parts: readonly Part[]): Prepared => ({
  name: ['concern_save', ...parts].join('_'),
  text: `with ${parts.map(part => `${into[part]},`).join('\n')}
  saved as (insert into concern (school_id, id, kind, reference, reporter_id, written_by, on_behalf_of, on_behalf_reason, outside_reporter, outside_contact, happened_on,
      happened_at_time, happened_says, first_written_at, recorded_at, location, urgent, stub, category, prompts, voice_told, policy_edition, state, owner_id, next_look_at, late_reason, excluded)
    select $1, r.id, 'welfare', r.reference, r."reporterId", r."writtenBy", r."onBehalfOf", r."onBehalfReason", r."outsideReporter", r."outsideContact", r."happenedOn",
      r."happenedAtTime", r."happenedSays", r."firstWrittenAt", $3, r.location, r.urgent, r.stub, r.category, r.prompts, r."voiceTold", r."policyEdition", r.state, r."ownerId",
      r."nextLookAt", r."lateReason", $4
    from jsonb_to_record($2::jsonb -> 'concern') as r (id uuid, reference text, "reporterId" uuid, "writtenBy" uuid, "onBehalfOf" text, "onBehalfReason" text,
      "outsideReporter" text, "outsideContact" text, "happenedOn" date, "happenedAtTime" text, "happenedSays" text, "firstWrittenAt" timestamptz, location text, urgent boolean,
      stub boolean, category text, prompts text[], "voiceTold" boolean, "policyEdition" text, state text, "ownerId" uuid, "nextLookAt" timestamptz, "lateReason" text)),
  account as (insert into concern_account (school_id, concern_id, part, written_by, written_at, child_words, seen, opinion, done, salt, reporter_id, excluded)
    select $1, $5, 1, $6, $3, r."childWords", r.seen, r.opinion, r.done, $7, $6, $4
    from jsonb_to_record($2::jsonb -> 'account') as r ("childWords" text, seen text, opinion text, done text)),
  children as (insert into concern_child (school_id, concern_id, child_id, involvement, excluded, reporter_id)
    select $1, $5, c."childId", c.involvement, $4, $6 from jsonb_to_recordset($2::jsonb -> 'children') as c ("childId" uuid, involvement text)),
  alerts as (insert into alert (school_id, id, concern_id, adult_id, role, kind, step, rule, says, source, told_at, excluded)
    select $1, a.id, $5, a."adultId", a.role, a.kind, a.step, a.rule, a.says, a.source, $3, $4
    from jsonb_to_recordset($2::jsonb -> 'alerts') as a (id uuid, "adultId" uuid, role text, kind text, step integer, rule text, says text, source text)),
  clocks as (insert into clock (school_id, id, name, rule, says, source, standing, concern_id, owner_id, basis_at, duration_unit, duration_count, due_at, met_at, excluded)
    select $1, c.id, c.name, c.rule, c.says, c.source, c.standing, $5, c."ownerId", c."basisAt", c."durationUnit", c."durationCount", c."dueAt", c."metAt", $4
    from jsonb_to_recordset($2::jsonb -> 'clocks') as c (id uuid, name text, rule text, says text, source text, standing text, "ownerId" uuid, "basisAt" timestamptz,
      "durationUnit" text, "durationCount" integer, "dueAt" timestamptz, "metAt" timestamptz))
  insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, involvement, excluded)
    select $1, e.id, e."childId", 'concern', e.heading, e."happenedOn", e."happenedAtTime", $3, $6, $5, e.involvement, $4
    from jsonb_to_recordset($2::jsonb -> 'entries') as e (id uuid, "childId" uuid, heading text, "happenedOn" date, "happenedAtTime" text, involvement text)`,
})
const saves = new Map<string, Prepared>()

function saveWith(parts: readonly Part[]): Prepared {
  const key = parts.join()
  const known = saves.get(key)
  if (known) return known
  const made = saveConcern(parts)
  saves.set(key, made)
  return made
}

export async function insertConcern(work: Work, _permit: Permit<'concern.record'>, save: ConcernToSave): Promise<void> {
  const { concern } = save
  const reporter = concern.reporter
  const handBacks = save.handBack ? [{ ...save.handBack, reference: save.reference }] : []
  const { newChildren, adults, marks } = concern
  const parts = Object.entries({ newChildren, adults, marks, handBacks }).flatMap(([part, rows]) =>
    rows.length > 0 ? [part as Part] : [],
  )
  work.tx.later(saveWith(parts), [
    work.school.id,
    JSON.stringify({
      concern: {
        id: concern.id,
        reference: save.reference,
        reporterId: save.reporterId,
        writtenBy: save.writtenBy,
        happenedOn: concern.happenedOn,
        happenedAtTime: concern.happenedAtTime,
        happenedSays: concern.happenedSays,
        location: concern.location,
        urgent: concern.urgent,
        stub: concern.stub,
        category: concern.category,
        prompts: concern.prompts,
        voiceTold: concern.voiceTold,
        lateReason: concern.lateReason,
        policyEdition: save.policyEdition,
        state: save.state,
        ownerId: save.ownerId,
        nextLookAt: save.nextLookAt,
        onBehalfOf: reporter.kind === 'on-behalf' ? reporter.name : null,
        onBehalfReason: reporter.kind === 'on-behalf' ? reporter.reason : null,
        firstWrittenAt: reporter.kind === 'on-behalf' ? reporter.firstWrittenAt : null,
        outsideReporter: reporter.kind === 'visitor' ? reporter.name : null,
        outsideContact: reporter.kind === 'visitor' ? reporter.contact : null,
      },
      account: concern.account,
      newChildren: concern.newChildren.map(child => ({ ...child, searchName: searchName(child.givenName, child.familyName) })),
      children: concern.children,
      adults: concern.adults.map((adult, index) => ({ ...adult, n: index + 1 })),
      marks: concern.marks.map((mark, index) => ({ ...mark, n: index + 1 })),
      alerts: save.alerts,
      handBacks,
      clocks: save.clocks,
      entries: save.entries,
    }),
    work.now,
    save.excluded,
    concern.id,
    save.writtenBy,
    save.salt,
  ])
}

const disclosureTime = {
  name: 'disclosure_time_add',
  text: `insert into disclosure_time (school_id, concern_id, ended_at, began_at, reporter_id, excluded)
    select $1, $2, $3, coalesce((select started_at from draft where school_id = $1 and id = $4 and adult_id = $5), $6), $5, $7`,
}

/** When the child had finished telling; when the write-up began is taken from the draft, which must still be there. */
export function insertDisclosureTime(
  work: Work,
  _permit: Permit<'concern.record'>,
  concern: { readonly id: ConcernId; readonly draftId: string; readonly excluded: readonly AdultId[] },
  by: AdultId,
  endedAt: Instant,
): void {
  work.tx.later(disclosureTime, [work.school.id, concern.id, endedAt, concern.draftId, by, work.now, concern.excluded])
}

const draftRemove = { name: 'draft_remove', text: 'delete from draft where school_id = $1 and id = $2' }

/** The draft has become a concern. */
export async function deleteDraft(work: Work, draftId: string): Promise<void> {
  work.tx.later(draftRemove, [work.school.id, draftId])
}
