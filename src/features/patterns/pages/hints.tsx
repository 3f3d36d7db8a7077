import type { VNode } from 'preact'
import type { FoundGroup } from '../model.ts'
import { Signs } from './parts.tsx'

/** On a child's page: what stands in the records and may mean more together, each with its reason. */
export function Hints({ groups }: { readonly groups: readonly FoundGroup[] }): VNode | null {
  if (groups.length === 0) return null
  return (
    <>
      {groups.map(group => (
        <section aria-labelledby={`signs-${group.id}`}>
          <h2 class="govuk-heading-m" id={`signs-${group.id}`}>
            {group.title}
          </h2>
          <p class="govuk-hint">{group.says}</p>
          <Signs signs={group.signs} />
        </section>
      ))}
    </>
  )
}
