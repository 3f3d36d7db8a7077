export type { Referral, ReferralState } from './model.ts'
export { referralRoutes } from './routes.tsx'
export { stateNames as referralStateNames } from './words.ts'
