import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, Details } from '../../../web/components/index.ts'
import { DifferTag } from '../../concerns/index.ts'
import type { FileHeader, OpenAction, OpenClock, OpenConcern, OpenReferral } from '../model.ts'
import { agencyName, counted, involvementNames, referralStateName, stateName } from '../words.ts'
import { Due, Moment } from './parts.tsx'

const shownAtOnce = 5

function ConcernLink({ id, reference }: { readonly id: string; readonly reference: string }): VNode {
  return (
    <a class="govuk-link" href={`/concerns/${id}`}>
      Concern {reference}
    </a>
  )
}

/** The clock of a concern that is due first, and how many more run. */
function NextClock({ clocks, now }: { readonly clocks: readonly OpenClock[]; readonly now: Instant }): VNode | null {
  const [first, ...more] = clocks
  if (!first) return null
  return (
    <>
      <br />
      {first.says} <Due due={first.dueAt} now={now} />. <span class="hf-meta">{first.source}.</span>
      {more.length > 0 && <> {counted(more.length, 'more clock')} running.</>}
    </>
  )
}

interface ConcernProps {
  readonly concern: OpenConcern
  readonly clocks: readonly OpenClock[]
  readonly now: Instant
}

function Concern({ concern, clocks, now }: ConcernProps): VNode {
  return (
    <li>
      <a class="govuk-link" href={`/concerns/${concern.id}`}>
        {concern.heading ?? 'Concern'}
      </a>{' '}
      {concern.urgent && <Badge kind="urgent" />} {concern.state === 'unreached' && <Badge kind="unreached" />}
      {concern.state === 'new' && <Badge kind="new" />} {concern.explanationsDiffer && <DifferTag />}
      <br />
      {concern.reference}, recorded <Moment at={concern.recordedAt} />.{' '}
      {concern.state !== 'new' && `${stateName(concern.state)}. `}
      {concern.ownerName ? (
        <>
          With {concern.ownerName}
          {concern.state === 'new' && ', not seen yet'}.
        </>
      ) : (
        'Nobody has it.'
      )}{' '}
      {concern.involvement !== 'subject' && `${involvementNames[concern.involvement]}. `}
      {concern.nextLookAt && clocks.length === 0 && (
        <>
          {concern.nextLookAt < now ? 'Was to be looked at by' : 'To be looked at by'} <Moment at={concern.nextLookAt} />.
        </>
      )}
      <NextClock clocks={clocks} now={now} />
    </li>
  )
}

function Action({ action, now }: { readonly action: OpenAction; readonly now: Instant }): VNode {
  return (
    <li>
      {action.says ?? 'An action in a concern that another child shares'} <Due due={action.dueOn} now={now} />, with{' '}
      {action.ownerName}.{' '}
      {action.concernId && action.reference && <ConcernLink id={action.concernId} reference={action.reference} />}
    </li>
  )
}

function Referral({ referral }: { readonly referral: OpenReferral }): VNode {
  return (
    <li>
      <a class="govuk-link" href={`/referrals/${referral.id}`}>
        {agencyName(referral.agency)}, {referral.destination}
      </a>
      : {referralStateName(referral.state).toLowerCase()}, opened <Moment at={referral.openedAt} />
    </li>
  )
}

interface GroupProps {
  readonly title: string
  readonly items: readonly VNode[]
}

/** The first few in sight, the rest folded away. */
function Group({ title, items }: GroupProps): VNode | null {
  if (items.length === 0) return null
  const folded = items.slice(shownAtOnce)
  return (
    <>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">{title}</h3>
      <ul class="govuk-list govuk-list--spaced">{items.slice(0, shownAtOnce)}</ul>
      {folded.length > 0 && (
        <Details summary={`${folded.length} more`}>
          <ul class="govuk-list govuk-list--spaced">{folded}</ul>
        </Details>
      )}
    </>
  )
}

/** What is open about the child, by when, and with whom. */
export function OpenWork({ header, now }: { readonly header: FileHeader; readonly now: Instant }): VNode {
  const { concerns, clocks, actions, referrals } = header
  const isQuiet = concerns.length + actions.length + referrals.length === 0
  const clocksOf = (concern: OpenConcern) => clocks.filter(clock => clock.concernId === concern.id)
  return (
    <section aria-labelledby="open-work">
      <h2 class="govuk-heading-m" id="open-work">
        What is open
      </h2>
      {isQuiet && (
        <p class="govuk-body">Nothing is open. Concerns, deadlines, actions and referrals stand here until they are closed.</p>
      )}
      <Group
        title={counted(concerns.length, 'open concern')}
        items={concerns.map(concern => <Concern concern={concern} clocks={clocksOf(concern)} now={now} />)}
      />
      <Group title={counted(actions.length, 'action')} items={actions.map(action => <Action action={action} now={now} />)} />
      <Group
        title={counted(referrals.length, 'open referral')}
        items={referrals.map(referral => <Referral referral={referral} />)}
      />
    </section>
  )
}
