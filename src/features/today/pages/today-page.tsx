import type { ComponentChildren, VNode } from 'preact'
import { dateInWords, dayInWords, localDate, nearMomentInWords, timeInWords, toLocal } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import type { RoleId } from '../../../policy/roles.ts'
import { Badge, type BadgeKind, WarningText } from '../../../web/components/index.ts'
import { OpenAccounts } from '../../accounts/index.ts'
import { DifferTag, headingOf } from '../../concerns/index.ts'
import { outUntil } from '../../cover/index.ts'
import type { AwaitingSibling } from '../../household/index.ts'
import { clockTitles, dayDueInWords, dueInWords, spanInWords } from '../../triage/index.ts'
import type { Away, MeanwhileFacts, TodayAction, TodayChild, TodayConcern, TodayList, TodayOutline } from '../model.ts'
import { type TodayFacts, todayLists } from '../model.ts'
import { nextLookOn, type TodayPage as Sorted, shownOf } from '../rules.ts'
import { MeanwhileLists } from './meanwhile.tsx'
import { SiblingsToConfirm } from './siblings-to-confirm.tsx'

const titles: Readonly<Record<TodayList, { readonly title: string; readonly short: string; readonly says: string }>> = {
  unreached: { title: 'Unreached', short: 'unreached', says: 'Nobody eligible could be told. Act now.' },
  new: {
    title: 'New',
    short: 'new',
    says: 'Open each one and say that you have it: whoever reported it is told.',
  },
  overdue: { title: 'Overdue', short: 'overdue', says: 'A time has passed.' },
  'due-today': { title: 'Due today', short: 'due today', says: '' },
  'to-decide': { title: 'Waiting for a decision', short: 'to decide', says: 'Seen, and not decided yet.' },
  unfinished: {
    title: 'Not finished by the reporter',
    short: 'not finished',
    says: 'Saved in a hurry; the rest is still to be written.',
  },
  waiting: { title: 'Waiting for others', short: 'waiting for others', says: 'Referrals without an answer yet.' },
  coming: { title: 'Coming up', short: 'coming up', says: 'Open, with nothing due today.' },
}

const badges: Readonly<Record<TodayList, BadgeKind>> = {
  unreached: 'unreached',
  new: 'new',
  overdue: 'overdue',
  'due-today': 'due-today',
  'to-decide': 'plain',
  unfinished: 'plain',
  waiting: 'waiting',
  coming: 'plain',
}

function childInWords(child: TodayChild, everybody: readonly TodayChild[]): string {
  const isNamesake = everybody.some(
    other => other !== child && other.name === child.name && (other.className !== child.className || other.born !== child.born),
  )
  const details = [child.className, isNamesake && child.born && `born ${dateInWords(child.born)}`].filter(Boolean)
  return [child.name, ...details].join(', ')
}

interface Row {
  readonly outline: TodayOutline
  readonly concern: TodayConcern
  readonly now: Instant
}

function Seen({ outline, concern, now }: Row): VNode | null {
  if (outline.state === 'new' && !concern.seenBySomebody)
    return <strong>Nobody has opened it for {spanInWords(outline.recordedAt, now)}. </strong>
  if (outline.state === 'new') return <strong>Opened, not acknowledged. </strong>
  if (concern.unseenBy.length > 0) return <>Not opened yet by {concern.unseenBy.join(', ')}. </>
  return null
}

function Due({ concern: { id, clock, overdueClocks }, now }: Row): VNode | null {
  if (!clock) return null
  const isLate = clock.dueAt !== null && clock.dueAt < now
  const says = `${clockTitles[clock.name]}: ${dueInWords(clock.dueAt, now)}`
  return (
    <>
      {isLate ? <strong>{says}</strong> : says}
      {clock.standing === 'setting' && ' (a setting: no text gives this time)'}.{' '}
      <a class="govuk-link" href={`/policy/rules/${clock.rule}?on=${clock.basisOn}`}>
        Why?<span class="govuk-visually-hidden"> {clockTitles[clock.name]}</span>
      </a>{' '}
      {overdueClocks > 1 && (
        <>
          <a class="govuk-link" href={`/concerns/${id}#clocks`}>
            <strong>{overdueClocks - 1} more overdue</strong>
          </a>{' '}
        </>
      )}
    </>
  )
}

/** What the policy has done at once or by a time: it stays on the row until it is written down. */
function Steps({ concern, now }: Row): VNode {
  return (
    <>
      {concern.steps.map(step => (
        <span key={step.id}>
          {step.dueAt < now ? (
            <strong>
              Overdue: {step.does}, not recorded for {spanInWords(step.openedAt, now)}.
            </strong>
          ) : (
            `${step.does}: ${dueInWords(step.dueAt, now)}.`
          )}{' '}
          {!step.inPerson && (
            <a class="govuk-link" href={`/concerns/${concern.id}/steps/${step.id}`}>
              Write it down<span class="govuk-visually-hidden">: {step.does}</span>
            </a>
          )}{' '}
        </span>
      ))}
    </>
  )
}

function Look({ outline, concern, now }: Row): VNode | null {
  const on = nextLookOn(outline, now)
  if (outline.owesReferral && concern.waitingFor.length === 0)
    return (
      <>
        <strong>A referral was decided and none is recorded.</strong>{' '}
        <a class="govuk-link" href={`/concerns/${outline.id}/referrals/new`}>
          Make it now
        </a>
        .{' '}
      </>
    )
  if (on === undefined) return null
  const says = `Next look: ${dayDueInWords(on, now)}`
  return <>{on <= localDate(now) ? <strong>{says}</strong> : says}. </>
}

interface RowProps extends Row {
  readonly list: TodayList
  readonly everybody: readonly TodayChild[]
  readonly profile: Profile
}

function ConcernRow({ outline, concern, list, everybody, profile, now }: RowProps): VNode {
  const who = concern.children.map(child => childInWords(child, everybody)).join(' and ') || 'A child not named yet'
  return (
    <li class="hf-today__row">
      <div class="hf-today__what">
        <a class="govuk-link" href={`/concerns/${concern.id}`}>
          {who}
        </a>{' '}
        {outline.urgent && <Badge kind="urgent" />} {outline.explanationsDiffer && <DifferTag />}{' '}
        <Badge kind={badges[list]}>{badges[list] === 'plain' ? titles[list].short : undefined}</Badge>
        {concern.notSeenYet && (
          <>
            {' '}
            <Badge kind="urgent">Child not yet seen</Badge>
          </>
        )}
        {concern.childUnanswered && (
          <>
            {' '}
            <Badge kind="urgent">Nobody has spoken with the child who told us</Badge>
          </>
        )}
        <span class="govuk-visually-hidden"> concern {concern.reference}</span>
      </div>
      <div>{headingOf(profile, { ...concern, urgent: outline.urgent })}</div>
      <div class="hf-meta">
        <Seen outline={outline} concern={concern} now={now} />
        <Due outline={outline} concern={concern} now={now} />
        <Steps outline={outline} concern={concern} now={now} />
        <Look outline={outline} concern={concern} now={now} />
        {concern.parentFirst && <strong>Parent contacted before DSL advice. </strong>}
        {concern.waitingFor.map(wait => (
          <span key={wait.referralId}>
            {wait.state === 'decided' ? <strong>Not made yet: </strong> : 'Waiting for '}
            <a class="govuk-link" href={`/referrals/${wait.referralId}`}>
              {wait.destination}
            </a>{' '}
            since {nearMomentInWords(wait.openedAt, now)}.{' '}
          </span>
        ))}
        Recorded {nearMomentInWords(outline.recordedAt, now)}.{' '}
        {concern.ownerName ? `With ${concern.ownerName}.` : 'With nobody yet.'} {concern.reference}
      </div>
    </li>
  )
}

function ActionRow({ action, now }: { readonly action: TodayAction; readonly now: Instant }): VNode {
  return (
    <li class="hf-today__row">
      <div class="hf-today__what">
        <a class="govuk-link" href={`/actions/${action.id}`}>
          {action.says}
        </a>
      </div>
      <div class="hf-meta">
        {action.ownerGone && <strong>{action.ownerName} cannot do it: give it to somebody else. </strong>}
        Action for {action.ownerName}, {dayDueInWords(action.dueOn, now)}. {action.reference}
      </div>
    </li>
  )
}

function AwaySection({
  away,
  profile,
  now,
}: {
  readonly away: readonly Away[]
  readonly profile: Profile
  readonly now: Instant
}): VNode | null {
  if (away.length === 0) return null
  const title = (role: string) => profile.team.find(member => member.role === (role as RoleId))?.title
  return (
    <section aria-labelledby="away">
      <h2 class="govuk-heading-m" id="away">
        Colleagues who are out
      </h2>
      <ul class="govuk-list">
        {away.map(person => (
          <li key={person.adultId}>
            {[person.name, ...person.roles.flatMap(role => title(role) ?? [])].join(', ')}: out{' '}
            {outUntil({ endsAt: person.until }, now)}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What waits outside the lists of concerns: decisions under an older threshold, drafts from the register, contacts to check. */
function Besides({ secondLooks, glassToReview, casesToReview, absenceDrafts, contactsDue, lookingToAsk }: TodayPageProps): VNode {
  return (
    <>
      {glassToReview > 0 && (
        <p class="govuk-body govuk-!-font-weight-bold">
          <a class="govuk-link" href="/break-glass">
            {glassToReview === 1 ? 'A file was opened' : `${glassToReview} files were opened`} by breaking the glass
          </a>
          : nobody has reviewed {glassToReview === 1 ? 'it' : 'them'} yet.
        </p>
      )}
      {casesToReview > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href="/break-glass">
            {casesToReview === 1 ? 'A case was opened' : `${casesToReview} cases were opened`} for the trust
          </a>
          : nobody has reviewed {casesToReview === 1 ? 'it' : 'them'} yet.
        </p>
      )}
      {secondLooks > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href="/second-looks">
            {secondLooks} {secondLooks === 1 ? 'decision' : 'decisions'} to look at again
          </a>
          : a newer edition of the threshold document holds.
        </p>
      )}
      {absenceDrafts.length > 0 && <AbsenceDrafts drafts={absenceDrafts} />}
      {contactsDue > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href="/help/checks">
            Contacts of the policy to check: {contactsDue}
          </a>
        </p>
      )}
      {lookingToAsk > 0 && (
        <p class="govuk-body">
          <a class="govuk-link" href="/looking">
            Looking to ask about: {lookingToAsk}
          </a>
        </p>
      )}
    </>
  )
}

function AbsenceDrafts({ drafts }: { readonly drafts: TodayFacts['absenceDrafts'] }): VNode {
  return (
    <section aria-labelledby="absence-drafts">
      <h2 class="govuk-heading-m" id="absence-drafts">
        Drafts from the register ({drafts.length})
      </h2>
      <ul class="govuk-list govuk-list--bullet">
        {drafts.map(draft => (
          <li key={draft.childId}>
            <a class="govuk-link" href={`/children/${draft.childId}`}>
              <bdi>{draft.name}</bdi>
            </a>
            : {draft.says}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One list as the page shows it. */
interface Filled {
  readonly list: TodayList
  readonly concerns: readonly TodayOutline[]
  readonly actions: readonly TodayAction[]
  /** Concerns and actions together. */
  readonly count: number
}

function filledLists({ concerns, actions }: Sorted): readonly Filled[] {
  return todayLists
    .map(list => {
      const due = list === 'overdue' || list === 'due-today' || list === 'coming' ? actions[list] : []
      return { list, concerns: concerns[list], actions: due, count: concerns[list].length + due.length }
    })
    .filter(({ count }) => count > 0)
}

/** How much waits in each list, and the way to it. */
function Counts({ filled }: { readonly filled: readonly Filled[] }): VNode {
  if (filled.length === 0)
    return <p class="govuk-body">Nothing is open. New concerns appear here the moment they are recorded.</p>
  return (
    <nav aria-label="Lists on this page">
      <ul class="hf-today__counts">
        {filled.map(({ list, count }) => (
          <li key={list}>
            <a class="govuk-link" href={`#${list}`}>
              <span class="hf-today__count">{count}</span> {titles[list].short}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

interface ListProps {
  readonly filled: Filled
  readonly shown: readonly TodayOutline[]
  readonly rowOf: ReadonlyMap<string, TodayConcern>
  readonly everybody: readonly TodayChild[]
  readonly profile: Profile
  readonly now: Instant
}

/** One list: its concerns, then its actions, then the way to what is not shown. */
function List({ filled: { list, concerns, actions, count }, shown, rowOf, everybody, profile, now }: ListProps): VNode {
  return (
    <section aria-labelledby={list}>
      <h2 class="govuk-heading-m" id={list}>
        {titles[list].title} ({count})
      </h2>
      {titles[list].says && <p class="govuk-hint">{titles[list].says}</p>}
      <ul class="hf-today">
        {shown.map(outline => {
          const concern = rowOf.get(outline.id)
          return concern && <ConcernRow key={outline.id} {...{ outline, concern, list, everybody, profile, now }} />
        })}
        {actions.map(action => (
          <ActionRow key={action.id} action={action} now={now} />
        ))}
      </ul>
      {shown.length < concerns.length && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/today?all=${list}#${list}`}>
            Show all {concerns.length} concerns of this list
          </a>
        </p>
      )}
    </section>
  )
}

export interface TodayPageProps {
  readonly sorted: Sorted
  readonly rows: readonly TodayConcern[]
  readonly away: readonly Away[]
  readonly siblings: readonly AwaitingSibling[]
  readonly secondLooks: number
  readonly glassToReview: number
  readonly casesToReview: number
  readonly contactsDue: number
  readonly absenceDrafts: TodayFacts['absenceDrafts']
  readonly missedNights: ComponentChildren
  readonly lookingToAsk: number
  readonly meanwhile: MeanwhileFacts
  readonly profile: Profile
  /** The safeguarding mailbox, above the lists once its look is overdue. */
  readonly mailbox: ComponentChildren
  readonly mailboxFirst: boolean
  readonly now: Instant
  /** The list that is shown whole. */
  readonly all?: string | undefined
}

/** The lead's page: what to do, in the order in which to do it. */
export function TodayPage(props: TodayPageProps): VNode {
  const { sorted, rows, away, siblings, meanwhile, profile, mailbox, mailboxFirst, missedNights, now, all } = props
  const rowOf = new Map(rows.map(row => [row.id, row]))
  const everybody = rows.flatMap(concern => concern.children)
  const filled = filledLists(sorted)
  return (
    <>
      <h1 class="govuk-heading-l">Today</h1>
      <p class="govuk-body">
        {dayInWords(localDate(now))}, {timeInWords(toLocal(now).time)}.
      </p>
      {missedNights}
      {sorted.concerns.unreached.length > 0 && <WarningText>A concern has reached nobody who may be given it.</WarningText>}
      {mailboxFirst && mailbox}
      <SiblingsToConfirm siblings={siblings} now={now} />
      <Besides {...props} />
      <Counts filled={filled} />
      <p class="govuk-body">
        <a class="govuk-link" href="/clocks">
          Everything running
        </a>
        : each clock of the school, overdue first.
      </p>
      <MeanwhileLists facts={meanwhile} now={now} />
      {filled.map(one => (
        <List key={one.list} filled={one} shown={shownOf(sorted, one.list, all)} {...{ rowOf, everybody, profile, now }} />
      ))}
      <OpenAccounts rows={meanwhile.accounts} now={now} />
      {!mailboxFirst && mailbox}
      <AwaySection away={away} profile={profile} now={now} />
    </>
  )
}
