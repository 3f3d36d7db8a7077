import type { VNode } from 'preact'
import { Checkboxes, Fieldset, findError, Hint, InsetText, Radios, Select, Textarea } from '../../../web/components/index.ts'
import { involvementNames, rowsMax, rowsOf } from '../form-fields.ts'
import type { KnownChild } from '../form-model.ts'
import { foundMax } from '../form-model.ts'
import { childrenOf, chosenIds, describedChildren, openSearch } from '../form-reading.ts'
import { childInvolvements } from '../model.ts'
import { AdultsAtRisk } from './form-adults-at-risk.tsx'
import { Heading, Line, rowNumbers, type SectionProps, Step } from './form-parts.tsx'

function InvolvementSelect({ context, errors, name, of }: SectionProps & { readonly name: string; readonly of: string }): VNode {
  return (
    <Select
      name={name}
      label={
        <>
          How is this child involved?<span class="govuk-visually-hidden"> ({of})</span>
        </>
      }
      items={childInvolvements.map(value => ({ value, text: involvementNames[value] }))}
      value={context.form.text(name) || 'subject'}
      error={findError(errors, name)}
    />
  )
}

function ChosenChild({ child, ...section }: SectionProps & { readonly child: KnownChild }): VNode {
  return (
    <InsetText>
      <input type="hidden" name="child" value={child.childId} />
      <p class="govuk-!-margin-bottom-2">
        <strong>{child.name}</strong>
        {child.says && `, ${child.says}`}
      </p>
      <InvolvementSelect {...section} name={`involvement-${child.childId}`} of={child.name} />
      <Step action={`drop-child-${child.childId}`}>
        Remove<span class="govuk-visually-hidden"> {child.name}</span>
      </Step>
    </InsetText>
  )
}

function FoundChildren({ context, errors, search }: SectionProps & { readonly search: string }): VNode {
  const { found, moreFound } = context.facts
  const chosen = chosenIds(context.form, 'child')
  const items = found.filter(child => !chosen.includes(child.childId))
  if (items.length === 0)
    return (
      <p class="govuk-body" role="status">
        No child here has the name “{search}”. Check the spelling, or describe the child below.
      </p>
    )
  return (
    <Checkboxes
      name="child"
      idPrefix="found-child"
      look="small"
      legend={`Which child do you mean by “${search}”?`}
      legendSize="s"
      hint={moreFound ? `The first ${foundMax} are shown. Add another name to see fewer.` : undefined}
      items={items.map(child => ({
        value: child.childId,
        label: child.name,
        hint: child.says || undefined,
        conditional: (
          <InvolvementSelect context={context} errors={errors} name={`involvement-${child.childId}`} of={child.name} />
        ),
      }))}
    />
  )
}

function DescribedChild({ context, errors, n }: SectionProps & { readonly n: number }): VNode {
  const { form } = context
  const name = (part: string) => `other-child-${n}-${part}`
  return (
    <Fieldset legend={n === 1 ? 'The child you mean' : `Another child who is not in the list (${n})`} legendSize="s">
      <Line context={context} errors={errors} name={name('given')} label="First name, if you know it" width={20} />
      <Line context={context} errors={errors} name={name('family')} label="Family name, if you know it" width={20} />
      <Textarea
        name={name('description')}
        label="Anything that helps to find the child"
        hint="Age, year, clothes, whose brother or sister, which other school, where you saw them"
        rows={2}
        value={form.text(name('description'))}
        error={findError(errors, name('description'))}
        attributes={{ dir: 'auto' }}
      />
      {context.writer === 'colleague' && (
        <Radios
          name={name('standing')}
          look="small"
          legend="Do we know who the child is?"
          items={[
            { value: 'unidentified', label: 'Not yet, or not for certain' },
            { value: 'not-on-roll', label: 'Yes, but the child is not a pupil here' },
          ]}
          value={form.text(name('standing')) || 'unidentified'}
        />
      )}
      <InvolvementSelect
        context={context}
        errors={errors}
        name={name('involvement')}
        of={`child ${n} of those not in the list`}
      />
    </Fieldset>
  )
}

function DescribedChildren(section: SectionProps): VNode {
  const count = rowsOf(section.context.form, 'other-child')
  return (
    <>
      {rowNumbers(count).map(n => (
        <DescribedChild {...section} n={n} />
      ))}
      {count < rowsMax && <Step action="add-other-child">Add another child</Step>}
    </>
  )
}

/** Which children, each with their own involvement: found by name, or described. */
export function ChildrenSection(section: SectionProps): VNode {
  const { context, errors } = section
  const { form, facts, writer } = context
  if (writer === 'visitor')
    return (
      <>
        <Heading>Which child?</Heading>
        <DescribedChildren {...section} />
        <AdultsAtRisk {...section} />
      </>
    )
  const chosen = chosenIds(form, 'child').flatMap(id => facts.chosen.filter(child => child.childId === id))
  const search = openSearch(form.text('find-child'), childrenOf(context))
  const isDescribed =
    describedChildren(context).length > 0 ||
    form.text('_do') === 'add-other-child' ||
    errors.some(error => error.field.startsWith('other-child'))
  return (
    <>
      <Heading>Which child?</Heading>
      <div data-hf-chosen="child">
        {chosen.map(child => (
          <ChosenChild {...section} child={child} />
        ))}
      </div>
      <div data-hf-find="child">
        <Line
          context={{ ...context, form: form.with('find-child', search) }}
          errors={errors}
          name="find-child"
          label={chosen.length > 0 ? 'Is another child involved?' : "Child's name"}
          hint="Part of a name is enough. Then press Find and choose."
          width={20}
        />
        {search && <FoundChildren {...section} search={search} />}
        <Step action="find-child">Find</Step>
      </div>
      <details class="govuk-details" open={isDescribed}>
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">The child is not in the list, or I do not know their name</span>
        </summary>
        <div class="govuk-details__text">
          <Hint>It may be a brother or sister, a visitor, a child on a placement, or a child you cannot name yet.</Hint>
          <DescribedChildren {...section} />
        </div>
      </details>
      <AdultsAtRisk {...section} />
    </>
  )
}
