/** When the mailbox is due to be looked at, who is told that it was not, and what it answers while the school is closed. Pure. */
import { dayInWords, localDate, startOfDay, toInstant } from '../../kernel/london-time.ts'
import { addDays, type Instant, type PlainDate, weekday } from '../../kernel/plain-date.ts'
import { addSchoolDays, isSchoolDay } from '../../kernel/school-days.ts'
import { dueAt } from '../../policy/clock-time.ts'
import type { MailboxRules, Profile, SchoolCalendar } from '../../policy/profile.ts'
import type { CoverFacts } from '../cover/model.ts'
import { contains, later, meet } from '../cover/rules.ts'
import type { ClosedPeriod, MailboxChoice, MailboxFacts, MailboxReader, RuleInForce } from './model.ts'

export { sourceText } from '../concerns/rules.ts'

/** The rule that holds: the only one, or the one that the school chose. */
export function ruleInForce({ rules }: Pick<MailboxRules, 'rules'>, choice: Pick<MailboxChoice, 'rule'> | null): RuleInForce {
  const [only, ...others] = rules
  if (only && others.length === 0) return { state: 'stated', rule: only }
  const chosen = rules.find(rule => rule.id === choice?.rule)
  return chosen ? { state: 'chosen', rule: chosen } : { state: 'open', rules }
}

/** Whether a look is due on the day. While the question is open nobody is held to more than the narrower rule. */
export function isDueOn(inForce: RuleInForce, calendar: SchoolCalendar, date: PlainDate): boolean {
  return (inForce.state !== 'open' && inForce.rule.watched === 'every-day') || isSchoolDay(date, calendar)
}

/** Whether so many readers may be left. */
export function mayLeave(readersLeft: number, { readersMin }: Pick<MailboxRules, 'readersMin'>): boolean {
  return readersLeft >= readersMin.value
}

/** The second reader, passing over whoever is out; the first where there is nobody else. */
export function secondReader(readers: readonly MailboxReader[]): MailboxReader | undefined {
  const there = readers.filter(reader => reader.isOfTeam && !reader.isOut)
  return there.find(reader => reader.id !== readers[0]?.id) ?? there[0]
}

/** Which thresholds have passed today without a look. */
export function overdueNow(
  profile: Pick<Profile, 'mailbox' | 'calendar'>,
  facts: MailboxFacts,
  now: Instant,
): readonly ('second-reader' | 'head')[] {
  const today = localDate(now)
  const { mailbox, calendar } = profile
  if (!isDueOn(ruleInForce(mailbox, facts.choice), calendar, today) || facts.checks.some(check => check.onDay === today))
    return []
  const second = toInstant(today, mailbox.checkedBy.value) <= now ? (['second-reader'] as const) : []
  const head = toInstant(today, mailbox.headToldAt.value) <= now ? (['head'] as const) : []
  return [...second, ...head]
}

/** The closed period that a day lies in, or the next one that takes a weekday; weekends alone are none. */
export function closedPeriod(calendar: SchoolCalendar, date: PlainDate): ClosedPeriod | undefined {
  let last = isSchoolDay(date, calendar) ? date : lastSchoolDayBefore(calendar, date)
  for (let tries = 0; tries < 200; tries += 1) {
    const reopens = addSchoolDays(last, 1, calendar)
    const period = { from: addDays(last, 1), to: addDays(reopens, -1), reopens }
    if (daysOf(period).some(isWeekday) && period.to >= date) return period
    last = reopens
  }
  return undefined
}

function lastSchoolDayBefore(calendar: SchoolCalendar, date: PlainDate): PlainDate {
  let day = addDays(date, -1)
  // The longest holidays take seven weeks; a calendar without any school day before ends here.
  for (let tries = 0; tries < 100 && !isSchoolDay(day, calendar); tries += 1) day = addDays(day, -1)
  return day
}

function isWeekday(date: PlainDate): boolean {
  return weekday(date) <= 5
}

/** Every day of a period. */
export function daysOf({ from, to }: Pick<ClosedPeriod, 'from' | 'to'>): PlainDate[] {
  const days: PlainDate[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

export interface ReadingDay {
  readonly date: PlainDate
  readonly readers: readonly string[]
}

/** Who reads on each day of a closed period: readers on a holiday duty that day, who are not out. */
export function readingDays(
  period: ClosedPeriod,
  facts: CoverFacts,
  readers: readonly Pick<MailboxReader, 'adultId'>[],
): ReadingDay[] {
  const duties = facts.duties.filter(duty => duty.kind === 'holiday' && readers.some(reader => reader.adultId === duty.adultId))
  return daysOf(period).map(date => {
    const day = { startsAt: startOfDay(date), endsAt: startOfDay(addDays(date, 1)) }
    const on = duties.filter(
      duty =>
        meet(duty, day) &&
        !facts.absences.some(
          absence => absence.adultId === duty.adultId && contains(absence, later(duty.startsAt, day.startsAt)),
        ),
    )
    return { date, readers: [...new Set(on.map(duty => duty.name))] }
  })
}

/** Days of a closed period on which somebody must read and nobody is named: its weekdays, or all where the mailbox is watched every day. */
export function daysWithoutReader(days: readonly ReadingDay[], inForce: RuleInForce): PlainDate[] {
  const everyDay = inForce.state !== 'open' && inForce.rule.watched === 'every-day'
  return days.filter(({ date, readers }) => readers.length === 0 && (everyDay || isWeekday(date))).map(({ date }) => date)
}

/** How often the mailbox is read while the school is closed, as the rota has it. */
export function frequencyInWords(days: readonly ReadingDay[]): string {
  const read = days.filter(({ readers }) => readers.length > 0)
  if (read.length === 0) return 'Until then nobody reads this mailbox.'
  if (read.length === days.length) return 'Until then this mailbox is read once every day.'
  if (days.every(({ date, readers }) => readers.length > 0 === isWeekday(date)))
    return 'Until then this mailbox is read once every weekday, not at weekends.'
  return `Until then this mailbox is read on these days only: ${read.map(({ date }) => dayInWords(date)).join(', ')}.`
}

/** The automatic answer of the mailbox for a closed period: when the school opens again, how often it is read, whom to ring. */
export function replyText(profile: Profile, period: ClosedPeriod, days: readonly ReadingDay[]): string {
  const ring = profile.emergency.flatMap(({ contact: key, when }) => {
    const contact = profile.contacts[key]
    return contact?.phone && key !== profile.mailbox.contact ? [`${when}: ${contact.who}, ${contact.phone}.`] : []
  })
  return [
    `Thank you for writing to the safeguarding team of ${profile.school.name}.`,
    `The school is closed and opens again on ${dayInWords(period.reopens)}. ${frequencyInWords(days)}`,
    ...ring,
  ].join('\n\n')
}

/** Whether a period is near enough for what is missing to be told. */
export function isNear(profile: Pick<Profile, 'mailbox' | 'calendar'>, period: ClosedPeriod, now: Instant): boolean {
  const due = dueAt(profile.mailbox.closedTold.value, now, profile.calendar)
  return due !== null && period.from <= addDays(localDate(due), 1)
}

/** Whether today's look is past its time and nobody has said it was done: then it stands above everything else on Today. */
export function isLookOverdue(profile: Pick<Profile, 'mailbox' | 'calendar'>, facts: MailboxFacts, now: Instant): boolean {
  const isKept = facts.readers.length > 0 || profile.mailbox.contact !== undefined
  return isKept && overdueNow(profile, facts, now).length > 0
}
