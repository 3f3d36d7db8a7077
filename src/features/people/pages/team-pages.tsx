import type { VNode } from 'preact'
import { momentInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import {
  Button,
  ErrorSummaryFor,
  type FieldErrors,
  Form,
  findError,
  Input,
  InsetText,
  Radios,
  SummaryList,
  Tag,
  WarningText,
} from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import {
  type AdultRecord,
  type Appointment,
  endReasons,
  type TeamChange,
  type TeamChangeState,
  type WhoIsLeft,
} from '../model.ts'
import { roleName } from '../role-names.ts'
import { isWaiting } from '../rules-of-team.ts'
import { changeInWords, endReasonNames, kindNames, stateNames } from '../team-words.ts'

const tagNames: Readonly<Record<TeamChangeState, string>> = {
  open: 'Waiting',
  agreed: 'Agreed',
  declined: 'Declined',
  withdrawn: 'Taken back',
  lapsed: 'Lapsed',
  'to-review': 'To look at',
  upheld: 'Right',
  'given-back': 'Given back',
}

function State({ change, now }: { readonly change: TeamChange; readonly now: Instant }): VNode {
  const state = change.state === 'open' && !isWaiting(change, now) ? 'lapsed' : change.state
  const colour = isWaiting(change, now) ? 'yellow' : state === 'agreed' || state === 'upheld' ? 'green' : 'grey'
  return <Tag colour={colour}>{tagNames[state]}</Tag>
}

function Line({ change, profile, now }: { change: TeamChange; profile: Profile; now: Instant }): VNode {
  return (
    <li key={change.id} class="hf-today__row">
      <div class="hf-today__what">
        <a class="govuk-link" href={`/team-changes/${change.id}`}>
          {changeInWords(profile, change)}
        </a>{' '}
        <State change={change} now={now} />
      </div>
      <div class="hf-meta">
        {change.kind === 'end-now' ? 'Ended' : 'Proposed'} by {change.proposedByName} {nearMomentInWords(change.proposedAt, now)}.
        {change.decidedByName && change.state !== 'withdrawn' && ` Answered by ${change.decidedByName}.`}
      </div>
    </li>
  )
}

/** Every change of the safeguarding team, those that wait for this person's answer first. */
export function TeamChangesPage(props: { changes: readonly TeamChange[]; profile: Profile; now: Instant }): VNode {
  const { changes, profile, now } = props
  const mine = changes.filter(change => change.isForMe)
  const others = changes.filter(change => !change.isForMe && isWaiting(change, now))
  const past = changes.filter(change => !isWaiting(change, now))
  const list = (some: readonly TeamChange[]) => (
    <ul class="hf-today">
      {some.map(change => (
        <Line change={change} profile={profile} now={now} />
      ))}
    </ul>
  )
  return (
    <>
      <h1 class="govuk-heading-l">Changes of the safeguarding team</h1>
      <p class="govuk-body">
        Who opens files, stands in for those who do or leads the school changes with two people: one proposes it under People, and
        a second agrees, who is neither the first nor the person concerned. A role that must end at once ends at once, and a
        second person looks at it afterwards.
      </p>
      <h2 class="govuk-heading-m">For you to answer: {mine.length}</h2>
      {mine.length > 0 ? list(mine) : <p class="govuk-body">Nothing waits for your answer.</p>}
      {others.length > 0 && <h2 class="govuk-heading-m">Waiting for somebody else: {others.length}</h2>}
      {others.length > 0 && list(others)}
      {past.length > 0 && <h2 class="govuk-heading-m">Answered</h2>}
      {past.length > 0 && list(past)}
    </>
  )
}

export interface TeamChangePageProps {
  readonly change: TeamChange
  readonly profile: Profile
  readonly now: Instant
  readonly isOwn: boolean
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly formToken: string
  newCommandKey(): string
}

function Answer({ change, form, errors, formToken, newCommandKey }: TeamChangePageProps): VNode {
  const isReview = change.state === 'to-review'
  const at = `/team-changes/${change.id}`
  return (
    <>
      <p class="govuk-body">
        {isReview
          ? 'The role has ended already. Ask whoever ended it, and look whether it was right. If it was not, the role is given back as it was.'
          : `Ask ${change.proposedByName} by voice if you did not expect this: a mail or a message may come from somebody else.`}
      </p>
      <Form action={`${at}/agree`} formToken={formToken} commandKey={newCommandKey()}>
        <Button preventDoubleClick>{isReview ? 'It was right' : 'Agree: it holds from its day'}</Button>
      </Form>
      <Form action={`${at}/decline`} formToken={formToken} commandKey={newCommandKey()}>
        <Input
          name="because"
          label={isReview ? 'Why is it given back?' : 'Why not?'}
          hint="Whoever proposed it reads this. Write nothing here of a concern about anybody."
          value={form.text('because')}
          error={findError(errors, 'because')}
          autocomplete="off"
        />
        <Button look="secondary" preventDoubleClick>
          {isReview ? 'Give the role back' : 'Decline and keep the reason'}
        </Button>
      </Form>
    </>
  )
}

/** One change: what, who, and the second person's answer. */
export function TeamChangePage(props: TeamChangePageProps): VNode {
  const { change, profile, now, isOwn, errors } = props
  const waits = isWaiting(change, now)
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">A change of the safeguarding team</span>
        {changeInWords(profile, change)}
      </h1>
      <p class="govuk-body">
        <State change={change} now={now} />
      </p>
      <SummaryList
        rows={[
          { key: 'What', value: kindNames[change.kind] },
          change.why && { key: 'Why', value: endReasonNames[change.why] },
          {
            key: change.kind === 'end-now' ? 'Ended by' : 'Proposed by',
            value: `${change.proposedByName}, ${momentInWords(change.proposedAt)}`,
          },
          change.decidedAt &&
            change.decidedByName && {
              key: stateNames[change.state],
              value: `${change.decidedByName}, ${momentInWords(change.decidedAt)}`,
            },
          change.decidedBecause && { key: 'Reason', value: change.decidedBecause },
          change.nobodyElse && { key: 'Second person', value: 'None: nobody else was there to agree' },
          waits && change.lapsesAt && { key: 'Lapses', value: `${momentInWords(change.lapsesAt)}, if nobody answers` },
        ]}
      />
      {waits && change.isForMe && <Answer {...props} />}
      {waits && isOwn && change.state === 'open' && (
        <Form action={`/team-changes/${change.id}/withdraw`} formToken={props.formToken} commandKey={props.newCommandKey()}>
          <InsetText>You proposed it: a second person answers.</InsetText>
          <Button look="secondary" preventDoubleClick>
            Take it back
          </Button>
        </Form>
      )}
      {waits && isOwn && change.state === 'to-review' && <InsetText>You ended it: a second person looks at it.</InsetText>}
      {waits && !change.isForMe && !isOwn && <InsetText>Somebody else answers.</InsetText>}
    </>
  )
}

export interface EndRolePageProps {
  readonly adult: AdultRecord
  readonly appointment: Appointment
  readonly profile: Profile
  readonly left: WhoIsLeft
  /** The role opens files: who else does is said before it ends. */
  readonly opensFiles: boolean
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly formToken: string
  readonly commandKey: string
}

/** Ending a role of the team at once: why, who is left, and who looks at it. */
export function EndRolePage({ adult, appointment, profile, left, ...props }: EndRolePageProps): VNode {
  const role = roleName(profile, appointment.role)
  return (
    <>
      <ErrorSummaryFor errors={props.errors} />
      <span class="govuk-caption-l">{adult.name}</span>
      <h1 class="govuk-heading-l">End the role of {role} now</h1>
      <p class="govuk-body">
        Their rights from this role end as you press the button.{' '}
        {left.agreeing.length > 0
          ? `${left.agreeing.join(', ')} ${left.agreeing.length === 1 ? 'is' : 'are'} told, and can give the role back.`
          : 'Nobody else is there who could look at it: name a second approver.'}{' '}
        Where it can wait, change the last day instead: then a second person agrees first.
      </p>
      {props.opensFiles &&
        (left.readers.length > 0 ? (
          <p class="govuk-body">Files stay open to: {left.readers.join(', ')}.</p>
        ) : (
          <WarningText>
            Nobody would be left who opens files. What is reported goes to those who stand in for the safeguarding team, and
            nobody leads meanwhile. Propose a successor at once.
          </WarningText>
        ))}
      <Form
        action={`/people/${adult.id}/appointments/${appointment.id}/end`}
        formToken={props.formToken}
        commandKey={props.commandKey}
      >
        <Radios
          name="why"
          legend="Why at once?"
          legendSize="m"
          hint="Nothing of a concern about anybody is kept here."
          value={props.form.text('why')}
          items={endReasons.map(value => ({ value, label: endReasonNames[value] }))}
          error={findError(props.errors, 'why')}
        />
        <Button look="warning" preventDoubleClick>
          End it now
        </Button>
      </Form>
    </>
  )
}
