export type { OwnConcernListing } from './model.ts'
export { OwnConcerns } from './pages/own-list-page.tsx'
export { ownConcernRoutes } from './routes.ts'
export { findOwnConcernListings } from './store.ts'
