import type { VNode } from 'preact'
import type { SharedWithMe } from '../model.ts'

/** The way from a child who was found to what is shared about them with whoever looks. */
export function SharedLinks({ shared }: { readonly shared: readonly SharedWithMe[] }): VNode | null {
  if (shared.length === 0) return null
  return (
    <>
      {shared.map(one => (
        <>
          <br />
          <a class="govuk-link" href={`/shared/${one.id}`}>
            {one.readAt ? 'Shared with you' : 'Shared with you, not read yet'}
          </a>
        </>
      ))}
    </>
  )
}
