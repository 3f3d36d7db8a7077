import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { isOpenAt } from '../../../policy/contact-hours.ts'
import type { Contact, Profile } from '../../../policy/profile.ts'
import { ContactList, EmergencyBox, type EmergencyContact } from '../../../web/components/index.ts'
import type { TeamMember } from '../form-store.ts'

/** A contact of the policy as somebody to ring, with its hours and whether the printed number can be trusted. */
export function contactToRing(contact: Contact, when: string | undefined, now: Instant): EmergencyContact {
  const isOpen = isOpenAt(contact, now)
  const details = [
    when ?? contact.purpose,
    contact.hours && `Hours: ${contact.hours}${isOpen === false ? ' (closed now)' : ''}`,
    contact.email && !contact.phone && contact.email,
    contact.standing === 'unverified' && 'Not confirmed: the school has still to check this contact.',
  ]
  return {
    name: contact.who,
    phone: contact.phone,
    detail: details.flatMap(detail => (detail ? [detail.replace(/\.?$/, '.')] : [])).join(' '),
  }
}

/** People to ring, in the reader's own type, outside the emergency box. */
export function Contacts({ contacts }: { readonly contacts: readonly EmergencyContact[] }): VNode {
  return (
    <div class="govuk-body">
      <ContactList contacts={contacts} />
    </div>
  )
}

export function contactsToRing(profile: Profile, keys: readonly string[], now: Instant): readonly EmergencyContact[] {
  return keys.flatMap(key => {
    const contact = profile.contacts[key]
    return contact ? [contactToRing(contact, undefined, now)] : []
  })
}

/** The policy's emergency numbers, in its order. */
export function emergencyContacts(profile: Profile, now: Instant): readonly EmergencyContact[] {
  return profile.emergency.flatMap(({ contact: key, when }) => {
    const contact = profile.contacts[key]
    return contact ? [contactToRing(contact, when, now)] : []
  })
}

const leads: readonly string[] = ['dsl', 'deputy-dsl']

/** Who of the safeguarding team is there now: by the rota where it says so, otherwise whoever is not out. */
export function onDutyNow(team: readonly TeamMember[]): readonly TeamMember[] {
  const onRota = team.filter(member => member.onDuty && !member.absent)
  const there = onRota.length > 0 ? onRota : team.filter(member => leads.includes(member.role) && !member.absent)
  return there.filter((member, index) => there.findIndex(other => other.adultId === member.adultId) === index)
}

export function roleTitle(profile: Profile, role: string): string {
  return profile.team.find(member => member.role === role)?.title ?? role
}

function dutyContact(member: TeamMember, profile: Profile): EmergencyContact {
  const key = profile.team.find(one => one.role === member.role)?.contact
  return {
    name: member.name,
    phone: member.phone ?? (key ? profile.contacts[key]?.phone : undefined),
    detail: `${roleTitle(profile, member.role)}: in school now`,
  }
}

/** Who in school can be told this minute. */
export function OnDuty({ team, profile }: { readonly team: readonly TeamMember[]; readonly profile: Profile }): VNode {
  const there = onDutyNow(team)
  if (there.length === 0) return <NobodyThere />
  return <ContactList contacts={there.map(member => dutyContact(member, profile))} />
}

function NobodyThere(): VNode {
  return (
    <p>
      <strong>Nobody of the safeguarding team is shown as being in school now.</strong> Use the other numbers on this page.
    </p>
  )
}

export interface EmergencyProps {
  readonly profile: Profile
  readonly now: Instant
  /** Left out for visitors: names of staff are not theirs to see. */
  readonly team?: readonly TeamMember[]
}

/** Whom to ring before typing: 999, who is on duty in school, the front door, the line out of hours. */
export function RingFirst({ profile, now, team }: EmergencyProps): VNode {
  const [first, ...rest] = emergencyContacts(profile, now)
  const there = team ? onDutyNow(team).map(member => dutyContact(member, profile)) : []
  return (
    <EmergencyBox
      title="Is somebody in danger now? Ring before you type"
      contacts={[...(first ? [first] : []), ...there, ...rest]}
    >
      {team && there.length === 0 && <NobodyThere />}
    </EmergencyBox>
  )
}
