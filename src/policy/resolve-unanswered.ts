import { cited, holding, holds, nearest, someOf, type View } from './layer-values.ts'
import type { LeadPost, Profile, WhenUnanswered } from './profile.ts'

const occasions: readonly WhenUnanswered['on'][] = [
  'acknowledgement',
  'triage',
  'decision',
  'unreachable',
  'child-seen',
  'account',
  'risk-assessment',
  'monitoring',
]

/** Who hears when nobody answers, and what is asked of the post of DSL: for each the nearest layer that says anything of it. */
export function unansweredOf(view: View): Pick<Profile, 'unanswered' | 'lead'> {
  const unanswered = occasions.flatMap(
    on =>
      nearest(view, layer =>
        someOf(
          holding(layer.data.unanswered, view.on)
            .filter(entry => entry.on === on)
            .map(
              (entry): WhenUnanswered => ({
                on,
                ...(entry.within === undefined ? {} : { within: entry.within }),
                ...(entry.prompts === undefined ? {} : { prompts: entry.prompts }),
                tell: entry.tell,
                ask: entry.ask ?? [],
                says: entry.says,
                ...cited(layer, entry),
              }),
            ),
        ),
      ) ?? [],
  )
  const lead = nearest(view, (layer): LeadPost | undefined => {
    const entry = layer.data.lead
    if (!entry || !holds(entry, view.on)) return undefined
    const { holders_max: holdersMax, among, vacancy_told: vacancyTold, says } = entry
    const { warned_days_before: warnedDaysBefore, never_vacant: neverVacant } = entry
    return {
      ...{ holdersMax, among, vacancyTold, says },
      ...(warnedDaysBefore === undefined ? {} : { warnedDaysBefore }),
      ...(neverVacant === undefined ? {} : { neverVacant }),
      ...cited(layer, entry),
    }
  })
  return { unanswered, ...(lead ? { lead } : {}) }
}
