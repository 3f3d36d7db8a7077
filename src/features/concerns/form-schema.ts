import { z } from 'zod'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { dayInWords, localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import { type LocalTime, type PlainDate, parsePlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Profile } from '../../policy/profile.ts'
import type { FieldError, FieldErrors } from '../../web/components/index.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { readDate, readTime } from '../../web/http/typed-times.ts'
import { type Answer, chosenOptions } from '../questions/index.ts'
import { adultsAtRisk, promptsForAdults } from './adults-at-risk.ts'
import { readAsked } from './asked.ts'
import { parseMarks } from './body-map/index.ts'
import { readDisclosureEnd } from './disclosure-end.ts'
import { readFirstHand, readOwnAccountBy } from './first-hand.ts'
import { accountBoxes, describedChildId, lineMax, rowsMax, rowsOf, unnamedChild, wordsMax } from './form-fields.ts'
import type { KnownAdult } from './form-model.ts'
import {
  adultsMeantByVisitor,
  adultsNamed,
  adultsToAskAbout,
  childrenOf,
  chosenIds,
  describedChildren,
  type FormContext,
  noneOf,
  openSearch,
} from './form-reading.ts'
import {
  type Account,
  type ChildInvolvement,
  childInvolvements,
  type InvolvedAdult,
  type InvolvedChild,
  type NewChild,
  type NewConcern,
  onBehalfReasons,
  type Reporter,
  waysItCame,
} from './model.ts'
import { mayBeForAdults } from './rules.ts'
import { isWrittenLate } from './rules-delays.ts'

// Line breaks and tabs are typed; any other control character, and the sign for one that could not be read, comes from a
// damaged copy and would not survive an export.
const unkept = /[^\P{Cc}\n\t]|\uFFFD/u

/** Text of a person, kept as typed: any script, emoji, markup. */
export function words(says: string, max: number) {
  return z
    .string()
    .trim()
    .max(
      max,
      `${says} must be ${max.toLocaleString('en-GB')} characters or fewer. Keep what matters most here, and add the rest afterwards.`,
    )
    .refine(text => !unkept.test(text), {
      error: issue => {
        const text = String(issue.input)
        const before = text.slice(0, text.search(unkept)).trimEnd().slice(-20)
        return `${says} contains a damaged or invisible character that cannot be kept${before ? `, just after “${before}”` : ', at its beginning'}. Delete that place and type it again.`
      },
    })
}

const lines: Readonly<Record<string, string>> = {
  location: 'Where it happened',
  'happened-says': 'When it happened',
  'late-reason': 'Why it is written only now',
  'told-other': 'The name of the person you told',
  'find-staff': 'The name of the adult',
  'first-hand-name': 'The name of whoever saw or heard it',
  'behalf-name': 'The name of the person you write for',
  'reporter-name': 'Your name',
  'reporter-contact': 'How to reach you',
}

const fixedFields = z.object({
  ...Object.fromEntries(accountBoxes.map(box => [box.name, words(box.says, wordsMax)])),
  ...Object.fromEntries(Object.entries(lines).map(([name, says]) => [name, words(says, lineMax)])),
})

const rowParts: Readonly<Record<string, readonly [part: string, says: string, max: number][]>> = {
  'other-child': [
    ['given', 'The first name', lineMax],
    ['family', 'The family name', lineMax],
    ['description', 'The description of the child', 2000],
  ],
  witness: [
    ['name', 'The name', lineMax],
    ['relation', 'Who they are', lineMax],
  ],
  harmer: [
    ['name', 'The name', lineMax],
    ['relation', 'Who they are', lineMax],
  ],
  'at-risk': [
    ['name', 'The name', lineMax],
    ['relation', 'Who they are', lineMax],
  ],
}

/** Reads the form section by section, collecting what is wrong in the order of the page. */
class Reading {
  readonly errors: FieldError[] = []
  readonly context: FormContext
  readonly today: PlainDate

  constructor(context: FormContext) {
    this.context = context
    this.today = localDate(context.now)
  }

  get form(): FormValues {
    return this.context.form
  }

  text(name: string): string {
    return this.form.text(name).trim()
  }

  wrong(field: string, says: string): void {
    this.errors.push({ field, says })
  }

  /** A date that may not lie in the future. */
  pastDate(name: string, what: string): PlainDate | null {
    const read = readDate(this.form, name)
    if (read.kind === 'wrong') this.wrong(`${name}-day`, read.says)
    if (read.kind !== 'read') return null
    if (read.value > this.today) {
      this.wrong(`${name}-day`, `${what} must be today or in the past.`)
      return null
    }
    return read.value
  }

  /** A time of day which, on that date, may not lie in the future. */
  pastTime(name: string, on: PlainDate | null, what: string): LocalTime | null {
    const read = readTime(this.form.text(name))
    if (read.kind === 'wrong') this.wrong(name, read.says)
    if (read.kind !== 'read') return null
    if (on === this.today && read.value > toLocal(this.context.now).time) {
      this.wrong(name, `${what} must be in the past: it is ${toLocal(this.context.now).time} now.`)
      return null
    }
    return read.value
  }
}

function isRequired(profile: Profile, value: Profile['concern']['required'][number]['value']): boolean {
  return profile.concern.required.some(required => required.value === value)
}

/** Must the writer say whether somebody was told by voice? As the policy puts it: always, where it is urgent, or after a child has told. */
export function mustSayWhetherTold(
  profile: Profile,
  facts: { readonly urgent: boolean; readonly prompts: readonly string[] },
): boolean {
  if (!isRequired(profile, 'told-by-voice')) return false
  switch (profile.concern.voiceFirst.value) {
    case 'always':
    case 'never':
      return true
    case 'when-urgent':
      return facts.urgent
    case 'after-disclosure':
      return facts.urgent || facts.prompts.includes('disclosure')
  }
}

function readTexts(reading: Reading): void {
  const { form } = reading
  const typed = Object.fromEntries(Object.keys(fixedFields.shape).map(name => [name, form.text(name)]))
  const parsed = fixedFields.safeParse(typed)
  for (const issue of parsed.error?.issues ?? []) reading.wrong(String(issue.path[0]), issue.message)
  for (const [group, parts] of Object.entries(rowParts)) {
    for (let n = 1; n <= rowsMax; n += 1) {
      for (const [part, says, max] of parts) {
        const name = `${group}-${n}-${part}`
        // Making a schema takes longer than reading the whole form, and most rows are empty.
        if (form.text(name) === '') continue
        const text = words(says, max).safeParse(form.text(name))
        for (const issue of text.error?.issues ?? []) reading.wrong(name, issue.message)
      }
    }
  }
}

function involvementOf(reading: Reading, field: string, name: string): ChildInvolvement {
  const typed = reading.form.text(field) || 'subject'
  const found = childInvolvements.find(involvement => involvement === typed)
  if (!found) reading.wrong(field, `Select how ${name} is involved.`)
  return found ?? 'subject'
}

/** Is it a worry for an adult, at a school whose policy has such worries? */
function isForAdults({ context }: Reading): boolean {
  return promptsForAdults(context.profile).length > 0 && adultsAtRisk(context.form).length > 0
}

interface Children {
  readonly children: readonly InvolvedChild[]
  readonly newChildren: readonly NewChild[]
}

function readChosen(reading: Reading): InvolvedChild[] {
  const { form, facts, writer } = reading.context
  if (writer === 'visitor') return []
  const ids = chosenIds(form, 'child')
  if (ids.length < new Set(form.all('child')).size || ids.some(id => !facts.chosen.some(child => child.childId === id)))
    reading.wrong('find-child', 'Choose the child from the list again.')
  return ids.flatMap(id => {
    const child = facts.chosen.find(one => one.childId === id)
    return child ? [{ childId: child.childId, involvement: involvementOf(reading, `involvement-${id}`, child.name) }] : []
  })
}

function readDescribed(reading: Reading): { readonly involved: InvolvedChild; readonly child: NewChild }[] {
  return describedChildren(reading.context).map(({ n, child }) => {
    const [given, family, description] = ['given', 'family', 'description'].map(part => reading.text(`other-child-${n}-${part}`))
    const isNamed = Boolean(given || family)
    const isElsewhere = reading.form.text(`other-child-${n}-standing`) === 'not-on-roll'
    return {
      involved: { childId: child.childId, involvement: involvementOf(reading, `other-child-${n}-involvement`, child.name) },
      child: {
        childId: child.childId,
        givenName: given || (isNamed ? '' : unnamedChild.givenName),
        familyName: family || (isNamed ? '' : unnamedChild.familyName),
        description: description ?? '',
        standing: isElsewhere && isNamed ? 'not-on-roll' : 'unidentified',
      },
    }
  })
}

function readChildren(reading: Reading): Children {
  const { form, facts, writer } = reading.context
  const chosen = readChosen(reading)
  const described = readDescribed(reading)
  const search = writer === 'visitor' ? '' : openSearch(form.text('find-child'), childrenOf(reading.context))
  const children = [...chosen, ...described.map(one => one.involved)]
  if (search) {
    reading.wrong(
      'find-child',
      facts.found.length > 0
        ? `Select which child you mean by “${search.slice(0, 60)}”, or describe the child if none of these is right.`
        : `No child here has the name “${search.slice(0, 60)}”. Check the spelling, or describe the child below.`,
    )
  } else if (isForAdults(reading)) {
    // An adult is at risk: whatever child is in it need not be.
  } else if (children.length === 0 && reading.errors.every(error => error.field !== 'find-child')) {
    reading.wrong(
      writer === 'visitor' ? 'other-child-1-given' : 'find-child',
      writer === 'visitor'
        ? 'Enter the name of the child, or describe the child.'
        : 'Enter the name of the child you are worried about.',
    )
  } else if (children.length > 0 && !children.some(child => child.involvement === 'subject')) {
    reading.wrong(
      writer === 'visitor' ? 'other-child-1-given' : 'find-child',
      'Select at least one child whom you are worried about.',
    )
  }
  return { children, newChildren: described.map(one => one.child) }
}

interface What {
  readonly urgent: boolean
  readonly prompts: readonly string[]
  readonly category: string | null
}

function readWhat(reading: Reading): What {
  const { form, profile } = reading.context
  const typed = [...new Set(form.all('prompt'))]
  const prompts = typed.filter(id => profile.concern.prompts.some(prompt => prompt.id === id))
  if (prompts.length < typed.length) reading.wrong('prompt', 'Select what made you worried from the list again.')
  else if (prompts.length === 0 && isRequired(profile, 'prompt')) reading.wrong('prompt', 'Select what made you worried.')
  if (isForAdults(reading) && prompts.length > 0 && !mayBeForAdults(profile, prompts))
    reading.wrong(
      'prompt',
      `Select ${promptsForAdults(profile)
        .map(({ name }) => `“${name}”`)
        .join(' or ')}: a worry for an adult is recorded here only for that.`,
    )
  const category = form.text('category')
  const known = profile.concern.reporterCategories.some(option => option.id === category)
  if (category && !known) reading.wrong('category', 'Select the category from the list again.')
  else if (!category && profile.concern.reporterCategories.length > 0 && isRequired(profile, 'reporter-category'))
    reading.wrong('category', 'Select the category that fits best.')
  return { urgent: form.text('urgent') === 'yes', prompts, category: known ? category : null }
}

/** What is said where a record holds an opinion and nothing that it rests on. */
export const factsOrWords = 'Enter what you saw or heard, or what the child said: an opinion alone is not enough.'

function readAccount(reading: Reading): Account {
  const { profile } = reading.context
  const account: Account = {
    childWords: reading.text('child-words'),
    seen: reading.text('seen'),
    opinion: reading.text('opinion'),
    done: reading.text('done'),
  }
  const required = [
    ['child-words', 'child-words', account.childWords, "Enter the child's own words, or “none” if the child said nothing."],
    ['why-it-worries', 'opinion', account.opinion, 'Enter what you think and why it worries you.'],
    ['action-taken', 'done', account.done, 'Enter what you did, or “nothing yet”.'],
  ] as const
  if (!account.childWords && !account.seen && !account.opinion)
    reading.wrong(
      'child-words',
      'Enter what the child said, what you saw or heard, or why you are worried: at least one of the three boxes.',
    )
  else if (!account.childWords && !account.seen && isRequired(profile, 'facts-or-words')) reading.wrong('seen', factsOrWords)
  for (const [value, field, text, says] of required)
    if (isRequired(profile, value) && !text && !(field === 'child-words' && isForAdults(reading))) reading.wrong(field, says)
  return account
}

interface When {
  readonly happenedOn: PlainDate | null
  readonly happenedAtTime: LocalTime | null
  readonly happenedSays: string
  readonly lateReason: string | null
  readonly location: string
}

/** The day chosen: the one that stood beside "today" when the form was drawn, another, or none. */
function happenedDay(reading: Reading): PlainDate | null {
  const choice = reading.form.text('happened')
  if (choice === 'unsure') {
    if (!reading.text('happened-says'))
      reading.wrong('happened-says', 'Enter when it happened in your own words, such as “since the summer holidays”.')
    return null
  }
  if (choice === 'other') {
    const date = reading.pastDate('happened', 'The day it happened')
    if (!date && !reading.errors.some(error => error.field === 'happened-day'))
      reading.wrong('happened-day', 'Enter the day it happened.')
    return date
  }
  const date = parsePlainDate(choice)
  if (date && date <= reading.today) return date
  reading.wrong('happened', 'Select when it happened.')
  return null
}

function readWhen(reading: Reading): When {
  const happenedOn = happenedDay(reading)
  const happenedAtTime = reading.pastTime('happened-time', happenedOn, 'The time')
  const lateReason = reading.text('late-reason')
  const isLate = isWrittenLate(reading.context.profile, happenedOn, reading.context.now)
  if (isLate && !lateReason && reading.context.writer === 'colleague')
    reading.wrong('late-reason', 'Enter why you write it only now: our policy asks for it on the same day.')
  const location = reading.text('location')
  if (!location && isRequired(reading.context.profile, 'location')) reading.wrong('location', 'Enter where it happened.')
  return {
    happenedOn,
    happenedAtTime,
    happenedSays: reading.form.text('happened') === 'unsure' ? reading.text('happened-says') : '',
    // Where the policy names no time nothing is late, and a reason that is given all the same is kept.
    lateReason: happenedOn && happenedOn < reading.today && lateReason ? lateReason : null,
    location,
  }
}

type NamedGroup = 'harmer' | 'at-risk'

const worksHere = 'works or helps at the school'

/** Whoever of the school is meant by a typed name. Visitors are not asked, and not told: whoever bears the name is outside it. */
function whoIsMeant(reading: Reading, group: NamedGroup, n: number, name: string, relation: string): InvolvedAdult[] {
  const { context, form } = reading
  const row = (adult: KnownAdult | undefined): InvolvedAdult => ({
    adultId: adult?.adultId ?? null,
    name: adult && context.writer === 'colleague' ? adult.name : name,
    relation: relation || (adult && context.writer === 'colleague' ? adult.says || worksHere : ''),
    involvement: group === 'harmer' ? 'alleged' : 'at-risk',
    toldAt: null,
  })
  if (context.writer === 'visitor') {
    const meant = adultsNamed(name, context.facts.adults)
    return meant.length > 0 ? meant.map(row) : [row(undefined)]
  }
  const asked = adultsToAskAbout(context, name)
  const answer = form.text(`${group}-${n}-id`)
  const chosen = asked.find(adult => adult.adultId === answer)
  if (asked.length > 0 && !chosen && answer !== noneOf(name))
    reading.wrong(`${group}-${n}-id`, `Select whether “${name.slice(0, 60)}” is somebody who works or helps here.`)
  return [row(chosen)]
}

function readRows(reading: Reading, group: 'witness' | NamedGroup): InvolvedAdult[] {
  return Array.from({ length: rowsOf(reading.form, group) }, (_, index) => index + 1).flatMap((n): InvolvedAdult[] => {
    const part = (name: string) => reading.text(`${group}-${n}-${name}`)
    const name = part('name')
    if (!name && !part('relation')) return []
    if (!name) reading.wrong(`${group}-${n}-name`, 'Enter a name, or “not known”.')
    if (group !== 'witness') return whoIsMeant(reading, group, n, name, part('relation'))
    const involvement = part('part') === 'present' ? 'present' : 'witness'
    return [{ adultId: null, name, relation: part('relation'), involvement, toldAt: null }]
  })
}

function namedByVisitor(reading: Reading, name: string): InvolvedAdult[] {
  const meant = adultsMeantByVisitor(name, reading.context.facts.adults)
  const ids: (AdultId | null)[] = meant.length > 0 ? meant.map(adult => adult.adultId) : [null]
  return ids.map(adultId => ({ adultId, name, relation: worksHere, involvement: 'alleged', toldAt: null }))
}

/** Adults of the school whom the worry is partly about. They are outside it as soon as it is recorded. */
function readStaff(reading: Reading): InvolvedAdult[] {
  const { form, facts, writer } = reading.context
  const typed = reading.text('find-staff')
  const answer = form.text('staff-involved')
  if (answer === '' && (typed || form.has('staff')))
    reading.wrong('staff-involved', 'Select whether the worry is partly about an adult who works or helps here.')
  if (answer !== 'yes') return []
  if (writer === 'visitor') {
    if (!typed) reading.wrong('find-staff', 'Enter the name of the adult, or who they are.')
    return typed ? namedByVisitor(reading, typed) : []
  }
  const chosen = facts.chosenAdults.filter(adult => chosenIds(form, 'staff').includes(adult.adultId))
  if (chosen.length < new Set(form.all('staff')).size && !form.text('_do').startsWith('drop-staff'))
    reading.wrong('find-staff', 'Choose the adult from the list again.')
  const search = openSearch(typed, chosen)
  // Said of one name, it does not hold for the next that is typed.
  const isUnlisted = search !== '' && form.text('staff-unlisted') === noneOf(search)
  if (search && !isUnlisted)
    reading.wrong('find-staff', `Select which adult you mean by “${search.slice(0, 60)}”, or say that they are not in the list.`)
  if (!search && chosen.length === 0) reading.wrong('find-staff', 'Enter the name of the adult who works or helps here.')
  return [
    ...chosen.map(
      (adult): InvolvedAdult => ({
        adultId: adult.adultId,
        name: adult.name,
        relation: adult.says || worksHere,
        involvement: 'alleged',
        toldAt: null,
      }),
    ),
    ...(search && isUnlisted
      ? [{ adultId: null, name: search, relation: worksHere, involvement: 'alleged' as const, toldAt: null }]
      : []),
  ]
}

interface Told {
  readonly voiceTold: boolean | null
  readonly told: readonly InvolvedAdult[]
}

function toldMoment(reading: Reading) {
  const typed = reading.pastDate('told', 'The day you told them')
  const anchor = parsePlainDate(reading.form.text('told-written-on'))
  const on = typed ?? (anchor && anchor <= reading.today ? anchor : reading.today)
  const time = reading.pastTime('told-time', on, 'The time you told them')
  if (!time && !reading.errors.some(error => error.field === 'told-time'))
    reading.wrong('told-time', 'Enter the time at which you told them.')
  return time ? toInstant(on, time) : null
}

function readTold(reading: Reading, what: What): Told {
  const { form, facts, profile } = reading.context
  const answer = form.text('voice')
  if (answer !== 'yes') {
    if (answer !== 'no' && mustSayWhetherTold(profile, what))
      reading.wrong('voice', 'Select whether you have told somebody by voice.')
    return { voiceTold: answer === 'no' ? false : null, told: [] }
  }
  const ids = chosenIds(form, 'told')
  const members = facts.team.filter(
    (member, index) => ids.includes(member.adultId) && facts.team.findIndex(one => one.adultId === member.adultId) === index,
  )
  const other = reading.text('told-other')
  if (members.length === 0 && !other) reading.wrong('told', 'Select whom you told, or enter their name.')
  const toldAt = toldMoment(reading)
  const titleOf = (role: string) => profile.team.find(member => member.role === role)?.title ?? role
  return {
    voiceTold: true,
    told: [
      ...members.map(
        (member): InvolvedAdult => ({
          adultId: member.adultId,
          name: member.name,
          relation: titleOf(member.role),
          involvement: 'told',
          toldAt,
        }),
      ),
      ...(other ? [{ adultId: null, name: other, relation: '', involvement: 'told' as const, toldAt }] : []),
    ],
  }
}

function toldNow({ facts, profile, now }: FormContext, ids: readonly string[]): readonly InvolvedAdult[] {
  return facts.team
    .filter(
      (member, index) => ids.includes(member.adultId) && facts.team.findIndex(one => one.adultId === member.adultId) === index,
    )
    .map(member => ({
      adultId: member.adultId,
      name: member.name,
      relation: profile.team.find(one => one.role === member.role)?.title ?? member.role,
      involvement: 'told',
      toldAt: now,
    }))
}

function readReporter(reading: Reading): Reporter {
  const { form, writer } = reading.context
  if (writer === 'visitor')
    return { kind: 'visitor', name: reading.text('reporter-name') || 'No name given', contact: reading.text('reporter-contact') }
  if (form.text('behalf') !== 'yes') return { kind: 'self' }
  const name = reading.text('behalf-name')
  const reason = onBehalfReasons.find(known => known === form.text('behalf-reason'))
  if (!name) reading.wrong('behalf-name', 'Enter the name of the person you write for.')
  if (!reason) reading.wrong('behalf-reason', 'Select why you write for them.')
  const on = reading.pastDate('behalf', 'The day it was first written')
  const time = reading.pastTime('behalf-time', on, 'The time it was first written')
  const isWrong = reading.errors.some(error => error.field === 'behalf-day' || error.field === 'behalf-time')
  if (!on && !isWrong && (time || reason === 'paper-form'))
    reading.wrong('behalf-day', 'Enter the day it was first written or said.')
  if (on && !time && !isWrong) reading.wrong('behalf-time', 'Enter the time it was first written or said, as near as you know.')
  return {
    kind: 'on-behalf',
    name,
    adultId: null,
    ownAccountBy: readOwnAccountBy(reading),
    reason: reason ?? 'no-account',
    firstWrittenAt: on && time ? toInstant(on, time) : null,
  }
}

function readMarks(reading: Reading, prompts: readonly string[], answers: readonly Answer[]) {
  const { form, profile } = reading.context
  const parsed = parseMarks(
    form,
    childrenOf(reading.context).map(({ childId, name }) => ({ childId, name })),
  )
  reading.errors.push(...parsed.errors)
  const isAsked =
    (isRequired(profile, 'body-map-when-injured') && prompts.includes('injury')) ||
    chosenOptions(profile, answers).some(({ option }) => option.demands === 'body-map')
  const isDue = isAsked && form.text('injury-unseen') !== 'yes'
  if (isDue && parsed.marks.length === 0 && parsed.errors.length === 0)
    reading.wrong('injury', 'Show the injury on the body map, or say that you have not seen it yourself.')
  return parsed.marks
}

// The order of the page, so that the summary's list runs down it.
const sections = [
  'child',
  'involvement',
  'find-child',
  'other-child',
  'at-risk',
  'urgent',
  'prompt',
  'ended',
  'category',
  'injury',
  'mark',
  'child-words',
  'seen',
  'opinion',
  'done',
  'answer',
  'second-hand',
  'first-hand',
  'happened',
  'late-reason',
  'location',
  'witness',
  'harmer',
  'staff',
  'find-staff',
  'voice',
  'told',
  'behalf',
  'reporter',
]

function inPageOrder(errors: readonly FieldError[]): FieldErrors {
  const place = (field: string) => {
    const at = sections.findIndex(section => field === section || field.startsWith(`${section}-`))
    return at === -1 ? sections.length : at
  }
  const once = errors.filter(
    (error, index) => errors.findIndex(other => other.field === error.field && other.says === error.says) === index,
  )
  return once.toSorted((a, b) => place(a.field) - place(b.field))
}

/** Under urgency: which child and two lines. The rest is written afterwards. */
function readStubChildren(reading: Reading): Children {
  const { form, facts, draftId } = reading.context
  const chosen = readChosen(reading)
  const search = openSearch(form.text('find-child'), childrenOf(reading.context))
  const isUnlisted = facts.found.length === 0 || form.text('child-unlisted') === 'yes'
  if (search && !isUnlisted)
    reading.wrong('find-child', `Select which child you mean by “${search.slice(0, 60)}”, or say that it is none of these.`)
  const isUnknown = !search && chosen.length === 0 && form.text('child-unknown') === 'yes'
  if (!search && chosen.length === 0 && !isUnknown && reading.errors.length === 0)
    reading.wrong('find-child', "Enter the child's name, or who the child is, or say that you do not know.")
  if (!isUnknown && (!search || !isUnlisted)) return { children: chosen, newChildren: [] }
  const [given = '', ...family] = search.slice(0, lineMax).split(/\s+/)
  const name = isUnknown ? unnamedChild : { givenName: given, familyName: family.join(' ') }
  const childId = describedChildId(draftId, 1)
  return {
    children: [...chosen, { childId, involvement: 'subject' }],
    newChildren: [{ childId, ...name, description: '', standing: 'unidentified' }],
  }
}

/** Two lines under urgency as a concern that is finished later, or what is wrong with them. */
export function parseStubForm(context: FormContext): Result<NewConcern, FieldErrors> {
  const reading = new Reading(context)
  readTexts(reading)
  const { children, newChildren } = readStubChildren(reading)
  const seen = reading.text('seen')
  if (!seen) reading.wrong('seen', 'Enter what is happening, in a line or two.')
  const ids = chosenIds(context.form, 'told')
  const told = toldNow(context, ids)
  if (reading.errors.length > 0) return refused(inPageOrder(reading.errors))
  return ok({
    id: context.draftId as ConcernId,
    reporter: { kind: 'self' },
    children,
    newChildren,
    adults: told,
    happenedOn: reading.today,
    happenedAtTime: null,
    happenedSays: '',
    location: '',
    urgent: true,
    stub: true,
    category: null,
    prompts: [],
    voiceTold: told.length > 0 ? true : null,
    account: { childWords: '', seen, opinion: '', done: '' },
    marks: [],
  })
}

/** The form as a concern ready to be recorded, or everything that is wrong with it, each in a sentence at its place. */
export function parseConcernForm(context: FormContext): Result<NewConcern, FieldErrors> {
  const reading = new Reading(context)
  readTexts(reading)
  const { children, newChildren } = readChildren(reading)
  const what = readWhat(reading)
  const account = readAccount(reading)
  const asked = readAsked(context, what.prompts)
  reading.errors.push(...asked.errors)
  const firstHand = context.form.text('behalf') === 'yes' ? null : readFirstHand(reading)
  const when = readWhen(reading)
  const disclosureEndedAt = readDisclosureEnd(reading, what.prompts)
  const atRisk = isForAdults(reading) ? readRows(reading, 'at-risk') : []
  const adults = [...atRisk, ...readStaff(reading), ...readRows(reading, 'harmer'), ...readRows(reading, 'witness')]
  const { voiceTold, told } = readTold(reading, what)
  const reporter = readReporter(reading)
  const marks = readMarks(reading, what.prompts, asked.answers)
  if (reading.errors.length > 0) return refused(inPageOrder(reading.errors))
  return ok({
    id: context.draftId as ConcernId,
    reporter,
    children,
    newChildren,
    adults: [...adults, ...told],
    ...when,
    ...what,
    stub: false,
    voiceTold,
    firstHand,
    disclosureEndedAt,
    came: waysItCame.find(way => way === context.form.text('came')) ?? null,
    account,
    marks,
    answers: asked.answers,
  })
}

/** How the day beside "today" was called when the form was drawn. */
export function todayLabel(today: PlainDate): string {
  return `Today, ${dayInWords(today)}`
}
