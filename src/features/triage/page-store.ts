import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import { awaitedOf } from '../accounts/index.ts'
import {
  type EvidenceKind,
  explanationsOf,
  type Scanned,
  scanColumns,
  scanFields,
  whereExplanationsDiffer,
} from '../concerns/index.ts'
import { householdOf } from '../household/index.ts'
import { answersOf, answersOfRecording } from '../questions/index.ts'
import { amendmentsOfConcern } from './amendment-store.ts'
import { notReferredBy } from './not-referred-store.ts'
import type { ChildKnown, ConcernContent, FoundChild, LinkCandidate } from './page-model.ts'
import { holdOfConcern } from './parent-hold-store.ts'
import { repliesOf } from './replies-store.ts'
import { secondLooksOf } from './second-look-store.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

// One statement for the whole page: at 20 tables a query each would be 20 waits.
const content = {
  name: 'triage_concern_content',
  text: `with seen as (update alert set seen_at = $3 where school_id = $1 and concern_id = $2 and adult_id = $4 and seen_at is null returning id)
  select (select count(*) from seen) as seen, jsonb_build_object(
    'reporter', ${nameOf('c.reporter_id')}, 'writer', ${nameOf('c.written_by')}, 'onBehalfOf', c.on_behalf_of, 'onBehalfReason', c.on_behalf_reason,
    'outsideReporter', c.outside_reporter, 'outsideContact', c.outside_contact, 'happenedSays', c.happened_says, 'lateReason', c.late_reason, 'firstWrittenAt', ${utcText('c.first_written_at')},
    'location', c.location, 'voiceTold', c.voice_told, 'policyEdition', c.policy_edition, 'nextLookAt', ${utcText('c.next_look_at')},
    'leads', (select coalesce(jsonb_agg(distinct a.name), '[]') from appointment p join adult a on a.school_id = $1 and a.id = p.adult_id
      where p.school_id = $1 and p.role = 'dsl' and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3) and not (p.adult_id = any (c.excluded))),
    'awaited', ${awaitedOf('c.id')},
    'disclosure', (select jsonb_build_object('endedAt', ${utcText('ended_at')}, 'beganAt', ${utcText('began_at')}) from disclosure_time where school_id = $1 and concern_id = c.id),
    'accounts', (select coalesce(jsonb_agg(jsonb_build_object('part', part, 'writtenAt', ${utcText('written_at')}, 'writtenBy', ${nameOf('x.written_by')}, 'childWords', child_words,
        'seen', seen, 'opinion', opinion, 'done', done) order by part), '[]') from concern_account x where school_id = $1 and concern_id = c.id),
    'answers', ${answersOfRecording}, 'hold', ${holdOfConcern},
    'adults', (select coalesce(jsonb_agg(jsonb_build_object('n', n, 'name', name, 'relation', relation, 'involvement', involvement, 'toldAt', ${utcText('told_at')},
        'ofSchool', adult_id is not null) order by n), '[]') from concern_adult where school_id = $1 and concern_id = c.id),
    'marks', (select coalesce(jsonb_agg(jsonb_build_object('n', n, 'childId', child_id, 'side', side, 'region', region, 'x', x, 'y', y, 'description', description, 'sizeSays', size_says,
        'colour', colour) order by n), '[]') from body_mark where school_id = $1 and concern_id = c.id),
    'came', (select came from concern_source where school_id = $1 and concern_id = c.id), 'explanations', ${explanationsOf('c.id')}, 'explanationsDiffer', c.id in (${whereExplanationsDiffer('c.id')}),
    'attachments', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'mediaType', media_type, 'sizeBytes', size_bytes, 'circumstances', circumstances, ${scanFields}, 'addedAt', ${utcText('added_at')},
        'addedBy', ${nameOf('x.added_by')}) order by added_at, id), '[]') from attachment x where school_id = $1 and concern_id = c.id),
    'addenda', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'at', ${utcText('at')}, 'author', ${nameOf('x.author_id')}, 'says', says) order by at, id), '[]')
      from addendum x where school_id = $1 and concern_id = c.id),
    'told', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'adultId', x.adult_id, 'name', ${nameOf('x.adult_id')}, 'role', x.role, 'kind', x.kind, 'says', x.says,
        'source', x.source, 'toldAt', ${utcText('x.told_at')}, 'seenAt', coalesce(${utcText('x.seen_at')}, case when x.adult_id = $4 then ${utcText('$3::timestamptz')} end)) order by x.told_at, x.id), '[]')
      from alert x where x.school_id = $1 and x.concern_id = c.id),
    'clocks', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'rule', rule, 'says', says, 'source', source, 'standing', standing, 'basisOn', (basis_at at time zone 'Europe/London')::date, 'dueAt', ${utcText('due_at')},
        'metAt', ${utcText('met_at')}, 'endedAt', ${utcText('ended_at')}, 'breachedAt', ${utcText('breached_at')}) order by basis_at, due_at nulls last, id), '[]')
      from clock where school_id = $1 and concern_id = c.id),
    'triages', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'at', ${utcText('at')}, 'byName', ${nameOf('x.by_id')}, 'immediateRisk', immediate_risk, 'safeToGoHome', safe_to_go_home,
        'medical', medical, 'police', police, 'urgentSays', urgent_says, 'categories', to_jsonb(categories), 'mainCategory', main_category,
        'startedAt', ${utcText('started_at')}, 'registration', registration, 'framework', framework, 'levelId', level_id,
        'levelPosition', level_position, 'rationale', rationale, 'policyEdition', policy_edition, 'answers', ${answersOf('triage_id', 'x.id')}) order by at desc, id desc), '[]')
      from triage x where school_id = $1 and concern_id = c.id),
    'decisions', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'at', ${utcText('at')}, 'byName', ${nameOf('x.by_id')}, 'choice', choice, 'rationale', rationale,
        'notReferringBecause', not_referring_because, 'adviceFrom', advice_from, 'policyEdition', policy_edition, 'answers', ${answersOf('decision_id', 'x.id')},
        'notReferred', ${notReferredBy('decision_id', 'x.id')}, 'considered', to_jsonb(considered), 'framework', framework, 'levelId', level_id, 'thresholdTitle', threshold_title,
        'thresholdEdition', threshold_edition, 'thresholdUnderReview', threshold_under_review, 'secondLooks', ${secondLooksOf('x.id')}) order by at desc, id desc), '[]')
      from decision x where school_id = $1 and concern_id = c.id),
    'parents', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'childId', child_id, 'at', ${utcText('at')}, 'byName', ${nameOf('x.by_id')}, 'outcome', outcome, 'who', who, 'says', says,
        'approvedBy', ${nameOf('x.approved_by')}, 'advisedBy', advised_by, 'advisedRole', advised_role, 'advisedAt', ${utcText('advised_at')}) order by at, id), '[]') from parent_contact x where school_id = $1 and concern_id = c.id),
    'referrals', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'childId', child_id, 'agency', agency, 'destination', destination, 'state', state, 'openedAt', ${utcText('opened_at')},
        'direct', direct) order by opened_at, id), '[]') from referral where school_id = $1 and concern_id = c.id),
    'actions', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'says', says, 'ownerName', ${nameOf('x.owner_id')}, 'dueOn', due_on, 'doneAt', ${utcText('done_at')}, 'dropped', dropped,
        'outcome', outcome, 'asksChildren', asks_children) order by done_at is not null, due_on, id), '[]') from action x where school_id = $1 and concern_id = c.id),
    'links', (select coalesce(jsonb_agg(jsonb_build_object('id', o.id, 'reference', o.reference, 'recordedAt', ${utcText('o.recorded_at')}, 'reason', l.reason) order by o.recorded_at, o.id), '[]')
      from concern_link l join concern o on o.school_id = $1 and o.id = l.linked_id where l.school_id = $1 and l.concern_id = c.id),
    'moves', (select coalesce(jsonb_agg(jsonb_build_object('from', f.given_name || ' ' || f.family_name, 'to', t.given_name || ' ' || t.family_name, 'at', ${utcText('m.at')},
        'byName', ${nameOf('m.by_id')}, 'reason', m.reason) order by m.at, m.id), '[]')
      from concern_move m join child f on f.school_id = $1 and f.id = m.from_child join child t on t.school_id = $1 and t.id = m.to_child where m.school_id = $1 and m.concern_id = c.id),
    'closures', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'notReferred', ${notReferredBy('closure_id', 'x.id')}, 'closedAt', ${utcText('closed_at')}, 'closedBy', ${nameOf('x.closed_by')}, 'summary', summary, 'outcome', outcome,
        'rationale', rationale, 'reopenedAt', ${utcText('reopened_at')}, 'reopenedBy', ${nameOf('x.reopened_by')}, 'reopenedBecause', reopened_because) order by closed_at desc, id), '[]')
      from closure x where school_id = $1 and concern_id = c.id),
    'amendments', ${amendmentsOfConcern}, 'replies', ${repliesOf('c.id')}
    ) as content
  from concern c where c.school_id = $1 and c.id = $2`,
}

/** All of a concern, and how many of the reader's own alerts this reading marked as seen. */
export async function getConcernContent(
  work: Work,
  permit: Permit<'concern.read' | 'concern.triage' | 'concern.decide' | 'concern.acknowledge' | 'concern.add-to'>,
  id: ConcernId,
): Promise<{ content: ConcernContent; alertsSeen: number }> {
  const reader = permit.someone.kind === 'adult' ? permit.someone.adultId : null
  const [row] = await work.tx.run<{ seen: number; content: ConcernContent }>(content, [work.school.id, id, work.now, reader])
  if (!row) throw new Error('a permitted concern has content')
  return { content: row.content, alertsSeen: row.seen }
}

const known = {
  name: 'triage_children_known',
  text: `select jsonb_build_object('childId', k.id, 'household', ${householdOf('k.id')},
    'mark', (select jsonb_build_object('childId', m.child_id, 'mark', m.mark, 'atTime', m.at_time, 'says', m.says) from attendance_mark m where m.school_id = $1 and m.child_id = k.id and m.on_day = $4),
    'earlierCount', (select count(*) from concern_child x join concern o on o.school_id = $1 and o.id = x.concern_id
      where x.school_id = $1 and x.child_id = k.id and x.moved_to is null and o.id <> $3 and ${notShutOut('o')}),
    'earlier', (select coalesce(jsonb_agg(e.row order by e.at desc), '[]') from (
      select o.recorded_at as at, jsonb_build_object('id', o.id, 'reference', o.reference, 'recordedAt', ${utcText('o.recorded_at')}, 'state', o.state, 'urgent', o.urgent,
          'category', o.category, 'prompts', to_jsonb(o.prompts), 'involvement', x.involvement) as row
      from concern_child x join concern o on o.school_id = $1 and o.id = x.concern_id
      where x.school_id = $1 and x.child_id = k.id and x.moved_to is null and o.id <> $3 and ${notShutOut('o')} order by o.recorded_at desc limit 6) e),
    'statuses', (select coalesce(jsonb_agg(jsonb_build_object('status', status, 'startsOn', starts_on, 'endsOn', ends_on, 'authority', authority, 'workerName', worker_name,
        'workerPhone', worker_phone) order by starts_on desc, id), '[]') from child_status where school_id = $1 and child_id = k.id and (ends_on is null or ends_on >= $4)),
    'siblings', (select coalesce(jsonb_agg(jsonb_build_object('childId', b.id, 'name', b.given_name || ' ' || b.family_name, 'className', b.class_name,
        'openConcerns', (select count(*) from concern_child x join concern o on o.school_id = $1 and o.id = x.concern_id
          where x.school_id = $1 and x.child_id = b.id and x.moved_to is null and o.state <> 'closed' and o.id <> $3 and ${notShutOut('o')})) order by b.given_name, b.id), '[]')
      from sibling s join child b on b.school_id = $1 and b.id = s.sibling_id where s.school_id = $1 and s.child_id = k.id),
    'contacts', (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'relation', relation, 'phone', phone, 'barred', barred, 'barredReason', barred_reason)
        order by barred desc, priority, id), '[]') from child_contact where school_id = $1 and child_id = k.id and (ends_at is null or ends_at > $5))
    ) as known
  from child k where k.school_id = $1 and k.id = any ($2)`,
}

/** What is known of the children of a concern, apart from it. */
export async function listChildrenKnown(
  work: Work,
  _permit: Permit<'concern.triage' | 'concern.decide' | 'parents.record' | 'concern.read' | 'referral.make'>,
  concernId: ConcernId,
  childIds: readonly ChildId[],
): Promise<ChildKnown[]> {
  const rows = await work.tx.run<{ known: ChildKnown }>(known, [
    work.school.id,
    childIds,
    concernId,
    localDate(work.now),
    work.now,
  ])
  return rows.map(row => row.known)
}

const attachment = {
  name: 'triage_attachment',
  text: `select kind, media_type as "mediaType", attachment_content(concern_id, id) as sealed, ${scanColumns} from attachment where school_id = $1 and concern_id = $2 and id = $3`,
}

export interface SealedAttachment extends Scanned {
  readonly kind: EvidenceKind
  readonly mediaType: string
  readonly sealed: Buffer | null
}

/** A scan as it is kept: sealed. */
export async function findSealedAttachment(
  work: Work,
  _permit: Permit<'concern.read'>,
  concernId: ConcernId,
  id: string,
): Promise<SealedAttachment | undefined> {
  return (await work.tx.run<SealedAttachment>(attachment, [work.school.id, concernId, id]))[0]
}

const children = {
  name: 'triage_find_children',
  text: `select id as "childId", given_name as "givenName", family_name as "familyName", known_as as "knownAs", class_name as "className", born, standing
    from child where school_id = $1 and standing <> 'unidentified' and ' ' || search_name like all ($2)
    order by family_name, given_name, id limit 20`,
}

/** Children of whose names all these beginnings are found, twenty at most. */
export function listChildrenByName(
  work: Work,
  _permit: Permit<'concern.move'>,
  beginnings: readonly string[],
): Promise<FoundChild[]> {
  return work.tx.run<FoundChild>(children, [work.school.id, beginnings.map(word => `% ${word}%`)])
}

const childTied = { name: 'triage_child_tied', text: 'select tied, standing from child where school_id = $1 and id = $2' }

/** Adults tied to a child of the school; undefined where there is no such child here. */
export async function findChildTied(
  work: Work,
  _permit: Permit<'concern.move'>,
  id: ChildId,
): Promise<{ tied: string[]; standing: string } | undefined> {
  const [row] = await work.tx.run<{ tied: string[]; standing: string }>(childTied, [work.school.id, id])
  return row
}

const candidates = {
  name: 'triage_link_candidates',
  text: `select o.id, o.reference, ${utcText('o.recorded_at')} as "recordedAt", o.happened_on as "happenedOn", o.happened_at_time as "happenedAtTime", o.urgent, o.category, o.prompts,
      coalesce(o.on_behalf_of, o.outside_reporter, ${nameOf('o.reporter_id')}) as reporter
    from concern o where o.school_id = $1 and o.id <> $2 and ${notShutOut('o')}
      and o.id in (select x.concern_id from concern_child x where x.school_id = $1 and x.child_id = any ($3) and x.moved_to is null)
      and not exists (select 1 from concern_link l where l.school_id = $1 and l.concern_id = $2 and l.linked_id = o.id)
    order by o.recorded_at desc, o.id limit 12`,
}

/** Other concerns about the same children, the newest first. */
export function listLinkCandidates(
  work: Work,
  _permit: Permit<'concern.link'>,
  id: ConcernId,
  childIds: readonly ChildId[],
): Promise<LinkCandidate[]> {
  return work.tx.run<LinkCandidate>(candidates, [work.school.id, id, childIds])
}

const byReference = {
  name: 'triage_concern_by_reference',
  text: `select id from concern o where school_id = $1 and reference = $2 and ${notShutOut('o')}`,
}

/** The id behind a reference, where the reader may see that concern. */
export async function findConcernIdByReference(
  work: Work,
  _permit: Permit<'concern.link'>,
  reference: string,
): Promise<ConcernId | undefined> {
  const [row] = await work.tx.run<{ id: ConcernId }>(byReference, [work.school.id, reference])
  return row?.id
}
