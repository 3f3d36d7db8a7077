/** What the directory holds, who answers, and which contacts are to be checked. Pure. */
import type { Instant } from '../../kernel/plain-date.ts'
import { dueAt } from '../../policy/clock-time.ts'
import { contactDoubts, findOffered, ownContacts } from '../../policy/contact-doubts.ts'
import { closesNext, isOpenAt, opensNext } from '../../policy/contact-hours.ts'
import type { Contact, Profile, ReferralDestination } from '../../policy/profile.ts'
import type { RoleHolder } from '../role-holders/index.ts'
import type { Answering, ContactCheck, DueBecause, Line, Matter, Part, Post } from './model.ts'

/** Whether somebody answers; a line out of hours whose own hours nobody prints answers while the line of the day does not. */
export function answeringAt(contact: Contact, at: Instant, dayLine?: Contact): Answering {
  const isOpen = isOpenAt(contact, at)
  if (isOpen === undefined) {
    const isDayOpen = dayLine && isOpenAt(dayLine, at)
    if (isDayOpen === undefined || !dayLine) return { kind: 'not-known' }
    if (!isDayOpen) return { kind: 'open' }
    const until = closesNext(dayLine, at)
    return { kind: 'closed', ...(until ? { until } : {}) }
  }
  const until = isOpen ? undefined : opensNext(contact, at)
  const closes = isOpen ? closesNext(contact, at) : undefined
  const isAlways = contact.open?.some(({ days, from, to }) => days.length === 7 && from === '00:00' && to === '23:59')
  return isOpen
    ? { kind: 'open', ...(closes && !isAlways ? { until: closes.time } : {}) }
    : { kind: 'closed', ...(until ? { until } : {}) }
}

interface Book {
  readonly profile: Profile
  readonly checks: readonly ContactCheck[]
  readonly now: Instant
}

function liner({ profile, checks, now }: Book): (contact: Contact, dayLine?: Contact) => Line {
  const doubts = contactDoubts(profile)
  return (contact, dayLine) => ({
    contact,
    answering: answeringAt(contact, now, dayLine),
    doubts: doubts.get(contact.key) ?? [],
    check: checks.find(check => check.contact === contact.key),
  })
}

/** Makes the lines of a directory, remembering which contacts stand in it. */
function linesOnce(book: Book) {
  const { profile } = book
  const lineOf = liner(book)
  const shown = new Set<string>(ownContacts(profile).map(({ key }) => key))
  const line = (key: string | undefined, dayLine?: Contact): readonly Line[] => {
    const contact = key === undefined ? undefined : profile.contacts[key]
    if (!contact || shown.has(contact.key)) return []
    shown.add(contact.key)
    return [lineOf(contact, dayLine)]
  }
  return { line, lines: (keys: readonly (string | undefined)[]) => keys.flatMap(key => line(key)) }
}

const nameOf = ({ authorityName, authority }: ReferralDestination) => authorityName ?? authority

/** The authorities from which this school has children: its own, and those that its emergency box names. */
function isNear(profile: Profile, { authority, frontDoor, outOfHours }: ReferralDestination): boolean {
  const isNamed = profile.emergency.some(({ contact }) => contact === frontDoor || contact === outOfHours)
  return authority === profile.school.authority || isNamed
}

/** The contacts of these authorities for one purpose, the school's own first. */
function keysFor(profile: Profile, near: readonly ReferralDestination[], purpose: string): readonly string[] {
  return (profile.directory ?? [])
    .filter(entry => entry.purpose === purpose && near.some(({ authority }) => authority === entry.authority))
    .map(entry => entry.contact)
}

/** The contacts to which a policy's steps with the police lead, where they are nobody's in particular. */
function policeKeys(profile: Profile, near: readonly ReferralDestination[]): readonly string[] {
  const steps = profile.pathways.flatMap(pathway => pathway.steps).filter(step => step.agency === 'police')
  return [...keysFor(profile, near, 'police'), ...steps.flatMap(step => step.contacts)]
}

/** Everybody outside the school to whom its policy turns, each once. */
export function directoryOf(book: Book): readonly Part[] {
  const { profile } = book
  const { line, lines } = linesOnce(book)
  const near = profile.referrals.filter(destination => isNear(profile, destination))
  const far = profile.referrals.filter(destination => !near.includes(destination))
  const doorsOf = ({ frontDoor, outOfHours }: ReferralDestination) => [
    ...line(frontDoor),
    ...line(outOfHours, profile.contacts[frontDoor]),
  ]
  const restOf = ({ authority, localities = [] }: ReferralDestination) => [
    ...lines(localities.map(place => place.contact)),
    ...lines(Object.keys(profile.contacts).filter(key => key.startsWith(`${authority}.`))),
  ]
  const groupOf = (destination: ReferralDestination, first: readonly Line[]) => ({
    title: `A child who lives in ${nameOf(destination)}`,
    lines: [...first, ...restOf(destination)],
  })
  // Each contact stands where it is looked for first, so the order in which the parts are filled is not that of the page.
  const danger = lines([profile.emergency[0]?.contact])
  const doors = near.map(doorsOf)
  const lado = lines(keysFor(profile, near, 'lado'))
  const prevent = lines(keysFor(profile, near, 'prevent'))
  const police = lines(policeKeys(profile, near))
  const homes = near.map((destination, index) => groupOf(destination, doors[index] ?? []))
  const helplines = lines(Object.keys(profile.contacts).filter(key => !key.includes('.')))
  const elsewhere = far.map(destination => groupOf(destination, doorsOf(destination)))
  return [
    { id: 'danger', title: 'Somebody is in danger now', lines: danger, groups: [] },
    {
      id: 'social-care',
      title: 'Children’s social care and other help, by where the child lives',
      says: 'It goes to the authority where the child lives, not to the authority of the school.',
      lines: [],
      groups: homes,
    },
    { id: 'lado', title: 'An allegation about an adult who works with children', lines: lado, groups: [] },
    { id: 'police', title: 'The police, when nobody is in danger at this moment', lines: police, groups: [] },
    { id: 'prevent', title: 'Radicalisation (Prevent)', lines: prevent, groups: [] },
    { id: 'helplines', title: 'Helplines and advice anywhere in the country', lines: helplines, groups: [] },
    { id: elsewhereId, title: 'A child who lives further away', lines: [], groups: elsewhere },
  ].filter(part => part.lines.length > 0 || part.groups.some(group => group.lines.length > 0))
}

/** The part that is not printed: authorities from which this school rarely has a child. */
export const elsewhereId = 'elsewhere'

const homePrefix = 'home.'
const partOfPurpose: Readonly<Record<string, string>> = { lado: 'lado', prevent: 'prevent', police: 'police' }
const textOfPart: Readonly<Record<string, string>> = {
  lado: 'The LADO',
  prevent: 'Prevent, where the child lives',
  police: 'The local police',
  'social-care': 'Social care where the child lives',
}

function goesTo(profile: Profile, key: string): Matter['goes'] {
  if (key.startsWith(homePrefix)) {
    const part = partOfPurpose[key.slice(homePrefix.length)] ?? 'social-care'
    return [{ href: `#${part}`, text: textOfPart[part] ?? '' }]
  }
  const contact = findOffered(profile, key)
  if (!contact) return []
  return [{ href: `#${anchorOf(contact)}`, text: contact.who, ...(contact.phone ? { phone: contact.phone } : {}) }]
}

/** Where a contact stands on the page. */
export function anchorOf({ key }: Pick<Contact, 'key'>): string {
  return `contact-${key.replaceAll('.', '-')}`
}

/** Whom the policy turns to for each kind of worry that it knows, by its name. */
export function mattersOf(profile: Profile): readonly Matter[] {
  return profile.pathways
    .map(({ id, name, contacts, steps }) => {
      const goes = [...contacts, ...steps.flatMap(step => step.contacts)].flatMap(key => goesTo(profile, key))
      return { id, name, goes: goes.filter((one, index) => goes.findIndex(({ href }) => href === one.href) === index) }
    })
    .filter(({ goes }) => goes.length > 0)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en-GB'))
}

/** Every post of the policy's team, in its order, with whoever holds it now. */
export function postsOf(profile: Profile, holders: readonly RoleHolder[]): readonly Post[] {
  return profile.team.map(({ role, title, contact }) => {
    const held = holders.filter(holder => holder.role === role)
    return {
      role,
      title,
      contact: contact === undefined ? undefined : profile.contacts[contact],
      holders: held
        .filter((holder, index) => held.findIndex(one => one.adultId === holder.adultId) === index)
        .map(({ name, phone, absent }) => ({ name, phone: phone ?? undefined, absent })),
    }
  })
}

/** Nobody rings an emergency number to see whether it answers. */
export function isTried({ phone, email, web }: Contact): boolean {
  return Boolean(email ?? web) || (phone ?? '').replace(/\D/g, '').length !== 3
}

/** From when a check no longer counts; undefined where no rule says how often. */
export function staleAfter(profile: Profile, check: Pick<ContactCheck, 'at'>): Instant | undefined {
  const rule = profile.contactBook?.checkedEvery.value
  return (rule && dueAt(rule, check.at, profile.calendar)) ?? undefined
}

export interface DueContact {
  readonly line: Line
  readonly because: DueBecause
}

/** The contacts that the team is to try: those found wrong or that look wrong first, then those never tried, then the oldest. */
export function dueToCheck(book: Book): readonly DueContact[] {
  const { profile, now } = book
  if (!profile.contactBook) return []
  const lined = liner(book)
  const isTheirs = (contact: Contact) =>
    profile.referrals.every(destination => isNear(profile, destination) || !contact.key.startsWith(`${destination.authority}.`))
  const due = Object.values(profile.contacts)
    .filter(contact => isTheirs(contact) && isTried(contact))
    .map(contact => lined(contact))
    .flatMap((line): readonly DueContact[] => {
      const because = dueBecause(profile, line, now)
      return because ? [{ line, because }] : []
    })
  return order.flatMap(because => due.filter(one => one.because === because))
}

/** One contact of the policy, if it has one of this key. */
export function lineOf(book: Book, key: string): Line | undefined {
  const contact = Object.hasOwn(book.profile.contacts, key) ? book.profile.contacts[key] : undefined
  return contact && liner(book)(contact)
}

const order: readonly DueBecause[] = ['wrong', 'doubt', 'old', 'never']

function dueBecause(profile: Profile, { contact, doubts, check }: Line, now: Instant): DueBecause | undefined {
  if (check?.outcome === 'wrong') return 'wrong'
  if (!check) return doubts.length > 0 || contact.standing === 'unverified' ? 'doubt' : 'never'
  const stale = staleAfter(profile, check)
  return stale !== undefined && stale < now ? 'old' : undefined
}
