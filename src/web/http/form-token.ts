import { createHmac, timingSafeEqual } from 'node:crypto'
import { isUuid } from '../../kernel/ids.ts'

/** What a form is drawn for when nobody is signed in. */
export const visitor = 'visitor'

/**
 * The token that each form carries, so that no other site can post it. It begins with the session it was drawn for: a
 * form that comes when that session is over, or when somebody else is signed in, is kept for the one who typed it.
 */
export function formToken(secret: string, drawnFor: string): string {
  return `${drawnFor}.${createHmac('sha256', secret).update(`holdfast form ${drawnFor}`).digest('base64url')}`
}

export function isFormToken(secret: string, drawnFor: string, token: string): boolean {
  const expected = Buffer.from(formToken(secret, drawnFor))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** The session that a form says it was drawn for; not to be believed before its secret has been checked. */
export function claimedSession(token: string): string | undefined {
  const id = token.split('.')[0] ?? ''
  return isUuid(id) ? id : undefined
}
