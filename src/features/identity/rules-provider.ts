const longestIssuer = 300

/** Issuers that speak for every organisation of the world, and so for no school. */
const ofEverybody = /^\/(common|organizations|consumers)(\/|$)/

/** What is wrong with the address of a provider, in a sentence. `isThisMachine` says whose address never leaves this machine. */
export function issuerFault(typed: string, isThisMachine: (host: string) => boolean): string | undefined {
  const url = URL.canParse(typed) ? new URL(typed) : undefined
  if (!url || typed.length > longestIssuer) return 'Enter the whole address of the issuer, beginning with https://'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isThisMachine(url.hostname)))
    return 'The address of the issuer must begin with https://: whatever is said on the way there must be readable to nobody else'
  if (url.username || url.password || url.search || url.hash || /[?#\s]/.test(typed))
    return 'Enter the address of the issuer alone, without a name, a question mark or a # in it'
  if (ofEverybody.test(url.pathname))
    return 'This address stands for every organisation there is. Enter the one of your own, which holds its number'
  return undefined
}

const longestShown = 120

/** What a provider calls an account, fit to be shown: one line, and never longer than a line. */
export function shownName(claims: Readonly<Record<string, unknown>>): string {
  const texts = [claims['preferred_username'], claims['email'], claims['name']].filter(text => typeof text === 'string')
  const plain = texts.map(text => text.replaceAll(/[\p{Cc}\p{Cf}\uFFFD]/gu, '').trim()).find(text => text !== '')
  return (plain ?? 'an account without a name').slice(0, longestShown)
}

/** Why a provider's answer was not taken. */
export type ProviderRefusal = Extract<Refused, 'declined' | 'unreachable' | 'not-trusted'>

export const refusedBecause = ['declined', 'unreachable', 'not-trusted', 'state', 'unknown', 'taken', 'no-appointment'] as const
/** Why somebody is not signed in by a provider, or their account is not added. */
export type Refused = (typeof refusedBecause)[number]

/** What the person reads. Which check failed stands in the trail: it helps whoever forges, and nobody else. */
export function providerSays(why: Refused, name: string): string {
  switch (why) {
    case 'declined':
      return `${name} did not say who you are. Try again, or sign in in another way`
    case 'unreachable':
      return `${name} does not answer now. Try again in a minute, or sign in in another way`
    case 'not-trusted':
      return `What ${name} sent could not be trusted, so you are not signed in. Try again. If it happens again, tell the person who looks after Holdfast at your school`
    case 'state':
      return 'This sign-in was begun in another browser, was open for too long, or was finished before. Try again'
    case 'unknown':
      return `Your account of ${name} belongs to nobody in Holdfast yet. Sign in with your password and add it under “Your account”. If you have no password, ask the person who looks after Holdfast at your school for an invitation`
    case 'taken':
      return `Your account of ${name} belongs to somebody in Holdfast already`
    case 'no-appointment':
      return 'You have no role at this school now. Ask the person who keeps the list of staff'
  }
}
