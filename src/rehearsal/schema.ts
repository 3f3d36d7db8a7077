import { z } from 'zod'
import { date, role, status, time } from './keys.ts'

const oneOrMore = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.array(schema)])

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const weekday = z.union([
  z.number().int().min(1).max(7),
  z.string().transform((text, context) => {
    const found = days.findIndex(day => text.toLowerCase().startsWith(day)) + 1
    if (found > 0) return found
    context.addIssue({ code: 'custom', message: `"${text}" is no day of the week; write mon, tue, wed, thu or fri.` })
    return z.NEVER
  }),
])

const personShape = z.strictObject({
  roles: z.array(role).optional(),
  absent: oneOrMore(date).optional(),
  left: date.optional(),
  relative_of: oneOrMore(z.string().min(1)).optional(),
  parent_of: oneOrMore(z.string().min(1)).optional(),
  employer: z.string().min(1).optional(),
})

const pupilShape = z.strictObject({
  born: date.optional(),
  authority: z.string().min(1).optional(),
  locality: z.string().min(1).optional(),
  leaves_at: time.optional(),
  statuses: z.array(status).optional(),
  school_days: z.array(weekday).min(1).optional(),
})

/** The frame of a rehearsal; each event is read by its own kind. */
export const rehearsalShape = z.strictObject({
  profile: z.string().min(1),
  people: z.record(z.string().min(1), personShape).optional(),
  pupils: z.record(z.string().min(1), pupilShape).optional(),
  events: z.array(z.looseObject({ event: z.string() })).min(1),
})

export type RehearsalFile = z.output<typeof rehearsalShape>
