import { type Action, type Actor, check } from '../../../access/index.ts'
import { localDate, momentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import {
  Button,
  Form,
  InsetText,
  NotificationBanner,
  OnePress,
  Scroll,
  SummaryList,
  type SummaryRow,
  Table,
  Tag,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { pageFor } from '../../../web/page.tsx'
import { isGuarded, mayEndTie } from '../commands.ts'
import type { AdultRecord, Appointment, HeldAppointment, Tie } from '../model.ts'
import { roleName } from '../role-names.ts'
import { phaseOf } from '../rules.ts'
import { changeInWords, stateNames } from '../team-words.ts'
import { adultKindNames, dateInWords, tieNames, untilInWords } from './words.ts'

type PageRequest = Request<'adult.list', Actor>

interface PartProps {
  readonly request: PageRequest
  readonly adult: AdultRecord
}

function may(request: PageRequest, action: Action): boolean {
  return check(request.someone, action, { schoolId: request.school.id }).allowed
}

function factRows(adult: AdultRecord): SummaryRow[] {
  const row = (key: string, value: string | null) => (value ? [{ key, value }] : [])
  return [
    { key: 'Who they are', value: adultKindNames[adult.kind] },
    ...row('Job', adult.jobTitle),
    ...row('Employer', adult.employer),
    ...row('Email', adult.email),
    ...row('Telephone', adult.phone),
  ]
}

const phaseTags = {
  current: <Tag colour="green">Now</Tag>,
  coming: <Tag colour="blue">Coming</Tag>,
  over: <Tag colour="grey">Over</Tag>,
} as const

function whenInWords(appointment: Appointment, now: Instant): string {
  const from = `from ${dateInWords(localDate(appointment.startsAt))}`
  return appointment.endsAt === null ? from : `${from} ${untilInWords(appointment.endsAt, now)}`
}

function AppointmentActions({ request, adult, appointment }: PartProps & { readonly appointment: Appointment }) {
  if (phaseOf(appointment, request.now) === 'over') return null
  const role = roleName(request.profile, appointment.role)
  const path = `/people/${adult.id}/appointments/${appointment.id}`
  return (
    <>
      <a class="govuk-link" href={path}>
        Change dates<span class="govuk-visually-hidden"> of {role}</span>
      </a>
      <br />
      {isGuarded(request, appointment.role) ? (
        <a class="govuk-link" href={`${path}/end`}>
          End now<span class="govuk-visually-hidden"> as {role}</span>
        </a>
      ) : (
        <OnePress request={request} action={`${path}/end`} says="End now" about={role} />
      )}
    </>
  )
}

/** The two people of the last change, for whoever may read the change itself. */
function TwoPeople({ appointment }: { readonly appointment: HeldAppointment }) {
  const { agreement } = appointment
  if (!agreement) return null
  const { state, proposedByName, decidedByName, nobodyElse } = agreement
  const second = decidedByName === null ? '' : `, ${stateNames[state].toLowerCase()} by ${decidedByName}`
  const words =
    state === 'to-review' || state === 'upheld' || state === 'given-back'
      ? `Ended at once by ${proposedByName}${second || ', not looked at yet'}`
      : `Proposed by ${proposedByName}${nobodyElse ? ', when nobody else was there to agree' : second}`
  return (
    <div class="hf-meta">
      <a class="govuk-link govuk-link--no-visited-state" href={`/team-changes/${agreement.changeId}`}>
        {words}
      </a>
    </div>
  )
}

/** What waits for a second person, so that nobody proposes it twice or takes it for done. */
function Waiting({ request, adult }: PartProps) {
  if (adult.waiting.length === 0) return null
  return (
    <InsetText>
      {adult.waiting.map(change => (
        <p class="govuk-body">
          <a class="govuk-link" href={`/team-changes/${change.id}`}>
            {changeInWords(request.profile, { ...change, adultName: adult.name })}
          </a>
          : proposed by {change.proposedByName}, and waits for a second person.
        </p>
      ))}
    </InsetText>
  )
}

function Appointments({ request, adult }: PartProps) {
  const mayKeep = may(request, 'appointment.keep')
  const order = { current: 0, coming: 1, over: 2 }
  const sorted = adult.appointments.toSorted((a, b) => order[phaseOf(a, request.now)] - order[phaseOf(b, request.now)])
  return (
    <>
      <h2 class="govuk-heading-m">Roles</h2>
      <Waiting request={request} adult={adult} />
      {sorted.length === 0 && <p class="govuk-body">None yet. Every right comes from a role held between two dates.</p>}
      {sorted.length > 0 && (
        <Scroll label="Roles">
          <Table
            caption="Roles"
            captionClass="govuk-visually-hidden"
            head={['Role', 'When', ...(mayKeep ? ['Change'] : [])]}
            rows={sorted.map(appointment => [
              <>
                {roleName(request.profile, appointment.role)} {phaseTags[phaseOf(appointment, request.now)]}
              </>,
              <>
                {whenInWords(appointment, request.now)}
                <TwoPeople appointment={appointment} />
              </>,
              ...(mayKeep ? [<AppointmentActions request={request} adult={adult} appointment={appointment} />] : []),
            ])}
          />
        </Scroll>
      )}
      {mayKeep && adult.id === request.someone.adultId && (
        <WarningText>You cannot give yourself a role or change the dates of your own.</WarningText>
      )}
      {mayKeep && adult.id !== request.someone.adultId && (
        <Button href={`/people/${adult.id}/appointments/new`} look="secondary">
          Appoint to a role
        </Button>
      )}
    </>
  )
}

function tieTo(tie: Tie): string {
  if (tie.child) return tie.child.className ? `${tie.child.name}, ${tie.child.className}` : tie.child.name
  return tie.adult?.name ?? ''
}

function Ties({ request, adult }: PartProps) {
  const mayKeep = may(request, 'tie.keep')
  const current = adult.ties.filter(tie => phaseOf(tie, request.now) !== 'over')
  return (
    <>
      <h2 class="govuk-heading-m">Ties</h2>
      <p class="govuk-body">A tie keeps {adult.name} outside what concerns that child or adult, whatever their role.</p>
      {current.length === 0 && <p class="govuk-body">None declared.</p>}
      <ul class="govuk-list govuk-list--spaced">
        {current.map(tie => (
          <li>
            <strong>{tieTo(tie)}</strong>: {tieNames[tie.kind].toLowerCase()}, since {dateInWords(localDate(tie.startsAt))}{' '}
            {mayEndTie(request, adult, tie) && (
              <OnePress
                request={request}
                action={`/people/${adult.id}/ties/${tie.id}/end`}
                says="End this tie"
                about={`to ${tieTo(tie)}`}
              />
            )}
          </li>
        ))}
      </ul>
      {mayKeep && (
        <Button href={`/people/${adult.id}/ties/new`} look="secondary">
          Declare a tie
        </Button>
      )}
    </>
  )
}

const accountStates = {
  none: 'They have no account yet.',
  open: 'They can sign in while they hold a role.',
  closed: 'Their account was closed when their last role ended.',
} as const

function sessionsInWords(count: number): string {
  if (count === 0) return 'They are signed in nowhere at this school now.'
  return `They are signed in at this school now, in ${count} ${count === 1 ? 'place' : 'places'}.`
}

/** How many sessions they have, and the end of them all; where they looked is nobody's to see here. */
function OpenSessions({ request, adult }: PartProps) {
  const { sessions, state } = adult.account
  if (state !== 'open' || sessions === null || adult.id === request.someone.adultId) return null
  return (
    <>
      <p class="govuk-body">{sessionsInWords(sessions)}</p>
      {may(request, 'account.end-sessions') && (
        <>
          <p class="govuk-body">
            If they have lost a telephone or left a screen open, sign them out everywhere. They sign in again as before, and are
            told by mail.
          </p>
          <Form action={`/people/${adult.id}/end-sessions`} formToken={request.formToken} commandKey={request.newCommandKey()}>
            <Button look="secondary" preventDoubleClick>
              End all their sessions
            </Button>
          </Form>
        </>
      )}
    </>
  )
}

/** Whether they can sign in, and the mail by which they come to it. */
function Account({ request, adult }: PartProps) {
  const { state, invitedUntil, needsSecond, isReady } = adult.account
  const isReset = state === 'open'
  return (
    <>
      <h2 class="govuk-heading-m">Signing in</h2>
      <p class="govuk-body">
        {accountStates[state]}
        {invitedUntil !== null && ` An invitation waits for them until ${momentInWords(invitedUntil)}.`}
      </p>
      <OpenSessions request={request} adult={adult} />
      {needsSecond && (
        <WarningText>
          {isReady
            ? 'They keep their authenticator: one person alone asked for this mail. If the telephone is lost, a second person sends it again.'
            : 'No mail goes out until a second person asks for it too.'}{' '}
          One of the two is the head or somebody who opens files. Make sure first that it is {adult.name} who asks.
        </WarningText>
      )}
      {may(request, 'account.invite') && adult.id !== request.someone.adultId && (
        <>
          <p class="govuk-body">
            {isReset
              ? 'If they have lost their password or their telephone, send a mail by which they choose a new password and set up a new authenticator. Where they open files or may stand in, the authenticator changes only when two persons have asked. They are signed out everywhere at once.'
              : 'A mail with a link that works once lets them choose a password.'}
          </p>
          <Form action={`/people/${adult.id}/invite`} formToken={request.formToken} commandKey={request.newCommandKey()}>
            <Button look="secondary" preventDoubleClick>
              {isReset ? 'Send a mail for a new password' : invitedUntil ? 'Send another invitation' : 'Send an invitation'}
            </Button>
          </Form>
        </>
      )}
    </>
  )
}

/** An adult as this school knows them: roles with their dates, and ties. */
export function adultPage(request: PageRequest, adult: AdultRecord): string {
  const props = { request, adult }
  return pageFor(
    request,
    { title: adult.name, back: { href: '/people', text: 'People' } },
    <>
      {request.query.has('asked') && (
        <NotificationBanner text={`A second person must ask for this mail too before it goes to ${adult.name}.`} />
      )}
      {request.query.has('proposed') && (
        <NotificationBanner text={`Proposed. It holds when a second person agrees, who is neither you nor ${adult.name}.`} />
      )}
      {request.query.has('signed-out') && (
        <NotificationBanner type="success" text={`${adult.name} is signed out everywhere, and is told by mail.`} />
      )}
      {request.query.has('invited') && <NotificationBanner type="success" text={`A mail is on its way to ${adult.name}.`} />}
      <h1 class="govuk-heading-l">{adult.name}</h1>
      {adult.absentUntil !== null && (
        <p class="govuk-body">
          <Tag colour="orange">Out</Tag>{' '}
          {adult.absentUntil === 'open' ? 'until they say that they are back' : untilInWords(adult.absentUntil, request.now)}
        </p>
      )}
      <SummaryList rows={factRows(adult)} />
      {may(request, 'adult.keep') && (
        <Button href={`/people/${adult.id}/edit`} look="secondary">
          Change these details
        </Button>
      )}
      <Account {...props} />
      <Appointments {...props} />
      <Ties {...props} />
    </>,
  )
}
