export { runningClockRoutes } from './routes.tsx'
