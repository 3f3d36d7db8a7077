import type { VNode } from 'preact'
import { DateInput, findError, Input, Radios, Textarea } from '../../../web/components/index.ts'
import { dateTyped, FormFrame, type FormFrameProps, FormHead, HeldBack } from '../../triage/index.ts'
import { type NotedChild, noteKindNames, noteKinds } from '../model.ts'

export interface NoteFormPageProps extends FormFrameProps {
  readonly child: NotedChild
  /** Concerns that hold back speaking with the child's parents. */
  readonly heldBy: readonly string[]
}

/** A note, a call, a letter, a meeting: with whom, when, and what was said. A worry goes to the form for worries. */
export function NoteFormPage(props: NoteFormPageProps): VNode {
  const { child, heldBy, form, errors } = props
  const newConcern = (behalf: string) => `/concerns/new?child=${child.childId}&behalf=${behalf}`
  return (
    <>
      <FormHead
        caption={child.className ? `${child.name}, ${child.className}` : child.name}
        title="Write a note or a contact"
        errors={errors}
        notice={props.notice}
      />
      {heldBy.length > 0 && <HeldBack concernIds={heldBy} />}
      <p class="govuk-body">
        Does it bring a new worry? Then record a concern, so that it is judged:{' '}
        <a class="govuk-link" href={newConcern('agency-call')}>
          an agency called
        </a>
        ,{' '}
        <a class="govuk-link" href={newConcern('agency-mail')}>
          an agency sent a mail
        </a>
        ,{' '}
        <a class="govuk-link" href={newConcern('agency-letter')}>
          a letter came
        </a>{' '}
        or{' '}
        <a class="govuk-link" href={newConcern('parent')}>
          a parent told you
        </a>
        .
      </p>
      <FormFrame frame={props} save="Save the note" cancelHref={`/children/${child.childId}`}>
        <Radios
          name="kind"
          legend="What is it?"
          legendSize="s"
          look="small"
          value={form.text('kind')}
          error={findError(errors, 'kind')}
          items={noteKinds.map(kind => ({ value: kind, label: noteKindNames[kind] }))}
        />
        {heldBy.length > 0 && (
          <Radios
            name="with-parent"
            legend="Is this with a parent or carer?"
            legendSize="s"
            look="small"
            hint="A letter, call or meeting with them is not kept while the hold stands. A note of your own needs no answer."
            value={form.text('with-parent')}
            error={findError(errors, 'with-parent')}
            items={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
          />
        )}
        <Input
          name="with-whom"
          label="With whom"
          labelSize="s"
          hint="Name and role. Leave it empty for a note of your own."
          value={form.text('with-whom')}
          error={findError(errors, 'with-whom')}
        />
        <Input
          name="agency"
          label="From which agency, if any"
          labelSize="s"
          hint="It shows in the child’s chronology."
          value={form.text('agency')}
          error={findError(errors, 'agency')}
        />
        <DateInput
          id="happened"
          namePrefix="happened"
          legend="When was it?"
          legendSize="s"
          values={dateTyped(form, 'happened')}
          error={findError(errors, 'happened-day')}
        />
        <Input
          name="time"
          label="Time, if you know it"
          hint="Like 9:40am or 14:15."
          width={5}
          value={form.text('time')}
          error={findError(errors, 'time')}
        />
        <Textarea
          name="says"
          label="What was said or noticed"
          labelSize="s"
          hint="It cannot be changed afterwards."
          rows={8}
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
      </FormFrame>
    </>
  )
}
