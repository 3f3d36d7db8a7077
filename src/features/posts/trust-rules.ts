/** How the posts of each school of a trust stand, for those of the trust. Pure. */
import type { Instant } from '../../kernel/plain-date.ts'
import { roleTitle } from '../../policy/policy-value.ts'
import type { Profile } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { TrustSchool, Vacancy } from './model.ts'
import { isHeldAt, isNotSenior, postRoles, vacancyOf } from './rules.ts'

export interface TrustPost {
  readonly role: RoleId
  readonly title: string
  readonly names: readonly string[]
  readonly vacancy: Vacancy | undefined
  readonly isNotSenior: boolean
  readonly isRed: boolean
  /** By name and title: whoever the policy has see to it. */
  readonly settledBy: string
}

export interface TrustStanding {
  readonly key: string
  readonly name: string
  readonly posts: readonly TrustPost[]
}

/** "Jo Penn (Strategic Safeguarding Lead)": the holder at the school, else at another of the trust, else the title alone. */
function settlerOf(profile: Profile, school: TrustSchool, schools: readonly TrustSchool[], now: Instant): string {
  const roles = profile.posts.settledBy?.value ?? []
  const everybody = [school, ...schools].flatMap(({ held }) => held.filter(one => isHeldAt(one, now)))
  const named = roles.map(role => {
    const holder = everybody.find(one => one.role === role)
    const title = roleTitle(profile, role)
    return holder ? `${holder.name} (${title})` : title
  })
  return named.join(', ')
}

export function standingOf(profile: Profile, school: TrustSchool, schools: readonly TrustSchool[], now: Instant): TrustStanding {
  const settledBy = settlerOf(profile, school, schools, now)
  const posts = postRoles(profile).map((role): TrustPost => {
    const holders = school.held.filter(one => one.role === role && isHeldAt(one, now))
    const vacancy = vacancyOf(school, role, now)
    const notSenior = holders.some(one => isNotSenior(profile, school, one, now))
    return {
      ...{ role, title: roleTitle(profile, role), names: [...new Set(holders.map(({ name }) => name))], vacancy },
      ...{ isNotSenior: notSenior, isRed: vacancy !== undefined || notSenior, settledBy },
    }
  })
  return { key: school.key, name: school.name, posts }
}
