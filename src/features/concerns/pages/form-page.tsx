import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { toLocal } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  NotificationBanner,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import type { FormContext } from '../form-reading.ts'
import { formScripts } from '../form-scripts.ts'
import { AccountSection, InjurySection, PromptsSection } from './form-account.tsx'
import { AskedSection } from './form-asked.tsx'
import { ChildrenSection } from './form-children.tsx'
import { BehalfSection, PeopleSection, ToldSection, WhenSection } from './form-circumstances.tsx'
import { Reminders, remindersAt } from './form-parts.tsx'
import { RingFirst } from './ringing.tsx'

export interface FormPageProps {
  readonly context: FormContext
  readonly errors: FieldErrors
  readonly tab: string
  readonly version: number
  /** When the draft was saved last; absent before anything is. */
  readonly savedAt?: Instant | undefined
  /** Says so at the top, after a press on Save. */
  readonly justSaved?: boolean
  readonly notice?: VNode | undefined
}

/** A press on Enter in a line of text must do nothing that the writer did not ask for: this first button only shows the form again. */
export function EnterKey(): VNode {
  return (
    <button type="submit" name="_do" value="stay" class="govuk-visually-hidden" tabindex={-1}>
      Show the form again
    </button>
  )
}

/** Everything that is asked, in its order; the same for colleagues and visitors. */
export function Questions({ context, errors }: { readonly context: FormContext; readonly errors: FieldErrors }): VNode {
  const section = { context, errors }
  return (
    <>
      <ChildrenSection {...section} />
      <PromptsSection {...section} />
      <AccountSection {...section} />
      <AskedSection {...section} />
      <InjurySection {...section} />
      <WhenSection {...section} />
      <PeopleSection {...section} />
      <ToldSection {...section} />
    </>
  )
}

function ConcernForm({
  request,
  page,
}: {
  readonly request: Request<'concern.record' | 'draft.own', Actor>
  readonly page: FormPageProps
}): VNode {
  const { context, errors } = page
  const path = `/concerns/drafts/${context.draftId}`
  return (
    // No command key: the same page may be sent again with other words in it, after the browser's back button. The version keeps
    // two tabs apart, and the concern takes the draft's id.
    <Form
      action={path}
      formToken={request.formToken}
      id="concern-form"
      attributes={{ 'data-hf-draft': context.draftId, 'data-hf-save': `${path}/save`, autocomplete: 'off' }}
    >
      <EnterKey />
      <input type="hidden" name="_tab" value={page.tab} />
      <input type="hidden" name="_version" value={page.version} />
      <Questions context={context} errors={errors} />
      <BehalfSection context={context} errors={errors} />
      <ButtonGroup>
        <Button name="_do" value="check">
          Check what you have written
        </Button>
        <Button name="_do" value="save" look="secondary">
          Save and finish later
        </Button>
        {page.savedAt && (
          <a class="govuk-link" href={`${path}/discard`}>
            Throw this draft away
          </a>
        )}
      </ButtonGroup>
      <p class="govuk-body hf-meta" data-hf-saved="concern-form" role="status">
        {page.savedAt ? `Saved at ${toLocal(page.savedAt).time}.` : ''}
      </p>
    </Form>
  )
}

/** The page on which a worried adult records a concern. */
export function formPage(request: Request<'concern.record' | 'draft.own', Actor>, page: FormPageProps): string {
  const { context, errors } = page
  const title = 'I am worried about a child'
  return pageFor(
    request,
    { title, errors, scripts: formScripts, quickExit: true },
    <>
      <ErrorSummaryFor errors={errors} />
      {page.notice}
      {page.justSaved && (
        <NotificationBanner
          type="success"
          text="Saved, and not sent yet. Only you can see it. You find it on your home page, on any device, until you send it."
        />
      )}
      <h1 class="govuk-heading-l">{title}</h1>
      <RingFirst profile={context.profile} now={context.now} onDuty={context.onDuty} helpHref={context.helpHref} />
      <p class="govuk-body">
        <a class="govuk-link" href="/concerns/urgent">
          No time now? Leave two lines and finish later
        </a>
      </p>
      <Reminders reminders={remindersAt(context.profile, 'before')} />
      <ConcernForm request={request} page={page} />
    </>,
  )
}
