import { z } from 'zod'
import { type Actor, check } from '../../access/index.ts'
import {
  assessConduct,
  type ConductRefusal,
  concludeConduct,
  findCaseFacts,
  findOwnFacts,
  type NewContact,
  openCase,
  recordConductContact,
  shareConduct,
  subjectOfCase,
} from '../../features/conduct/index.ts'
import type { CaseId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import type { Agency } from '../../policy/profile.ts'
import type { Work } from '../../work/work.ts'
import { accepted, type EventKinds, type EventOf, eventKind, notAccepted } from '../event-kind.ts'
import { person, ref, text } from '../keys.ts'
import type { Answer, Refused } from '../model.ts'
import type { Kept, Stage } from '../stage.ts'
import { asksAtConclusion } from './asks.ts'
import { nothingThere } from './concern-ref.ts'
import { findCaseBeside, listCases, reachesCaseWords } from './conduct-store.ts'
import { rehearsed } from './words.ts'

const refusals: Readonly<Record<ConductRefusal['code'], string>> = {
  'already-recorded': 'It is recorded already.',
  'adult-not-known': 'An adult in it is not known at this school.',
  'words-missing': 'Something that the policy asks of such a record is missing.',
  'limb-met': 'One of the four limbs is met, so it may meet the harm threshold.',
  'lado-first': 'The LADO is asked first.',
  'reason-first': 'It was judged higher before: write why it is lower now.',
  'never-low-level': 'It is a crime, and never a low-level concern.',
  'employer-first': 'The employer is told first.',
  'human-resources-first': 'Human resources are consulted first.',
  'hire-first': 'Whether they keep the premises is decided first.',
  'not-written': 'Something that the policy asks to be written is missing.',
  concluded: 'It is concluded already.',
  'not-of-one-adult': 'They are not all about the same adult.',
  'already-subject': 'It is about this person already.',
}

/** Why a command about a case was refused, as a rehearsal says it. */
export function refusedOfCase({ code }: ConductRefusal): Refused {
  return { code, says: refusals[code], source: { document: 'design', section: 'allegations' } }
}

interface AtCase {
  readonly ref: string
  readonly by: string
}

type Command = (work: Work<Actor>, caseId: CaseId) => Promise<Result<unknown, ConductRefusal>>

/** Runs a command on the case under a ref; where somebody was not given it, it does not exist for them. */
async function onCase(stage: Stage, event: AtCase, command: Command): Promise<Answer> {
  const kept = stage.refs.get(event.ref)
  if (!kept) return nothingThere(event.ref)
  if (kept.kind !== 'case')
    return notAccepted({ code: 'not-for-this', says: `${event.ref} is no concern about an adult.`, source: {} })
  return stage.act(event.by, async work => {
    const done = await command(work, kept.id as CaseId)
    return done.ok ? accepted() : notAccepted(refusedOfCase(done.refusal))
  })
}

const opensAs = (stage: Stage, { opens }: Kept, by: string) => stage.ask(by, work => opens(work))

/**
 * Whoever the policy has every such concern shared with judges it only once they have it: whoever has it passes it on to them first.
 * No event says so, because nobody decides anything by it.
 */
async function passOnTo(stage: Stage, event: AtCase): Promise<void> {
  const kept = stage.refs.get(event.ref)
  if (kept?.kind !== 'case' || (await opensAs(stage, kept, event.by)) === 'whole') return
  const found = (await listCases(stage.admin, stage.schoolId)).find(({ id }) => id === kept.id)
  const shared = stage.profile.conduct.chains.find(({ key }) => key === found?.chain)?.shared ?? []
  const holds = stage.getPerson(event.by).roles
  if (!shared.some(({ roles }) => roles.some(role => holds.includes(role)))) return
  for (const key of stage.people.keys()) {
    if ((await opensAs(stage, kept, key)) !== 'whole') continue
    await stage.act(key, async work => {
      await shareConduct(work, kept.id as CaseId)
      return accepted()
    })
    return
  }
}

/** Judging and ending belong to whoever has the case, or is to have it. */
async function onSharedCase(stage: Stage, event: AtCase, command: Command): Promise<Answer> {
  await passOnTo(stage, event)
  return onCase(stage, event, command)
}

/** Anybody may ring the LADO or the police; of the call of somebody who was not given the case Holdfast keeps nothing. */
async function callOutside(stage: Stage, event: AtCase, command: Command): Promise<Answer> {
  const kept = stage.refs.get(event.ref)
  if (kept?.kind === 'case' && (await opensAs(stage, kept, event.by)) === undefined) return accepted()
  return onCase(stage, event, command)
}

const withAgency: Partial<Record<Agency, NewContact['kind']>> = { lado: 'lado', other: 'employer' }

function contact(kind: NewContact['kind'], how: NewContact['how']): Command {
  return (work, caseId) => recordConductContact(work, caseId, { kind, how, says: rehearsed })
}

const referred =
  (how: NewContact['how']) =>
  (stage: Stage, event: AtCase & { readonly to: Agency }): Promise<Answer> =>
    callOutside(stage, event, contact(withAgency[event.to] ?? 'other', how))

/** Keeps a case under its ref: who may open it is asked of the access rules and of the database, and both must let them. */
export function keptCase(id: CaseId): Kept {
  return {
    kind: 'case',
    id,
    opens: async work => {
      const words = await reachesCaseWords(work, id)
      const found = await findCaseFacts(work, id)
      if (found && words && check(work.someone, 'conduct.read', subjectOfCase(work, found)).allowed) return 'whole'
      return words && (await findOwnFacts(work, id)) ? 'own' : undefined
    },
    handles: {
      'concern.acknowledged': (stage: Stage, event: AtCase) =>
        onCase(stage, event, async (work, caseId) => {
          await openCase(work, caseId)
          return { ok: true, value: undefined }
        }),
      'referral.phoned': referred('telephone'),
      'referral.written': referred('written'),
      'police.told': (stage: Stage, event: AtCase) => callOutside(stage, event, contact('other', 'telephone')),
    },
  }
}

/** A concern about a child that names an adult of the school has opened a case beside it: `<ref>-conduct`. */
export async function keepCaseBeside(stage: Stage, concernRef: string, concernId: string): Promise<void> {
  const found = await findCaseBeside(stage.admin, stage.schoolId, concernId)
  if (found) stage.refs.set(`${concernRef}-conduct`, keptCase(found))
}

const assessedKeys = { ref, by: person, outcome: z.enum(['harm-threshold', 'low-level', 'neither']) } as const
const endedKeys = { ref, by: person, outcome: text.optional() } as const

/** What the policy has written, or done, before a case ends, is; what is owed to somebody outside is not. */
async function conclude(work: Work<Actor>, caseId: CaseId, event: EventOf<typeof endedKeys>) {
  if (work.profile.conduct.beforeConcluding.some(({ value }) => value === 'human-resources'))
    await recordConductContact(work, caseId, { kind: 'human-resources', how: 'telephone', says: rehearsed })
  return concludeConduct(work, caseId, {
    outcome: event.outcome || rehearsed,
    context: rehearsed,
    action: rehearsed,
    rationale: rehearsed,
    lessons: rehearsed,
  })
}

export const conductEvents: EventKinds = {
  'conduct.assessed': eventKind({
    keys: assessedKeys,
    run: (stage, event) =>
      onSharedCase(stage, event, (work, caseId) => assessConduct(work, caseId, { outcome: event.outcome, rationale: rehearsed })),
  }),
  'lado.contacted': eventKind({
    keys: endedKeys,
    run: (stage, event) => callOutside(stage, event, contact('lado', 'telephone')),
  }),
  'conduct.concluded': eventKind({
    keys: endedKeys,
    run: async (stage, event) => ({
      ...(await onSharedCase(stage, event, (work, caseId) => conclude(work, caseId, event))),
      asks: asksAtConclusion(stage),
    }),
  }),
}
