import type { VNode } from 'preact'
import { dayInWords, localDate } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import {
  Badge,
  Button,
  ButtonGroup,
  Checkboxes,
  DateInput,
  ErrorSummaryFor,
  Form,
  findError,
  NotificationBanner,
  Words as OwnWords,
  Radios,
  Select,
  SummaryList,
  TaskList,
  Textarea,
} from '../../../web/components/index.ts'
import {
  type ConcernFacts,
  childInWords,
  concernTitle,
  dateTyped,
  dayDueInWords,
  FormFrame,
  type FormFrameProps,
  FormHead,
  Moment,
  subjectsOf,
  Words,
} from '../../triage/index.ts'
import type { Action, PossibleOwner } from '../model.ts'

function OwnerSelect({
  owners,
  form,
  errors,
}: { readonly owners: readonly PossibleOwner[] } & Pick<FormFrameProps, 'form' | 'errors'>): VNode {
  return (
    <Select
      name="owner"
      label="Who does it?"
      labelSize="s"
      value={form.text('owner')}
      error={findError(errors, 'owner')}
      items={[
        { value: '', text: 'Select a colleague' },
        ...owners.map(owner => ({
          value: owner.adultId,
          text: owner.jobTitle ? `${owner.name}, ${owner.jobTitle}` : owner.name,
        })),
      ]}
    />
  )
}

export interface NewActionPageProps extends FormFrameProps {
  readonly concern: ConcernFacts
  readonly owners: readonly PossibleOwner[]
}

/** What somebody is to do by when. They see these words and nothing else. */
export function NewActionPage(props: NewActionPageProps): VNode {
  const { concern, owners, form, errors } = props
  const subjects = subjectsOf(concern)
  return (
    <>
      <FormHead
        caption={`${concernTitle(concern)}, ${concern.reference}`}
        title="Give somebody an action"
        errors={errors}
        notice={props.notice}
      />
      <FormFrame frame={props} save="Set the action" cancelHref={`/concerns/${concern.id}`}>
        <Textarea
          name="says"
          label="What is to be done"
          labelSize="s"
          hint="Whoever does it and is not of the safeguarding team sees these words and nothing else of the concern. Write only what they need."
          rows={3}
          value={form.text('says')}
          error={findError(errors, 'says')}
        />
        {subjects.length > 1 && (
          <Radios
            name="child"
            legend="For which child?"
            legendSize="s"
            value={form.text('child')}
            error={findError(errors, 'child')}
            items={subjects.map(child => ({ value: child.childId, label: childInWords(child, subjects) }))}
          />
        )}
        <OwnerSelect owners={owners} form={form} errors={errors} />
        <DateInput
          id="due"
          namePrefix="due"
          legend="By which day?"
          legendSize="s"
          values={dateTyped(form, 'due')}
          error={findError(errors, 'due-day')}
        />
        <Checkboxes
          name="asks-children"
          look="small"
          values={form.all('asks-children')}
          items={[{ value: 'yes', label: 'Doing it means asking children about what happened' }]}
        />
      </FormFrame>
    </>
  )
}

function State({ action, now }: { readonly action: Action; readonly now: Instant }): VNode {
  if (action.doneAt) return <Badge kind="done">{action.dropped ? 'Dropped' : 'Done'}</Badge>
  if (action.isPaused) return <Badge kind="plain">Paused: nobody questions the children now</Badge>
  const due = dayDueInWords(action.dueOn, now)
  if (due.startsWith('overdue')) return <Badge kind="overdue">{due}</Badge>
  return <Badge kind={action.dueOn === localDate(now) ? 'due-today' : 'plain'}>{due}</Badge>
}

export interface ActionPageProps extends Omit<FormFrameProps, 'action'> {
  readonly action: Action
  readonly now: Instant
  readonly isTeam: boolean
  readonly done?: string | undefined
}

/** An action: what, by whom, by when; finishing it with what came of it. */
export function ActionPage(props: ActionPageProps): VNode {
  const { action, now, isTeam, form, errors, notice, done } = props
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      {notice && <NotificationBanner text={notice} title="Not saved yet" role="alert" />}
      {done && <NotificationBanner type="success" text={done} />}
      <h1 class="govuk-heading-l">Action</h1>
      <Words>{action.says}</Words>
      <SummaryList
        rows={[
          { key: 'Where it stands', value: <State action={action} now={now} /> },
          {
            key: 'Who does it',
            value: (
              <>
                {action.ownerName} {action.needsOwner && !action.doneAt && <Badge kind="urgent">Needs somebody else</Badge>}
              </>
            ),
            ...(isTeam && !action.doneAt
              ? { actions: [{ href: `/actions/${action.id}/give`, text: 'Change', hiddenText: 'who does it' }] }
              : {}),
          },
          { key: 'Due', value: dayInWords(action.dueOn) },
          {
            key: 'Set',
            value: (
              <>
                by {action.setBy}, <Moment at={action.setAt} now={now} />
              </>
            ),
          },
          action.doneAt !== null && {
            key: action.dropped ? 'Dropped' : 'Done',
            value: (
              <>
                by {action.doneBy}, <Moment at={action.doneAt} now={now} />. <OwnWords as="span">{action.outcome}</OwnWords>
              </>
            ),
          },
          isTeam &&
            action.concernId !== null && {
              key: 'Concern',
              value: (
                <a class="govuk-link" href={`/concerns/${action.concernId}`}>
                  Open the concern
                </a>
              ),
            },
        ]}
      />
      {!action.doneAt && (
        <Form action={`/actions/${action.id}/finish`} formToken={props.formToken} commandKey={props.commandKey}>
          <Radios
            name="how"
            legend="Is it done?"
            legendSize="s"
            value={form.text('how')}
            error={findError(errors, 'how')}
            items={[
              { value: 'done', label: 'Yes, it is done' },
              { value: 'dropped', label: 'No, and it is not needed any more' },
            ]}
          />
          <Textarea
            name="outcome"
            label="What came of it, or why it is not needed"
            labelSize="s"
            rows={3}
            value={form.text('outcome')}
            error={findError(errors, 'outcome')}
          />
          <ButtonGroup>
            <Button preventDoubleClick>Save</Button>
            <a class="govuk-link" href="/actions">
              My actions
            </a>
          </ButtonGroup>
        </Form>
      )}
    </>
  )
}

/** Choosing somebody else for an open action. */
export function GiveActionPage(
  props: FormFrameProps & { readonly what: Action; readonly owners: readonly PossibleOwner[] },
): VNode {
  const { what, owners, form, errors } = props
  return (
    <>
      <FormHead
        caption={`Now: ${what.ownerName}`}
        title="Give this action to somebody else"
        errors={errors}
        notice={props.notice}
      />
      <Words>{what.says}</Words>
      <FormFrame frame={props} save="Give it to them" cancelHref={`/actions/${what.id}`}>
        <OwnerSelect owners={owners.filter(owner => owner.adultId !== what.ownerId)} form={form} errors={errors} />
      </FormFrame>
    </>
  )
}

/** What somebody has to do, and what they have done. */
export function OwnActionsPage({ actions, now }: { readonly actions: readonly Action[]; readonly now: Instant }): VNode {
  const open = actions.filter(action => action.doneAt === null)
  const done = actions.filter(action => action.doneAt !== null)
  const rows = (list: readonly Action[]) =>
    list.map(action => ({
      title: action.says,
      href: `/actions/${action.id}`,
      hint: `Set by ${action.setBy}`,
      status: <State action={action} now={now} />,
    }))
  return (
    <>
      <h1 class="govuk-heading-l">My actions</h1>
      {open.length === 0 ? (
        <p class="govuk-body">
          Nothing to do. What the safeguarding team gives you will appear here, with the day by which it is due.
        </p>
      ) : (
        <TaskList items={rows(open)} idPrefix="open" />
      )}
      {done.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Done</h2>
          <TaskList items={rows(done)} idPrefix="done" />
        </>
      )}
    </>
  )
}
