import { genesisHash } from '../src/audit/verify.ts'
import { searchName } from '../src/features/people/names.ts'
import type { AdultId, ChildId, SchoolId } from '../src/kernel/ids.ts'
import { localDate } from '../src/kernel/london-time.ts'
import { addDays, type Instant, type PlainDate, partsOf } from '../src/kernel/plain-date.ts'
import type { Profile } from '../src/policy/profile.ts'
import type { RoleId } from '../src/policy/roles.ts'
import type { Values } from './copy.ts'
import { familyNames, givenNames, streets } from './names.ts'
import { minutesAfter, type Random } from './random.ts'
import type { SeededChild, SeededSchool, TrustSize } from './trust.ts'

/** Rows by table, to be copied in this order of tables. */
export class Rows {
  readonly byTable = new Map<string, Values[]>()

  add(table: string, ...rows: readonly Values[]): void {
    const known = this.byTable.get(table)
    if (known) known.push(...rows)
    else this.byTable.set(table, [...rows])
  }
}

export const peopleColumns: Readonly<Record<string, string>> = {
  school: 'id, key, name, demonstration, visitor_token',
  audit_chain: 'school_id, chain, n, hash',
  account: 'id, email, password_hash, demonstration, created_at',
  adult: 'school_id, id, account_id, name, email, kind, job_title, phone, created_at',
  appointment: 'school_id, id, adult_id, role, starts_at, ends_at',
  child:
    'school_id, id, given_name, family_name, born, year_group, class_name, standing, home_authority, search_name, tied, created_at',
  sibling: 'school_id, child_id, sibling_id',
  child_contact: 'school_id, id, child_id, name, relation, phone, priority, adult_id, barred, barred_reason',
  child_address: 'school_id, id, child_id, address, starts_on',
  child_status: 'school_id, id, child_id, status, starts_on, ends_on, authority',
  tie: 'school_id, id, adult_id, child_id, kind, starts_at',
}

const years = ['N', 'R', ...Array.from({ length: 13 }, (_, n) => String(n + 1))]
const statuses = [
  'child-protection-plan',
  'looked-after',
  'child-in-need',
  'early-help-plan',
  'young-carer',
  'education-health-care-plan',
]
/** Who there is one of, or a few; the rest of the adults teach, assist or support. */
const fewRoles: readonly (readonly [string, readonly RoleId[]])[] = [
  ['Head', ['headteacher']],
  ['Designated safeguarding lead', ['dsl', 'senior-leader']],
  ['Deputy safeguarding lead', ['deputy-dsl', 'senior-leader']],
  ['Deputy safeguarding lead', ['deputy-dsl', 'support-staff']],
  ['Deputy head', ['deputy-headteacher', 'senior-leader']],
  ['SENCo', ['senco', 'teacher']],
  ['Designated teacher', ['designated-teacher', 'teacher']],
  ['Attendance officer', ['attendance-lead', 'support-staff']],
  ['Chair of governors', ['chair-of-governors', 'governor']],
  ['Safeguarding governor', ['safeguarding-governor', 'governor']],
  ['System administrator', ['system-administrator', 'support-staff']],
  ['Receptionist', ['receptionist', 'support-staff']],
]
const manyRoles: readonly (readonly [string, RoleId])[] = [
  ['Teacher', 'teacher'],
  ['Teacher', 'teacher'],
  ['Teaching assistant', 'teaching-assistant'],
  ['Lunchtime supervisor', 'support-staff'],
]
const farPast = '2019-09-02T07:00:00.000Z' as Instant
const relations = ['Mother', 'Father', 'Grandmother', 'Foster carer', 'Aunt']

export interface Making {
  readonly random: Random
  readonly rows: Rows
  readonly size: TrustSize
  readonly now: Instant
  readonly passwordHash: string
}

type At = Making & { readonly id: SchoolId; readonly key: string; readonly profile: Profile }

function phone(random: Random): string {
  // Ofcom keeps these numbers free for drama: nobody answers them.
  return `07700 900${String(random.below(1000)).padStart(3, '0')}`
}

function addAdult(at: At, n: number): { readonly id: AdultId; readonly roles: readonly RoleId[] } {
  const { random, rows } = at
  const id = random.id<AdultId>(farPast)
  const account = random.id<string>(farPast)
  const name = `${random.pickCommon(givenNames)} ${random.pickCommon(familyNames)}`
  const email = `person-${n + 1}@${at.key}.example`
  const [job, roles]: readonly [string, readonly RoleId[]] = fewRoles[n] ?? plain(random)
  rows.add('account', [account, email, at.passwordHash, true, farPast])
  rows.add('adult', [
    at.id,
    id,
    account,
    name,
    email,
    roles.includes('governor') ? 'governor' : 'staff',
    job,
    phone(random),
    farPast,
  ])
  // A few left in the past years: their appointments end, their names stay in what they wrote.
  const left = n >= fewRoles.length && random.chance(0.1) ? minutesAfter(at.now, -random.below(1_000_000)) : null
  for (const role of roles) rows.add('appointment', [at.id, random.id(farPast), id, role, farPast, left])
  return { id, roles: left === null ? roles : [] }
}

function plain(random: Random): readonly [string, readonly RoleId[]] {
  const [job, role] = random.pick(manyRoles)
  return [job, [role]]
}

function born(today: PlainDate, yearIndex: number, random: Random): PlainDate {
  const { year, month } = partsOf(today)
  const september = `${(month >= 9 ? year : year - 1) - 3 - yearIndex}-08-31` as PlainDate
  return addDays(september, -random.below(365))
}

function addChild(at: At, today: PlainDate, staff: readonly AdultId[], family: string): SeededChild {
  const { random, rows } = at
  const id = random.id<ChildId>(farPast)
  const given = random.pickCommon(givenNames)
  const yearIndex = random.below(years.length)
  const year = years[yearIndex] ?? 'R'
  const authority = random.chance(0.9) ? at.profile.school.authority : (random.pick(at.profile.referrals).authority ?? '')
  const parent = random.chance(0.01) ? random.pick(staff) : undefined
  const tied = parent ? [parent] : []
  const standing = random.chance(0.12) ? 'left' : random.chance(0.01) ? 'not-on-roll' : 'on-roll'
  const className = `${year}${random.pick(['A', 'B', 'C', 'D'])}`
  rows.add('child', [
    at.id,
    id,
    given,
    family,
    born(today, yearIndex, random),
    year,
    className,
    standing,
    authority,
    searchName(given, family),
    tied,
    farPast,
  ])
  if (parent) rows.add('tie', [at.id, random.id(farPast), parent, id, 'parent', farPast])
  const contacts = 1 + random.below(2)
  for (let priority = 1; priority <= contacts; priority += 1) {
    const name = `${random.pickCommon(givenNames)} ${family}`
    const worksHere = priority === 1 && parent !== undefined
    rows.add('child_contact', [
      at.id,
      random.id(farPast),
      id,
      name,
      random.pick(relations),
      phone(random),
      priority,
      worksHere ? parent : null,
      false,
      null,
    ])
  }
  if (random.chance(0.01))
    rows.add('child_contact', [
      at.id,
      random.id(farPast),
      id,
      `${random.pickCommon(givenNames)} ${family}`,
      'Father',
      null,
      9,
      null,
      true,
      'Court order',
    ])
  rows.add('child_address', [
    at.id,
    random.id(farPast),
    id,
    `${1 + random.below(140)} ${random.pick(streets)} Road`,
    addDays(today, -random.below(2000)),
  ])
  if (random.chance(0.15)) {
    const from = addDays(today, -30 - random.below(1500))
    rows.add('child_status', [
      at.id,
      random.id(farPast),
      id,
      random.pickCommon(statuses),
      from,
      random.chance(0.6) ? addDays(from, 180) : null,
      authority,
    ])
  }
  return { id, tied, homeAuthority: authority }
}

/** One school with its people: 200 adults with appointments, children of all years with families. */
export function addSchool(making: Making, key: string, profile: Profile): SeededSchool {
  const { random, rows, size } = making
  const id = random.id<SchoolId>(farPast)
  const at: At = { ...making, id, key, profile }
  const today = localDate(making.now)
  const round = /\d+$/.exec(key)?.[0]
  rows.add('school', [
    id,
    key,
    round ? `${profile.school.name} (${round})` : profile.school.name,
    true,
    random.id<string>(farPast).replaceAll('-', ''),
  ])
  for (const chain of ['main', 'conduct']) rows.add('audit_chain', [id, chain, 0, genesisHash(id, chain)])
  const adults = Array.from({ length: size.adultsEach }, (_, n) => addAdult(at, n))
  const staff = adults.filter(adult => adult.roles.some(role => role === 'teacher' || role === 'teaching-assistant'))
  const children: SeededChild[] = []
  while (children.length < size.pupilsEach) {
    const family = random.pickCommon(familyNames)
    const siblings = [
      addChild(
        at,
        today,
        staff.map(adult => adult.id),
        family,
      ),
    ]
    while (children.length + siblings.length < size.pupilsEach && random.chance(0.25))
      siblings.push(
        addChild(
          at,
          today,
          staff.map(adult => adult.id),
          family,
        ),
      )
    for (const one of siblings) for (const other of siblings) if (one !== other) rows.add('sibling', [id, one.id, other.id])
    children.push(...siblings)
  }
  return {
    id,
    key,
    today,
    children,
    reporters: staff.map(adult => adult.id),
    team: adults.filter(adult => adult.roles.includes('dsl') || adult.roles.includes('deputy-dsl')).map(adult => adult.id),
  }
}
