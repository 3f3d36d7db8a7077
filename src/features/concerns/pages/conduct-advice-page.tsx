import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { type ConductChain, chainFor } from '../../../policy/conduct.ts'
import { doubtOf } from '../../../policy/contact-doubts.ts'
import type { Contact, Profile, Route } from '../../../policy/profile.ts'
import { type EmergencyContact, InsetText, WarningText } from '../../../web/components/index.ts'
import type { TeamMember } from '../form-model.ts'
import { Contacts, contactsToRing, emergencyContacts, roleTitle } from './ringing.tsx'

export interface ConductAdviceProps {
  readonly profile: Profile
  readonly now: Instant
  /** Who holds the roles of the routes; absent for visitors, who are shown offices and not names. */
  readonly holders: readonly TeamMember[] | undefined
  readonly helpHref: string
}

interface Office {
  readonly title: string
  readonly contact: Contact | undefined
}

function officeOf(profile: Profile, role: string): Office {
  const member = profile.team.find(one => one.role === role)
  return { title: roleTitle(profile, role), contact: member?.contact ? profile.contacts[member.contact] : undefined }
}

function officeToRing({ title, contact }: Office): EmergencyContact {
  return {
    name: title,
    phone: contact?.phone,
    detail: [contact?.email ?? (contact?.phone ? undefined : 'Our policy gives no number.'), doubtOf(contact)]
      .filter(Boolean)
      .join(' '),
  }
}

/** Somebody of a chain with every office of theirs in it. */
function personToRing(person: TeamMember, offices: readonly Office[]): EmergencyContact {
  const contacts = offices.flatMap(({ contact }) => contact ?? [])
  const emails = [...new Set(contacts.flatMap(({ email }) => email ?? []))]
  const office = person.phone === null ? contacts.find(({ phone }) => phone) : undefined
  return {
    name: person.name,
    phone: person.phone ?? office?.phone,
    detail: [
      `${offices.map(({ title }) => title).join(', ')}${person.absent ? ', not in school now' : ''}.`,
      ...emails,
      doubtOf(office),
    ]
      .filter(Boolean)
      .join(' '),
  }
}

interface Mention {
  readonly step: number
  readonly role: string
  /** Absent where nobody holds the office. */
  readonly person: TeamMember | undefined
}

/** Everybody whom the chain names, in its order, once for each office of theirs. */
function mentionsOf({ steps }: Route, holders: readonly TeamMember[]): readonly Mention[] {
  return steps.flatMap((step, index) =>
    step.roles.flatMap(role => {
      const people = holders.filter(holder => holder.role === role)
      return (people.length > 0 ? people : [undefined]).map(person => ({ step: index, role, person }))
    }),
  )
}

/** Whom a step names: each person where the chain first comes to them, with all that they are in it. */
function stepContacts(route: Route, index: number, { profile, holders }: ConductAdviceProps): readonly EmergencyContact[] {
  const office = (role: string) => officeOf(profile, role)
  if (!holders) return (route.steps[index]?.roles ?? []).map(role => officeToRing(office(role)))
  const mentions = mentionsOf(route, holders)
  return mentions.flatMap(({ step, role, person }, at) => {
    if (step !== index) return []
    if (!person) return [{ ...officeToRing(office(role)), detail: 'Nobody holds this office now: go to the next.' }]
    const same = mentions.filter(other => other.person?.adultId === person.adultId)
    return same[0] === mentions[at] ? [personToRing(person, [...new Set(same.map(other => other.role))].map(office))] : []
  })
}

function Steps({ route, ...props }: ConductAdviceProps & { readonly route: Route }): VNode {
  return (
    <ol class="govuk-list govuk-list--number govuk-list--spaced">
      {route.steps.map((step, index) => {
        const contacts = stepContacts(route, index, props)
        return (
          <li>
            <p class="govuk-body">{step.says}</p>
            {contacts.length > 0 ? <Contacts contacts={contacts} /> : <p class="govuk-body">They are named above already.</p>}
          </li>
        )
      })}
    </ol>
  )
}

interface Advised {
  readonly title: string
  readonly chain: ConductChain
}

/** The chains that a reader has to tell apart before they know more: the usual one, and each case for which the policy has another. */
function advisedChains({ conduct: rules }: Profile) {
  const facts = { kind: 'conduct', believed: 'unsure', conflictOfInterest: false } as const
  const staff = [{ roles: ['teacher'], relativesHold: [] }] as const
  const conduct = chainFor(rules, { ...facts, subjects: staff })
  const lowLevel = chainFor(rules, { ...facts, believed: 'low-level', subjects: staff })
  const ofHead = chainFor(rules, { ...facts, subjects: [{ roles: ['teacher'], relativesHold: ['headteacher'] }] })
  const conflict = chainFor(rules, { ...facts, conflictOfInterest: true, subjects: staff })
  const apart: readonly Advised[] = [
    { title: 'A low-level worry: nobody was harmed, but it is not how adults are to behave with children', chain: lowLevel },
    ...(ofHead === conflict
      ? [
          {
            title: 'About a relative of the headteacher, or where telling the headteacher would be a conflict of interest',
            chain: ofHead,
          },
        ]
      : [
          { title: 'About a relative of the headteacher', chain: ofHead },
          { title: 'Where telling the headteacher would be a conflict of interest', chain: conflict },
        ]),
  ]
  return {
    conduct,
    apart: apart.filter(({ chain }) => chain !== conduct),
    aboutHead: chainFor(rules, { ...facts, subjects: [{ roles: ['headteacher'], relativesHold: [] }] }),
    practice: chainFor(rules, { ...facts, kind: 'practice', subjects: [] }),
  }
}

/** Who is told by a chain; where that is nobody in the school, whom to ring outside. */
function Told({ chain, ...props }: ConductAdviceProps & { readonly chain: ConductChain }): VNode {
  if (chain.steps.length > 0) return <Steps {...props} route={chain} />
  return (
    <>
      <p class="govuk-body">Our policy has nobody in the school told of this. Ring:</p>
      <Contacts contacts={contactsToRing(props.profile, chain.outside, props.now)} />
    </>
  )
}

/** Whom the policy names for a worry about an adult; nothing on it can be filled in, and nothing is kept. */
export function ConductAdvice(props: ConductAdviceProps): VNode {
  const { profile, now } = props
  const { conduct, apart, aboutHead, practice } = advisedChains(profile)
  const outside = [...new Set([conduct, aboutHead, ...apart.map(({ chain }) => chain)].flatMap(chain => chain.outside))]
  const [emergency] = emergencyContacts(profile, now)
  return (
    <>
      <h1 class="govuk-heading-l">I am worried about an adult who works or helps here</h1>
      <WarningText>
        Holdfast cannot record this yet. Nothing on this page is kept, and nobody is told that you opened it.
      </WarningText>
      <InsetText>
        Do not write it as a concern about a child: others could read it there. Tell one of these people, today, in person or by
        telephone. Do not tell the adult, and do not ask around.
      </InsetText>
      {emergency && (
        <>
          <p class="govuk-body">If somebody is in danger now:</p>
          <Contacts contacts={[emergency]} />
        </>
      )}
      <h2 class="govuk-heading-m">About anybody except the headteacher: staff, supply, volunteers, contractors, governors</h2>
      <p class="govuk-body">If it is about the first of these people, go to the next.</p>
      <Told {...props} chain={conduct} />
      {apart.map(({ title, chain }) => (
        <>
          <h2 class="govuk-heading-m">{title}</h2>
          <Told {...props} chain={chain} />
        </>
      ))}
      <h2 class="govuk-heading-m">About the headteacher</h2>
      <Told {...props} chain={aboutHead} />
      <h2 class="govuk-heading-m">About how the school keeps children safe (whistleblowing)</h2>
      <Told {...props} chain={practice} />
      <h2 class="govuk-heading-m">Outside the school</h2>
      <p class="govuk-body">
        If everybody above is part of it, or you cannot go to them, or you have told them and nothing happens, ring outside. You
        may always do that.
      </p>
      <Contacts contacts={contactsToRing(profile, outside, now)} />
      <p class="govuk-body">
        <a class="govuk-link" href={props.helpHref}>
          When each line answers, and everybody else whom you can ring
        </a>
      </p>
      <p class="govuk-body">
        Write down for yourself what you saw or heard, with day and time, and hand it to the person you tell. If a child may be
        hurt, the child comes first: see that somebody is with the child.
      </p>
    </>
  )
}
