export { ourPolicyRoutes } from './routes.ts'
