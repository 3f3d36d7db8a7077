/** To whom a child is not referred: the boxes of a form, and the rows of a page. */
import type { VNode } from 'preact'
import type { Agency, NotReferredRule, Profile } from '../../../policy/profile.ts'
import { Checkboxes, type FieldErrors, findError, type SummaryRow, Textarea } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { NotReferred } from '../model.ts'
import { notReferredField, reasonFieldOf } from '../not-referred-forms.ts'
import { agencyNames } from '../words.ts'
import { Words } from './parts.tsx'

/** An agency in the school's own words. */
export function agencyName(profile: Pick<Profile, 'notReferred'>, agency: Agency): string {
  return profile.notReferred?.agencies.find(({ id }) => id === agency)?.name ?? agencyNames[agency]
}

/** Agencies that may be named as not turned to, each with the box of its reason. */
export function NotReferredBoxes({
  agencies,
  legend,
  hint,
  form,
  errors,
}: {
  readonly agencies: NotReferredRule['agencies']
  readonly legend: string
  readonly hint: string
  readonly form: FormValues
  readonly errors: FieldErrors
}): VNode | null {
  if (agencies.length === 0) return null
  const isChosen = (agency: Agency) =>
    form.all(notReferredField).includes(agency) ||
    form.text(reasonFieldOf(agency)) !== '' ||
    findError(errors, reasonFieldOf(agency))
  return (
    <Checkboxes
      name={notReferredField}
      legend={legend}
      legendSize="s"
      hint={hint}
      look="small"
      values={agencies.flatMap(({ id }) => (isChosen(id) ? [id] : []))}
      error={findError(errors, notReferredField)}
      items={agencies.map(({ id, name, hint: beside }) => ({
        value: id,
        label: name,
        hint: beside,
        conditional: (
          <Textarea
            name={reasonFieldOf(id)}
            label="Why not"
            rows={2}
            value={form.text(reasonFieldOf(id))}
            error={findError(errors, reasonFieldOf(id))}
          />
        ),
      }))}
    />
  )
}

/** One row for each agency that was not turned to, with why. */
export function notReferredRows(profile: Profile, all: readonly NotReferred[]): SummaryRow[] {
  return all.map(({ agency, reason }) => ({
    key: `Not referred: ${agencyName(profile, agency)}`,
    value: <Words>{reason}</Words>,
  }))
}
