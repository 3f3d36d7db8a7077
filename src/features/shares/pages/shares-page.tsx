import type { VNode } from 'preact'
import { dayInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import {
  Badge,
  Button,
  ButtonGroup,
  DateInput,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  NotificationBanner,
  Select,
  SummaryList,
  Textarea,
  Words,
} from '../../../web/components/index.ts'
import { dateTyped } from '../../../web/http/form-reader.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import type { Colleague, Share, SharedChild, ShareReading } from '../model.ts'
import { holdsAt, lastDayOf } from '../rules.ts'

/** One colleague each; whoever needs more shares it once more. */
export const readerFields = ['with-1', 'with-2', 'with-3'] as const

interface FormPageProps {
  readonly action: string
  readonly formToken: string
  readonly commandKey: string
  readonly form: FormValues
  readonly errors: FieldErrors
}

interface SharesPageProps extends FormPageProps {
  readonly child: SharedChild
  readonly shares: readonly Share[]
  readonly colleagues: readonly Colleague[]
  readonly now: Instant
  readonly done: string | null
}

function readingInWords({ name, openedAt, readAt }: ShareReading, now: Instant): VNode {
  return (
    <li>
      {name}:{' '}
      {readAt
        ? `said that they have read it, ${nearMomentInWords(readAt, now)}`
        : openedAt
          ? `opened it ${nearMomentInWords(openedAt, now)}, and has not said that they have read it`
          : 'has not opened it yet'}
    </li>
  )
}

function OneShare({ share, now }: { readonly share: Share; readonly now: Instant }): VNode {
  const isHeld = holdsAt(share, now)
  const until = share.endedAt
    ? `Ended ${nearMomentInWords(share.endedAt, now)}: ${share.endedBecause}`
    : `${isHeld ? 'Until the end of' : 'Over since the end of'} ${dayInWords(lastDayOf(share))}`
  return (
    <li class="govuk-!-margin-bottom-6">
      <Words>{share.says}</Words>
      <SummaryList
        rows={[
          {
            key: 'Shared with',
            value: <ul class="govuk-list">{share.readers.map(reading => readingInWords(reading, now))}</ul>,
          },
          { key: 'Why they need it', value: share.because },
          { key: 'Until', value: until },
          { key: 'Shared by', value: `${share.madeBy}, ${nearMomentInWords(share.madeAt, now)}` },
        ]}
      />
      {isHeld && (
        <p class="govuk-body hf-no-print">
          <a class="govuk-link" href={`/shares/${share.id}/end`}>
            End it now
          </a>
        </p>
      )}
    </li>
  )
}

function ColleagueSelect({ at, ...props }: SharesPageProps & { readonly at: number }): VNode {
  const name = readerFields[at] ?? 'with-1'
  return (
    <Select
      name={name}
      label={at === 0 ? 'With whom?' : 'And with (optional)'}
      labelSize={at === 0 ? 's' : undefined}
      value={props.form.text(name)}
      error={findError(props.errors, name)}
      items={[
        { value: '', text: 'Select a colleague' },
        ...props.colleagues.map(one => ({
          value: one.adultId,
          text: one.jobTitle ? `${one.name}, ${one.jobTitle}` : one.name,
        })),
      ]}
    />
  )
}

function Actions({ save, cancelHref }: { readonly save: string; readonly cancelHref: string }): VNode {
  return (
    <ButtonGroup>
      <Button preventDoubleClick>{save}</Button>
      <a class="govuk-link" href={cancelHref}>
        Go back without saving
      </a>
    </ButtonGroup>
  )
}

function NewShareForm(props: SharesPageProps): VNode {
  const { form, errors, child } = props
  return (
    <Form action={props.action} formToken={props.formToken} commandKey={props.commandKey}>
      <Textarea
        name="says"
        label="What they need to know"
        labelSize="s"
        hint="They see these words and the child’s name, and nothing else of the file. Write what they are to do, not what was told."
        rows={4}
        value={form.text('says')}
        error={findError(errors, 'says')}
      />
      {readerFields.map((_, at) => (
        <ColleagueSelect {...props} at={at} />
      ))}
      <Input
        name="because"
        label="Why do they need it?"
        labelSize="s"
        hint="Kept with it. They do not see it."
        value={form.text('because')}
        error={findError(errors, 'because')}
      />
      <DateInput
        id="until"
        namePrefix="until"
        legend="Until when?"
        legendSize="s"
        hint="The last day on which they can read it"
        values={dateTyped(form, 'until')}
        error={findError(errors, 'until-day')}
      />
      <Actions save="Share it" cancelHref={`/children/${child.childId}`} />
    </Form>
  )
}

/** What is shared about a child with colleagues who open no file, and sharing more. */
export function SharesPage(props: SharesPageProps): VNode {
  const { shares, now, child, errors, done } = props
  const held = shares.filter(share => holdsAt(share, now))
  const over = shares.filter(share => !holdsAt(share, now))
  return (
    <>
      {done === 'shared' && (
        <NotificationBanner
          type="success"
          text="It is shared. They are told that there is something to read, and nothing of it."
        />
      )}
      {done === 'ended' && <NotificationBanner type="success" text="It is ended. Nobody reads it any more." />}
      <ErrorSummaryFor errors={errors} />
      <span class="govuk-caption-l">{child.name}</span>
      <h1 class="govuk-heading-l">Shared with colleagues</h1>
      <p class="govuk-body">
        {held.length === 0 ? 'Nothing about this child is shared with colleagues at the moment.' : 'Shared at the moment:'}
      </p>
      {held.length > 0 && (
        <ul class="govuk-list">
          {held.map(share => (
            <OneShare share={share} now={now} />
          ))}
        </ul>
      )}
      <h2 class="govuk-heading-m">Share something</h2>
      <NewShareForm {...props} />
      {over.length > 0 && (
        <>
          <h2 class="govuk-heading-m">
            Over <Badge kind="plain">{`${over.length}`}</Badge>
          </h2>
          <ul class="govuk-list">
            {over.map(share => (
              <OneShare share={share} now={now} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** Why it is no longer needed. */
export function EndSharePage(props: FormPageProps & { readonly cancelHref: string; readonly notice: string | undefined }): VNode {
  const { form, errors, notice } = props
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      {notice && <NotificationBanner text={notice} title="Not saved yet" role="alert" />}
      <h1 class="govuk-heading-l">End it now</h1>
      <p class="govuk-body">From this moment nobody with whom it was shared can read it.</p>
      <Form action={props.action} formToken={props.formToken} commandKey={props.commandKey}>
        <Input
          name="because"
          label="Why do they no longer need it?"
          labelSize="s"
          value={form.text('because')}
          error={findError(errors, 'because')}
        />
        <Actions save="End it" cancelHref={props.cancelHref} />
      </Form>
    </>
  )
}
