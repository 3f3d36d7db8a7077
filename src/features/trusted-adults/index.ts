export { getTrustReport, recordTrustedAdults } from './commands.ts'
export type { TrustedAdult, TrustReport } from './model.ts'
export { trustedAdultRoutes } from './routes.tsx'
