export { latenessRoutes } from './routes.tsx'
