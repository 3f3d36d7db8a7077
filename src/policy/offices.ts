/** Which offices nobody holds at a school, because its policy gives them nothing or calls another office so. Pure. */
import type { Profile } from './profile.ts'
import type { RoleId } from './roles.ts'

/** The offices above a head, which one school has and the next has not. */
const above = [
  'chair-of-governors',
  'chair-of-trustees',
  'director-of-education',
  'chief-executive',
  'chief-operating-officer',
  'trust-safeguarding-lead',
] as const satisfies readonly RoleId[]

const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z]+/g, ' ')

/** Whether any value of the policy names the role. */
function isNamed(value: unknown, role: RoleId): boolean {
  if (typeof value !== 'object' || value === null) return value === role
  return Object.values(value).some(part => isNamed(part, role))
}

export interface MissingOffice {
  readonly role: RoleId
  /** What carries its name at this school. */
  readonly instead?: { readonly role: RoleId; readonly title: string }
}

/** The offices above a head that are nobody's at this school: whoever held one would be passed over without a word. */
export function missingOffices(profile: Profile): readonly MissingOffice[] {
  return above.flatMap((role): readonly MissingOffice[] => {
    if (profile.team.some(member => member.role === role)) return []
    const called = profile.team.find(({ title }) => plain(title) === plain(role))
    if (called) return [{ role, instead: { role: called.role, title: called.title } }]
    const isOfTrust = role !== 'chair-of-governors' && profile.school.trust === undefined
    return isOfTrust || !isNamed(profile, role) ? [{ role }] : []
  })
}

/** The role that this school's policy means by it: its own for an office that goes by the other's name there. */
export function roleHere(profile: Profile, role: RoleId): RoleId {
  return missingOffices(profile).find(one => one.role === role)?.instead?.role ?? role
}
