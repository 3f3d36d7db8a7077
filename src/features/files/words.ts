/** What a file calls its parts. */
import { dateInWords } from '../../kernel/london-time.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import type { Profile } from '../../policy/profile.ts'
import { referralStateNames } from '../referrals/index.ts'
import { agencyNames, stateNames } from '../triage/index.ts'
import { isFiltered } from './filters.ts'
import type { EntryKind, FileFilters, Involvement, NoteToRead } from './model.ts'
import type { PartOfDay } from './rules.ts'

export const kindNames: Readonly<Record<EntryKind, { readonly one: string; readonly several: string }>> = {
  concern: { one: 'Concern', several: 'Concerns' },
  addendum: { one: 'Addition', several: 'Additions' },
  triage: { one: 'Triage', several: 'Triage' },
  decision: { one: 'Decision', several: 'Decisions' },
  referral: { one: 'Referral', several: 'Referrals' },
  parents: { one: 'Parents', several: 'Parents' },
  contact: { one: 'Contact', several: 'Contacts' },
  note: { one: 'Note', several: 'Notes' },
  action: { one: 'Action', several: 'Actions' },
  closure: { one: 'Closing', several: 'Closings' },
  reopening: { one: 'Opened again', several: 'Opened again' },
  status: { one: 'Status', several: 'Statuses' },
  moved: { one: 'Moved', several: 'Moved' },
  linked: { one: 'Linked', several: 'Linked' },
  transfer: { one: 'File on its way', several: 'Files on their way' },
  plan: { one: 'Plan', several: 'Plans' },
  event: { one: 'Event', several: 'Events' },
}

/** This child's own part in a concern, and nobody else's. */
export const involvementNames: Readonly<Record<Involvement, string>> = {
  subject: 'It is about this child',
  source: 'Source: this child told us about another child',
  alleged: 'This child is said to have harmed',
  witness: 'This child saw or heard it',
  sibling: 'It is about a brother or sister',
  other: 'This child is involved in another way',
}

export const noteKindNames: Readonly<Record<NoteToRead['kind'], string>> = {
  note: 'Note',
  'phone-call': 'Phone call',
  mail: 'Mail',
  letter: 'Letter',
  meeting: 'Meeting',
  visit: 'Visit',
}

const passageNames: Readonly<Record<string, string>> = {
  'child-words': 'The child’s own words',
  seen: 'What was seen or heard',
  opinion: 'What the writer thinks',
  done: 'What was done',
  addendum: 'Added',
  answer: 'Asked while recording',
  explanation: 'How the injury happened',
  challenge: 'Why whoever reported it is still worried',
  'challenge-answered': 'The answer to whoever was still worried',
  urgent: 'About the urgent questions',
  rationale: 'Reasons',
  'not-referring': 'Why there is no referral',
  advice: 'Advice from',
  'not-referred': 'Not referred, and why',
  correction: 'Correction',
  with: 'With',
  parents: 'Parents',
  'family-contact': 'Talk with a parent',
  'emergency-call': 'Emergency call',
  'advice-taken': 'Advice taken',
  referral: 'What was said',
  action: 'To do',
  outcome: 'Outcome',
  summary: 'Summary',
  note: 'Note',
}

export function passageName(label: string): string {
  return passageNames[label] ?? label
}

const onBehalf: Readonly<Record<string, string>> = {
  'no-account': 'typed for somebody without an account',
  spoken: 'told by voice by a colleague',
  'colleague-mail': 'from a colleague’s mail',
  'paper-form': 'from a paper form',
  'agency-call': 'a telephone call from an agency',
  'agency-mail': 'a mail from an agency',
  'agency-letter': 'a letter',
  parent: 'from a parent or carer',
}

export function onBehalfInWords(reason: string): string {
  return onBehalf[reason] ?? reason
}

export function partOfDayInWords(
  part: PartOfDay,
  calendar: Profile['calendar'],
  time: (at: Profile['calendar']['dayStarts']) => string,
): string {
  switch (part) {
    case 'before-school':
      return `Before school (before ${time(calendar.dayStarts)})`
    case 'morning':
      return `In school before midday`
    case 'afternoon':
      return `In school from midday`
    case 'after-school':
      return `After school (from ${time(calendar.dayEnds)})`
    case 'no-school':
      return 'On a day without school'
    case 'no-time':
      return 'No time given'
  }
}

export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}

/** A category in the words of the school's policy; one that the policy no longer has, by its id. */
export function categoryName(profile: Pick<Profile, 'concern'>, id: string): string {
  const options = [...profile.concern.triageCategories, ...profile.concern.reporterCategories, ...profile.concern.prompts]
  return options.find(option => option.id === id)?.name ?? id
}

function datesInWords(from: PlainDate | null, to: PlainDate | null): string[] {
  if (from !== null && to !== null)
    return [from === to ? `on ${dateInWords(from)}` : `from ${dateInWords(from)} to ${dateInWords(to)}`]
  if (from !== null) return [`from ${dateInWords(from)}`]
  return to !== null ? [`to ${dateInWords(to)}`] : []
}

function listInWords(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** What the list holds, such as "concerns and notes, on neglect, from 1 March 2026"; "everything" where nothing is left out. */
export function filtersInWords(
  profile: Pick<Profile, 'concern'>,
  filters: Pick<FileFilters, 'kinds' | 'category' | 'from' | 'to'>,
): string {
  if (!isFiltered(filters)) return 'everything'
  const kinds = filters.kinds.map(kind => kindNames[kind].several.toLowerCase())
  return [
    kinds.length > 0 ? listInWords(kinds) : 'all kinds',
    ...(filters.category ? [`category “${categoryName(profile, filters.category)}”`] : []),
    ...datesInWords(filters.from, filters.to),
  ].join(', ')
}

/** How much of the file is here: "12 of the 57 entries in this file: concerns, from 1 March 2026". */
export function countInWords(
  profile: Pick<Profile, 'concern'>,
  filters: Pick<FileFilters, 'kinds' | 'category' | 'from' | 'to'>,
  counts: { readonly shown: number; readonly total: number },
): string {
  const all = counted(counts.total, 'entry', 'entries')
  if (!isFiltered(filters) && counts.shown === counts.total)
    return counts.total === 1 ? `The only entry in this file` : `All ${all} in this file`
  return `${counts.shown} of the ${all} in this file: ${filtersInWords(profile, filters)}`
}

export function stateName(state: string): string {
  return (stateNames as Readonly<Record<string, string>>)[state] ?? state
}

export function agencyName(agency: string): string {
  return (agencyNames as Readonly<Record<string, string>>)[agency] ?? agency
}

export function referralStateName(state: string): string {
  return (referralStateNames as Readonly<Record<string, string>>)[state] ?? state
}
