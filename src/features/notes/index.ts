export { noteRoutes } from './routes.tsx'
