/**
 * Lays the layers over one another into the profile of one school on one date. What is missing after that is returned
 * (`Missing`), for a profile is whole or is none.
 */
import type { PlainDate } from '../kernel/plain-date.ts'
import { addDays } from '../kernel/plain-date.ts'
import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import { withSuspects } from './contact-doubts.ts'
import type { FieldPath } from './faults.ts'
import type { Standing } from './language.ts'
import { cited, holding, holds, latest, nearest, nearestValue, resolved, sourced, type View } from './layer-values.ts'
import type { Layers, SchoolLayer } from './layers.ts'
import { authoritiesFor, chainOf, documentName, editionsOf, qualifiedSource } from './layers.ts'
import { lowLevelGap, sharedGaps } from './low-level-recipient.ts'
import type { Layer } from './parse-layer.ts'
import type { Profile, PromptOption, Route } from './profile.ts'
import { answerClocks, type ClockName, concernClocks } from './profile.ts'
import { accountsOf } from './resolve-accounts.ts'
import { betweenChildrenOf } from './resolve-between-children.ts'
import { calendarOf, dayTimeOf, termsOf } from './resolve-calendar.ts'
import { challengeOf } from './resolve-challenge.ts'
import { clocksOf } from './resolve-clocks.ts'
import { conductOf, lowLevelIsStated } from './resolve-conduct.ts'
import { coverOf, mailboxOf } from './resolve-cover.ts'
import { clockRulesOfDuties, dutiesOf } from './resolve-duties.ts'
import { directReferralOf, pathwaysOf } from './resolve-pathways.ts'
import {
  contactBookOf,
  contactsOf,
  directoryOf,
  emergencyOf,
  escalationOf,
  frameworkOf,
  levelsOf,
  postsOf,
  referralsOf,
  teamOf,
} from './resolve-places.ts'
import { absencePatternsOf, pupilCasesOf, pupilEventsOf, retentionOf, worryBoxOf } from './resolve-pupils.ts'
import { clocksOfAnswers, householdHarmOf, notReferredOf, questionsOf, signsOf } from './resolve-questions.ts'
import { referringOf } from './resolve-referring.ts'
import { unansweredOf } from './resolve-unanswered.ts'
import { statutoryTimes } from './statutory-times.ts'

/** A part that every profile needs and no layer gives. */
export interface Missing {
  readonly path: FieldPath
  readonly says: string
  readonly remedy: string
}

/** The days on which anything of a school's policy begins to hold or ceases, the earliest being its first edition. */
export function changeDates(school: SchoolLayer, layers: Layers): readonly PlainDate[] {
  const first = editionsOf(school.data)[0]?.date
  const all = [...chainOf(school, layers), ...layers.authorities].flatMap(datesIn)
  return [...new Set(all)].filter(date => first !== undefined && date >= first).toSorted()
}

/** Terms, closures, part days and opening hours are spans of the calendar, not changes of policy. */
const notOfPolicy: ReadonlySet<string> = new Set(['terms', 'closures', 'reopened', 'part_days', 'open'])
/** By the file's own data: every school that stands on a file asks for its dates. */
const datesKnown = new WeakMap<object, readonly PlainDate[]>()

function datesIn({ kind, data }: Layer): readonly PlainDate[] {
  const known = datesKnown.get(data)
  if (known) return known
  const dates: PlainDate[] = []
  const { edition: _edition, ...values } = data
  // What an authority or a trust says without a date has always held: a new edition of its file changes nothing by itself.
  collectDates(kind === 'authorities' || kind === 'trusts' ? values : data, dates)
  datesKnown.set(data, dates)
  return dates
}

function collectDates(value: unknown, into: PlainDate[]): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const part of value) collectDates(part, into)
    return
  }
  const entry = value as Readonly<Record<string, unknown>>
  for (const key of Object.keys(entry)) {
    const part = entry[key]
    if (typeof part === 'object') {
      if (!notOfPolicy.has(key)) collectDates(part, into)
    } else if (key === 'from' || key === 'date') into.push(part as PlainDate)
    else if (key === 'until') into.push(addDays(part as PlainDate, 1))
  }
}

/** The school's profile on the date, or what is missing from it. */
export function resolveProfile(school: SchoolLayer, layers: Layers, on: PlainDate): Result<Profile, readonly Missing[]> {
  const chain = chainOf(school, layers).filter(
    layer => layer.kind !== 'national' || (editionsOf(layer.data)[0]?.date ?? on) <= on,
  )
  const view: View = { on, layers, school, chain }
  const parts = neededParts(view)
  if (!parts.ok) return parts
  const profile = profileOf(view, parts.value)
  const lost = lostContacts(profile)
  return lost.length > 0 ? refused(lost) : ok(profile)
}

type NeededParts = Pick<Profile, 'levels' | 'routes' | 'conduct' | 'calendar' | 'clocks' | 'duties' | 'cover' | 'mailbox'> &
  Pick<Profile['concern'], 'prompts' | 'voiceFirst'>

/** The parts without which there is no profile. */
function neededParts(view: View): Result<NeededParts, readonly Missing[]> {
  const found = {
    levels: levelsOf(view),
    prompts: optionsOf(view, 'prompts'),
    voiceFirst: nearestValue(view, data => data.concern?.voice_first),
    welfare: routeOf(view, 'welfare'),
    conduct: conductOf(view),
    terms: termsOf(view),
    dayStarts: dayTimeOf(view, 'day_starts'),
    dayEnds: dayTimeOf(view, 'day_ends'),
    closeOfBusiness: dayTimeOf(view, 'close_of_business'),
    cover: coverOf(view),
    mailbox: mailboxOf(view),
  }
  const duties = dutiesOf(view)
  const clocks = clocksOf(view)
  const { levels, prompts, voiceFirst, welfare, conduct, terms, dayStarts, dayEnds, closeOfBusiness, cover, mailbox } = found
  const missing = [
    ...needs.filter(({ part }) => found[part] === undefined),
    ...neededClocks(view)
      .filter(name => !clocks.some(rule => rule.clock === name))
      .map(missingClock),
    ...clocksOfAnswers(view)
      .filter(name => !unansweredOf(view).unanswered.some(rule => rule.on === name))
      .map(missingHearers),
  ]
  if (!levels || !prompts || !voiceFirst || !welfare || !conduct || !terms || !cover || !mailbox) return refused(missing)
  if (!dayStarts || !dayEnds || !closeOfBusiness) return refused(missing)
  if (missing.length > 0) return refused(missing)
  const routes = { welfare }
  return ok({
    levels,
    prompts,
    voiceFirst,
    routes,
    conduct,
    clocks: [...clocks, ...clockRulesOfDuties(duties)],
    duties,
    cover,
    mailbox,
    calendar: calendarOf(terms, { dayStarts, dayEnds, closeOfBusiness }),
  })
}

const usualTime = 'Give the time; where the policy prints none, a usual one marked setting.'
const usualCover = 'Give gap_told, stand_in and deputies_min, here or in a national file.'
const usualMailbox = 'Give readers_min, checked_by, head_told_at, closed_told and rules, here or in a national file.'
const needs = [
  need('levels', ['levels'], 'No levels of need are given.', 'Give them here or in the file of the authority.'),
  need('prompts', ['concern', 'prompts'], 'No prompts are given.', 'Give them here or in a national file.'),
  need(
    'voiceFirst',
    ['concern', 'voice_first'],
    'Nothing says when a worry is spoken before it is written.',
    'Give voice_first.',
  ),
  need('welfare', ['routes', 'welfare'], 'The route is missing.', 'Say who is told of a worry about a child.'),
  need(
    'conduct',
    ['conduct', 'chains'],
    'Nothing says who is told of every worry about an adult and of every worry about how the school works.',
    'Give a chain without about and believed for each of the two kinds, conduct and practice.',
  ),
  need(
    'terms',
    ['calendar', 'terms'],
    'No terms are given.',
    'Give them here, those of the authority in its file, or a usual pattern in a national one.',
  ),
  need('dayStarts', ['calendar', 'day_starts'], 'day_starts is not given.', usualTime),
  need('dayEnds', ['calendar', 'day_ends'], 'day_ends is not given.', usualTime),
  need('closeOfBusiness', ['calendar', 'close_of_business'], 'close_of_business is not given.', usualTime),
  need('cover', ['cover'], 'Nothing says what is done when nobody of the team is there.', usualCover),
  need('mailbox', ['mailbox'], 'Nothing says how the safeguarding mailbox is looked at.', usualMailbox),
]

function need<Part extends string>(part: Part, path: FieldPath, says: string, remedy: string): Missing & { readonly part: Part } {
  return { part, path, says, remedy }
}

function missingClock(name: string): Missing {
  const remedy = 'Give its time; where the text gives none, write `no time given`.'
  return { path: ['clocks'], says: `No rule is given for the clock ${name}.`, remedy }
}

/** Every clock of a concern, but one that only answers start where a question of this school starts it. */
function neededClocks(view: View): readonly ClockName[] {
  const started: readonly ClockName[] = clocksOfAnswers(view)
  const ofAnswers: readonly ClockName[] = answerClocks
  return concernClocks.filter(name => !ofAnswers.includes(name) || started.includes(name))
}

function missingHearers(name: string): Missing {
  const remedy = `Give an entry with on: ${name}, here or in a national file.`
  return { path: ['unanswered'], says: `Nothing says who is told when the clock ${name} runs out.`, remedy }
}

/** Contacts that the profile shows and that no longer hold, or do not yet, on its date. */
function lostContacts(profile: Profile): readonly Missing[] {
  const shown: [FieldPath, string][] = [
    ...profile.emergency.map(({ contact }): [FieldPath, string] => [['emergency'], contact]),
    ...profile.challenge.further.flatMap(({ contact }): [FieldPath, string][] =>
      contact === undefined ? [] : [[['challenge', 'further'], contact]],
    ),
    ...profile.routes.welfare.outside.map((key): [FieldPath, string] => [['routes', 'welfare'], key]),
    ...profile.conduct.chains.flatMap(({ outside }) => outside.map((key): [FieldPath, string] => [['conduct', 'chains'], key])),
    ...profile.referrals.map(({ frontDoor }): [FieldPath, string] => [['referrals'], frontDoor]),
    ...profile.pathways.flatMap(({ contacts, steps }): [FieldPath, string][] =>
      [...contacts, ...steps.flatMap(step => step.contacts)]
        .filter(key => !key.startsWith('home.'))
        .map((key): [FieldPath, string] => [['pathways'], key]),
    ),
  ]
  return shown
    .filter(([, key]) => !Object.hasOwn(profile.contacts, key))
    .map(([path, key]) => ({
      path,
      says: `The contact "${key}" does not hold on every day on which it is shown.`,
      remedy: 'Correct its from or until.',
    }))
}

function profileOf(view: View, { prompts, voiceFirst, ...parts }: NeededParts): Profile {
  const { on, layers, school } = view
  const concern = { ...concernOf(view), prompts, voiceFirst }
  const team = teamOf(view)
  const contacts = withSuspects({ contacts: contactsOf(view), team })
  const householdHarm = householdHarmOf(view)
  const notReferred = notReferredOf(view)
  const fileRoles = nearestValue(view, data => data.file_roles)
  const accounts = accountsOf(view)
  const contactBook = contactBookOf(view)
  const directReferral = directReferralOf(view)
  const cites = school.data.guidance_cited && latest<Standing & { value: string }>(school.data.guidance_cited, on)
  const guidanceCited = cites && sourced(school, cites)
  return {
    key: school.key,
    school: belonging(school),
    edition: editionsOf(school.data).findLast(edition => edition.date <= on) ?? { title: '', date: on },
    documents: documentsOf(view),
    ...(guidanceCited ? { guidanceCited } : {}),
    team,
    contacts,
    emergency: emergencyOf(view),
    otherLevels: authoritiesFor(school.data, layers)
      .filter(layer => layer.key !== parts.levels.authority)
      .flatMap(layer => frameworkOf(layer, on) ?? []),
    concern,
    questions: questionsOf(view, concern),
    ...(householdHarm ? { householdHarm } : {}),
    ...(notReferred ? { notReferred } : {}),
    signs: signsOf(view),
    routeFloors: view.chain.flatMap(layer =>
      holding(layer.data.route_floors, on).map(entry => ({
        route: entry.route,
        oneOf: entry.one_of,
        says: entry.says,
        source: qualifiedSource(layer, entry.source),
      })),
    ),
    alsoTold: view.chain.flatMap(layer =>
      holding(layer.data.also_told, on).map(entry => ({
        on: entry.on,
        roles: entry.roles,
        says: entry.says,
        ...cited(layer, entry),
      })),
    ),
    ...(fileRoles ? { fileRoles } : {}),
    ...unansweredOf(view),
    posts: postsOf(view),
    challenge: challengeOf(view, parts.routes.welfare),
    pathways: pathwaysOf(view, concern),
    ...(directReferral ? { directReferral } : {}),
    ...betweenChildrenOf(view),
    ...(accounts ? { accounts } : {}),
    ...(contactBook ? { contactBook } : {}),
    pupilEvents: pupilEventsOf(view),
    pupilCases: pupilCasesOf(view),
    absencePatterns: absencePatternsOf(view),
    ...worryBoxOf(view),
    ...retentionOf(view),
    referrals: referralsOf(view),
    referring: referringOf(view),
    statutory: statutoryTimes(view),
    escalation: nearest(view, layer => escalationOf(layer, view)) ?? [],
    gaps: [
      ...view.chain.flatMap(layer =>
        (layer.data.gaps ?? []).map(gap => ({ ...gap, source: qualifiedSource(layer, gap.source) })),
      ),
      ...lowLevelGap({ conduct: parts.conduct, team }, lowLevelIsStated(view)),
      ...sharedGaps({ conduct: parts.conduct, team }),
    ],
    directory: directoryOf(view, contacts),
    ...parts,
  }
}

function concernOf(view: View): Omit<Profile['concern'], 'prompts' | 'voiceFirst'> {
  const paperForm = nearestValue(view, data => data.concern?.paper_form)
  return {
    required: requiredOf(view),
    reporterCategories: optionsOf(view, 'reporter_categories') ?? [],
    triageCategories: optionsOf(view, 'triage_categories') ?? [],
    reminders: view.chain.toReversed().flatMap(layer =>
      holding(layer.data.concern?.reminders, view.on).map(entry => ({
        at: entry.at,
        says: entry.says,
        ...cited(layer, entry),
      })),
    ),
    ...(paperForm ? { paperForm } : {}),
  }
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
        {
          title,
          layer: layer.decided ? ('decisions' as const) : layer.kind,
          since: editionsOf(layer.data)[0]?.date,
          ...(edition === undefined ? {} : { edition }),
        },
      ]),
    ),
  )
}

function optionsOf(
  view: View,
  name: 'prompts' | 'reporter_categories' | 'triage_categories',
): readonly PromptOption[] | undefined {
  return nearest(view, layer => {
    const list = layer.data.concern?.[name]
    if (!list || !holds(list, view.on)) return undefined
    const source = qualifiedSource(layer, list.source)
    return list.options.map(({ id, name: title, hint, ...option }) => ({
      id,
      name: title,
      ...(hint === undefined ? {} : { hint }),
      ...('adults' in option && option.adults ? { adults: true } : {}),
      source,
    }))
  })
}

function requiredOf(view: View): Profile['concern']['required'] {
  const required = new Map<string, Profile['concern']['required'][number]>()
  for (const layer of view.chain)
    for (const entry of holding(layer.data.concern?.required, view.on)) required.set(entry.value, sourced(layer, entry))
  return [...required.values()]
}

function routeOf(view: View, name: 'welfare'): Route | undefined {
  return nearest(view, layer => {
    const route = layer.data.routes?.[name]
    if (!route) return undefined
    return {
      id: name,
      steps: holding(route.steps, view.on).map(entry => ({
        tell: entry.tell,
        roles: entry.roles,
        says: entry.says,
        ...cited(layer, entry),
      })),
      outside: route.outside.map(key => resolved(layer, key, view.layers)),
    }
  })
}
