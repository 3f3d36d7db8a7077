import { dateInWords, nearMomentInWords, timeInWords, toLocal } from '../../../kernel/london-time.ts'
import type { Instant, PlainDate } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import type { InvitationFault } from '../../identity/index.ts'
import type { AdultKind, NamedChild, PeopleRefusal, Standing, StatusKind, TieKind } from '../model.ts'
import { lastDay } from '../rules.ts'

export const standingNames: Readonly<Record<Standing, string>> = {
  'on-roll': 'On our roll',
  dual: 'On our roll and another school’s',
  left: 'Has left',
  'not-on-roll': 'Not on our roll',
  unidentified: 'Not identified yet',
}

export const statusNames: Readonly<Record<StatusKind, string>> = {
  'child-protection-plan': 'Child protection plan',
  'looked-after': 'Looked after by a local authority',
  'child-in-need': 'Child in need plan',
  'early-help-plan': 'Early help plan',
  'private-fostering': 'Privately fostered',
  'previously-looked-after': 'Looked after before',
  'care-leaver': 'Care leaver',
  'young-carer': 'Young carer',
  'education-health-care-plan': 'Education, health and care plan',
  'special-educational-needs': 'Special educational needs support',
  'neurodevelopmental-condition': 'Autism or another neurodevelopmental condition',
  'medical-condition': 'Medical condition or health need',
  'disabled-childrens-service': 'Known to the disabled children’s service',
}

export const adultKindNames: Readonly<Record<AdultKind, string>> = {
  staff: 'Member of staff',
  supply: 'Supply staff',
  contractor: 'Contractor',
  volunteer: 'Volunteer',
  governor: 'Governor or trustee',
  trainee: 'Trainee',
  trust: 'Works for the trust',
  parent: 'Parent or carer',
  visitor: 'Visitor',
  professional: 'Professional of another agency',
}

export const tieNames: Readonly<Record<TieKind, string>> = {
  parent: 'Parent or carer',
  relative: 'Relative',
  household: 'Lives in the same home',
  declared: 'Another tie they have declared',
}

const refusals: Readonly<Record<PeopleRefusal, string>> = {
  'same-child-exists': 'There is already a child with this name and date of birth. Look in the list before adding another.',
  'no-such-adult': 'Choose an adult of this school.',
  'no-such-child': 'Choose a child of this school.',
  'no-such-part': 'This is no longer in the record. Go back and look again.',
  'already-ended': 'This had ended already.',
  'own-appointment': 'You cannot give yourself a role or change the dates of your own. Ask somebody else who keeps appointments.',
  'waits-already':
    'A change of this role waits for a second person already. It must be answered or taken back before another is proposed.',
  'needs-why': 'Select why the role ends at once.',
  'ends-before-start': 'The end must be after the start.',
  'same-role-overlaps': 'They hold this role already in part of that time. End or change that appointment first.',
  'lead-post-taken':
    'Somebody else holds the post of DSL in part of that time, and it has one holder. End that appointment first.',
  'lead-not-senior': 'The DSL is one of the senior leaders. Give them that role first, from the same day or an earlier one.',
  'lead-vacant': 'The lead role would be vacant after that day. Propose a successor first, from the day after.',
  'already-over': 'This appointment is over already.',
  'own-tie': 'You cannot end a tie of your own. Ask somebody else who keeps ties.',
  'already-tied': 'This tie is in the record already.',
  'tie-to-self': 'Choose somebody else: nobody is tied to themselves.',
  'already-siblings': 'They are in the record as brothers or sisters already.',
}

/** Why somebody was not invited, in a sentence. */
export const invitationFaults: Readonly<Record<InvitationFault, string>> = {
  'no-such-adult': 'Choose an adult of this school.',
  'no-address': 'There is no email address for them. Add one to their details, then invite them.',
  'address-taken': 'Somebody else at this school signs in with this email address. Give them one of their own.',
}

/** Why something was not done, in a sentence. */
export function refusalSays(refusal: PeopleRefusal): string {
  return refusals[refusal]
}

export function childName(child: Pick<NamedChild, 'givenName' | 'familyName'>): string {
  return `${child.givenName} ${child.familyName}`
}

/** "Year 8, 8B", or what is known of it. */
export function placeOf(child: Pick<NamedChild, 'yearGroup' | 'className'>): string {
  return [yearName(child.yearGroup), child.className].filter(part => part).join(', ')
}

export function yearName(yearGroup: string | null): string {
  if (yearGroup === null) return ''
  if (yearGroup === 'R') return 'Reception'
  if (yearGroup === 'N') return 'Nursery'
  return `Year ${yearGroup}`
}

/** "until the end of 12 December 2026", or with its time where it is not midnight. */
export function untilInWords(endsAt: Instant, now: Instant): string {
  return toLocal(endsAt).time === '00:00'
    ? `until the end of ${dateInWords(lastDay(endsAt))}`
    : `until ${nearMomentInWords(endsAt, now)}`
}

export function datesInWords(startsOn: PlainDate, endsOn: PlainDate | null): string {
  return endsOn === null ? `since ${dateInWords(startsOn)}` : `${dateInWords(startsOn)} to ${dateInWords(endsOn)}`
}

export function authorityName(profile: Profile, authority: string): string {
  const named = profile.referrals.find(referral => referral.authority === authority)?.authorityName
  return named ?? authority.charAt(0).toUpperCase() + authority.slice(1)
}

/** Where the child lives by authority and, where it matters for a referral, locality. */
export function homeInWords(profile: Profile, authority: string | null, locality: string | null): string {
  if (authority === null) return 'Not known'
  const place = profile.referrals.find(referral => referral.authority === authority)?.localities?.find(one => one.id === locality)
  return place ? `${authorityName(profile, authority)}, ${place.name}` : authorityName(profile, authority)
}

export { dateInWords, timeInWords }
