import { createHmac, timingSafeEqual } from 'node:crypto'

/** The token that each form of a session carries, so that no other site can post it. */
export function formToken(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('holdfast form').digest('base64url')
}

export function isFormToken(sessionSecret: string, token: string): boolean {
  const expected = Buffer.from(formToken(sessionSecret))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
