import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { dateInWords, dayInWords, localDate, nearMomentInWords } from '../../../kernel/london-time.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  InsetText,
  Radios,
  Select,
  Tag,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { later, teamOptions } from '../../cover/index.ts'
import type { MailboxCheck } from '../model.ts'
import type { Closed, Mailbox } from '../queries.ts'
import { sourceText } from '../rules.ts'
import { checksInWords } from './mailbox-today.tsx'

type KeepRequest = Request<'mailbox.keep', Actor>

interface Part {
  readonly request: KeepRequest
  readonly mailbox: Mailbox
  readonly errors: FieldErrors
}

function Readers({ request, mailbox: { facts, cover }, errors }: Part): VNode {
  const { readersMin } = request.profile.mailbox
  const good = facts.readers.filter(reader => reader.isOfTeam)
  const team = { ...cover, appointments: cover.appointments.filter(one => request.school.fileRoles.includes(one.role)) }
  const others = teamOptions(team).filter(option => !facts.readers.some(reader => reader.adultId === option.value))
  return (
    <>
      <h2 class="govuk-heading-m">Who reads it</h2>
      {good.length < readersMin.value && (
        <WarningText>
          {good.length === 0 ? 'Nobody reads it.' : 'Only one person reads it.'} At least {readersMin.value} must.
        </WarningText>
      )}
      <ol class="govuk-list govuk-list--number">
        {facts.readers.map(reader => (
          <li key={reader.id}>
            {reader.name} {reader.isOut && <Tag colour="orange">Out</Tag>}{' '}
            {!reader.isOfTeam && <Tag colour="red">No longer of the team</Tag>}
            <Form
              action={`/mailbox/readers/${reader.id}/end`}
              formToken={request.formToken}
              commandKey={request.newCommandKey()}
              class="govuk-!-display-inline-block"
            >
              <button type="submit" class="hf-link-button">
                Take off the list<span class="govuk-visually-hidden">: {reader.name}</span>
              </button>
            </Form>
          </li>
        ))}
      </ol>
      <p class="govuk-hint">If nobody has looked in time, the second on the list is told, then the head.</p>
      <Form action="/mailbox/readers" formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Select
          name="adult"
          label="Add somebody of the safeguarding team"
          items={[{ value: '', text: 'Choose a person' }, ...others]}
          value=""
          error={findError(errors, 'adult')}
        />
        <Button look="secondary" preventDoubleClick>
          Add
        </Button>
      </Form>
    </>
  )
}

function Rule({ request, mailbox: { inForce, facts }, errors }: Part): VNode {
  const { profile } = request
  const cite = (rule: (typeof profile.mailbox.rules)[number]) => `${rule.says} (${sourceText(profile, rule.source)})`
  if (inForce.state === 'stated') return <p class="govuk-body">{cite(inForce.rule)}</p>
  return (
    <>
      {inForce.state === 'open' ? (
        <WarningText>
          Open: the policy gives rules that contradict each other, and the school has not said which it follows.
        </WarningText>
      ) : (
        <InsetText>
          The school follows: {cite(inForce.rule)}{' '}
          {facts.choice &&
            `${facts.choice.because} (${facts.choice.name}, ${nearMomentInWords(facts.choice.chosenAt, request.now)})`}
        </InsetText>
      )}
      <Form action="/mailbox/rule" formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Radios
          name="rule"
          legend={inForce.state === 'open' ? 'Which one does the school follow?' : 'Follow another'}
          look="small"
          items={profile.mailbox.rules.map(rule => ({ value: rule.id, label: cite(rule) }))}
          value={inForce.state === 'chosen' ? inForce.rule.id : ''}
          error={findError(errors, 'rule')}
        />
        <Input name="because" label="Who decided it, and why?" value="" error={findError(errors, 'because')} autocomplete="off" />
        <Button look="secondary" preventDoubleClick>
          Save the rule
        </Button>
      </Form>
    </>
  )
}

function ClosedPart({
  request,
  closed,
  errors,
}: {
  readonly request: KeepRequest
  readonly closed: Closed
  readonly errors: FieldErrors
}): VNode {
  const { period, days, missing, text, reply } = closed
  return (
    <>
      <h2 class="govuk-heading-m">
        While the school is closed: {dateInWords(period.from)} to {dateInWords(period.to)}
      </h2>
      {missing.length > 0 && (
        <WarningText>
          No reader is named for {missing.length === 1 ? 'one day' : `${missing.length} days`}:{' '}
          {missing.map(dateInWords).join(', ')}.
        </WarningText>
      )}
      <ul class="govuk-list">
        {days.map(({ date, readers }) => (
          <li key={date}>
            {dayInWords(date)}: {readers.length > 0 ? <strong>{readers.join(', ')}</strong> : 'nobody'}
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href={`/cover/duties/new?date=${later(period.from, localDate(request.now))}`}>
          Put a reader on duty for a school holiday
        </a>
      </p>
      <h3 class="govuk-heading-s">Its automatic answer then</h3>
      <p class="govuk-hint">Copy it into the mailbox. It follows from the calendar and from who reads when.</p>
      <InsetText>
        {text.split('\n\n').map(line => (
          <p>{line}</p>
        ))}
      </InsetText>
      {reply ? (
        <p class="govuk-body">
          {reply.name} said {nearMomentInWords(reply.setAt, request.now)} that an answer is set for these days.
        </p>
      ) : (
        <p class="govuk-body">
          <strong>Nobody has said yet that it is set.</strong>
        </p>
      )}
      <Form action="/mailbox/reply" formToken={request.formToken} commandKey={request.newCommandKey()}>
        {findError(errors, 'reply') && <p class="govuk-error-message">{findError(errors, 'reply')}</p>}
        <Button look="secondary" preventDoubleClick>
          I have set this answer
        </Button>
      </Form>
    </>
  )
}

function Looks({ checks }: { readonly checks: readonly MailboxCheck[] }): VNode {
  const days = [...new Set(checks.map(check => check.onDay))]
  return (
    <>
      <h2 class="govuk-heading-m">When it was looked at</h2>
      {days.length === 0 && <p class="govuk-body">Not in the last week.</p>}
      <ul class="govuk-list">
        {days.map(day => (
          <li key={day}>
            {dayInWords(day)}: {checksInWords(checks.filter(check => check.onDay === day))}
          </li>
        ))}
      </ul>
    </>
  )
}

/** All about the safeguarding mailbox but what is in it. */
export function mailboxPage(request: KeepRequest, mailbox: Mailbox, errors: FieldErrors): string {
  const { contact: key } = request.profile.mailbox
  const address = key === undefined ? undefined : request.profile.contacts[key]?.email
  return pageFor(
    request,
    { title: 'Safeguarding mailbox', errors, back: { href: '/cover', text: 'Cover' } },
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        {address && <span class="govuk-caption-l">{address}</span>}
        Safeguarding mailbox
      </h1>
      <Readers request={request} mailbox={mailbox} errors={errors} />
      <Looks checks={mailbox.facts.checks} />
      <h2 class="govuk-heading-m" id="rule">
        When it is watched
      </h2>
      <Rule request={request} mailbox={mailbox} errors={errors} />
      {mailbox.closed && <ClosedPart request={request} closed={mailbox.closed} errors={errors} />}
    </>,
  )
}
