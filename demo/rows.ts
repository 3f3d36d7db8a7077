/** Turns the invented people into rows of the tables. Every date is counted from the day of loading. */

import type { Actor } from '../src/access/index.ts'
import { genesisHash } from '../src/audit/verify.ts'
import { searchName } from '../src/features/people/names.ts'
import { endOfDay, localDate, startOfDay, toInstant } from '../src/kernel/london-time.ts'
import {
  addDays,
  epochInMs,
  type Instant,
  instantOf,
  type LocalTime,
  type PlainDate,
  partsOf,
  weekday,
} from '../src/kernel/plain-date.ts'
import type { Sealing } from '../src/platform/sealing.ts'
import type { SchoolCalendar } from '../src/policy/profile.ts'
import type { DemoAdultData, DemoContact, DemoPupilData } from './data.ts'
import { type DemoAdult, type DemoSchool, demoId, pupilData } from './people.ts'

export type Row = Readonly<Record<string, unknown>>

const hourInMs = 3_600_000
const rotaWeeks = 8
const firstNames = [
  'Sarah',
  'David',
  'Kelly',
  'Ahmed',
  'Joanne',
  'Pawel',
  'Michelle',
  'Samuel',
  'Anita',
  'Craig',
  'Blessing',
  'Stephen',
  'Lisa',
  'Tariq',
]
const relations = ['Mother', 'Father', 'Mother', 'Mother', 'Grandmother', 'Father', 'Aunt']

function numberFrom(text: string, below: number): number {
  return Number.parseInt(demoId<string>('number', text).slice(0, 8), 16) % below
}

/** The first of September with which the school year of a day began. */
function schoolYearStart(day: PlainDate): number {
  const { year, month } = partsOf(day)
  return month >= 9 ? year : year - 1
}

/** The date of birth that puts a birthday into a year group: year 1 turns six in its school year. */
function bornIn(yearGroup: string, birthday: string, today: PlainDate): PlainDate {
  const yearNumber = yearGroup === 'N' ? -1 : yearGroup === 'R' ? 0 : Number(yearGroup)
  const firstHalf = Number(birthday.slice(0, 2)) >= 9
  return `${schoolYearStart(today) - 4 - yearNumber - (firstHalf ? 1 : 0)}-${birthday}` as PlainDate
}

/** A few years ago, at the beginning of a school year. */
function longAgo(today: PlainDate, years: number): Instant {
  return startOfDay(`${schoolYearStart(today) - years}-09-01` as PlainDate)
}

export function trustRows(schools: readonly DemoSchool[]): Row[] {
  return schools.flatMap(({ data }) => (data.trust ? [{ id: demoId('trust', data.trust.key), ...data.trust }] : []))
}

export interface AccountParts {
  readonly now: Instant
  readonly passwordHash: string
  readonly sealing: Sealing
  wantsSecondFactor(actor: Actor): boolean
}

/** One account for each human being, also where two schools know them. */
export function accountRows(schools: readonly DemoSchool[], parts: AccountParts): Row[] {
  const everyone = schools.flatMap(school => Object.values(school.adults))
  const accounts = new Map<string, Row>()
  for (const adult of everyone) {
    if (adult.hasAccount && !accounts.has(adult.email)) accounts.set(adult.email, accountRow(adult, parts))
  }
  return [...accounts.values()]
}

function accountRow(adult: DemoAdult, { now, passwordHash, sealing, wantsSecondFactor }: AccountParts): Row {
  const actor: Actor = {
    kind: 'adult',
    schoolId: adult.schoolId,
    adultId: adult.adultId,
    accountId: adult.accountId,
    name: adult.name,
    roles: adult.roles,
    fileRoles: ['dsl', 'deputy-dsl'],
  }
  const sealed = wantsSecondFactor(actor)
    ? sealing.seal(`account:${adult.accountId}`, 'code-secret', adult.codeSecret)
    : undefined
  return {
    id: adult.accountId,
    email: adult.email,
    password_hash: passwordHash,
    code_secret_sealed: sealed ? `\\x${sealed.toString('hex')}` : null,
    code_last_step: 0,
    demonstration: true,
    created_at: now,
  }
}

/** All rows that belong to one school, by table, in the order in which they can be inserted. */
export function rowsOfSchool(school: DemoSchool, now: Instant, hours: SchoolHours): Readonly<Record<string, readonly Row[]>> {
  const today = localDate(now)
  const adults = Object.entries(school.data.adults)
  const pupils = pupilData(school.data)
  const at = { school, now, today }
  return {
    school: [
      {
        id: school.id,
        key: school.key,
        name: school.name,
        trust_id: school.data.trust ? demoId('trust', school.data.trust.key) : null,
        demonstration: true,
        visitor_token: school.visitorToken,
        file_roles: ['dsl', 'deputy-dsl'],
      },
    ],
    audit_chain: ['main', 'conduct'].map(chain => ({
      school_id: school.id,
      chain,
      n: 0,
      hash: `\\x${genesisHash(school.id, chain).toString('hex')}`,
    })),
    adult: adults.map(([handle, data]) => adultRow(at, handle, data)),
    appointment: adults.flatMap(([handle, data]) => appointmentRows(at, handle, data)),
    absence: adults.flatMap(([handle, data]) => absenceRows(at, handle, data)),
    cover: coverRows(at, hours),
    child: pupils.map(([handle, data]) => childRow(at, handle, data)),
    sibling: pupils.flatMap(([handle, data]) => siblingRows(at, handle, data)),
    child_contact: pupils.flatMap(([handle, data]) => contactRows(at, handle, data)),
    child_address: pupils.flatMap(([handle, data]) => addressRows(at, handle, data)),
    child_status: pupils.flatMap(([handle, data]) => statusRows(at, handle, data)),
    tie: pupils.flatMap(([handle, data]) => tieRows(at, handle, data)),
  }
}

export type SchoolHours = Pick<SchoolCalendar, 'dayStarts' | 'dayEnds'>

interface At {
  readonly school: DemoSchool
  readonly now: Instant
  readonly today: PlainDate
}

function adultIn(school: DemoSchool, handle: string): DemoAdult {
  const found = school.adults[handle]
  if (!found) throw new Error(`${school.key} has no adult ${handle}`)
  return found
}

function childId(school: DemoSchool, handle: string): string {
  return demoId('child', school.key, handle)
}

function adultRow({ school, now }: At, handle: string, data: DemoAdultData): Row {
  const person = adultIn(school, handle)
  return {
    school_id: school.id,
    id: person.adultId,
    account_id: person.hasAccount ? person.accountId : null,
    name: data.name,
    kind: data.kind,
    email: person.hasAccount ? person.email : null,
    job_title: data.job,
    employer: data.employer ?? null,
    phone: data.phone ?? null,
    created_at: now,
  }
}

function appointmentRows({ school, now, today }: At, handle: string, data: DemoAdultData): Row[] {
  const adultId = adultIn(school, handle).adultId
  const row = (role: string, startsAt: Instant, endsAt: Instant | null) => ({
    school_id: school.id,
    id: demoId('appointment', school.key, handle, role),
    adult_id: adultId,
    role,
    starts_at: startsAt,
    ends_at: endsAt,
  })
  return [
    ...data.roles.map(role => row(role, longAgo(today, 2), null)),
    ...(data.formerRoles ?? []).map(({ role, endedDaysAgo }) =>
      row(role, longAgo(today, 4), instantOf(epochInMs(now) - endedDaysAgo * 24 * hourInMs)),
    ),
  ]
}

function absenceRows({ school, now, today }: At, handle: string, data: DemoAdultData): Row[] {
  if (data.outForDays === undefined) return []
  const adultId = adultIn(school, handle).adultId
  return [
    {
      school_id: school.id,
      id: demoId('absence', school.key, handle),
      adult_id: adultId,
      starts_at: instantOf(epochInMs(now) - 2 * hourInMs),
      ends_at: endOfDay(addDays(today, data.outForDays)),
      reason: 'training',
      said_by: adultId,
    },
  ]
}

/** The rota from this week's Monday on, and a trip in the week after next. */
function coverRows({ school, today }: At, hours: SchoolHours): Row[] {
  const monday = addDays(today, 1 - weekday(today))
  const row = (handle: string, day: PlainDate, from: LocalTime, to: LocalTime, kind: string) => ({
    school_id: school.id,
    id: demoId('cover', school.key, kind, day),
    adult_id: adultIn(school, handle).adultId,
    kind,
    starts_at: toInstant(day, from),
    ends_at: toInstant(day, to),
    phone: school.data.adults[handle]?.phone ?? null,
  })
  const weeks = Array.from({ length: rotaWeeks }, (_, week) => addDays(monday, week * 7))
  const days = weeks.flatMap(first => school.data.rota.map((handle, day) => ({ handle, date: addDays(first, day) })))
  return [
    ...days.flatMap(({ handle, date }) => (handle ? [row(handle, date, hours.dayStarts, hours.dayEnds, 'school-day')] : [])),
    row('deputy', addDays(monday, 17), '08:00' as LocalTime, '18:30' as LocalTime, 'trip'),
  ]
}

function childRow({ school, now, today }: At, handle: string, data: DemoPupilData): Row {
  return {
    school_id: school.id,
    id: childId(school, handle),
    given_name: data.given,
    family_name: data.family,
    known_as: data.knownAs ?? null,
    born: data.year && data.birthday ? bornIn(data.year, data.birthday, today) : null,
    year_group: data.year ?? null,
    class_name: data.className ?? null,
    standing: data.standing ?? 'on-roll',
    other_school: data.otherSchool ?? null,
    description: data.description ?? null,
    home_authority: data.home ?? (data.year ? school.data.home : null),
    locality: data.locality ?? null,
    leaves_at: data.leavesAt ?? null,
    search_name: searchName(data.given, data.family, data.knownAs),
    tied: (data.tied ?? []).map(tie => adultIn(school, tie.adult).adultId),
    created_at: now,
  }
}

function siblingRows({ school }: At, handle: string, data: DemoPupilData): Row[] {
  return (data.siblings ?? []).flatMap(other => {
    const [a, b] = [childId(school, handle), childId(school, other)]
    return [
      { school_id: school.id, child_id: a, sibling_id: b },
      { school_id: school.id, child_id: b, sibling_id: a },
    ]
  })
}

function contactsOf(handle: string, data: DemoPupilData): readonly DemoContact[] {
  if (data.contacts) return data.contacts
  if (!data.year) return []
  const phone = `07700 900${300 + numberFrom(`phone ${handle}`, 600)}`
  return [
    {
      name: `${firstNames[numberFrom(handle, firstNames.length)]} ${data.family}`,
      relation: relations[numberFrom(`relation ${handle}`, relations.length)] ?? 'Mother',
      phone,
    },
  ]
}

function contactRows({ school }: At, handle: string, data: DemoPupilData): Row[] {
  return contactsOf(handle, data).map((contact, index) => ({
    school_id: school.id,
    id: demoId('contact', school.key, handle, String(index)),
    child_id: childId(school, handle),
    name: contact.name,
    relation: contact.relation,
    phone: contact.phone ?? null,
    priority: index + 1,
    adult_id: contact.adult ? adultIn(school, contact.adult).adultId : null,
    barred: contact.barredReason !== undefined,
    barred_reason: contact.barredReason ?? null,
  }))
}

function addressRows({ school, today }: At, handle: string, data: DemoPupilData): Row[] {
  const street = school.data.streets[numberFrom(`street ${data.family}`, school.data.streets.length)]
  const made = data.year ? [{ address: `${1 + numberFrom(data.family, 90)} ${street}, ${school.data.town}` }] : []
  return (data.addresses ?? made).map((place: { address: string; says?: string }, index) => ({
    school_id: school.id,
    id: demoId('address', school.key, handle, String(index)),
    child_id: childId(school, handle),
    address: place.address,
    says: place.says ?? null,
    starts_on: `${schoolYearStart(today) - 1}-09-01`,
  }))
}

function statusRows({ school, today }: At, handle: string, data: DemoPupilData): Row[] {
  return (data.statuses ?? []).map((status, index) => ({
    school_id: school.id,
    id: demoId('status', school.key, handle, String(index)),
    child_id: childId(school, handle),
    status: status.status,
    starts_on: addDays(today, -status.startedDaysAgo),
    ends_on: status.endedDaysAgo === undefined ? null : addDays(today, -status.endedDaysAgo),
    authority: status.authority ?? null,
    worker_name: status.workerName ?? null,
    worker_phone: status.workerPhone ?? null,
  }))
}

function tieRows({ school, today }: At, handle: string, data: DemoPupilData): Row[] {
  return (data.tied ?? []).map(tie => ({
    school_id: school.id,
    id: demoId('tie', school.key, handle, tie.adult),
    adult_id: adultIn(school, tie.adult).adultId,
    child_id: childId(school, handle),
    kind: tie.kind,
    starts_at: longAgo(today, 1),
  }))
}
