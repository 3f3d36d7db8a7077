/** What may be said of one's own concern, and what a step of its reporter brings about. Pure. */
import type { AdultId } from '../../kernel/ids.ts'
import { nearMomentInWords } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Agency } from '../../policy/clocks.ts'
import type { Contact, Profile } from '../../policy/profile.ts'
import type { RoleHolder } from '../concerns/model.ts'
import type { OwnConcernListing } from './model.ts'

/** How one's own concern stands. Only whether it was seen: what the team makes of it is theirs to tell. */
export function standingInWords(
  concern: Pick<OwnConcernListing, 'isUnreached' | 'acknowledgedAt' | 'acknowledgedBy' | 'stub'>,
  now: Instant,
): string {
  if (concern.acknowledgedAt)
    return `Seen${concern.acknowledgedBy ? ` by ${concern.acknowledgedBy}` : ''} ${nearMomentInWords(concern.acknowledgedAt, now)}`
  if (concern.isUnreached) return 'Kept, and nobody in school could be given it yet'
  return 'Sent, not seen yet'
}

/** Who hears that something was added: whoever has it, while they are there. Undefined where the route has to say. */
export function ownerThere(
  ownerId: AdultId | null,
  holders: readonly RoleHolder[],
  excluded: readonly AdultId[],
): RoleHolder | undefined {
  if (ownerId === null || excluded.includes(ownerId)) return undefined
  return holders.find(holder => holder.adultId === ownerId && !holder.absent)
}

export interface Ringable {
  readonly key: string
  readonly contact: Contact
  readonly agency: Agency
}

/** What a number of the policy belongs to, as far as the policy says. */
function agencyOf(profile: Profile, key: string): Agency {
  const isFrontDoor = profile.referrals.some(referral => referral.frontDoor === key || referral.outOfHours === key)
  if (isFrontDoor) return 'social-care'
  if (profile.directory?.some(entry => entry.contact === key && entry.purpose === 'lado')) return 'lado'
  return /(^|[.-])police($|[.-])/.test(key) ? 'police' : 'other'
}

/** The outside numbers that somebody may have rung: where the route ends, in an emergency, and where the children live. */
export function ringableContacts(profile: Profile, homeAuthorities: readonly (string | null)[]): readonly Ringable[] {
  const theirs = profile.referrals.filter(
    ({ authority }) => authority === profile.school.authority || homeAuthorities.includes(authority),
  )
  const keys = [
    ...profile.routes.welfare.outside,
    ...profile.emergency.map(({ contact }) => contact),
    ...theirs.flatMap(({ frontDoor, outOfHours }) => [frontDoor, ...(outOfHours ? [outOfHours] : [])]),
  ]
  const team = new Set(profile.team.flatMap(member => (member.contact ? [member.contact] : [])))
  return [...new Set(keys)].flatMap(key => {
    const contact = profile.contacts[key]
    return contact && !team.has(key) ? [{ key, contact, agency: agencyOf(profile, key) }] : []
  })
}
