import { authorise, type Permit, type Worker } from '../../access/index.ts'
import { dayInWords, endOfDay, localDate, startOfDay, timeInWords, toInstant } from '../../kernel/london-time.ts'
import { newId } from '../../platform/identifiers.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { closeGaps, findOpenGaps, insertGap } from '../cover/index.ts'
import { tell } from '../notices/index.ts'
import { findAdultsInRoles } from '../role-holders/index.ts'
import { type Closed, getMailbox, type Mailbox } from './queries.ts'
import { isNear, overdueNow, secondReader, sourceText } from './rules.ts'

type WatchWork = Work<Worker>
type WatchPermit = Permit<'cover.watch'>

// A role of everybody's language, not a school's title: the ledger's words are "then the head".
const head: readonly RoleId[] = ['headteacher']

async function tellOverdue(work: WatchWork, permit: WatchPermit, { facts }: Mailbox): Promise<number> {
  const today = localDate(work.now)
  const { checkedBy, headToldAt } = work.profile.mailbox
  const steps = {
    'second-reader': { startsAt: toInstant(today, checkedBy.value), endsAt: toInstant(today, headToldAt.value) },
    head: { startsAt: toInstant(today, headToldAt.value), endsAt: endOfDay(today) },
  }
  let told = 0
  for (const step of overdueNow(work.profile, facts, work.now)) {
    const gap = { id: newId<string>(), kind: 'mailbox' as const, onDay: today, ...steps[step] }
    if (!(await insertGap(work, permit, gap))) continue
    told += 1
    const second = secondReader(facts.readers)
    const tells = step === 'head' || !second ? await findAdultsInRoles(work, head) : [second.adultId]
    await tell(work, {
      topic: 'mailbox',
      urgent: true,
      says: `Nobody has said today that they looked at the safeguarding mailbox. It was due by ${timeInWords(checkedBy.value)}.`,
      source: sourceText(work.profile, checkedBy.source),
      link: '/mailbox',
      tells,
    })
    work.note({ event: 'mailbox.overdue', subjectKind: 'school', subject: work.school.id, facts: { step, told: tells } })
  }
  return told
}

function closedSays({ period, missing, reply }: Closed): string {
  const rota = missing.length > 0 ? [`no reader is named for ${missing.length === 1 ? 'one day' : `${missing.length} days`}`] : []
  const answer = reply ? [] : ['nobody has said that the automatic answer is set']
  return `The school is closed from ${dayInWords(period.from)} to ${dayInWords(period.to)}, and for the safeguarding mailbox ${[...rota, ...answer].join(', and ')}.`
}

async function tellClosed(work: WatchWork, permit: WatchPermit, closed: Closed | undefined): Promise<number> {
  const known = await findOpenGaps(work, permit, ['closed-period'])
  const isMissing = closed !== undefined && (closed.missing.length > 0 || !closed.reply)
  if (!isMissing || !isNear(work.profile, closed.period, work.now)) {
    await closeGaps(
      work,
      permit,
      known.map(gap => gap.id),
    )
    return 0
  }
  const { from, to } = closed.period
  const gap = {
    id: newId<string>(),
    kind: 'closed-period' as const,
    onDay: from,
    startsAt: startOfDay(from),
    endsAt: endOfDay(to),
  }
  if (!(await insertGap(work, permit, gap))) return 0
  const { gapTold } = work.profile.cover
  await tell(work, {
    topic: 'mailbox',
    urgent: false,
    says: closedSays(closed),
    source: sourceText(work.profile, work.profile.mailbox.closedTold.source),
    link: '/mailbox',
    tells: await findAdultsInRoles(work, gapTold.value),
  })
  return 1
}

/** One look after the mailbox: a look that is overdue, a closed period that nobody reads in. A school that named no reader is not nagged: its Today says so. */
export async function watchMailbox(work: WatchWork): Promise<{ overdue: number; closed: number }> {
  const permit = authorise(work.someone, 'cover.watch', { schoolId: work.school.id })
  const mailbox = await getMailbox(work, permit)
  if (mailbox.facts.readers.length === 0) return { overdue: 0, closed: 0 }
  return { overdue: await tellOverdue(work, permit, mailbox), closed: await tellClosed(work, permit, mailbox.closed) }
}
