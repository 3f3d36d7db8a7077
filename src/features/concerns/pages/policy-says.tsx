import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { contactsNow, pathwaysFor } from '../../../policy/pathways.ts'
import type { Profile } from '../../../policy/profile.ts'
import { InsetText } from '../../../web/components/index.ts'
import { Contacts, contactToRing } from './ringing.tsx'

/** For whoever records it: in short lines, whom to ring and what to leave alone, for what they chose. */
export function PolicySays({
  profile,
  prompts,
  now,
  helpHref,
}: {
  readonly profile: Profile
  readonly prompts: readonly string[]
  readonly now: Instant
  readonly helpHref: string
}): VNode | null {
  const said = pathwaysFor(profile, { prompts }).filter(({ says, never }) => says !== undefined || never.length > 0)
  if (said.length === 0) return null
  return (
    <>
      {said.map(({ id, name, says, never, contacts }) => (
        <InsetText>
          <p class="govuk-body govuk-!-margin-bottom-1">
            <strong>{name}</strong>. {says}
          </p>
          {never.map(line => (
            <p class="govuk-body govuk-!-margin-bottom-1">{line}</p>
          ))}
          <Contacts
            contacts={contactsNow(profile, contacts, undefined, now).map(({ contact }) => contactToRing(contact, undefined, now))}
          />
          <p class="govuk-body govuk-!-margin-bottom-1">
            <a class="govuk-link" href={`${helpHref}#matter-${id}`} target="_blank" rel="noopener">
              When each answers, and everybody else (opens in a new tab)
              <span class="govuk-visually-hidden"> for {name}</span>
            </a>
          </p>
        </InsetText>
      ))}
    </>
  )
}
