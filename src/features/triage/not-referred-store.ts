import type { Permit } from '../../access/index.ts'
import { notShutOut } from '../../access/not-shut-out.ts'
import { newId } from '../../platform/identifiers.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { ConcernFacts, NotReferred } from './model.ts'
import type { NotReferredRow, RegisterAsked } from './page-model.ts'

const add = {
  name: 'triage_not_referred_add',
  text: `insert into not_referred (school_id, id, concern_id, decision_id, closure_id, agency, reason, at, by_id, excluded)
    select $1, n.id, $2, $3, $4, n.agency, n.reason, $6, $7, $8 from jsonb_to_recordset($5::jsonb) as n (id uuid, agency text, reason text)`,
}

/** Keeps to whom a child is not referred, with the decision or the closing; travels with the next statement. */
export function insertNotReferred(
  work: Work,
  permit: Permit<'concern.decide' | 'concern.close'>,
  concern: Pick<ConcernFacts, 'id' | 'excluded'>,
  by: { readonly decisionId: string } | { readonly closureId: string },
  all: readonly NotReferred[],
): void {
  if (all.length === 0) return
  work.tx.later(add, [
    work.school.id,
    concern.id,
    'decisionId' in by ? by.decisionId : null,
    'closureId' in by ? by.closureId : null,
    JSON.stringify(all.map(({ agency, reason }) => ({ id: newId<string>(), agency, reason }))),
    work.now,
    permit.someone.kind === 'adult' ? permit.someone.adultId : null,
    concern.excluded,
  ])
}

/** SQL: to whom the decision or the closing that the column names says that nobody was referred, as a list. */
export function notReferredBy(owner: 'decision_id' | 'closure_id', column: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('agency', r.agency, 'reason', r.reason) order by r.id), '[]')
      from not_referred r where r.school_id = $1 and r.concern_id = c.id and r.${owner} = ${column})`
}

const register = {
  name: 'triage_not_referred',
  text: `select n.id, n.agency, n.reason, ${utcText('n.at')} as at, a.name as "byName", n.closure_id is not null as "atClosing", o.id as "concernId", o.reference, o.state,
      (select coalesce(jsonb_agg(jsonb_build_object('name', trim(k.given_name || ' ' || k.family_name), 'className', k.class_name) order by k.family_name, k.given_name, k.id), '[]')
        from concern_child x join child k on k.school_id = $1 and k.id = x.child_id
        where x.school_id = $1 and x.concern_id = o.id and x.moved_to is null and x.involvement = 'subject') as children,
      (select coalesce(jsonb_agg(jsonb_build_object('says', m.says, 'because', m.because, 'at', ${utcText('m.at')}, 'byName', (select name from adult where school_id = $1 and id = m.by_id)) order by m.at, m.id), '[]')
        from amendment m where m.school_id = $1 and m.concern_id = o.id and m.judgement_id = coalesce(n.decision_id, n.closure_id)) as amendments,
      (select ${utcText('min(f.opened_at)')} from referral f where f.school_id = $1 and f.concern_id = o.id and f.agency = n.agency and f.opened_at > n.at) as "referredAt"
    from not_referred n join concern o on o.school_id = $1 and o.id = n.concern_id join adult a on a.school_id = $1 and a.id = n.by_id
    where n.school_id = $1 and ${notShutOut('o')} and ($2::date is null or (n.at at time zone 'Europe/London')::date >= $2) and ($3::date is null or (n.at at time zone 'Europe/London')::date <= $3)
      and ($4::text is null or n.agency = $4)
    order by n.at desc, n.id desc limit $5`,
}

/** Decisions not to refer, the newest first, at most so many. */
export function listNotReferred(
  work: Work,
  _permit: Permit<'not-referred.open'>,
  asked: RegisterAsked,
  max: number,
): Promise<NotReferredRow[]> {
  return work.tx.run<NotReferredRow>(register, [work.school.id, asked.from ?? null, asked.to ?? null, asked.agency ?? null, max])
}
