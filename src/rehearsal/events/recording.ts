import { z } from 'zod'
import type { Profile } from '../../policy/profile.ts'
import { type CastNames, type EventKinds, type EventOf, eventKind, type KeyFault } from '../event-kind.ts'
import { anybody, newRef, person, prompt, text, yesNo } from '../keys.ts'
import type { Answer } from '../model.ts'
import type { Stage } from '../stage.ts'
import { categoryDoubts } from './categories.ts'
import { recordConduct } from './conduct-recording.ts'
import { recordWelfare } from './welfare.ts'

const keys = {
  ref: newRef,
  by: person,
  kind: z.enum(['welfare', 'conduct', 'practice']),
  about: z.array(anybody).default([]),
  /** Adults for whom it is a worry: one of the people, or who it is in words. */
  at_risk: z.array(text).min(1).optional(),
  prompts: z.array(prompt).optional(),
  urgent: yesNo.optional(),
  verbal_to: person.optional(),
  alleged: z.array(anybody).optional(),
  believed: z.enum(['harm-threshold', 'low-level', 'unsure']).optional(),
  images: yesNo.optional(),
  on_behalf_of: text.optional(),
  category: text.optional(),
} as const

/** What `concern.recorded` holds. */
export type ConcernRecorded = EventOf<typeof keys>

type Recorder = (stage: Stage, event: ConcernRecorded) => Promise<Answer>

/** How each kind of concern is recorded. */
const recorders: Readonly<Record<ConcernRecorded['kind'], Recorder>> = {
  welfare: recordWelfare,
  conduct: recordConduct,
  practice: recordConduct,
}

type Cast = Pick<CastNames, 'people' | 'pupils'>

function atRiskFaults({ kind, at_risk: atRisk = [], alleged = [] }: ConcernRecorded, cast: Cast): KeyFault[] {
  const harmed = atRisk.find(name => cast.pupils.has(name) || alleged.includes(name))
  if (harmed !== undefined)
    return [
      {
        key: 'at_risk',
        says: `"${harmed}" is a pupil or is said to have harmed.`,
        remedy: 'Name pupils under about, and adults who harmed under alleged.',
      },
    ]
  if (kind === 'welfare' || atRisk.length === 0) return []
  return [{ key: 'at_risk', says: 'Only a concern about welfare is for an adult at risk.', remedy: 'Write kind: welfare.' }]
}

function aboutFaults({ kind, about, at_risk: atRisk = [] }: ConcernRecorded, cast: Cast): KeyFault[] {
  const wrong = kind === 'welfare' ? about.find(name => cast.people.has(name)) : about.find(name => cast.pupils.has(name))
  if (kind === 'welfare' && about.length === 0 && atRisk.length === 0)
    return [
      {
        key: 'about',
        says: 'A concern about welfare is about a pupil.',
        remedy: 'Name at least one pupil, or an adult under at_risk.',
      },
    ]
  if (kind === 'conduct' && about.length === 0)
    return [{ key: 'about', says: 'A concern about conduct is about an adult.', remedy: 'Name at least one of the people.' }]
  if (wrong === undefined) return []
  return kind === 'welfare'
    ? [{ key: 'about', says: `"${wrong}" is one of the people.`, remedy: 'Name pupils here, and adults under alleged.' }]
    : [{ key: 'about', says: `"${wrong}" is one of the pupils.`, remedy: 'Name the people whom it is about.' }]
}

/** What is asked of one kind of concern alone is left out of any other. */
function ofOtherKindDoubts({ kind, believed, prompts }: ConcernRecorded): KeyFault[] {
  if (kind === 'welfare' && believed !== undefined)
    return [
      {
        key: 'believed',
        says: 'How serious it is believed to be is asked of a concern about conduct alone.',
        remedy: 'Leave believed out, or write kind: conduct.',
      },
    ]
  if (kind !== 'welfare' && prompts !== undefined)
    return [
      {
        key: 'prompts',
        says: `What prompted it is asked of a concern about a child alone, and this one is about ${kind}.`,
        remedy: 'Leave prompts out, or write kind: welfare.',
      },
    ]
  return []
}

function recordedFaults(event: ConcernRecorded, cast: Cast): readonly KeyFault[] {
  return [...atRiskFaults(event, cast), ...aboutFaults(event, cast)]
}

function recordedDoubts(event: ConcernRecorded, profile: Profile): readonly KeyFault[] {
  const { category } = event
  return [...ofOtherKindDoubts(event), ...categoryDoubts('category', category === undefined ? [] : [category], profile)]
}

export const recordingEvents: EventKinds = {
  'concern.recorded': eventKind({
    keys,
    faults: recordedFaults,
    doubts: recordedDoubts,
    run: (stage, event) => recorders[event.kind](stage, event),
  }),
}
