import type { ComponentChildren, VNode } from 'preact'

export interface FoldedPartProps {
  readonly id: string
  readonly title: string
  readonly count?: number
  readonly isOpen?: boolean
  readonly children: ComponentChildren
}

/** A part of a long page, folded to its heading until somebody opens it; on paper it is whole. */
export function FoldedPart({ id, title, count, isOpen = false, children }: FoldedPartProps): VNode {
  return (
    <details class="govuk-details hf-part" open={isOpen}>
      <summary class="govuk-details__summary">
        <h2 class="govuk-details__summary-text hf-part__title">
          {title}
          {count !== undefined && ` (${count})`}
        </h2>
      </summary>
      {/* A link to what is folded opens it: a link to the part itself would not. */}
      <div id={id}>{children}</div>
    </details>
  )
}
