import type { VNode } from 'preact'
import { dateInWords, momentInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import { epochInMs, type Instant, instantOf } from '../../../kernel/plain-date.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  NotificationBanner,
  Radios,
  SummaryList,
  Textarea,
  WarningText,
} from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { statusNames } from '../../people/index.ts'
import { type Glass, type GlassChild, type GlassFile, type GlassKind, type GlassOutcome, glassHours } from '../model.ts'
import { isOpenStill } from '../rules.ts'

export const reviewTitles: Readonly<Record<GlassKind, string>> = {
  urgent: 'Review: a file opened by breaking the glass',
  oversight: 'Review: a case opened for the trust',
  consultation: 'Review: a case that the trust was asked about',
}

interface FormProps {
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly formToken: string
  readonly commandKey: string
}

const outcomeWords: Readonly<Record<GlassOutcome, string>> = {
  justified: 'Yes, it was right',
  'not-justified': 'No, it should not have been opened',
}

function untilWords(now: Instant, hours: number): string {
  return nearMomentInWords(instantOf(epochInMs(now) + hours * 3_600_000), now)
}

/** Asks on what ground, and until when: nothing of the case is shown before. */
export function OversightPage({
  child,
  now,
  asks,
  form,
  errors,
  ...props
}: FormProps & { child: GlassChild; now: Instant; asks: boolean }): VNode {
  const name = (
    <strong>
      <bdi>{child.name}</bdi>
    </strong>
  )
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">{asks ? 'Ask the trust’s safeguarding lead' : 'Open a case for the trust'}</h1>
      {asks ? (
        <p class="govuk-body">
          The trust’s safeguarding lead will read the case of {name} until the time below, and is told that you ask. What they
          open is on record.
        </p>
      ) : (
        <>
          <p class="govuk-body">
            You will read the case of {name}
            {child.className && `, ${child.className}`}. Nobody of the school has asked you to, so say first on what ground.
          </p>
          <WarningText>
            The school’s safeguarding team is told at once: that you opened it, in which role, when, and the words below.
          </WarningText>
        </>
      )}
      <Form
        action={`/children/${child.childId}/${asks ? 'ask-the-trust' : 'oversight'}`}
        formToken={props.formToken}
        commandKey={props.commandKey}
      >
        <Textarea
          name="reason"
          label={asks ? 'What do you ask?' : 'On what ground?'}
          labelSize="m"
          hint={asks ? undefined : 'Such as a sample for quality assurance with its date, or a matter that was brought to you'}
          rows={4}
          value={form.text('reason')}
          error={findError(errors, 'reason')}
        />
        <Radios
          name="hours"
          legend="Until when?"
          legendSize="m"
          value={form.text('hours')}
          items={glassHours.map(value => ({ value, label: untilWords(now, Number(value)) }))}
          error={findError(errors, 'hours')}
        />
        <Button preventDoubleClick>{asks ? 'Ask' : 'Open the case'}</Button>
      </Form>
    </>
  )
}

/** Asks why and for how long, after saying who will hear of it. */
export function BreakPage({ child, now, form, errors, ...props }: FormProps & { child: GlassChild; now: Instant }): VNode {
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">Break the glass</h1>
      <p class="govuk-body">
        You will read the file of{' '}
        <strong>
          <bdi>{child.name}</bdi>
        </strong>
        {child.className && `, ${child.className}`}. Do this only where the child cannot wait for the safeguarding team.
      </p>
      <WarningText>
        The head and the DSL are told at once. They review why you did it. Every page you open is on record.
      </WarningText>
      <Form action={`/children/${child.childId}/break-glass`} formToken={props.formToken} commandKey={props.commandKey}>
        <Textarea
          name="reason"
          label="Why can it not wait?"
          labelSize="m"
          rows={4}
          value={form.text('reason')}
          error={findError(errors, 'reason')}
        />
        <Radios
          name="hours"
          legend="Until when?"
          legendSize="m"
          value={form.text('hours')}
          items={glassHours.map(value => ({ value, label: untilWords(now, Number(value)) }))}
          error={findError(errors, 'hours')}
        />
        <Button look="warning" preventDoubleClick>
          Open the file
        </Button>
      </Form>
    </>
  )
}

function Line({ glass, self, now }: { readonly glass: Glass; readonly self: string; readonly now: Instant }): VNode {
  const isOwn = glass.adultId === self
  const text = `${isOwn ? 'You' : glass.adultName}: ${glass.childName ?? 'a child’s file'}, ${momentInWords(glass.begunAt)}`
  const href = isOwn ? (isOpenStill(glass, now) ? `/break-glass/${glass.id}` : undefined) : `/break-glass/${glass.id}/review`
  return (
    <li>
      {href ? (
        <a class="govuk-link" href={href}>
          {text}
        </a>
      ) : (
        text
      )}
      <br />
      {glass.kind === 'oversight' && 'For the trust, on a ground. '}
      {glass.kind === 'consultation' && 'The trust was asked. '}
      {glass.outcome
        ? `Reviewed by ${glass.reviewedByName ?? 'a colleague'}: ${outcomeWords[glass.outcome]}`
        : 'Not reviewed yet'}
    </li>
  )
}

/** What was opened so, what is open for review first. */
export function GlassListPage(props: { readonly all: readonly Glass[]; readonly self: string; readonly now: Instant }): VNode {
  const open = props.all.filter(glass => glass.reviewedAt === null)
  const done = props.all.filter(glass => glass.reviewedAt !== null)
  const list = (some: readonly Glass[]) => (
    <ul class="govuk-list govuk-list--spaced">
      {some.map(glass => (
        <Line glass={glass} self={props.self} now={props.now} />
      ))}
    </ul>
  )
  return (
    <>
      <h1 class="govuk-heading-l">Files opened by breaking the glass</h1>
      <h2 class="govuk-heading-m">To be reviewed: {open.length}</h2>
      {open.length > 0 ? list(open) : <p class="govuk-body">Nothing is waiting for a review.</p>}
      {done.length > 0 && <h2 class="govuk-heading-m">Reviewed</h2>}
      {done.length > 0 && list(done)}
    </>
  )
}

/** The file, for as long as it is open. */
export function GlassFilePage({ file, glass }: { readonly file: GlassFile; readonly glass: Glass }): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">
        <bdi>{file.childName}</bdi>
        {file.className && `, ${file.className}`}
      </h1>
      <WarningText>
        Open to you until {momentInWords(glass.endsAt)}, or until it is reviewed. Write what you see as a concern.
      </WarningText>
      {glass.kind === 'consultation' && glass.reason && (
        <p class="govuk-body">
          <strong>You are asked:</strong> {glass.reason}
        </p>
      )}
      {file.statuses.length > 0 && <p class="govuk-body">{file.statuses.map(statusInWords).join(', ')}</p>}
      <h2 class="govuk-heading-m">Contacts</h2>
      {file.contacts.length === 0 && <p class="govuk-body">None are kept.</p>}
      <ul class="govuk-list govuk-list--bullet">
        {file.contacts.map(contact => (
          <li>
            <bdi>{contact.name}</bdi>, {contact.relation}
            {contact.phone && `, ${contact.phone}`}
            {contact.barred && <strong> (must not be contacted)</strong>}
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">What has been recorded</h2>
      {file.entries.length === 0 && <p class="govuk-body">Nothing that you may read.</p>}
      {file.entries.map(entry => (
        <section>
          <h3 class="govuk-heading-s">
            {dateInWords(entry.happenedOn)}: {entry.heading}
          </h3>
          {entry.authorName && <p class="govuk-body-s">{entry.authorName}</p>}
          {entry.words.map(words => (
            <p class="govuk-body">{words}</p>
          ))}
        </section>
      ))}
    </>
  )
}

function statusInWords(status: string): string {
  return (statusNames as Readonly<Record<string, string>>)[status] ?? status
}

/** Who opened what and why, and whether it was right. */
export function ReviewPage({ glass, form, errors, roleTitle, ...props }: FormProps & { glass: Glass; roleTitle: string }): VNode {
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      {glass.outcome && <NotificationBanner text={`Reviewed by ${glass.reviewedByName ?? 'a colleague'}.`} />}
      <h1 class="govuk-heading-l">{reviewTitles[glass.kind]}</h1>
      <SummaryList
        rows={[
          { key: 'Who', value: `${glass.adultName}, ${roleTitle}` },
          { key: 'Whose file', value: glass.childName ?? 'A child’s: you answer for the adult, not for the file' },
          { key: 'Why', value: glass.reason ?? 'Ask the DSL: what was written may name the child' },
          { key: 'From', value: momentInWords(glass.begunAt) },
          { key: 'Until', value: momentInWords(glass.endsAt) },
          glass.outcome && { key: 'Was it right?', value: outcomeWords[glass.outcome] },
          glass.says && { key: 'What was found', value: glass.says },
        ]}
      />
      {!glass.outcome && (
        <Form action={`/break-glass/${glass.id}/review`} formToken={props.formToken} commandKey={props.commandKey}>
          <Radios
            name="outcome"
            legend="Was it right to open it?"
            legendSize="m"
            value={form.text('outcome')}
            items={(['justified', 'not-justified'] as const).map(value => ({ value, label: outcomeWords[value] }))}
            error={findError(errors, 'outcome')}
          />
          <Textarea
            name="says"
            label="What you found, and what follows"
            labelSize="m"
            hint="The file closes with the review."
            rows={4}
            value={form.text('says')}
            error={findError(errors, 'says')}
          />
          <Button preventDoubleClick>Close the review</Button>
        </Form>
      )}
    </>
  )
}
