import { localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { FormReader } from '../triage/index.ts'
import type { NewStep } from './model.ts'

/** What was done without a DSL, today. */
export function readStep(form: FormValues, now: Instant, kind: NewStep['kind']): Result<NewStep, FieldErrors> {
  const reader = new FormReader(form, now)
  const withWhom = reader.line('with-whom', 'Whom you spoke to', 'Enter whom you rang or spoke to, or “nobody”.')
  const time = reader.time('at', 'Enter the time at which you did it.')
  const at = time ? toInstant(localDate(now), time) : now
  if (at > now) reader.wrong('at', `The time must be in the past: it is ${toLocal(now).time} now.`)
  const says = reader.words('says', 'What was said and done', 'Enter what you were told and what you did.')
  return reader.errors.length > 0 ? refused(reader.errors) : ok({ kind, at, withWhom, says })
}

/** The note for the DSL. */
export function readHandBack(
  form: FormValues,
  now: Instant,
): Result<{ readonly concerns: string; readonly actions: string }, FieldErrors> {
  const reader = new FormReader(form, now)
  const concerns = reader.words('concerns', 'The concern', 'Enter what the concern was.')
  const actions = reader.words('actions', 'What was done', 'Enter what was done, by whom and when, or “nothing”.')
  return reader.errors.length > 0 ? refused(reader.errors) : ok({ concerns, actions })
}
