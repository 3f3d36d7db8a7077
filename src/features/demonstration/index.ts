export { type DemonstrationParts, demonstrationPages } from './demonstration-plugin.ts'
export { type DemonstrationAccount, demonstrationAccounts, mayLook } from './queries.ts'
