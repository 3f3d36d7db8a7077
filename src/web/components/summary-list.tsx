import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, type Items, isPresent, present } from './attributes.ts'
import { type HeadingLevel, headingTag } from './heading.ts'

/** A link that changes or opens what a row or card says. */
export interface SummaryAction {
  readonly href: string
  readonly text: Content
  /** Says to those who listen what the link is about. */
  readonly hiddenText?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface SummaryRow {
  readonly key: Content
  readonly value: Content
  readonly actions?: readonly SummaryAction[] | undefined
  readonly class?: string | undefined
  readonly keyClass?: string | undefined
  readonly valueClass?: string | undefined
  readonly actionsClass?: string | undefined
}

export interface SummaryCardOptions {
  readonly title?: Content
  readonly titleClass?: string | undefined
  readonly headingLevel?: HeadingLevel | undefined
  readonly actions?: readonly SummaryAction[] | undefined
  readonly actionsClass?: string | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

export interface SummaryListProps {
  readonly rows: Items<SummaryRow>
  readonly card?: SummaryCardOptions | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

function ActionLink({ action, cardTitle }: { readonly action: SummaryAction; readonly cardTitle: Content }): VNode {
  return (
    <a class={classNames('govuk-link', action.class)} href={action.href} {...action.attributes}>
      {action.text}
      {(action.hiddenText || isPresent(cardTitle)) && (
        <span class="govuk-visually-hidden">
          {action.hiddenText && ` ${action.hiddenText}`}
          {isPresent(cardTitle) && <> ({cardTitle})</>}
        </span>
      )}
    </a>
  )
}

function Actions({ actions, cardTitle }: { readonly actions: readonly SummaryAction[]; readonly cardTitle: Content }): VNode {
  const [only] = actions
  if (only && actions.length === 1) return <ActionLink action={only} cardTitle={cardTitle} />
  return (
    <ul class="govuk-summary-list__actions-list">
      {actions.map(action => (
        <li class="govuk-summary-list__actions-list-item">
          <ActionLink action={action} cardTitle={cardTitle} />
        </li>
      ))}
    </ul>
  )
}

interface RowProps {
  readonly row: SummaryRow
  readonly isAnyActive: boolean
  readonly cardTitle: Content
}

function Row({ row, isAnyActive, cardTitle }: RowProps): VNode {
  return (
    <div
      class={classNames(
        'govuk-summary-list__row',
        isAnyActive && !row.actions && 'govuk-summary-list__row--no-actions',
        row.class,
      )}
    >
      <dt class={classNames('govuk-summary-list__key', row.keyClass)}>{row.key}</dt>
      <dd class={classNames('govuk-summary-list__value', row.valueClass)}>{row.value}</dd>
      {row.actions && row.actions.length > 0 && (
        <dd class={classNames('govuk-summary-list__actions', row.actionsClass)}>
          <Actions actions={row.actions} cardTitle={cardTitle} />
        </dd>
      )}
    </div>
  )
}

function CardActions({
  card,
  actions,
}: {
  readonly card: SummaryCardOptions
  readonly actions: readonly SummaryAction[]
}): VNode {
  const className = classNames('govuk-summary-card__actions', card.actionsClass)
  const [only] = actions
  if (only && actions.length === 1) {
    return (
      <div class={className}>
        <ActionLink action={only} cardTitle={card.title} />
      </div>
    )
  }
  return (
    <ul class={className}>
      {actions.map(action => (
        <li class="govuk-summary-card__action">
          <ActionLink action={action} cardTitle={card.title} />
        </li>
      ))}
    </ul>
  )
}

export interface SummaryCardProps extends SummaryCardOptions {
  readonly children?: Content
}

/** A titled box with links for one thing among several of its kind. */
export function SummaryCard({ headingLevel = 2, children, ...card }: SummaryCardProps): VNode {
  const Heading = headingTag(headingLevel)
  return (
    <div class={classNames('govuk-summary-card', card.class)} {...card.attributes}>
      <div class="govuk-summary-card__title-wrapper">
        {isPresent(card.title) && (
          <Heading class={classNames('govuk-summary-card__title', card.titleClass)}>{card.title}</Heading>
        )}
        {card.actions && card.actions.length > 0 && <CardActions card={card} actions={card.actions} />}
      </div>
      <div class="govuk-summary-card__content">{children}</div>
    </div>
  )
}

/** What was answered or is known, name by name, with a link to change each. */
export function SummaryList(props: SummaryListProps): VNode {
  const rows = present(props.rows)
  const isAnyActive = rows.some(row => row.actions && row.actions.length > 0)
  const list = (
    <dl class={classNames('govuk-summary-list', props.class)} {...props.attributes}>
      {rows.map(row => (
        <Row row={row} isAnyActive={isAnyActive} cardTitle={props.card?.title} />
      ))}
    </dl>
  )
  return props.card ? <SummaryCard {...props.card}>{list}</SummaryCard> : list
}
