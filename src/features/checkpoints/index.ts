export { handOutCheckpoints, makeCheckpoint } from './commands.ts'
export { MissedNights } from './pages/missed-nights.tsx'
export { checkpointRoutes } from './routes.tsx'
export { lastNight } from './store.ts'
