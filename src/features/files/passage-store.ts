/** SQL: what was written in a concern apart from its account and its steps, for a statement over entries `p` of the child $2 in the school $1. */
import { notShutOut } from '../../access/not-shut-out.ts'
import { utcText } from '../../platform/sql-text.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

const said = (label: string, says: string, facts: string) =>
  `jsonb_build_object('label', '${label}', 'says', ${says}, 'facts', jsonb_build_object(${facts}))`

/** Lists of passages, one after the other; a list that is not there counts as empty. */
export function listsOfPassages(...lists: readonly string[]): string {
  return lists.map(list => `coalesce(${list}, '[]'::jsonb)`).join(' || ')
}

/** A challenge on the entry that tells of it, and its answer on the entry of the answer. */
export const challenged = `(select jsonb_agg(part.passage order by y.id) from challenge y, lateral (values
      (y.at, jsonb_build_object('label', 'challenge', 'says', y.says)), (y.replied_at, jsonb_build_object('label', 'challenge-answered', 'says', y.reply))) as part (at, passage)
    where y.school_id = $1 and y.concern_id = p.concern_id and part.at = p.recorded_at and ${notShutOut('y')})`

export const emergencyCalls = `(select jsonb_agg(${said('emergency-call', 'y.says', `'service', y.service, 'at', ${utcText('y.at')}, 'rangBy', y.rang_by, 'incident', y.incident`)} order by y.id)
    from agency_call y where y.school_id = $1 and y.concern_id = p.concern_id and y.recorded_at = p.recorded_at and ${notShutOut('y')})`

export const adviceTaken = `(select jsonb_agg(${said('advice-taken', 'y.says', `'agency', y.agency, 'at', ${utcText('y.at')}, 'withWhom', y.with_whom, 'named', y.named, 'asked', y.asked, 'reference', y.reference, 'decided', y.decided, 'because', y.because, 'followed', y.followed`)} order by y.id)
    from advice y where y.school_id = $1 and y.concern_id = p.concern_id and y.recorded_at = p.recorded_at and ${notShutOut('y')})`

export const familyTalks = `(select jsonb_agg(${said('family-contact', 'y.says', `'at', ${utcText('y.at')}, 'who', y.who, 'how', y.how, 'agreedWith', y.agreed_with, 'agreedAt', ${utcText('y.agreed_at')}, 'early', y.early`)} order by y.id)
    from family_contact y where y.school_id = $1 and y.concern_id = p.concern_id and y.recorded_at = p.recorded_at and ${notShutOut('y')})`

const explained = (when: string) => `(select jsonb_agg(${said(
  'explanation',
  'x.says',
  `'markN', x.mark_n, 'injury', b.description, 'givenBy', x.given_by, 'givenSays', x.given_says, 'saidOn', x.said_on, 'saidAtTime', x.said_at_time,
      'treatment', x.treatment, 'treatmentSays', x.treatment_says, 'agrees', x.agrees`,
)} order by x.mark_n, x.at, x.id)
    from explanation x join body_mark b on b.school_id = $1 and b.concern_id = x.concern_id and b.n = x.mark_n
    where x.school_id = $1 and x.concern_id = p.concern_id and ${notShutOut('x')} and ${when}
      and (b.child_id = $2 or exists (select from concern_child k where k.school_id = $1 and k.concern_id = x.concern_id and k.child_id = b.child_id and k.moved_to = $2)))`

/** What was said of this child's injuries later, on the entry that tells of it. */
export const explainedLater = explained('x.at = p.recorded_at')

// A record that was finished later has no entry of that moment: what no entry of its own tells of stands with the concern.
/** What was said of this child's injuries with the record itself. */
export const explainedInRecord =
  explained(`not exists (select from entry l where l.school_id = $1 and l.child_id = $2 and l.concern_id = x.concern_id
      and l.kind = 'addendum' and l.recorded_at = x.at)`)

/** The answers given while the concern was recorded. */
export const answeredInRecord = `(select jsonb_agg(${said('answer', 'g.says', `'question', g.question, 'option', g.option, 'on', g.happened_on`)} order by g.id)
    from answer g where g.school_id = $1 and g.concern_id = p.concern_id and g.triage_id is null and g.decision_id is null and ${notShutOut('g')})`

/** To whom the decision or the closing of this id says that the child was not referred. */
export function notReferredBy(owner: 'decision_id' | 'closure_id', id: string): string {
  return `(select jsonb_agg(${said('not-referred', 'r.reason', `'agency', r.agency`)} order by r.id)
    from not_referred r where r.school_id = $1 and r.concern_id = p.concern_id and r.${owner} = ${id} and ${notShutOut('r')})`
}

/** Whether the decision `d` has its reason in the register as well, where it stands with the agency. */
export const isRegistered = `exists (select from not_referred r where r.school_id = $1 and r.concern_id = d.concern_id and r.decision_id = d.id
    and r.reason = d.not_referring_because and ${notShutOut('r')})`

const corrections = (
  where: string,
) => `(select jsonb_agg(${said('correction', 'm.says', `'because', m.because, 'at', ${utcText('m.at')}, 'byName', ${nameOf('m.by_id')}`)} order by m.at, m.id)
    from amendment m where m.school_id = $1 and m.concern_id = p.concern_id and ${notShutOut('m')} and ${where})`

/** The corrections beside what they correct. */
export function correctionsOf(id: string): string {
  return corrections(`m.judgement_id = ${id}`)
}

/** A correction on the entry that tells of it. */
export const correctedHere = corrections('m.kind = p.kind and m.at = p.recorded_at')
