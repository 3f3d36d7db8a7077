import { z } from 'zod'
import { recordCheck } from '../../features/oversight/index.ts'
import { passOnFromLeavers } from '../../features/pupil-duties/index.ts'
import { followAppointments, recordTraining, signReading, startDuties } from '../../features/training/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { newId } from '../../platform/identifiers.ts'
import { courseIds } from '../../policy/profile.ts'
import { accepted, type EventKinds, eventKind, notAccepted } from '../event-kind.ts'
import { people, person, role } from '../keys.ts'
import type { Answer } from '../model.ts'
import { appointOnStage, endAppointmentsOnStage } from '../school-store.ts'
import type { Stage } from '../stage.ts'

const refusals: Readonly<Record<string, string>> = {
  'no-such-adult': 'There is nobody of that name at the school.',
  'no-such-document': 'The policy asks this person for no such document.',
  'no-such-course': 'The policy knows no such course.',
  'own-hand': 'The policy wants a signature in their own hand: nobody signs for somebody else.',
  'in-the-future': 'It cannot have been done in the future.',
  'needs-all-of-them': 'The policy has it done by several together, and not all of them took part.',
}

function refusedAs(code: string): Answer {
  return notAccepted({ code, says: refusals[code] ?? code, source: { document: 'design', section: 'training and oversight' } })
}

/** Does the same for each person that the event is about; the first refusal is the answer. */
async function forEachPerson(about: readonly string[], body: (key: string) => Promise<Answer>): Promise<Answer> {
  for (const key of about) {
    const answer = await body(key)
    if (answer.refused.length > 0) return answer
  }
  return accepted()
}

const place = (stage: Stage, key: string) => ({
  school: stage.schoolId,
  adult: stage.getPerson(key).adultId,
  now: stage.now,
  id: newId<string>(),
})

const started = eventKind({
  keys: { about: people, role: role.optional(), by: person.optional() },
  duties: ({ about }) => about.map(key => ({ of: 'person', person: key, starts: true })),
  run: async (stage, { about, role: to, by }) =>
    forEachPerson(about, async key => {
      if (to) await appointOnStage(stage.admin, place(stage, key), to)
      const { adultId } = stage.getPerson(key)
      const answer = by
        ? await stage.act(by, async work => {
            const done = await startDuties(work, adultId)
            return done.ok ? accepted() : refusedAs(done.refusal)
          })
        : undefined
      if (answer) return answer
      await stage.inBackground(work => startDuties(work, adultId))
      return accepted()
    }),
})

const ended = eventKind({
  keys: { about: people, role: role.optional(), by: person.optional() },
  duties: ({ about }) => about.map(key => ({ of: 'person', person: key, starts: false })),
  run: async (stage, { about, role: from }) =>
    forEachPerson(about, async key => {
      await endAppointmentsOnStage(stage.admin, place(stage, key), from ?? null)
      await stage.inBackground(followAppointments)
      await stage.inBackground(passOnFromLeavers)
      return accepted()
    }),
})

const trained = eventKind({
  keys: { about: people, course: z.enum(courseIds), by: person.optional() },
  duties: ({ about, course }) => about.map(key => ({ of: 'course', person: key, course })),
  run: (stage, { about, course, by }) =>
    forEachPerson(about, key =>
      stage.act(by ?? key, async work => {
        const done = await recordTraining(work, { adultId: stage.getPerson(key).adultId, course })
        return done.ok ? accepted() : refusedAs(done.refusal)
      }),
    ),
})

/** What any school may have read, whether or not its own policy asks for it. */
const anybodyMayRead: ReadonlySet<string> = new Set([
  'policy',
  'guidance-part-one',
  'guidance-annex-b',
  'guidance-part-four',
  'guidance-whole',
  'code-of-conduct',
])

const read = eventKind({
  keys: { about: people, document: z.string().min(1), by: person.optional() },
  duties: ({ about, document }) => about.map(key => ({ of: 'document', person: key, document })),
  run: (stage, { about, document, by }) =>
    forEachPerson(about, key =>
      stage.act(by ?? key, async work => {
        const done = await signReading(work, { adultId: stage.getPerson(key).adultId, document })
        if (!done.ok && done.refusal === 'no-such-document' && anybodyMayRead.has(document)) return accepted()
        return done.ok ? accepted() : refusedAs(done.refusal)
      }),
    ),
})

/** Where several do it together, one of each of the other posts is taken to be with whoever is named, unless they are out. */
function withTheOthers(stage: Stage, by: string, kind: 'filtering-check' | 'filtering-review'): AdultId[] {
  const today = localDate(stage.now)
  const present = [...stage.people.values()].filter(({ absent, left }) => !absent.includes(today) && (!left || left >= today))
  const self = stage.getPerson(by)
  return stage.profile.duties.reviews
    .filter(duty => duty.clock === kind)
    .flatMap(duty => duty.together)
    .filter(group => !group.some(one => self.roles.includes(one)))
    .flatMap(group => present.find(({ key, roles }) => key !== by && group.some(one => roles.includes(one)))?.adultId ?? [])
}

function filtering(kind: 'filtering-check' | 'filtering-review') {
  return eventKind({
    keys: { by: person },
    duties: () => [{ of: 'check', clock: kind }],
    run: (stage, { by }) =>
      stage.act(by, async work => {
        const done = await recordCheck(work, { kind, together: withTheOthers(stage, by, kind) })
        return done.ok ? accepted() : refusedAs(done.refusal)
      }),
  })
}

export const schoolEvents: EventKinds = {
  'adult.started': started,
  'appointment.ended': ended,
  'adult.trained': trained,
  'adult.read': read,
  'filtering.checked': filtering('filtering-check'),
  'filtering.reviewed': filtering('filtering-review'),
}
