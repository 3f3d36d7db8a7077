/** What may be written in the behaviour log, and the concern that it makes. Pure. */
import type { ConcernId } from '../../kernel/ids.ts'
import { ok, type Result, refused } from '../../kernel/result.ts'
import type { Profile } from '../../policy/profile.ts'
import type { ChildInvolvement, NewConcern } from '../concerns/model.ts'
import type { BehaviourPart, BehaviourPlace, BehaviourRefusal, NewBehaviour } from './model.ts'

const involvements: Readonly<Record<BehaviourPart, ChildInvolvement>> = { harmed: 'subject', did: 'alleged', there: 'witness' }

const placeNames: Readonly<Record<BehaviourPlace, string>> = {
  'on-site': 'On the school site',
  'off-site': 'Off the school site',
  online: 'Online',
  transport: 'On the way to or from school',
}

export function checkBehaviour({ behaviour }: Pick<Profile, 'behaviour'>, entry: NewBehaviour): Result<true, BehaviourRefusal> {
  if (entry.children.length === 0) return refused({ code: 'nobody-in-it' })
  if (entry.says.trim() === '') return refused({ code: 'nothing-written' })
  const known = behaviour?.tags.map(({ id }) => id) ?? []
  const unknown = entry.tags.find(tag => !known.includes(tag))
  return unknown === undefined ? ok(true) : refused({ code: 'unknown-tag', tag: unknown })
}

/** The concern that brings it to the safeguarding team, in the writer's own words. */
export function concernOfBehaviour(entry: NewBehaviour, id: ConcernId, prompts: readonly string[]): NewConcern {
  return {
    id,
    reporter: { kind: 'self' },
    children: entry.children.map(({ childId, part }) => ({ childId, involvement: involvements[part] })),
    newChildren: [],
    adults: [],
    happenedOn: entry.happenedOn,
    happenedAtTime: null,
    happenedSays: '',
    location: `${placeNames[entry.place]} (behaviour log)`,
    urgent: false,
    stub: false,
    category: null,
    prompts,
    voiceTold: null,
    account: { childWords: '', seen: entry.says, opinion: '', done: '' },
    marks: [],
  }
}
