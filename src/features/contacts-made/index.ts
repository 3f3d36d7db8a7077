export type { EmergencyCall, FamilyContact } from './model.ts'
export { AfterTheCall, ContactsMade } from './pages/contacts.tsx'
export { contactRoutes } from './routes.ts'
export { emergencyCallsOf, familyContactsOf, ownOnly } from './store.ts'
