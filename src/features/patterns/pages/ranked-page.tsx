import type { VNode } from 'preact'
import type { Profile, SignGroup } from '../../../policy/profile.ts'
import { sourceText } from '../../concerns/index.ts'
import type { RankedChild } from '../model.ts'
import { Signs, Views } from './parts.tsx'

export interface RankedPageProps {
  readonly groups: readonly { readonly group: SignGroup; readonly children: readonly RankedChild[] }[]
  readonly profile: Profile
}

/** Children with several signs, those with most first, each sign with its reason. */
export function RankedPage({ groups, profile }: RankedPageProps): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Signs together</h1>
      <Views here="/signs" />
      {groups.map(({ group, children }) => (
        <section aria-labelledby={group.id}>
          <h2 class="govuk-heading-m" id={group.id}>
            {group.title} ({children.length})
          </h2>
          <p class="govuk-hint">
            {group.says} Shown from {group.together} different signs. ({sourceText(profile, group.source)}
            {group.standing === 'setting' && '; a setting'}
            {group.reading && `; read so: ${group.reading}`})
          </p>
          {children.length === 0 && <p class="govuk-body">Nobody has so many.</p>}
          <ol class="govuk-list govuk-list--number govuk-list--spaced">
            {children.map(child => (
              <li>
                <a class="govuk-link" href={`/children/${child.childId}`}>
                  {[child.name, child.className].filter(Boolean).join(', ')}
                </a>
                , {child.signs.length} signs
                <Signs signs={child.signs} />
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}
