import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, type Items, isPresent, present } from './attributes.ts'

export interface PageStep {
  readonly href: string
  readonly text?: Content
  /** Says what the page holds; drawn where there are no numbers. */
  readonly label?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface PageNumber {
  readonly number: number | string
  readonly href: string
  readonly isCurrent?: boolean | undefined
  /** Spoken instead of "Page" and the number. */
  readonly spokenAs?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface PaginationProps {
  readonly previous?: PageStep | undefined
  readonly next?: PageStep | undefined
  readonly items?: Items<PageNumber | 'ellipsis'> | undefined
  readonly label?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

const arrows = {
  prev: 'm6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z',
  next: 'm8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z',
}

function Arrow({ kind }: { readonly kind: 'prev' | 'next' }): VNode {
  return (
    <svg
      class={`govuk-pagination__icon govuk-pagination__icon--${kind}`}
      xmlns="http://www.w3.org/2000/svg"
      height="13"
      width="15"
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 15 13"
    >
      <path d={arrows[kind]} />
    </svg>
  )
}

function Step({
  kind,
  step,
  isBlock,
}: {
  readonly kind: 'prev' | 'next'
  readonly step: PageStep
  readonly isBlock: boolean
}): VNode {
  return (
    <div class={`govuk-pagination__${kind}`}>
      <a class="govuk-link govuk-pagination__link" href={step.href} rel={kind} {...step.attributes}>
        {(isBlock || kind === 'prev') && <Arrow kind={kind} />}
        <span
          class={classNames('govuk-pagination__link-title', isBlock && !step.label && 'govuk-pagination__link-title--decorated')}
        >
          {isPresent(step.text) ? (
            step.text
          ) : (
            <>
              {kind === 'prev' ? 'Previous' : 'Next'}
              <span class="govuk-visually-hidden"> page</span>
            </>
          )}
        </span>
        {step.label && isBlock && (
          <>
            <span class="govuk-visually-hidden">:</span> <span class="govuk-pagination__link-label">{step.label}</span>
          </>
        )}
        {!isBlock && kind === 'next' && <Arrow kind={kind} />}
      </a>
    </div>
  )
}

function Page({ page }: { readonly page: PageNumber | 'ellipsis' }): VNode {
  if (page === 'ellipsis') return <li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>
  return (
    <li class={classNames('govuk-pagination__item', page.isCurrent && 'govuk-pagination__item--current')}>
      <a
        class="govuk-link govuk-pagination__link"
        href={page.href}
        aria-label={page.spokenAs ?? `Page ${page.number}`}
        aria-current={page.isCurrent ? 'page' : undefined}
        {...page.attributes}
      >
        {page.number}
      </a>
    </li>
  )
}

/** The way through a list too long for one page, or to the pages before and after. */
export function Pagination(props: PaginationProps): VNode {
  const { previous, next, items } = props
  const isBlock = !items && Boolean(next || previous)
  return (
    <nav
      class={classNames('govuk-pagination', isBlock && 'govuk-pagination--block', props.class)}
      aria-label={props.label || 'Pagination'}
      {...props.attributes}
    >
      {previous && <Step kind="prev" step={previous} isBlock={isBlock} />}
      {items && (
        <ul class="govuk-pagination__list">
          {present(items).map(page => (
            <Page page={page} />
          ))}
        </ul>
      )}
      {next && <Step kind="next" step={next} isBlock={isBlock} />}
    </nav>
  )
}
