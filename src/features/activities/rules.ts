/** Whether a closure, a trip or an activity has somebody of the team behind it. Pure. */
import type { RoleId } from '../../policy/roles.ts'
import type { CoverFacts, CoverKind, Duty, Stretch } from '../cover/model.ts'
import { contains, earlier, without } from '../cover/rules.ts'
import type { Activity, ActivityKind, ActivityStanding } from './model.ts'

/** What part of this duty can be counted on: its person of the team all the while, and not out. */
function countedOn(facts: CoverFacts, duty: Duty, fileRoles: readonly RoleId[]): Stretch[] {
  const held = facts.appointments.filter(
    appointment =>
      appointment.adultId === duty.adultId && fileRoles.includes(appointment.role) && contains(appointment, duty.startsAt),
  )
  const until = held.map(appointment => appointment.endsAt).includes(null)
    ? duty.endsAt
    : held
        .flatMap(appointment => appointment.endsAt ?? [])
        .toSorted()
        .at(-1)
  if (until === undefined || until <= duty.startsAt) return []
  const out = facts.absences.filter(absence => absence.adultId === duty.adultId)
  return without([{ startsAt: duty.startsAt, endsAt: earlier(until, duty.endsAt) }], out)
}

/** Confirmed is what somebody of the team covers from its beginning to its end, with a telephone. */
export function standingOf(
  activity: Pick<Activity, 'id' | 'startsAt' | 'endsAt'>,
  facts: CoverFacts,
  fileRoles: readonly RoleId[],
): ActivityStanding {
  const covers = facts.duties.filter(duty => duty.activityId === activity.id)
  const whole = [{ startsAt: activity.startsAt, endsAt: activity.endsAt }]
  if (without(whole, covers).length > 0) return { confirmed: false, because: 'nobody-named', covers }
  const reachable = covers.filter(duty => duty.phone !== null)
  if (without(whole, reachable).length > 0) return { confirmed: false, because: 'no-telephone', covers }
  const counted = reachable.flatMap(duty => countedOn(facts, duty, fileRoles))
  return without(whole, counted).length > 0 ? { confirmed: false, because: 'not-there', covers } : { confirmed: true, covers }
}

/** The kind of duty that covers an entry: only who goes along with a trip is away from the school. */
export function dutyKindFor(kind: ActivityKind, mode: 'in-person' | 'remote'): CoverKind {
  if (kind === 'closure') return 'holiday'
  return kind === 'trip' && mode === 'in-person' ? 'trip' : 'out-of-hours'
}
