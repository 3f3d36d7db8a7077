import type { AdultId, ChildId, SchoolId } from '../src/kernel/ids.ts'
import type { PlainDate } from '../src/kernel/plain-date.ts'
import type { PolicyBook } from '../src/work/work.ts'

/** How large an invented trust is. Size 1: 24 schools, 30,000 pupils, 500,000 concerns, 1,500,000 entries. */
export interface TrustSize {
  readonly schools: number
  readonly pupilsEach: number
  readonly adultsEach: number
  readonly concernsEach: number
}

const atSizeOne = { schools: 24, pupils: 30_000, concerns: 500_000, adultsEach: 200 }
/** Fewer would leave a school's policy out. */
const fewestSchools = 5
export const sizes = [0.01, 0.1, 1, 10] as const

export function trustOf(size: number): TrustSize {
  const schools = Math.max(fewestSchools, Math.round(atSizeOne.schools * size))
  return {
    schools,
    pupilsEach: Math.round((atSizeOne.pupils * size) / schools),
    concernsEach: Math.round((atSizeOne.concerns * size) / schools),
    adultsEach: atSizeOne.adultsEach,
  }
}

const profileKeys = ['west-park', 'william-macgregor', 'westacre', 'westley', 'mmap'] as const

/** The key of the n-th school: each of the five policies in turn, numbered after the first round. */
export function schoolKey(n: number): string {
  const key = profileKeys[n % profileKeys.length] ?? ''
  const round = Math.floor(n / profileKeys.length)
  return round === 0 ? key : `${key}-${round + 1}`
}

/** The five policies for any number of schools: `west-park-7` follows west-park's. */
export function policiesForMany(policies: PolicyBook): PolicyBook {
  return { profile: (key, on) => policies.profile(key.replace(/-\d+$/, ''), on) }
}

export interface SeededChild {
  readonly id: ChildId
  readonly tied: readonly AdultId[]
  readonly homeAuthority: string
}

/** The people of one seeded school, as its concerns name them. */
export interface SeededSchool {
  readonly id: SchoolId
  readonly key: string
  readonly today: PlainDate
  readonly reporters: readonly AdultId[]
  readonly team: readonly AdultId[]
  readonly children: readonly SeededChild[]
}
