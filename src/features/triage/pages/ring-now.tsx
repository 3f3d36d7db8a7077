import type { VNode } from 'preact'
import { doubtOf } from '../../../policy/contact-doubts.ts'
import type { Contact, Profile } from '../../../policy/profile.ts'
import { ContactList, EmergencyBox, type EmergencyContact } from '../../../web/components/index.ts'

/** Who to ring as the page shows it, with when they answer; what looks wrong in print is said to be unconfirmed. */
export function ringable(contact: Contact, when?: string): EmergencyContact {
  const details = [
    when,
    contact.hours && `Hours: ${contact.hours}`,
    doubtOf(contact)?.replace(/\.$/, ''),
    !contact.phone && (contact.email ?? contact.web),
  ].filter(Boolean)
  return { name: contact.who, phone: contact.phone, detail: details.map(detail => `${detail}.`).join(' ') }
}

/** People to ring, outside the emergency box. */
export function Ringable({ contacts }: { readonly contacts: readonly EmergencyContact[] }): VNode {
  return (
    <div class="govuk-body">
      <ContactList contacts={contacts} />
    </div>
  )
}

/** The school's own emergency contacts, in its own order. */
export function emergencyContacts(profile: Profile): readonly EmergencyContact[] {
  return profile.emergency.flatMap(({ contact, when }) => {
    const found = profile.contacts[contact]
    return found ? [ringable(found, when)] : []
  })
}

/** Whom to ring now, where an answer says that a child is in danger. */
export function RingNow({
  profile,
  id,
  title,
}: {
  readonly profile: Profile
  readonly id: string
  readonly title: string
}): VNode {
  return <EmergencyBox id={id} title={title} contacts={emergencyContacts(profile)} headingLevel={2} />
}

/** The same without its frame, for the space below an answer. */
export function RingNowList({ profile, says }: { readonly profile: Profile; readonly says: string }): VNode {
  return (
    <>
      <p class="govuk-body">
        <strong>{says}</strong>
      </p>
      <Ringable contacts={emergencyContacts(profile)} />
    </>
  )
}
