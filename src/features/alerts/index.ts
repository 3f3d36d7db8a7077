export { lookRoundSchool } from './commands.ts'
export type { Mail } from './mails.ts'
export { drainOutbox, sendAlertMail } from './outbox.ts'
