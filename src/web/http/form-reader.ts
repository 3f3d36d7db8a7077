/** Reads what somebody of the team typed, collecting what is wrong in the order of the form. */
import { localDate } from '../../kernel/london-time.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { FieldError } from '../components/index.ts'
import type { FormValues } from './form-values.ts'
import { readDate, readTime } from './typed-times.ts'

/** Characters that one box may hold: some thirty pages. */
const wordsMax = 50_000
const lineMax = 300
// Line breaks and tabs are typed; any other control character, and the sign for one that could not be read, comes from a
// damaged copy and would not survive an export.
const unkept = /[^\P{Cc}\n\t]|\uFFFD/u

export class FormReader {
  readonly errors: FieldError[] = []
  readonly form: FormValues
  readonly now: Instant

  constructor(form: FormValues, now: Instant) {
    this.form = form
    this.now = now
  }

  wrong(field: string, says: string): void {
    this.errors.push({ field, says })
  }

  /** Text of several lines. `missing` is the sentence where it must not be empty. */
  words(field: string, what: string, missing?: string): string {
    return this.#text(field, what, wordsMax, missing)
  }

  line(field: string, what: string, missing?: string): string {
    return this.#text(field, what, lineMax, missing)
  }

  #text(field: string, what: string, max: number, missing: string | undefined): string {
    const text = this.form.text(field).trim()
    if (text === '' && missing !== undefined) this.wrong(field, missing)
    if (text.length > max) this.wrong(field, `${what} must be ${max.toLocaleString('en-GB')} characters or fewer.`)
    if (unkept.test(text))
      this.wrong(
        field,
        `${what} contains a damaged or invisible character that cannot be kept. Delete that place and type it again.`,
      )
    return text
  }

  /** One of a few; anything else is as good as nothing chosen. */
  choice<T extends string>(field: string, from: readonly T[], missing: string): T | undefined {
    const value = this.form.text(field)
    const found = from.find(option => option === value)
    if (found === undefined) this.wrong(field, missing)
    return found
  }

  /** Several of a few; the unknown among them is refused. */
  several(field: string, from: readonly string[], unknown: string): string[] {
    const values = [...new Set(this.form.all(field))].filter(value => value !== '')
    if (values.some(value => !from.includes(value))) this.wrong(field, unknown)
    return values.filter(value => from.includes(value))
  }

  /** A date of which a sentence says what is missing; today counts as both past and future. */
  date(field: string, what: string, when: 'past' | 'future' | 'any', missing?: string): PlainDate | undefined {
    const read = readDate(this.form, field)
    const today = localDate(this.now)
    if (read.kind === 'none') {
      if (missing !== undefined) this.wrong(`${field}-day`, missing)
      return undefined
    }
    if (read.kind === 'wrong') {
      this.wrong(`${field}-day`, read.says)
      return undefined
    }
    if (when === 'past' && read.value > today) this.wrong(`${field}-day`, `${what} must be today or in the past.`)
    if (when === 'future' && read.value < today) this.wrong(`${field}-day`, `${what} must be today or in the future.`)
    return read.value
  }

  time(field: string, missing?: string): LocalTime | undefined {
    const read = readTime(this.form.text(field))
    if (read.kind === 'none' && missing !== undefined) this.wrong(field, missing)
    if (read.kind === 'wrong') this.wrong(field, read.says)
    return read.kind === 'read' ? read.value : undefined
  }
}

/** The three boxes of a date as they were typed. */
export function dateTyped(form: FormValues, field: string): Record<string, string> {
  return Object.fromEntries(['day', 'month', 'year'].map(part => [part, form.text(`${field}-${part}`)]))
}
