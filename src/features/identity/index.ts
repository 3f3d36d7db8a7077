export { codeNow, codeToEnter, newSecret, openSecret, sealSecret } from './authenticator.ts'
export { identityRoutes } from './routes.ts'
export { identityPages } from './sign-in-plugin.ts'
