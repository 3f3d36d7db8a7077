/** A route in words before and after a change, and whose sentences may no longer be true. Pure. */
import type { Profile, Route, RouteStep } from '../../policy/profile.ts'
import { rolesInWords, routesOf } from '../../policy/profile-values.ts'

interface Step {
  readonly tell: string
  readonly roles: readonly string[]
  readonly says: string
}

/** A step as people read it. */
export interface WordedStep {
  readonly who: string
  readonly says: string
  /** The step for which its sentence was written, where others are told in it, or before it, than then. */
  readonly writtenFor: number | undefined
}

export interface WordedRoute {
  readonly title: string
  /** The route whole, where its sentences are changed. */
  readonly path: string
  readonly before: readonly WordedStep[]
  readonly after: readonly WordedStep[]
}

/** What a sentence such as "if neither is there" speaks of: who is told in its step, and whom the steps before it have told. */
function speaksOf(steps: readonly Step[], index: number): string {
  const before = new Set(steps.slice(0, index).flatMap(({ roles }) => roles))
  const { roles = [], tell } = steps[index] ?? {}
  return JSON.stringify([[...before].toSorted(), roles, tell])
}

/** By step of `after`, for which step of `before` its sentence was written, where it may not be true any more. */
export function sentencesToCheck(before: readonly Step[], after: readonly Step[]): readonly (number | undefined)[] {
  return after.map(({ says }, index) => {
    const was = before.findIndex(step => step.says === says.trim())
    return was < 0 || speaksOf(before, was) === speaksOf(after, index) ? undefined : was + 1
  })
}

function worded(profile: Profile, steps: readonly RouteStep[], checks: readonly (number | undefined)[]): readonly WordedStep[] {
  return steps.map(({ roles, tell, says }, index) => ({
    who: rolesInWords(profile, roles, tell),
    says,
    writtenFor: checks[index],
  }))
}

/** Each route that a change alters, as people read it before and after. */
export function routesInWords(before: Profile, after: Profile): readonly WordedRoute[] {
  const then = new Map(routesOf(after).map(({ route }): [string, Route] => [route.id, route]))
  return routesOf(before).flatMap(({ route, title }) => {
    const other = then.get(route.id)
    if (!other || readAs(route) === readAs(other)) return []
    return [
      {
        title,
        path: `routes/${route.id}`,
        before: worded(before, route.steps, []),
        after: worded(after, other.steps, sentencesToCheck(route.steps, other.steps)),
      },
    ]
  })
}

function readAs({ steps }: Route): string {
  return JSON.stringify(steps.map(({ roles, tell, says }) => [roles, tell, says]))
}
