import type { VNode } from 'preact'
import { dateInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
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
  SummaryList,
  Tag,
  WarningText,
} from '../../../web/components/index.ts'
import { changeTitle } from '../changeables.ts'
import type { Effects, Proposal, ProposalState } from '../model.ts'
import { isReplaced } from '../rules.ts'
import { EffectsOf } from './effects.tsx'

const stateNames: Readonly<Record<ProposalState, string>> = {
  open: 'Waits for a second person',
  approved: 'Approved',
  rejected: 'Rejected',
  withdrawn: 'Taken back',
}

function State({ state, isReplaced }: { readonly state: ProposalState; readonly isReplaced?: boolean }): VNode {
  if (isReplaced) return <Tag colour="grey">Approved, and replaced by a later one</Tag>
  return <Tag colour={state === 'open' ? 'yellow' : state === 'approved' ? 'green' : 'grey'}>{stateNames[state]}</Tag>
}

/** Every change that was proposed, those that wait first. */
export function ChangesPage({
  profile,
  proposals,
  mayPropose,
  now,
}: {
  readonly profile: Profile
  readonly proposals: readonly Proposal[]
  readonly mayPropose: boolean
  readonly now: Instant
}): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Changes to our policy</h1>
      <p class="govuk-body">
        The DSL or the head proposes. The head approves; what the head proposed, the DSL, the chair of governors or the trust’s
        safeguarding lead. Nobody approves what they proposed.
      </p>
      {mayPropose && (
        <p class="govuk-body">
          <a class="govuk-link" href="/policy/changes/new">
            Propose a change
          </a>
        </p>
      )}
      {proposals.length === 0 && (
        <p class="govuk-body">Nothing has been proposed. What is proposed, approved and rejected appears here and stays.</p>
      )}
      <ul class="hf-today">
        {proposals.map(proposal => (
          <li key={proposal.id} class="hf-today__row">
            <div class="hf-today__what">
              <a class="govuk-link" href={`/policy/changes/${proposal.id}`}>
                {changeTitle(profile, proposal.path)}
              </a>{' '}
              <State state={proposal.state} isReplaced={isReplaced(proposal, proposals)} />
            </div>
            <div>
              {proposal.was} → {proposal.says}
            </div>
            <div class="hf-meta">
              From {dateInWords(proposal.fromOn)}. Proposed by {proposal.proposedByName}{' '}
              {nearMomentInWords(proposal.proposedAt, now)}.
              {proposal.decidedByName && ` ${stateNames[proposal.state]} by ${proposal.decidedByName}.`}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}

export interface ChangePageProps {
  readonly profile: Profile
  readonly proposal: Proposal
  /** Absent where it is decided, or does not fit the policy any more. */
  readonly effects: Effects | undefined
  readonly unfit: readonly string[]
  readonly mayDecide: boolean
  readonly isOwn: boolean
  readonly errors: FieldErrors
  readonly now: Instant
  readonly formToken: string
  newCommandKey(): string
}

function Decide({ proposal, effects, errors, formToken, newCommandKey }: ChangePageProps): VNode {
  const at = `/policy/changes/${proposal.id}`
  return (
    <>
      {effects && (
        <Form action={`${at}/approve`} formToken={formToken} commandKey={newCommandKey()}>
          <Button preventDoubleClick>Approve: it holds from its day</Button>
        </Form>
      )}
      <Form action={`${at}/reject`} formToken={formToken} commandKey={newCommandKey()}>
        <Input name="because" label="Why not?" value="" error={findError(errors, 'because')} autocomplete="off" />
        <Button look="secondary" preventDoubleClick>
          Reject and keep the reason
        </Button>
      </Form>
    </>
  )
}

/** One proposal, what it would alter as things stand now, and the decision of a second person. */
export function ChangePage(props: ChangePageProps): VNode {
  const { profile, proposal, effects, unfit, mayDecide, isOwn, errors, now } = props
  const decided =
    proposal.decidedAt &&
    `${proposal.decidedByName ?? ''}, ${nearMomentInWords(proposal.decidedAt, now)}${proposal.decidedBecause ? `: ${proposal.decidedBecause}` : ''}`
  return (
    <>
      <ErrorSummaryFor errors={errors} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">A change to our policy</span>
        {changeTitle(profile, proposal.path)}
      </h1>
      <p class="govuk-body">
        <State state={proposal.state} />
      </p>
      <SummaryList
        rows={[
          { key: 'When proposed', value: proposal.was },
          { key: 'Then', value: proposal.says },
          { key: 'From', value: dateInWords(proposal.fromOn) },
          { key: 'Why', value: proposal.because },
          { key: 'Decided', value: proposal.section },
          { key: 'Proposed by', value: `${proposal.proposedByName}, ${nearMomentInWords(proposal.proposedAt, now)}` },
          ...(decided ? [{ key: stateNames[proposal.state], value: decided }] : []),
        ]}
      />
      {unfit.length > 0 && <WarningText>It does not fit our policy any more: {unfit.join(' ')}</WarningText>}
      {effects && <EffectsOf effects={effects} now={now} />}
      {proposal.state === 'open' && !mayDecide && !isOwn && <InsetText>Somebody else decides on it.</InsetText>}
      {proposal.state === 'open' && mayDecide && <Decide {...props} />}
      {proposal.state === 'open' && isOwn && (
        <Form action={`/policy/changes/${proposal.id}/withdraw`} formToken={props.formToken} commandKey={props.newCommandKey()}>
          <InsetText>You proposed it: a second person approves it.</InsetText>
          <Button look="secondary" preventDoubleClick>
            Take it back
          </Button>
        </Form>
      )}
    </>
  )
}
