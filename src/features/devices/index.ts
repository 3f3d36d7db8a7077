export { issueDevice, signAgreement } from './commands.ts'
