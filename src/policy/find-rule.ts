/** Finds the rule behind a deadline or a route by its id, for whoever asks why. */
import { practiceAcknowledged } from './conduct.ts'
import type { ClockRule, PolicyDocument, Profile, Route, Source, Sourced, StatutoryTime } from './profile.ts'
import { type PolicyValue, valuesOf } from './profile-values.ts'
import { stepRule } from './routing.ts'
import { ruleDocuments, ruleRegistry } from './rule-registry.ts'
import { statutoryFor } from './statutory-times.ts'

export interface FoundRule {
  readonly id: string
  readonly says: string
  readonly source: Source
  readonly document: string
  readonly edition?: string
  /** Where the rule stands: a layer of the policy, or the product itself. */
  readonly layer: PolicyDocument['layer'] | 'product'
  readonly standing: Sourced<unknown>['standing']
  readonly reading?: string
  readonly clock?: ClockRule
  readonly statutory?: StatutoryTime
  readonly step?: { readonly route: Route; readonly index: number }
  /** All that is said of it, where that is more than its time. */
  readonly value?: PolicyValue
}

/** Every rule of this id: an authority that receives a referral may have its own for the same clock. */
export function findRules(profile: Profile, id: string): readonly FoundRule[] {
  const found = [...clockRules(profile, id), ...steps(profile, id), ...listeners(profile, id), ...productRules(id)]
  return found.length > 0 ? found : valueRules(profile, id)
}

type Given = Pick<FoundRule, 'id' | 'says' | 'source'> & {
  readonly standing?: FoundRule['standing']
  readonly reading?: string | undefined
}

function found(profile: Profile, { standing, reading, ...given }: Given): FoundRule {
  const document = profile.documents[given.source.document]
  return {
    ...given,
    document: document?.title ?? given.source.document,
    ...(document?.edition === undefined ? {} : { edition: document.edition }),
    layer: document?.layer ?? 'schools',
    standing: standing ?? 'stated',
    ...(reading === undefined ? {} : { reading }),
  }
}

function clockRules(profile: Profile, id: string): readonly FoundRule[] {
  const { training, reading, reviews } = profile.duties
  const isDuty = [...training, ...reading, ...reviews].some(({ rule }) => rule === id)
  const value = isDuty ? valuesOf(profile).find(one => one.rule === id) : undefined
  return profile.clocks
    .filter(rule => rule.rule === id)
    .map(clock => {
      const { source, standing, reading } = clock.duration
      const statutory = statutoryFor(profile, clock)
      return {
        ...found(profile, { id, says: clock.says, source, standing, reading }),
        clock,
        ...(statutory ? { statutory } : {}),
        ...(value ? { value } : {}),
      }
    })
}

function steps(profile: Profile, id: string): readonly FoundRule[] {
  return [profile.routes.welfare, ...profile.conduct.chains].flatMap(route =>
    route.steps.flatMap((step, index) =>
      stepRule(route, index) === id
        ? [
            {
              ...found(profile, {
                id,
                says: step.says,
                source: step.source,
                ...(step.standing ? { standing: step.standing } : {}),
                reading: step.reading,
              }),
              step: { route, index },
            },
          ]
        : [],
    ),
  )
}

/** What has no clock of its own: a duty without a time, what is owed for a pupil, how long records are kept. */
function valueRules(profile: Profile, id: string): readonly FoundRule[] {
  return valuesOf(profile).flatMap(value =>
    value.rule === id && value.source
      ? [
          {
            ...found(profile, {
              id,
              says: value.what,
              source: value.source,
              ...(value.standing ? { standing: value.standing } : {}),
              reading: value.reading,
            }),
            value,
          },
        ]
      : [],
  )
}

/** Who hears besides those who must act, and who hears when nobody answers. */
function listeners(profile: Profile, id: string): readonly FoundRule[] {
  return [
    ...profile.unanswered.filter(({ on }) => `unanswered.${on}` === id),
    ...profile.alsoTold.filter(({ on }) => `routing.also-told-${on}` === id),
    ...(id === practiceAcknowledged.rule && profile.conduct.practiceAcknowledged
      ? [{ ...profile.conduct.practiceAcknowledged, says: practiceAcknowledged.says }]
      : []),
  ].map(rule => found(profile, { id, says: rule.says, source: rule.source }))
}

function productRules(id: string): readonly FoundRule[] {
  return ruleRegistry
    .filter(rule => rule.id === id)
    .map(({ says, source }) => ({
      id,
      says,
      source,
      document: ruleDocuments[source.document]?.title ?? source.document,
      layer: 'product',
      standing: 'stated',
    }))
}
