/** What a line of a rehearsal says besides its rule, wherever it is read. Pure. */
import type { ClockSeen, Played, Step, Tell } from './model.ts'

/** What stands in the lines that tell, start, meet or miss something. */
export interface AboutSomething {
  readonly ref?: string | null
  readonly about?: string | null
  readonly child?: string | null
}

const several = (values: Iterable<string | null | undefined>) =>
  new Set([...values].filter(value => (value ?? '') !== '')).size > 1

/** Says of which concern and of which child a line is, where more than one runs; `put` sets it into the line. */
export function aboutWhat(
  { steps, open }: Played,
  put: (words: string) => string,
  nameOf: (ref: string) => string = ref => ref,
): (line: AboutSomething) => string {
  const lines: readonly AboutSomething[] = [
    ...steps.flatMap(step => [...step.tells, ...step.not_told, ...step.starts, ...step.meets, ...step.breaches]),
    ...open,
  ]
  const refs = several([...steps.filter(({ accepted }) => accepted), ...lines].map(({ ref }) => ref))
  const children = several(lines.map(({ about, child }) => child ?? about))
  return ({ ref, about, child }) => {
    const whom = children ? (child ?? about) : null
    const words = [refs && ref ? nameOf(ref) : '', whom ?? ''].filter(word => word !== '')
    return words.length === 0 ? '' : put(words.join(', '))
  }
}

/** What somebody hears: of a reminder that it is one and of what, and not once more the sentence of the step that told them first. */
export function tellSays({ kind, rule, says }: Pick<Tell, 'kind' | 'rule' | 'says'>): string {
  if (kind !== 'second-alert') return says
  return rule.startsWith('routing.') ? 'Reminder: nobody has acknowledged it yet.' : `Reminder: ${says}`
}

/** Whether what began between two steps ran out before the later: it is nothing that has to be done from then on. */
export function ranOutBefore({ due }: Pick<ClockSeen, 'due'>, { at }: Pick<Step, 'at'>): boolean {
  return due !== null && due < at
}
