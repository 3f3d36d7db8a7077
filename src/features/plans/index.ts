export { closePlan, type OpenedPlan, openPlan, reviewPlan } from './commands.ts'
export { type NewPlan, type PlanKind, type PlanReview, planKinds, progresses } from './model.ts'
export { planNames } from './rules.ts'
export { watchAssessments } from './watch.ts'
