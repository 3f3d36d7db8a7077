/** How explanations of one injury stand to each other. Pure. */
import type { BodyMark } from '../model.ts'
import type { Explanation, NewExplanation } from './model.ts'

function plain(says: string): string {
  return says
    .toLocaleLowerCase('en-GB')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/** The earlier explanations of the same injury that say something else, whoever gave them: a child's own words may change too. */
export function otherWords<Kept extends Pick<Explanation, 'markN' | 'says'>>(
  earlier: readonly Kept[],
  one: Pick<NewExplanation, 'markN' | 'says'>,
): readonly Kept[] {
  return earlier.filter(
    kept => kept.markN === one.markN && plain(kept.says) !== '' && plain(one.says) !== '' && plain(kept.says) !== plain(one.says),
  )
}

/** What the chronology calls it: never a word of what was said. */
export function explanationHeading({ agrees }: Pick<NewExplanation, 'agrees'>): string {
  return agrees === 'no' || agrees === 'not-sure' ? 'Explanations of an injury differ' : 'Another explanation of an injury'
}

/** What the body map holds of how each injury came about, as explanations of their own. */
export function explanationsIn(marks: readonly BodyMark[]): readonly NewExplanation[] {
  return marks.flatMap((mark, index) => {
    const { givenBy = 'child', givenSays = '', treatment = null, treatmentSays = '' } = mark.explained ?? {}
    if (mark.explanation === '' && treatment === null) return []
    return [
      {
        markN: index + 1,
        givenBy,
        givenSays,
        says: mark.explanation,
        saidOn: null,
        saidAtTime: null,
        treatment,
        treatmentSays,
        agrees: null,
      },
    ]
  })
}
