/** Calls and talks where they stand with a concern: the reporter's own on theirs, all of them on the team's. */
import type { ComponentChildren, VNode } from 'preact'
import { nearMomentInWords } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { referralDestination } from '../../../policy/referral-destination.ts'
import { Badge, ContactList, InsetText, Words } from '../../../web/components/index.ts'
import { contactToRing } from '../../concerns/index.ts'
import { type EmergencyCall, type FamilyContact, serviceNames, wayNames } from '../model.ts'

export interface ContactsProps {
  readonly calls: readonly EmergencyCall[]
  readonly talks: readonly FamilyContact[]
  readonly now: Instant
}

function Written({ by }: { readonly by: string | null }): VNode | null {
  return by === null ? null : <span class="hf-meta">Written down by {by}</span>
}

function Call({ call, now }: { readonly call: EmergencyCall; readonly now: Instant }): VNode {
  return (
    <li>
      <strong>
        Emergency call: {serviceNames[call.service].toLowerCase()}, {nearMomentInWords(call.at, now)}
      </strong>
      . <bdi>{call.rangBy}</bdi> rang. {call.incident === '' ? 'No incident number.' : `Incident number ${call.incident}.`}
      {call.says !== '' && <Words as="div">{call.says}</Words>} <Written by={call.byName} />
    </li>
  )
}

function Talk({ talk, now }: { readonly talk: FamilyContact; readonly now: Instant }): VNode {
  return (
    <li>
      <strong>
        Parent contacted, {nearMomentInWords(talk.at, now)}: <bdi>{talk.who}</bdi>
      </strong>
      , {wayNames[talk.how].toLowerCase()}. {talk.early && <Badge kind="overdue">Parent contacted before DSL advice</Badge>}
      {talk.agreedWith !== '' && (
        <>
          Agreed with <bdi>{talk.agreedWith}</bdi>
          {talk.agreedAt && `, ${nearMomentInWords(talk.agreedAt, now)}`}.
        </>
      )}
      <Words as="div">{talk.says}</Words> <Written by={talk.byName} />
    </li>
  )
}

/** What was done outside, in a list; nothing where nothing was. */
export function ContactsMade({ calls, talks, now }: ContactsProps): VNode | null {
  if (calls.length === 0 && talks.length === 0) return null
  return (
    <section aria-labelledby="contacts-made">
      <h2 class="govuk-heading-m" id="contacts-made">
        Calls, and talks with parents
      </h2>
      <ul class="govuk-list govuk-list--spaced">
        {calls.map(call => (
          <Call call={call} now={now} />
        ))}
        {talks.map(talk => (
          <Talk talk={talk} now={now} />
        ))}
      </ul>
    </section>
  )
}

interface ChildAfterCall {
  readonly name: string
  readonly homeAuthority: string | null
  readonly locality: string | null
}

function HomeOf({ child, profile, now }: { child: ChildAfterCall; profile: Profile; now: Instant }): VNode {
  const found = referralDestination(profile, child.homeAuthority ?? undefined, child.locality ?? undefined)
  if (found.kind === 'ask')
    return (
      <p>
        <bdi>{child.name}</bdi>: {found.says}
      </p>
    )
  const contact = found.locality?.contact ?? found.frontDoor
  return (
    <>
      <p>
        <bdi>{child.name}</bdi> lives in {found.destination.authorityName ?? found.destination.authority}:
      </p>
      <ContactList contacts={[contactToRing(contact, undefined, now)]} />
    </>
  )
}

/** After an emergency call, until a referral is made: refer to the authority where each child lives. */
export function AfterTheCall({
  calls,
  children: subjects,
  hasReferral,
  profile,
  now,
  link,
}: {
  readonly calls: readonly EmergencyCall[]
  readonly children: readonly ChildAfterCall[]
  readonly hasReferral: boolean
  readonly profile: Profile
  readonly now: Instant
  readonly link?: ComponentChildren
}): VNode | null {
  const last = calls.at(-1)
  if (!last || hasReferral) return null
  const number = last.incident === '' ? '' : `, incident number ${last.incident}`
  return (
    <InsetText>
      <p>
        <strong>
          The emergency number was rung {nearMomentInWords(last.at, now)} ({serviceNames[last.service].toLowerCase()}
          {number}). Refer to the authority where the child lives.
        </strong>
      </p>
      {subjects.map(child => (
        <HomeOf child={child} profile={profile} now={now} />
      ))}
      {link}
    </InsetText>
  )
}
