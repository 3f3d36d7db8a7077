import type { LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { Profile } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'

/** What happens in a scenario, as it is typed: everything is text until it is read. */
export interface TypedEvent {
  readonly event: string
  readonly date: string
  readonly time: string
  /** Answers by key of the event; several where several may be chosen. */
  readonly answers: Readonly<Record<string, readonly string[]>>
}

export interface TypedPerson {
  readonly name: string
  readonly role: string
  readonly otherRole: string
  /** Dates on which they are away, as 2026-11-20, several with commas. */
  readonly away: string
  readonly relativeOf: string
  readonly parentOf: string
  readonly employer: string
}

export interface TypedPupil {
  readonly name: string
  readonly born: string
  readonly authority: string
  readonly leavesAt: string
  readonly status: string
}

/** A scenario as somebody composes it. */
export interface Scenario {
  readonly people: readonly TypedPerson[]
  readonly pupils: readonly TypedPupil[]
  readonly events: readonly TypedEvent[]
}

export const mostPeople = 14
export const mostPupils = 6
export const mostEvents = 30

export const emptyPerson: TypedPerson = {
  name: '',
  role: '',
  otherRole: '',
  away: '',
  relativeOf: '',
  parentOf: '',
  employer: '',
}
export const emptyPupil: TypedPupil = { name: '', born: '', authority: '', leavesAt: '', status: '' }

const usualCast: readonly RoleId[] = ['dsl', 'deputy-dsl', 'headteacher', 'chair-of-governors', 'director-of-education']

/** Where composing begins: a teacher, the people whom the policy names most, one pupil, and a concern now. */
export function scenarioToBeginWith(profile: Profile, date: PlainDate, time: LocalTime): Scenario {
  const titles = usualCast.flatMap(role => {
    const member = profile.team.find(one => one.role === role)
    return member ? [{ ...emptyPerson, name: member.title, role }] : []
  })
  return {
    people: [{ ...emptyPerson, name: 'Teacher', role: 'teacher' }, ...titles],
    pupils: [{ ...emptyPupil, name: 'A pupil', authority: profile.school.authority, leavesAt: profile.calendar.dayEnds }],
    events: [
      { event: 'concern.recorded', date, time, answers: { by: ['Teacher'], kind: ['welfare'], about: ['A pupil'] } },
      { event: 'time.passes', date, time: '23:59', answers: {} },
    ],
  }
}

/** The ref that an event opens is its place in the order: nobody has to think of one. */
export function refOf(index: number): string {
  return `event-${index + 1}`
}
