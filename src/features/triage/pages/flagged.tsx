import type { VNode } from 'preact'
import { type WordedPlace, wordingIn } from '../../../policy/between-children.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Badge } from '../../../web/components/index.ts'

/** Words in a text at which the policy has the team look. They were kept as they were written. */
export function Flagged({
  profile,
  place,
  text,
}: {
  readonly profile: Profile
  readonly place: WordedPlace
  readonly text: string
}): VNode | null {
  const flags = wordingIn(profile, place, text)
  if (flags.length === 0) return null
  return (
    <>
      {flags.map(({ rule, found }) => (
        <p class="govuk-body">
          <Badge kind="urgent">{rule.name}</Badge> {found.map(word => `“${word}”`).join(', ')}
        </p>
      ))}
    </>
  )
}
