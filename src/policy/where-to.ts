/** To whom a request about a child goes. Pure. */
import type { Agency, Contact, Profile, ReferralChannel } from './profile.ts'
import { referralDestination } from './referral-destination.ts'

/** Where a referral goes: found in the policies, to be asked for, or to be typed because no policy names anybody. */
export type Where =
  | {
      readonly kind: 'found'
      readonly name: string
      readonly contact: string | null
      readonly contacts: readonly Contact[]
      readonly writtenForm?: string
      readonly askLocality?: readonly { readonly id: string; readonly name: string }[]
    }
  | { readonly kind: 'ask'; readonly says: string; readonly choices: readonly { readonly id: string; readonly name: string }[] }
  | { readonly kind: 'type' }

/** A way of a request that is not urgent. Without a contact it leads to a part of the authority that nobody has said yet. */
export interface Way extends Pick<ReferralChannel, 'id' | 'name' | 'needsAssessment'> {
  readonly to: Contact | undefined
}

/** The ways that the child's authority has for a request to this agency that is not urgent. */
export function waysTo(profile: Profile, agency: Agency, home: string | undefined, locality: string | undefined): readonly Way[] {
  const found = referralDestination(profile, home, locality)
  if (found.kind !== 'found') return []
  return (found.destination.channels ?? [])
    .filter(({ agencies }) => agencies.includes(agency))
    .map(({ id, name, needsAssessment, contact }) => ({
      id,
      name,
      needsAssessment,
      to: contact === undefined ? found.locality?.contact : profile.contacts[contact],
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
      if (home !== undefined) return fromDirectory(profile, agency, home, agency === 'early-help' ? locality : undefined)
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

function fromDirectory(profile: Profile, purpose: string, authority: string, locality?: string): Where {
  const entry = profile.directory?.find(found => found.purpose === purpose && found.authority === authority)
  const contact = entry && profile.contacts[entry.contact]
  if (!contact) return { kind: 'type' }
  const place = locality === undefined ? undefined : referralDestination(profile, authority, locality)
  const local = place?.kind === 'found' && place.locality ? [place.locality.contact] : []
  return { kind: 'found', name: contact.who, contact: contact.key, contacts: [contact, ...local] }
}

/** The emergency number first, then the number for what can wait. */
function police(profile: Profile): Where {
  const named = profile.directory?.find(found => found.purpose === 'police' && found.authority === profile.school.authority)
  const keys = [...new Set(['police', ...(named ? [named.contact] : []), 'police-101'])]
  const contacts = keys.flatMap(key => (profile.contacts[key] ? [profile.contacts[key]] : []))
  const [first] = contacts
  return first ? { kind: 'found', name: first.who, contact: first.key, contacts } : { kind: 'type' }
}
