/** The agencies that somebody says a child is not referred to, each with why. */
import { type Agency, agencyIds, type NotReferredRule } from '../../policy/profile.ts'
import type { FormReader } from '../../web/http/form-reader.ts'
import type { FormReading } from '../../web/http/form-reading.ts'
import type { FormValues } from '../../web/http/form-values.ts'
import type { NotReferred } from './model.ts'
import type { RegisterAsked } from './page-model.ts'

export const notReferredField = 'not-referred'

/** The box of the reason beside an agency. */
export function reasonFieldOf(agency: Agency): string {
  return `${notReferredField}-${agency}`
}

type Offered = NotReferredRule['agencies']

/** A reason that was typed counts as the choice: without JavaScript the box of an agency is always there. */
export function readNotReferred(reader: FormReader, agencies: Offered): readonly NotReferred[] {
  const chosen = reader.several(
    notReferredField,
    agencies.map(({ id }) => id),
    'Select agencies from the list.',
  )
  return agencies.flatMap(({ id, name }) => {
    const field = reasonFieldOf(id)
    if (!chosen.includes(id) && reader.form.text(field).trim() === '') return []
    return [{ agency: id, reason: reader.words(field, 'The reason', `Write why it is not referred: ${name}.`) }]
  })
}

/** The span and the agency that an address asks for; what cannot be read limits nothing and is said. */
export function readRegisterAsked(reading: FormReading, form: FormValues): RegisterAsked {
  const from = reading.maybeDate('from') ?? undefined
  const to = reading.maybeDate('to') ?? undefined
  const isUpsideDown = from !== undefined && to !== undefined && to < from
  if (isUpsideDown) reading.fault('to-day', 'The last day must not be before the first day.')
  return {
    from: isUpsideDown ? undefined : from,
    to: isUpsideDown ? undefined : to,
    agency: agencyIds.find(id => id === form.text('agency')),
  }
}
