import type { VNode } from 'preact'
import { localDate, timeInWords, toInstant, toLocal } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Badge, Button, Form } from '../../../web/components/index.ts'
import type { MailboxCheck, MailboxFacts } from '../model.ts'
import { isDueOn, ruleInForce } from '../rules.ts'

/** "9:12am by Ruth Adeyemi" for each look of a day. */
export function checksInWords(checks: readonly MailboxCheck[]): string {
  return checks.map(check => `${timeInWords(toLocal(check.at).time)} by ${check.name}`).join(', ')
}

export interface MailboxTodayProps {
  readonly facts: MailboxFacts
  readonly profile: Profile
  readonly now: Instant
  readonly formToken: string
  readonly commandKey: string
}

function Due({ facts, profile, now }: MailboxTodayProps): VNode {
  const { checkedBy } = profile.mailbox
  const isLate = toInstant(localDate(now), checkedBy.value) <= now
  return (
    <p class="govuk-body">
      {isLate && <Badge kind="overdue" />} <strong>Nobody has looked at it today.</strong> Due by {timeInWords(checkedBy.value)}
      {checkedBy.standing === 'setting' && ' (a setting: no text says it)'}
      {isLate && facts.readers.length > 1 && ': the second reader has been told, then the head'}.
    </p>
  )
}

/** The safeguarding mailbox on Today: whether somebody has looked, the press that says so, and what is still open about it. */
export function MailboxToday(props: MailboxTodayProps): VNode | null {
  const { facts, profile, now, formToken, commandKey } = props
  // A school whose policy names no mailbox and that has named no reader has none here.
  if (facts.readers.length === 0 && profile.mailbox.contact === undefined) return null
  const today = localDate(now)
  const inForce = ruleInForce(profile.mailbox, facts.choice)
  const looks = facts.checks.filter(check => check.onDay === today)
  return (
    <section aria-labelledby="mailbox">
      <h2 class="govuk-heading-m" id="mailbox">
        Safeguarding mailbox
      </h2>
      {facts.readers.length === 0 && <p class="govuk-body">Nobody is named who reads it.</p>}
      {looks.length > 0 ? (
        <p class="govuk-body">Looked at today at {checksInWords(looks)}.</p>
      ) : (
        isDueOn(inForce, profile.calendar, today) && <Due {...props} />
      )}
      {inForce.state === 'open' && (
        <p class="govuk-body">
          <strong>Open:</strong> the policy gives contradicting rules on when it is watched.{' '}
          <a class="govuk-link" href="/mailbox#rule">
            Say which one the school follows
          </a>
          .
        </p>
      )}
      <Form action="/mailbox/checks" formToken={formToken} commandKey={commandKey}>
        <Button look={looks.length > 0 ? 'secondary' : undefined} preventDoubleClick>
          I have looked at the mailbox
        </Button>
      </Form>
      <p class="govuk-body">
        <a class="govuk-link" href="/mailbox">
          Who reads it, and what it answers in the holidays
        </a>
      </p>
    </section>
  )
}
