/** Whom a policy offers for advice. Pure. */
import type { Instant } from '../../kernel/plain-date.ts'
import { openFirst } from '../../policy/contact-hours.ts'
import { contactsNow, pathwaysFor } from '../../policy/pathways.ts'
import type { Contact, Profile } from '../../policy/profile.ts'
import type { AskedAbout } from './model.ts'

/** What the authority of the child's home, and that of the school, gives advice on. */
const ofHome = ['home.consultation', 'home.early-help', 'home.front-door']
const ofSchool = ['home.education-safeguarding', 'home.advice']
/** Whom to ask whether something may be shared. */
const onSharing = ['home.caldicott-guardian', 'home.legal-team']

/** Whom to ask, each once: what the policy says for this kind of worry, then who advises where the child lives, then who advises schools. */
export function advisers(profile: Profile, about: AskedAbout, now: Instant): readonly Contact[] {
  const homes = about.homes.length > 0 ? about.homes : [undefined]
  const keys = pathwaysFor(profile, about).flatMap(({ contacts, steps }) => [
    ...contacts,
    ...steps.flatMap(step => step.contacts),
  ])
  const all = [
    ...homes.flatMap(home => contactsNow(profile, [...keys, ...ofHome], home, now)),
    ...contactsNow(profile, [...ofSchool, ...onSharing], profile.school.authority, now),
  ].map(({ contact }) => contact)
  const [emergency] = profile.emergency
  const once = all.filter(
    (contact, index) => all.findIndex(({ key }) => key === contact.key) === index && contact.key !== emergency?.contact,
  )
  return openFirst(once, now)
}
