import type { SchoolId } from '../kernel/ids.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import type { Tx } from '../platform/database.ts'
import { withConfirmed } from '../policy/contact-doubts.ts'
import type { Decided } from '../policy/decided.ts'
import type { Policies, SchoolPolicy } from '../policy/load.ts'
import type { Profile } from '../policy/profile.ts'
import type { PolicyBook, School } from './work.ts'

/** A school's policy as it runs: its files, and what it has decided above them. */
export interface PolicyInForce {
  profile(on: PlainDate): Profile
}

interface Known {
  readonly change: number
  readonly policy: PolicyInForce
}

// Of each school what it runs under, for as long as it decides nothing more: the number of its last change travels with its row, so
// that a change that another process has approved is seen by the next request and asks the database once.
const known = new WeakMap<PolicyBook, Map<SchoolId, Known>>()

const decisions = {
  name: 'policy_values',
  text: `select number, path, value, from_on as "from", document, section from policy_value where school_id = $1 order by number`,
}

const confirmations = { name: 'policy_contacts_confirmed', text: 'select contact, number from contacts_confirmed()' }

/** Contacts that look wrong are offered where the school has confirmed them. A profile stays the same object between two changes. */
function confirmedBy(
  policy: PolicyInForce,
  rows: readonly { readonly contact: string; readonly number: string }[],
): PolicyInForce {
  if (rows.length === 0) return policy
  const confirmed = new Map(rows.map(({ contact, number }) => [contact, number]))
  const made = new WeakMap<Profile, Profile>()
  return {
    profile: on => {
      const profile = policy.profile(on)
      const known = made.get(profile) ?? withConfirmed(profile, confirmed)
      made.set(profile, known)
      return known
    },
  }
}

/** What this school has decided above its policy's files, in its order. */
export function listDecided(tx: Tx, school: School): Promise<Decided[]> {
  return tx.run<Decided>(decisions, [school.id])
}

/** The policies as they run where a school has decided these: a rehearsal's, whose database has no decisions. */
export function withDecisions(policies: Policies, key: string, decided: readonly Decided[]): Policies {
  const school = decided.length === 0 ? undefined : withEveryFitting(policies, key, decided)
  if (!school) return policies
  return {
    ...policies,
    profile: (asked, on) => (asked === key ? school.profile(on) : policies.profile(asked, on)),
    changes: asked => (asked === key ? school.changes : policies.changes(asked)),
  }
}

/** The policy under which the work of this transaction is done. */
export async function policyInForce(policies: PolicyBook, tx: Tx, school: School): Promise<PolicyInForce> {
  const files: PolicyInForce = { profile: on => policies.profile(school.key, on) }
  if (school.policyChange === 0 || !policies.decide) return files
  const schools = known.get(policies) ?? new Map<SchoolId, Known>()
  known.set(policies, schools)
  const held = schools.get(school.id)
  if (held?.change === school.policyChange) return held.policy
  const decided = withEveryFitting(policies, school.key, await listDecided(tx, school)) ?? files
  const policy = confirmedBy(decided, await tx.run<{ contact: string; number: string }>(confirmations, []))
  schools.set(school.id, { change: school.policyChange, policy })
  return policy
}

/**
 * A decision was checked with the files of its day. Where the files have changed since, so that one no longer fits (its rule is gone), the
 * others hold on: the school is never without a policy.
 */
function withEveryFitting(policies: PolicyBook, key: string, decided: readonly Decided[]): SchoolPolicy | undefined {
  const all = policies.decide?.(key, decided)
  if (!all || all.ok) return all?.ok ? all.value : undefined
  let fitting: readonly Decided[] = []
  for (const one of decided) if (policies.decide?.(key, [...fitting, one]).ok) fitting = [...fitting, one]
  const rest = policies.decide?.(key, fitting)
  return rest?.ok ? rest.value : undefined
}
