import type { Permit } from '../../access/index.ts'
import type { ActionId, AdultId, ConcernId } from '../../kernel/ids.ts'
import { utcText } from '../../platform/sql-text.ts'
import type { Work } from '../../work/work.ts'
import type { Action, NewAction, PossibleOwner } from './model.ts'

const nameOf = (column: string) => `(select name from adult where school_id = $1 and id = ${column})`

const columns = `n.id, n.says, n.concern_id as "concernId", n.child_id as "childId", n.owner_id as "ownerId", ${nameOf('n.owner_id')} as "ownerName",
  (n.owner_id = any (n.excluded) or not exists (select 1 from appointment p where p.school_id = $1 and p.adult_id = n.owner_id and p.starts_at <= $3 and (p.ends_at is null or p.ends_at > $3)))
    as "needsOwner",
  n.due_on as "dueOn", ${utcText('n.set_at')} as "setAt", coalesce(${nameOf('n.set_by')}, 'the policy, by an answer to what it asks') as "setBy", ${utcText('n.done_at')} as "doneAt", ${nameOf('n.done_by')} as "doneBy",
  n.outcome, n.dropped, n.referral_id as "referralId", n.asks, n.excluded,
  (n.asks_children and n.done_at is null and concern_questions_held(n.concern_id)) as "isPaused"`

const one = { name: 'action_one', text: `select ${columns} from action n where n.school_id = $1 and n.id = $2` }
const lock = { name: 'action_lock', text: 'select id from action where school_id = $1 and id = $2 for update' }

/** An action. Before the permit, which is asked with its owner and its exclusions; nothing is shown without one. */
export async function findAction(work: Work, id: ActionId): Promise<Action | undefined> {
  const [row] = await work.tx.run<Action>(one, [work.school.id, id, work.now])
  return row
}

/** Holds the action until the transaction ends. */
export async function lockAction(work: Work, id: ActionId): Promise<void> {
  await work.tx.run(lock, [work.school.id, id])
}

const own = {
  name: 'action_own',
  text: `select ${columns} from action n where n.school_id = $1 and n.owner_id = $2
    order by n.done_at is not null, case when n.done_at is null then n.due_on end, n.done_at desc, n.id limit 100`,
}

/** The actions of one adult: open ones by when they are due, then those finished last. */
export function listOwnActions(work: Work, _permit: Permit<'action.finish'>, owner: AdultId): Promise<Action[]> {
  return work.tx.run<Action>(own, [work.school.id, owner, work.now])
}

const owners = {
  name: 'action_owners',
  text: `select a.id as "adultId", a.name, a.job_title as "jobTitle" from adult a
    where a.school_id = $1 and a.account_id is not null
      and exists (select 1 from appointment p where p.school_id = $1 and p.adult_id = a.id and p.starts_at <= $2 and (p.ends_at is null or p.ends_at > $2))
    order by a.name, a.id`,
}

/** Adults of the school who can see an action that is given to them. Names and titles alone, so no permit. */
export function listPossibleOwners(work: Work): Promise<PossibleOwner[]> {
  return work.tx.run<PossibleOwner>(owners, [work.school.id, work.now])
}

export async function insertAction(
  work: Work,
  _permit: Permit<'action.set'>,
  concern: { readonly id: ConcernId; readonly excluded: readonly AdultId[] },
  row: NewAction & { readonly id: ActionId; readonly by: AdultId },
): Promise<void> {
  await work.tx.db
    .insertInto('action')
    .values({
      school_id: work.school.id,
      id: row.id,
      concern_id: concern.id,
      child_id: row.childId,
      says: row.says,
      owner_id: row.ownerId,
      due_on: row.dueOn,
      set_at: work.now,
      set_by: row.by,
      asks_children: row.asksChildren ?? false,
      excluded: [...concern.excluded],
    })
    .execute()
}

const finish = {
  name: 'action_finish',
  text: `with finished as (update action set done_at = $3, done_by = $4, outcome = $5, dropped = $6 where school_id = $1 and id = $2)
    insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, excluded)
    select $1, $7, $8, 'action', $9, $10, $11, $3, $4, $12, $13 where $8::uuid is not null`,
}

/** Ends an action, with its line in the child's chronology. The owner may do so who sees nothing else of it. */
export async function saveFinish(
  work: Work,
  _permit: Permit<'action.finish'>,
  action: Action,
  row: {
    readonly by: AdultId
    readonly outcome: string
    readonly dropped: boolean
    readonly entryId: string
    readonly heading: string
    readonly on: string
    readonly time: string
  },
): Promise<void> {
  await work.tx.run(finish, [
    work.school.id,
    action.id,
    work.now,
    row.by,
    row.outcome,
    row.dropped,
    row.entryId,
    action.childId,
    row.heading,
    row.on,
    row.time,
    action.concernId,
    action.excluded,
  ])
}

const give = { name: 'action_give', text: 'update action set owner_id = $3 where school_id = $1 and id = $2' }

export async function saveOwner(work: Work, _permit: Permit<'action.set'>, action: Action, owner: AdultId): Promise<void> {
  await work.tx.run(give, [work.school.id, action.id, owner])
}
