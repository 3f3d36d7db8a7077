export { type EmergencyCall, type FamilyContact, serviceNames, wayNames } from './model.ts'
export { AfterTheCall, ContactsMade } from './pages/contacts.tsx'
export { contactRoutes } from './routes.ts'
export { emergencyCallsOf, familyContactsOf, ownOnly } from './store.ts'
