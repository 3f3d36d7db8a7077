export { type AdviceForField, adviceOn, CoachAdvice, type CoachAdviceProps, coachedFields } from './advice.tsx'
export { type Advice, type CoachedBox, type CoachRule, coach } from './rules.ts'
