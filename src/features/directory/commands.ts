import type { Actor, Permit } from '../../access/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { contactDoubts } from '../../policy/contact-doubts.ts'
import type { Work } from '../../work/work.ts'
import { insertChecks, type NewCheck } from './store.ts'

/** Keeps that somebody of the team has tried these contacts of the policy; one that the policy does not have is left out. */
export async function recordChecks(
  work: Work<Actor>,
  permit: Permit<'contact.check'>,
  checks: readonly Omit<NewCheck, 'id' | 'number'>[],
): Promise<number> {
  const known = checks.filter(({ contact }) => Object.hasOwn(work.profile.contacts, contact))
  if (known.length === 0) return 0
  const doubts = contactDoubts(work.profile)
  const numberOf = (key: string) => (doubts.has(key) ? (work.profile.contacts[key]?.phone ?? null) : null)
  await insertChecks(
    work,
    permit,
    work.someone.adultId,
    known.map(check => ({ id: newId<string>(), ...check, number: numberOf(check.contact) })),
  )
  work.note({
    event: 'contact.checked',
    subjectKind: 'school',
    subject: work.school.id,
    facts: { contacts: known.map(({ contact }) => contact), outcomes: known.map(({ outcome }) => outcome) },
  })
  return known.length
}
