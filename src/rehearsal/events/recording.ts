import { z } from 'zod'
import { type EventKinds, type EventOf, eventKind, type KeyFault } from '../event-kind.ts'
import { anybody, newRef, person, prompt, text, yesNo } from '../keys.ts'
import type { Answer } from '../model.ts'
import type { Stage } from '../stage.ts'
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

function aboutFaults(
  { kind, about, at_risk: atRisk = [], alleged = [] }: ConcernRecorded,
  cast: { readonly people: ReadonlySet<string>; readonly pupils: ReadonlySet<string> },
): KeyFault[] {
  const wrong = kind === 'welfare' ? about.find(name => cast.people.has(name)) : about.find(name => cast.pupils.has(name))
  const harmed = atRisk.find(name => cast.pupils.has(name) || alleged.includes(name))
  if (harmed !== undefined)
    return [
      {
        key: 'at_risk',
        says: `"${harmed}" is a pupil or is said to have harmed.`,
        remedy: 'Name pupils under about, and adults who harmed under alleged.',
      },
    ]
  if (kind !== 'welfare' && atRisk.length > 0)
    return [{ key: 'at_risk', says: 'Only a concern about welfare is for an adult at risk.', remedy: 'Write kind: welfare.' }]
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

export const recordingEvents: EventKinds = {
  'concern.recorded': eventKind({
    keys,
    faults: aboutFaults,
    run: (stage, event) => recorders[event.kind](stage, event),
  }),
}
