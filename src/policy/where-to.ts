/** To whom a request about a child goes. Pure. */
import { findOffered } from './contact-doubts.ts'
import type { Agency, Contact, Locality, Profile, ReferralChannel } from './profile.ts'
import { referralDestination } from './referral-destination.ts'

/** Where a referral goes: found in the policies, to be asked for, or to be typed because no policy names anybody. */
export type Where =
  | {
      readonly kind: 'found'
      readonly name: string
      readonly contact: string | null
      readonly contacts: readonly Contact[]
      readonly writtenForm?: string
      readonly askLocality?: readonly Locality[]
    }
  | { readonly kind: 'ask'; readonly says: string; readonly choices: readonly { readonly id: string; readonly name: string }[] }
  | { readonly kind: 'type' }

/** A way of a request that is not urgent. Without a contact it leads to a part of the authority that nobody has said yet. */
export interface Way extends Pick<ReferralChannel, 'id' | 'name' | 'needsAssessment'> {
  readonly to: Contact | undefined
}

/** The mailbox of a contact that is shown by its telephone number. */
export function mailboxBeside({ phone, email }: Contact): { readonly writtenForm?: string } {
  return phone === undefined || email === undefined ? {} : { writtenForm: email }
}

/** The ways that the child's authority has for a request to this agency that is not urgent. */
export function waysTo(
  profile: Profile,
  agency: Agency,
  home: string | undefined,
  locality: string | undefined,
  statuses: readonly string[],
): readonly Way[] {
  const found = referralDestination(profile, home, locality)
  if (found.kind !== 'found') return []
  const { channels = [], disabledChildren } = found.destination
  const local =
    disabledChildren && statuses.includes(disabledChildren.status)
      ? findOffered(profile, disabledChildren.contact)
      : found.locality?.contact
  return channels
    .filter(({ agencies }) => agencies.includes(agency))
    .map(({ id, name, needsAssessment, contact }) => ({
      id,
      name,
      needsAssessment,
      to: contact === undefined ? local : findOffered(profile, contact),
    }))
}

/** The authority chosen where the child's is not among those that the policies hold. */
export const otherAuthority = 'another'

/** Where a request to this agency about a child of this home goes. The school's own authority is never assumed for the child's. */
export function whereTo(profile: Profile, agency: Agency, home: string | undefined, locality: string | undefined): Where {
  switch (agency) {
    case 'social-care':
      return socialCare(profile, home, locality)
    case 'police':
      return police(profile)
    case 'lado':
      return fromDirectory(profile, 'lado', profile.school.authority)
    case 'early-help':
    case 'prevent':
    case 'mental-health': {
      if (home !== undefined)
        return agency === 'early-help' ? earlyHelp(profile, home, locality) : fromDirectory(profile, agency, home)
      const asked = referralDestination(profile, undefined)
      return asked.kind === 'ask' ? { kind: 'ask', says: asked.says, choices: asked.choices } : { kind: 'type' }
    }
    case 'other':
      return { kind: 'type' }
  }
}

function socialCare(profile: Profile, home: string | undefined, locality: string | undefined): Where {
  const found = referralDestination(profile, home, locality)
  if (found.kind === 'ask') {
    if (found.because === 'authority-not-in-policies') return { kind: 'type' }
    return { kind: 'ask', says: found.says, choices: found.choices }
  }
  const contacts = [
    found.frontDoor,
    ...(found.outOfHours ? [found.outOfHours] : []),
    ...(found.locality ? [found.locality.contact] : []),
  ]
  return {
    kind: 'found',
    name: found.frontDoor.who,
    contact: found.frontDoor.key,
    contacts,
    ...(found.destination.writtenForm === undefined ? {} : { writtenForm: found.destination.writtenForm }),
    ...(found.askLocality ? { askLocality: found.askLocality } : {}),
  }
}

/** The part of the authority is asked for only where a request goes by it. */
function earlyHelp(profile: Profile, home: string, locality: string | undefined): Where {
  const where = fromDirectory(profile, 'early-help', home)
  const place = referralDestination(profile, home, locality)
  if (where.kind !== 'found' || place.kind !== 'found') return where
  const goesByIt = place.destination.channels?.some(({ agencies }) => agencies.includes('early-help'))
  return {
    ...where,
    contacts: [...where.contacts, ...(place.locality ? [place.locality.contact] : [])],
    ...(goesByIt && place.askLocality ? { askLocality: place.askLocality } : {}),
  }
}

function fromDirectory(profile: Profile, purpose: string, authority: string): Where {
  const entry = profile.directory?.find(found => found.purpose === purpose && found.authority === authority)
  const contact = entry && findOffered(profile, entry.contact)
  if (!contact) return { kind: 'type' }
  return { kind: 'found', name: contact.who, contact: contact.key, contacts: [contact] }
}

/** The emergency number first, then the number for what can wait. */
function police(profile: Profile): Where {
  const named = profile.directory?.find(found => found.purpose === 'police' && found.authority === profile.school.authority)
  const keys = [...new Set(['police', ...(named ? [named.contact] : []), 'police-101'])]
  const contacts = keys.flatMap(key => findOffered(profile, key) ?? [])
  const [first] = contacts
  return first ? { kind: 'found', name: first.who, contact: first.key, contacts } : { kind: 'type' }
}
