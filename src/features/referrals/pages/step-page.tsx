import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { DateInput, findError, Input, Radios, Textarea } from '../../../web/components/index.ts'
import {
  agencyNames,
  dateTyped,
  dueInWords,
  FormFrame,
  type FormFrameProps,
  FormHead,
  Ringable,
  ringable,
  WhenItWas,
} from '../../triage/index.ts'
import { stepQuestions } from '../forms.ts'
import type { Referral, ReferralStep } from '../model.ts'
import { contactsOf, escalationOf, reviewDayOf, revisionOf, writingOwed, writtenNeedsOf } from '../rules.ts'

export interface StepPageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly referral: Referral
  readonly step: ReferralStep
}

function Stages({ profile, referral, form, errors }: StepPageProps): VNode | null {
  const stages = escalationOf(profile, referral.authority)
  const next = stages.find(({ stage }) => stage > referral.stage) ?? stages.at(-1)
  if (!next) return null
  return (
    <Radios
      name="stage"
      legend="How far do you take it?"
      legendSize="s"
      value={form.text('stage') || next.stage}
      error={findError(errors, 'stage')}
      items={stages.map(({ stage, says, contact }) => {
        const found = contact === undefined ? undefined : profile.contacts[contact]
        return {
          value: stage,
          label: `Stage ${stage}`,
          hint: says,
          conditional: found && <Ringable contacts={[ringable(found)]} />,
        }
      })}
    />
  )
}

function Numbers({ profile, referral }: StepPageProps): VNode | null {
  const where = contactsOf(profile, referral)
  if (!where) return <p class="govuk-body">{referral.destination}</p>
  return <Ringable contacts={where.contacts.map(contact => ringable(contact))} />
}

/** Before it ends: the call is put in writing, or somebody says why not. */
function NotWritten({ referral, now, form, errors }: StepPageProps): VNode | null {
  const owed = writingOwed(referral)
  if (!owed) return null
  return (
    <Textarea
      name="unwritten"
      label="Why no written referral is due"
      labelSize="s"
      hint={
        <>
          Nothing is in writing yet ({dueInWords(owed.dueAt, now)}). {owed.says}{' '}
          <a class="govuk-link" href={`/referrals/${referral.id}/written`}>
            Record the written referral first
          </a>
          , or say here why none is due.
        </>
      }
      rows={3}
      value={form.text('unwritten')}
      error={findError(errors, 'unwritten')}
    />
  )
}

/** One step of a referral: when, with whom, what was said. */
export function StepPage(props: StepPageProps): VNode {
  const { profile, referral, step, form, errors } = props
  const asks = stepQuestions[step]
  const review = reviewDayOf(profile, referral, step)
  const needs = step === 'written' ? writtenNeedsOf(profile, referral) : []
  return (
    <>
      <FormHead
        caption={`${agencyNames[referral.agency]}, ${referral.childName}`}
        title={asks.title}
        errors={errors}
        notice={props.notice}
      />
      {(step === 'phoned' || step === 'chased') && <Numbers {...props} />}
      <FormFrame frame={props} revision={revisionOf(referral)} save={asks.save} cancelHref={`/referrals/${referral.id}`}>
        {step === 'escalated' && <Stages {...props} />}
        {asks.withWhom && (
          <Input
            name="with-whom"
            label={asks.withWhom.label}
            labelSize="s"
            value={form.text('with-whom')}
            error={findError(errors, 'with-whom')}
          />
        )}
        {asks.role && (
          <Input name="role" label={asks.role.label} labelSize="s" value={form.text('role')} error={findError(errors, 'role')} />
        )}
        {asks.outcome && (
          <Input
            name="outcome"
            label={asks.outcome.label}
            labelSize="s"
            value={form.text('outcome')}
            error={findError(errors, 'outcome')}
          />
        )}
        <Textarea
          name="says"
          label={asks.says.label}
          labelSize="s"
          hint={asks.says.hint}
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
        {step === 'concluded' && <NotWritten {...props} />}
        {asks.asksReference && (
          <Input
            name="reference"
            label={needs.includes('reference') ? 'Their reference' : 'Their reference, if they gave one'}
            labelSize="s"
            width={20}
            value={form.text('reference')}
            error={findError(errors, 'reference')}
          />
        )}
        {needs.includes('place-risks') && (
          <Textarea
            name="place-risks"
            label="Harm outside the home: what is known"
            labelSize="s"
            hint="Places, people and times where the child is at risk, also online. Write “None known” where that is so."
            rows={3}
            value={form.text('place-risks')}
            error={findError(errors, 'place-risks')}
          />
        )}
        {needs.includes('assessment') && (
          <Input
            name="attached"
            label="Which assessment went with it"
            labelSize="s"
            hint="An early help assessment, its action plan or the like, with its date. Write “None held” where there is none."
            value={form.text('attached') || referral.attached || ''}
            error={findError(errors, 'attached')}
          />
        )}
        {review !== 'none' && (
          <DateInput
            id="follow-up"
            namePrefix="follow-up"
            legend="When will you ask what came of it?"
            legendSize="s"
            hint={
              review === 'needed'
                ? 'If there is no answer by then, asking becomes the task of whoever has the concern.'
                : 'If there is no answer by then, asking becomes the task of whoever has the concern. Leave it empty for the usual time.'
            }
            values={dateTyped(form, 'follow-up')}
            error={findError(errors, 'follow-up-day')}
          />
        )}
        {asks.asksDisagreement && (
          <Radios
            name="agrees"
            legend="Does this answer meet the child’s need?"
            legendSize="s"
            value={form.text('agrees')}
            error={findError(errors, 'agrees')}
            items={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No, I want to take it further' },
            ]}
          />
        )}
        <WhenItWas day="on" time="time" form={form} errors={errors} />
      </FormFrame>
    </>
  )
}
