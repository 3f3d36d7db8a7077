/** Which two policies are compared: a school on each side, and the day on which each is read. */
import type { Actor } from '../../access/index.ts'
import { dateInWords, localDate } from '../../kernel/london-time.ts'
import { type PlainDate, parsePlainDate } from '../../kernel/plain-date.ts'
import type { Profile } from '../../policy/profile.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import type { Request } from '../../web/http/route.ts'

export type CompareRequest = Request<'policy.examine', Actor>

/** The names of the fields of a side: the school, and its day in three parts or, in a link, in one. */
export const sideFields = { left: { school: 'left', day: 'left-on' }, right: { school: 'with', day: 'on' } } as const
export type SideName = keyof typeof sideFields

/** One side of a comparison. */
export interface Side {
  readonly title: string
  readonly school: string
  readonly on: PlainDate
  readonly profile: Profile
}

/** A side as it was asked for. */
export interface AskedSide {
  /** The key of a school, or `statute`; nothing where nothing was chosen. */
  readonly asked: string
  readonly day: { readonly day: string; readonly month: string; readonly year: string }
}

export function askedSide({ query }: Pick<CompareRequest, 'query'>, name: SideName): AskedSide {
  const { school, day } = sideFields[name]
  const [year = '', month = '', inMonth = ''] = (query.get(day) ?? '').split('-')
  const part = (key: string, linked: string) => query.get(`${day}-${key}`) ?? linked.replace(/^0/, '')
  return {
    asked: query.get(school) ?? '',
    day: { day: part('day', inMonth), month: part('month', month), year: part('year', year) },
  }
}

function dayOf({ day }: AskedSide): PlainDate | undefined {
  return parsePlainDate([day.year, day.month.padStart(2, '0'), day.day.padStart(2, '0')].join('-'))
}

const hasDay = ({ day }: AskedSide) => Object.values(day).some(part => part !== '')

/** The schools whose policy may be read beside ours, ours among them. */
export function schoolsOf({ policies, school }: Pick<CompareRequest, 'policies' | 'school'>): readonly string[] {
  return policies.keys ?? [school.key]
}

/** A side of a school on a day; of the own school with what it has decided above its files. */
function sideOf(request: CompareRequest, key: string, on: PlainDate): Side {
  const isOurs = key === request.school.key
  const profile = isOurs ? request.policyOn(on) : request.policies.profile(key, on)
  const whose = isOurs ? 'Our policy' : profile.school.name
  return { title: on === localDate(request.now) ? `${whose} today` : `${whose} on ${dateInWords(on)}`, school: key, on, profile }
}

export interface Sides {
  readonly left: Side
  /** Absent until something is chosen to compare with. */
  readonly right: Side | 'statute' | undefined
  readonly errors: FieldErrors
}

/** What is compared with what, or at which field nothing can be. Without a choice the left side is the own policy of today. */
export function readSides(request: CompareRequest): Sides {
  const today = localDate(request.now)
  const own = request.school.key
  const [left, right] = [askedSide(request, 'left'), askedSide(request, 'right')]
  const schools = schoolsOf(request)
  const badDays = (['left', 'right'] as const).flatMap(name => {
    const asked = askedSide(request, name)
    return hasDay(asked) && !dayOf(asked)
      ? [{ field: `${sideFields[name].day}-day`, says: 'Enter a day, for example 1 9 2025.' }]
      : []
  })
  const leftSide = sideOf(request, schools.includes(left.asked) ? left.asked : own, dayOf(left) ?? today)
  if (badDays.length > 0) return { left: leftSide, right: undefined, errors: badDays }
  if (right.asked === 'statute') return { left: leftSide, right: 'statute', errors: [] }
  // A day alone is another day of the same school.
  const other = schools.includes(right.asked) ? right.asked : hasDay(right) ? leftSide.school : undefined
  if (other !== undefined) return { left: leftSide, right: sideOf(request, other, dayOf(right) ?? today), errors: [] }
  const isSent = request.query.has(sideFields.right.school)
  const missing = [{ field: sideFields.right.school, says: 'Choose what to compare it with: a school, another day, or statute.' }]
  return { left: leftSide, right: undefined, errors: isSent ? missing : [] }
}
