import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { isUuid } from '../../../kernel/ids.ts'
import { momentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Button, Form, InsetText, SummaryList } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { keptFormName } from '../../../web/http/kept-forms.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'

export interface KeptFormPageProps {
  readonly id: string
  readonly path: string
  readonly keptAt: Instant
  readonly form: FormValues
  /** The school where it was typed, if that is another than the one somebody is at now. */
  readonly otherSchool: string | undefined
}

type Asked = Request<'kept-form.restore', Actor>

/** "what-i-saw" as "What I saw": forms' own labels are not known here. */
function inWords(name: string): string {
  const words = name
    .replaceAll(/[-_.[\]]+/g, ' ')
    .replaceAll(/\bi\b/g, 'I')
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const destinations: readonly (readonly [RegExp, string])[] = [
  [/^\/concerns\/(drafts|urgent|new)/, 'A concern that you were writing'],
  [/^\/my-concerns\//, 'Something to add to a concern of yours'],
  [/^\/concerns\//, 'A concern'],
  [/^\/referrals\//, 'A referral'],
  [/^\/actions\//, 'An action'],
  [/^\/children\/[^/]+\/notes/, 'A note in a child’s file'],
  [/^\/children\//, 'The list of children'],
  [/^\/people\//, 'The list of adults'],
  [/^\/cover\//, 'The cover rota'],
]

/** Where a form was going, as a person says it. */
function whither(path: string): string {
  return destinations.find(([pattern]) => pattern.test(path))?.[1] ?? path
}

/** Ids of records: they go along, and say nothing to a reader. */
function isForReading(value: string): boolean {
  return value.trim() !== '' && !isUuid(value)
}

function Words({ text }: { readonly text: string }): VNode {
  return <>{text.split(/\r?\n/).flatMap((line, index) => (index === 0 ? [line] : [<br />, line]))}</>
}

function SendAgain({
  request,
  id,
  path,
  form,
}: { readonly request: Asked } & Pick<KeptFormPageProps, 'id' | 'path' | 'form'>): VNode {
  return (
    <Form action={path} formToken={request.formToken} commandKey={request.newCommandKey()}>
      <input type="hidden" name={keptFormName} value={id} />
      {form.entries().map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button preventDoubleClick>Send it now</Button>
    </Form>
  )
}

/** Shows what was typed in words, and sends it again where it was going. */
export function keptFormPage(request: Asked, props: KeptFormPageProps): string {
  const answers = props.form.names().map(name => ({ name, values: props.form.all(name).filter(isForReading) }))
  return pageFor(
    request,
    { title: 'Kept for you', back: { href: '/account', text: 'Your account' } },
    <>
      <h1 class="govuk-heading-l">Kept for you</h1>
      <p class="govuk-body">
        You sent this on {momentInWords(props.keptAt)}, when it could not be taken. It has not arrived yet. Only you can see it.
      </p>
      <SummaryList
        rows={[
          { key: 'Where it was going', value: whither(props.path) },
          ...answers
            .filter(({ values }) => values.length > 0)
            .map(({ name, values }) => ({ key: inWords(name), value: <Words text={values.join('\n')} /> })),
        ]}
      />
      {props.otherSchool === undefined ? (
        <SendAgain request={request} id={props.id} path={props.path} form={props.form} />
      ) : (
        <InsetText>
          You wrote this at {props.otherSchool}.{' '}
          <a class="govuk-link" href={`/choose-school?next=/kept-forms/${props.id}`}>
            Change to that school
          </a>{' '}
          to send it.
        </InsetText>
      )}
      <p class="govuk-body">Files that you had attached were not kept: attach them again.</p>
      <Form action={`/kept-forms/${props.id}/discard`} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <Button look="secondary">Discard it</Button>
      </Form>
    </>,
  )
}
