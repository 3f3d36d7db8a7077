import { authorise, type Permit } from '../../access/index.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { WorkTools } from '../../work/work.ts'
import { codeToEnter, openSecret } from '../identity/index.ts'
import type { DemonstrationPerson, DemonstrationSchool } from './model.ts'
import { findDemonstrationPeople, schoolLinks } from './store.ts'

/** An invented person with what a visitor types to be them. */
export interface DemonstrationAccount extends DemonstrationPerson {
  readonly code: string | undefined
}

/** Anybody may look, because nobody in a demonstration is real. */
export function mayLook(): Permit<'demonstration.read'> {
  return authorise({ kind: 'stranger' }, 'demonstration.read')
}

export interface Demonstration {
  readonly schools: readonly DemonstrationSchool[]
  readonly accounts: readonly DemonstrationAccount[]
}

/** Everybody one can sign in as, with the code to enter now; undefined where the installation is no demonstration. */
export async function findDemonstration(
  tools: Pick<WorkTools, 'database' | 'sealing'>,
  permit: Permit<'demonstration.read'>,
  now: Instant,
): Promise<Demonstration | undefined> {
  return tools.database.transaction<Demonstration | undefined>(async tx => {
    const people = await findDemonstrationPeople(tx, permit, now)
    if (!people) return { commit: false, value: undefined }
    const accounts = people.map(person => ({
      ...person,
      code: person.sealed && codeToEnter(openSecret(tools.sealing, person.account, person.sealed), person.lastStep, now),
    }))
    return { commit: false, value: { schools: await schoolLinks(tx, permit), accounts } }
  })
}

/** What somebody is at their school; a safeguarding lead is not seen from the job's title. */
export function partInWords({ jobTitle, roles }: Pick<DemonstrationPerson, 'jobTitle' | 'roles'>): string {
  const team = roles.includes('dsl') ? ['DSL'] : roles.includes('deputy-dsl') ? ['deputy DSL'] : []
  return [jobTitle ?? roles.join(', ').replaceAll('-', ' '), ...team].join(', ')
}

/** What the terminal says of a demonstration: one of each kind at each school, and that all of them are invented. */
export function demonstrationInWords({ schools, accounts }: Demonstration, address: string, password: string): string[] {
  return [
    '',
    'These are DEMONSTRATION schools with invented people. Demonstration accounts cannot exist beside real data.',
    `Everybody's password is  ${password}`,
    `All accounts, and the authenticator codes of those who need one:  ${address}/demonstration`,
    `Mails that would have been sent:  ${address}/demonstration/mail`,
    ...schools.flatMap(school => {
      const people = accounts.filter(account => account.school === school.name)
      // Whoever holds the role and least beside it shows best what the role sees.
      const shown = ['teacher', 'dsl', 'headteacher'].flatMap(
        role => people.filter(({ roles }) => roles.includes(role)).toSorted((a, b) => a.roles.length - b.roles.length)[0] ?? [],
      )
      const lines = [...new Set(shown)].map(person => `  ${person.email.padEnd(48)} ${partInWords(person)}`)
      return ['', school.name, ...lines]
    }),
    '',
  ]
}
