/** What a page says where a step could not be taken. */
import { assertNever } from '../../kernel/exhaustive.ts'
import { dayInWords } from '../../kernel/london-time.ts'
import { fieldOf } from '../questions/index.ts'
import type { ConcernFacts, StepRefusal } from './model.ts'
import { parentsHeld } from './parents-held.ts'
import { stateNames } from './words.ts'

export interface Said {
  /** Somebody else was first, or there is something to correct. */
  readonly kind: 'conflict' | 'invalid'
  readonly says: string
  /** The field to which it belongs, if to one. */
  readonly field?: string
}

function whatChanged(concern: ConcernFacts): string {
  const { state, acknowledgedBy, triage, latestDecision } = concern
  if (state === 'closed') return 'It has been closed.'
  if (state === 'open' && latestDecision) return `${latestDecision.byName} has decided.`
  if (state === 'triaged' && triage) return `${triage.byName} has triaged it.`
  if (state === 'acknowledged' && acknowledgedBy) return `${acknowledgedBy} has acknowledged it.`
  return `It is now: ${stateNames[state]}.`
}

/** The sentence for a refusal; `concern` is as it stands now. */
export function refusalInWords(refusal: StepRefusal, concern: ConcernFacts): Said {
  switch (refusal.code) {
    case 'changed-meanwhile':
      return {
        kind: 'conflict',
        says: `Somebody changed this concern while you were writing. ${whatChanged(concern)} What you typed is still here: read what was done, then save again if it is still right.`,
      }
    case 'not-in-this-state':
      return { kind: 'conflict', says: `This cannot be done now. ${whatChanged(concern)}` }
    case 'stands-in-the-way':
      return { kind: 'invalid', says: 'This concern cannot close yet: deal with what stands in the way.', field: 'obstacles' }
    case 'question-unanswered':
      return { kind: 'invalid', says: `Answer “${refusal.question.asks}”.`, field: fieldOf(refusal.question) }
    case 'child-not-in-concern':
      return { kind: 'invalid', says: 'Select a child who is in this concern.', field: 'from' }
    case 'same-child':
      return { kind: 'invalid', says: 'That child is in this concern already. Select another.', field: 'to' }
    case 'nobody-to-tell':
      return { kind: 'invalid', says: 'There is nobody here who can be told.' }
    case 'not-of-the-team':
      return { kind: 'invalid', says: 'Select a colleague from the list.', field: 'to' }
    case 'no-such-concern':
      return { kind: 'invalid', says: 'There is no other concern with this reference that you can open.', field: 'reference' }
    case 'linked-already':
      return { kind: 'conflict', says: 'These two are linked already.' }
    case 'parents-held':
      return { kind: 'invalid', says: parentsHeld, field: 'outcome' }
    case 'advice-first':
      return {
        kind: 'invalid',
        says: 'Record first what the authority or the police advised: the policy has them asked before anybody speaks with the parents.',
        field: 'because',
      }
    case 'step-first':
      return {
        kind: 'invalid',
        says: `Before this is decided, the policy asks: ${refusal.says.join('; ')}. Record on the concern’s page that it is done or, where that is allowed, why not.`,
        field: 'choice',
      }
    case 'confer-first':
      return {
        kind: 'invalid',
        says: `Before triage is complete, the policy asks: ${refusal.says.join('; ')}. Record on the concern’s page what was agreed or, where it cannot wait, why not.`,
        field: 'rationale',
      }
    case 'not-held':
      return { kind: 'conflict', says: 'Nothing holds it back any more: somebody has lifted it.' }
    case 'not-in-household':
      return { kind: 'conflict', says: 'Somebody has answered this meanwhile. Read what is said of the child now.' }
    case 'review-too-late':
      return {
        kind: 'invalid',
        says: `Enter a day no later than ${dayInWords(refusal.by)}. ${refusal.says}`,
        field: 'next-look-day',
      }
    case 'second-needed':
      return { kind: 'invalid', says: `Select who of the team agrees to it, besides you. ${refusal.says}`, field: 'approved-by' }
    case 'advice-needed':
      return {
        kind: 'invalid',
        says: `Enter who of social care supports it, their role and when. ${refusal.says}`,
        field: 'advised-by',
      }
    default:
      return assertNever(refusal)
  }
}
