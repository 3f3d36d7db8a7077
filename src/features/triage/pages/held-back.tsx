import type { VNode } from 'preact'
import { WarningText } from '../../../web/components/index.ts'
import { parentsHeld } from '../parents-held.ts'

/** Above a form by which somebody might speak with parents: why it is refused, and where the hold is lifted. */
export function HeldBack({ concernIds }: { readonly concernIds: readonly string[] }): VNode {
  return (
    <>
      <WarningText>{parentsHeld}</WarningText>
      {concernIds.map(id => (
        <p class="govuk-body">
          <a class="govuk-link" href={`/concerns/${id}/parent-hold`}>
            Lift the hold on speaking with the parents (the DSL)
          </a>
        </p>
      ))}
    </>
  )
}
