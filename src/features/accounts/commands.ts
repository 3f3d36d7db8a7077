import type { Permit } from '../../access/index.ts'
import type { AdultId, AlertId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { Instant, LocalTime } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Work } from '../../work/work.ts'
import type { NewConcern } from '../concerns/index.ts'
import { accountsAwaited } from './rules.ts'
import { insertAwaited } from './store.ts'

/** Since when it was known, on the day of recording: what somebody told before it was typed was known then. */
function knownSince(concern: NewConcern, now: Instant): Instant {
  const first = concern.reporter.kind === 'on-behalf' ? concern.reporter.firstWrittenAt : null
  return first !== null && first < now && localDate(first) === localDate(now) ? first : now
}

/** Asks for the accounts that a concern lacks as it is recorded: nothing where its writer saw or heard it and wrote it whole. */
export function awaitAccounts(
  work: Work,
  permit: Permit<'concern.record'>,
  concern: NewConcern,
  about: {
    readonly writtenBy: AdultId | null
    readonly excluded: readonly AdultId[]
    readonly leavesAt: LocalTime | null
  },
): void {
  const accounts = accountsAwaited(
    work.profile,
    concern,
    {
      writer: about.writtenBy && { adultId: about.writtenBy, name: work.someone.kind === 'adult' ? work.someone.name : '' },
      excluded: about.excluded,
      leavesAt: about.leavesAt,
      now: work.now,
      knownSince: knownSince(concern, work.now),
    },
    newId<string>,
  )
  if (accounts.length === 0) return
  const rows = accounts.map(account => ({
    ...account,
    // Whoever began it knows; whoever is to write what another wrote down is told.
    alertId: account.adultId && account.why !== 'stub' ? newId<AlertId>() : null,
  }))
  insertAwaited(
    work,
    permit,
    { id: concern.id, excluded: about.excluded },
    rows,
    'You were named as the one who saw or heard something. Write it down yourself.',
  )
  for (const { id, adultId, why, outside, dueAt, alertId } of rows) {
    work.note({
      event: 'account.awaited',
      subjectKind: 'concern',
      subject: concern.id,
      facts: { account: id, why, adult: adultId, outside, due: dueAt },
    })
    if (alertId && adultId) work.send({ kind: 'alert-mail', adultId, concernId: concern.id })
  }
}
