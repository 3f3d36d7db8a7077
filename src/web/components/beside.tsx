import type { VNode } from 'preact'
import type { Content } from './attributes.ts'

export interface BesideProps {
  /** Names the side for those who jump between landmarks. */
  readonly asideLabel: string
  readonly aside: Content
  readonly children: Content
}

/** What is to be decided, with what is known beside it; one below the other where there is no room. */
export function Beside({ asideLabel, aside, children }: BesideProps): VNode {
  return (
    <div class="hf-beside">
      <div>{children}</div>
      <aside class="hf-beside__aside" aria-label={asideLabel}>
        {aside}
      </aside>
    </div>
  )
}
