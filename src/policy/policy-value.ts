/** One value of a policy in words, with its authority. */
import type { PlainDate } from '../kernel/plain-date.ts'
import type { Profile, Source, Sourced } from './profile.ts'
import type { RoleId } from './roles.ts'

/** The kinds of value in the order in which a policy is read. */
export const valueKinds = [
  'routes',
  'listeners',
  'clocks',
  'pupils',
  'training',
  'reading',
  'reviews',
  'emergency',
  'contacts',
  'levels',
  'referrals',
  'pathways',
  'required',
  'conduct',
  'choices',
  'reminders',
  'questions',
  'signs',
  'team',
  'cover',
  'calendar',
  'retention',
  'answered',
  'more',
  'gaps',
] as const
export type ValueKind = (typeof valueKinds)[number]

/** One value of a policy, in words. The key says which value of another profile is the same thing. */
export interface PolicyValue {
  readonly kind: ValueKind
  readonly key: string
  readonly what: string
  readonly says: string
  readonly source?: Source
  readonly standing?: Sourced<unknown>['standing']
  readonly reading?: string
  readonly from?: PlainDate
  /** The rule behind it, where it has one. */
  readonly rule?: string
}

/** What the school calls whoever holds a role. */
export function roleTitle(profile: Pick<Profile, 'team'>, role: RoleId): string {
  return profile.team.find(member => member.role === role)?.title ?? role.replaceAll('-', ' ')
}

export type Authority = Partial<Pick<Sourced<unknown>, 'source' | 'standing' | 'from'>> & {
  readonly reading?: string | undefined
}

/** A value with what is known of where it comes from. */
export function value(
  kind: ValueKind,
  key: string,
  what: string,
  says: string,
  authority: Authority = {},
  rule?: string,
): PolicyValue {
  const { source, standing, reading, from } = authority
  return {
    kind,
    key,
    what,
    says,
    ...(source ? { source } : {}),
    ...(standing ? { standing } : {}),
    ...(reading === undefined ? {} : { reading }),
    ...(from ? { from } : {}),
    ...(rule === undefined ? {} : { rule }),
  }
}
