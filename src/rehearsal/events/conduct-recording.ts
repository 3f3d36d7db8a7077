import { type ConductRefusal, type NewConduct, recordConduct as record } from '../../features/conduct/index.ts'
import type { CaseId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { accepted, notAccepted } from '../event-kind.ts'
import type { Answer, Ask } from '../model.ts'
import type { Stage } from '../stage.ts'
import { keptCase, refusedOfCase } from './conduct.ts'
import type { ConcernRecorded } from './recording.ts'
import { rehearsed } from './words.ts'

const askedOf: Readonly<Record<string, Pick<Ask, 'code' | 'says'>>> = {
  place: { code: 'location', says: 'Where did it happen?' },
  present: { code: 'people-present', says: 'Who was there?' },
  seen: { code: 'facts', says: 'What was seen?' },
  said: { code: 'words', says: 'What was said?' },
  opinion: { code: 'why-it-worries', says: 'Why does it worry you?' },
  done: { code: 'action-taken', says: 'What has been done?' },
}

/** What the policy asks a record about an adult to hold. */
function asksOf(stage: Stage): readonly Ask[] {
  return stage.profile.conduct.required.flatMap(({ value, source }) => {
    const asked = askedOf[value]
    return asked ? [{ ...asked, source: stage.cite(source) }] : []
  })
}

function conductOf(stage: Stage, event: ConcernRecorded): NewConduct {
  const { on_behalf_of: name } = event
  const colleague = name === undefined ? undefined : stage.people.get(name)
  return {
    id: newId<CaseId>(),
    kind: event.kind === 'practice' ? 'practice' : 'conduct',
    reporter:
      name === undefined
        ? { kind: 'self' }
        : { kind: 'on-behalf', name, adultId: colleague?.adultId ?? null, reason: colleague ? 'spoken' : 'no-account' },
    about: event.about.map(key => ({ adultId: stage.getPerson(key).adultId, name: key })),
    believed: event.believed ?? 'unsure',
    happenedOn: null,
    happenedAtTime: null,
    words: { seen: rehearsed, said: rehearsed, opinion: rehearsed, done: rehearsed, place: rehearsed, present: rehearsed },
  }
}

/** A concern about an adult, or about how the school works. */
export async function recordConduct(stage: Stage, event: ConcernRecorded): Promise<Answer> {
  const conduct = conductOf(stage, event)
  const asks = event.kind === 'conduct' ? asksOf(stage) : []
  const answer = await stage.act(event.by, async work => {
    const done = await record(work, conduct)
    return done.ok ? accepted(asks) : notAccepted(refusedOfCase(done.refusal satisfies ConductRefusal), asks)
  })
  if (answer.refused.length === 0) stage.refs.set(event.ref, keptCase(conduct.id))
  return answer
}
