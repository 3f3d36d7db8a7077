export { recordStep, stepOf } from './commands.ts'
export { withoutDslRoutes } from './routes.tsx'
