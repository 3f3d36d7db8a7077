import { localDate, toInstant } from '../../kernel/london-time.ts'
import { type Instant, type LocalTime, type PlainDate, parsePlainDate } from '../../kernel/plain-date.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import type { FormContext } from './form-reading.ts'

interface Reading {
  readonly form: FormValues
  readonly context: FormContext
  pastDate(name: string, what: string): PlainDate | null
  pastTime(name: string, on: PlainDate | null, what: string): LocalTime | null
  wrong(field: string, says: string): void
}

/** The day that is meant where only a time was typed: that on which it was typed, for drafts outlive midnight. */
export function disclosureDay({ form, now }: Pick<FormContext, 'form' | 'now'>): PlainDate {
  const today = localDate(now)
  const typedOn = form.text('ended-time') ? parsePlainDate(form.text('ended-written-on')) : undefined
  return typedOn && typedOn <= today ? typedOn : today
}

/** When the child had finished telling; asked after a disclosure alone, and never demanded. */
export function readDisclosureEnd(reading: Reading, prompts: readonly string[]): Instant | null {
  if (!prompts.includes('disclosure')) return null
  const on = reading.pastDate('ended', 'The day on which the child told you') ?? disclosureDay(reading.context)
  const time = reading.pastTime('ended-time', on, 'The time at which the child had finished telling')
  if (!time && reading.form.text('ended-day') && !reading.form.text('ended-time'))
    reading.wrong('ended-time', 'Enter the time at which the child had finished telling, as near as you know.')
  return time ? toInstant(on, time) : null
}
