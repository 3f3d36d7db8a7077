import { z } from 'zod'
import { type Instant, parseLocalTime, parsePlainDate } from '../kernel/plain-date.ts'
import { childStatuses } from '../policy/child-statuses.ts'
import { agencyIds } from '../policy/profile.ts'
import { promptIds } from '../policy/prompts.ts'
import { type RoleId, roleIds } from '../policy/roles.ts'
import { statusNamed } from './statuses.ts'
import { findWallTime } from './wall-time.ts'

// What the keys of an event may hold. Who is meant by a name is checked when the whole file is read, so the kinds of name below
// are known by the schema itself.

const name = () => z.string().min(1)

/** A key of `people`. */
export const person = name()
/** A key of `pupils`. */
export const pupil = name()
/** A key of either. */
export const anybody = name()
/** A ref that no earlier event has opened. */
export const newRef = name()
/** A ref that an earlier event has opened, or one that follows from it (`<ref>-conduct`). */
export const ref = name()

export type NameKind = 'person' | 'pupil' | 'anybody' | 'newRef' | 'ref'

const nameKinds = new Map<unknown, NameKind>([
  [person, 'person'],
  [pupil, 'pupil'],
  [anybody, 'anybody'],
  [newRef, 'newRef'],
  [ref, 'ref'],
])

/** What the strings of a key name, where they name somebody or a ref. */
export function nameKindOf(schema: unknown): NameKind | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return nameKindOf(schema.unwrap())
  if (schema instanceof z.ZodArray) return nameKindOf(schema.element)
  return nameKinds.get(schema)
}

export const pupils = z.array(pupil).min(1)
export const people = z.array(person).min(1)

export const date = z.string().transform((text, context) => {
  const found = parsePlainDate(text)
  if (found) return found
  context.addIssue({ code: 'custom', message: `"${text}" is no date of the calendar; write it as 2026-11-20.` })
  return z.NEVER
})

export const time = z.string().transform((text, context) => {
  const found = parseLocalTime(text)
  if (found) return found
  context.addIssue({ code: 'custom', message: `"${text}" is no time of day; write it as "15:15".` })
  return z.NEVER
})

/** A moment on London's clocks. */
export const wallTime = z.string().transform((text, context): Instant => {
  const found = findWallTime(text)
  if (found.ok) return found.value
  context.addIssue({ code: 'custom', message: found.refusal })
  return z.NEVER
})

/** The roles that a rehearsal may give; whoever administers the system plays no part in one. */
export const rehearsedRoles = roleIds.filter(role => role !== 'system-administrator') as [RoleId, ...RoleId[]]
export const role = z.enum(rehearsedRoles)
export const agency = z.enum(agencyIds)
export const prompt = z.enum(promptIds)
/** A status of a child, by the product's name or another that is in use. */
export const status = z.string().transform((word, context) => {
  const named = statusNamed(word)
  const found = childStatuses.find(kind => kind === named)
  if (found) return found
  const known = childStatuses.join(', ')
  context.addIssue({ code: 'custom', message: `"${word}" is no status of a child that Holdfast knows; use one of: ${known}.` })
  return z.NEVER
})
export const text = z.string()
export const yesNo = z.boolean()
