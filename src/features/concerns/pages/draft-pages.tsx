import type { VNode } from 'preact'
import type { Action, Actor } from '../../../access/index.ts'
import type { ConcernId } from '../../../kernel/ids.ts'
import { toLocal } from '../../../kernel/london-time.ts'
import { Button, ButtonGroup, Form, NotificationBanner, Table } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { OpenDraft } from '../drafts.ts'
import { accountBoxes } from '../form-fields.ts'
import { Words } from './check-rows.tsx'

const names: Readonly<Record<string, string>> = {
  ...Object.fromEntries(accountBoxes.map(box => [box.name, box.says])),
  child: 'Children chosen (how many)',
  prompt: 'What made you worried (how many)',
  category: 'Category',
  urgent: 'Cannot wait',
  happened: 'Day it happened',
  'happened-says': 'When it happened',
  'happened-time': 'Time it happened',
  'late-reason': 'Why only now',
  location: 'Where it happened',
  staff: 'Adults who work here (how many)',
  'staff-involved': 'About an adult who works here',
  'find-child': 'Name of a child',
  'find-staff': 'Name of an adult',
  voice: 'Told somebody by voice',
  told: 'Told by voice (how many)',
  'told-other': 'Told somebody else',
  'told-time': 'Time of telling',
  behalf: 'Written for somebody else',
  'behalf-name': 'Written for',
}

const groups: Readonly<Record<string, string>> = {
  'other-child': 'Child not in the list',
  witness: 'Adult who was there',
  harmer: 'Adult said to have harmed',
  'at-risk': 'Adult at risk',
  'mark.': 'Injury',
  'happened-': 'Day it happened',
  'told-': 'Day of telling',
  'behalf-': 'Written for somebody else',
  involvement: 'How a child is involved',
}

function nameOf(field: string): string {
  const group = Object.entries(groups).find(([beginning]) => field.startsWith(beginning))?.[1]
  const part = field.split(/[-.]/).at(-1) ?? ''
  return names[field] ?? (group ? `${group}${part.length > 12 ? '' : `: ${part}`}` : field)
}

const counted = new Set(['child', 'prompt', 'staff', 'told'])

function shown(form: FormValues, name: string): string {
  return counted.has(name) ? String(form.all(name).length) : form.all(name).join('\n')
}

// What a form holds that nobody has touched.
const untouched = new Set(['', 'subject', 'unidentified', 'witness'])

function typed(form: FormValues, name: string): string {
  const text = form.all(name).join('\u0000')
  return untouched.has(text) || name === 'told-written-on' || name === 'ended-written-on' ? '' : text
}

/** The fields in which two versions of a form differ. */
export function differencesOf(one: FormValues, other: FormValues): readonly string[] {
  const all = [...new Set([...one.names(), ...other.names()])].filter(name => !name.startsWith('_'))
  return all.filter(name => typed(one, name) !== typed(other, name))
}

/** Above the form: what the other tab saved, so that neither is lost. The form below holds what this tab sent. */
export function ChangedElsewhere({ draft, form }: { readonly draft: OpenDraft; readonly form: FormValues }): VNode {
  const differing = differencesOf(draft.form, form)
  return (
    <>
      <NotificationBanner role="alert">
        <p class="govuk-notification-banner__heading">
          This form was changed in another tab at {toLocal(draft.savedAt).time}. Nothing is lost: both are shown here.
        </p>
        <p class="govuk-body">
          The form below holds what you sent now. To keep it, press “Save” or “Check” once more. To keep what the other tab saved,{' '}
          <a class="govuk-notification-banner__link" href={`/concerns/drafts/${draft.id}`}>
            open that one
          </a>
          . To keep both, copy what is missing below from the table first.
        </p>
      </NotificationBanner>
      {differing.length > 0 && (
        <Table
          caption="Where the two differ"
          captionSize="m"
          head={['Question', 'Saved in the other tab', 'Sent now from this tab']}
          rows={differing.map(name => [
            nameOf(name),
            <Words text={shown(draft.form, name)} />,
            <Words text={shown(form, name)} />,
          ])}
        />
      )}
    </>
  )
}

/** The concern has been sent from another tab: what was written since can still be added to it. */
export function alreadyRecordedPage(request: Request<Action, Actor>, concernId: ConcernId, form: FormValues): string {
  const written = accountBoxes.filter(box => form.text(box.name).trim() !== '')
  return pageFor(
    request,
    { title: 'This concern has been sent already' },
    <>
      <h1 class="govuk-heading-l">This concern has been sent already</h1>
      <p class="govuk-body">
        It was sent from another tab. What is sent never changes. If something below is new, add it to the concern: copy it from
        here.
      </p>
      {written.map(box => (
        <>
          <h2 class="govuk-heading-s">{box.says}</h2>
          <div class="govuk-body">
            <Words text={form.text(box.name)} />
          </div>
        </>
      ))}
      <Button href={`/concerns/${concernId}/recorded`}>See who has it and add to it</Button>
    </>,
  )
}

/** Asks once more before words are thrown away for good. */
export function discardPage(request: Request<'draft.own', Actor>, draft: OpenDraft): string {
  const path = `/concerns/drafts/${draft.id}`
  return pageFor(
    request,
    { title: 'Throw this draft away?', back: { href: path } },
    <>
      <h1 class="govuk-heading-l">Throw this draft away?</h1>
      <p class="govuk-body">
        It was saved last at {toLocal(draft.savedAt).time}. Nobody has been told of it. Once thrown away it cannot be brought
        back.
      </p>
      <p class="govuk-body">If you are still worried about the child, send it, even if you are not sure.</p>
      <Form action={`${path}/discard`} formToken={request.formToken} commandKey={request.newCommandKey()}>
        <ButtonGroup>
          <Button look="warning">Throw it away</Button>
          <a class="govuk-link" href={path}>
            Keep it
          </a>
        </ButtonGroup>
      </Form>
    </>,
  )
}
