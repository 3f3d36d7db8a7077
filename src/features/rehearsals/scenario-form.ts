/** A scenario in the fields of its form. */
import type { FormValues } from '../../web/http/form-values.ts'
import type { EventForm } from './event-fields.ts'
import {
  emptyPerson,
  emptyPupil,
  mostEvents,
  mostPeople,
  mostPupils,
  refOf,
  type Scenario,
  type TypedEvent,
  type TypedPerson,
  type TypedPupil,
} from './scenario.ts'

const personKeys = [
  'name',
  'role',
  'otherRole',
  'away',
  'relativeOf',
  'parentOf',
  'employer',
] as const satisfies readonly (keyof TypedPerson)[]
const pupilKeys = ['name', 'born', 'authority', 'leavesAt', 'status'] as const satisfies readonly (keyof TypedPupil)[]

const rows = (form: FormValues, kind: string, most: number) =>
  Array.from({ length: most }, (_, index) => index).filter(index => form.has(`${kind}-${index}`))

/** Reads whatever was typed; what is wrong with it is found when it is played. */
export function readScenario(form: FormValues): Scenario {
  const text = (name: string) => form.text(name)
  return {
    people: rows(form, 'person', mostPeople).map(row => ({
      ...emptyPerson,
      ...Object.fromEntries(personKeys.map(key => [key, text(`person-${row}-${key}`)])),
    })),
    pupils: rows(form, 'pupil', mostPupils).map(row => ({
      ...emptyPupil,
      ...Object.fromEntries(pupilKeys.map(key => [key, text(`pupil-${row}-${key}`)])),
    })),
    events: rows(form, 'event', mostEvents).map((row): TypedEvent => {
      const prefix = `event-${row}-answer-`
      const keys = form.names().filter(name => name.startsWith(prefix))
      return {
        event: text(`event-${row}`),
        date: text(`event-${row}-date`),
        time: text(`event-${row}-time`),
        answers: Object.fromEntries(keys.map(name => [name.slice(prefix.length), form.all(name)])),
      }
    }),
  }
}

/** The same scenario as fields, for a page that offers to change it. */
export function scenarioFields(scenario: Scenario): [string, string][] {
  return [
    ...scenario.people.flatMap((person, row): [string, string][] => [
      [`person-${row}`, 'yes'],
      ...personKeys.map((key): [string, string] => [`person-${row}-${key}`, person[key]]),
    ]),
    ...scenario.pupils.flatMap((pupil, row): [string, string][] => [
      [`pupil-${row}`, 'yes'],
      ...pupilKeys.map((key): [string, string] => [`pupil-${row}-${key}`, pupil[key]]),
    ]),
    ...scenario.events.flatMap((event, row): [string, string][] => [
      [`event-${row}`, event.event],
      [`event-${row}-date`, event.date],
      [`event-${row}-time`, event.time],
      ...Object.entries(event.answers).flatMap(([key, answers]) =>
        answers.map((answer): [string, string] => [`event-${row}-answer-${key}`, answer]),
      ),
    ]),
  ]
}

/** Refs are places in the order: those behind an event that is taken out move up, and those to it are to be chosen anew. */
function after(removed: number) {
  const moved = (ref: string): string => {
    const [, place = '', conduct = ''] = /^event-(\d+)(-conduct)?$/.exec(ref) ?? []
    const index = Number(place) - 1
    if (place === '' || index < removed) return ref
    return index === removed ? '' : `${refOf(index - 1)}${conduct}`
  }
  return (event: TypedEvent): TypedEvent => {
    const { ref } = event.answers
    return ref ? { ...event, answers: { ...event.answers, ref: ref.map(moved) } } : event
  }
}

/** What a button of the form does to the scenario; undefined where it plays it. */
export function changed(scenario: Scenario, pressed: string, forms: readonly EventForm[], added: string): Scenario | undefined {
  const [verb, kind, place] = pressed.split(' ')
  const without = <Row>(list: readonly Row[]) => list.filter((_, index) => String(index) !== place)
  if (verb === 'remove') {
    if (kind === 'person') return { ...scenario, people: without(scenario.people) }
    if (kind === 'pupil') return { ...scenario, pupils: without(scenario.pupils) }
    if (kind === 'event') return { ...scenario, events: without(scenario.events).map(after(Number(place))) }
  }
  if (verb === 'change') return scenario
  if (verb !== 'add') return undefined
  if (kind === 'person') return { ...scenario, people: [...scenario.people, emptyPerson].slice(0, mostPeople) }
  if (kind === 'pupil') return { ...scenario, pupils: [...scenario.pupils, emptyPupil].slice(0, mostPupils) }
  const form = forms.find(one => one.event === added)
  const last = scenario.events.at(-1)
  if (!form) return scenario
  const event = { event: form.event, date: last?.date ?? '', time: last?.time ?? '', answers: {} }
  return { ...scenario, events: [...scenario.events, event].slice(0, mostEvents) }
}
