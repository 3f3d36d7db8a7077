/** What a profile says of harm between children: of each part the nearest layer that says anything of it. */
import type { BehaviourRules, InternalReview, WithheldRule, WordingRule } from './between-children.ts'
import { cited, holding, nearest, someOf, type View } from './layer-values.ts'
import type { Profile } from './profile.ts'

type Parts = Pick<Profile, 'internalReviews' | 'parentsWithheld' | 'wording' | 'behaviour'>

function behaviourOf(view: View): BehaviourRules | undefined {
  return nearest(view, layer => {
    const [rule] = holding(layer.data.behaviour && [layer.data.behaviour], view.on)
    if (!rule) return undefined
    const tags = rule.tags.map(({ id, name, hint, prompt }) => ({
      id,
      name,
      ...(hint === undefined ? {} : { hint }),
      ...(prompt === undefined ? {} : { prompt }),
    }))
    return { tags, words: rule.words ?? [], prompt: rule.prompt, says: rule.says, ...cited(layer, rule) }
  })
}

function withheldOf(view: View): WithheldRule | undefined {
  return nearest(view, layer => {
    const [rule] = holding(layer.data.parents_withheld && [layer.data.parents_withheld], view.on)
    if (!rule) return undefined
    const { prompts, categories, second, advice, says } = rule
    return {
      prompts: prompts ?? [],
      categories: categories ?? [],
      second: second ?? false,
      advice: advice ?? false,
      says,
      ...cited(layer, rule),
    }
  })
}

/** A nearer layer replaces words of the same id whole. */
function wordingOf(view: View): readonly WordingRule[] {
  const found = new Map<string, WordingRule>()
  for (const layer of view.chain)
    for (const rule of holding(layer.data.wording, view.on))
      found.set(rule.id, { id: rule.id, name: rule.name, words: rule.words, places: rule.in, ...cited(layer, rule) })
  return [...found.values()]
}

export function betweenChildrenOf(view: View): Parts {
  const internalReviews =
    nearest(view, layer =>
      someOf(
        holding(layer.data.internal_reviews, view.on).map(
          ({ categories, choices, within, says, ...rest }): InternalReview => ({
            categories,
            choices,
            within,
            says,
            ...cited(layer, rest),
          }),
        ),
      ),
    ) ?? []
  const parentsWithheld = withheldOf(view)
  const behaviour = behaviourOf(view)
  return {
    internalReviews,
    ...(parentsWithheld ? { parentsWithheld } : {}),
    wording: wordingOf(view),
    ...(behaviour ? { behaviour } : {}),
  }
}
