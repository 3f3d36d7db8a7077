export { answerComplaint, listComplaints, moveComplaint, openComplaint, recordComplaint } from './commands.ts'
export type { ComplaintMove, ComplaintRefusal, ListedComplaint, NewComplaint } from './model.ts'
