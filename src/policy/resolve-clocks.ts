import type { PlainDate } from '../kernel/plain-date.ts'
import type { LayerFile } from './language.ts'
import { latest, nearest, someOf, sourced, type View } from './layer-values.ts'
import { authoritiesFor } from './layers.ts'
import type { Layer } from './parse-layer.ts'
import type { ClockName, ClockRule } from './profile.ts'
import { clockNames } from './profile.ts'

/** Clocks of a referral belong to the authority that receives it. */
const referralClocks: readonly ClockName[] = ['referral-written', 'referral-answer', 'referral-escalation']

type ClockEntry = NonNullable<LayerFile['clocks']>[number]
type Warned = Exclude<NonNullable<ClockEntry['warned']>, readonly unknown[]>

/** The rules for every clock: those of the nearest layer that has any, and those of the authorities that receive referrals. */
export function clocksOf(view: View): readonly ClockRule[] {
  const files = { ...view, chain: view.chain.filter(layer => !layer.decided) }
  const decided = view.chain
    .filter(layer => layer.decided)
    .flatMap(layer => clockNames.flatMap(name => rulesOf(layer, name, view.on)))
  const general = clockNames.flatMap(
    name => nearest(files, layer => (isOfReceiver(layer, name) ? undefined : someOf(rulesOf(layer, name, view.on)))) ?? [],
  )
  const receivers = authoritiesFor(view.school.data, view.layers).flatMap(layer =>
    referralClocks.flatMap(name =>
      rulesOf(layer, name, view.on).map(rule => ({ ...rule, when: { ...rule.when, authority: layer.key } })),
    ),
  )
  // Of two rules that end at the same moment the first is cited: the school's own, then the authority's, then the national text.
  const isNational = ({ rule, clock }: ClockRule) =>
    view.chain.some(
      layer => layer.kind === 'national' && layer.data.clocks?.some(one => one.rule === rule && one.clock === clock),
    )
  const timed = general.map(rule => withTimeOf(rule, decided))
  return [...timed.filter(rule => !isNational(rule)), ...receivers, ...timed.filter(isNational)]
}

/** A decision of the school changes the time of one rule, with the sentence that says it, and leaves the others of its clock as they are. */
function withTimeOf(rule: ClockRule, decided: readonly ClockRule[]): ClockRule {
  const found = decided.find(one => one.rule === rule.rule)
  return found ? { ...rule, says: found.says, duration: found.duration } : rule
}

function isOfReceiver(layer: Layer, name: ClockName): boolean {
  return layer.kind === 'authorities' && referralClocks.includes(name)
}

function rulesOf(layer: Layer, name: ClockName, on: PlainDate): readonly ClockRule[] {
  return (layer.data.clocks ?? [])
    .filter(entry => entry.clock === name)
    .flatMap(entry => {
      const within = latest<Exclude<ClockEntry['within'], readonly unknown[]>>(entry.within, on)
      const every = entry.every && latest<Exclude<ClockEntry['within'], readonly unknown[]>>(entry.every, on)
      const warned = entry.warned && latest<Warned>(entry.warned, on)
      const times = { ...(every ? { every: sourced(layer, every) } : {}), ...(warned ? { warned: sourced(layer, warned) } : {}) }
      return within ? [ruleOf(entry, sourced(layer, within), times)] : []
    })
}

function ruleOf(
  { clock, rule, says, when, owner }: ClockEntry,
  duration: ClockRule['duration'],
  times: Pick<ClockRule, 'every' | 'warned'>,
): ClockRule {
  const condition = when && conditionOf(when)
  return {
    clock,
    rule,
    says,
    duration,
    ...times,
    ...(condition ? { when: condition } : {}),
    ...(owner ? { owner } : {}),
  }
}

/** The conditions of an entry as a profile holds them. */
export function conditionOf(when: NonNullable<ClockEntry['when']>): NonNullable<ClockRule['when']> {
  return {
    ...(when.urgent === undefined ? {} : { urgent: when.urgent }),
    ...(when.prompts === undefined ? {} : { prompts: when.prompts }),
    ...(when.level_at_least === undefined ? {} : { levelAtLeast: when.level_at_least }),
    ...(when.roles === undefined ? {} : { roles: when.roles }),
    ...(when.statuses === undefined ? {} : { statuses: when.statuses }),
    ...(when.plans === undefined ? {} : { plans: when.plans }),
    ...(when.moment === undefined ? {} : { moment: when.moment }),
    ...(when.believed === undefined ? {} : { believed: when.believed }),
    ...(when.extended === undefined ? {} : { extended: when.extended }),
    ...(when.authorised === undefined ? {} : { authorised: when.authorised }),
    ...(when.absent_days === undefined ? {} : { absentDays: when.absent_days }),
    ...(when.came === undefined ? {} : { came: when.came }),
  }
}
