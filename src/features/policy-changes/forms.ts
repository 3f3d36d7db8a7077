/** Reads a proposal as it was typed, and says at the field what cannot be. */
import { localDate } from '../../kernel/london-time.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { durationForms, durationInWords, parseDuration } from '../../policy/duration.ts'
import type { Profile } from '../../policy/profile.ts'
import { roleTitle } from '../../policy/profile-values.ts'
import { roleIds } from '../../policy/roles.ts'
import { givesMoreTime } from '../../policy/statute.ts'
import { statutoryFor } from '../../policy/statutory-times.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { daysInWords } from './changeables.ts'
import type { Changeable, NewProposal } from './model.ts'
import { readRoute } from './route-form.ts'

export interface ReadProposal {
  readonly errors: FieldErrors
  readonly proposal: NewProposal | undefined
}

export interface Typed {
  readonly value: unknown
  readonly says: string
  readonly path?: string
}

/** The proposal that a form makes of a thing that may be changed. */
export function readProposal(profile: Profile, what: Changeable, form: FormValues, now: Instant): ReadProposal {
  const reading = new FormReading(form)
  const typed = readValue(profile, what, reading, form)
  const fromOn = reading.date('from', 'Enter the day from which it should hold.')
  const because = reading.line('because', 'Enter why it should change.')
  const section = reading.line('section', 'Enter where it was decided: the meeting, the minute or the paragraph.')
  if (fromOn && fromOn < localDate(now))
    reading.fault('from-day', 'The day must be today or later: what has been done was done under the policy of its day.')
  if (typed && reading.errors.length === 0 && typed.says === what.now)
    reading.fault('value', 'This is what holds now. Enter what should hold instead.')
  if (!typed || !fromOn || reading.errors.length > 0) return { errors: reading.errors, proposal: undefined }
  return {
    errors: [],
    proposal: { path: typed.path ?? what.path, value: typed.value, was: what.now, says: typed.says, fromOn, because, section },
  }
}

function readValue(profile: Profile, what: Changeable, reading: FormReading, form: FormValues): Typed | undefined {
  switch (what.form) {
    case 'duration':
      return readDuration(profile, what, reading, form)
    case 'time': {
      const time = reading.time('value', 'Enter a time, such as 8:45am.')
      return time && { value: time, says: time }
    }
    case 'count': {
      const line = reading.line('value', 'Enter a number.')
      if (!/^[1-9]\d?$/.test(line)) return line === '' ? undefined : reading.fault('value', 'Enter a whole number from 1 to 99.')
      return { value: Number(line), says: line }
    }
    case 'roles':
      return readRoles(profile, reading, form)
    case 'contact':
      return readContact(reading)
    case 'span':
      return readSpan(what, reading)
    case 'closure':
      return readClosure(reading)
    case 'open-days':
      return readOpenDays(profile, reading)
    case 'route':
      return readRoute(profile, what, reading, form)
    case 'words': {
      const words = reading.maybeText('value') ?? reading.fault('value', 'Enter what the school decides.')
      return words === undefined ? undefined : { value: words, says: words }
    }
  }
}

function readDuration(profile: Profile, what: Changeable, reading: FormReading, form: FormValues): Typed | undefined {
  const line = reading.line('value', 'Enter a time, such as 2 school days.')
  if (line === '') return undefined
  const duration = parseDuration(line)
  if (!duration)
    return reading.fault(
      'value',
      `“${line}” is no time that a clock can count. Write it as one of: ${durationForms.join(', ')}; and say which days are meant.`,
    )
  const rule = profile.clocks.find(clock => what.path === `clocks/${clock.rule}`)
  const limit = rule && statutoryFor(profile, rule)
  if (limit && givesMoreTime(duration, limit.duration.value)) {
    const { value, source } = limit.duration
    return reading.fault(
      'value',
      `This gives more time than statute, which says ${durationInWords(value)} (${profile.documents[source.document]?.title ?? source.document}, ${source.section}). A school may be stricter, never laxer.`,
    )
  }
  const within = line.toLowerCase()
  const says = rule && sentenceTyped(rule.says, reading, form)
  if (says === undefined || says === rule?.says) return { value: within, says: durationInWords(duration) }
  return { value: { within, says }, says: `${durationInWords(duration)}: “${says}”` }
}

/** The sentence of the rule as it was typed; what holds now where the form does not ask for it. */
function sentenceTyped(now: string, reading: FormReading, form: FormValues): string | undefined {
  if (!form.has('sentence')) return now
  return reading.line('sentence', 'Enter the sentence that says it, or leave it as it is.') || undefined
}

function readRoles(profile: Profile, reading: FormReading, form: FormValues): Typed | undefined {
  const chosen = [...new Set(form.all('value'))].filter(role => role !== '')
  const roles = chosen.flatMap(role => roleIds.filter(known => known === role))
  if (roles.length < chosen.length) return reading.fault('value', 'Select roles that Holdfast knows.')
  if (roles.length === 0) return reading.fault('value', 'Select at least one role: a step that tells nobody leads nowhere.')
  return { value: roles, says: roles.map(role => roleTitle(profile, role)).join(', ') }
}

function readContact(reading: FormReading): Typed | undefined {
  const who = reading.line('who', 'Enter who answers.')
  const purpose = reading.line('purpose', 'Enter what for.')
  const given = {
    phone: reading.maybeLine('phone'),
    email: reading.maybeLine('email'),
    web: reading.maybeLine('web'),
    hours: reading.maybeLine('hours'),
  }
  if (!given.phone && !given.email && !given.web)
    reading.fault('phone', 'Enter a telephone number, a mail address or a web page.')
  if (given.phone && !/^[\d +()-]{3,20}$/.test(given.phone))
    reading.fault('phone', 'Enter a telephone number of digits and blanks.')
  if (reading.errors.length > 0) return undefined
  const held = Object.fromEntries(Object.entries(given).flatMap(([key, text]) => (text === null ? [] : [[key, text]])))
  return { value: { who, purpose, ...held }, says: [who, purpose, ...Object.values(held)].join('; ') }
}

function readSpan(what: Changeable, reading: FormReading): Typed | undefined {
  const span = readDays(reading)
  const name = what.title.replace(/, \d{4}$/, '')
  return span && { value: { name, ...span }, says: `${span.from} to ${span.to}` }
}

function readDays(reading: FormReading): { readonly from: PlainDate; readonly to: PlainDate } | undefined {
  const from = reading.date('begins', 'Enter its first day.')
  const to = reading.date('ends', 'Enter its last day.')
  if (!from || !to) return undefined
  return to < from ? reading.fault('ends-day', 'It must not end before it begins.') : { from, to }
}

function readClosure(reading: FormReading): Typed | undefined {
  const says = reading.line('says', 'Enter what it is, such as a training day.')
  const span = readDays(reading)
  if (!span || says === '') return undefined
  return { value: { ...span, says }, says: `${says}: ${daysInWords(span)}`, path: `closures/${span.from}` }
}

/** Only days on which the school is closed can be taken out of its closures. */
function readOpenDays({ calendar: { closures } }: Profile, reading: FormReading): Typed | undefined {
  const span = readDays(reading)
  if (!span) return undefined
  if (!closures.some(({ from, to }) => from <= span.from && span.to <= to))
    return reading.fault('begins-day', 'The calendar has no closure of all of these days. Enter days of one closure.')
  const says = `Children attend: ${daysInWords(span)}`
  return { value: { ...span, says }, says, path: `reopened/${span.from}` }
}
