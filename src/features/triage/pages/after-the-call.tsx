import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { AfterTheCall } from '../../contacts-made/index.ts'
import type { ConcernFacts } from '../model.ts'
import { subjectsOf } from '../rules.ts'
import { childName } from './parts.tsx'

/** Where an emergency call was made and nobody has referred yet: that it is referred, and to whom. */
export function ReferAfterTheCall({
  concern,
  profile,
  now,
  withLink,
}: {
  readonly concern: ConcernFacts
  readonly profile: Profile
  readonly now: Instant
  readonly withLink?: true
}): VNode {
  return (
    <AfterTheCall
      calls={concern.emergencyCalls}
      children={subjectsOf(concern).map(child => ({ ...child, name: childName(child) }))}
      hasReferral={concern.referrals > 0}
      profile={profile}
      now={now}
      link={
        withLink && (
          <p>
            <a class="govuk-link" href={`/concerns/${concern.id}/referrals/new?agency=social-care`}>
              Make the referral
            </a>
          </p>
        )
      }
    />
  )
}
