import { dateInWords, localDate } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { Profile } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { EndReason, TeamChange, TeamChangeKind, TeamChangeState, TeamRefusal } from './model.ts'
import { roleName } from './role-names.ts'
import { lastDay } from './rules.ts'

/** Why people are told of a change of the team. */
export const teamSource = 'Holdfast: a change of the safeguarding team takes two people'

interface Changed {
  readonly kind: TeamChangeKind
  readonly adultName: string
  readonly role: RoleId
  readonly startsAt: Instant
  readonly endsAt: Instant | null
}

function spanInWords({ startsAt, endsAt }: Pick<Changed, 'startsAt' | 'endsAt'>): string {
  const from = `from ${dateInWords(localDate(startsAt))}`
  return endsAt === null ? `${from}, with no last day` : `${from} to ${dateInWords(lastDay(endsAt))}`
}

/** "Priya Shah as Deputy DSL, from 1 September 2026, with no last day". */
export function changeInWords(profile: Pick<Profile, 'team'>, change: Changed): string {
  const who = `${change.adultName} as ${roleName(profile, change.role)}`
  switch (change.kind) {
    case 'give':
      return `${who}, ${spanInWords(change)}`
    case 'lengthen':
      return `${who} for longer: ${spanInWords(change)}`
    case 'shorten':
      return `${who} for less time: ${spanInWords(change)}`
    case 'end-now':
      return `${who} ended at once`
  }
}

export const stateNames: Readonly<Record<TeamChangeState, string>> = {
  open: 'Waits for a second person',
  agreed: 'Agreed',
  declined: 'Declined',
  withdrawn: 'Taken back',
  lapsed: 'Lapsed without an answer',
  'to-review': 'Done: waits for a second person to look at it',
  upheld: 'Looked at: it was right',
  'given-back': 'Looked at: given back',
}

export const endReasonNames: Readonly<Record<EndReason, string>> = {
  left: 'They have left, or leave now',
  away: 'They must not act in this role for now',
  account: 'Somebody else may be using their account',
}

export const kindNames: Readonly<Record<TeamChangeKind, string>> = {
  give: 'A role is given',
  lengthen: 'More time in a role',
  shorten: 'Less time in a role',
  'end-now': 'A role was ended at once',
}

const refusals: Readonly<Record<TeamRefusal, string>> = {
  'not-open': 'Somebody else has answered this, it was taken back, or its time is over.',
  'changed-since': 'The role has been changed since this was proposed. Decline it, and propose it as it should be now.',
  'ends-before-start': 'The last day has passed. Decline it, and propose it with other dates.',
  'same-role-overlaps': 'They hold this role in part of that time by now. Decline it, or end the other first.',
  'lead-post-taken': 'Somebody else holds the post of DSL in part of that time, and it has one holder.',
  'lead-not-senior': 'The DSL is one of the senior leaders, and they are not on the first day.',
  'lead-vacant':
    'The lead role would be vacant: nobody is proposed or appointed as successor. Decline it, or have one proposed first.',
}

export function teamRefusalSays(refusal: TeamRefusal): string {
  return refusals[refusal]
}

/** What whoever proposed it hears. */
export function answeredSays(profile: Pick<Profile, 'team'>, change: TeamChange, by: string, agrees: boolean): string {
  const what = changeInWords(profile, change)
  if (change.state === 'to-review')
    return agrees ? `${by} has looked at it and agrees: ${what}.` : `${by} has looked at it and gave the role back: ${what}.`
  return agrees ? `${by} agreed, and it holds: ${what}.` : `${by} declined: ${what}. The reason stands beside it.`
}

/** What the person concerned hears of their own role. */
export function ownRoleSays(profile: Pick<Profile, 'team'>, change: TeamChange): string {
  const role = roleName(profile, change.role)
  if (change.state === 'to-review') return `You hold the role of ${role} again.`
  return `Your role of ${role} holds now ${spanInWords(change)}.`
}
