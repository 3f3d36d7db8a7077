import type { VNode } from 'preact'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { findError, NotificationBanner, Radios, SummaryList, Textarea } from '../../../web/components/index.ts'
import { Views } from '../../patterns/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { DecisionToRecheck, DecisionUnderReview } from '../page-model.ts'
import { frameworkOf, levelOf } from '../rules.ts'
import { choiceNames, stateNames } from '../words.ts'
import { concernTitle } from './concern-page.tsx'
import { FormFrame, type FormFrameProps, FormHead } from './form-frame.tsx'
import { Moment } from './parts.tsx'

function judgedInWords(profile: Profile, decision: DecisionUnderReview): string {
  const level = levelOf(profile, decision.framework, decision.levelId)?.name ?? decision.levelId
  return `${level}; ${choiceNames[decision.choice].toLowerCase()}`
}

/** Decisions that were made under an edition under review, since there is a newer one. */
export function SecondLooksPage({
  profile,
  now,
  rows,
  isKept,
}: {
  readonly profile: Profile
  readonly now: Instant
  readonly rows: readonly DecisionToRecheck[]
  readonly isKept: boolean
}): VNode {
  return (
    <>
      {isKept && <NotificationBanner type="success" text="Your second look is kept with the decision." />}
      <h1 class="govuk-heading-l">Decisions to look at again</h1>
      <Views here="/second-looks" />
      <p class="govuk-body">
        They were made while the threshold document was under review, and a newer edition holds now. Say of each whether the
        judgement stays the same.
      </p>
      {rows.length === 0 && (
        <p class="govuk-body">
          <strong>None.</strong>
        </p>
      )}
      {rows.map(row => (
        <SummaryList
          card={{
            title:
              row.children.map(({ name, className }) => [name, className].filter(Boolean).join(', ')).join('; ') || row.reference,
            headingLevel: 2,
            actions: [
              {
                href: `/concerns/${row.concernId}/second-look?decision=${row.id}`,
                text: 'Look again',
                hiddenText: row.reference,
              },
            ],
          }}
          rows={[
            { key: 'Judged', value: judgedInWords(profile, row) },
            {
              key: 'Decided',
              value: (
                <>
                  <Moment at={row.at} now={now} />, {row.byName}
                </>
              ),
            },
            { key: 'Under', value: `${row.thresholdTitle}, ${row.thresholdEdition}` },
            { key: 'Now', value: row.newEdition },
            {
              key: 'Concern',
              value: (
                <>
                  <a class="govuk-link" href={`/concerns/${row.concernId}`}>
                    {row.reference}
                  </a>
                  : {stateNames[row.state].toLowerCase()}
                </>
              ),
            },
          ]}
        />
      ))}
    </>
  )
}

export interface SecondLookPageProps extends FormFrameProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly decisions: readonly DecisionUnderReview[]
}

/** One decision under the newer edition: unchanged or changed, and why. */
export function SecondLookPage(props: SecondLookPageProps): VNode {
  const { profile, now, concern, decisions, form, errors } = props
  const only = decisions.length === 1 ? decisions[0]?.id : undefined
  const [first] = decisions
  const threshold = first && frameworkOf(profile, first.framework)?.threshold
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Look again"
        errors={errors}
        notice={props.notice}
      />
      {decisions.length === 0 ? (
        <p class="govuk-body">No decision here was made while the threshold document was under review.</p>
      ) : (
        <FormFrame frame={props} save="Keep the second look" cancelHref="/second-looks">
          {threshold && (
            <p class="govuk-body">
              Judge by {threshold.title}, <strong>{threshold.edition}</strong>.
            </p>
          )}
          <Radios
            name="decision"
            legend="Which decision?"
            legendSize="s"
            look="small"
            value={form.text('decision') || only}
            error={findError(errors, 'decision')}
            items={decisions.map(decision => ({
              value: decision.id,
              label: judgedInWords(profile, decision),
              hint: `${decision.byName}, ${nearMomentInWords(decision.at, now)}, under ${decision.thresholdEdition}`,
            }))}
          />
          <Radios
            name="outcome"
            legend="Under the newer edition the judgement is"
            legendSize="s"
            look="small"
            value={form.text('outcome')}
            error={findError(errors, 'outcome')}
            items={[
              { value: 'unchanged', label: 'Unchanged' },
              { value: 'changed', label: 'Changed', hint: 'An open concern is then triaged again.' },
            ]}
          />
          <Textarea
            name="because"
            label="Why"
            labelSize="s"
            rows={3}
            value={form.text('because')}
            error={findError(errors, 'because')}
          />
        </FormFrame>
      )}
    </>
  )
}
