import type { VNode } from 'preact'
import type { Content } from './attributes.ts'

/** Lets something wide, such as a table, scroll by itself on a narrow screen, by keyboard too. */
export function Scroll({ label, children }: { readonly label: string; readonly children: Content }): VNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it nobody could scroll by keyboard
    <section class="hf-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}
