export { listAbsenceDrafts, settleAbsenceDraft, watchAbsencePatterns } from './commands.ts'
export type { AbsenceDraft, DraftOutcome, DraftRefusal } from './model.ts'
