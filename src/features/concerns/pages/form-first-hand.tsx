import type { VNode } from 'preact'
import { Checkboxes, findError, Radios } from '../../../web/components/index.ts'
import { firstHandFound, tellersFound } from '../first-hand.ts'
import { noneOf } from '../form-reading.ts'
import { isTicked, Line, type SectionProps, Step } from './form-parts.tsx'

/** One tick for whoever writes what somebody else saw or heard: that colleague is asked to write it too. */
export function FirstHandSection(section: SectionProps): VNode | null {
  const { context, errors } = section
  const { form, writer } = context
  if (writer === 'visitor' || isTicked(form, 'behalf')) return null
  const name = form.text('first-hand-name').trim()
  const found = firstHandFound(context)
  return (
    <Checkboxes
      name="second-hand"
      items={[
        {
          value: 'yes',
          label: 'I did not see or hear this myself',
          conditional: (
            <>
              <Line
                {...section}
                name="first-hand-name"
                label="Who saw or heard it?"
                hint="They are asked to write it in their own words today, and are not shown yours."
                width={20}
              />
              {name !== '' && (
                <Radios
                  name="first-hand-id"
                  idPrefix="first-hand-id"
                  look="small"
                  legend={`Who is “${name}”?`}
                  error={findError(errors, 'first-hand-id')}
                  value={form.text('first-hand-id')}
                  items={[
                    ...found.map(adult => ({ value: adult.adultId, label: adult.name, hint: adult.says || undefined })),
                    { value: noneOf(name), label: 'Somebody who has no account here' },
                  ]}
                />
              )}
              <Step action="find-first-hand">Find</Step>
            </>
          ),
        },
      ]}
      values={form.all('second-hand')}
    />
  )
}

/** Somebody of that name works here: then they are asked to write it themselves. */
export function IsItColleague({ context, errors }: SectionProps): VNode | null {
  const found = tellersFound(context)
  if (found.length === 0) return null
  const name = context.form.text('behalf-name').trim()
  return (
    <Radios
      name="behalf-id"
      idPrefix="behalf-id"
      look="small"
      legend={`Is “${name}” one of these?`}
      hint="Then they are asked to write it in their own words today, and are not shown yours."
      error={findError(errors, 'behalf-id')}
      value={context.form.text('behalf-id')}
      items={[
        ...found.map(adult => ({ value: adult.adultId, label: adult.name, hint: adult.says || undefined })),
        { value: noneOf(name), label: 'No: somebody who has no account here' },
      ]}
    />
  )
}
