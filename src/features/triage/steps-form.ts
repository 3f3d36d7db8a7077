/** From what was typed about a step of the policy to what is recorded. */
import type { AdultId } from '../../kernel/ids.ts'
import { localDate, toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReader } from '../../web/http/form-reader.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import type { AnswerRefusal, StepAnswer } from '../pathways/index.ts'

export function readStepAnswer(
  form: FormValues,
  now: Instant,
  eligible: readonly { readonly adultId: AdultId }[],
): Result<StepAnswer, FieldErrors> {
  const reader = new FormReader(form, now)
  const kind = reader.choice('kind', ['done', 'tried', 'asked', 'not-done'] as const, 'Select what came of it.')
  const withWhom = reader.line('with-whom', 'The name')
  const reference = reader.line('reference', 'The reference')
  const says = reader.words('says', 'The text')
  const typed = form.text('adult')
  const on = reader.date('on', 'The day', 'past')
  const time = reader.time('time')
  const at = on || time ? toInstant(on ?? localDate(now), time ?? toLocal(now).time) : now
  if (at > now && reader.errors.length === 0) reader.wrong('time', 'The time must be in the past.')
  const adult = eligible.find(({ adultId }) => adultId === typed)
  if (typed !== '' && !adult) reader.wrong('adult', 'Select a colleague who is not part of the matter.')
  if (reader.errors.length > 0 || !kind) return refused(reader.errors)
  return ok({ kind, at, withWhom, reference, says, adultId: adult?.adultId ?? null, holds: form.text('holds') === 'yes' })
}

/** That the children may be questioned again: who said so, when and in which words. */
export function readRelease(form: FormValues, now: Instant): Result<Pick<StepAnswer, 'at' | 'withWhom' | 'says'>, FieldErrors> {
  const reader = new FormReader(form, now)
  const withWhom = reader.line('with-whom', 'The name', 'Enter who said that it may go on.')
  const says = reader.words('says', 'The text', 'Write what they said.')
  return reader.errors.length > 0 ? refused(reader.errors) : ok({ at: now, withWhom, says })
}

const needed = {
  'with-whom': 'Enter with whom.',
  reference: 'Enter the reference that they gave.',
  words: 'Write what is asked for here.',
  adult: 'Select who takes it on.',
} as const
const fields = { 'with-whom': 'with-whom', reference: 'reference', words: 'says', adult: 'adult' } as const

/** The sentence for a refusal, at its field. */
export function answerRefused(refusal: AnswerRefusal): FieldErrors {
  switch (refusal.code) {
    case 'in-person':
      return [{ field: 'kind', says: 'Only whoever owes this in person can record it.' }]
    case 'settled-already':
      return [{ field: 'kind', says: 'Somebody has recorded this meanwhile.' }]
    case 'needed':
      return [{ field: fields[refusal.what], says: needed[refusal.what] }]
    case 'reason-needed':
      return [{ field: 'says', says: 'Write why it is not done.' }]
    case 'not-open-yet':
      return [{ field: 'kind', says: 'Another step comes first.' }]
    case 'not-eligible':
      return [{ field: 'adult', says: 'Select a colleague who is not part of the matter.' }]
    case 'second-is-the-same':
      return [{ field: 'says', says: 'Somebody else of the team has to agree.' }]
    case 'nothing-proposed':
      return [{ field: 'says', says: 'Nobody has proposed that it is not done.' }]
    case 'not-held':
      return [{ field: 'kind', says: 'No agency holds it back any more.' }]
  }
}
