export type { Actor, Someone, Stranger, Visitor, Worker } from './actor.ts'
export { authorise, Denied, type Permit } from './permit.ts'
export { type Action, actions, check, freshFactorMinutes, ruleFor, type SubjectFacts, type Verdict } from './policy.ts'
