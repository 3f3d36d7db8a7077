export { policyChangeRoutes } from './routes.tsx'
export { recomputeDue } from './watch.ts'
