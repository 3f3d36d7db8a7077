/** The invented people by handle, with the ids they always have: what tests, journeys and the printed list of accounts name. */
import { createHash } from 'node:crypto'
import type { AccountId, AdultId, ChildId, SchoolId } from '../src/kernel/ids.ts'
import type { RoleId } from '../src/policy/roles.ts'
import { type DemoAdultData, type DemoPupilData, type DemoSchoolData, readRoll } from './data.ts'
import { mmap } from './schools/mmap.ts'
import { westPark } from './schools/west-park.ts'
import { westacre } from './schools/westacre.ts'
import { westley } from './schools/westley.ts'
import { williamMacgregor } from './schools/william-macgregor.ts'

/** Every demonstration account has this password; it opens nothing in a live installation, where these accounts cannot exist. */
export const demonstrationPassword = 'three-owls-in-the-hall'

export interface DemoAdult {
  readonly handle: string
  readonly name: string
  readonly job: string
  readonly roles: readonly RoleId[]
  readonly schoolId: SchoolId
  readonly adultId: AdultId
  readonly email: string
  readonly accountId: AccountId
  /** Volunteers and contractors have none: their `accountId` is in no database. */
  readonly hasAccount: boolean
  /** Secret of the authenticator, base32; the account has one where the person's roles ask for a second factor. */
  readonly codeSecret: string
}

export interface DemoPupil {
  readonly handle: string
  readonly name: string
  readonly childId: ChildId
}

export type DemoSchool<Adults extends string = string, Pupils extends string = string> = {
  readonly id: SchoolId
  readonly key: string
  readonly name: string
  readonly visitorToken: string
  readonly data: DemoSchoolData
  readonly adults: Readonly<Record<Adults, DemoAdult>>
  readonly pupils: Readonly<Record<Pupils, DemoPupil>>
  /** Every child, those of the plain roll too. */
  readonly children: readonly DemoPupil[]
}

/** An id that is the same each time: version 8 of RFC 9562, from a digest of the words. */
export function demoId<Id extends string>(...words: readonly string[]): Id {
  const hex = createHash('sha256')
    .update(`holdfast demonstration/${words.join('/')}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}` as Id
}

/** An authenticator secret in base32 that is the same each time. */
function demoSecret(email: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  return [...createHash('sha256').update(`holdfast demonstration code/${email}`).digest()]
    .map(byte => alphabet[byte % 32])
    .join('')
}

function adultOf(schoolKey: string, handle: string, data: DemoAdultData): DemoAdult {
  const email = data.sharesAccountWith ?? `${data.name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@${schoolKey}.demo.example`
  return {
    handle,
    name: data.name,
    job: data.job,
    roles: data.roles,
    schoolId: demoId('school', schoolKey),
    adultId: demoId('adult', schoolKey, handle),
    email,
    accountId: demoId('account', email),
    hasAccount: data.hasAccount !== false,
    codeSecret: demoSecret(email),
  }
}

function pupilOf(schoolKey: string, handle: string, data: DemoPupilData): DemoPupil {
  return { handle, name: `${data.given} ${data.family}`, childId: demoId('child', schoolKey, handle) }
}

/** The handles and facts of every child of a school, those of the plain roll included. */
export function pupilData(school: DemoSchoolData): [string, DemoPupilData][] {
  return [...Object.entries(school.pupils), ...readRoll(school.roll)]
}

function schoolOf<const S extends DemoSchoolData>(
  data: S,
): DemoSchool<Extract<keyof S['adults'], string>, Extract<keyof S['pupils'], string>> & {
  readonly [Handle in keyof S['adults']]: DemoAdult
} {
  const adults = Object.fromEntries(
    Object.entries(data.adults).map(([handle, adult]) => [handle, adultOf(data.key, handle, adult)]),
  )
  const pupils = Object.fromEntries(
    Object.entries(data.pupils).map(([handle, child]) => [handle, pupilOf(data.key, handle, child)]),
  )
  return {
    ...adults,
    id: demoId('school', data.key),
    key: data.key,
    name: data.name,
    visitorToken: demoId<string>('visitor', data.key).replaceAll('-', ''),
    data,
    adults,
    pupils,
    children: pupilData(data).map(([handle, child]) => pupilOf(data.key, handle, child)),
  } as never
}

const schools = {
  williamMacgregor: schoolOf(williamMacgregor),
  westacre: schoolOf(westacre),
  westley: schoolOf(westley),
  westPark: schoolOf(westPark),
  mmap: schoolOf(mmap),
}

/** `demo.westPark.dsl`, `demo.westPark.pupils.amina`. Where the head is the DSL, `dsl` and `head` are one person. */
export const demo = {
  ...schools,
  williamMacgregor: { ...schools.williamMacgregor, head: schools.williamMacgregor.dsl },
  westacre: { ...schools.westacre, dsl: schools.westacre.head },
  mmap: { ...schools.mmap, dsl: schools.mmap.head },
}

export const demoSchools: readonly DemoSchool[] = Object.values(schools)
