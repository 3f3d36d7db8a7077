import { z } from 'zod'
import { type Actor, check } from '../../access/index.ts'
import { closePlan, openPlan, type PlanKind, planKinds, reviewPlan } from '../../features/plans/index.ts'
import { findPupil, type PupilAsk, type PupilRefusal, pupilSubject } from '../../features/pupil-duties/index.ts'
import { encompassReceived, findEncompass, privateFosteringKnown, pupilAbsent } from '../../features/pupil-events/index.ts'
import { endStatus, startStatus } from '../../features/statuses/index.ts'
import { fileReceived, fileSent, pupilJoined, pupilLeaving, receiptReceived } from '../../features/transfers/index.ts'
import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import type { Destination } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { accepted, type EventKinds, eventKind, notAccepted } from '../event-kind.ts'
import { date, newRef, person, pupils, status, text, yesNo } from '../keys.ts'
import type { Answer, Ask } from '../model.ts'
import type { Stage } from '../stage.ts'
import { reachesPlan } from '../stage-store.ts'
import { nothingThere } from './concern-ref.ts'
import { rehearsed } from './words.ts'

const refusals: Readonly<Record<PupilRefusal, string>> = {
  'no-such-child': 'There is no such pupil that this person could open.',
  'nothing-sent': 'No file of this pupil was sent, so no receipt can have come.',
  'no-such-record': 'There is nothing of this pupil that this could be about.',
  'already-over': 'It is over already.',
  'no-escalation-decision': 'Where nothing gets better, it is said what was decided about taking it further.',
  'no-outcome': 'It is closed with its outcome.',
  'in-the-future': 'It cannot have begun in the future.',
  'something-first': 'The policy has something done before the pupil leaves.',
  'ends-before-start': 'It cannot end before it begins.',
}

type Done = Result<{ readonly asks: readonly PupilAsk[] } | undefined, PupilRefusal>

/** Does the same for each pupil that the event is about, as one act; whoever is left unnamed is whoever of the team is there first. */
async function forEach(
  stage: Stage,
  event: { readonly about: readonly string[]; readonly by?: string | undefined },
  command: (work: Work<Actor>, childId: ChildId) => Promise<Done>,
): Promise<Answer> {
  return stage.act(event.by ?? stage.someoneOf(['dsl', 'deputy-dsl', 'headteacher']), async work => {
    const asks: Ask[] = []
    for (const key of event.about) {
      const done = await command(work, stage.getPupil(key).childId)
      if (!done.ok)
        return notAccepted({
          code: done.refusal,
          says: refusals[done.refusal],
          source: { document: 'design', section: 'pupils' },
        })
      for (const ask of done.value?.asks ?? [])
        if (!asks.some(({ code }) => code === ask.code)) asks.push({ ...ask, source: stage.cite(ask.source) })
    }
    return accepted(asks)
  })
}

const destinationWords: readonly (readonly [RegExp, Destination])[] = [
  [/home.?(educat|school)|elective|\behe\b/i, 'home-education'],
  [/college|sixth.?form|post-?16/i, 'college'],
  [/independent|private school/i, 'independent'],
  [/abroad|overseas|left the (uk|country)/i, 'abroad'],
  [/missing|not known|unknown/i, 'missing'],
  [/died|death/i, 'died'],
]

/** Where a pupil goes, from what stands under `to`: the name of a school, unless it says otherwise. */
function destinationOf(to: string): Destination {
  return destinationWords.find(([words]) => words.test(to))?.[1] ?? 'school'
}

const aboutBy = { about: pupils, by: person.optional() } as const

const movingEvents: EventKinds = {
  'pupil.leaving': eventKind({
    keys: { ...aboutBy, on: date, to: text, moment: z.enum(['in-year', 'new-term']) },
    run: (stage, event) =>
      forEach(stage, event, (work, childId) =>
        pupilLeaving(work, { childId, on: event.on, to: event.to, destination: destinationOf(event.to), moment: event.moment }),
      ),
  }),
  'pupil.joined': eventKind({
    keys: { ...aboutBy, from: text },
    run: (stage, event) => forEach(stage, event, (work, childId) => pupilJoined(work, childId, event.from)),
  }),
  'file.sent': eventKind({ keys: aboutBy, run: (stage, event) => forEach(stage, event, fileSent) }),
  'file.received': eventKind({ keys: aboutBy, run: (stage, event) => forEach(stage, event, fileReceived) }),
  'receipt.received': eventKind({ keys: aboutBy, run: (stage, event) => forEach(stage, event, receiptReceived) }),
}

const happeningEvents: EventKinds = {
  'pupil.absent': eventKind({
    keys: { ...aboutBy, school_days: z.number().int().min(1), authorised: yesNo },
    run: (stage, event) =>
      forEach(stage, event, (work, childId) =>
        pupilAbsent(work, { childId, schoolDays: event.school_days, authorised: event.authorised }),
      ),
  }),
  'private-fostering.known': eventKind({
    keys: { ...aboutBy, since: date },
    run: (stage, event) => forEach(stage, event, (work, childId) => privateFosteringKnown(work, childId, event.since)),
  }),
  'encompass.received': eventKind({
    keys: { ref: newRef, ...aboutBy },
    run: (stage, event) =>
      forEach(stage, event, async (work, childId) => {
        const received = await encompassReceived(work, childId)
        if (received.ok) keepNotice(stage, event.ref, received.value.id, childId)
        return received
      }),
  }),
}

/** Keeps a police notice under its ref: whoever may settle it and whom the database shows it can open it. */
function keepNotice(stage: Stage, ref: string, id: string, childId: ChildId): void {
  stage.keep(ref, {
    kind: 'encompass',
    id,
    opens: async work => {
      const pupil = await findPupil(work, childId)
      if (!pupil || !(await findEncompass(work, id))) return undefined
      return check(work.someone, 'encompass.settle', pupilSubject(work, pupil)).allowed ? 'whole' : undefined
    },
  })
}

const planKeys = { ref: text, by: person, about: pupils, plan: z.enum(planKinds) } as const

/** A plan of a concern stands beside it; any other under its own ref. */
function planRef(stage: Stage, ref: string): string {
  return stage.refs.get(ref)?.kind === 'concern' ? `${ref}-plan` : ref
}

function keepPlan(stage: Stage, ref: string, id: string, childId: ChildId): void {
  stage.keep(ref, {
    kind: 'plan',
    id,
    opens: async work => {
      const pupil = await findPupil(work, childId)
      if (!pupil || !(await reachesPlan(work, id))) return undefined
      return check(work.someone, 'plan.keep', pupilSubject(work, pupil)).allowed ? 'whole' : undefined
    },
  })
}

const planEvents: EventKinds = {
  'plan.opened': eventKind({
    keys: planKeys,
    run: (stage, event) =>
      forEach(stage, event, async (work, childId) => {
        const known = stage.refs.get(event.ref)
        const concern = known?.kind === 'concern' ? { concernId: known.id as ConcernId } : {}
        const kind: PlanKind = event.plan
        const opened = await openPlan(work, { childId, kind, says: rehearsed, ...concern })
        if (opened.ok) keepPlan(stage, planRef(stage, event.ref), opened.value.id, childId)
        return opened
      }),
  }),
  'plan.reviewed': eventKind({
    keys: planKeys,
    run: (stage, event) => onPlan(stage, event, (work, id) => reviewPlan(work, id, { progress: 'not-said', says: rehearsed })),
  }),
  'plan.closed': eventKind({
    keys: { ref: text, by: person },
    run: (stage, event) => onPlan(stage, event, (work, id) => closePlan(work, id, rehearsed)),
  }),
}

function onPlan(
  stage: Stage,
  event: { readonly ref: string; readonly by: string },
  command: (work: Work<Actor>, id: string) => Promise<Done>,
): Promise<Answer> {
  const kept = stage.refs.get(planRef(stage, event.ref))
  if (kept?.kind !== 'plan') return Promise.resolve(nothingThere(event.ref))
  const plans = [kept, ...(kept.others ?? [])].map(({ id }) => id)
  return forEach(stage, { ...event, about: [stage.pupils.keys().next().value ?? ''] }, async work => {
    let done: Done = { ok: true, value: undefined }
    for (const id of plans) {
      done = await command(work, id)
      if (!done.ok) return done
    }
    return done
  })
}

const statusKeys = { ...aboutBy, status } as const
const statusEvents: EventKinds = {
  'status.started': eventKind({
    keys: statusKeys,
    run: (stage, event) => forEach(stage, event, (work, childId) => startStatus(work, { childId, status: event.status })),
  }),
  'status.ended': eventKind({
    keys: statusKeys,
    run: (stage, event) => forEach(stage, event, (work, childId) => endStatus(work, childId, event.status)),
  }),
}

/** What happens to pupils besides concerns. */
export const pupilEvents: EventKinds = { ...movingEvents, ...happeningEvents, ...planEvents, ...statusEvents }
