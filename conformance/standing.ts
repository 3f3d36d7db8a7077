import { type Answered, type Duty, weights } from './ledger.ts'
import { keyOf, type Proof, type Results } from './proofs.ts'

export const states = ['proved', 'open', 'answered'] as const

/** Where a duty stands. The shape that `--json` prints. */
export interface Standing {
  readonly id: string
  readonly policy: string
  readonly area: string
  readonly weight: Duty['weight']
  readonly state: (typeof states)[number]
  readonly tests: readonly string[]
  readonly reason: string
}

/** Where every duty stands; with results, a duty counts as proved only if each test that names it has passed. */
export function standingOf(
  duties: readonly Duty[],
  proofs: readonly Proof[],
  answered: Answered,
  results: Results | undefined,
): readonly Standing[] {
  return duties.map(({ id, policy, area, weight }) => {
    const tests = proofs.filter(proof => proof.ids.includes(id)).map(proof => keyOf(proof.file, proof.title))
    const failed = results ? tests.filter(test => results.get(test) !== true) : []
    const reason = answered.get(id) ?? (failed.length > 0 ? `did not pass: ${failed.join('; ')}` : '')
    const state = tests.length > 0 && failed.length === 0 ? 'proved' : answered.has(id) ? 'answered' : 'open'
    return { id, policy, area, weight, state, tests, reason }
  })
}

function cell(standings: readonly Standing[]): string {
  return states.map(state => String(standings.filter(standing => standing.state === state).length).padStart(4)).join('')
}

function tableBy(key: 'policy' | 'area', standings: readonly Standing[]): readonly string[] {
  const names = [...new Set(standings.map(standing => standing[key]))].toSorted()
  const head = weights.map(weight => `weight ${weight}`.padStart(12)).join('  ')
  const row = (name: string, of: readonly Standing[]) =>
    `${name.padEnd(20)}${weights.map(weight => cell(of.filter(standing => standing.weight === weight))).join('  ')}  ${cell(of)}`
  return [
    `${`by ${key}`.padEnd(20)}${head}  ${'all'.padStart(12)}`,
    ...names.map(name =>
      row(
        name,
        standings.filter(standing => standing[key] === name),
      ),
    ),
    row('all', standings),
  ]
}

/** The standings as tables for people: in each column proved, open and answered. */
export function tablesOf(standings: readonly Standing[]): readonly string[] {
  return ['Each column: proved, open, answered.', '', ...tableBy('policy', standings), '', ...tableBy('area', standings)]
}
