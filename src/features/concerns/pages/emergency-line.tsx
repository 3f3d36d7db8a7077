import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { ContactList, InsetText } from '../../../web/components/index.ts'
import { contactsToRing } from './ringing.tsx'

/** The emergency number, which stays with an urgent concern, and where a call is written down. */
export function EmergencyLine({
  profile,
  now,
  href,
}: {
  readonly profile: Profile
  readonly now: Instant
  readonly href: string
}): VNode {
  const numbers = profile.emergency.slice(0, 1).map(({ contact }) => contact)
  return (
    <InsetText>
      <p>
        <strong>If a child is in danger now, ring:</strong>
      </p>
      <ContactList contacts={contactsToRing(profile, numbers, now)} />
      <p>
        <a class="govuk-link" href={href}>
          Somebody has rung: write the call down
        </a>
      </p>
    </InsetText>
  )
}
