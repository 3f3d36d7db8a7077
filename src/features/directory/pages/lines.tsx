/** Contacts as the directory shows them: who, the number, whether somebody answers, and how far it can be trusted. */
import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { doubtOf } from '../../../policy/contact-doubts.ts'
import type { Contact } from '../../../policy/profile.ts'
import { classNames, phoneHref } from '../../../web/components/index.ts'
import type { Line } from '../model.ts'
import { anchorOf, isTried } from '../rules.ts'
import { answeringInWords, checkInWords } from '../words.ts'

export interface Reader {
  readonly now: Instant
  /** Whoever has no account is shown what the policy prints, and nothing of the school's own checks. */
  readonly isVisitor: boolean
}

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`

/** How a contact is reached, each way a link. */
export function Ways({ contact }: { readonly contact: Contact }): VNode {
  const { phone, email, web } = contact
  const site = web && (/^https?:/.test(web) ? web : `https://${web}`)
  if (!phone && !email && !web) return <p class="hf-directory__missing">No number is known here: find it before you need it.</p>
  return (
    <>
      {phone && (
        <a class="govuk-link hf-directory__number" href={phoneHref(phone.split(/,|\bor\b/)[0] ?? phone)}>
          {phone}
        </a>
      )}
      {email && (
        <a class="govuk-link hf-directory__mail" href={`mailto:${email}`}>
          {email}
        </a>
      )}
      {site && (
        <a class="govuk-link hf-directory__mail" href={site} rel="noreferrer">
          {web}
        </a>
      )}
    </>
  )
}

function Doubtful({ line, reader }: { readonly line: Line; readonly reader: Reader }): VNode | null {
  const { contact, doubts, check } = line
  if (check?.outcome === 'right') return null
  const says = [...doubts.map(doubt => doubt.says), doubtOf(contact) ?? '']
  const text = says.filter(Boolean).join(' ')
  if (text === '' || (reader.isVisitor && contact.standing !== 'unverified' && doubts.length === 0)) return null
  return <span class="hf-directory__doubt">{text}</span>
}

function Entry({ line, reader }: { readonly line: Line; readonly reader: Reader }): VNode {
  const { contact, answering, check } = line
  const says = answeringInWords(answering, reader.now)
  const isClosed = answering.kind === 'closed'
  return (
    <li class="hf-directory__entry" id={anchorOf(contact)}>
      <strong>{contact.who}</strong>
      <Ways contact={contact} />
      {says && <span class={classNames('hf-directory__now', isClosed && 'hf-directory__now--closed')}>{says}</span>}
      <span class="hf-directory__detail">
        {sentence(contact.purpose)}
        {contact.hours && ` Hours: ${contact.hours}.`}
      </span>
      <Doubtful line={line} reader={reader} />
      {!reader.isVisitor && isTried(contact) && <span class="hf-directory__check">{checkInWords(check)}</span>}
    </li>
  )
}

/** Contacts in a list that a telephone dials by itself and that a sheet of paper holds. */
export function Lines({ lines, reader }: { readonly lines: readonly Line[]; readonly reader: Reader }): VNode | null {
  if (lines.length === 0) return null
  return (
    <ul class="hf-directory">
      {lines.map(line => (
        <Entry line={line} reader={reader} />
      ))}
    </ul>
  )
}
