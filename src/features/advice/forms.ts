import { toInstant, toLocal } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Profile } from '../../policy/profile.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import { type DecidedAfter, followings, type NewAdvice } from './model.ts'

/** Chosen where the policy does not name whoever was asked. */
export const somebodyElse = 'somebody-else'

function text(reading: FormReading, name: string, says: string): string {
  const found = reading.maybeText(name)
  if (found === null && !reading.errors.some(error => error.field === name)) reading.fault(name, says)
  return found ?? ''
}

function agencyOf(reading: FormReading, form: FormValues, profile: Profile): Pick<NewAdvice, 'contact' | 'agency'> {
  const of = form.text('of')
  const contact = Object.hasOwn(profile.contacts, of) ? profile.contacts[of] : undefined
  if (contact) return { contact: contact.key, agency: contact.who }
  if (of !== somebodyElse) reading.fault('of', 'Select whom you asked.')
  return { contact: null, agency: of === somebodyElse ? reading.line('agency', 'Enter whom you asked.') : '' }
}

function momentOf(reading: FormReading, now: Instant): Instant | undefined {
  const on = reading.date('on', 'Enter the day on which you asked.')
  const time = reading.time('at', 'Enter the time at which you asked.')
  if (!on || !time) return undefined
  const at = toInstant(on, time)
  return at > now ? reading.fault('at', `The time must be in the past: it is ${toLocal(now).time} now.`) : at
}

function afterOf(reading: FormReading): DecidedAfter | null {
  const decided = reading.line('decided', 'Enter what you decided after it.')
  const because = text(reading, 'because', 'Enter why you decided so.')
  const followed = reading.choice('followed', followings, 'Select whether that is what they advised.')
  return followed ? { decided, because, followed } : null
}

/** Advice as whoever took it writes it down; whoever decides says what they decided after it, and why. */
export function parseAdvice(form: FormValues, profile: Profile, now: Instant, decides: boolean): Result<NewAdvice, FieldErrors> {
  const reading = new FormReading(form)
  const agency = agencyOf(reading, form, profile)
  const at = momentOf(reading, now)
  const withWhom = reading.line('with-whom', 'Enter whom you spoke with: the name or the post.')
  const named = reading.choice('named', ['named', 'not-named'], 'Select whether you named the child.')
  const asked = text(reading, 'asked', 'Enter what you asked.')
  const says = text(reading, 'says', 'Enter what they advised.')
  const reference = reading.maybeLine('reference') ?? ''
  const after = decides ? afterOf(reading) : null
  if (reading.errors.length > 0 || !at || !named) return refused(reading.errors)
  return ok({ ...agency, withWhom, at, named: named === 'named', asked, says, reference, after })
}
