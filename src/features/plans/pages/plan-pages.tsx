import type { VNode } from 'preact'
import { dateInWords, dayInWords, localDate, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import {
  Button,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  InsetText,
  Radios,
  SummaryList,
  Textarea,
  Words,
} from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { type ListedPlan, type Progress, progresses, type WholePlan } from '../model.ts'
import { planNames } from '../rules.ts'

const progressNames: Readonly<Record<Progress, string>> = {
  improving: 'It gets better',
  'no-change': 'Nothing has changed',
  worse: 'It gets worse',
  'not-said': 'It cannot be said yet',
}

function lookInWords(plan: Pick<ListedPlan, 'closedAt' | 'reviewOn'>): string {
  if (plan.closedAt) return 'closed'
  return plan.reviewOn ? `looked at again by ${dayInWords(plan.reviewOn)}` : 'no day is set for looking at it again'
}

/** The plans of one child. */
export function PlansPage({ plans }: { readonly plans: readonly ListedPlan[] }): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">
        {plans[0] && <span class="govuk-caption-l">{plans[0].childName}</span>}
        Plans
      </h1>
      {plans.length === 0 && <p class="govuk-body">There is no plan for this child that you may read.</p>}
      <ul class="govuk-list">
        {plans.map(plan => (
          <li>
            <a class="govuk-link" href={`/plans/${plan.id}`}>
              {planNames[plan.kind]}
            </a>
            , since {dateInWords(localDate(plan.openedAt))}, {lookInWords(plan)}
          </li>
        ))}
      </ul>
    </>
  )
}

interface PlanPageProps {
  readonly plan: WholePlan
  readonly now: Instant
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly formToken: string
  readonly newCommandKey: () => string
}

/** The actions and, beside them, what the child says of the help. */
function ActionsAndWords({ plan, now }: PlanPageProps): VNode {
  return (
    <SummaryList
      rows={[
        {
          key: 'What is done',
          value: (
            <>
              {plan.says && <Words>{plan.says}</Words>}
              <ul class="govuk-list govuk-!-margin-bottom-0">
                {plan.actions.map(action => (
                  <li>
                    {action.says} ({action.ownerName}, {action.isDone ? 'done' : `by ${dateInWords(action.dueOn)}`})
                  </li>
                ))}
              </ul>
              {plan.says === '' && plan.actions.length === 0 && 'Nothing is written down.'}
            </>
          ),
        },
        {
          key: 'What the child says of it',
          value:
            plan.feedback.length === 0
              ? 'Nobody has written down what the child says.'
              : plan.feedback.map(one => (
                  <InsetText>
                    <Words>{one.says}</Words>
                    <span class="hf-meta">
                      {nearMomentInWords(one.saidAt, now)}, written down by {one.byName}
                      {one.theme && `. About: ${one.theme}`}
                    </span>
                  </InsetText>
                )),
        },
      ]}
    />
  )
}

/** What was found each time, before the form for the next. */
function Found({ plan }: PlanPageProps): VNode | null {
  if (plan.reviews.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">What was found before</h2>
      <SummaryList
        rows={plan.reviews.map(review => ({
          key: `${dateInWords(localDate(review.at))}, ${review.byName}`,
          value: (
            <>
              {progressNames[review.progress]}. {review.says && <Words>{review.says}</Words>}
              {review.escalation && (
                <>
                  <strong>Taking it further:</strong> <Words>{review.escalation}</Words>
                </>
              )}
            </>
          ),
        }))}
      />
    </>
  )
}

function Review({ plan, form, errors, formToken, newCommandKey }: PlanPageProps): VNode {
  const box = (name: string) => ({ name, value: form.text(name), error: findError(errors, name) })
  return (
    <Form action={`/plans/${plan.id}/reviews`} formToken={formToken} commandKey={newCommandKey()}>
      <h2 class="govuk-heading-m">Look at it again</h2>
      <Radios
        name="progress"
        legend="How is it going?"
        legendSize="s"
        value={form.text('progress')}
        error={findError(errors, 'progress')}
        items={progresses.map(value => ({ value, label: progressNames[value] }))}
      />
      <Textarea {...box('review-says')} label="What you saw and decided" labelSize="s" rows={3} />
      <Textarea
        {...box('escalation')}
        label="If it does not get better: what is decided about taking it further"
        labelSize="s"
        rows={3}
      />
      <DateInput
        id="next"
        namePrefix="next"
        legend="When is it looked at next? (optional)"
        legendSize="s"
        values={dateTyped(form, 'next')}
        error={findError(errors, 'next-day')}
      />
      <Button preventDoubleClick>Save the review</Button>
    </Form>
  )
}

function Feedback({ plan, form, errors, formToken, newCommandKey }: PlanPageProps): VNode {
  return (
    <Form action={`/plans/${plan.id}/feedback`} formToken={formToken} commandKey={newCommandKey()}>
      <h2 class="govuk-heading-m">Write down what the child says of the help</h2>
      <Textarea
        name="says"
        label="In the child’s own words"
        labelSize="s"
        rows={3}
        value={form.text('says')}
        error={findError(errors, 'says')}
      />
      <Input
        name="theme"
        label="What it is about, in a word or two (optional)"
        labelSize="s"
        value={form.text('theme')}
        error={findError(errors, 'theme')}
        width={20}
      />
      <DateInput
        id="said"
        namePrefix="said"
        legend="On which day? Leave it empty if it was today"
        legendSize="s"
        values={dateTyped(form, 'said')}
        error={findError(errors, 'said-day')}
      />
      <Button preventDoubleClick look="secondary">
        Keep it
      </Button>
    </Form>
  )
}

/** A plan where it is looked at again: the actions, what the child says of them, and what was found before. */
export function PlanPage(props: PlanPageProps): VNode {
  const { plan, errors } = props
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <span class="govuk-caption-l">{plan.childName}</span>
      <h1 class="govuk-heading-l">{planNames[plan.kind]}</h1>
      <p class="govuk-body">
        Since {dateInWords(localDate(plan.openedAt))}
        {plan.ownerName && `; ${plan.ownerName} is responsible`}
        {plan.closedAt ? `; closed ${dateInWords(localDate(plan.closedAt))}` : `; ${lookInWords(plan)}`}.
      </p>
      <ActionsAndWords {...props} />
      <Found {...props} />
      {!plan.closedAt && <Review {...props} />}
      <Feedback {...props} />
    </>
  )
}
