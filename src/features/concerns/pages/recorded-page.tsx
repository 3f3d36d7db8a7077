import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { dayNearby, localDate, momentInWords, timeInWords, toLocal } from '../../../kernel/london-time.ts'
import { addDays, type Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Button, ButtonGroup, Details, Form, Panel, SummaryList, WarningText } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { type OnDuty, reachInWords } from '../../cover/index.ts'
import type { NextStep, RecordedConcern, ToldPerson } from '../recorded-model.ts'
import { EmergencyLine } from './emergency-line.tsx'
import { DoNotTellParents, RingBecause } from './form-asked.tsx'
import { Reminders, remindersAt } from './form-parts.tsx'
import { Contacts, contactsToRing, roleTitle } from './ringing.tsx'

/** When something is due, as a person says it: "by 3:15pm today", "by the end of tomorrow". */
export function byInWords(due: Instant, now: Instant): string {
  if (due <= now) return 'at once'
  const { date, time } = toLocal(due)
  if (time === '23:59') return `by the end of ${dayNearby(date, now)}`
  const today = localDate(now)
  const day = date === today ? 'today' : date === addDays(today, 1) ? 'tomorrow' : undefined
  return day ? `by ${timeInWords(time)} ${day}` : `by ${momentInWords(due)}`
}

const steps: Readonly<Record<string, string>> = {
  'urgent-alert': 'somebody is told by voice.',
  'record-written': 'you finish the record.',
  acknowledge: 'one of them says that they have seen it. You are told here. If nobody does, the next person is told.',
  triage: 'one of them decides what happens next.',
}

function stepLine(step: NextStep, now: Instant): string {
  const by = step.dueAt ? byInWords(step.dueAt, now) : 'As soon as possible (our policy names no time)'
  return `${by.charAt(0).toUpperCase()}${by.slice(1)}: ${steps[step.name] ?? step.says}`
}

function toldLine(person: ToldPerson, { profile, now, onDuty = [] }: Omit<RecordedProps, 'concern'>): string {
  const { date, time } = toLocal(person.toldAt)
  const there = onDuty.find(one => one.adultId === person.adultId)
  const reach = there ? `, and is ${reachInWords(there, profile, now)}${there.phone ? `: ${there.phone}` : ''}` : ''
  return `${person.name}, ${roleTitle(profile, person.role)}, was told ${date === localDate(now) ? `at ${time}` : momentInWords(person.toldAt)}${reach}`
}

export function Unreached({ concern, profile, now }: RecordedProps): VNode {
  return (
    <>
      <WarningText>
        {concern.told.length > 0
          ? 'Those who have it cannot be reached just now. Do not wait for them: ring one of these numbers.'
          : 'Nobody in school can be given this just now. It is kept, and the next person who can have it gets it. Do not wait: ring one of these numbers.'}
      </WarningText>
      <Contacts contacts={contactsToRing(profile, profile.routes.welfare.outside, now)} />
      <p class="govuk-body">Anybody may make a referral. When you have rung, write down here what you did.</p>
      <Button href={`/concerns/${concern.id}/direct-referral`}>Record that I have rung</Button>
    </>
  )
}

export interface RecordedProps {
  readonly concern: RecordedConcern
  readonly profile: Profile
  readonly now: Instant
  /** Who can be reached now; of them only those who were told are said. */
  readonly onDuty?: readonly OnDuty[]
}

export function WhoHasIt({ concern, ...props }: RecordedProps): VNode {
  const place = (person: ToldPerson) => props.profile.team.findIndex(member => member.role === person.role)
  return (
    <ul class="govuk-list govuk-list--bullet">
      {concern.told
        .toSorted((a, b) => place(a) - place(b))
        .map(person => (
          <li>{toldLine(person, props)}</li>
        ))}
    </ul>
  )
}

export function Next({ concern, now }: RecordedProps): VNode | null {
  const open = concern.next.filter(step => step.metAt === null)
  if (open.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">What happens next, and by when</h2>
      <ol class="govuk-list govuk-list--number">
        {open.map(step => (
          <li>{stepLine(step, now)}</li>
        ))}
      </ol>
      <Details summary="Where these times come from">
        <SummaryList
          rows={open.map(step => ({
            key: step.says,
            value: (
              <>
                {step.source}
                {step.standing === 'setting' && ' (chosen by the school; the policy gives no time)'}{' '}
                <a class="govuk-link" href={`/policy/rules/${step.rule}?on=${step.basisOn}`}>
                  Why?<span class="govuk-visually-hidden"> {step.says}</span>
                </a>
              </>
            ),
          }))}
        />
      </Details>
    </>
  )
}

function ToDo({ concern }: { readonly concern: RecordedConcern }): VNode {
  const hasPaper =
    concern.onBehalfReason === 'paper-form' ||
    concern.onBehalfReason === 'agency-letter' ||
    concern.onBehalfReason === 'agency-mail' ||
    concern.onBehalfReason === 'no-account'
  return (
    <ButtonGroup>
      {concern.stub && <Button href={`/concerns/${concern.id}/finish`}>Finish the record now</Button>}
      {hasPaper && (
        <Button href={`/concerns/${concern.id}/evidence`} look="secondary">
          {concern.onBehalfReason === 'no-account' ? 'Attach their signed account' : 'Attach the scan of the form or letter'}
        </Button>
      )}
      <a class="govuk-link" href={`/my-concerns/${concern.id}`}>
        Read it, or add to it
      </a>
      {!hasPaper && (
        <a class="govuk-link" href={`/concerns/${concern.id}/evidence`}>
          Attach a paper, or something the child gave you
        </a>
      )}
    </ButtonGroup>
  )
}

/** For whoever reported it, until somebody says that they have it: what the policy has them do when no DSL can be reached. */
export function CannotReach({
  concern,
  formToken,
  commandKey,
}: {
  readonly concern: RecordedConcern
  readonly formToken: string
  readonly commandKey: string
}): VNode | null {
  if (concern.saidUnreachable)
    return (
      <p class="govuk-body">
        <a class="govuk-link govuk-!-font-weight-bold" href={`/concerns/${concern.id}/without-dsl`}>
          You could not reach a DSL: whom to ring, and where to write down what you did
        </a>
      </p>
    )
  if (concern.acknowledgedAt) return null
  return (
    <>
      <h2 class="govuk-heading-m">If it cannot wait and you cannot reach a DSL</h2>
      <Form action={`/concerns/${concern.id}/cannot-reach`} formToken={formToken} commandKey={commandKey}>
        <Button look="secondary" preventDoubleClick>
          I cannot reach a DSL
        </Button>
      </Form>
      <p class="govuk-hint">The senior leaders are told, and you see whom to ring. It is noted that you tried.</p>
    </>
  )
}

/** After sending: who has it now, what happens next and by when. */
export function recordedPage(
  request: Request<'concern.own', Actor>,
  concern: RecordedConcern,
  onDuty: readonly OnDuty[],
): string {
  const props = { concern, profile: request.profile, now: request.now, onDuty }
  const isUnreached = concern.state === 'unreached'
  const after = remindersAt(request.profile, 'after')
  return pageFor(
    request,
    { title: 'Your concern is recorded', quickExit: true },
    <>
      <Panel title={isUnreached ? 'Recorded. Now ring somebody' : 'Your concern is recorded'}>
        Reference <strong>{concern.reference}</strong>
      </Panel>
      <RingBecause profile={request.profile} now={request.now} answers={concern.answers} />
      {concern.urgent && (
        <EmergencyLine profile={request.profile} now={request.now} href={`/my-concerns/${concern.id}/emergency-call`} />
      )}
      <DoNotTellParents concern={concern} />
      {isUnreached ? <Unreached {...props} /> : <h2 class="govuk-heading-m">Who has it now</h2>}
      <WhoHasIt {...props} />
      {concern.acknowledgedAt && (
        <p class="govuk-body">
          <strong>
            Seen{concern.acknowledgedBy ? ` by ${concern.acknowledgedBy}` : ''}, {momentInWords(concern.acknowledgedAt)}.
          </strong>
        </p>
      )}
      <CannotReach concern={concern} formToken={request.formToken} commandKey={request.newCommandKey()} />
      <Next {...props} />
      <ToDo concern={concern} />
      {after.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Afterwards</h2>
          <Reminders reminders={after} />
        </>
      )}
      <p class="govuk-body govuk-!-margin-top-6">
        <a class="govuk-link" href="/">
          Go to your home page
        </a>
      </p>
    </>,
  )
}
