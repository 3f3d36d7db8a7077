export { endTransfer, fileReceived, fileSent, type Moved, pupilJoined, pupilLeaving, receiptReceived } from './commands.ts'
export type { NewLeaving } from './model.ts'
export { isLastKnown, keptUntil, mayBeDisposed } from './rules.ts'
