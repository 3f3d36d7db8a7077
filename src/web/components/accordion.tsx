import type { VNode } from 'preact'
import { type Attributes, type Content, classNames, type Items, isPresent } from './attributes.ts'
import { type HeadingLevel, headingTag } from './heading.ts'
import { i18nAttributes } from './i18n.ts'

export interface AccordionSection {
  readonly heading: Content
  readonly summary?: Content
  /** A text is drawn as a paragraph. */
  readonly content: Content
  readonly isExpanded?: boolean | undefined
}

/** What the buttons that open and close the sections say. */
export interface AccordionTexts {
  readonly hideAllSections?: string | undefined
  readonly hideSection?: string | undefined
  readonly hideSectionAriaLabel?: string | undefined
  readonly showAllSections?: string | undefined
  readonly showSection?: string | undefined
  readonly showSectionAriaLabel?: string | undefined
}

export interface AccordionProps {
  readonly id: string
  readonly items: Items<AccordionSection>
  readonly headingLevel?: HeadingLevel | undefined
  readonly rememberExpanded?: boolean | undefined
  readonly texts?: AccordionTexts | undefined
  readonly class?: string | undefined
  readonly attributes?: Attributes | undefined
}

interface SectionProps {
  readonly section: AccordionSection
  readonly id: string
  readonly index: number
  readonly headingLevel: HeadingLevel
}

function Section({ section, id, index, headingLevel }: SectionProps): VNode {
  const Heading = headingTag(headingLevel)
  return (
    <div class={classNames('govuk-accordion__section', section.isExpanded && 'govuk-accordion__section--expanded')}>
      <div class="govuk-accordion__section-header">
        <Heading class="govuk-accordion__section-heading">
          <span class="govuk-accordion__section-button" id={`${id}-heading-${index}`}>
            {section.heading}
          </span>
        </Heading>
        {isPresent(section.summary) && (
          <div class="govuk-accordion__section-summary govuk-body" id={`${id}-summary-${index}`}>
            {section.summary}
          </div>
        )}
      </div>
      <div id={`${id}-content-${index}`} class="govuk-accordion__section-content">
        {typeof section.content === 'string' ? <p class="govuk-body">{section.content}</p> : section.content}
      </div>
    </div>
  )
}

/** Sections of which a reader needs a few; without scripts all of them stand open. */
export function Accordion({ id, headingLevel = 2, ...props }: AccordionProps): VNode {
  return (
    <div
      class={classNames('govuk-accordion', props.class)}
      data-module="govuk-accordion"
      id={id}
      {...i18nAttributes({ ...props.texts })}
      data-remember-expanded={props.rememberExpanded === undefined ? undefined : String(props.rememberExpanded)}
      {...props.attributes}
    >
      {props.items.map(
        (section, index) => section && <Section section={section} id={id} index={index + 1} headingLevel={headingLevel} />,
      )}
    </div>
  )
}
