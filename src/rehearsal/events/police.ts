import { type Action, authorise, check, type SubjectFacts } from '../../access/index.ts'
import { findTouched, recordPoliceReport } from '../../features/contacts-made/index.ts'
import type { Work } from '../../work/work.ts'
import { accepted, type EventKinds, type EventOf, eventKind } from '../event-kind.ts'
import { person, ref } from '../keys.ts'
import type { Answer } from '../model.ts'
import type { Stage } from '../stage.ts'
import { nothingThere } from './concern-ref.ts'
import { rehearsed } from './words.ts'

const keys = { ref, by: person } as const

const may = (work: Work, action: Action, subject: SubjectFacts) => check(work.someone, action, subject).allowed

/** Anybody may ring the police; whoever may not open the concern rings all the same, and Holdfast keeps nothing of it. */
async function tellPolice(stage: Stage, event: EventOf<typeof keys>): Promise<Answer> {
  const kept = stage.refs.get(event.ref)
  if (!kept) return nothingThere(event.ref)
  const own = kept.handles?.['police.told']
  if (own) return own(stage, event as never)
  return stage.act(event.by, async work => {
    const concern = await findTouched(work, kept.id)
    const report = { at: work.now, incident: '', says: rehearsed }
    if (concern && may(work, 'agency-call.record', concern.access))
      await recordPoliceReport(work, authorise(work.someone, 'agency-call.record', concern.access), concern, report)
    else if (concern && may(work, 'agency-call.own', concern.access))
      await recordPoliceReport(work, authorise(work.someone, 'agency-call.own', concern.access), concern, report)
    return accepted()
  })
}

export const policeEvents: EventKinds = {
  'police.told': eventKind({ keys, run: tellPolice }),
}
