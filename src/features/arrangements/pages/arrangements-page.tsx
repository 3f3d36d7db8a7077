import type { VNode } from 'preact'
import { dayInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, Button, DateInput, findError, Input, Radios, Textarea } from '../../../web/components/index.ts'
import {
  type ConcernChild,
  type ConcernFacts,
  childInWords,
  childrenNow,
  concernTitle,
  dateTyped,
  FormFrame,
  type FormFrameProps,
  FormHead,
  Moment,
  WhenItWas,
  Words,
} from '../../triage/index.ts'
import { type ArrangedAndMet, arrangementKinds, arrangementNames, type FamilyMeeting } from '../model.ts'
import { lackNames, lacksOf, meetingsMissing } from '../rules.ts'

export interface ArrangementsPageProps extends FormFrameProps {
  readonly concern: ConcernFacts
  readonly kept: ArrangedAndMet
  readonly now: Instant
}

function Met({
  meeting,
  child,
  now,
}: {
  readonly meeting: FamilyMeeting
  readonly child: ConcernChild
  readonly now: Instant
}): VNode {
  const lacks = lacksOf(meeting, child.involvement)
  const said = [meeting.arrangements, meeting.wishes, meeting.education, meeting.nextSteps].filter(text => text !== '')
  return (
    <li>
      Met with {meeting.withWhom}, <Moment at={meeting.at} now={now} />. {meeting.byName}.{' '}
      {meeting.childPresent
        ? 'The child was there.'
        : `The child was not there${meeting.absentBecause && `: ${meeting.absentBecause}`}.`}
      {lacks.length > 0 && (
        <>
          {' '}
          <Badge kind="urgent">Not complete</Badge> Missing: {lacks.map(lack => lackNames[lack]).join('; ')}.
        </>
      )}
      {said.map(text => (
        <Words>{text}</Words>
      ))}
    </li>
  )
}

function OfChild({ child, concern, kept, now }: ArrangementsPageProps & { readonly child: ConcernChild }): VNode {
  const children = childrenNow(concern)
  const isMissing = meetingsMissing(children, kept.arrangements, kept.meetings).includes(child.childId)
  return (
    <>
      <h2 class="govuk-heading-m">{childInWords(child, children)}</h2>
      {isMissing && (
        <p class="govuk-body">
          <Badge kind="urgent">Meeting missing</Badge> Something is arranged for this child, and there is no complete meeting with
          their parents about it.
        </p>
      )}
      <ul class="govuk-list govuk-list--spaced">
        {kept.arrangements
          .filter(({ childId }) => childId === child.childId)
          .map(arrangement => (
            <li>
              <strong>{arrangementNames[arrangement.kind]}</strong>, from {dayInWords(arrangement.beginsOn)}. {arrangement.byName}
              .<Words>{arrangement.says}</Words>
            </li>
          ))}
        {kept.meetings
          .filter(({ childId }) => childId === child.childId)
          .map(meeting => (
            <Met meeting={meeting} child={child} now={now} />
          ))}
      </ul>
    </>
  )
}

function WhichChild({ concern, form, errors }: Pick<ArrangementsPageProps, 'concern' | 'form' | 'errors'>): VNode | null {
  const children = childrenNow(concern)
  if (children.length < 2) return null
  return (
    <Radios
      name="child"
      legend="For which child?"
      legendSize="s"
      value={form.text('child')}
      error={findError(errors, 'child')}
      items={children.map(child => ({ value: child.childId, label: childInWords(child, children) }))}
    />
  )
}

/** What is arranged for each child, the meetings with their own parents, what is missing, and setting something more. */
export function ArrangementsPage(props: ArrangementsPageProps): VNode {
  const { concern, form, errors } = props
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="What is arranged, and meetings about it"
        errors={errors}
        notice={props.notice}
      />
      <p class="govuk-body">Each child’s part is for that child’s own family. Nothing of one child is shown to the other’s.</p>
      {childrenNow(concern).map(child => (
        <OfChild {...props} child={child} />
      ))}
      <Button href={`/concerns/${concern.id}/family-meetings`}>Write down a meeting with parents</Button>
      <h2 class="govuk-heading-m">Arrange something</h2>
      <FormFrame frame={props} save="Save" cancelHref={`/concerns/${concern.id}`}>
        <WhichChild {...props} />
        <Radios
          name="kind"
          legend="What is arranged?"
          legendSize="s"
          value={form.text('kind')}
          error={findError(errors, 'kind')}
          items={arrangementKinds.map(kind => ({ value: kind, label: arrangementNames[kind] }))}
        />
        <Textarea
          name="says"
          label="What exactly, and who sees to it"
          labelSize="s"
          hint="Name no other child."
          rows={3}
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
        <DateInput
          id="begins"
          namePrefix="begins"
          legend="From which day?"
          legendSize="s"
          values={dateTyped(form, 'begins')}
          error={findError(errors, 'begins-day')}
        />
      </FormFrame>
    </>
  )
}

/** A meeting with the parents of one child. What is not known yet is left empty, and shown as missing. */
export function FamilyMeetingPage({ concern, ...props }: Omit<ArrangementsPageProps, 'kept' | 'now'>): VNode {
  const { form, errors } = props
  const box = (name: string) => ({ name, value: form.text(name), error: findError(errors, name) })
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="A meeting with parents"
        errors={errors}
        notice={props.notice}
      />
      <FormFrame frame={props} save="Save" cancelHref={`/concerns/${concern.id}/arrangements`}>
        <WhichChild concern={concern} form={form} errors={errors} />
        <Input {...box('with-whom')} label="With whom" labelSize="s" hint="Names, and how they belong to the child" />
        <WhenItWas day="on" time="time" form={form} errors={errors} />
        <Radios
          name="present"
          legend="Was the child there?"
          legendSize="s"
          value={form.text('present')}
          error={findError(errors, 'present')}
          items={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
        />
        <Input {...box('absent-because')} label="If not, why" labelSize="s" />
        <Textarea {...box('arrangements')} label="What is arranged" labelSize="s" rows={3} />
        <Textarea {...box('wishes')} label="What the child and the parents wish" labelSize="s" rows={3} />
        <Textarea {...box('education')} label="What it means for the child’s education" labelSize="s" rows={3} />
        <Textarea {...box('next-steps')} label="What happens next" labelSize="s" rows={3} />
      </FormFrame>
    </>
  )
}
