export { readLogRoutes } from './routes.tsx'
