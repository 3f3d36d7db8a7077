import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, type Items, isPresent, present } from './attributes.ts'

export interface NavigationItem {
  readonly text: Content
  readonly href?: string | undefined
  /** This very page. */
  readonly isCurrent?: boolean | undefined
  /** A page below this item. */
  readonly isActive?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

export interface ServiceNavigationProps {
  readonly items?: Items<NavigationItem> | undefined
  readonly name?: Content
  readonly nameHref?: string | undefined
  readonly label?: string | undefined
  readonly menuText?: string | undefined
  /** Spoken instead of the menu button's text. */
  readonly menuLabel?: string | undefined
  readonly navigationLabel?: string | undefined
  readonly navigationClass?: string | undefined
  readonly navigationId?: string | undefined
  readonly collapseOnMobile?: boolean | undefined
  readonly start?: Content
  readonly end?: Content
  readonly isEndInline?: boolean | undefined
  readonly navigationStart?: Content
  readonly navigationEnd?: Content
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

function ServiceName({ name, href }: { readonly name: Content; readonly href: string | undefined }): VNode {
  return (
    <span class="govuk-service-navigation__service-name">
      {href ? (
        <a href={href} class="govuk-service-navigation__link">
          {name}
        </a>
      ) : (
        <span class="govuk-service-navigation__text">{name}</span>
      )}
    </span>
  )
}

function Item({ item }: { readonly item: NavigationItem }): VNode {
  const isHere = item.isActive || item.isCurrent
  const current = isHere ? (item.isCurrent ? 'page' : 'true') : undefined
  // Strong, so that those who read in colours of their own still see where they are.
  const content = isHere ? <strong class="govuk-service-navigation__active-fallback">{item.text}</strong> : item.text
  return (
    <li class={classNames('govuk-service-navigation__item', isHere && 'govuk-service-navigation__item--active')}>
      {item.href ? (
        <a class="govuk-service-navigation__link" href={item.href} aria-current={current} {...item.attributes}>
          {content}
        </a>
      ) : (
        isPresent(item.text) && (
          <span class="govuk-service-navigation__text" aria-current={current}>
            {content}
          </span>
        )
      )}
    </li>
  )
}

function Navigation({
  props,
  items,
}: {
  readonly props: ServiceNavigationProps
  readonly items: readonly NavigationItem[]
}): VNode {
  const menuText = props.menuText || 'Menu'
  const id = props.navigationId || 'navigation'
  return (
    <nav
      aria-label={props.navigationLabel || menuText}
      class={classNames('govuk-service-navigation__wrapper', props.navigationClass)}
    >
      {(props.collapseOnMobile ?? items.length > 1) && (
        // biome-ignore lint/a11y/noAriaHiddenOnFocusable: it cannot be focused while hidden, and the script that shows it says so here as well
        <button
          type="button"
          class="govuk-service-navigation__toggle govuk-js-service-navigation-toggle"
          aria-controls={id}
          aria-label={props.menuLabel !== menuText ? props.menuLabel : undefined}
          hidden
          aria-hidden="true"
        >
          {menuText}
        </button>
      )}
      <ul class="govuk-service-navigation__list" id={id}>
        {props.navigationStart}
        {items.map(item => (
          <Item item={item} />
        ))}
        {props.navigationEnd}
      </ul>
    </nav>
  )
}

/** The ways to the parts of the system, below the header. */
export function ServiceNavigation(props: ServiceNavigationProps): VNode {
  const items = present(props.items ?? [])
  const common = {
    class: classNames('govuk-service-navigation', props.class),
    'data-module': 'govuk-service-navigation',
    ...props.attributes,
  }
  const inner = (
    <div class={classNames('govuk-width-container', props.isEndInline && 'govuk-service-navigation__inlining-container')}>
      {props.start}
      <div class="govuk-service-navigation__container">
        {isPresent(props.name) && <ServiceName name={props.name} href={props.nameHref} />}
        {(items.length > 0 || isPresent(props.navigationStart) || isPresent(props.navigationEnd)) && (
          <Navigation props={props} items={items} />
        )}
      </div>
      {props.end}
    </div>
  )
  // With a name or more beside the links it is a landmark of its own; alone, the nav within is enough.
  return isPresent(props.name) || isPresent(props.start) || isPresent(props.end) ? (
    <section aria-label={props.label ?? 'Service information'} {...common}>
      {inner}
    </section>
  ) : (
    <div {...common}>{inner}</div>
  )
}
