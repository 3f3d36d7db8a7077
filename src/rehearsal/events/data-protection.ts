import { z } from 'zod'
import { check } from '../../access/index.ts'
import {
  adviceThread,
  answerAboutSharing,
  askAboutSharing,
  type DataRefusal,
  goAheadWithout,
  listAskedOfOfficer,
  listBreaches,
  reportBreach,
  settleBreach,
  watchDataProtection,
} from '../../features/data-protection/index.ts'
import type { Result } from '../../kernel/result.ts'
import { accepted, type EventKinds, eventKind, notAccepted } from '../event-kind.ts'
import { newRef, person, ref, text, yesNo } from '../keys.ts'
import type { Answer } from '../model.ts'
import type { Kept, Stage } from '../stage.ts'
import { nothingThere } from './concern-ref.ts'
import { rehearsed } from './words.ts'

const refusals: Readonly<Record<DataRefusal, string>> = {
  needed: 'Something that belongs to it is not written.',
  'no-such-thing': 'There is nothing that this person could open and that it could be about.',
  'no-such-contact': 'The policy names no such contact.',
  'already-answered': 'It is answered already.',
  'in-the-future': 'It cannot have been discovered in the future.',
}

function answerOf(done: Result<unknown, DataRefusal>): Answer {
  if (done.ok) return accepted()
  return notAccepted({ code: done.refusal, says: refusals[done.refusal], source: { document: 'design', section: 'pupils' } })
}

/** A question under its ref: the officer sees its words, and the team that asked. */
function keptQuestion(id: string, about: string): Kept {
  return {
    kind: 'sharing-question',
    id,
    opens: async work => {
      const may = (action: 'sharing-advice.ask' | 'sharing-advice.answer') =>
        check(work.someone, action, { schoolId: work.school.id }).allowed
      const seen = [
        ...(may('sharing-advice.ask') ? await adviceThread(work, about) : []),
        ...(may('sharing-advice.answer') ? await listAskedOfOfficer(work) : []),
      ]
      return seen.some(question => question.id === id) ? 'whole' : undefined
    },
  }
}

/** What went astray, under its ref: the officer's. */
function keptBreach(id: string): Kept {
  return {
    kind: 'data-breach',
    id,
    opens: async work => {
      if (!check(work.someone, 'data-breach.keep', { schoolId: work.school.id }).allowed) return undefined
      return (await listBreaches(work)).some(breach => breach.id === id) ? 'whole' : undefined
    },
  }
}

/** What an event opened, where it was accepted; whoever is to hear of it does within the minute, by the worker. */
async function keep(stage: Stage, key: string, answer: Answer, kept: Kept | undefined): Promise<Answer> {
  if (kept && answer.refused.length === 0) {
    stage.keep(key, kept)
    await stage.inBackground(watchDataProtection)
  }
  return answer
}

const sharingEvents: EventKinds = {
  'sharing.asked': eventKind({
    keys: { ref: newRef, by: person, concern: ref, contact: text.optional() },
    run: async (stage, event) => {
      const concern = stage.refs.get(event.concern)
      if (concern?.kind !== 'concern') return nothingThere(event.concern)
      let kept: Kept | undefined
      const answer = await stage.act(event.by, async work => {
        const done = await askAboutSharing(work, {
          about: { kind: 'concern', id: concern.id },
          contact: event.contact ?? null,
          context: rehearsed,
          question: rehearsed,
        })
        if (done.ok) kept = keptQuestion(done.value, concern.id)
        return answerOf(done)
      })
      return keep(stage, event.ref, answer, kept)
    },
  }),
  'sharing.answered': eventKind({
    keys: { ref, by: person },
    run: async (stage, event) => {
      const asked = stage.refs.get(event.ref)
      if (asked?.kind !== 'sharing-question') return nothingThere(event.ref)
      return stage.act(event.by, async work => answerOf(await answerAboutSharing(work, asked.id, rehearsed)))
    },
  }),
  'sharing.gone-ahead': eventKind({
    keys: { ref, by: person, reason: text.optional() },
    run: async (stage, event) => {
      const asked = stage.refs.get(event.ref)
      if (asked?.kind !== 'sharing-question') return nothingThere(event.ref)
      return stage.act(event.by, async work => answerOf(await goAheadWithout(work, asked.id, event.reason ?? rehearsed)))
    },
  }),
}

const breachEvents: EventKinds = {
  'data-breach.reported': eventKind({
    keys: { ref: newRef, by: person, kind: z.enum(['mis-sent', 'lost', 'seen', 'other']).optional() },
    run: async (stage, event) => {
      let kept: Kept | undefined
      const answer = await stage.act(event.by, async work => {
        const done = await reportBreach(work, { kind: event.kind ?? 'other', says: rehearsed, discoveredAt: stage.now })
        if (done.ok) kept = keptBreach(done.value)
        return answerOf(done)
      })
      return keep(stage, event.ref, answer, kept)
    },
  }),
  'data-breach.settled': eventKind({
    keys: { ref, by: person, notified: yesNo, outcome: text.optional() },
    run: async (stage, event) => {
      const breach = stage.refs.get(event.ref)
      if (breach?.kind !== 'data-breach') return nothingThere(event.ref)
      const { notified, outcome = rehearsed } = event
      return stage.act(event.by, async work => answerOf(await settleBreach(work, breach.id, { notified, outcome })))
    },
  }),
}

/** What is asked about sharing, and what of the school's data went astray. */
export const dataProtectionEvents: EventKinds = { ...sharingEvents, ...breachEvents }
