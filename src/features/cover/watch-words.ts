import { dayInWords } from '../../kernel/london-time.ts'
import type { CoverRules } from '../../policy/profile.ts'
import type { CoverGap } from './model.ts'
import { deputiesMissing, partOfDay, stretchOn } from './pages/words.ts'

/** A gap in a sentence: what is missing, on which day, when. */
export function gapSays(gap: CoverGap, cover: Pick<CoverRules, 'deputiesMin'>): string {
  const when = `on ${dayInWords(gap.onDay)} ${partOfDay(gap)}, ${stretchOn(gap, gap.onDay)}`
  return gap.kind === 'nobody'
    ? `No DSL cover ${when}: nobody of the safeguarding team is in school then.`
    : `${deputiesMissing(cover)} ${when}.`
}
