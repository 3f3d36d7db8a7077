import { actions, check, ruleFor, type Verdict } from './policy.ts'
import { situatedActors, situatedSubjects } from './situations.ts'

function factorOf(verdict: Extract<Verdict, { allowed: true }>): string {
  if (verdict.needsFresh === 'always') return ' (fresh second factor)'
  if (verdict.needsFresh === 'to-open') return ' (second factor, fresh to open)'
  return verdict.needsSecondFactor ? ' (second factor)' : ''
}

function cell(
  actor: (typeof situatedActors)[number],
  action: (typeof actions)[number],
  subject: (typeof situatedSubjects)[number],
): string {
  const verdict = check(actor.someone, action, subject.facts)
  if (!verdict.allowed) return `no: ${verdict.because}`
  return `**yes**: ${verdict.because}${factorOf(verdict)}`
}

/** `docs/access-table.md`: who may do what, with the reason in each cell. A change of behaviour is a changed cell in review. */
export function accessTable(): string {
  const lines = [
    '# Who may do what',
    '',
    'Generated from `src/access/policy.ts` and the people of `src/access/situations.ts`. Do not edit: run `npm run docs`.',
    '',
    'The database refuses a second time, by row-level security and grants; see `schema.md`.',
    '',
  ]
  for (const subject of situatedSubjects) {
    lines.push(`## About ${subject.says}`, '')
    for (const action of actions) {
      const byAnswer = Map.groupBy(situatedActors, actor => cell(actor, action, subject))
      lines.push(`### \`${action}\`${ruleFor(action).ownWords ? ' (own words)' : ''}`, '', '| answer | people |', '| --- | --- |')
      for (const [answer, people] of [...byAnswer].sort(([a], [b]) => (a < b ? -1 : 1)))
        lines.push(`| ${answer} | ${people.map(person => person.says).join('; ')} |`)
      lines.push('')
    }
  }
  return `${lines.join('\n').trimEnd()}\n`
}
