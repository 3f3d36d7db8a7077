import type { VNode } from 'preact'
import type { Actor } from '../../../access/index.ts'
import { localDate, nearMomentInWords, toLocal } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import {
  Badge,
  Beside,
  Button,
  Card,
  Cards,
  ContactList,
  type EmergencyContact,
  TaskList,
  WarningText,
} from '../../../web/components/index.ts'
import type { Request } from '../../../web/http/route.ts'
import { mayOpen, pageFor } from '../../../web/page.tsx'
import { OwnTasks } from '../../accounts/index.ts'
import { MissedNights } from '../../checkpoints/index.ts'
import { contactToRing } from '../../concerns/index.ts'
import { nobodyInWords, type OnDuty, reachInWords } from '../../cover/index.ts'
import { type OwnConcernListing, OwnConcerns } from '../../own-concerns/index.ts'
import { mayApprove } from '../../policy-changes/index.ts'
import type { DraftToFinish, HomeFacts, TeamCounts } from '../model.ts'

export interface HomePageProps {
  readonly facts: HomeFacts
  readonly concerns: readonly OwnConcernListing[]
  readonly onDuty: readonly OnDuty[]
  readonly isTeam: boolean
}

function greeting(now: Instant): string {
  const { time } = toLocal(now)
  if (time < '12:00') return 'Good morning'
  return time < '18:00' ? 'Good afternoon' : 'Good evening'
}

/** The first number of the policy's emergency box. */
function firstToRing({ profile, now }: Request<'home.open', Actor>): EmergencyContact | undefined {
  const [first] = profile.emergency
  const contact = first && profile.contacts[first.contact]
  return contact && contactToRing(contact, first.when, now)
}

function Start(): VNode {
  return (
    <>
      <p class="govuk-body-l">
        However small it seems: write it down. You do not need to be sure, and you do not decide alone what it means.
      </p>
      <Button href="/concerns/new" isStart>
        I am worried about a child
      </Button>
      <p class="govuk-body">
        <a class="govuk-link" href="/worried-about-an-adult">
          I am worried about an adult who works or helps here
        </a>
      </p>
    </>
  )
}

interface DutyProps {
  readonly onDuty: readonly OnDuty[]
  readonly emergency: EmergencyContact | undefined
  readonly profile: Profile
  readonly now: Instant
}

function onDutyContacts(onDuty: readonly OnDuty[], profile: Profile, now: Instant): EmergencyContact[] {
  return onDuty.map(person => ({
    name: person.name,
    phone: person.phone ?? undefined,
    detail: `${person.title}: ${reachInWords(person, profile, now)}`,
  }))
}

function Duty({ onDuty, emergency, profile, now }: DutyProps): VNode {
  return (
    <>
      <h2 class="govuk-heading-s">To speak with now</h2>
      {onDuty.length > 0 ? (
        <ContactList contacts={onDutyContacts(onDuty, profile, now)} />
      ) : (
        <p class="govuk-body">{nobodyInWords(profile, now)} The form shows the numbers outside school, before you type.</p>
      )}
      {emergency && (
        <>
          <h2 class="govuk-heading-s">If a child is in danger now</h2>
          <ContactList contacts={[emergency]} />
        </>
      )}
      <p>
        <a class="govuk-link" href="/help">
          Everybody whom you can ring
        </a>
      </p>
    </>
  )
}

function Drafts({ drafts, now }: { readonly drafts: readonly DraftToFinish[]; readonly now: Instant }): VNode | null {
  if (drafts.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">To finish: not sent yet</h2>
      <TaskList
        idPrefix="draft"
        items={drafts.map(draft => ({
          title: 'A concern that you began',
          href: `/concerns/drafts/${draft.id}`,
          hint: `Saved ${nearMomentInWords(draft.savedAt, now)}. Only you can see it.`,
          status: <Badge kind="due-today">Not sent</Badge>,
        }))}
      />
    </>
  )
}

function Team({ counts }: { readonly counts: TeamCounts | null }): VNode {
  if (!counts)
    return (
      <p class="govuk-body">
        <a class="govuk-link" href="/today">
          Today: what waits for the safeguarding team
        </a>
      </p>
    )
  return (
    <>
      <h2 class="govuk-heading-m">For the safeguarding team</h2>
      <Cards>
        {counts.unreached > 0 && (
          <Card
            title="Unreached"
            headingLevel={3}
            isUrgent
            count={{ number: counts.unreached, href: '/today#unreached', says: 'that nobody could be given' }}
          />
        )}
        <Card
          title="New"
          headingLevel={3}
          count={{ number: counts.fresh, href: '/today#new', says: counts.fresh === 1 ? 'new concern' : 'new concerns' }}
        />
        <Card
          title="Overdue"
          headingLevel={3}
          isUrgent={counts.overdue > 0}
          count={{ number: counts.overdue, href: '/today#overdue', says: 'past their time' }}
        />
      </Cards>
    </>
  )
}

function Recent({ concerns, now }: { readonly concerns: readonly OwnConcernListing[]; readonly now: Instant }): VNode {
  if (concerns.length === 0)
    return (
      <>
        <h2 class="govuk-heading-m">My concerns</h2>
        <p class="govuk-body">
          When you have recorded one, you see here whether it has been seen and what you are told about it.
        </p>
      </>
    )
  return (
    <>
      <h2 class="govuk-heading-m">My concerns</h2>
      <OwnConcerns concerns={concerns} now={now} headingLevel={3} />
      <p class="govuk-body">
        <a class="govuk-link" href="/my-concerns">
          All my concerns
        </a>
      </p>
    </>
  )
}

/** For reception and whoever else the policy asks: to find somebody, with not a word of why. */
function FindDsl({ findDsl, onDuty, profile, now }: Pick<HomeFacts, 'findDsl'> & Omit<DutyProps, 'emergency'>): VNode | null {
  if (findDsl.count === 0 || findDsl.since === null) return null
  return (
    <section aria-labelledby="find-dsl">
      <h2 class="govuk-visually-hidden" id="find-dsl">
        Find a DSL now
      </h2>
      <WarningText>
        Find a DSL now. Something has waited for the safeguarding team without an answer; you were asked{' '}
        {nearMomentInWords(findDsl.since, now)}.
      </WarningText>
      <p class="govuk-body">
        Go to one of them, or ring, and ask them to sign in to Holdfast. What it is about is for them alone. This goes away when
        one of them has answered.
      </p>
      {onDuty.length > 0 && (
        <div class="govuk-body">
          <ContactList contacts={onDutyContacts(onDuty, profile, now)} />
        </div>
      )}
    </section>
  )
}

function Alerts({ unseen }: { readonly unseen: number }): VNode | null {
  if (unseen === 0) return null
  return (
    <p class="govuk-body-l">
      <a class="govuk-link govuk-!-font-weight-bold" href="/alerts">
        {unseen === 1 ? 'One new alert is' : `${unseen} new alerts are`} waiting for you
      </a>
    </p>
  )
}

function Shared({ shared }: Pick<HomeFacts, 'shared'>): VNode | null {
  if (shared.all === 0) return null
  return (
    <p class="govuk-body-l">
      <a class={shared.unread > 0 ? 'govuk-link govuk-!-font-weight-bold' : 'govuk-link'} href="/shared">
        {shared.all === 1
          ? 'One thing about a child is shared with you'
          : `${shared.all} things about children are shared with you`}
      </a>
      {shared.unread > 0 && (shared.unread === shared.all ? ': not read yet' : `: ${shared.unread} not read yet`)}
    </p>
  )
}

function Actions({ actions }: Pick<HomeFacts, 'actions'>): VNode | null {
  if (actions.open === 0) return null
  return (
    <p class="govuk-body-l">
      <a class="govuk-link govuk-!-font-weight-bold" href="/actions">
        {actions.open === 1 ? 'One action is' : `${actions.open} actions are`} yours to do
      </a>
      {actions.late > 0 && (
        <>
          {' '}
          <Badge kind="overdue">{actions.late === 1 ? '1 overdue' : `${actions.late} overdue`}</Badge>
        </>
      )}
    </p>
  )
}

/** Whoever may approve a change of the policy would otherwise have to look for it. */
function Proposals({ proposals, someone }: Pick<HomeFacts, 'proposals'> & { readonly someone: Actor }): VNode | null {
  const waiting = proposals.filter(proposal => mayApprove(someone, proposal)).length
  if (waiting === 0) return null
  return (
    <p class="govuk-body-l">
      <a class="govuk-link govuk-!-font-weight-bold" href="/policy/changes">
        {waiting === 1 ? 'A change of our policy waits' : `${waiting} changes of our policy wait`} for your answer
      </a>
    </p>
  )
}

/** Nobody of the team begins or ends before a second person has answered. */
function TeamChanges({ teamChanges }: Pick<HomeFacts, 'teamChanges'>): VNode | null {
  if (teamChanges === 0) return null
  return (
    <p class="govuk-body-l">
      <a class="govuk-link govuk-!-font-weight-bold" href="/team-changes">
        {teamChanges === 1 ? 'A change of the safeguarding team waits' : `${teamChanges} changes of the safeguarding team wait`}{' '}
        for your answer
      </a>
    </p>
  )
}

function HandBacks({ handBacks }: Pick<HomeFacts, 'handBacks'>): VNode | null {
  if (handBacks.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">You stood in for the safeguarding team</h2>
      <ul class="govuk-list">
        {handBacks.map(owed => (
          <li>
            <a class="govuk-link govuk-!-font-weight-bold" href={`/hand-backs/${owed.id}`}>
              Hand {owed.reference} back to the DSL
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function Led({ led }: Pick<HomeFacts, 'led'>): VNode | null {
  if (led === 0) return null
  return (
    <p class="govuk-body">
      <a class="govuk-link" href="/activities">
        {led === 1 ? 'A trip or activity that you lead' : `${led} trips and activities that you lead`}
      </a>
    </p>
  )
}

/** Where everybody begins: a worry first, then what is one's own. */
export function homePage(request: Request<'home.open', Actor>, page: HomePageProps): string {
  const { facts, concerns, onDuty, isTeam } = page
  return pageFor(
    request,
    { title: 'Home', quickExit: true },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{request.school.name}</span>
        {greeting(request.now)}, {request.someone.name}
      </h1>
      <FindDsl findDsl={facts.findDsl} onDuty={onDuty} profile={request.profile} now={request.now} />
      {facts.isLeadVacant && request.someone.roles.some(role => request.profile.lead?.vacancyTold.includes(role)) && (
        <WarningText>
          No DSL appointed. Nobody holds the post of DSL. Somebody of the senior leadership has to be appointed now.
        </WarningText>
      )}
      <MissedNights last={facts.lastCheckpoint} today={localDate(request.now)} />
      <Alerts unseen={request.unseenAlerts} />
      <Shared shared={facts.shared} />
      <Actions actions={facts.actions} />
      <Proposals proposals={facts.proposals} someone={request.someone} />
      <TeamChanges teamChanges={facts.teamChanges} />
      <HandBacks handBacks={facts.handBacks} />
      <OwnTasks tasks={facts.toWrite} now={request.now} />
      <Led led={facts.led} />
      <Beside
        asideLabel="Who is there"
        aside={<Duty onDuty={onDuty} emergency={firstToRing(request)} profile={request.profile} now={request.now} />}
      >
        <Start />
      </Beside>
      {isTeam && <Team counts={facts.counts} />}
      <Drafts drafts={facts.drafts} now={request.now} />
      <Recent concerns={concerns} now={request.now} />
      {mayOpen(request.someone, 'post.list') && (
        <p class="govuk-body">
          <a class="govuk-link" href="/posts">
            Posts of the policy: who holds each, and what is vacant
          </a>
        </p>
      )}
    </>,
  )
}
