import type { ComponentChildren, VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { endInWords, momentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { doubtOf } from '../../../policy/contact-doubts.ts'
import { whoseInWords } from '../../../policy/whose-value.ts'
import { aboutWhat, ranOutBefore, tellSays } from '../../../rehearsal/lines.ts'
import type { CitedSource, ClockSeen, Played, Step, Tell } from '../../../rehearsal/model.ts'
import { Button, ButtonGroup, Form, InsetText, Scroll, Table, Tag } from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { EventForm } from '../event-fields.ts'
import { refOf, type Scenario } from '../scenario.ts'
import { scenarioFields } from '../scenario-form.ts'
import { clockTitle, howTold, roleInWords, whoSees } from '../words.ts'

export interface PlayedProps {
  readonly title: string
  readonly scenario: Scenario
  readonly forms: readonly EventForm[]
  readonly played: Played
}

function Source({ of }: { readonly of: CitedSource }): VNode | null {
  const document = of.title ?? of.document
  if (!document) return null
  return <span class="hf-meta">{[document, of.section].filter(Boolean).join(', ')}</span>
}

function Part({ title, children }: { readonly title: string; readonly children: ComponentChildren }): VNode {
  return (
    <>
      <h3 class="govuk-heading-s">{title}</h3>
      <ul class="govuk-list govuk-list--bullet">{children}</ul>
    </>
  )
}

function TellItem({
  tell,
  of,
  profile,
}: {
  readonly tell: Tell
  readonly of: string
  readonly profile: Request['profile']
}): VNode {
  const contact = tell.contact ? profile.contacts[tell.contact] : undefined
  const outside = contact ? [contact.who, contact.phone, doubtOf(contact)].filter(Boolean).join(', ') : (tell.outside ?? '')
  return (
    <li>
      <strong>{tell.person ?? `Outside the school: ${outside}`}</strong> {howTold(tell, profile)}
      {of}. {tellSays(tell)} <Source of={tell.source} />
    </li>
  )
}

interface ClockItemProps {
  readonly clock: ClockSeen
  readonly of: string
  readonly children?: ComponentChildren
}

function ClockItem({ clock, of, children }: ClockItemProps): VNode {
  const whose = whoseInWords(clock.whose, clock.standing)
  return (
    <li>
      <strong>{clockTitle(clock.clock)}</strong>
      {of}
      {clock.owner && <> ({clock.owner})</>}: {children} {clock.says} <Source of={clock.source} />
      {whose !== '' && <span class="hf-meta"> The time is {whose}.</span>}
      {clock.standing === 'unverified' && <span class="hf-meta"> Not verified: check it before relying on it.</span>}
      {clock.reading && <span class="hf-meta"> Our reading: {clock.reading}</span>}
    </li>
  )
}

function due(clock: ClockSeen): string {
  return clock.due ? `due ${endInWords(clock.due as Instant)}.` : 'no time is given.'
}

/** Who acts and about whom, in the order of the form. */
function eventInWords({ scenario, forms }: PlayedProps, step: Step, index: number): string {
  const typed = scenario.events[index]
  const form = forms.find(one => one.event === step.event)
  const [by] = typed?.answers['by'] ?? []
  const about = (typed?.answers['about'] ?? []).filter(name => name !== '')
  return [form?.name ?? step.event, by ? `by ${by}` : '', about.length > 0 ? `about ${about.join(' and ')}` : '']
    .filter(part => part !== '')
    .join(' ')
}

/** What somebody could open: the event that began it, or the part about the adult. */
function openedInWords(props: PlayedProps, ref: string): string {
  const index = props.scenario.events.findIndex((_, row) => ref === refOf(row) || ref === `${refOf(row)}-conduct`)
  const step = props.played.steps[index]
  if (!step) return ref.replaceAll('-', ' ')
  const says = `${index + 1}. ${eventInWords(props, step, index)}`
  return ref === refOf(index) ? says : `${says}: the part about the adult`
}

type Of = ReturnType<typeof aboutWhat>

/** Which of several things that go on a line is about, by the place of the event that began it. */
function ofWhat({ played, scenario }: PlayedProps): Of {
  return aboutWhat(
    played,
    words => ` (${words})`,
    ref => {
      const row = scenario.events.findIndex((_, index) => ref === refOf(index) || ref === `${refOf(index)}-conduct`)
      if (row < 0) return ref.replaceAll('-', ' ')
      return ref === refOf(row) ? `what began at ${row + 1}` : `what began at ${row + 1}, the part about the adult`
    },
  )
}

/** Of those whom the policy has told, whoever hears nothing because they are outside. */
function NotTold({
  step,
  of,
  profile,
}: {
  readonly step: Step
  readonly of: Of
  readonly profile: Request['profile']
}): VNode | null {
  if (step.not_told.length === 0) return null
  return (
    <Part title="Not told">
      {step.not_told.map(one => (
        <li>
          <strong>{one.person}</strong>
          {roleInWords(one, profile)}
          {of(one)}: {one.because}
        </li>
      ))}
    </Part>
  )
}

function StepSection({
  props,
  step,
  index,
  profile,
  of,
}: {
  readonly of: Of
  readonly props: PlayedProps
  readonly step: Step
  readonly index: number
  readonly profile: Request['profile']
}): VNode {
  const next = props.played.steps[index + 1]
  const [ranOut, fromNow] = [
    step.starts.filter(clock => ranOutBefore(clock, step)),
    step.starts.filter(clock => !ranOutBefore(clock, step)),
  ]
  const nothing = [step.tells, step.starts, step.meets, step.breaches, step.asks, step.refused].every(part => part.length === 0)
  return (
    <section id={`step-${index + 1}`}>
      <h2 class="govuk-heading-m">
        {index + 1}. {eventInWords(props, step, index)}
      </h2>
      <p class="govuk-body">
        {momentInWords(step.at as Instant)} {!step.accepted && <Tag colour="red">Not accepted</Tag>}
      </p>
      {step.refused.length > 0 && (
        <Part title="Why not">
          {step.refused.map(refused => (
            <li>
              {refused.says} <Source of={refused.source} />
            </li>
          ))}
        </Part>
      )}
      {step.breaches.length > 0 && (
        <Part title="Overdue by now">
          {step.breaches.map(clock => (
            <ClockItem clock={clock} of={of(clock)}>
              it was {due(clock)}
            </ClockItem>
          ))}
        </Part>
      )}
      {step.tells.length > 0 && (
        <Part title="Told">
          {step.tells.map(tell => (
            <TellItem tell={tell} of={of(tell)} profile={profile} />
          ))}
        </Part>
      )}
      <NotTold step={step} of={of} profile={profile} />
      {ranOut.length > 0 && (
        <Part title="Began in between, and was due before this">
          {ranOut.map(clock => (
            <ClockItem clock={clock} of={of(clock)}>
              it was {due(clock)}
            </ClockItem>
          ))}
        </Part>
      )}
      {fromNow.length > 0 && (
        <Part title="Has to be done from now on">
          {fromNow.map(clock => (
            <ClockItem clock={clock} of={of(clock)}>
              {due(clock)}
            </ClockItem>
          ))}
        </Part>
      )}
      {step.meets.length > 0 && (
        <Part title="Done by this">
          {step.meets.map(clock => (
            <li>
              {clockTitle(clock.clock)}
              {of(clock)}
              {clock.owner && <> ({clock.owner})</>}
            </li>
          ))}
        </Part>
      )}
      {step.asks.length > 0 && (
        <Part title="Asked">
          {step.asks.map(ask => (
            <li>
              {ask.says} <Source of={ask.source} />
            </li>
          ))}
        </Part>
      )}
      {nothing && <p class="govuk-body">Nothing follows from it.</p>}
      <p class="govuk-body govuk-!-display-none-print">
        <a class="govuk-link" href={next ? `#step-${index + 2}` : '#at-the-end'}>
          {next ? `Next: ${eventInWords(props, next, index + 1)}` : 'Next: what stands at the end'}
        </a>
      </p>
    </section>
  )
}

/** What is left to be done, and who could open what. */
function AtTheEnd(props: PlayedProps): VNode {
  const { played } = props
  const of = ofWhat(props)
  return (
    <>
      <h2 class="govuk-heading-m" id="at-the-end">
        At the end
      </h2>
      {played.open.length > 0 ? (
        <Scroll label="Still to be done">
          <Table
            caption="Still to be done"
            captionSize="s"
            head={['What', 'Who', 'Due']}
            rows={played.open.map(clock => [
              `${clockTitle(clock.clock)}${of(clock)}`,
              clock.owner ?? 'Nobody yet',
              clock.due ? endInWords(clock.due as Instant) : 'No time is given',
            ])}
          />
        </Scroll>
      ) : (
        <p class="govuk-body">Nothing is left to be done.</p>
      )}
      <Scroll label="Who could open it">
        <Table
          caption="Who could open it"
          captionSize="s"
          head={['What', 'Who']}
          rows={Object.entries(played.sees).map(([ref, who]) => [openedInWords(props, ref), whoSees(who)])}
        />
      </Scroll>
    </>
  )
}

/** A rehearsal that was played: step by step, and what stands at its end. */
export function playedPage(request: Request<'rehearsal.play', Actor>, props: PlayedProps): string {
  const { played, scenario, title } = props
  const { profile } = request
  const of = ofWhat(props)
  return pageFor(
    request,
    { title, back: { href: '/rehearsals', text: 'Rehearsals' }, printedAbout: title },
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <InsetText>Played with invented people under {profile.edition.title}. Nothing of it is kept and no mail left.</InsetText>
      <p class="govuk-body hf-no-print">
        To print it, for governors or a training day, use your browser’s Print: the links and buttons are left out.
      </p>
      <ol class="govuk-list govuk-list--number">
        {played.steps.map((step, index) => (
          <li>
            <a class="govuk-link" href={`#step-${index + 1}`}>
              {eventInWords(props, step, index)}
            </a>
          </li>
        ))}
      </ol>
      {played.steps.map((step, index) => (
        <StepSection props={props} step={step} index={index} profile={profile} of={of} />
      ))}
      <AtTheEnd {...props} />
      <Form action="/rehearsals/compose" formToken={request.formToken} commandKey={request.newCommandKey()} class="hf-no-print">
        {scenarioFields(scenario).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <ButtonGroup>
          <Button look="secondary" name="_do" value="change">
            Change it
          </Button>
        </ButtonGroup>
      </Form>
    </>,
  )
}
