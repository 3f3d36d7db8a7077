import type { VNode } from 'preact'
import { dateInWords, localDate, momentInWords } from '../../../kernel/london-time.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  NotificationBanner,
  Textarea,
} from '../../../web/components/index.ts'
import type { AskedQuestion } from '../model.ts'
import { shortWhileMinutes } from '../rules.ts'

function saidOf({ kind, childName, times, usual }: AskedQuestion): string {
  const whose = childName ?? 'a child'
  switch (kind) {
    case 'many-children':
      return `Opened the records of ${times} children within ${shortWhileMinutes} minutes. On a day on which they open any, it is usually ${usual || 'none'}.`
    case 'again':
      return `Opened the records of ${whose} ${times} times in a week and wrote nothing there.`
    case 'colleagues-child':
      return `Opened the records of ${whose}, who is related to a colleague, and wrote nothing there.`
    case 'night':
      return `Opened the records of ${whose} ${times} times at night.`
    case 'after-leaving':
      return `Opened the records of ${whose}, who left some time ago, and wrote nothing there.`
    case 'search':
      return `Searched ${times} times in a week and found ${whose}, and recorded nothing.`
    case 'refused':
      return `Asked ${times} times on one day for records that are not theirs or not there, and was refused.`
  }
}

function whenOf({ firstAt, lastAt }: AskedQuestion): string {
  if (firstAt === lastAt) return momentInWords(firstAt)
  const [first, last] = [localDate(firstAt), localDate(lastAt)]
  return first === last ? dateInWords(first) : `${dateInWords(first)} to ${dateInWords(last)}`
}

interface LookingProps {
  readonly all: readonly AskedQuestion[]
  /** The question whose form was sent back. */
  readonly wrong: { readonly id: string; readonly typed: string } | undefined
  readonly notice: string | undefined
  readonly errors: FieldErrors
  readonly formToken: string
  readonly newCommandKey: () => string
}

function OpenQuestion({ question, wrong, errors, ...props }: LookingProps & { readonly question: AskedQuestion }): VNode {
  const field = `says-${question.id}`
  return (
    <section class="govuk-!-margin-bottom-8">
      <h2 class="govuk-heading-m">
        <bdi>{question.adultName}</bdi>
      </h2>
      <p class="govuk-body">
        {saidOf(question)} {whenOf(question)}.
        {question.childId && (
          <>
            {' '}
            <a class="govuk-link" href={`/children/${question.childId}/who-looked?who=${question.adultId}`}>
              See when and what<span class="govuk-visually-hidden">: {question.adultName}</span>
            </a>
          </>
        )}
      </p>
      <Form action={`/looking/${question.id}`} formToken={props.formToken} commandKey={props.newCommandKey()}>
        <Textarea
          name="says"
          id={field}
          label="What you found when you asked"
          labelSize="s"
          rows={3}
          value={wrong?.id === question.id ? wrong.typed : ''}
          error={findError(errors, field)}
        />
        <Button look="secondary" preventDoubleClick>
          It was looked into
        </Button>
      </Form>
    </section>
  )
}

/** How files were looked at, where somebody should ask why. */
export function LookingPage(props: LookingProps): VNode {
  const open = props.all.filter(({ settledAt }) => settledAt === null)
  const done = props.all.filter(({ settledAt }) => settledAt !== null)
  return (
    <>
      <ErrorSummaryFor errors={props.errors} />
      {props.notice && <NotificationBanner text={props.notice} title="Not saved" role="alert" />}
      <h1 class="govuk-heading-l">Looking to ask about</h1>
      <p class="govuk-body">
        Each of these is a question, not an accusation: most looking that is out of the ordinary has a good reason. Ask, and write
        down what you found. Nobody sees here what is asked about themselves.
      </p>
      {open.length === 0 && <p class="govuk-body">There is nothing to ask about.</p>}
      {open.map(question => (
        <OpenQuestion {...props} question={question} />
      ))}
      {done.length > 0 && <h2 class="govuk-heading-m">Looked into</h2>}
      <ul class="govuk-list govuk-list--spaced">
        {done.map(question => (
          <li>
            <bdi>{question.adultName}</bdi>: {saidOf(question)} {whenOf(question)}.
            <br />
            {question.settledByName}, {question.settledAt && momentInWords(question.settledAt)}: {question.says}
          </li>
        ))}
      </ul>
    </>
  )
}
