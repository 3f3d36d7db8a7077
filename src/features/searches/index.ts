export { answerSearch, listSearches, reportSearch } from './commands.ts'
export type { NewSearch, PupilSearch, ReportedSearch, SearchAnswer, SearchRefusal } from './model.ts'
