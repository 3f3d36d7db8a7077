import { type Action, type Actor, check } from '../../../access/index.ts'
import { localDate } from '../../../kernel/london-time.ts'
import {
  Button,
  InsetText,
  OnePress,
  phoneHref,
  Scroll,
  SummaryList,
  type SummaryRow,
  Table,
  Tag,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { Caution } from '../../household/index.ts'
import { childSubject } from '../commands.ts'
import type { ChildContact, ChildRecord } from '../model.ts'
import { holdsOn } from '../rules.ts'
import { StandingTag } from './children-page.tsx'
import {
  authorityName,
  childName,
  dateInWords,
  datesInWords,
  homeInWords,
  placeOf,
  standingNames,
  statusNames,
  tieNames,
  timeInWords,
  yearName,
} from './words.ts'

type PageRequest = Request<'child.keep', Actor>

interface PartProps {
  readonly request: PageRequest
  readonly child: ChildRecord
}

function may(request: PageRequest, child: ChildRecord, action: Action): boolean {
  return check(request.someone, action, childSubject(request, child)).allowed
}

function factRows({ request, child }: PartProps): SummaryRow[] {
  const row = (key: string, value: string | null) => (value ? [{ key, value }] : [])
  return [
    ...row('Known as', child.knownAs),
    { key: 'Date of birth', value: child.born ? dateInWords(child.born) : 'Not known' },
    { key: 'Year and class', value: placeOf(child) || 'None' },
    { key: 'Belongs to the school', value: standingNames[child.standing] },
    ...row(child.standing === 'left' ? 'Went to' : 'Other school', child.otherSchool),
    { key: 'Lives in', value: homeInWords(request.profile, child.homeAuthority, child.locality) },
    ...row('Leaves the premises', child.leavesAt && `at ${timeInWords(child.leavesAt)}`),
    ...row('Description', child.description),
  ]
}

function Statuses({ request, child }: PartProps) {
  const on = localDate(request.now)
  return (
    <>
      <h2 class="govuk-heading-m">Statuses</h2>
      {child.statuses.length === 0 && (
        <p class="govuk-body">None recorded. A plan, being looked after, or being a young carer would stand here.</p>
      )}
      {child.statuses.length > 0 && (
        <Scroll label="Statuses">
          <Table
            caption="Statuses"
            captionClass="govuk-visually-hidden"
            head={['Status', 'When', 'Social worker', 'Change']}
            rows={child.statuses.map(status => [
              <>
                <Tag colour={holdsOn(status, on) ? 'purple' : 'grey'}>{statusNames[status.status]}</Tag>
                {status.authority && <div>{authorityName(request.profile, status.authority)}</div>}
              </>,
              datesInWords(status.startsOn, status.endsOn),
              [status.workerName, status.workerPhone].filter(Boolean).join(', '),
              <a class="govuk-link" href={`/children/${child.id}/statuses/${status.id}`}>
                Change<span class="govuk-visually-hidden"> {statusNames[status.status]}</span>
              </a>,
            ])}
          />
        </Scroll>
      )}
      <Button href={`/children/${child.id}/statuses/new`} look="secondary">
        Add a status
      </Button>
    </>
  )
}

function contactRow({ request, child }: PartProps, contact: ChildContact): SummaryRow {
  return {
    key: (
      <>
        {contact.name}
        <br />
        <span class="govuk-!-font-weight-regular">{contact.relation}</span>
      </>
    ),
    value: contact.barred ? (
      <>
        <Tag colour="red">Must not be contacted</Tag>
        {contact.barredReason && <p class="govuk-body govuk-!-margin-top-2">{contact.barredReason}</p>}
      </>
    ) : (
      <>
        {contact.phone && (
          <a class="govuk-link" href={phoneHref(contact.phone)}>
            {contact.phone}
          </a>
        )}
        {contact.phone && contact.email && <br />}
        {contact.email}
        {!contact.phone && !contact.email && 'No number or address yet'}
      </>
    ),
    actions: [
      { href: `/children/${child.id}/contacts/${contact.id}`, text: 'Change', hiddenText: contact.name },
      ...(may(request, child, 'child.contacts')
        ? [{ href: `/children/${child.id}/contacts/${contact.id}/end`, text: 'Remove', hiddenText: contact.name }]
        : []),
    ],
  }
}

function Contacts(props: PartProps) {
  const { child, request } = props
  return (
    <>
      <h2 class="govuk-heading-m">Contacts</h2>
      <Caution household={child.household} profile={request.profile} />
      {child.contacts.length === 0 && (
        <p class="govuk-body">Nobody yet. Add whom to ring first, and whoever must not be contacted.</p>
      )}
      {child.contacts.length > 0 && <SummaryList rows={child.contacts.map(contact => contactRow(props, contact))} />}
      <Button href={`/children/${child.id}/contacts/new`} look="secondary">
        Add a contact
      </Button>
    </>
  )
}

function Addresses({ request, child }: PartProps) {
  return (
    <>
      <h2 class="govuk-heading-m">Where they live</h2>
      {child.addresses.length === 0 && <p class="govuk-body">No address yet.</p>}
      <ul class="govuk-list govuk-list--spaced">
        {child.addresses.map(address => (
          <li>
            <strong>{address.address}</strong>
            {address.says && <div>{address.says}</div>}
            <div class="govuk-hint govuk-!-margin-bottom-0">{datesInWords(address.startsOn, address.endsOn)}</div>
            {address.endsOn === null && (
              <OnePress
                request={request}
                action={`/children/${child.id}/addresses/${address.id}/end`}
                says="No longer lives here"
                about={`: ${address.address}`}
              />
            )}
          </li>
        ))}
      </ul>
      <Button href={`/children/${child.id}/addresses/new`} look="secondary">
        Add an address
      </Button>
    </>
  )
}

function Family({ request, child }: PartProps) {
  return (
    <>
      <h2 class="govuk-heading-m">Brothers and sisters at this school</h2>
      {child.siblings.length === 0 && <p class="govuk-body">None recorded.</p>}
      <ul class="govuk-list govuk-list--spaced">
        {child.siblings.map(sibling => (
          <li>
            <a class="govuk-link" href={`/children/${sibling.id}/details`}>
              {childName(sibling)}
            </a>{' '}
            {[yearName(sibling.yearGroup), sibling.className].filter(Boolean).join(', ')}{' '}
            <OnePress
              request={request}
              action={`/children/${child.id}/siblings/${sibling.id}/remove`}
              says="Remove"
              about={`${childName(sibling)} from the brothers and sisters`}
            />
          </li>
        ))}
      </ul>
      <Button href={`/children/${child.id}/siblings/new`} look="secondary">
        Add a brother or sister
      </Button>
      {child.ties.length > 0 && (
        <>
          <h2 class="govuk-heading-m">Adults of this school who are tied to {childName(child)}</h2>
          <p class="govuk-body">They are outside this child’s file and every concern in it, whatever their role.</p>
          <ul class="govuk-list govuk-list--bullet">
            {child.ties.map(tie => (
              <li>
                {tie.name}: {tieNames[tie.kind].toLowerCase()}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Unidentified({ child }: { readonly child: ChildRecord }) {
  return (
    <InsetText>
      Nobody knows yet who this is. If it is a child of our roll, open the concern and move it to that child. If it is not,{' '}
      <a class="govuk-link" href={`/children/${child.id}/details/edit`}>
        say who this child is
      </a>
      .
    </InsetText>
  )
}

/** What is known of a child: who they are, whom to ring, where they live, what plan they are on. */
export function childPage(request: PageRequest, child: ChildRecord): string {
  const props = { request, child }
  const name = childName(child)
  const isTeam = may(request, child, 'file.read')
  return pageFor(
    request,
    { title: `Details of ${name}`, back: { href: '/children', text: 'Children' } },
    <>
      <h1 class="govuk-heading-l">
        {name} <StandingTag standing={child.standing} />
      </h1>
      {isTeam && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/children/${child.id}`}>
            Open the file
          </a>
        </p>
      )}
      {child.standing === 'unidentified' && <Unidentified child={child} />}
      <SummaryList rows={factRows(props)} />
      <Button href={`/children/${child.id}/details/edit`} look="secondary">
        Change these details
      </Button>
      {may(request, child, 'child.statuses') && <Statuses {...props} />}
      {may(request, child, 'child.contacts') && <Contacts {...props} />}
      {may(request, child, 'child.contacts') && <Addresses {...props} />}
      <Family {...props} />
    </>,
  )
}
