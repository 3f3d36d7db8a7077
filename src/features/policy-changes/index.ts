export { policyChangeRoutes } from './routes.tsx'
export { mayApprove } from './rules.ts'
export { recomputeDue } from './watch.ts'
