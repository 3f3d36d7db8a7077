import type { RoleId } from '../src/policy/roles.ts'

/** An invented adult. Dates are counted back from the day of loading, so that the demonstration never grows old. */
export interface DemoAdultData {
  readonly name: string
  readonly job: string
  readonly kind: 'staff' | 'supply' | 'contractor' | 'volunteer' | 'governor' | 'trainee' | 'trust' | 'parent'
  readonly roles: readonly RoleId[]
  /** Held until this many days ago, and not since. */
  readonly formerRoles?: readonly { readonly role: RoleId; readonly endedDaysAgo: number }[]
  readonly employer?: string
  readonly phone?: string
  /** Out from the day of loading for so many days. */
  readonly outForDays?: number
  /** The e-mail address of an account that another school's person already has: one human being at two schools. */
  readonly sharesAccountWith?: string
  readonly hasAccount?: false
}

export interface DemoStatus {
  readonly status: string
  readonly startedDaysAgo: number
  readonly endedDaysAgo?: number
  readonly authority?: string
  readonly workerName?: string
  readonly workerPhone?: string
}

export interface DemoContact {
  readonly name: string
  readonly relation: string
  readonly phone?: string
  readonly barredReason?: string
  /** Handle of the adult of this school who is this contact. */
  readonly adult?: string
}

/** An invented child. `birthday` is month and day; the year of birth follows from the year group. */
export interface DemoPupilData {
  readonly given: string
  readonly family: string
  readonly knownAs?: string
  readonly year?: string
  readonly className?: string
  readonly birthday?: string
  readonly home?: string
  readonly locality?: string
  readonly standing?: 'on-roll' | 'dual' | 'left' | 'not-on-roll' | 'unidentified'
  readonly otherSchool?: string
  readonly description?: string
  readonly leavesAt?: string
  readonly contacts?: readonly DemoContact[]
  readonly addresses?: readonly { readonly address: string; readonly says?: string }[]
  readonly statuses?: readonly DemoStatus[]
  /** Handles of brothers and sisters; said once, stored both ways round. */
  readonly siblings?: readonly string[]
  /** Handles of adults of the school to whom the child is tied. */
  readonly tied?: readonly { readonly adult: string; readonly kind: 'parent' | 'relative' | 'household' }[]
}

export interface DemoSchoolData {
  readonly key: string
  readonly name: string
  readonly trust?: { readonly key: string; readonly name: string }
  readonly home: string
  readonly town: string
  readonly streets: readonly string[]
  readonly adults: Readonly<Record<string, DemoAdultData>>
  /** Handles of those who take turns on the cover rota, Monday first. A blank is a day that nobody has taken. */
  readonly rota: readonly (string | undefined)[]
  readonly pupils: Readonly<Record<string, DemoPupilData>>
  /** The rest of the roll: given name, family name, year, class, birthday and, where it is not the school's, home. */
  readonly roll: string
}

/** A member of staff with an account. */
export function staff(name: string, job: string, roles: readonly RoleId[], more: Partial<DemoAdultData> = {}): DemoAdultData {
  return { name, job, kind: 'staff', roles, ...more }
}

/** A child who is described in more than a line of the roll. */
export function pupil(
  given: string,
  family: string,
  year: string,
  className: string,
  birthday: string,
  more: Partial<DemoPupilData> = {},
): DemoPupilData {
  return { given, family, year, className, birthday, ...more }
}

/** Reads the roll: one child on each line, parts divided by bars; `home` may name a locality after a slash. */
export function readRoll(roll: string): [string, DemoPupilData][] {
  return roll
    .split('\n')
    .map(line => line.split('|').map(part => part.trim()))
    .filter(parts => parts.length >= 5)
    .map(([given = '', family = '', year = '', className = '', birthday = '', place = '']) => {
      const [home, locality] = place.split('/')
      const child = pupil(given, family, year, className, birthday, {
        ...(home ? { home } : {}),
        ...(locality ? { locality } : {}),
      })
      return [`${given}-${family}`.toLowerCase().replaceAll(/[^a-z]+/g, '-'), child]
    })
}
