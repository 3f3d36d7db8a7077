export { breakGlass, reviewGlass } from './commands.ts'
export { breakGlassRoutes } from './routes.tsx'
export { casesToReview, findGlass, findGlassChild, findGlassFile, glassToReview } from './store.ts'
