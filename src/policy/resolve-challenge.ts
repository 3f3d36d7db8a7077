import { cited, holding, nearest, resolved, someOf, type View } from './layer-values.ts'
import type { ChallengeRules, Route } from './profile.ts'

/** Who answers somebody who is still worried, and what else is open to them; where no layer says who, those of the route. */
export function challengeOf(view: View, welfare: Route): ChallengeRules {
  const steps = nearest(view, layer =>
    someOf(
      holding(layer.data.challenge?.steps, view.on).map(entry => ({
        roles: entry.roles,
        says: entry.says,
        ...cited(layer, entry),
      })),
    ),
  )
  const further = nearest(view, layer =>
    someOf(
      holding(layer.data.challenge?.further, view.on).map(entry => ({
        who: entry.who,
        says: entry.says,
        ...(entry.contact === undefined ? {} : { contact: resolved(layer, entry.contact, view.layers) }),
        ...cited(layer, entry),
      })),
    ),
  )
  return { steps: steps ?? welfare.steps, further: further ?? [] }
}
