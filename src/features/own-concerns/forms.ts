import type { ChildId } from '../../kernel/ids.ts'
import { localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Profile } from '../../policy/profile.ts'
import type { FieldError, FieldErrors } from '../../web/components/index.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { readDate, readTime } from '../../web/http/typed-times.ts'
import { accountBoxes, factsOrWords, parseMarks, words, wordsMax } from '../concerns/index.ts'
import type { FinishedPart } from './commands.ts'
import { consents, type DirectReferral, type OwnWords, type WrittenPart } from './model.ts'
import { ringableContacts } from './rules.ts'

/** Reads one form, collecting what is wrong in the order of the page. */
class Reading {
  readonly errors: FieldError[] = []
  readonly form: FormValues
  constructor(form: FormValues) {
    this.form = form
  }

  wrong(field: string, says: string): void {
    if (!this.errors.some(error => error.field === field)) this.errors.push({ field, says })
  }

  text(field: string, says: string, max: number): string {
    const read = words(says, max).safeParse(this.form.text(field))
    for (const issue of read.error?.issues ?? []) this.wrong(field, issue.message)
    return read.data ?? ''
  }

  result<T>(value: T): Result<T, FieldErrors> {
    return this.errors.length > 0 ? refused(this.errors) : ok(value)
  }
}

/** What is added to a concern. */
export function parseAddition(form: FormValues): Result<string, FieldErrors> {
  const reading = new Reading(form)
  const says = reading.text('says', 'What you add', wordsMax)
  if (says === '') reading.wrong('says', 'Enter what you want to add.')
  return reading.result(says)
}

const requiredBoxes = {
  'child-words': { key: 'childWords', says: "Enter the child's own words, or “none” if the child said nothing." },
  'why-it-worries': { key: 'opinion', says: 'Enter what you think and why it worries you.' },
  'action-taken': { key: 'done', says: 'Enter what you did, or “nothing yet”.' },
} as const

/** What the policy asks every record to hold, over all its parts. */
function askForRequired(
  reading: Reading,
  profile: Profile,
  parts: readonly Pick<WrittenPart, 'childWords' | 'seen' | 'opinion' | 'done'>[],
): void {
  for (const { value } of profile.concern.required) {
    if (value === 'facts-or-words' && parts.every(part => part.childWords === '' && part.seen === ''))
      reading.wrong('seen', factsOrWords)
    if (value !== 'child-words' && value !== 'why-it-worries' && value !== 'action-taken') continue
    const { key, says } = requiredBoxes[value]
    const field = accountBoxes.find(box => box.key === key)?.name ?? key
    if (parts.every(part => part[key] === '')) reading.wrong(field, says)
  }
}

/** The rest of a record that began as two lines. */
export function parseFinishedPart(form: FormValues, profile: Profile, own: OwnWords): Result<FinishedPart, FieldErrors> {
  const reading = new Reading(form)
  const [childWords, seen, opinion, done] = accountBoxes.map(box => reading.text(box.name, box.says, wordsMax))
  const account = { childWords: childWords ?? '', seen: seen ?? '', opinion: opinion ?? '', done: done ?? '' }
  if (Object.values(account).every(text => text === '') && reading.errors.length === 0)
    reading.wrong('child-words', 'Enter what happened: at least one of the four boxes.')
  else askForRequired(reading, profile, [...own.parts, account])
  const marked = own.children.map(({ childId, name }) => ({ childId, name }))
  const { marks, errors } = parseMarks(form, marked)
  reading.errors.push(...errors)
  return reading.result({ account, marks })
}

function readMoment(reading: Reading, now: Instant): Instant {
  const date = readDate(reading.form, 'on')
  if (date.kind === 'none') reading.wrong('on-day', 'Enter the day on which you rang.')
  if (date.kind === 'wrong') reading.wrong('on-day', date.says)
  const time = readTime(reading.form.text('at'))
  if (time.kind === 'none') reading.wrong('at', 'Enter the time at which you rang.')
  if (time.kind === 'wrong') reading.wrong('at', time.says)
  if (date.kind !== 'read' || time.kind !== 'read') return now
  const moment = toInstant(date.value, time.value)
  if (date.value > localDate(now)) reading.wrong('on-day', 'The day on which you rang must be today or in the past.')
  else if (moment > now) reading.wrong('at', `The time at which you rang must be in the past: it is ${toLocal(now).time} now.`)
  return moment
}

function readChildren(reading: Reading, own: OwnWords): readonly ChildId[] {
  const [only] = own.children
  if (only && own.children.length === 1) return [only.childId]
  const chosen = reading.form.all('child')
  const children = own.children.filter(child => chosen.includes(child.childId))
  if (children.length === 0 || children.length < new Set(chosen).size)
    reading.wrong('child', 'Select which children you spoke about.')
  return children.map(child => child.childId)
}

/** A call to an agency, as whoever rang writes it down. */
export function parseDirectReferral(
  form: FormValues,
  profile: Profile,
  own: OwnWords,
  now: Instant,
): Result<DirectReferral, FieldErrors> {
  const reading = new Reading(form)
  const childIds = readChildren(reading, own)
  const rang = form.text('rang')
  const known = ringableContacts(
    profile,
    own.children.map(child => child.homeAuthority),
  ).find(({ key }) => key === rang)
  const other = reading.text('rang-other', 'Whom you rang', 200)
  if (!known && rang !== 'other') reading.wrong('rang', 'Select whom you rang.')
  if (rang === 'other' && other === '') reading.wrong('rang-other', 'Enter whom you rang.')
  const withWhom = reading.text('with-whom', 'The name of the person you spoke to', 200)
  if (withWhom === '') reading.wrong('with-whom', 'Enter the name of the person you spoke to, or “did not say”.')
  const at = readMoment(reading, now)
  const consent = consents.find(one => one === form.text('consent'))
  if (!consent) reading.wrong('consent', 'Select whether the parents know and agree.')
  const consentSays = reading.text('consent-says', 'Why you rang without their agreement', 2000)
  if (consent && consent !== 'given' && consentSays === '')
    reading.wrong(
      'consent-says',
      'Enter why you rang without their agreement, for example that asking could put the child at risk.',
    )
  const says = reading.text('said', 'What they said', wordsMax)
  if (says === '') reading.wrong('said', 'Enter what they said and what happens next.')
  const reference = reading.text('reference', 'The reference', 100)
  return reading.result({
    childIds,
    agency: known?.agency ?? 'other',
    destination: known?.contact.who ?? other,
    destinationContact: known?.contact.phone ?? null,
    withWhom,
    at,
    consent: consent ?? 'not-sought',
    consentSays,
    reference,
    says,
    because: profile.directReferral?.reasons.find(({ id }) => id === form.text('because'))?.id ?? null,
  })
}
