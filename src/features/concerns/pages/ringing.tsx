import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { doubtOf } from '../../../policy/contact-doubts.ts'
import { isOpenAt } from '../../../policy/contact-hours.ts'
import type { Contact, Profile } from '../../../policy/profile.ts'
import { ContactList, EmergencyBox, type EmergencyContact } from '../../../web/components/index.ts'
import { nobodyInWords, type OnDuty, reachInWords } from '../../cover/index.ts'

/** A contact of the policy as somebody to ring, with its hours and whether the printed number can be trusted. A page that is kept has no now. */
export function contactToRing(contact: Contact, when: string | undefined, now: Instant | undefined): EmergencyContact {
  const isOpen = now && isOpenAt(contact, now)
  const details = [
    when ?? contact.purpose,
    contact.hours && `Hours: ${contact.hours}${isOpen === false ? ' (closed now)' : ''}`,
    contact.email && !contact.phone && contact.email,
    doubtOf(contact),
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

/** Every outside number of the policy for a child in danger, each once: the emergency numbers, then the route's. */
export function outsideContacts(profile: Profile): readonly EmergencyContact[] {
  const urgent = profile.emergency.map(({ contact, when }) => ({ key: contact, when }))
  const others = profile.routes.welfare.outside
    .filter(key => !urgent.some(one => one.key === key))
    .map(key => ({ key, when: undefined }))
  return [...urgent, ...others].flatMap(({ key, when }) => {
    const contact = profile.contacts[key]
    return contact ? [contactToRing(contact, when, undefined)] : []
  })
}

/** The policy's emergency numbers, in its order. */
export function emergencyContacts(profile: Profile, now: Instant): readonly EmergencyContact[] {
  return profile.emergency.flatMap(({ contact: key, when }) => {
    const contact = profile.contacts[key]
    return contact ? [contactToRing(contact, when, now)] : []
  })
}

export function roleTitle(profile: Profile, role: string): string {
  return profile.team.find(member => member.role === role)?.title ?? role
}

function dutyContact(person: OnDuty, profile: Profile, now: Instant): EmergencyContact {
  const key = profile.team.find(one => one.role === person.role)?.contact
  const office = person.phone === null && key ? profile.contacts[key] : undefined
  const detail = [`${person.title}: ${reachInWords(person, profile, now)}`, doubtOf(office)].filter(Boolean).join('. ')
  return { name: person.name, phone: person.phone ?? office?.phone, detail }
}

interface OnDutyProps {
  readonly onDuty: readonly OnDuty[]
  readonly profile: Profile
  readonly now: Instant
}

/** Who of the team can be told this minute. */
export function OnDutyNow({ onDuty, profile, now }: OnDutyProps): VNode {
  if (onDuty.length === 0) return <NobodyThere profile={profile} now={now} />
  return <ContactList contacts={onDuty.map(person => dutyContact(person, profile, now))} />
}

function NobodyThere({ profile, now }: Omit<OnDutyProps, 'onDuty'>): VNode {
  return (
    <p>
      <strong>{nobodyInWords(profile, now)}</strong> Use the other numbers on this page.
    </p>
  )
}

export interface EmergencyProps {
  readonly profile: Profile
  readonly now: Instant
  /** Left out for visitors: names of staff are not theirs to see. */
  readonly onDuty?: readonly OnDuty[]
  /** Everybody else to whom one can turn. */
  readonly helpHref: string
}

/** Whom to ring before typing: 999, who is on duty in school, the front door, the line out of hours. */
export function RingFirst({ profile, now, onDuty, helpHref }: EmergencyProps): VNode {
  const [first, ...rest] = emergencyContacts(profile, now)
  const there = onDuty?.map(person => dutyContact(person, profile, now)) ?? []
  return (
    <>
      <EmergencyBox
        title="Is somebody in danger now? Ring before you type"
        contacts={[...(first ? [first] : []), ...there, ...rest]}
      >
        {onDuty?.length === 0 && <NobodyThere profile={profile} now={now} />}
      </EmergencyBox>
      <p class="govuk-body">
        <a class="govuk-link" href={helpHref} target="_blank" rel="noopener">
          Everybody whom you can ring (opens in a new tab)
        </a>
      </p>
    </>
  )
}
