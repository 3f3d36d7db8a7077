import type { VNode } from 'preact'
import { dateInWords, localDate, timeInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { phoneHref, SummaryList, type SummaryRow, Tag, WarningText } from '../../../web/components/index.ts'
import { authorityName, homeInWords, standingNames, statusNames, tieNames, yearName } from '../../people/index.ts'
import type { FileAddress, FileContact, FileHeader, FileSibling, FileStatus, Namesake } from '../model.ts'
import { ageOn, holdsOn } from '../rules.ts'
import { nameOf } from './parts.tsx'

export interface HeaderProps {
  readonly header: FileHeader
  readonly profile: Profile
  readonly now: Instant
  /** Links are of no use on paper, and another child's open concern has no place there. */
  readonly onPaper?: boolean
}

function placeInWords(child: { readonly yearGroup: string | null; readonly className: string | null }): string {
  return [yearName(child.yearGroup), child.className].filter(Boolean).join(', ')
}

function statusName(status: string): string {
  return (statusNames as Readonly<Record<string, string>>)[status] ?? status
}

/** One line under the name: known as, born and age, class, standing. */
export function WhoLine({ header, now }: HeaderProps): VNode {
  const born = header.born && `Born ${dateInWords(header.born)}, ${ageOn(header.born, localDate(now))} years old`
  const other =
    header.otherSchool && (header.standing === 'left' ? `went to ${header.otherSchool}` : `also at ${header.otherSchool}`)
  const parts = [
    header.knownAs && `Known as ${header.knownAs}`,
    born ?? 'Date of birth not known',
    placeInWords(header),
    standingNames[header.standing],
    other,
  ]
  return <p class="govuk-body-l">{parts.filter(Boolean).join('. ')}.</p>
}

function namesakeInWords(namesake: Namesake): string {
  return (
    [placeInWords(namesake), namesake.born && `born ${dateInWords(namesake.born)}`].filter(Boolean).join(', ') ||
    'nothing more known'
  )
}

function contactInWords(contact: FileContact): string {
  return `${contact.name} (${contact.relation})`
}

/** What nobody may overlook: who must not be contacted, and that another child has the same name. */
export function Warnings({ header }: Pick<HeaderProps, 'header'>): VNode {
  return (
    <>
      {header.contacts
        .filter(contact => contact.barred)
        .map(contact => (
          <WarningText iconText="Must not be contacted">
            Do not contact {contactInWords(contact)}. {contact.barredReason}
          </WarningText>
        ))}
      {header.namesakes.length > 0 && (
        <WarningText iconText="Same name">
          Another child here is called {nameOf(header)}: {header.namesakes.map(namesakeInWords).join('; ')}.
        </WarningText>
      )}
    </>
  )
}

/** The statuses that hold now, beside the name. */
export function StatusTags({ header, now }: HeaderProps): VNode | null {
  const current = header.statuses.filter(status => holdsOn(status, localDate(now)))
  if (current.length === 0) return null
  return (
    <p class="govuk-body">
      {current.map(status => (
        <>
          <Tag colour="purple" class="hf-status">
            {statusName(status.status)}
          </Tag>{' '}
        </>
      ))}
    </p>
  )
}

function datesOf(thing: Pick<FileStatus, 'startsOn' | 'endsOn'>): string {
  return thing.endsOn === null
    ? `since ${dateInWords(thing.startsOn)}`
    : `${dateInWords(thing.startsOn)} to ${dateInWords(thing.endsOn)}`
}

function Phone({ number }: { readonly number: string }): VNode {
  return (
    <a class="govuk-link" href={phoneHref(number)}>
      {number}
    </a>
  )
}

function Status({ status, profile }: { readonly status: FileStatus; readonly profile: Profile }): VNode {
  return (
    <li>
      <strong>{statusName(status.status)}</strong> {datesOf(status)}
      {status.authority && <>, {authorityName(profile, status.authority)}</>}
      {status.workerName && (
        <>
          <br />
          Social worker: {status.workerName} {status.workerPhone && <Phone number={status.workerPhone} />}
        </>
      )}
    </li>
  )
}

function Contact({ contact }: { readonly contact: FileContact }): VNode {
  return (
    <li class={contact.barred ? 'hf-barred' : undefined}>
      {contact.barred && (
        <>
          <Tag colour="red">Do not contact</Tag>{' '}
        </>
      )}
      <strong>{contact.name}</strong>, {contact.relation}
      {contact.worksHere && ', works at this school'}
      <br />
      {contact.barred ? (
        contact.barredReason
      ) : (
        <>
          {contact.phone ? <Phone number={contact.phone} /> : 'No number'} {contact.email}
        </>
      )}
    </li>
  )
}

function Address({ address }: { readonly address: FileAddress }): VNode {
  return (
    <li>
      {address.address}
      {address.says && <>. {address.says}</>} <span class="hf-meta">({datesOf(address)})</span>
    </li>
  )
}

function Sibling({ sibling, onPaper }: { readonly sibling: FileSibling; readonly onPaper: boolean }): VNode {
  return (
    <li>
      {sibling.isOpen && !onPaper ? (
        <a class="govuk-link" href={`/children/${sibling.id}`}>
          {sibling.name}
        </a>
      ) : (
        sibling.name
      )}
      , {placeInWords(sibling) || standingNames[sibling.standing]}{' '}
      {sibling.hasOpenConcern && !onPaper && <Tag colour="orange">Open concern</Tag>}
    </li>
  )
}

function listOf(items: readonly VNode[], none: string): VNode | string {
  return items.length === 0 ? none : <ul class="govuk-list govuk-!-margin-bottom-0">{items}</ul>
}

function factRows({ header, profile, onPaper = false }: HeaderProps): SummaryRow[] {
  return [
    { key: 'Lives in', value: homeInWords(profile, header.homeAuthority, header.locality) },
    {
      key: 'Addresses',
      value: listOf(
        header.addresses.map(address => <Address address={address} />),
        'None recorded',
      ),
    },
    {
      key: 'Statuses',
      value: listOf(
        header.statuses.map(status => <Status status={status} profile={profile} />),
        'None recorded',
      ),
    },
    {
      key: 'Contacts',
      value: listOf(
        header.contacts.map(contact => <Contact contact={contact} />),
        'Nobody recorded',
      ),
    },
    {
      key: 'Brothers and sisters here',
      value: listOf(
        header.siblings.map(sibling => <Sibling sibling={sibling} onPaper={onPaper} />),
        'None recorded',
      ),
    },
    ...(header.ties.length > 0
      ? [
          {
            key: 'Adults here who are tied',
            value: (
              <>
                {listOf(
                  header.ties.map(tie => (
                    <li>
                      {tie.name}: {((tieNames as Readonly<Record<string, string>>)[tie.kind] ?? tie.kind).toLowerCase()}
                    </li>
                  )),
                  '',
                )}
                <span class="hf-meta">They are outside this file.</span>
              </>
            ),
          },
        ]
      : []),
    ...(header.leavesAt ? [{ key: 'Leaves the premises', value: `at ${timeInWords(header.leavesAt)}` }] : []),
    ...(header.description ? [{ key: 'Description', value: header.description }] : []),
  ]
}

/** Home, statuses, whom to ring and whom not, family. */
export function Facts(props: HeaderProps): VNode {
  return <SummaryList rows={factRows(props)} class="hf-facts" />
}
