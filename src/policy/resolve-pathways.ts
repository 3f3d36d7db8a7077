/** The pathways of a profile: of the layers together, the nearer in place of the farther. */
import type { LayerFile } from './language.ts'
import { cited, holding, latest, nearest, resolved, sourced, type View } from './layer-values.ts'
import type { Layer } from './parse-layer.ts'
import type { DirectReferralRule, Pathway, PathwayStep } from './pathways.ts'
import type { Profile } from './profile.ts'

type WrittenPathway = NonNullable<LayerFile['pathways']>[number]
type WrittenStep = NonNullable<WrittenPathway['steps']>[number]
type Within = Exclude<NonNullable<WrittenStep['within']>, readonly unknown[]>

const contactName = (layer: Layer, key: string, view: View) => (key.startsWith('home.') ? key : resolved(layer, key, view.layers))

function lateOf({ late, source }: WrittenStep, pathway: WrittenPathway, layer: Layer): Pick<PathwayStep, 'late'> {
  if (!late) return {}
  const { tell, after, again } = late
  return {
    late: {
      tell,
      ...(after === undefined ? {} : { after }),
      ...(again === undefined ? {} : { again }),
      ...cited(layer, { ...late, source: late.source ?? source ?? pathway.source }),
    },
  }
}

function stepOf(written: WrittenStep, pathway: WrittenPathway, layer: Layer, view: View): PathwayStep {
  const { id, does, agency, contacts, by, roles, opens, after, within, clock, needs, asks, second, consults } = written
  const time = latest<Within>(within, view.on)
  return {
    id,
    does,
    ...(agency === undefined ? {} : { agency }),
    contacts: (contacts ?? []).map(key => contactName(layer, key, view)),
    by: by ?? 'team',
    consults: consults ?? [],
    roles: roles ?? [],
    opens: after ? 'after-tries' : (opens ?? 'at-once'),
    ...(after === undefined ? {} : { after }),
    ...(time === undefined ? {} : { within: sourced(layer, time) }),
    ...lateOf(written, pathway, layer),
    ...(clock === undefined ? {} : { clock }),
    needs: needs ?? [],
    ...(asks === undefined ? {} : { asks }),
    second: second ?? false,
    awaitsAdvice: written.awaits_advice ?? false,
    beforeDecision: written.before_decision ?? false,
    beforeTriage: written.before_triage ?? false,
    ...cited(layer, { ...written, source: written.source ?? pathway.source }),
  }
}

function pathwayOf(written: WrittenPathway, named: Named, layer: Layer, view: View): Pathway {
  const { id, name, says, never, contacts, urgent, parents, steps, between, keeps, receipt, attachments } = written
  const { danger, level_at_least: levelAtLeast, by_hand: byHand, prompts, categories, answers, statuses } = written.for
  return {
    id,
    name,
    when: {
      prompts: (prompts ?? []).filter(prompt => named.prompts.some(option => option.id === prompt)),
      categories: (categories ?? []).filter(category => named.triageCategories.some(option => option.id === category)),
      answers: answers ?? [],
      statuses: statuses ?? [],
      danger: danger ?? false,
      byHand: byHand ?? false,
      ...(levelAtLeast === undefined ? {} : { levelAtLeast }),
    },
    ...(says === undefined ? {} : { says }),
    never: never ?? [],
    contacts: (contacts ?? []).map(key => contactName(layer, key, view)),
    urgent: urgent ?? false,
    betweenChildren: between === 'children',
    ...(written.stands_as === undefined ? {} : { standsAs: written.stands_as }),
    ...(keeps === undefined ? {} : { keeps }),
    receipt: receipt ?? false,
    locksAttachments: attachments === 'locked',
    ...(parents === undefined ? {} : { parents }),
    refers: written.refers ?? [],
    steps: (steps ?? []).map(step => stepOf(step, written, layer, view)),
    ...cited(layer, written),
  }
}

type Named = Pick<Profile['concern'], 'prompts' | 'triageCategories'>

/** What is done for one kind of worry, the farthest layer first; what a nearer layer writes under the same id takes its place whole. */
export function pathwaysOf(view: View, named: Named): readonly Pathway[] {
  const found = new Map<string, Pathway>()
  for (const layer of view.chain)
    for (const written of holding(layer.data.pathways, view.on)) found.set(written.id, pathwayOf(written, named, layer, view))
  return [...found.values()].filter(({ when }) => {
    const { prompts, categories, answers, statuses, danger, levelAtLeast, byHand } = when
    // About nothing that this school can choose, it is not shown.
    return (
      danger || byHand || levelAtLeast !== undefined || prompts.length + categories.length + answers.length + statuses.length > 0
    )
  })
}

/** Why anybody may ring the authority without the team: the nearest layer's, whole. */
export function directReferralOf(view: View): DirectReferralRule | undefined {
  return nearest(view, layer => {
    const [rule] = holding(layer.data.direct_referral && [layer.data.direct_referral], view.on)
    if (!rule) return undefined
    const reasons = rule.reasons.map(({ id, name, hint, hides }) => ({
      id,
      name,
      ...(hint === undefined ? {} : { hint }),
      ...(hides === undefined ? {} : { hides }),
    }))
    return { says: rule.says, reasons, ...cited(layer, rule) }
  })
}
