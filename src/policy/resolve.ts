/**
 * Lays the layers over one another into the profile of one school on one date. What is missing after that is returned as
 * gaps in the files (`Missing`), for a profile is whole or is none.
 */
import type { PlainDate } from '../kernel/plain-date.ts'
import { addDays } from '../kernel/plain-date.ts'
import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import type { FieldPath } from './faults.ts'
import type { LayerFile, Standing } from './language.ts'
import type { AuthorityLayer, Layers, SchoolLayer } from './layers.ts'
import { authoritiesFor, chainOf, contactName, documentName, editionsOf, findContactName, qualifiedSource } from './layers.ts'
import type { Layer } from './parse-layer.ts'
import type {
  ClockName,
  ClockRule,
  Contact,
  LevelFramework,
  Option,
  Profile,
  ReferralDestination,
  Route,
  SchoolCalendar,
  Sourced,
} from './profile.ts'
import { clockNames } from './profile.ts'

/** A part that every profile needs and no layer gives. */
export interface Missing {
  readonly path: FieldPath
  readonly says: string
  readonly remedy: string
}

/** One school's layers as they stand on a date. */
interface View {
  readonly on: PlainDate
  readonly layers: Layers
  readonly school: SchoolLayer
  /** Farthest first. */
  readonly chain: readonly Layer[]
}

/** Clocks of a referral belong to the authority that receives it. */
const referralClocks: readonly ClockName[] = ['referral-written', 'referral-answer', 'referral-escalation']

/** The days on which anything of a school's policy begins to hold or ceases, the earliest being its first edition. */
export function changeDates(school: SchoolLayer, layers: Layers): readonly PlainDate[] {
  const first = editionsOf(school.data)[0]?.date
  const all = [...chainOf(school, layers), ...layers.authorities].flatMap(layer => [...datesIn(layer.data)])
  return [...new Set(all)].filter(date => first !== undefined && date >= first).toSorted()
}

function* datesIn(value: unknown): Generator<PlainDate> {
  if (typeof value !== 'object' || value === null) return
  // Terms, closures and opening hours are spans of the calendar, not changes of policy.
  const { terms: _terms, closures: _closures, open: _open, ...inner } = value as Record<string, unknown>
  const { from, until, date } = inner as { from?: PlainDate; until?: PlainDate; date?: PlainDate }
  if (from !== undefined) yield from
  if (date !== undefined) yield date
  if (until !== undefined) yield addDays(until, 1)
  for (const part of Object.values(inner)) yield* datesIn(part)
}

/** The school's profile on the date, or what is missing from it. */
export function resolveProfile(school: SchoolLayer, layers: Layers, on: PlainDate): Result<Profile, readonly Missing[]> {
  const chain = chainOf(school, layers).filter(
    layer => layer.kind !== 'national' || (editionsOf(layer.data)[0]?.date ?? on) <= on,
  )
  const view: View = { on, layers, school, chain }
  const missing = new MissingParts()
  const levels = missing.need(
    levelsOf(view),
    ['levels'],
    'No levels of need are given.',
    'Give them here or in the file of the authority.',
  )
  const prompts = missing.need(
    optionsOf(view, 'prompts'),
    ['concern', 'prompts'],
    'No prompts are given.',
    'Give them here or in a national file.',
  )
  const voiceFirst = missing.need(
    nearestValue(view, data => data.concern?.voice_first),
    ['concern', 'voice_first'],
    'Nothing says when a worry is spoken before it is written.',
    'Give voice_first, here or in a national file.',
  )
  const welfare = missing.need(
    routeOf(view, 'welfare'),
    ['routes', 'welfare'],
    'The route is missing.',
    'Say who is told of a worry about a child.',
  )
  const conduct = missing.need(
    routeOf(view, 'conduct'),
    ['routes', 'conduct'],
    'The route is missing.',
    'Say who is told of a worry about an adult.',
  )
  const conductAboutHead = missing.need(
    routeOf(view, 'conduct_about_head'),
    ['routes', 'conduct_about_head'],
    'The route is missing.',
    'Say, here or in the file of the trust, who is told of a worry about the head.',
  )
  const calendar = calendarOf(view, missing)
  const clocks = clocksOf(view)
  for (const name of clockNames.filter(name => !clocks.some(rule => rule.clock === name)))
    missing.need(
      undefined,
      ['clocks'],
      `No rule is given for the clock ${name}.`,
      'Give its time; where the text gives none, write `no time given`.',
    )
  if (!levels || !prompts || !voiceFirst || !welfare || !conduct || !conductAboutHead || !calendar || missing.parts.length > 0)
    return refused(missing.parts)
  const paperForm = nearestValue(view, data => data.concern?.paper_form)
  return ok({
    key: school.key,
    school: belonging(school),
    edition: editionsOf(school.data).findLast(edition => edition.date <= on) ?? { title: '', date: on },
    documents: documentsOf(view),
    team: teamOf(view),
    contacts: contactsOf(view),
    emergency: emergencyOf(view),
    levels,
    otherLevels: authoritiesFor(school.data, layers)
      .filter(layer => layer.key !== levels.authority)
      .flatMap(layer => frameworkOf(layer, on) ?? []),
    concern: {
      required: requiredOf(view),
      prompts,
      reporterCategories: optionsOf(view, 'reporter_categories') ?? [],
      triageCategories: optionsOf(view, 'triage_categories') ?? [],
      reminders: [...view.chain].reverse().flatMap(layer =>
        holding(layer.data.concern?.reminders, on).map(({ at, says, source }) => ({
          at,
          says,
          source: qualifiedSource(layer, source),
        })),
      ),
      voiceFirst,
      ...(paperForm ? { paperForm } : {}),
    },
    routes: { welfare, conduct, conductAboutHead },
    alsoTold: view.chain.flatMap(layer =>
      holding(layer.data.also_told, on).map(({ on: event, roles, says, source }) => ({
        on: event,
        roles,
        says,
        source: qualifiedSource(layer, source),
      })),
    ),
    clocks,
    referrals: referralsOf(view),
    escalation: nearest(view, layer => escalationOf(layer, view)) ?? [],
    calendar,
    gaps: view.chain.flatMap(layer =>
      (layer.data.gaps ?? []).map(gap => ({ ...gap, source: qualifiedSource(layer, gap.source) })),
    ),
    directory: authoritiesFor(school.data, layers).flatMap(layer =>
      Object.entries(layer.data.directory ?? {}).map(([purpose, key]) => ({
        authority: layer.key,
        purpose,
        contact: resolved(layer, key, layers),
      })),
    ),
  })
}

class MissingParts {
  readonly parts: Missing[] = []
  need<T>(value: T | undefined, path: FieldPath, says: string, remedy: string): T | undefined {
    if (value === undefined) this.parts.push({ path, says, remedy })
    return value
  }
}

/** Whether an entry holds on the date: it has begun and not yet ended. */
function holds(entry: Standing, on: PlainDate): boolean {
  return (entry.from === undefined || entry.from <= on) && (entry.until === undefined || entry.until >= on)
}

function holding<T extends Standing>(entries: readonly T[] | undefined, on: PlainDate): readonly T[] {
  return (entries ?? []).filter(entry => holds(entry, on))
}

/** Of a series the value that began last. */
function latest<T extends Standing>(series: T | readonly T[] | undefined, on: PlainDate): T | undefined {
  const begun = holding<T>(series === undefined ? [] : ([series].flat() as T[]), on)
  return begun.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? '')).at(-1)
}

/** What the nearest layer that has it gives. */
function nearest<T>(view: View, pick: (layer: Layer) => T | undefined): T | undefined {
  for (const layer of view.chain.toReversed()) {
    const found = pick(layer)
    if (found !== undefined) return found
  }
  return undefined
}

type DatedValue<T> = (Standing & { value: T }) | readonly (Standing & { value: T })[]

function nearestValue<T>(view: View, pick: (data: LayerFile) => DatedValue<T> | undefined): Sourced<T> | undefined {
  return nearest(view, layer => {
    const found = latest<Standing & { value: T }>(pick(layer.data), view.on)
    return found && sourced(layer, found)
  })
}

function sourced<T>(layer: Layer, entry: Standing & { value: T }): Sourced<T> {
  return {
    value: entry.value,
    source: qualifiedSource(layer, entry.source),
    from: entry.from ?? editionsOf(layer.data)[0]?.date ?? ('' as PlainDate),
    standing: standingOf(entry),
    ...(entry.reading === undefined ? {} : { reading: entry.reading }),
  }
}

function standingOf(entry: Pick<Standing, 'setting' | 'unverified' | 'reading'>): Sourced<unknown>['standing'] {
  if (entry.setting) return 'setting'
  if (entry.unverified) return 'unverified'
  return entry.reading === undefined ? 'stated' : 'read'
}

function resolved(layer: Layer, key: string, layers: Layers): string {
  return findContactName(layer, key, layers) ?? key
}

function belonging(school: SchoolLayer): Profile['school'] {
  const { name, phase, authority, trust } = school.data.school
  return { name, phase, authority, ...(trust === undefined ? {} : { trust }) }
}

function documentsOf(view: View): Profile['documents'] {
  const layers = [...view.layers.authorities.filter(layer => !view.chain.includes(layer)), ...view.chain]
  return Object.fromEntries(
    layers.flatMap(layer =>
      Object.entries(layer.data.documents).map(([key, { title, edition }]) => [
        documentName(layer, key),
        { title, ...(edition === undefined ? {} : { edition }) },
      ]),
    ),
  )
}

function teamOf(view: View): Profile['team'] {
  return view.chain.toReversed().flatMap(layer =>
    'team' in layer.data
      ? holding(layer.data.team, view.on).map(({ role, title, contact, source }) => ({
          role,
          title,
          source: qualifiedSource(layer, source),
          ...(contact === undefined ? {} : { contact: resolved(layer, contact, view.layers) }),
        }))
      : [],
  )
}

function contactsOf(view: View): Profile['contacts'] {
  const contacts: Record<string, Contact> = {}
  for (const layer of [...view.layers.authorities.filter(other => !view.chain.includes(other)), ...view.chain]) {
    for (const [key, series] of Object.entries(layer.data.contacts ?? {})) {
      const entry = latest<Standing & Omit<ContactEntry, keyof Standing>>(series, view.on)
      if (entry) contacts[contactName(layer, key)] = contactOf(layer, contactName(layer, key), entry)
    }
  }
  return contacts
}

type ContactEntry = Exclude<NonNullable<LayerFile['contacts']>[string], readonly unknown[]>

function contactOf(layer: Layer, key: string, entry: ContactEntry): Contact {
  const { who, purpose, phone, email, web, hours, open } = entry
  const standing = standingOf(entry)
  return {
    key,
    who,
    purpose,
    ...(phone === undefined ? {} : { phone }),
    ...(email === undefined ? {} : { email }),
    ...(web === undefined ? {} : { web }),
    ...(hours === undefined ? {} : { hours }),
    ...(open === undefined ? {} : { open }),
    source: qualifiedSource(layer, entry.source),
    standing: standing === 'read' ? 'stated' : standing,
  }
}

function emergencyOf(view: View): Profile['emergency'] {
  return (
    nearest(view, layer =>
      layer.data.emergency?.map(({ contact, when }) => ({ contact: resolved(layer, contact, view.layers), when })),
    ) ?? []
  )
}

function frameworkOf(layer: Layer, on: PlainDate, authority = layer.key): LevelFramework | undefined {
  if (!('levels' in layer.data) || layer.data.levels === undefined || !holds(layer.data.levels, on)) return undefined
  const { name, levels, source } = layer.data.levels
  return { authority, name, levels: levels.toSorted((a, b) => a.position - b.position), source: qualifiedSource(layer, source) }
}

function levelsOf(view: View): LevelFramework | undefined {
  return nearest(view, layer => frameworkOf(layer, view.on, view.school.data.school.authority))
}

function optionsOf(view: View, name: 'prompts' | 'reporter_categories' | 'triage_categories'): readonly Option[] | undefined {
  return nearest(view, layer => {
    const list = layer.data.concern?.[name]
    if (!list || !holds(list, view.on)) return undefined
    const source = qualifiedSource(layer, list.source)
    return list.options.map(({ id, name: title, hint }) => ({ id, name: title, ...(hint === undefined ? {} : { hint }), source }))
  })
}

function requiredOf(view: View): Profile['concern']['required'] {
  const required = new Map<string, Profile['concern']['required'][number]>()
  for (const layer of view.chain)
    for (const entry of holding(layer.data.concern?.required, view.on)) required.set(entry.value, sourced(layer, entry))
  return [...required.values()]
}

function routeOf(view: View, name: 'welfare' | 'conduct' | 'conduct_about_head'): Route | undefined {
  return nearest(view, layer => {
    const route = layer.data.routes?.[name]
    return (
      route && {
        id: name.replaceAll('_', '-'),
        steps: holding(route.steps, view.on).map(({ tell, roles, says, source }) => ({
          tell,
          roles,
          says,
          source: qualifiedSource(layer, source),
        })),
        outside: route.outside.map(key => resolved(layer, key, view.layers)),
      }
    )
  })
}

type ClockEntry = NonNullable<LayerFile['clocks']>[number]

function clocksOf(view: View): readonly ClockRule[] {
  const general = clockNames.flatMap(
    name => nearest(view, layer => (isOfReceiver(layer, name) ? undefined : someOf(rulesOf(layer, name, view.on)))) ?? [],
  )
  const receivers = authoritiesFor(view.school.data, view.layers).flatMap(layer =>
    referralClocks.flatMap(name =>
      rulesOf(layer, name, view.on).map(rule => ({ ...rule, when: { ...rule.when, authority: layer.key } })),
    ),
  )
  return [...general, ...receivers]
}

function isOfReceiver(layer: Layer, name: ClockName): boolean {
  return layer.kind === 'authorities' && referralClocks.includes(name)
}

function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

function rulesOf(layer: Layer, name: ClockName, on: PlainDate): readonly ClockRule[] {
  return (layer.data.clocks ?? [])
    .filter(entry => entry.clock === name)
    .flatMap(entry => {
      const within = latest<Exclude<ClockEntry['within'], readonly unknown[]>>(entry.within, on)
      return within ? [ruleOf(entry, sourced(layer, within))] : []
    })
}

function ruleOf({ clock, rule, says, when }: ClockEntry, duration: ClockRule['duration']): ClockRule {
  const condition = when && {
    ...(when.urgent === undefined ? {} : { urgent: when.urgent }),
    ...(when.prompts === undefined ? {} : { prompts: when.prompts }),
    ...(when.level_at_least === undefined ? {} : { levelAtLeast: when.level_at_least }),
  }
  return { clock, rule, says, duration, ...(condition ? { when: condition } : {}) }
}

function escalationOf(layer: Layer, view: View): Profile['escalation'] | undefined {
  const stages = layer.data.escalation
  return (
    stages &&
    holding(stages, view.on)
      .map(({ stage, says, contact, source }) => ({
        stage,
        says,
        ...(contact === undefined ? {} : { contact: resolved(layer, contact, view.layers) }),
        source: qualifiedSource(layer, source),
      }))
      .toSorted((a, b) => a.stage - b.stage)
  )
}

function referralsOf(view: View): readonly ReferralDestination[] {
  const own = holding(view.school.data.referrals, view.on)
  return authoritiesFor(view.school.data, view.layers).flatMap(layer => {
    const entry = own.find(referral => referral.authority === layer.key)
    if (entry) return [destinationOf(view.school, entry, layer, view)]
    const { referral } = layer.data
    return referral && holds(referral, view.on) ? [destinationOf(layer, referral, layer, view)] : []
  })
}

function destinationOf(
  from: Layer,
  entry: NonNullable<AuthorityLayer['data']['referral']>,
  authority: AuthorityLayer,
  view: View,
): ReferralDestination {
  const contact = (key: string) => resolved(from, key, view.layers)
  const escalation = escalationOf(authority, view)
  return {
    authority: authority.key,
    authorityName: authority.data.name,
    frontDoor: contact(entry.front_door),
    ...(entry.out_of_hours === undefined ? {} : { outOfHours: contact(entry.out_of_hours) }),
    ...(entry.written_form === undefined ? {} : { writtenForm: entry.written_form }),
    ...(entry.localities === undefined
      ? {}
      : { localities: entry.localities.map(place => ({ ...place, contact: contact(place.contact) })) }),
    ...(escalation === undefined ? {} : { escalation }),
    source: qualifiedSource(from, entry.source),
  }
}

/** A school that prints its own terms takes nothing of the authority's calendar; one that prints none adds its closures to it. */
function calendarOf(view: View, missing: MissingParts): SchoolCalendar | undefined {
  const own = view.school.data.calendar
  const authority = view.layers.authorities.find(layer => layer.key === view.school.data.school.authority)?.data.calendar
  const parts = own.terms || !authority ? [own] : [authority, own]
  const terms = missing.need(
    someOf(parts.flatMap(part => (part.terms ?? []).map(term => ({ term, setting: term.setting ?? part.setting })))),
    ['calendar', 'terms'],
    'No terms are given.',
    'Give the terms here, or those of the authority in its file.',
  )
  const time = (field: 'day_starts' | 'day_ends') =>
    missing.need(
      latest(own[field], view.on)?.value ?? latest(authority?.[field], view.on)?.value,
      ['calendar', field],
      `${field} is not given.`,
      'Give the time; where the policy prints none, a usual one marked setting.',
    )
  const dayStarts = time('day_starts')
  const dayEnds = time('day_ends')
  if (!terms || !dayStarts || !dayEnds) return undefined
  return {
    terms: terms
      .map(({ term, setting }) => ({
        name: term.name,
        from: term.from,
        to: term.to,
        standing: setting ? ('setting' as const) : ('stated' as const),
      }))
      .toSorted((a, b) => a.from.localeCompare(b.from)),
    closures: parts.flatMap(part => part.closures ?? []).map(({ from, to, says }) => ({ from, to: to ?? from, says })),
    dayStarts,
    dayEnds,
  }
}
