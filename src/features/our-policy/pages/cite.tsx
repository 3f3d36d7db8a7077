import type { VNode } from 'preact'
import { assertNever } from '../../../kernel/exhaustive.ts'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { PlainDate } from '../../../kernel/plain-date.ts'
import type { Profile, Source } from '../../../policy/profile.ts'
import { roleTitle } from '../../../policy/profile-values.ts'
import type { RoleId } from '../../../policy/roles.ts'

export type Standing = 'stated' | 'read' | 'setting' | 'unverified'

/** How far a value may be trusted, where that is less than the text saying so. */
export function standingInWords(standing: Standing): string | undefined {
  switch (standing) {
    case 'stated':
      return undefined
    case 'read':
      return 'our reading of the text'
    case 'setting':
      return 'a setting that the school may change: no text gives it'
    case 'unverified':
      return 'not verified: check before relying on it'
    default:
      return assertNever(standing)
  }
}

/** Where a value comes from, and how far it may be trusted. */
export function Cite({
  profile,
  source,
  standing,
  reading,
  from,
}: {
  profile: Profile
  source: Source
  standing?: Standing | undefined
  reading?: string | undefined
  from?: PlainDate | undefined
}): VNode {
  const trust = standing && standingInWords(standing)
  return (
    <span class="hf-meta">
      {profile.documents[source.document]?.title ?? source.document}, {source.section}
      {from && `, from ${dateInWords(from)}`}
      {trust && <strong> ({trust})</strong>}
      {reading && <> {reading}</>}
    </span>
  )
}

/** What the school calls whoever holds a role. */
export function titleOf(profile: Profile, role: RoleId): string {
  return roleTitle(profile, role)
}
