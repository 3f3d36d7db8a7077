/** What a policy says of pupils besides concerns: who is told of what happens to them, and how long records are kept. */
import type { LayerFile } from './language.ts'
import { cited, holding, nearest, resolved, type View } from './layer-values.ts'
import type { Layer } from './parse-layer.ts'
import type { AbsencePatternRule, LastKnownRule, Profile, PupilCaseRule, PupilRule, RetentionRule } from './profile.ts'

type EventEntry = NonNullable<LayerFile['pupil_events']>[number]

/** All layers together; a nearer rule of the same name takes the place of the farther. */
export function pupilEventsOf(view: View): readonly PupilRule[] {
  const rules = new Map<string, PupilRule>()
  for (const layer of view.chain)
    for (const entry of holding(layer.data.pupil_events, view.on))
      rules.set(entry.rule, {
        on: entry.on,
        rule: entry.rule,
        says: entry.says,
        ...(entry.when ? { when: conditionOf(entry.when) } : {}),
        ...(entry.unsettled ? { unsettled: entry.unsettled } : {}),
        ...(entry.tell ? { tell: entry.tell } : {}),
        ...(entry.asks === undefined ? {} : { asks: entry.asks }),
        ...cited(layer, entry),
      })
  return [...rules.values()]
}

function conditionOf(when: NonNullable<EventEntry['when']>): NonNullable<PupilRule['when']> {
  return {
    ...(when.statuses === undefined ? {} : { statuses: when.statuses }),
    ...(when.plans === undefined ? {} : { plans: when.plans }),
    ...(when.moment === undefined ? {} : { moment: when.moment }),
    ...(when.authorised === undefined ? {} : { authorised: when.authorised }),
    ...(when.absent_days === undefined ? {} : { absentDays: when.absent_days }),
  }
}

type CaseEntry = NonNullable<LayerFile['pupil_cases']>[number]

function escalationOf(layer: Layer, entry: CaseEntry): Pick<PupilCaseRule, 'escalates'> {
  if (!entry.escalates) return {}
  const { after, tell, says, step } = entry.escalates
  const { id, does, before } = step
  return {
    escalates: { after, tell, says, step: { id, does, ...(before ? { before } : {}) }, ...cited(layer, entry.escalates) },
  }
}

/** All layers together; what a nearer layer writes under the same kind takes its place whole. */
export function pupilCasesOf(view: View): readonly PupilCaseRule[] {
  const rules = new Map<string, PupilCaseRule>()
  for (const layer of view.chain)
    for (const entry of holding(layer.data.pupil_cases, view.on))
      rules.set(entry.kind, {
        kind: entry.kind,
        name: entry.name,
        says: entry.says,
        ...(entry.tell ? { tell: entry.tell } : {}),
        lookedAfter: entry.looked_after ?? false,
        handover: entry.handover ?? false,
        steps: (entry.steps ?? []).map(({ id, does, statuses, before, source }) => ({
          id,
          does,
          statuses: statuses ?? [],
          ...(before ? { before } : {}),
          source: cited(layer, { ...entry, source: source ?? entry.source }).source,
        })),
        ...escalationOf(layer, entry),
        ...cited(layer, entry),
      })
  return [...rules.values()]
}

/** All layers together; what a nearer layer writes under the same id takes its place whole. */
export function absencePatternsOf(view: View): readonly AbsencePatternRule[] {
  const rules = new Map<string, AbsencePatternRule>()
  for (const layer of view.chain)
    for (const entry of holding(layer.data.absence_patterns, view.on))
      rules.set(entry.id, {
        id: entry.id,
        says: entry.says,
        absences: entry.absences,
        schoolDays: entry.school_days,
        unexplained: entry.unexplained ?? false,
        tell: entry.tell,
        ...cited(layer, entry),
      })
  return [...rules.values()]
}

/** The box of the nearest layer that has one. */
export function worryBoxOf(view: View): Pick<Profile, 'worryBox'> {
  const box = nearest(view, layer => {
    const [entry] = holding(layer.data.worry_box && [layer.data.worry_box], view.on)
    return (
      entry && {
        name: entry.name,
        says: entry.says,
        contacts: entry.contacts.map(key => resolved(layer, key, view.layers)),
        urgentWords: entry.urgent_words ?? [],
        places: entry.places.map(({ id, name, prompts }) => ({ id, name, prompts: prompts ?? [] })),
        ...cited(layer, entry),
      }
    )
  })
  return box ? { worryBox: box } : {}
}

/** How long the records of children are kept, of the nearest layer that says so. */
export function retentionOf(view: View): Pick<Profile, 'retention' | 'lastKnown'> {
  const retention = nearest(view, (layer): readonly RetentionRule[] | undefined =>
    layer.data.retention?.length
      ? holding(layer.data.retention, view.on).map(({ id, says, years, counted_from: from, of, ...entry }) => ({
          id,
          says,
          years,
          from,
          of,
          ...cited(layer, entry),
        }))
      : undefined,
  )
  const lastKnown = nearest(view, (layer): LastKnownRule | undefined => {
    const [entry] = holding(layer.data.last_known ? [layer.data.last_known] : [], view.on)
    return entry && { destinations: entry.destinations, says: entry.says, ...cited(layer, entry) }
  })
  return { retention: retention ?? [], ...(lastKnown ? { lastKnown } : {}) }
}
