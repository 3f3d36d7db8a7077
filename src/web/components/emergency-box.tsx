import type { VNode } from 'preact'
import { type Content, isPresent } from './attributes.ts'
import { type HeadingLevel, headingTag } from './heading.ts'

/** Somebody to ring. */
export interface EmergencyContact {
  readonly name: Content
  /** As a person reads it; where there is none yet, say so in the detail. */
  readonly phone?: string | undefined
  readonly detail?: Content
}

export interface EmergencyBoxProps {
  readonly title: Content
  readonly contacts: readonly EmergencyContact[]
  readonly headingLevel?: HeadingLevel | undefined
  readonly id?: string | undefined
  /** What to do, before whom to ring. */
  readonly children?: Content
}

/** The address that dials a number as people write it, an extension included. */
export function phoneHref(phone: string): string {
  const [number = '', extension] = phone.split(/,?\s*\b(?:extension|ext|x)\b\.?\s*/i)
  const digits = number.replaceAll('(0)', '').replace(/[^\d+]/g, '')
  return extension ? `tel:${digits};ext=${extension.replace(/\D/g, '')}` : `tel:${digits}`
}

function Contact({ contact }: { readonly contact: EmergencyContact }): VNode {
  return (
    <li>
      <strong>{contact.name}</strong>
      {contact.phone && (
        <a class="govuk-link hf-contacts__number" href={phoneHref(contact.phone)}>
          {contact.phone}
        </a>
      )}
      {isPresent(contact.detail) && <span class="hf-contacts__detail">{contact.detail}</span>}
    </li>
  )
}

/** Whom to ring when it cannot wait, before anything is asked. */
export function EmergencyBox({ id = 'emergency', headingLevel = 2, ...props }: EmergencyBoxProps): VNode {
  const Heading = headingTag(headingLevel)
  return (
    <section class="hf-emergency" aria-labelledby={id}>
      <Heading class="hf-emergency__title" id={id}>
        {props.title}
      </Heading>
      <div class="hf-emergency__body">
        {isPresent(props.children) && <div class="govuk-body">{props.children}</div>}
        <ContactList contacts={props.contacts} />
      </div>
    </section>
  )
}

/** People to ring, with numbers that a telephone dials by itself. */
export function ContactList({ contacts }: { readonly contacts: readonly EmergencyContact[] }): VNode {
  return (
    <ul class="hf-contacts">
      {contacts.map(contact => (
        <Contact contact={contact} />
      ))}
    </ul>
  )
}
