/** What a concern is about, in words: the team's categories, and beside them the author's own. */
import type { Profile } from '../../../policy/profile.ts'
import type { ConcernFacts } from '../model.ts'

/** The categories in words. */
export function categoryNames(profile: Profile, categories: readonly string[]): string {
  const names = categories.map(id => profile.concern.triageCategories.find(option => option.id === id)?.name ?? id)
  return names.length > 0 ? names.join('; ') : 'None chosen'
}

/** What whoever wrote it chose: their category and what they noticed; '' where they chose nothing. */
export function authorsTags(profile: Profile, concern: Pick<ConcernFacts, 'category' | 'prompts'>): string {
  const { reporterCategories, prompts } = profile.concern
  const category = reporterCategories.find(({ id }) => id === concern.category)?.name ?? concern.category
  const noticed = concern.prompts.map(id => prompts.find(prompt => prompt.id === id)?.name ?? id)
  return [...(category ? [category] : []), ...noticed].join('; ')
}
