import type { LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { FieldError } from '../components/index.ts'
import type { FormValues } from './form-values.ts'
import { readDate, readTime } from './typed-times.ts'

const lineMax = 200
const textMax = 2000

/** One line as people type it: no control, direction or unreadable characters, single blanks, composed letters. */
function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/[\p{Cc}\uFFFD\s]+/gu, ' ')
    .trim()
}

function severalLines(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/[^\P{Cc}\n\t]|\uFFFD/gu, '')
    .trim()
}

/** Reads the answers of a form one by one and collects what is wrong with them, in the order of asking. */
export class FormReading {
  readonly errors: FieldError[] = []
  readonly #form: FormValues

  constructor(form: FormValues) {
    this.#form = form
  }

  fault(field: string, says: string): undefined {
    this.errors.push({ field, says })
    return undefined
  }

  /** A line that must be there; `says` asks for it ("Enter a name"). */
  line(name: string, says: string): string {
    const text = this.maybeLine(name)
    if (text === null && !this.errors.some(error => error.field === name)) this.fault(name, says)
    return text ?? ''
  }

  /** A line that may be left out. */
  maybeLine(name: string): string | null {
    const text = oneLine(this.#form.text(name))
    if (text.length > lineMax) this.fault(name, `Use ${lineMax} characters or fewer.`)
    return text === '' ? null : text
  }

  /** Several lines that may be left out. */
  maybeText(name: string): string | null {
    const text = severalLines(this.#form.text(name))
    if (text.length > textMax) this.fault(name, `Use ${textMax} characters or fewer.`)
    return text === '' ? null : text
  }

  /** One of the choices; anything else, or nothing, is answered with `says`. */
  choice<const T extends string>(name: string, choices: readonly T[], says: string): T | undefined {
    const text = this.#form.text(name)
    return choices.find(choice => choice === text) ?? this.fault(name, says)
  }

  /** One of the choices, or null where none was made. */
  maybeChoice<const T extends string>(name: string, choices: readonly T[], says: string): T | null {
    return this.#form.text(name) === '' ? null : (this.choice(name, choices, says) ?? null)
  }

  isTicked(name: string): boolean {
    return this.#form.text(name) !== ''
  }

  /** A date of three boxes that must be there; `says` asks for it ("Enter a start date"). */
  date(name: string, says: string): PlainDate | undefined {
    const errors = this.errors.length
    return this.maybeDate(name) ?? (this.errors.length === errors ? this.fault(`${name}-day`, says) : undefined)
  }

  /** A date of three boxes, or null where all are empty. */
  maybeDate(name: string): PlainDate | null {
    const read = readDate(this.#form, name)
    if (read.kind === 'wrong') this.fault(`${name}-${read.part}`, read.says)
    return read.kind === 'read' ? read.value : null
  }

  /** A time of day that must be there. */
  time(name: string, says: string): LocalTime | undefined {
    const errors = this.errors.length
    return this.maybeTime(name) ?? (this.errors.length === errors ? this.fault(name, says) : undefined)
  }

  /** A time of day as people write it (14:15, 2.15pm, 9am, midday), or null where nothing was typed. */
  maybeTime(name: string): LocalTime | null {
    const read = readTime(this.#form.text(name))
    if (read.kind === 'wrong') this.fault(name, read.says)
    return read.kind === 'read' ? read.value : null
  }
}
