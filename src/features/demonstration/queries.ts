import { authorise, type Permit } from '../../access/index.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { WorkTools } from '../../work/work.ts'
import { codeToEnter, openSecret } from '../identity/index.ts'
import type { DemonstrationPerson } from './model.ts'
import { findDemonstrationPeople } from './store.ts'

/** An invented person with what a visitor types to be them. */
export interface DemonstrationAccount extends DemonstrationPerson {
  readonly code: string | undefined
}

/** Anybody may look, because nobody in a demonstration is real. */
export function mayLook(): Permit<'demonstration.read'> {
  return authorise({ kind: 'stranger' }, 'demonstration.read')
}

/** Everybody one can sign in as, with the code to enter now; undefined where the installation is no demonstration. */
export async function demonstrationAccounts(
  tools: WorkTools,
  permit: Permit<'demonstration.read'>,
  now: Instant,
): Promise<DemonstrationAccount[] | undefined> {
  const people = await tools.database.transaction(async tx => ({
    commit: false,
    value: await findDemonstrationPeople(tx, permit, now),
  }))
  return people?.map(person => ({
    ...person,
    code: person.sealed && codeToEnter(openSecret(tools.sealing, person.account, person.sealed), person.lastStep, now),
  }))
}
