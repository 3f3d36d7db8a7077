import { notAccepted } from '../event-kind.ts'
import type { Answer } from '../model.ts'
import type { Stage } from '../stage.ts'
import type { ConcernRecorded } from './recording.ts'

/** A concern about an adult, or about how the school works. */
export async function recordConduct(_stage: Stage, event: ConcernRecorded): Promise<Answer> {
  return notAccepted({
    code: 'not-kept-here-yet',
    says: `A concern of the kind ${event.kind} is not kept in Holdfast yet.`,
    source: {},
  })
}
