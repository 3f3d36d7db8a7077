import { localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { FieldError, FieldErrors } from '../../web/components/index.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { readDate, readTime } from '../../web/http/typed-times.ts'
import { words, wordsMax } from '../concerns/index.ts'
import { type NewEmergencyCall, type NewFamilyContact, services, ways } from './model.ts'

const lineMax = 200

/** Reads one form, collecting what is wrong in the order of the page. */
class Reading {
  readonly errors: FieldError[] = []
  readonly form: FormValues
  readonly now: Instant
  constructor(form: FormValues, now: Instant) {
    this.form = form
    this.now = now
  }

  wrong(field: string, says: string): void {
    if (!this.errors.some(error => error.field === field)) this.errors.push({ field, says })
  }

  text(field: string, what: string, max: number, missing?: string): string {
    const read = words(what, max).safeParse(this.form.text(field))
    for (const issue of read.error?.issues ?? []) this.wrong(field, issue.message)
    if (read.data === '' && missing !== undefined) this.wrong(field, missing)
    return read.data ?? ''
  }

  choice<T extends string>(field: string, from: readonly T[], missing: string): T | undefined {
    const found = from.find(option => option === this.form.text(field))
    if (found === undefined) this.wrong(field, missing)
    return found
  }

  date(field: string, missing: string): PlainDate {
    const read = readDate(this.form, field)
    if (read.kind === 'none') this.wrong(`${field}-day`, missing)
    if (read.kind === 'wrong') this.wrong(`${field}-${read.part}`, read.says)
    const today = localDate(this.now)
    if (read.kind === 'read' && read.value > today) this.wrong(`${field}-day`, 'The day must be today or in the past.')
    return read.kind === 'read' ? read.value : today
  }

  /** A time on a day; undefined where none was typed and none is missing. */
  moment(field: string, on: PlainDate, missing?: string): Instant | undefined {
    const read = readTime(this.form.text(field))
    if (read.kind === 'none' && missing !== undefined) this.wrong(field, missing)
    if (read.kind === 'wrong') this.wrong(field, read.says)
    if (read.kind !== 'read') return undefined
    const at = toInstant(on, read.value)
    if (at > this.now && on === localDate(this.now))
      this.wrong(field, `The time must be in the past: it is ${toLocal(this.now).time} now.`)
    return at
  }
}

/** A call to the emergency number, as whoever writes it down knows it. */
export function parseEmergencyCall(form: FormValues, now: Instant): Result<NewEmergencyCall, FieldErrors> {
  const reading = new Reading(form, now)
  const on = reading.date('on', 'Enter the day of the call.')
  const at = reading.moment('at', on, 'Enter the time of the call.')
  const rangBy = reading.text('rang-by', 'Who rang', lineMax, 'Enter who rang.')
  const service = reading.choice('service', services, 'Select which service it was.')
  const incident = reading.text('incident', 'The incident number', lineMax)
  const says = reading.text('says', 'What was said', wordsMax)
  if (reading.errors.length > 0 || !at || !service) return refused(reading.errors)
  return ok({ service, at, rangBy, incident, says })
}

/** A talk with a parent. Who had agreed is asked, and a talk without it is kept all the same. */
export function parseFamilyContact(form: FormValues, now: Instant): Result<NewFamilyContact, FieldErrors> {
  const reading = new Reading(form, now)
  const agreedWith = reading.text('agreed-with', 'Who had agreed', lineMax)
  const agreedTime = form.text('agreed-at')
  const on = reading.date('on', 'Enter the day on which you spoke.')
  const agreedAt = reading.moment('agreed-at', on)
  if (agreedWith !== '' && agreedTime.trim() === '') reading.wrong('agreed-at', 'Enter when they agreed, or leave both empty.')
  if (agreedWith === '' && agreedTime.trim() !== '') reading.wrong('agreed-with', 'Enter who agreed, or leave both empty.')
  const at = reading.moment('at', on, 'Enter the time at which you spoke.')
  const who = reading.text('who', 'Whom you spoke with', lineMax, 'Enter whom you spoke with.')
  const how = reading.choice('how', ways, 'Select how you spoke.')
  const says = reading.text('says', 'What was said', wordsMax, 'Enter what was said.')
  if (reading.errors.length > 0 || !at || !how) return refused(reading.errors)
  return ok({ at, who, how, says, agreedWith, agreedAt: agreedAt ?? null })
}
