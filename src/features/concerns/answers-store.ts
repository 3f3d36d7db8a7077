/** What answers to the policy's questions set while a concern is recorded. Written only where there is something. */
import type { Permit } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import type { Work } from '../../work/work.ts'
import type { ActionToStart, HoldToSet } from './model.ts'

interface Of {
  readonly id: ConcernId
  readonly excluded: readonly AdultId[]
  readonly writtenBy: AdultId | null
}

const startActions = {
  name: 'concern_actions_start',
  text: `with started as (insert into action (school_id, id, concern_id, child_id, says, owner_id, due_on, set_at, set_by, excluded)
      select $1, a.id, $2, a."childId", a.says, a."ownerId", a."dueOn", $4, null, $5
      from jsonb_to_recordset($3::jsonb) as a (id uuid, "childId" uuid, says text, "ownerId" uuid, "dueOn" date))
    insert into entry (school_id, id, child_id, kind, heading, happened_on, happened_at_time, recorded_at, author_id, concern_id, involvement, excluded)
    select $1, a."entryId", a."childId", 'action', 'Action set', $6, $7, $4, $8, $2, a.involvement, $5
    from jsonb_to_recordset($3::jsonb) as a ("entryId" uuid, "childId" uuid, involvement text)`,
}

/** Sets the actions, with their lines in the children's chronologies; travels with the next statement. */
export function insertStartedActions(
  work: Work,
  _permit: Permit<'concern.record'>,
  concern: Of,
  actions: readonly ActionToStart[],
): void {
  if (actions.length === 0) return
  const { date, time } = toLocal(work.now)
  work.tx.later(startActions, [
    work.school.id,
    concern.id,
    JSON.stringify(actions),
    work.now,
    concern.excluded,
    date,
    time,
    concern.writtenBy,
  ])
}

const setHold = {
  name: 'concern_hold_set',
  text: `insert into parent_hold (school_id, id, concern_id, question, option, set_at, reporter_id, excluded) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
}

/** Holds back speaking with the parents; travels with the next statement. */
export function insertHold(work: Work, _permit: Permit<'concern.record'>, concern: Of, hold: HoldToSet | null): void {
  if (!hold) return
  work.tx.later(setHold, [
    work.school.id,
    hold.id,
    concern.id,
    hold.question,
    hold.option,
    work.now,
    concern.writtenBy,
    concern.excluded,
  ])
}
