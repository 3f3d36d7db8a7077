/** What in the printed contacts looks wrong by itself: numbers that cannot be, and numbers of somebody else. Pure. */
import type { Contact, Profile } from './profile.ts'

export interface ContactDoubt {
  readonly kind: 'own-number' | 'shared-number' | 'digits'
  readonly says: string
}

type Book = Pick<Profile, 'contacts' | 'team'>

/** The numbers in what is printed, as digits: one field may print two, or say what to press. */
function numbersIn(phone: string): readonly string[] {
  return phone
    .split(/\bor\b|,|;|\//)
    .filter(part => !/option/i.test(part))
    .map(part =>
      part
        .replaceAll('(0)', '')
        .replace(/^\s*\+44/, '0')
        .replace(/\D/g, ''),
    )
    .filter(digits => digits !== '')
}

const shortestToCompare = 7

/** Short codes, the eight digits of a children's line, and the ten or eleven of every other number in the country. */
function hasPossibleLength(digits: string): boolean {
  if (!digits.startsWith('0')) return digits.length === 3 || digits.length === 6
  return digits.length === 10 || digits.length === 11 || /^0800\d{4}$/.test(digits)
}

const agencyOf = ({ key }: Contact) => (key.includes('.') ? key.slice(0, key.indexOf('.')) : key)

/** The contacts by which people of the school itself are reached. */
export function ownContacts({ contacts, team }: Book): readonly Contact[] {
  return [...new Set(team.flatMap(({ contact }) => contact ?? []))].flatMap(key => contacts[key] ?? [])
}

interface Numbered {
  readonly contact: Contact
  readonly numbers: readonly string[]
  readonly agency: string
  readonly isOwn: boolean
}

/** The contacts by each number that is long enough to be compared. */
function byNumber(all: readonly Numbered[]): ReadonlyMap<string, readonly Numbered[]> {
  const found = new Map<string, Numbered[]>()
  for (const one of all)
    for (const number of one.numbers) {
      if (number.length < shortestToCompare) continue
      const sharing = found.get(number)
      if (sharing) sharing.push(one)
      else found.set(number, [one])
    }
  return found
}

function doubtsOf(one: Numbered, index: ReadonlyMap<string, readonly Numbered[]>): readonly ContactDoubt[] {
  const sharing = new Set(one.isOwn ? [] : one.numbers.flatMap(number => index.get(number) ?? []))
  const others = [...sharing].filter(other => !other.isOwn && other.agency !== one.agency)
  const wrong = one.numbers.filter(number => !hasPossibleLength(number))
  return [
    ...([...sharing].some(other => other.isOwn)
      ? [{ kind: 'own-number', says: 'This is the number of the school itself.' } as const]
      : others.map(
          ({ contact }) => ({ kind: 'shared-number', says: `The same number is printed for ${contact.who}.` }) as const,
        )),
    ...wrong.map(number => ({ kind: 'digits', says: `A number with ${number.length} digits cannot be right.` }) as const),
  ]
}

/** Every contact about which something looks wrong, by its key. */
export function contactDoubts(book: Book): ReadonlyMap<string, readonly ContactDoubt[]> {
  const own = new Set(ownContacts(book).map(({ key }) => key))
  const all = Object.values(book.contacts).map(
    (contact): Numbered => ({
      contact,
      numbers: contact.phone === undefined ? [] : numbersIn(contact.phone),
      agency: agencyOf(contact),
      isOwn: own.has(contact.key),
    }),
  )
  const index = byNumber(all)
  return new Map(
    all.flatMap(one => {
      const doubts = doubtsOf(one, index)
      return doubts.length > 0 ? [[one.contact.key, doubts] as const] : []
    }),
  )
}

/** The contact book with what looks wrong marked: none of it is offered before somebody has confirmed it. */
export function withSuspects(book: Book): Profile['contacts'] {
  const doubts = contactDoubts(book)
  return Object.fromEntries(
    Object.entries(book.contacts).map(([key, contact]) => [
      key,
      doubts.has(key) ? { ...contact, suspect: true as const } : contact,
    ]),
  )
}

/** The profile with those contacts offered again whose number, as it still stands, somebody of the school has confirmed. */
export function withConfirmed(profile: Profile, confirmed: ReadonlyMap<string, string>): Profile {
  const isConfirmed = ({ key, phone }: Contact) => phone !== undefined && confirmed.get(key) === phone
  const contacts = Object.entries(profile.contacts).map(([key, contact]): [string, Contact] => {
    if (!contact.suspect || !isConfirmed(contact)) return [key, contact]
    const { suspect: _suspect, ...sure } = contact
    return [key, sure]
  })
  return { ...profile, contacts: Object.fromEntries(contacts) }
}

/** What stands beside a number that looks wrong, or that nobody of the school has confirmed, wherever it is shown: the same words everywhere. */
export function doubtOf(contact: Pick<Contact, 'standing' | 'suspect'> | undefined): string | undefined {
  const isSure = contact === undefined || (contact.standing !== 'unverified' && !contact.suspect)
  return isSure ? undefined : 'Not confirmed: the school has still to check this contact.'
}

/** A contact to which somebody may be sent; undefined where it is not known or looks wrong. */
export function findOffered({ contacts }: Pick<Profile, 'contacts'>, key: string): Contact | undefined {
  const contact = Object.hasOwn(contacts, key) ? contacts[key] : undefined
  return contact?.suspect ? undefined : contact
}

/** What looks wrong in the contacts of a school, a line each, for whoever checks its policy. */
export function suspectsInWords(book: Book): readonly string[] {
  return [...contactDoubts(book)].map(
    ([key, doubts]) => `${key} (${book.contacts[key]?.phone ?? ''}): ${doubts.map(({ says }) => says).join(' ')}`,
  )
}
