import { likeliest } from '../../policy/field-forms.ts'
import type { Profile } from '../../policy/profile.ts'
import type { KeyFault } from '../event-kind.ts'

/** Every category that the school's policy uses anywhere: what reporters and the team choose from, and what a pathway is for. */
function categoriesOf({ concern, pathways }: Profile): readonly string[] {
  const offered = [...concern.reporterCategories, ...concern.triageCategories].map(({ id }) => id)
  return [...new Set([...offered, ...pathways.flatMap(({ when }) => when.categories)])]
}

/** Categories that nothing in the school's policy uses: no list to choose from, and no pathway. */
export function categoryDoubts(key: string, categories: readonly string[], profile: Profile): readonly KeyFault[] {
  const known = categoriesOf(profile)
  return categories
    .filter(category => !known.includes(category))
    .map(category => {
      const meant = likeliest(category, known)
      return {
        key,
        says: `No pathway and no list of this school has the category "${category}".${meant ? ` Did you mean ${meant}?` : ''}`,
        remedy: known.length > 0 ? `Use one of: ${known.join(', ')}.` : 'This school uses none: leave it out.',
      }
    })
}
