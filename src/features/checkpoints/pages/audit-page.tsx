import type { VNode } from 'preact'
import { readCheckpoint, spokenDigest } from '../../../audit/checkpoint.ts'
import { dateInWords, momentInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  Tag,
  WarningText,
} from '../../../web/components/index.ts'
import type { MadeCheckpoint, Recipient } from '../model.ts'
import { missedBetween, owedOn } from '../nights.ts'

interface AuditProps {
  readonly nights: readonly MadeCheckpoint[]
  readonly recipients: readonly Recipient[]
  readonly today: PlainDate
  readonly maySend: boolean
  readonly typed: string
  readonly errors: FieldErrors
  readonly formToken: string
  readonly newCommandKey: () => string
}

/** Days in a row, from the first to the last. */
export function daysInWords(days: readonly PlainDate[]): string {
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return ''
  return first === last ? dateInWords(first) : `${dateInWords(first)} to ${dateInWords(last)}`
}

function State({ nights, today }: AuditProps): VNode {
  const last = nights[0]
  const owed = owedOn(today, last?.day)
  if (!last) return <p class="govuk-body">None is made yet. The first is made in the coming night.</p>
  return (
    <>
      {owed.length > 0 && (
        <WarningText>
          No checkpoint was made for {daysInWords(owed)}: the background work has stood still. The next one will cover these
          nights. Tell whoever runs Holdfast.
        </WarningText>
      )}
      <p class="govuk-body">
        The last was made {momentInWords(last.madeAt)}. Its digest is <strong>{spokenDigest(last.content)}</strong>.
      </p>
    </>
  )
}

function Recipients(props: AuditProps): VNode {
  const { recipients, maySend, formToken, newCommandKey, typed, errors } = props
  return (
    <>
      <h2 class="govuk-heading-m">To whom they are sent</h2>
      <p class="govuk-body">
        Each checkpoint goes by mail to these addresses outside the school, such as the trust’s or the authority’s. Two are better
        than one. It gives nothing away about anybody.
      </p>
      {recipients.length === 0 && (
        <WarningText>No address is named. Until one is, checkpoints leave only as files on the server and on paper.</WarningText>
      )}
      <ul class="govuk-list govuk-list--bullet">
        {recipients.map(one => (
          <li key={one.id}>
            <span class="hf-break">{one.address}</span>{' '}
            {one.isOfSchool && <Tag colour="red">Nothing is sent: somebody of the school has this address</Tag>}
            {maySend && (
              <Form
                action={`/audit/recipients/${one.id}/end`}
                formToken={formToken}
                commandKey={newCommandKey()}
                class="govuk-!-display-inline-block"
              >
                <button type="submit" class="hf-link-button">
                  Send nothing more<span class="govuk-visually-hidden"> to {one.address}</span>
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {maySend && (
        <Form action="/audit/recipients" formToken={formToken} commandKey={newCommandKey()}>
          <Input
            name="address"
            type="email"
            label="Add an address outside the school"
            value={typed}
            error={findError(errors, 'address')}
            autocomplete="off"
          />
          <Button look="secondary" preventDoubleClick>
            Add
          </Button>
        </Form>
      )}
    </>
  )
}

function Nights({ nights }: AuditProps): VNode | null {
  if (nights.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">The last nights</h2>
      <ul class="govuk-list">
        {nights.map(({ day, content }) => {
          const missed = missedBetween(readCheckpoint(content)?.since ?? '', day)
          return (
            <li key={day}>
              <a class="govuk-link" href={`/audit/checkpoints/${day}`}>
                {dateInWords(day)}
              </a>{' '}
              {missed.length > 0 && <Tag colour="orange">Covers {daysInWords(missed)} too: none was made then</Tag>}
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** What makes the trail evidence, for whoever answers for it. */
export function AuditPage(props: AuditProps): VNode {
  const key = readCheckpoint(props.nights[0]?.content ?? '')?.key
  return (
    <>
      <ErrorSummaryFor errors={props.errors} />
      <h1 class="govuk-heading-l">The audit trail</h1>
      <p class="govuk-body">
        Whatever is done or read is an entry in a chain that nobody can change unnoticed. Each night a signed checkpoint of it
        leaves the database, so that even whoever runs the server cannot write the chain anew.
      </p>
      <h2 class="govuk-heading-m">Checkpoints</h2>
      <State {...props} />
      {key && (
        <p class="govuk-body">
          The public half of the key that signs them, to be kept outside Holdfast: <strong class="hf-break">{key}</strong>
        </p>
      )}
      <Recipients {...props} />
      <Nights {...props} />
    </>
  )
}
