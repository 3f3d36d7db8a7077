import type { Permit } from '../../access/index.ts'
import { localDate, startOfDay } from '../../kernel/london-time.ts'
import { addDays } from '../../kernel/plain-date.ts'
import type { Work } from '../../work/work.ts'
import { type CoverFacts, earlier, findCoverFacts } from '../cover/index.ts'
import type { ClosedPeriod, MailboxFacts, MailboxReply, RuleInForce } from './model.ts'
import { closedPeriod, daysWithoutReader, type ReadingDay, readingDays, replyText, ruleInForce } from './rules.ts'
import { getMailboxFacts } from './store.ts'

/** The closed period that runs or comes next: who reads, what the mailbox answers, what is missing. */
export interface Closed {
  readonly period: ClosedPeriod
  readonly days: readonly ReadingDay[]
  readonly missing: readonly ReadingDay['date'][]
  readonly text: string
  /** Who said that the answer stands in the mailbox. */
  readonly reply: MailboxReply | undefined
}

export interface Mailbox {
  readonly facts: MailboxFacts
  readonly inForce: RuleInForce
  readonly cover: CoverFacts
  readonly closed: Closed | undefined
}

/** All that is kept of the mailbox, with the closed period that runs or comes next. */
export async function getMailbox(work: Work, permit: Permit<'mailbox.keep'> | Permit<'cover.watch'>): Promise<Mailbox> {
  const facts = await getMailboxFacts(work, permit)
  const inForce = ruleInForce(work.profile.mailbox, facts.choice)
  const today = localDate(work.now)
  const period = closedPeriod(work.profile.calendar, today)
  const cover = await findCoverFacts(work, {
    // A period that runs is shown from its first day.
    startsAt: startOfDay(period ? earlier(period.from, today) : today),
    endsAt: startOfDay(addDays(period?.to ?? today, 1)),
  })
  if (!period) return { facts, inForce, cover, closed: undefined }
  const days = readingDays(period, cover, facts.readers)
  return {
    facts,
    inForce,
    cover,
    closed: {
      period,
      days,
      missing: daysWithoutReader(days, inForce).filter(date => date >= today),
      text: replyText(work.profile, period, days),
      reply: facts.replies.find(reply => reply.closedFrom === period.from),
    },
  }
}
