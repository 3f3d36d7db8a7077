export { answerRequest, extendRequest, listToReview, recordIntelligence, requestRecord, reviewItem } from './commands.ts'
export type { ItemToReview, NewIntelligence, NewRecordRequest, NewReview } from './model.ts'
