import { findOffered } from './contact-doubts.ts'
import type { Contact, Locality, Profile, ReferralDestination } from './profile.ts'

export type Destination =
  | {
      readonly kind: 'found'
      readonly destination: ReferralDestination
      readonly frontDoor: Contact
      readonly outOfHours?: Contact
      /** The locality's own team, where the child's is known. */
      readonly locality?: { readonly id: string; readonly name: string; readonly contact: Contact }
      /** Localities to ask for, where the authority has them and the child's is not known. The front door stands meanwhile. */
      readonly askLocality?: readonly Locality[]
    }
  | {
      readonly kind: 'ask'
      readonly because: 'authority-not-known' | 'authority-not-in-policies' | 'locality-not-known-there'
      readonly says: string
      readonly choices: readonly { readonly id: string; readonly name: string }[]
    }

/**
 * Where a referral to children's social care goes: to the authority where the child lives. An authority that is not known is
 * asked for; the school's own is never assumed.
 */
export function referralDestination(profile: Profile, homeAuthority: string | undefined, locality?: string): Destination {
  const destination = profile.referrals.find(({ authority }) => authority === homeAuthority)
  const frontDoor = destination && findOffered(profile, destination.frontDoor)
  if (!destination || !frontDoor) return askAuthority(profile, homeAuthority)
  const localities = destination.localities ?? []
  const place = localities.find(({ id, wards }) => locality !== undefined && (id === locality || wards.includes(locality)))
  if (locality !== undefined && !place) {
    const says = `${destination.authorityName ?? destination.authority} has no such locality in the policies held here. Which is the child's?`
    return { kind: 'ask', because: 'locality-not-known-there', says, choices: localities }
  }
  const outOfHours = destination.outOfHours === undefined ? undefined : findOffered(profile, destination.outOfHours)
  const contact = place && findOffered(profile, place.contact)
  return {
    kind: 'found',
    destination,
    frontDoor,
    ...(outOfHours ? { outOfHours } : {}),
    ...(place && contact ? { locality: { id: place.id, name: place.name, contact } } : {}),
    ...(localities.length > 0 && !place ? { askLocality: localities } : {}),
  }
}

function askAuthority(profile: Profile, homeAuthority: string | undefined): Destination {
  const choices = profile.referrals.map(({ authority, authorityName }) => ({ id: authority, name: authorityName ?? authority }))
  return homeAuthority === undefined
    ? {
        kind: 'ask',
        because: 'authority-not-known',
        says: 'Which authority does the child live in? A referral goes there, not to the authority of the school.',
        choices,
      }
    : {
        kind: 'ask',
        because: 'authority-not-in-policies',
        says: 'The policies held here do not say where this authority takes referrals. Find its number before you ring, and record it.',
        choices,
      }
}
