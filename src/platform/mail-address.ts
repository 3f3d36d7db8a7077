import { z } from 'zod'

const shape = z.email()

/** One address and nothing else: no second one after a comma, no name, no line that a mail server would read as a header. */
export function isMailAddress(text: string): boolean {
  return shape.safeParse(text).success
}
