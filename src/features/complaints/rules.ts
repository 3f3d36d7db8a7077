/** What a complaint has to say, and when it waits too long. Pure. */
import type { Instant } from '../../kernel/plain-date.ts'
import type { ComplaintFacts, ComplaintRefusal, NewComplaint } from './model.ts'

/** Why a complaint cannot be kept. */
export function complaintRefusal({ says, process }: Pick<NewComplaint, 'says' | 'process'>): ComplaintRefusal | undefined {
  if (says.trim() === '') return 'nothing-said'
  return process.trim() === '' ? 'no-process' : undefined
}

/** Nobody has answered it, and its time is past. */
export function isOverdue({ state, replyBy }: Pick<ComplaintFacts, 'state' | 'replyBy'>, now: Instant): boolean {
  return state === 'open' && replyBy !== null && replyBy < now
}
