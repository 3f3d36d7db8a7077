import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Contacts, contactToRing } from './ringing.tsx'

/** What is open, beside the school's own answer, to whoever is not satisfied with the response, as the policy gives it. */
export function FurtherRoutes({
  profile,
  who,
  now,
}: {
  readonly profile: Profile
  readonly who: 'staff' | 'families'
  readonly now: Instant
}): VNode | null {
  const routes = profile.challenge.further.filter(route => route.who === who)
  if (routes.length === 0) return null
  return (
    <>
      {routes.map(({ says, contact: key, standing }) => {
        const contact = key === undefined ? undefined : profile.contacts[key]
        return (
          <>
            <p class="govuk-body">
              {says}
              {standing === 'setting' && <span class="hf-meta"> (a setting: the policy does not say)</span>}
            </p>
            {contact && <Contacts contacts={[contactToRing(contact, undefined, now)]} />}
          </>
        )
      })}
    </>
  )
}
