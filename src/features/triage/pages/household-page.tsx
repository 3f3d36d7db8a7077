import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Button, Details, Form, findError, Radios, SummaryList, Textarea } from '../../../web/components/index.ts'
import type { HouseholdChild } from '../../household/index.ts'
import type { ConcernFacts } from '../model.ts'
import { concernTitle } from './concern-page.tsx'
import { type FormFrameProps, FormHead } from './form-frame.tsx'
import { Moment, Words } from './parts.tsx'

export interface HouseholdPageProps extends Omit<FormFrameProps, 'commandKey'> {
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly household: readonly HouseholdChild[]
  newCommandKey(): string
}

const stateNames: Readonly<Record<HouseholdChild['state'], string>> = {
  awaiting: 'Possibly affected: waits for confirmation',
  confirmed: 'Affected',
  dismissed: 'Not affected',
}

function nameOf({ name, className }: HouseholdChild): string {
  return [name, className].filter(Boolean).join(', ')
}

function Said({ child, now }: { readonly child: HouseholdChild; readonly now: Instant }): VNode {
  return (
    <SummaryList
      rows={[
        { key: 'How they belong to it', value: child.part === 'subject' ? 'The concern is about them' : 'Brother or sister' },
        { key: 'What is said', value: stateNames[child.state] },
        { key: 'Linked', value: <Moment at={child.linkedAt} now={now} /> },
        child.answeredAt !== null && {
          key: 'Answered',
          value: (
            <>
              by {child.answeredBy}, <Moment at={child.answeredAt} now={now} />
            </>
          ),
        },
        child.reason !== null && { key: 'Why', value: <Words>{child.reason}</Words> },
      ]}
    />
  )
}

function Answering({ child, props }: { readonly child: HouseholdChild; readonly props: HouseholdPageProps }): VNode {
  const { form } = props
  const isTyped = form.text('child') === child.childId
  const errors = isTyped ? props.errors : []
  const typed = (field: string) => (isTyped ? form.text(field) : '')
  // An error links to the field's plain name: only the form that was sent bears it.
  const id = (field: string) => (isTyped ? field : `${field}-${child.childId}`)
  return (
    <Form action={props.action} formToken={props.formToken} commandKey={props.newCommandKey()}>
      <input type="hidden" name="child" value={child.childId} />
      <Radios
        name="state"
        idPrefix={id('state')}
        legend={`Is ${child.name} affected?`}
        legendSize="s"
        look="small"
        value={typed('state')}
        error={findError(errors, 'state')}
        items={[
          child.state !== 'confirmed' && {
            value: 'confirmed',
            label: 'Yes, affected',
            hint: child.part === 'sibling' ? 'Puts the child into this concern.' : undefined,
          },
          child.state !== 'dismissed' && { value: 'dismissed', label: 'No, not affected' },
        ]}
      />
      <Textarea
        name="reason"
        id={id('reason')}
        label="Why"
        hint="Needed where the child is not affected."
        rows={2}
        value={typed('reason')}
        error={findError(errors, 'reason')}
      />
      <Button preventDoubleClick>Save for {child.name}</Button>
    </Form>
  )
}

/** The children of a household in which harm was reported, each with what is said of them. */
export function HouseholdPage(props: HouseholdPageProps): VNode {
  const { concern, household, errors, now } = props
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="The household"
        errors={errors}
        notice={props.notice}
      />
      {household.length === 0 && (
        <p class="govuk-body">
          Nobody is linked. Children are linked here where what was reported, or a category at triage, is harm in the household.
        </p>
      )}
      {household.map(child => (
        <section aria-labelledby={`child-${child.childId}`}>
          <h2 class="govuk-heading-m" id={`child-${child.childId}`}>
            <a class="govuk-link" href={`/children/${child.childId}`}>
              {nameOf(child)}
            </a>
          </h2>
          <Said child={child} now={now} />
          {child.state === 'awaiting' ? (
            <Answering child={child} props={props} />
          ) : (
            <Details summary={`Change what is said of ${child.name}`} isOpen={props.form.text('child') === child.childId}>
              <Answering child={child} props={props} />
            </Details>
          )}
        </section>
      ))}
    </>
  )
}
