export { postRoutes } from './routes.tsx'
