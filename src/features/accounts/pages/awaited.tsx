import type { VNode } from 'preact'
import { nearEndInWords, nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import { Badge, TaskList } from '../../../web/components/index.ts'
import type { AwaitedAccount, AwaitedReason, MetBy, OpenAccount, OwnTask } from '../model.ts'
import { isAfterDeparture } from '../rules.ts'

/** Did whoever wrote the concern not see or hear it themselves? */
export function isSecondHand(accounts: readonly AwaitedAccount[]): boolean {
  return accounts.some(account => account.why !== 'stub')
}

const reasons: Readonly<Record<AwaitedReason, string>> = {
  'second-hand': 'saw or heard it; somebody else wrote it down',
  told: 'told it by voice; somebody else wrote it down',
  stub: 'began it and has not finished it',
}

const metInWords: Readonly<Record<MetBy, string>> = {
  'first-hand': 'Wrote their own account',
  scan: 'Their paper was attached',
  finished: 'Finished',
}

function dueInWords(dueAt: Instant | null, now: Instant): string {
  if (dueAt === null) return 'as soon as possible'
  return `${dueAt < now ? 'overdue since' : 'due'} ${nearEndInWords(dueAt, now)}`
}

function Standing({ account, now }: { readonly account: AwaitedAccount; readonly now: Instant }): VNode {
  const { metAt, metBy } = account
  if (metAt && metBy)
    return (
      <>
        {metInWords[metBy]} <time dateTime={metAt}>{nearMomentInWords(metAt, now)}</time>
        {isAfterDeparture(account) && (
          <>
            , <strong>after departure: the child had left</strong>
          </>
        )}
        .
      </>
    )
  if (account.outside && account.why !== 'stub')
    return <>Outside this concern and not asked. Decide with the lead how to hear what they saw.</>
  return (
    <>
      <strong>Awaiting their written account</strong>, {dueInWords(account.dueAt, now)}.{' '}
      {account.why === 'stub'
        ? ''
        : account.isAsked
          ? `Asked ${nearMomentInWords(account.askedAt, now)}. `
          : 'They have no account here: their signed paper is attached by whoever wrote this down. '}
      {account.warnedAt && `Chased ${nearMomentInWords(account.warnedAt, now)}. `}
      {account.source !== '' && <span class="hf-meta">Why: {account.source}.</span>}
    </>
  )
}

/** Whose own account the concern lacks, and those that came. */
export function AwaitedAccounts({
  accounts,
  now,
}: {
  readonly accounts: readonly AwaitedAccount[]
  readonly now: Instant
}): VNode | null {
  if (accounts.length === 0) return null
  return (
    <ul class="govuk-list govuk-!-margin-bottom-0">
      {accounts.map(account => (
        <li>
          {account.name} ({reasons[account.why]}): <Standing account={account} now={now} />
        </li>
      ))}
    </ul>
  )
}

/** The team's list of accounts that are not written. */
export function OpenAccounts({ rows, now }: { readonly rows: readonly OpenAccount[]; readonly now: Instant }): VNode | null {
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="accounts">
      <h2 class="govuk-heading-m" id="accounts">
        Waiting for a written account ({rows.length})
      </h2>
      <p class="govuk-hint">Whoever saw or heard it has not written it themselves yet.</p>
      <ul class="hf-today">
        {rows.map(row => (
          <li class="hf-today__row">
            <div class="hf-today__what">
              <a class="govuk-link" href={`/concerns/${row.concernId}`}>
                {row.children.join(' and ') || 'A child not named yet'}
                <span class="govuk-visually-hidden"> concern {row.reference}</span>
              </a>{' '}
              {row.dueAt !== null && row.dueAt < now && <Badge kind="overdue" />}
            </div>
            <div>
              {row.name} {reasons[row.why]}
            </div>
            <div class="hf-meta">
              {row.outside && row.why !== 'stub'
                ? 'Outside the concern and not asked. '
                : `Asked ${nearMomentInWords(row.askedAt, now)}, ${dueInWords(row.dueAt, now)}. `}
              {row.reference}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What somebody is asked to write themselves, on their own page. It says nothing of what it is about. */
export function OwnTasks({ tasks, now }: { readonly tasks: readonly OwnTask[]; readonly now: Instant }): VNode | null {
  if (tasks.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">To write yourself</h2>
      <TaskList
        idPrefix="own-account"
        items={tasks.map(task => ({
          title: 'Write what you saw or heard yourself',
          href: `/concerns/${task.concernId}/first-hand`,
          hint: `${task.askedBy ?? 'A colleague'} wrote down what you told them, ${nearMomentInWords(task.askedAt, now)}.`,
          status: (
            <Badge kind={task.dueAt !== null && task.dueAt < now ? 'overdue' : 'due-today'}>{dueInWords(task.dueAt, now)}</Badge>
          ),
        }))}
      />
    </>
  )
}
