import type { VNode } from 'preact'
import { type Content, classNames, isPresent } from './attributes.ts'
import { type HeadingLevel, headingTag } from './heading.ts'

export interface CardProps {
  readonly title: Content
  readonly headingLevel?: HeadingLevel | undefined
  readonly isUrgent?: boolean | undefined
  /** A number that leads to the list of what it counts. */
  readonly count?: { readonly number: number; readonly href: string; readonly says: string } | undefined
  readonly children?: Content
}

/** One thing among several, in a box. */
export function Card({ title, headingLevel = 2, isUrgent, count, children }: CardProps): VNode {
  const Heading = headingTag(headingLevel)
  return (
    <li class={classNames('hf-card', isUrgent && 'hf-card--urgent')}>
      <Heading class="hf-card__title">{title}</Heading>
      {count && (
        <a class="govuk-link govuk-link--no-visited-state" href={count.href}>
          <span class="hf-card__number">{count.number}</span> {count.says}
        </a>
      )}
      {isPresent(children) && <div>{children}</div>}
    </li>
  )
}

/** Boxes side by side, as many in a row as fit. */
export function Cards({ children }: { readonly children: Content }): VNode {
  return <ul class="hf-cards">{children}</ul>
}
