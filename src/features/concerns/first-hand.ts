import type { AdultId } from '../../kernel/ids.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import type { KnownAdult } from './form-model.ts'
import { adultsCalled, adultsNamed, type FormContext, noneOf } from './form-reading.ts'

interface Reading {
  readonly form: FormValues
  readonly context: FormContext
  text(name: string): string
  wrong(field: string, says: string): void
}

/** A name without what is written after it ("Nia Price, teaching assistant"). */
function bareName(typed: string): string {
  return (typed.split(/[,(]/)[0] ?? '').trim()
}

/** The adults of the school who may be meant by the one who saw or heard it. */
export function firstHandFound({ form, facts }: Pick<FormContext, 'form' | 'facts'>): readonly KnownAdult[] {
  return adultsCalled(bareName(form.text('first-hand-name')), facts.adults).slice(0, 20)
}

/** The adults of the school who bear the name of whoever told it by voice. */
export function tellersFound({ form, facts }: Pick<FormContext, 'form' | 'facts'>): readonly KnownAdult[] {
  return isToldByVoice(form) ? adultsNamed(bareName(form.text('behalf-name')), facts.adults).slice(0, 20) : []
}

export function isToldByVoice(form: FormValues): boolean {
  const reason = form.text('behalf-reason')
  return form.text('behalf') === 'yes' && (reason === 'spoken' || reason === 'no-account')
}

/** Whoever saw or heard it, where the writer ticks that they did not: a colleague, or a name without an account. */
export function readFirstHand(reading: Reading): { readonly adultId: AdultId | null; readonly name: string } | null {
  const { form, context } = reading
  if (context.writer === 'visitor' || form.text('second-hand') !== 'yes') return null
  const name = reading.text('first-hand-name')
  if (!name) {
    reading.wrong('first-hand-name', 'Enter the name of whoever saw or heard it.')
    return null
  }
  const found = firstHandFound(context)
  const answer = form.text('first-hand-id')
  const chosen = found.find(adult => adult.adultId === answer)
  if (chosen) return { adultId: chosen.adultId, name: chosen.name }
  if (answer !== noneOf(name))
    reading.wrong(
      'first-hand-id',
      found.length > 0
        ? `Select who “${name.slice(0, 60)}” is.`
        : `Nobody here has the name “${name.slice(0, 60)}”. Check the spelling, or say that they have no account here.`,
    )
  return { adultId: null, name }
}

/** The colleague with an account who told it by voice and is to write it too. Somebody of that name must be told apart from a stranger. */
export function readOwnAccountBy(reading: Reading): AdultId | null {
  const name = reading.text('behalf-name')
  const found = tellersFound(reading.context)
  const answer = reading.form.text('behalf-id')
  const chosen = found.find(adult => adult.adultId === answer)
  if (found.length > 0 && !chosen && answer !== noneOf(name))
    reading.wrong('behalf-id', `Select whether “${name.slice(0, 60)}” is somebody who has an account here.`)
  return chosen?.adultId ?? null
}
