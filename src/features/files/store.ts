import type { Permit, SubjectFacts } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { AdultId, EntryId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { whereExplanationsDiffer } from '../concerns/index.ts'
import { householdOf } from '../household/index.ts'
import { type SignFacts, type SignsAsked, signFactsOf } from '../patterns/index.ts'
import type { Author, FileHeader, NoteToRead, Passage, StoredEntry } from './model.ts'
import {
  adviceTaken,
  answeredInRecord,
  challenged,
  correctedHere,
  correctionsOf,
  emergencyCalls,
  explainedInRecord,
  explainedLater,
  familyTalks,
  isRegistered,
  listsOfPassages,
  notReferredBy,
} from './passage-store.ts'
import { passageOf, type StoredPassage } from './passages.ts'

const accessFacts = { name: 'file_access_facts', text: 'select tied from child where school_id = $1 and id = $2' }

/** What the access policy asks about a child's file: ids alone, so no permit. Absent where this school has no such child. */
export async function findFileAccessFacts(work: Work, childId: string): Promise<SubjectFacts | undefined> {
  const [row] = await work.tx.run<{ tied: AdultId[] }>(accessFacts, [work.school.id, childId])
  return row && { schoolId: work.school.id, excluded: row.tied }
}

const mine = `mine as materialized (select c.id, c.reference, c.state, c.urgent, k.involvement, c.recorded_at, c.owner_id, c.next_look_at,
      exists (select from concern_child o where o.school_id = $1 and o.concern_id = c.id and o.child_id <> $2 and o.moved_to is null) as is_shared
    from concern_child k join concern c on c.school_id = $1 and c.id = k.concern_id
    where k.school_id = $1 and k.child_id = $2 and k.moved_to is null and c.state <> 'closed' and ${notShutOut('c')})`

const header = `(select jsonb_build_object('id', c.id, 'givenName', c.given_name, 'familyName', c.family_name, 'knownAs', c.known_as, 'born', c.born,
    'yearGroup', c.year_group, 'className', c.class_name, 'standing', c.standing, 'otherSchool', c.other_school, 'description', c.description,
    'homeAuthority', c.home_authority, 'locality', c.locality, 'leavesAt', c.leaves_at, 'household', ${householdOf('$2')},
    'signFacts', ${signFactsOf('c.id', '$4')},
    'statuses', (select coalesce(jsonb_agg(jsonb_build_object('status', t.status, 'startsOn', t.starts_on, 'endsOn', t.ends_on, 'authority', t.authority,
        'workerName', t.worker_name, 'workerPhone', t.worker_phone) order by t.ends_on desc nulls first, t.starts_on desc, t.id), '[]')
      from child_status t where t.school_id = $1 and t.child_id = $2),
    'contacts', (select coalesce(jsonb_agg(jsonb_build_object('name', k.name, 'relation', k.relation, 'phone', k.phone, 'email', k.email, 'barred', k.barred,
        'barredReason', k.barred_reason, 'worksHere', k.adult_id is not null) order by k.barred desc, k.priority, k.name), '[]')
      from child_contact k where k.school_id = $1 and k.child_id = $2 and (k.ends_at is null or k.ends_at > $3)),
    'addresses', (select coalesce(jsonb_agg(jsonb_build_object('address', a.address, 'says', a.says, 'startsOn', a.starts_on, 'endsOn', a.ends_on)
        order by a.ends_on desc nulls first, a.starts_on desc), '[]')
      from child_address a where a.school_id = $1 and a.child_id = $2),
    'siblings', (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'name', o.given_name || ' ' || o.family_name, 'names', jsonb_build_array(o.given_name, o.family_name, o.known_as), 'yearGroup', o.year_group,
        'className', o.class_name, 'standing', o.standing, 'isOpen', not coalesce(scope_adult() = any (o.tied), false),
        'hasOpenConcern', not coalesce(scope_adult() = any (o.tied), false) and exists (select from concern_child k join concern n on n.school_id = $1 and n.id = k.concern_id
          where k.school_id = $1 and k.child_id = o.id and k.moved_to is null and n.state <> 'closed' and ${notShutOut('n')})) order by o.given_name, o.id), '[]')
      from sibling s join child o on o.school_id = $1 and o.id = s.sibling_id where s.school_id = $1 and s.child_id = $2),
    'namesakes', (select coalesce(jsonb_agg(jsonb_build_object('born', o.born, 'yearGroup', o.year_group, 'className', o.class_name) order by o.born), '[]')
      from child o where o.school_id = $1 and o.family_name = c.family_name and o.given_name = c.given_name and o.id <> c.id),
    'ties', (select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'kind', t.kind) order by a.name), '[]')
      from tie t join adult a on a.school_id = $1 and a.id = t.adult_id
      where t.school_id = $1 and t.child_id = $2 and t.starts_at <= $3 and (t.ends_at is null or t.ends_at > $3)),
    'concerns', (select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'reference', m.reference, 'state', m.state, 'urgent', m.urgent, 'involvement', m.involvement,
        'heading', (select heading from entry e where e.school_id = $1 and e.concern_id = m.id and e.child_id = $2 and e.kind = 'concern' order by e.recorded_at limit 1),
        'recordedAt', ${utcText('m.recorded_at')}, 'ownerName', (select name from adult where school_id = $1 and id = m.owner_id), 'nextLookAt', ${utcText('m.next_look_at')},
        'explanationsDiffer', m.id in (${whereExplanationsDiffer("select id from mine where involvement = 'subject'")}))
        order by m.urgent desc, m.recorded_at, m.id), '[]')
      from mine m),
    'clocks', (select coalesce(jsonb_agg(jsonb_build_object('says', k.says, 'source', k.source, 'dueAt', ${utcText('k.due_at')}, 'concernId', m.id, 'reference', m.reference,
        'ownerName', (select name from adult where school_id = $1 and id = k.owner_id)) order by k.due_at nulls last, k.id), '[]')
      from clock k join mine m on m.id = k.concern_id and m.involvement = 'subject'
      where k.school_id = $1 and k.met_at is null and k.ended_at is null and (k.referral_id is null
        or exists (select from referral r where r.school_id = $1 and r.id = k.referral_id and r.child_id = $2))),
    'actions', (select coalesce(jsonb_agg(jsonb_build_object('says', case when n.child_id = $2 or not m.is_shared then n.says end, 'dueOn', n.due_on,
        'ownerName', (select name from adult where school_id = $1 and id = n.owner_id), 'concernId', n.concern_id, 'reference', m.reference) order by n.due_on, n.id), '[]')
      from action n left join mine m on m.id = n.concern_id
      where n.school_id = $1 and n.done_at is null and (n.child_id = $2 or (n.child_id is null and n.concern_id in (select id from mine where involvement = 'subject')))),
    'referrals', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'agency', r.agency, 'destination', r.destination, 'state', r.state,
        'openedAt', ${utcText('r.opened_at')}, 'reference', r.reference) order by r.opened_at, r.id), '[]')
      from referral r where r.school_id = $1 and r.child_id = $2 and r.state <> 'concluded' and ${notShutOut('r')}),
    'authors', (select coalesce(jsonb_object_agg(a.id, jsonb_build_object('name', a.name, 'jobTitle', a.job_title, 'appointments', (select coalesce(jsonb_agg(
          jsonb_build_object('role', t.role, 'startsAt', ${utcText('t.starts_at')}, 'endsAt', ${utcText('t.ends_at')}) order by t.starts_at, t.role), '[]')
          from appointment t where t.school_id = $1 and t.adult_id = a.id))), '{}')
      from adult a where a.school_id = $1 and a.id in (select author_id from visible))
    ) from child c where c.school_id = $1 and c.id = $2)`

// Whoever reads a chronology asks what happened first on a day: the hour it happened, else the hour it was written down.
const hour = `coalesce(e.happened_at_time, case when (e.recorded_at at time zone 'Europe/London')::date = e.happened_on
  then to_char(e.recorded_at at time zone 'Europe/London', 'HH24:MI') end, '')`

// The file of a child who told us of another says nothing of what the other may need, nor where.
const isOwn = `v.involvement is distinct from 'source'`

// A concern that was first filed on another child still bears that child's name in its words.
// One statement for the page, because a page has five round trips: the header comes with the first row, and alone where the
// file is empty. The entries come as rows: what is listed, counted and drawn is made of them by rules, from one reading.
const file = {
  name: 'file_read',
  text: `with
  visible as materialized (select e.id, e.kind, e.heading, e.happened_on, e.happened_at_time, e.recorded_at, e.author_id, e.concern_id, e.referral_id, e.note_id, e.involvement,
      e.categories, ${hour} as hour, row_number() over () as n
    from entry e where e.school_id = $1 and e.child_id = $2),
  concerns as materialized (select distinct concern_id as id from visible where concern_id is not null),
  others as materialized (select o.concern_id, bool_or(o.moved_to is null) as is_shared, bool_or(o.involvement = 'subject' and o.moved_to is null) as other_subjects,
      json_agg(json_build_array(n.given_name, n.family_name, n.known_as)) as names
    from concern_child o join child n on n.school_id = $1 and n.id = o.child_id
    where o.school_id = $1 and o.concern_id = any (array(select id from concerns)) and o.child_id <> $2 and (o.moved_to is null or n.standing <> 'unidentified') group by o.concern_id),
  linked as materialized (select c.id, c.reference, c.state, c.urgent, c.category, c.location, c.happened_on, c.on_behalf_reason, c.first_written_at, c.reporter_id,
      c.on_behalf_of, c.outside_reporter, k.moved_to, r.name as reporter_name
    from concern_child k join concern c on c.school_id = $1 and c.id = k.concern_id left join adult r on r.school_id = $1 and r.id = c.reporter_id
    where k.school_id = $1 and k.child_id = $2),
  ${mine}
  select case when coalesce(v.n, 1) = 1 then ${header} end as header,
    v.id, v.kind, v.heading, v.happened_on as "happenedOn", v.happened_at_time as "happenedAtTime", v.hour, v.recorded_at as "recordedAt", v.author_id as "authorId",
    v.concern_id as "concernId", v.referral_id as "referralId", v.note_id as "noteId", v.involvement, v.categories,
    c.reference, c.state, c.urgent and ${isOwn} as urgent, case when ${isOwn} then c.category end as category, case when ${isOwn} then nullif(c.location, '') end as location, c.happened_on is null as undated, c.on_behalf_reason as "onBehalfReason",
    c.first_written_at as "firstWrittenAt", c.moved_to is not null as "movedAway",
    case when c.reporter_id is null or v.author_id is distinct from c.reporter_id then coalesce(c.on_behalf_of, c.outside_reporter, c.reporter_name) end as "reportedBy",
    coalesce(o.is_shared, false) as "isShared", coalesce(o.other_subjects, false) as "otherSubjects", coalesce(o.names, '[]') as "otherNames"
  from (values (1)) as one left join visible v on true left join linked c on c.id = v.concern_id left join others o on o.concern_id = c.id
  order by v.n`,
}

type FilePermit = Permit<'file.read' | 'file.print'>

interface FileRow extends Omit<StoredEntry, 'concern' | 'id'>, Omit<NonNullable<StoredEntry['concern']>, 'reference'> {
  readonly header: StoredHeader | null
  readonly id: EntryId | null
  readonly reference: string | null
}

interface StoredHeader extends FileHeader {
  readonly signFacts: SignFacts
  readonly authors: Readonly<Record<string, Author>>
}

export interface StoredFile {
  readonly signFacts: SignFacts
  readonly header: FileHeader
  readonly authors: Readonly<Record<string, Author>>
  readonly entries: readonly StoredEntry[]
}

function entryOf(row: FileRow, id: EntryId): StoredEntry {
  const {
    kind,
    heading,
    happenedOn,
    happenedAtTime,
    hour,
    recordedAt,
    authorId,
    concernId,
    referralId,
    noteId,
    involvement,
    categories,
    reference,
  } = row
  const entry = {
    id,
    kind,
    heading,
    happenedOn,
    happenedAtTime,
    hour,
    recordedAt,
    authorId,
    concernId,
    referralId,
    noteId,
    involvement,
    categories,
  }
  if (reference === null) return { ...entry, concern: null }
  const {
    state,
    urgent,
    category,
    location,
    undated,
    onBehalfReason,
    firstWrittenAt,
    movedAway,
    reportedBy,
    isShared,
    otherSubjects,
    otherNames,
  } = row
  const concern = {
    reference,
    state,
    urgent,
    category,
    location,
    undated,
    onBehalfReason,
    firstWrittenAt,
    movedAway,
    reportedBy,
    isShared,
    otherSubjects,
    otherNames,
  }
  return { ...entry, concern }
}

/** Who the child is, what is open, and every entry that this reader may know of. */
export async function getStoredFile(work: Work, _permit: FilePermit, childId: string, asked: SignsAsked): Promise<StoredFile> {
  const rows = await work.tx.run<FileRow>(file, [work.school.id, childId, work.now, JSON.stringify(asked)])
  const stored = rows[0]?.header
  if (!stored) throw new Error('the child was found a statement ago')
  const { authors, signFacts, ...header } = stored
  return { header, authors, signFacts, entries: rows.flatMap(row => (row.id === null ? [] : [entryOf(row, row.id)])) }
}

/** The statement that reads a file, so that its plan can be looked at. */
export const fileStatement = file

const passage = (label: string, says: string) => `jsonb_build_object('label', '${label}', 'says', ${says})`
// Rows of a step carry the moment of the entry that tells of it: both are written in one transaction.
const narratives = `case p.kind
  when 'concern' then ${listsOfPassages(
    `(select jsonb_agg(part.passage order by a.part, part.n) from concern_account a, lateral (values
      (1, ${passage('child-words', 'a.child_words')}), (2, ${passage('seen', 'a.seen')}), (3, ${passage('opinion', 'a.opinion')}), (4, ${passage('done', 'a.done')})) as part (n, passage)
    where a.school_id = $1 and a.concern_id = p.concern_id)`,
    answeredInRecord,
    explainedInRecord,
  )}
  when 'addendum' then ${listsOfPassages(`(select jsonb_agg(${passage('addendum', 'a.says')} order by a.id) from addendum a where a.school_id = $1 and a.concern_id = p.concern_id and a.at = p.recorded_at)`, challenged, explainedLater)}
  when 'triage' then ${listsOfPassages(
    `(select jsonb_build_array(${passage('urgent', 't.urgent_says')}, ${passage('rationale', 't.rationale')}) || ${listsOfPassages(correctionsOf('t.id'))} from triage t
    where t.school_id = $1 and t.concern_id = p.concern_id and t.at = p.recorded_at order by t.id limit 1)`,
    correctedHere,
  )}
  when 'decision' then ${listsOfPassages(
    `(select jsonb_build_array(${passage('rationale', 'd.rationale')}, ${passage('not-referring', `case when ${isRegistered} then '' else coalesce(d.not_referring_because, '') end`)},
      ${passage('advice', `coalesce(d.advice_from, '')`)}) || ${listsOfPassages(notReferredBy('decision_id', 'd.id'), correctionsOf('d.id'))}
      from decision d where d.school_id = $1 and d.concern_id = p.concern_id and d.at = p.recorded_at order by d.id limit 1)`,
    correctedHere,
  )}
  when 'parents' then ${listsOfPassages(
    `(select jsonb_agg(passages.passage) from parent_contact c, lateral (values (${passage('with', `coalesce(c.who, '')`)}), (${passage('parents', 'c.says')})) as passages (passage)
    where c.school_id = $1 and c.concern_id = p.concern_id and c.child_id = $2 and c.at = p.recorded_at)`,
    familyTalks,
  )}
  when 'referral' then (select jsonb_agg(passages.passage order by v.at, v.id) from referral_event v, lateral (values (${passage('with', `coalesce(v.with_whom, '')`)}),
      (${passage('referral', `concat_ws(': ', nullif(v.outcome, ''), nullif(v.says, '')) || coalesce(E'\\nNot put in writing: ' || v.unwritten_because, '')`)})) as passages (passage)
    where v.school_id = $1 and v.referral_id = p.referral_id and v.recorded_at = p.recorded_at)
  when 'action' then (select jsonb_agg(passages.passage) from action n, lateral (values (${passage('action', 'n.says')}),
      (${passage('outcome', `case when n.done_at = p.recorded_at then coalesce(n.outcome, '') else '' end`)})) as passages (passage)
    where n.school_id = $1 and n.concern_id is not distinct from p.concern_id and (n.child_id is null or n.child_id = $2) and p.recorded_at in (n.set_at, n.done_at))
  when 'closure' then ${listsOfPassages(
    `(select jsonb_build_array(${passage('summary', 'c.summary')}, ${passage('outcome', 'c.outcome')}, ${passage('rationale', 'c.rationale')}) || ${listsOfPassages(notReferredBy('closure_id', 'c.id'), correctionsOf('c.id'))}
      from closure c where c.school_id = $1 and c.concern_id = p.concern_id and c.closed_at = p.recorded_at limit 1)`,
    correctedHere,
  )}
  when 'reopening' then (select jsonb_agg(${passage('rationale', `coalesce(c.reopened_because, '')`)}) from closure c
    where c.school_id = $1 and c.concern_id = p.concern_id and c.reopened_at = p.recorded_at)
  when 'note' then (select jsonb_build_array(${passage('with', `concat_ws(', ', n.with_whom, n.agency)`)}, ${passage('note', 'n.says')}) from note n where n.school_id = $1 and n.id = p.note_id)
  when 'contact' then ${listsOfPassages(`(select jsonb_build_array(${passage('with', `concat_ws(', ', n.with_whom, n.agency)`)}, ${passage('note', 'n.says')}) from note n where n.school_id = $1 and n.id = p.note_id)`, emergencyCalls, adviceTaken)}
  end`

const words = {
  name: 'file_words',
  text: `select p.id, ${narratives} as passages from entry p where p.school_id = $1 and p.child_id = $2 and p.id = any ($3)`,
}

/** What stands behind these entries, by entry. */
export async function findPassages(
  work: Work,
  _permit: FilePermit,
  childId: string,
  entryIds: readonly EntryId[],
): Promise<ReadonlyMap<EntryId, readonly Passage[]>> {
  if (entryIds.length === 0) return new Map()
  const rows = await work.tx.run<{ id: EntryId; passages: StoredPassage[] | null }>(words, [work.school.id, childId, entryIds])
  return new Map(rows.map(row => [row.id, (row.passages ?? []).map(stored => passageOf(stored, work.profile))]))
}

const noteAccess = {
  name: 'file_note_access',
  text: `select n.child_id as "childId", c.tied || n.excluded as excluded from note n join child c on c.school_id = n.school_id and c.id = n.child_id
    where n.school_id = $1 and n.id = $2`,
}

/** What the access policy asks about a note: ids alone, so no permit. */
export async function findNoteAccessFacts(work: Work, noteId: string): Promise<SubjectFacts | undefined> {
  const [row] = await work.tx.run<{ excluded: AdultId[] }>(noteAccess, [work.school.id, noteId])
  return row && { schoolId: work.school.id, excluded: row.excluded }
}

const note = {
  name: 'file_note',
  text: `select n.id, n.child_id as "childId", c.given_name || ' ' || c.family_name as "childName", n.concern_id as "concernId",
      (select reference from concern where school_id = $1 and id = n.concern_id) as "concernReference", n.kind, n.with_whom as "withWhom", n.agency,
      n.happened_on as "happenedOn", n.happened_at_time as "happenedAtTime", n.says, a.name as "authorName", a.job_title as "authorTitle", n.recorded_at as "recordedAt"
    from note n join child c on c.school_id = $1 and c.id = n.child_id join adult a on a.school_id = $1 and a.id = n.author_id
    where n.school_id = $1 and n.id = $2`,
}

export async function getNote(work: Work, _permit: Permit<'file.read'>, noteId: string): Promise<NoteToRead> {
  const [row] = await work.tx.run<NoteToRead>(note, [work.school.id, noteId])
  if (!row) throw new Error('the note was found a statement ago')
  return row
}
