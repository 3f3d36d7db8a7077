import type { VNode } from 'preact'
import { type Content, isPresent } from './attributes.ts'
import { type HeadingLevel, headingTag } from './heading.ts'

export interface ChronologyItem {
  /** As a person says it. */
  readonly when: Content
  /** The same for machines, as HTML's time element takes it. */
  readonly dateTime: string
  readonly title: Content
  readonly id?: string | undefined
  readonly badge?: Content
  /** Who wrote it, when it was written if that differs, and the like. */
  readonly meta?: Content
  readonly body?: Content
}

export interface ChronologyProps {
  readonly items: readonly ChronologyItem[]
  readonly headingLevel?: HeadingLevel | undefined
}

/** What happened, in the order of time. */
export function Chronology({ items, headingLevel = 3 }: ChronologyProps): VNode {
  const Heading = headingTag(headingLevel)
  return (
    <ol class="hf-chronology">
      {items.map(item => (
        <li class="hf-chronology__item" id={item.id}>
          <time class="hf-chronology__when" dateTime={item.dateTime}>
            {item.when}
          </time>
          <div class="hf-chronology__body">
            <Heading class="hf-chronology__title">
              {item.title}
              {isPresent(item.badge) && <> {item.badge}</>}
            </Heading>
            {item.body}
            {isPresent(item.meta) && <p class="hf-meta">{item.meta}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
