import { authorise } from '../../access/index.ts'
import { type NewConcern, recordConcern } from '../../features/concerns/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Profile } from '../../policy/profile.ts'
import { accepted, notAccepted } from '../event-kind.ts'
import type { Answer } from '../model.ts'
import type { Stage } from '../stage.ts'
import { asksAtRecording } from './asks.ts'
import { openConcernAs } from './concern-ref.ts'
import { keepCaseBeside } from './conduct.ts'
import type { ConcernRecorded } from './recording.ts'
import { rehearsed } from './words.ts'

function reporterOf(stage: Stage, { on_behalf_of: name }: ConcernRecorded): NewConcern['reporter'] {
  if (name === undefined) return { kind: 'self' }
  const colleague = stage.people.get(name)?.adultId ?? null
  return {
    kind: 'on-behalf',
    name,
    adultId: colleague,
    reason: colleague ? 'spoken' : 'no-account',
    firstWrittenAt: stage.now,
  }
}

/** One of the people, or an adult of the community in the words of whoever writes it. */
function atRiskOf(stage: Stage, { at_risk: names = [] }: ConcernRecorded): NewConcern['adults'] {
  return names.map(name => ({
    adultId: stage.people.get(name)?.adultId ?? null,
    name,
    relation: '',
    involvement: 'at-risk',
    toldAt: null,
  }))
}

function adultsOf(stage: Stage, { alleged = [], verbal_to: told }: ConcernRecorded): NewConcern['adults'] {
  const named = (key: string) => ({ adultId: stage.getPerson(key).adultId, name: key, relation: '' })
  return [
    ...alleged
      .filter(key => stage.people.has(key))
      .map(key => ({ ...named(key), involvement: 'alleged' as const, toldAt: null })),
    ...(told === undefined ? [] : [{ ...named(told), involvement: 'told' as const, toldAt: stage.now }]),
  ]
}

function childrenOf(stage: Stage, { about, alleged = [] }: ConcernRecorded): NewConcern['children'] {
  return [
    ...about.map(key => ({ childId: stage.getPupil(key).childId, involvement: 'subject' as const })),
    ...alleged
      .filter(key => stage.pupils.has(key) && !about.includes(key))
      .map(key => ({ childId: stage.getPupil(key).childId, involvement: 'alleged' as const })),
  ]
}

function concernOf(stage: Stage, event: ConcernRecorded, prompts: readonly string[]): NewConcern {
  return {
    id: newId<ConcernId>(),
    reporter: reporterOf(stage, event),
    children: childrenOf(stage, event),
    newChildren: [],
    adults: [...atRiskOf(stage, event), ...adultsOf(stage, event)],
    happenedOn: null,
    happenedAtTime: null,
    happenedSays: '',
    location: rehearsed,
    urgent: event.urgent ?? false,
    stub: false,
    category: null,
    prompts,
    voiceTold: event.verbal_to === undefined ? null : true,
    account: {
      childWords: prompts.includes('disclosure') ? rehearsed : '',
      seen: rehearsed,
      opinion: rehearsed,
      done: rehearsed,
    },
    marks: [],
  }
}

/** The category that is kept: none where the school asks for none; undefined where it has others. */
function categoryOf({ concern }: Profile, category: string | undefined): string | null | undefined {
  if (category === undefined || concern.reporterCategories.length === 0) return null
  return concern.reporterCategories.find(option => option.id === category)?.id
}

const refusals: Readonly<Record<string, string>> = {
  'already-recorded': 'It is recorded already.',
  'child-not-known': 'A child in it is not known at this school.',
  'adult-not-known': 'An adult in it is not known at this school.',
  'not-for-adults': 'Nothing that was chosen is, by the policy, a worry for an adult.',
}

/** A concern about a child, as the form sends it. */
export async function recordWelfare(stage: Stage, event: ConcernRecorded): Promise<Answer> {
  const prompts = [...new Set([...(event.prompts ?? []), ...(event.images ? (['images'] as const) : [])])]
  const roles = stage.people.get(event.by)?.roles ?? []
  const asks = asksAtRecording(stage, { urgent: event.urgent ?? false, prompts }, roles)
  const category = categoryOf(stage.profile, event.category)
  if (category === undefined) {
    const known = stage.profile.concern.reporterCategories.map(({ id }) => id).join(', ')
    const source = { document: 'profile', section: 'reporter_categories' }
    return notAccepted({ code: 'category-not-known', says: `This school’s categories are ${known}.`, source }, asks)
  }
  const concern = { ...concernOf(stage, event, prompts), category }
  const answer = await stage.act(event.by, async work => {
    authorise(work.someone, 'concern.record', { schoolId: work.school.id })
    const recorded = await recordConcern(work, concern)
    if (recorded.ok) return accepted(asks)
    const { code } = recorded.refusal
    return notAccepted({ code, says: refusals[code] ?? code, source: { document: 'design', section: 'recording' } }, asks)
  })
  if (answer.refused.length > 0) return answer
  stage.refs.set(event.ref, openConcernAs(stage, concern.id))
  await keepCaseBeside(stage, event.ref, concern.id)
  return answer
}
