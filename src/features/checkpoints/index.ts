export { handOutCheckpoints, makeCheckpoint } from './commands.ts'
export { checkpointRoutes } from './routes.tsx'
