/** Whose word a value is: its text's, or where no text gives it, whoever chose it. Pure. */
import type { Profile, Sourced } from './profile.ts'

export type Whose = 'school' | 'decision' | 'trust' | 'authority' | 'national' | 'product'

type Standing = Sourced<unknown>['standing']

const byLayer = {
  schools: 'school',
  decisions: 'decision',
  trusts: 'trust',
  authorities: 'authority',
  national: 'national',
} as const satisfies Record<Profile['documents'][string]['layer'], Whose>

/** Whose a value is that cites this document; undefined where the document is not known. What the national files set is the product's own. */
export function whoseValue(profile: Profile, document: string | undefined, standing: string): Whose | undefined {
  const layer = profile.documents[document ?? '']?.layer
  if (layer === undefined) return undefined
  return layer === 'national' && standing === 'setting' ? 'product' : byLayer[layer]
}

const settings: Readonly<Record<Whose, string>> = {
  school: 'set by the school: no text gives it',
  decision: 'decided by the school: no text gives it',
  trust: 'set by the trust: no text gives it',
  authority: 'set for the authority: no text gives it',
  national: 'set for every school: no text gives it',
  product: 'the product’s default, because the policy does not say',
}

const texts: Readonly<Record<Whose, string>> = {
  school: '',
  decision: 'decided by the school',
  trust: 'from the trust',
  authority: 'from the authority',
  national: 'from a national text',
  product: '',
}

/** Whose it is, in words; nothing where the school's own policy says it, which needs no saying. */
export function whoseInWords(whose: Whose | undefined, standing: Standing | string): string {
  if (whose === undefined) return standing === 'setting' ? 'no text gives it' : ''
  return (standing === 'setting' ? settings : texts)[whose]
}
