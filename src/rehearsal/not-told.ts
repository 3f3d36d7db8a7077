/** Who of those whom the policy has told hears nothing, because they are outside the concern or the case. */
import type { RoleId } from '../policy/roles.ts'
import type { NotTold, StagedPerson } from './model.ts'
import type { Stage } from './stage.ts'
import { listOutsiders, type OutsidersOf } from './stage-store.ts'

interface Found {
  readonly id: string
  readonly not_told: NotTold
}

function rolesTold({ profile }: Stage, { chain }: OutsidersOf): readonly RoleId[] {
  if (chain === null) return profile.routes.welfare.steps.flatMap(({ roles }) => roles)
  const found = profile.conduct.chains.find(({ key }) => key === chain)
  return [...(found?.steps ?? []), ...(found?.shared ?? [])].flatMap(({ roles }) => roles)
}

/** Why somebody is outside, by what the rehearsal says of them. */
function whyOutside(stage: Stage, person: StagedPerson, { chain, named, children }: OutsidersOf): string {
  if (named.includes(person.adultId)) return chain === null ? 'said to have harmed' : 'whom it is about'
  const child = person.parentOf.find(key => children.includes(stage.getPupil(key).childId))
  if (child) return `a parent of ${child}`
  const relative = [...stage.people.values()].find(
    other => named.includes(other.adultId) && (person.relativeOf.includes(other.key) || other.relativeOf.includes(person.key)),
  )
  if (relative) return `a relative of ${relative.key}, ${chain === null ? 'who is said to have harmed' : 'whom it is about'}`
  return 'outside it'
}

/** Everybody at this moment who holds a role that is told, and is outside. */
export async function notToldNow(stage: Stage): Promise<readonly Found[]> {
  const all = await listOutsiders(stage.admin, stage.schoolId)
  return all.flatMap(outsiders => {
    const roles = rolesTold(stage, outsiders)
    return [...stage.people.values()].flatMap((person): readonly Found[] => {
      const role = person.roles.find(one => roles.includes(one))
      if (role === undefined || !outsiders.excluded.includes(person.adultId)) return []
      const because = whyOutside(stage, person, outsiders)
      const not_told = { person: person.key, role, ref: stage.refOf(outsiders.id), because }
      return [{ id: `outside ${outsiders.id} ${person.adultId}`, not_told }]
    })
  })
}
