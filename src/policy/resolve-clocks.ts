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

/** The rules for every clock: those of the nearest layer that has any, and those of the authorities that receive referrals. */
export function clocksOf(view: View): readonly ClockRule[] {
  const general = clockNames.flatMap(
    name => nearest(view, layer => (isOfReceiver(layer, name) ? undefined : someOf(rulesOf(layer, name, view.on)))) ?? [],
  )
  const receivers = authoritiesFor(view.school.data, view.layers).flatMap(layer =>
    referralClocks.flatMap(name =>
      rulesOf(layer, name, view.on).map(rule => ({ ...rule, when: { ...rule.when, authority: layer.key } })),
    ),
  )
  return [...general, ...receivers]
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
      return within ? [ruleOf(entry, sourced(layer, within), every && sourced(layer, every))] : []
    })
}

function ruleOf(
  { clock, rule, says, when, owner }: ClockEntry,
  duration: ClockRule['duration'],
  every: ClockRule['every'],
): ClockRule {
  const condition = when && {
    ...(when.urgent === undefined ? {} : { urgent: when.urgent }),
    ...(when.prompts === undefined ? {} : { prompts: when.prompts }),
    ...(when.level_at_least === undefined ? {} : { levelAtLeast: when.level_at_least }),
    ...(when.roles === undefined ? {} : { roles: when.roles }),
    ...(when.statuses === undefined ? {} : { statuses: when.statuses }),
    ...(when.plans === undefined ? {} : { plans: when.plans }),
    ...(when.moment === undefined ? {} : { moment: when.moment }),
    ...(when.believed === undefined ? {} : { believed: when.believed }),
    ...(when.authorised === undefined ? {} : { authorised: when.authorised }),
    ...(when.absent_days === undefined ? {} : { absentDays: when.absent_days }),
  }
  return {
    clock,
    rule,
    says,
    duration,
    ...(every ? { every } : {}),
    ...(condition ? { when: condition } : {}),
    ...(owner ? { owner } : {}),
  }
}
