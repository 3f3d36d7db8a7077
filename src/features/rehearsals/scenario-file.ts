/** Between a scenario as it is composed and the file that the rehearsal command reads. */
import type { Profile } from '../../policy/profile.ts'
import type { EventField, EventForm } from './event-fields.ts'
import { emptyPerson, emptyPupil, refOf, type Scenario, type TypedEvent, type TypedPerson, type TypedPupil } from './scenario.ts'

type Values = Record<string, unknown>

const listed = (text: string) =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')

const given = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )

function personOf(person: TypedPerson): Values {
  return given({
    roles: [...new Set([person.role, person.otherRole])].filter(role => role !== ''),
    absent: listed(person.away),
    relative_of: person.relativeOf,
    parent_of: person.parentOf,
    employer: person.employer.trim(),
  })
}

function pupilOf(pupil: TypedPupil): Values {
  return given({
    born: pupil.born.trim(),
    authority: pupil.authority,
    leaves_at: pupil.leavesAt.trim(),
    statuses: listed(pupil.status),
  })
}

function answerValue(field: EventField, answers: readonly string[]): unknown {
  const [first = ''] = answers
  switch (field.kind) {
    case 'people':
    case 'pupils':
    case 'anybody':
    case 'some-of':
      return answers.filter(answer => answer !== '')
    case 'yes-no':
      return first === '' ? '' : first === 'yes'
    case 'number':
      return /^\d{1,4}$/.test(first.trim()) ? Number(first) : first.trim()
    case 'ref':
    case 'person':
    case 'one-of':
    case 'line':
    case 'date':
      return first.trim()
  }
}

function eventOf(forms: readonly EventForm[], { event, date, time, answers }: TypedEvent, index: number): Values {
  const form = forms.find(one => one.event === event)
  const keys = (form?.fields ?? []).map(field => [field.key, answerValue(field, answers[field.key] ?? [])])
  return {
    at: `${date.trim()} ${time.trim()}`,
    event,
    ...(form?.opens ? { ref: refOf(index) } : {}),
    ...given(Object.fromEntries(keys)),
  }
}

/** What the rehearsal command reads: the same words as in a file written by hand. */
export function fileOfScenario(profile: Profile, forms: readonly EventForm[], scenario: Scenario): Values {
  return given({
    profile: profile.key,
    people: Object.fromEntries(
      scenario.people.filter(one => one.name.trim() !== '').map(one => [one.name.trim(), personOf(one)]),
    ),
    pupils: Object.fromEntries(scenario.pupils.filter(one => one.name.trim() !== '').map(one => [one.name.trim(), pupilOf(one)])),
    events: scenario.events.map((event, index) => eventOf(forms, event, index)),
  })
}

const record = (value: unknown): Values => (typeof value === 'object' && value !== null ? (value as Values) : {})
const several = (value: unknown): string[] => (value === undefined || value === null ? [] : [value].flat().map(String))
const single = (value: unknown): string => several(value)[0] ?? ''

function typedPerson([name, value]: [string, unknown]): TypedPerson {
  const facts = record(value)
  const [role = '', otherRole = ''] = several(facts['roles'])
  return {
    ...emptyPerson,
    name,
    role,
    otherRole,
    away: several(facts['absent']).join(', '),
    relativeOf: single(facts['relative_of']),
    parentOf: single(facts['parent_of']),
    employer: single(facts['employer']),
  }
}

function typedPupil([name, value]: [string, unknown]): TypedPupil {
  const facts = record(value)
  return {
    ...emptyPupil,
    name,
    born: single(facts['born']),
    authority: single(facts['authority']),
    leavesAt: single(facts['leaves_at']),
    status: several(facts['statuses']).join(', '),
  }
}

/** A file's own refs become those of the scenario, which stand for the place in the order. */
function typedEvent(refs: ReadonlyMap<string, string>) {
  return (value: unknown): TypedEvent => {
    const { at, event, ref, ...keys } = record(value)
    const [date = '', time = ''] = single(at).replace('T', ' ').split(' ')
    const answers = Object.fromEntries(
      Object.entries(keys).map(([key, answer]) => [key, typeof answer === 'boolean' ? [answer ? 'yes' : 'no'] : several(answer)]),
    )
    const of = single(ref)
    const conduct = of.endsWith('-conduct') ? '-conduct' : ''
    const known = refs.get(conduct ? of.slice(0, -conduct.length) : of)
    return { event: single(event), date, time, answers: known ? { ...answers, ref: [`${known}${conduct}`] } : answers }
  }
}

/** A file may name a level of need by its id or by its place; the form offers the places. */
function withLevelPlaces(profile: Profile, event: TypedEvent): TypedEvent {
  const [named] = event.answers['level'] ?? []
  const level = profile.levels.levels.find(one => one.id === named)
  return level ? { ...event, answers: { ...event.answers, level: [String(level.position)] } } : event
}

/** A scenario out of a file that the rehearsal command can read. */
export function scenarioOfFile(profile: Profile, file: unknown): Scenario {
  const { people, pupils, events } = record(file)
  const all = Array.isArray(events) ? events : []
  const refs = new Map<string, string>()
  for (const [index, event] of all.entries()) {
    const ref = single(record(event)['ref'])
    if (ref !== '' && !refs.has(ref) && !ref.endsWith('-conduct')) refs.set(ref, refOf(index))
  }
  return {
    people: Object.entries(record(people)).map(typedPerson),
    pupils: Object.entries(record(pupils)).map(typedPupil),
    events: all.map(typedEvent(refs)).map(event => withLevelPlaces(profile, event)),
  }
}
