/** From the text of a rehearsal to what is played, or to every fault in it. */
import { z } from 'zod'
import { localDate, toLocal } from '../kernel/london-time.ts'
import type { Instant } from '../kernel/plain-date.ts'
import { ok, type Result, refused } from '../kernel/result.ts'
import type { Fault, FieldFault, FieldPath } from '../policy/faults.ts'
import { faultsOfIssues } from '../policy/faults.ts'
import type { Policies } from '../policy/load.ts'
import { roleHere } from '../policy/offices.ts'
import type { Profile } from '../policy/profile.ts'
import { knownKeys, readYaml } from '../policy/yaml-text.ts'
import { castDoubts, castFaults, meant, officeDoubts } from './cast-faults.ts'
import type { EventKinds, KeyFault } from './event-kind.ts'
import { type NameKind, nameKindOf, role as roleKey, wallTime } from './keys.ts'
import type { PersonFacts, PupilFacts, Rehearsal, RehearsedEvent } from './model.ts'
import { type RehearsalFile, rehearsalShape } from './schema.ts'

export interface ReadingContext {
  readonly kinds: EventKinds
  /** The schools whose policies are here. */
  readonly profiles: readonly string[]
  /** The policy of one of them as it stands at a moment. */
  profileAt(school: string, moment: Instant): Profile
}

/** Every school of these policies, with what each of them gives to choose from. */
export function contextOf(kinds: EventKinds, policies: Policies): ReadingContext {
  return {
    kinds,
    profiles: policies.keys,
    profileAt: (school, moment) => policies.profile(school, localDate(moment)),
  }
}

/** The names that a rehearsal gives, and the refs that its events have opened so far. */
class Cast {
  readonly people: ReadonlySet<string>
  readonly pupils: ReadonlySet<string>
  readonly refs = new Set<string>()

  constructor(file: { readonly people?: object | undefined; readonly pupils?: object | undefined }) {
    this.people = new Set(Object.keys(file.people ?? {}))
    this.pupils = new Set(Object.keys(file.pupils ?? {}))
  }

  /** What is wrong with a name, if anything is; a ref that is opened is kept. */
  faultOf(kind: NameKind, name: string): Pick<FieldFault, 'says' | 'remedy'> | undefined {
    const known = (names: ReadonlySet<string>) => (names.size > 0 ? `Known: ${[...names].join(', ')}.` : 'There is none.')
    switch (kind) {
      case 'person':
        if (this.people.has(name)) return undefined
        return {
          says: `"${name}" is none of the people.${meant(name, [...this.people])}`,
          remedy: `Add them to people. ${known(this.people)}`,
        }
      case 'pupil':
        if (this.pupils.has(name)) return undefined
        return {
          says: `"${name}" is none of the pupils.${meant(name, [...this.pupils])}`,
          remedy: `Add them to pupils. ${known(this.pupils)}`,
        }
      case 'anybody':
        if (this.people.has(name) || this.pupils.has(name)) return undefined
        return { says: `"${name}" is neither a person nor a pupil.`, remedy: 'Add them to people or to pupils.' }
      case 'newRef':
        if (this.refs.has(name)) return { says: `The ref "${name}" is used already.`, remedy: 'Give each its own.' }
        this.refs.add(name)
        return undefined
      case 'ref':
        if (this.refs.has(name) || this.refs.has(name.replace(/-conduct$/, ''))) return undefined
        return { says: `No event before this one opens the ref "${name}".`, remedy: known(this.refs) }
    }
  }
}

const listOf = <Item>(value: Item | readonly Item[] | undefined): readonly Item[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as Item]

function personOf(found: NonNullable<RehearsalFile['people']>[string], profile: Profile | undefined): PersonFacts {
  const roles = found.roles ?? []
  return {
    roles: profile ? roles.map(role => roleHere(profile, role)) : roles,
    absent: listOf(found.absent),
    relativeOf: listOf(found.relative_of),
    parentOf: listOf(found.parent_of),
    ...(found.left ? { left: found.left } : {}),
    ...(found.employer ? { employer: found.employer } : {}),
  }
}

function pupilOf(found: NonNullable<RehearsalFile['pupils']>[string]): PupilFacts {
  return {
    statuses: found.statuses ?? [],
    ...(found.born ? { born: found.born } : {}),
    ...(found.authority ? { authority: found.authority } : {}),
    ...(found.locality ? { locality: found.locality } : {}),
    ...(found.leaves_at ? { leavesAt: found.leaves_at } : {}),
    ...(found.school_days ? { schoolDays: found.school_days } : {}),
  }
}

const shapes = new WeakMap<object, z.ZodObject>()

function shapeOf(kinds: EventKinds, event: string): z.ZodObject | undefined {
  const kind = Object.hasOwn(kinds, event) ? kinds[event] : undefined
  if (!kind) return undefined
  const shape = shapes.get(kind) ?? z.strictObject({ at: wallTime, event: z.string(), ...kind.keys })
  shapes.set(kind, shape)
  return shape
}

interface EventRead {
  readonly event?: RehearsedEvent
  readonly faults: readonly FieldFault[]
  readonly doubts?: readonly FieldFault[]
}

function nameFaults(cast: Cast, shape: z.ZodObject, data: object, path: FieldPath): FieldFault[] {
  return Object.entries(shape.shape).flatMap(([key, schema]) => {
    const kind = nameKindOf(schema)
    const value: unknown = Reflect.get(data, key)
    if (!kind || value === undefined) return []
    return listOf(value).flatMap((name, index): FieldFault[] => {
      const fault = typeof name === 'string' ? cast.faultOf(kind, name) : undefined
      return fault ? [{ path: [...path, key, ...(Array.isArray(value) ? [index] : [])], on: 'value', ...fault }] : []
    })
  })
}

/** Where the events of a file happen: before whom, and under whose policy. */
interface Setting {
  readonly context: ReadingContext
  readonly cast: Cast
  readonly key: unknown
}

function profileOf({ context, key }: Setting, at: Instant): Profile | undefined {
  return typeof key === 'string' && context.profiles.includes(key) ? context.profileAt(key, at) : undefined
}

function readEvent(setting: Setting, data: Record<string, unknown>, index: number): EventRead {
  const { context, cast } = setting
  const path = ['events', index]
  const name = String(data['event'])
  const shape = shapeOf(context.kinds, name)
  if (!shape)
    return {
      faults: [
        {
          path: [...path, 'event'],
          on: 'value',
          says: `"${name}" is no event.${meant(name, Object.keys(context.kinds))}`,
          remedy: `Use one of: ${Object.keys(context.kinds).join(', ')}.`,
        },
      ],
    }
  const parsed = shape.safeParse(data, { jitless: true })
  const names = nameFaults(cast, shape, data, path)
  if (!parsed.success) {
    const found = faultsOfIssues(parsed.error.issues, data, at => knownKeys(shape, at))
    return { faults: [...found.map(fault => ({ ...fault, path: [...path, ...fault.path] })), ...names] }
  }
  const { at, event, ...keys } = parsed.data as Record<string, unknown> & { at: Instant; event: string }
  const profile = profileOf(setting, at)
  const kind = context.kinds[name]
  const given = roleKey.safeParse(keys['role'])
  const office = profile && given.success ? officeDoubts(profile, [given.data], () => [...path, 'role']) : []
  const atKey = ({ key, ...fault }: KeyFault): FieldFault => ({ path: [...path, key], on: 'value', ...fault })
  return {
    event: { at, event, keys: profile && given.success ? { ...keys, role: roleHere(profile, given.data) } : keys },
    faults: [...names, ...(kind?.faults?.(keys, cast, profile) ?? []).map(atKey)],
    doubts: [...office, ...((profile && kind?.doubts?.(keys, profile)) ?? []).map(atKey)],
  }
}

function wordsOfMoment(at: Instant): string {
  const { date, time } = toLocal(at)
  return `${date} ${time}`
}

function orderFaults(read: readonly EventRead[]): FieldFault[] {
  let latest: Instant | undefined
  return read.flatMap(({ event }, index): FieldFault[] => {
    if (!event) return []
    if (latest !== undefined && event.at < latest)
      return [
        {
          path: ['events', index, 'at'],
          on: 'value',
          says: `This event is at ${wordsOfMoment(event.at)}, before the one above it, which is at ${wordsOfMoment(latest)}.`,
          remedy: 'Write the events in the order in which they happen, or correct one of the two times.',
        },
      ]
    latest = event.at
    return []
  })
}

function tieFaults(file: RehearsalFile, cast: Cast): FieldFault[] {
  return Object.entries(file.people ?? {}).flatMap(([key, found]) =>
    (['relative_of', 'parent_of'] as const).flatMap(field =>
      listOf(found[field]).flatMap((name): FieldFault[] => {
        const path = ['people', key, field]
        if (name === key) return [{ path, on: 'value', says: `"${name}" is this person.`, remedy: 'Name somebody else.' }]
        const fault = cast.faultOf(field === 'parent_of' ? 'pupil' : 'person', name)
        return fault ? [{ path, on: 'value', ...fault }] : []
      }),
    ),
  )
}

function nameTwiceFaults(cast: Cast): FieldFault[] {
  return [...cast.pupils]
    .filter(name => cast.people.has(name))
    .map(name => ({
      path: ['pupils', name],
      on: 'key',
      says: `"${name}" is one of the people as well.`,
      remedy: 'Give each a key of their own.',
    }))
}

function profileFaults(profile: string, { profiles }: ReadingContext): FieldFault[] {
  if (profiles.includes(profile)) return []
  const remedy = `Use a key under policies/schools: ${profiles.join(', ')}.`
  return [
    {
      path: ['profile'],
      on: 'value',
      says: `No school "${profile}" has a policy here.${meant(profile, profiles)}`,
      remedy,
    },
  ]
}

const recordIn = (data: unknown, key: string): Record<string, unknown> => {
  const found: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {}
}

/** What is wrong with the events of a file whose frame is wrong already, so that both are said at once. */
function faultsBeneath(context: ReadingContext, data: unknown): FieldFault[] {
  const events: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'events') : undefined
  if (!Array.isArray(events)) return []
  const profile: unknown = Reflect.get(data as object, 'profile')
  const cast = new Cast({ people: recordIn(data, 'people'), pupils: recordIn(data, 'pupils') })
  const setting = { context, cast, key: profile }
  const read = events.map((event: unknown, index) =>
    typeof event === 'object' && event !== null && typeof Reflect.get(event, 'event') === 'string'
      ? readEvent(setting, event as Record<string, unknown>, index)
      : { faults: [] },
  )
  return [
    ...(typeof profile === 'string' ? profileFaults(profile, context) : []),
    ...read.flatMap(one => one.faults),
    ...orderFaults(read),
  ]
}

/** Reads a rehearsal whole, or says every fault in it with its place and remedy. */
export function readRehearsal(file: string, text: string, context: ReadingContext): Result<Rehearsal, readonly Fault[]> {
  const yaml = readYaml(file, text)
  if (!yaml.ok) return yaml
  const { data, locate } = yaml.value
  const parsed = rehearsalShape.safeParse(data, { jitless: true })
  const locateAll = (faults: readonly FieldFault[]): readonly Fault[] =>
    faults
      .map(locate)
      .map(fault => ({ ...fault, remedy: fault.remedy.replace('policies/README.md', 'docs/rehearsals.md') }))
      .toSorted((a, b) => a.line - b.line || a.column - b.column)
  if (!parsed.success)
    return refused(
      locateAll([
        ...faultsOfIssues(parsed.error.issues, data, path => knownKeys(rehearsalShape, path)),
        ...faultsBeneath(context, data),
      ]),
    )
  const cast = new Cast(parsed.data)
  const setting = { context, cast, key: parsed.data.profile }
  const read = parsed.data.events.map((event, index) => readEvent(setting, event, index))
  const first = read.find(({ event }) => event !== undefined)?.event?.at
  const profile = first && profileOf(setting, first)
  const faults = [
    ...profileFaults(parsed.data.profile, context),
    ...nameTwiceFaults(cast),
    ...tieFaults(parsed.data, cast),
    ...(first ? castFaults(parsed.data, first) : []),
    ...read.flatMap(one => one.faults),
    ...orderFaults(read),
  ]
  if (faults.length > 0) return refused(locateAll(faults))
  return ok({
    profile: parsed.data.profile,
    people: new Map(Object.entries(parsed.data.people ?? {}).map(([key, found]) => [key, personOf(found, profile)])),
    pupils: new Map(Object.entries(parsed.data.pupils ?? {}).map(([key, found]) => [key, pupilOf(found)])),
    events: read.flatMap(({ event }) => event ?? []),
    doubts: locateAll([...(profile ? castDoubts(parsed.data, profile) : []), ...read.flatMap(({ doubts = [] }) => doubts)]),
  })
}
