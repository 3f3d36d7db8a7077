/** What is wrong with the people and pupils of a rehearsal, and what of them means nothing under the policy of its school. Pure. */
import { localDate } from '../kernel/london-time.ts'
import type { Instant } from '../kernel/plain-date.ts'
import type { FieldFault, FieldPath } from '../policy/faults.ts'
import { likeliest } from '../policy/field-forms.ts'
import { missingOffices } from '../policy/offices.ts'
import type { Profile } from '../policy/profile.ts'
import type { RoleId } from '../policy/roles.ts'
import { otherAuthority } from '../policy/where-to.ts'
import type { RehearsalFile } from './schema.ts'

export const meant = (name: string, known: readonly string[]): string => {
  const one = likeliest(name, known)
  return one === undefined ? '' : ` Did you mean ${one}?`
}

/** An office that the school has not: nobody would be told in it. */
export function officeDoubts(profile: Profile, roles: readonly RoleId[], path: (index: number) => FieldPath): FieldFault[] {
  const missing = missingOffices(profile)
  return roles.flatMap((role, index): FieldFault[] => {
    const found = missing.find(one => one.role === role)
    if (!found) return []
    const { instead } = found
    const remedy = instead
      ? `What is called ${instead.title} there is ${instead.role}, and it is read as that.`
      : 'Leave the role out, or write the one that the policy of this school names in its place.'
    return [
      {
        path: path(index),
        on: 'value',
        says: `At ${profile.school.name} nobody is ${role}: its policy gives it nothing.`,
        remedy,
      },
    ]
  })
}

type PupilOfFile = NonNullable<RehearsalFile['pupils']>[string]

function bornFault({ born }: PupilOfFile, path: FieldPath, first: Instant): FieldFault[] {
  const day = localDate(first)
  if (born === undefined || born <= day) return []
  const says = `Born on ${born}, after the first event, which is on ${day}.`
  return [{ path: [...path, 'born'], on: 'value', says, remedy: 'Correct the date of birth, or the date of the event.' }]
}

function authorityDoubt({ authority }: PupilOfFile, path: FieldPath, { referrals, school }: Profile): FieldFault[] {
  const known = [...new Set([school.authority, ...referrals.map(one => one.authority)])]
  if (authority === undefined || authority === otherAuthority || known.includes(authority)) return []
  return [
    {
      path: [...path, 'authority'],
      on: 'value',
      says: `No authority "${authority}" is known here.${meant(authority, known)}`,
      remedy: `Use one of: ${known.join(', ')}; write ${otherAuthority} where the child lives in none of them.`,
    },
  ]
}

/** Nobody is anywhere before they are born. */
export function castFaults(file: RehearsalFile, first: Instant): FieldFault[] {
  return Object.entries(file.pupils ?? {}).flatMap(([key, pupil]) => bornFault(pupil, ['pupils', key], first))
}

/** Offices and authorities of which this policy knows nothing: nobody is told in the one, and the other has no place to refer to. */
export function castDoubts(file: RehearsalFile, profile: Profile): FieldFault[] {
  return [
    ...Object.entries(file.people ?? {}).flatMap(([key, { roles = [] }]) =>
      officeDoubts(profile, roles, index => ['people', key, 'roles', index]),
    ),
    ...Object.entries(file.pupils ?? {}).flatMap(([key, pupil]) => authorityDoubt(pupil, ['pupils', key], profile)),
  ]
}
