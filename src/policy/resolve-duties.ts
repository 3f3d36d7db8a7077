import type { LayerFile, Standing } from './language.ts'
import { cited, holds, latest, nearest, nearestValue, sourced, type View } from './layer-values.ts'
import type { Layer } from './parse-layer.ts'
import type {
  ClockRule,
  DeviceRule,
  Duration,
  ReadingChaser,
  ReadingDocument,
  ReadingDuty,
  RecurringDuty,
  ReviewDuty,
  SchoolDuties,
  Sourced,
  TrainingDuty,
  UnderstandingQuestion,
} from './profile.ts'

type Entry<List extends 'training' | 'reading' | 'reviews'> = NonNullable<LayerFile[List]>[number]
type DatedDuration = Entry<'reviews'>['within']

/** What a school owes of training, reading, checks and reviews: for each clock, or course without one, what the nearest layer says. */
export function dutiesOf(view: View): SchoolDuties {
  const indirectRoles = nearestValue(view, data => data.indirect_roles)
  const chased = readingChasedOf(view)
  const guidance = guidanceOf(view)
  const devices = devicesOf(view)
  return {
    ...(guidance ? { guidance } : {}),
    training: nearestByName(
      view,
      layer => layer.data.training ?? [],
      entry => `${entry.clock ?? ''} ${entry.course}`,
      trainingDuty,
    ),
    readingDocuments: readingDocumentsOf(view),
    reading: nearestByName(
      view,
      layer => layer.data.reading ?? [],
      entry => entry.clock,
      readingDuty,
    ),
    ...(chased ? { readingChased: chased } : {}),
    understanding: understandingOf(view),
    ...(devices ? { devices } : {}),
    ...(indirectRoles ? { indirectRoles } : {}),
    reviews: nearestByName(
      view,
      layer => layer.data.reviews ?? [],
      entry => entry.clock,
      reviewDuty,
    ),
  }
}

/** The clocks of those duties, as the rules of every other clock stand in a profile. */
export function clockRulesOfDuties({ training, reading, reviews }: SchoolDuties): readonly ClockRule[] {
  return [
    ...training.flatMap(duty => (duty.clock ? [clockRule(duty.clock, duty, duty.roles)] : [])),
    ...reading.map(duty => clockRule(duty.clock, duty, duty.roles)),
    ...reviews.map(duty => clockRule(duty.clock, duty)),
  ]
}

function clockRule(
  clock: ClockRule['clock'],
  { rule, says, duration, every }: RecurringDuty,
  roles?: TrainingDuty['roles'],
): ClockRule {
  return { clock, rule, says, duration, ...(every ? { every } : {}), ...(roles ? { when: { roles } } : {}) }
}

/** For each name the entries of the nearest layer that has one in force. */
function nearestByName<E, Duty>(
  view: View,
  entriesOf: (layer: Layer) => readonly E[],
  nameOf: (entry: E) => string,
  dutyOf: (layer: Layer, entry: E, view: View) => Duty | undefined,
): readonly Duty[] {
  const named = new Map<string, readonly Duty[]>()
  for (const layer of view.chain) {
    const here = Map.groupBy(entriesOf(layer), nameOf)
    for (const [name, entries] of here) {
      const duties = entries.flatMap(entry => dutyOf(layer, entry, view) ?? [])
      if (duties.length > 0) named.set(name, duties)
    }
  }
  return [...named.values()].flat()
}

function durationOf(layer: Layer, value: DatedDuration | undefined, view: View): Sourced<Duration> | undefined {
  const found = value && latest<Standing & { value: Duration }>(value, view.on)
  return found && sourced(layer, found)
}

function recurringDuty(
  layer: Layer,
  entry: Entry<'reviews'> | Entry<'reading'> | Entry<'training'>,
  view: View,
): RecurringDuty | undefined {
  const within = durationOf(layer, entry.within, view)
  const every = durationOf(layer, entry.every, view)
  const { rule, says, owner = [], overdue_told = [] } = entry
  return within && { rule, says, duration: within, ...(every ? { every } : {}), owner, overdueTold: overdue_told }
}

function trainingDuty(layer: Layer, entry: Entry<'training'>, view: View): TrainingDuty | undefined {
  const duty = recurringDuty(layer, entry, view)
  const { course, clock, roles, induction = false, kept_by = [] } = entry
  return duty && { ...duty, course, ...(clock ? { clock } : {}), roles, induction, keptBy: kept_by }
}

function readingDuty(layer: Layer, entry: Entry<'reading'>, view: View): ReadingDuty | undefined {
  const duty = recurringDuty(layer, entry, view)
  const { document, clock, roles, work, signature, own_hand = false, on_reissue = false, induction = false } = entry
  return (
    duty && {
      ...duty,
      document,
      clock,
      roles,
      ...(work ? { work } : {}),
      signature,
      ownHand: own_hand,
      onReissue: on_reissue,
      induction,
    }
  )
}

function reviewDuty(layer: Layer, entry: Entry<'reviews'>, view: View): ReviewDuty | undefined {
  const duty = recurringDuty(layer, entry, view)
  const { clock, by, together = [], warn } = entry
  return duty && { ...duty, clock, by, together, ...(warn ? { warn: { ...sourced(layer, warn), told: warn.told } } : {}) }
}

function readingDocumentsOf(view: View): readonly ReadingDocument[] {
  const documents = new Map<string, ReadingDocument>()
  for (const layer of view.chain)
    for (const entry of layer.data.reading_documents ?? []) {
      if (!holds(entry, view.on)) continue
      const { id, title, kind, covers = [], names } = entry
      documents.set(id, { id, title, kind, covers, ...(names ? { names } : {}), ...cited(layer, entry) })
    }
  return [...documents.values()]
}

function understandingOf(view: View): readonly UnderstandingQuestion[] {
  const questions = view.chain.flatMap(layer =>
    (layer.data.understanding ?? [])
      .filter(entry => holds(entry, view.on))
      .map(entry => {
        const { id, document, asks, choices, right } = entry
        return { id, document, asks, choices, right, ...cited(layer, entry) }
      }),
  )
  return [...new Map(questions.map(question => [question.id, question])).values()]
}

function devicesOf(view: View): DeviceRule | undefined {
  return nearest(view, layer => {
    const { devices } = layer.data
    return devices && holds(devices, view.on)
      ? { document: devices.document, signers: devices.signers, ...cited(layer, devices) }
      : undefined
  })
}

/** The edition of the guidance in force, by the national file that brought it last. */
function guidanceOf(view: View): Sourced<string> | undefined {
  const source = { document: 'guidance', section: 'title page' }
  return nearest(view, layer => {
    const guidance = layer.kind === 'national' ? layer.data.documents['guidance'] : undefined
    return guidance && sourced(layer, { value: guidance.edition ?? guidance.title, source })
  })
}

function readingChasedOf(view: View): ReadingChaser | undefined {
  return nearest(view, layer => {
    const chased = layer.data.reading_chased
    return chased && holds(chased, view.on) ? { after: chased.after, told: chased.told, ...cited(layer, chased) } : undefined
  })
}
