import { z } from 'zod'
import {
  type MonitoringRefusal,
  monitoringKinds,
  type NewMonitoring,
  openMonitoring,
  reportMonitoring,
  settleMonitoring,
} from '../../features/monitoring/index.ts'
import { accepted, type EventKinds, eventKind, notAccepted } from '../event-kind.ts'
import { anybody, newRef, person, ref, text, yesNo } from '../keys.ts'
import type { Answer } from '../model.ts'
import type { Kept, Stage } from '../stage.ts'
import { nothingThere } from './concern-ref.ts'
import { keptCase } from './conduct.ts'
import { rehearsed } from './words.ts'

const refusals: Readonly<Record<MonitoringRefusal, string>> = {
  'nothing-said': 'It says neither what was found nor where.',
  'no-address': 'Material itself is never kept, only its address.',
  'in-the-future': 'It cannot have happened in the future.',
  'no-such-child': 'There is no such pupil.',
  'no-such-adult': 'There is no such adult.',
  'no-such-report': 'There is no such report.',
  'not-read': 'Nobody of the team has opened it.',
  'no-reason': 'It is settled with a reason.',
  settled: 'It is settled already.',
  'report-first': 'What may be illegal is reported to an agency first.',
  'no-child': 'It is about no pupil who is known.',
  'no-reference': 'A report to an agency has its reference.',
  'not-recorded': 'The concern could not be recorded.',
}

function refusedAs(code: MonitoringRefusal): Answer {
  return notAccepted({ code, says: refusals[code], source: { document: 'design', section: 'oversight' } })
}

/** A report under its ref: seen by whoever may open it. */
function keptReport(id: string): Kept {
  return {
    kind: 'monitoring',
    id,
    opens: async work => ((await openMonitoring(work, id).catch(() => undefined)) ? 'whole' : undefined),
  }
}

const reportKeys = {
  ref: newRef,
  by: person,
  about: z.array(anybody).max(1).optional(),
  material: z.enum(monitoringKinds),
  high: yesNo.optional(),
  address: text.optional(),
} as const

const settleKeys = {
  ref,
  by: person,
  outcome: z.enum(['no-concern', 'into-file', 'concern']),
  reason: text.optional(),
} as const

function aboutWhom(stage: Stage, about: string | undefined): NewMonitoring['about'] {
  if (about === undefined) return null
  const adult = stage.people.get(about)
  return adult ? { adultId: adult.adultId, name: about } : { childId: stage.getPupil(about).childId }
}

export const monitoringEvents: EventKinds = {
  'monitoring.reported': eventKind({
    keys: reportKeys,
    run: async (stage, event) => {
      const { material, high, address } = event
      let kept: Kept | undefined
      const answer = await stage.act(event.by, async work => {
        const done = await reportMonitoring(work, {
          ...{
            came: 'staff',
            kind: material,
            about: aboutWhom(stage, event.about?.[0]),
            happenedAt: stage.now,
            found: rehearsed,
          },
          ...(high === true ? { severity: 'high' as const } : {}),
          ...(address === undefined ? {} : { address }),
        })
        if (!done.ok) return refusedAs(done.refusal)
        kept = done.value.kind === 'case' ? keptCase(done.value.caseId) : keptReport(done.value.id)
        return accepted()
      })
      if (kept && answer.refused.length === 0) stage.refs.set(event.ref, kept)
      return answer
    },
  }),
  'monitoring.settled': eventKind({
    keys: settleKeys,
    run: async (stage, event) => {
      const kept = stage.refs.get(event.ref)
      if (kept?.kind !== 'monitoring') return nothingThere(event.ref)
      return stage.act(event.by, async work => {
        await openMonitoring(work, kept.id)
        const done = await settleMonitoring(work, kept.id, { outcome: event.outcome, reason: event.reason ?? rehearsed })
        return done.ok ? accepted() : refusedAs(done.refusal)
      })
    },
  }),
}
