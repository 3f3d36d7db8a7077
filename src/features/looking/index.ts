export { watchLooking } from './commands.ts'
export { lookingRoutes } from './routes.tsx'
