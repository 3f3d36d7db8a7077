export { type DemonstrationParts, demonstrationPages } from './demonstration-plugin.ts'
export { demonstrationInWords, findDemonstration, mayLook } from './queries.ts'
