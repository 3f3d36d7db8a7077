export { activityRoutes } from './routes.ts'
export { watchActivities } from './watch.ts'
