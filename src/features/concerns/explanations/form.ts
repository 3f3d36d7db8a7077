import { localDate, toLocal } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../../kernel/result.ts'
import type { FieldError, FieldErrors } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { readDate, readTime } from '../../../web/http/typed-times.ts'
import { words } from '../form-schema.ts'
import { agreements, type Explanation, explainers, type NewExplanation, treatments } from './model.ts'
import { otherWords } from './rules.ts'

const texts = [
  ['says', 'What was said', 2000],
  ['by-says', 'Who it was', 200],
  ['treatment-says', 'When and where it was treated', 200],
] as const

function oneOf<T extends string>(options: readonly T[], typed: string): T | undefined {
  return options.find(option => option === typed)
}

/** When it was said: today, where nobody says another day. */
function readSaid(form: FormValues, now: Instant, wrong: (field: string, says: string) => void) {
  const date = readDate(form, 'said')
  const time = readTime(form.text('said-time'))
  const today = toLocal(now)
  if (date.kind === 'wrong') wrong('said-day', date.says)
  const on = date.kind === 'read' ? date.value : localDate(now)
  if (on > today.date) wrong('said-day', 'The day it was said must be today or in the past.')
  if (time.kind === 'wrong') wrong('said-time', time.says)
  if (time.kind === 'read' && on === today.date && time.value > today.time)
    wrong('said-time', `The time must be in the past: it is ${today.time} now.`)
  return { saidOn: on, saidAtTime: time.kind === 'read' ? time.value : null }
}

/** A further explanation of one injury, or what is wrong with it. `earlier` is what the writer has before their eyes. */
export function parseExplanation(
  form: FormValues,
  markN: number,
  earlier: readonly Explanation[],
  now: Instant,
): Result<NewExplanation, FieldErrors> {
  const errors: FieldError[] = []
  const wrong = (field: string, says: string) => void errors.push({ field, says })
  const givenBy = oneOf(explainers, form.text('by'))
  const treatment = oneOf(treatments, form.text('treatment')) ?? null
  const agrees = oneOf(agreements, form.text('agrees')) ?? null
  if (!givenBy) wrong('by', 'Select who says so.')
  for (const [field, says, max] of texts)
    for (const issue of words(says, max).safeParse(form.text(field)).error?.issues ?? []) wrong(field, issue.message)
  const said = readSaid(form, now, wrong)
  const text = (field: string) => form.text(field).trim()
  if (givenBy === 'other' && text('by-says') === '') wrong('by-says', 'Enter who says so.')
  if (text('says') === '') wrong('says', 'Enter how they say it happened.')
  const others = otherWords(earlier, { markN, says: text('says') })
  if (others.length > 0 && agrees === null) wrong('agrees', 'Select whether this agrees with what was said before.')
  if (errors.length > 0 || !givenBy) return refused(errors)
  return ok({
    markN,
    givenBy,
    givenSays: text('by-says'),
    says: text('says'),
    ...said,
    treatment,
    treatmentSays: treatment === 'sought' ? text('treatment-says') : '',
    agrees: others.length > 0 ? agrees : null,
  })
}
