import type { VNode } from 'preact'
import { type Content, classNames } from './attributes.ts'

export interface WordsProps {
  readonly as?: 'p' | 'div' | 'span'
  readonly class?: string | undefined
  readonly children?: Content
}

/** Somebody's own words, with their line breaks, in whatever direction they run; what stands around them is not turned. */
export function Words({ as: Element = 'p', class: more, children }: WordsProps): VNode {
  return (
    <Element class={classNames(more, 'hf-words')} dir="auto">
      {children}
    </Element>
  )
}
