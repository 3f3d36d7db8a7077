import type { VNode } from 'preact'
import { dateInWords, dayInWords, nearEndInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { openFirst } from '../../../policy/contact-hours.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Beside, Button, Chronology, NotificationBanner, SummaryList, WarningText } from '../../../web/components/index.ts'
import { planNames } from '../../plans/index.ts'
import { agencyNames, authorityName, Clocks, dayDueInWords, Moment, Ringable, ringable, Words } from '../../triage/index.ts'
import type { Referral, ReferralStep } from '../model.ts'
import { contactsOf, escalationOf, isAnswerOverdue, isChaseDue, isWaiting, stepsNow } from '../rules.ts'
import { consentNames, stateNames, stepNames } from '../words.ts'

export interface ReferralPageProps {
  readonly profile: Profile
  readonly now: Instant
  readonly referral: Referral
  readonly done?: string | undefined
}

const stepButtons: Readonly<Record<ReferralStep, string>> = {
  phoned: 'Record the telephone call',
  written: 'Record that it was sent in writing',
  chased: 'Ask for the answer',
  answered: 'Record the answer',
  escalated: 'Take it further',
  concluded: 'Conclude it',
}

/** The step that it waits for first. */
function firstStep(referral: Referral, now: Instant): ReferralStep | undefined {
  const steps = stepsNow(referral)
  if (isChaseDue(referral, now) && steps.includes('chased')) return 'chased'
  if (isAnswerOverdue(referral, now)) return 'escalated'
  const writtenRuns = referral.clocks.some(clock => clock.name === 'referral-written' && !clock.metAt && !clock.endedAt)
  const order: readonly ReferralStep[] = writtenRuns
    ? ['phoned', 'written', 'answered', 'concluded']
    : ['phoned', 'answered', 'concluded']
  return order.find(step => steps.includes(step))
}

function Steps({ referral, now }: ReferralPageProps): VNode | null {
  const steps = stepsNow(referral)
  const first = firstStep(referral, now)
  if (steps.length === 0) return null
  return (
    <>
      {first && <Button href={`/referrals/${referral.id}/${first}`}>{stepButtons[first]}</Button>}
      <ul class="govuk-list hf-no-print">
        {steps
          .filter(step => step !== first)
          .map(step => (
            <li>
              <a class="govuk-link" href={`/referrals/${referral.id}/${step}`}>
                {stepButtons[step]}
              </a>
            </li>
          ))}
      </ul>
    </>
  )
}

/** The contacts of whom it goes to, as the policy stands today. */
function Numbers({ profile, referral, now }: ReferralPageProps): VNode {
  const where = contactsOf(profile, referral)
  if (!where) return <>{referral.destination}</>
  return (
    <>
      <Ringable contacts={openFirst(where.contacts, now).map(contact => ringable(contact))} />
      {where.writtenForm && <p class="govuk-body">In writing: {where.writtenForm}.</p>}
    </>
  )
}

function channelName({ profile, referral }: ReferralPageProps): string | null {
  const channels = profile.referrals.find(({ authority }) => authority === referral.authority)?.channels ?? []
  return channels.find(({ id }) => id === referral.channel)?.name ?? referral.channel
}

/** Why it was made without the team, in the policy's words. */
function reasonOf({ profile, referral }: ReferralPageProps): string {
  const reason = profile.directReferral?.reasons.find(({ id }) => id === referral.because)
  return reason ? `: ${reason.name}` : ''
}

function Escalation({ profile, referral }: ReferralPageProps): VNode | null {
  const stages = escalationOf(profile, referral.authority).filter(({ stage }) => stage > referral.stage)
  if (stages.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-s">If you do not agree, or nobody answers</h2>
      <ol class="govuk-list govuk-list--number" start={referral.stage + 1}>
        {stages.map(({ says, contact }) => {
          const found = contact === undefined ? undefined : profile.contacts[contact]
          return (
            <li>
              {says}
              {found && <Ringable contacts={[ringable(found)]} />}
            </li>
          )
        })}
      </ol>
    </>
  )
}

/** When it is asked for, and what somebody here is to do about it. */
function Awaited({ referral, now }: ReferralPageProps): VNode | null {
  const { chaseAt, answerDueOn, tasks } = referral
  if (!isWaiting(referral.state)) return null
  return (
    <>
      {answerDueOn && (
        <p class="govuk-body">
          An answer to stage {referral.stage} is due by {dayInWords(answerDueOn)}.
        </p>
      )}
      {chaseAt && chaseAt > now && <p class="govuk-body">The answer is asked for {nearEndInWords(chaseAt, now)}.</p>}
      {tasks.length > 0 && (
        <>
          <h2 class="govuk-heading-s">To do</h2>
          <ul class="govuk-list">
            {tasks.map(task => (
              <li key={task.id}>
                <a class="govuk-link" href={`/referrals/${referral.id}/${task.asks === 'chase' ? 'chased' : 'escalated'}`}>
                  {task.says}
                </a>
                <br />
                {task.ownerName}, {dayDueInWords(task.dueOn, now)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** How the child is kept safe meanwhile. */
function Plans({ referral, now }: ReferralPageProps): VNode | null {
  if (referral.plans.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-s">Plans for {referral.childName}</h2>
      {referral.plans.map(plan => (
        <>
          <p class="govuk-body govuk-!-margin-bottom-1">
            <strong>{planNames[plan.kind]}</strong>, since {nearMomentInWords(plan.openedAt, now)}
            {plan.reviewOn && `, looked at again ${dayDueInWords(plan.reviewOn, now)}`}
          </p>
          {plan.says && <Words>{plan.says}</Words>}
        </>
      ))}
    </>
  )
}

function Story({ referral, now }: ReferralPageProps): VNode {
  return (
    <Chronology
      items={referral.events.map(event => ({
        when: nearMomentInWords(event.at, now),
        dateTime: event.at,
        title: `${event.kind === 'decided' ? 'Decided' : stepNames[event.kind]}${event.outcome ? `: ${event.outcome}` : ''}`,
        body: (
          <>
            {event.says && <Words>{event.says}</Words>}
            {event.placeRisks && <Words>{`Harm outside the home: ${event.placeRisks}`}</Words>}
            {event.attached && <Words>{`Went with it: ${event.attached}`}</Words>}
            {event.unwrittenBecause && <Words>{`Not put in writing: ${event.unwrittenBecause}`}</Words>}
          </>
        ),
        meta: [
          event.withWhom && `With ${event.withWhom}.`,
          `Recorded by ${event.byName}${event.recordedAt === event.at ? '' : `, ${nearMomentInWords(event.recordedAt, now)}`}.`,
        ]
          .filter(Boolean)
          .join(' '),
      }))}
    />
  )
}

/** One referral: where it stands, whom to ring, what is due, and each step that was taken. */
export function ReferralPage(props: ReferralPageProps): VNode {
  const { profile, now, referral, done } = props
  return (
    <>
      {done && <NotificationBanner type="success" text={done} />}
      <span class="govuk-caption-l">
        Referral, {referral.childName}
        {referral.className && `, ${referral.className}`}
      </span>
      <h1 class="govuk-heading-l">{agencyNames[referral.agency]}</h1>
      {isChaseDue(referral, now) && (
        <WarningText>Nobody has answered yet: ask for the answer, and write down whom you asked and their role.</WarningText>
      )}
      {isAnswerOverdue(referral, now) && isWaiting(referral.state) && (
        <WarningText>The time for the answer has passed. Ask for it, and take it further.</WarningText>
      )}
      <Beside
        asideLabel="Clocks and escalation"
        aside={
          <>
            <Awaited {...props} />
            <Clocks clocks={referral.clocks} now={now} />
            <Plans {...props} />
            {referral.state !== 'concluded' && <Escalation {...props} />}
          </>
        }
      >
        <Steps {...props} />
        <SummaryList
          rows={[
            { key: 'Where it stands', value: <strong>{stateNames[referral.state]}</strong> },
            {
              key: 'Goes to',
              value: <Numbers {...props} />,
            },
            referral.urgent !== null && {
              key: 'Protection at once',
              value: referral.urgent ? 'Yes: by telephone first, then in writing' : 'Not needed',
            },
            referral.channel !== null && { key: 'Goes by', value: channelName(props) },
            referral.neededOn !== null && { key: 'Needed since', value: dateInWords(referral.neededOn) },
            referral.attached !== null && { key: 'Goes with it', value: referral.attached },
            { key: 'Lives in', value: referral.authority ? authorityName(profile, referral.authority) : 'Not known' },
            {
              key: 'Parents’ agreement',
              value: (
                <>
                  {consentNames[referral.consent]}
                  {referral.consentSays && <Words>{referral.consentSays}</Words>}
                  {referral.consent === 'to-ask' && (
                    <>
                      .{' '}
                      <a
                        class="govuk-link"
                        href={`/concerns/${referral.concernId}/referrals/new?child=${referral.childId}&agency=${referral.agency}`}
                      >
                        Say it, and what you ask for
                      </a>
                    </>
                  )}
                </>
              ),
            },
            referral.again !== null && {
              key: 'Referred again',
              value: (
                <>
                  After{' '}
                  <a class="govuk-link" href={`/referrals/${referral.again.id}`}>
                    that of {nearMomentInWords(referral.again.openedAt, now)}
                  </a>
                  : {referral.again.outcome ?? stateNames[referral.again.state]}
                  <Words>{referral.again.because}</Words>
                  {referral.again.newEvidence && <Words>{referral.again.newEvidence}</Words>}
                </>
              ),
            },
            { key: 'Their reference', value: referral.reference ?? 'None yet' },
            referral.followUpOn !== null && { key: 'Asked again on', value: dayInWords(referral.followUpOn) },
            referral.stage > 0 && { key: 'Stage', value: `Taken further, stage ${referral.stage}` },
            {
              key: 'Opened',
              value: (
                <>
                  by {referral.openedBy}, <Moment at={referral.openedAt} now={now} />
                  {referral.direct && `. Made by the member of staff without the team${reasonOf(props)}`}
                </>
              ),
            },
            {
              key: 'Concern',
              value: (
                <a class="govuk-link" href={`/concerns/${referral.concernId}`}>
                  {referral.concernReference}
                </a>
              ),
            },
          ]}
        />
        <h2 class="govuk-heading-m">What has happened</h2>
        <Story {...props} />
      </Beside>
    </>
  )
}
