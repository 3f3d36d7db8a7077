import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { nearEndInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  InsetText,
  NotificationBanner,
  Textarea,
  Words,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { OwnTask } from '../../accounts/index.ts'
import { accountBoxes } from '../../concerns/index.ts'

export interface FirstHandPageProps {
  readonly task: OwnTask
  /** What they wrote, once they have. */
  readonly written: string | null
  readonly errors: FieldErrors
}

const hints: Readonly<Record<string, string>> = {
  'child-words': 'Exactly as the child said it to you, and what you asked. Leave empty if the child said nothing to you.',
  seen: 'Facts only: which child, who else was there, when, where, in which order.',
  opinion: 'Your own view, kept apart from the facts. You may leave it empty.',
  done: 'What you did then, and whom you told. You may leave it empty.',
}

function Asked({ task, request }: { readonly task: OwnTask; readonly request: Request<'account.write-own', Actor> }): VNode {
  return (
    <>
      <p class="govuk-body">
        {task.askedBy ?? 'A colleague'} wrote down something that you saw or heard, {nearMomentInWords(task.askedAt, request.now)}
        . The safeguarding team also needs it from you, in your own words
        {task.dueAt ? `, due ${nearEndInWords(task.dueAt, request.now)}` : ''}.
      </p>
      <p class="govuk-body">
        You are not shown what is already written, so that your account is your own. If you are not sure what is meant, ask{' '}
        {task.askedBy ?? 'the safeguarding lead'}.
      </p>
    </>
  )
}

/** Where somebody writes what they saw or heard themselves; afterwards their own words, and never anybody else's. */
export function firstHandPage(request: Request<'account.write-own', Actor>, page: FirstHandPageProps): string {
  const { task, written, errors } = page
  const title = 'Write what you saw or heard yourself'
  return pageFor(
    request,
    { title, errors, back: { href: '/', text: 'Home' }, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      {written !== null && (
        <NotificationBanner type="success" text="Written. Whoever has the concern has been told. Thank you." />
      )}
      <h1 class="govuk-heading-l">{title}</h1>
      {written === null ? (
        <>
          <Asked task={task} request={request} />
          <Form
            action={`/concerns/${task.concernId}/first-hand`}
            formToken={request.formToken}
            commandKey={request.newCommandKey()}
          >
            {accountBoxes.map(box => (
              <Textarea
                name={box.name}
                label={box.says}
                labelSize="s"
                hint={hints[box.name]}
                rows={box.name === 'seen' || box.name === 'child-words' ? 5 : 3}
                value={request.form.text(box.name)}
                error={findError(errors, box.name)}
                attributes={{ dir: 'auto' }}
              />
            ))}
            <Button preventDoubleClick>Send my account</Button>
          </Form>
        </>
      ) : (
        <>
          <h2 class="govuk-heading-m">What you wrote</h2>
          <InsetText>
            <Words as="div">{written}</Words>
          </InsetText>
          <p class="govuk-body">It stays as it is. If you remember more, tell the safeguarding lead or write a new concern.</p>
        </>
      )}
    </>,
  )
}
