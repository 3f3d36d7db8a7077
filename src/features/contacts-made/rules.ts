/** What a contact brings about. Pure. */
import { type NewEmergencyCall, type NewFamilyContact, serviceNames, type TouchedConcern } from './model.ts'

/**
 * Was a parent spoken with before the concern was triaged, or while nobody was to speak with the parents, without anybody of the
 * team having agreed to it by then?
 */
export function isEarly(
  contact: Pick<NewFamilyContact, 'at' | 'agreedWith' | 'agreedAt'>,
  { triagedAt, heldForAll }: Pick<TouchedConcern, 'triagedAt' | 'heldForAll'>,
): boolean {
  const isBeforeTriage = heldForAll || triagedAt === null || contact.at < triagedAt
  const isAgreed = contact.agreedWith !== '' && contact.agreedAt !== null && contact.agreedAt <= contact.at
  return isBeforeTriage && !isAgreed
}

/** What the owner of the concern is given to do because of a call. Names no child. */
export function actionAfter(call: Pick<NewEmergencyCall, 'service' | 'incident'>): string {
  const number = call.incident === '' ? '' : `, incident number ${call.incident}`
  return `The emergency number was rung (${serviceNames[call.service].toLowerCase()}${number}). Take over from whoever rang, and refer to the authority where the child lives.`
}

/** The children in whose chronologies it stands: those whom the concern is about. */
export function subjectsOf(concern: Pick<TouchedConcern, 'children'>): TouchedConcern['children'] {
  const subjects = concern.children.filter(child => child.involvement === 'subject')
  return subjects.length > 0 ? subjects : concern.children
}
