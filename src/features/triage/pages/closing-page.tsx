import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Checkboxes, findError, InsetText, Textarea } from '../../../web/components/index.ts'
import type { ConcernFacts, Obstacle } from '../model.ts'
import { endableClocks, obstaclesTo, revisionOf } from '../rules.ts'
import { dayDueInWords, dueInWords } from '../when.ts'
import { agencyNames, choiceNames, clockTitles } from '../words.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'
import { NotReferredBoxes } from './not-referred.tsx'

export interface ClosingPageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
}

function ObstacleLine({
  obstacle,
  concern,
  now,
}: {
  readonly obstacle: Obstacle
  readonly concern: ConcernFacts
  readonly now: Instant
}): VNode {
  switch (obstacle.kind) {
    case 'action':
      return (
        <>
          <a class="govuk-link" href={`/actions/${obstacle.action.id}`}>
            {obstacle.action.says}
          </a>{' '}
          is not done: {obstacle.action.ownerName}, {dayDueInWords(obstacle.action.dueOn, now)}.
        </>
      )
    case 'referral': {
      const owed = concern.clocks.find(clock => clock.name === 'referral-written' && clock.referralId === obstacle.referral.id)
      return (
        <>
          <a class="govuk-link" href={`/referrals/${obstacle.referral.id}`}>
            {agencyNames[obstacle.referral.agency]}, {obstacle.referral.destination}
          </a>{' '}
          is not concluded
          {owed && <>, and the written referral is {dueInWords(owed.dueAt, now)}: put it in writing, or say why none is due</>}.
        </>
      )
    }
    case 'referral-not-made':
      return (
        <>
          “{choiceNames[obstacle.choice]}” was decided, and{' '}
          <a class="govuk-link" href={`/concerns/${concern.id}/referrals/new`}>
            no referral is recorded
          </a>
          .
        </>
      )
    case 'parents':
      return (
        <>
          <a class="govuk-link" href={`/concerns/${concern.id}/parents`}>
            Whether parents were told
          </a>{' '}
          is not recorded.
        </>
      )
    case 'challenge':
      return (
        <>
          Whoever reported it is still worried and has no answer yet:{' '}
          <a class="govuk-link" href={`/concerns/${concern.id}/challenges`}>
            answer them first
          </a>
          .
        </>
      )
    case 'child-feedback':
      return (
        <>
          The child who told the school has not heard what came of it:{' '}
          <a class="govuk-link" href={`/concerns/${concern.id}/replies/child`}>
            write down when they did, or why they cannot
          </a>
          .
        </>
      )
    case 'pathway-step':
      return (
        <>
          <a class="govuk-link" href={`/concerns/${concern.id}/steps/${obstacle.step.id}`}>
            {obstacle.step.does}
          </a>{' '}
          is neither done nor is a reason written.
        </>
      )
    case 'clock':
      return (
        <>
          {clockTitles[obstacle.clock.name]} is {dueInWords(obstacle.clock.dueAt, now)}: {obstacle.clock.says}
        </>
      )
  }
}

/** What stands in the way, then summary, outcome and rationale. */
export function ClosingPage(props: ClosingPageProps): VNode {
  const { concern, now, form, errors } = props
  const clocks = endableClocks(concern)
  const obstacles = obstaclesTo(
    concern,
    clocks.map(clock => clock.id),
  )
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Close this concern"
        errors={errors}
        notice={props.notice}
      />
      {obstacles.length > 0 && (
        <InsetText id="obstacles">
          <h2 class="govuk-heading-s">This must be dealt with first</h2>
          <ul class="govuk-list govuk-list--bullet">
            {obstacles.map(obstacle => (
              <li>
                <ObstacleLine obstacle={obstacle} concern={concern} now={now} />
              </li>
            ))}
          </ul>
        </InsetText>
      )}
      <FormFrame frame={props} revision={revisionOf(concern)} save="Close the concern" cancelHref={`/concerns/${concern.id}`}>
        {clocks.length > 0 && (
          <Checkboxes
            name="end-clock"
            legend="Clocks that are still running"
            legendSize="s"
            hint="Select each that is dealt with, and say in the rationale how. A clock that is not selected keeps the concern open."
            values={form.all('end-clock')}
            error={findError(errors, 'end-clock')}
            items={clocks.map(clock => ({
              value: clock.id,
              label: `${clockTitles[clock.name]}: ${dueInWords(clock.dueAt, now)}`,
              hint: clock.says,
            }))}
          />
        )}
        <Textarea
          name="summary"
          label="Summary"
          labelSize="s"
          hint="What it was about, for somebody who reads it in many years."
          rows={4}
          value={form.text('summary')}
          error={findError(errors, 'summary')}
        />
        <Textarea
          name="outcome"
          label="Outcome"
          labelSize="s"
          hint="What came of it for the child."
          rows={4}
          value={form.text('outcome')}
          error={findError(errors, 'outcome')}
        />
        <Textarea
          name="rationale"
          label="Why it can close"
          labelSize="s"
          rows={4}
          value={form.text('rationale')}
          error={findError(errors, 'rationale')}
        />
        <NotReferredBoxes
          agencies={props.profile.notReferred?.agencies ?? []}
          legend="It closes without a referral to"
          hint="Select each that you thought of and did not turn to, and say why. It stands in the register of what was not referred."
          form={form}
          errors={errors}
        />
      </FormFrame>
    </>
  )
}
