/** What was done in the DSL's place: steps without one, notes handed back, and who acted for whom. */
import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Button, Form, InsetText } from '../../../web/components/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { ConcernContent, FallbackStep, HandBackOnPage, Meanwhile } from '../page-model.ts'
import { waitInWords } from '../when.ts'
import { Moment, Section, Words } from './parts.tsx'

function actingName(name: string, role: string | undefined): string {
  if (role === undefined) return name
  return `${name} (${role === 'deputy-dsl' ? 'deputy acting' : 'standing in for the DSL'})`
}

/** The concern and what was made of it, each name with "deputy acting" where it was done in the DSL's absence. */
export function withActing<T extends { readonly concern: ConcernFacts; readonly content: ConcernContent }>(
  shown: T,
  acting: Meanwhile['acting'],
): T {
  const { concern, content } = shown
  return {
    ...shown,
    concern: {
      ...concern,
      acknowledgedBy: concern.acknowledgedBy && actingName(concern.acknowledgedBy, acting['acknowledged']),
    },
    content: {
      ...content,
      triages: content.triages.map(triage => ({ ...triage, byName: actingName(triage.byName, acting[`triage ${triage.id}`]) })),
      decisions: content.decisions.map(decision => ({
        ...decision,
        byName: actingName(decision.byName, acting[`decision ${decision.id}`]),
      })),
      closures: content.closures.map(closure => ({
        ...closure,
        closedBy: actingName(closure.closedBy, acting[`closure ${closure.closedAt}`]),
      })),
    },
  }
}

function Step({ step, now }: { readonly step: FallbackStep; readonly now: Instant }): VNode {
  if (step.kind === 'pressed')
    return (
      <li>
        {step.byName} could not reach a DSL, <Moment at={step.at} now={now} />.
      </li>
    )
  return (
    <li>
      <strong>
        {step.byName}, <Moment at={step.at} now={now} />: {step.withWhom}
      </strong>
      <Words>{step.says}</Words>
      <p class="govuk-body">
        {step.seenAt ? (
          <>
            Seen by DSL after {waitInWords(step.at, step.seenAt)} ({step.seenBy}).
          </>
        ) : (
          <strong>Unseen by DSL for {waitInWords(step.at, now)}.</strong>
        )}{' '}
        {step.countersignedAt ? (
          <>
            Countersigned by {step.countersignedBy}, <Moment at={step.countersignedAt} now={now} />.
          </>
        ) : (
          <strong>Not countersigned yet.</strong>
        )}
      </p>
    </li>
  )
}

function HandBack({ note, now }: { readonly note: HandBackOnPage; readonly now: Instant }): VNode {
  if (note.writtenAt === null)
    return (
      <p class="govuk-body">
        {note.byName} stood in from <Moment at={note.openedAt} now={now} /> and has not handed back yet.
      </p>
    )
  return (
    <>
      <p class="govuk-body">
        <strong>
          Handed back by {note.byName}, <Moment at={note.writtenAt} now={now} />
        </strong>
      </p>
      <Words>{note.concerns ?? ''}</Words>
      <Words>{note.actions ?? ''}</Words>
    </>
  )
}

/** What was done without a DSL, to be read and countersigned, and what was handed back. */
export function MeanwhileSection({
  concern,
  meanwhile,
  now,
  maySign,
  formToken,
  commandKey,
}: {
  readonly concern: ConcernFacts
  readonly meanwhile: Meanwhile
  readonly now: Instant
  readonly maySign: boolean
  readonly formToken: string
  readonly commandKey: string
}): VNode | null {
  const { steps } = meanwhile
  const handBacks = meanwhile.handBacks.filter(note => !note.isOwn)
  if (steps.length === 0 && handBacks.length === 0) return null
  const isOpen = steps.some(step => step.kind !== 'pressed' && step.countersignedAt === null)
  return (
    <Section id="meanwhile" title="Done without a DSL">
      {steps.length > 0 && (
        <ul class="govuk-list govuk-list--spaced">
          {steps.map(step => (
            <Step step={step} now={now} />
          ))}
        </ul>
      )}
      {isOpen && maySign && (
        <Form action={`/concerns/${concern.id}/countersign`} formToken={formToken} commandKey={commandKey}>
          <Button look="secondary" preventDoubleClick>
            Countersign: I have read what was done
          </Button>
        </Form>
      )}
      {handBacks.map(note => (
        <HandBack note={note} now={now} />
      ))}
    </Section>
  )
}

/** For whoever stands in: what they still owe the DSL, and where to write down what they did. */
export function StandingIn({ concern, meanwhile }: { readonly concern: ConcernFacts; readonly meanwhile: Meanwhile }): VNode {
  const owed = meanwhile.handBacks.find(note => note.isOwn)
  return (
    <InsetText>
      <p>
        You stand in for the safeguarding team on this concern alone. Write down what you do:{' '}
        <a class="govuk-link" href={`/concerns/${concern.id}/acted`}>
          what you did without a DSL
        </a>
        .
      </p>
      {owed && owed.writtenAt === null && (
        <p>
          When it is done, or a DSL is back:{' '}
          <a class="govuk-link govuk-!-font-weight-bold" href={`/hand-backs/${owed.id}`}>
            hand back to the DSL
          </a>
          .
        </p>
      )}
      {owed?.writtenAt && <p>You have handed back to the DSL.</p>}
    </InsetText>
  )
}
