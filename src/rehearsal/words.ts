/** A rehearsal as it is read aloud: by a governor, at an INSET day. Pure. */
import { endInWords, momentInWords } from '../kernel/london-time.ts'
import type { Instant } from '../kernel/plain-date.ts'
import type { Ask, CitedSource, ClockSeen, Played, Refused, Step, Tell } from './model.ts'

function sourceSays({ title, document, section }: CitedSource): string {
  const where = [title ?? document, section].filter(Boolean).join(', ')
  return where === '' ? '' : ` [${where}]`
}

function moment(at: string): string {
  return momentInWords(new Date(at).toISOString() as Instant)
}

function tellSays(tell: Tell): string {
  const who = tell.person ?? `outside: ${tell.contact ?? tell.outside}`
  return `${who}${tell.role ? ` (${tell.role})` : ''}: ${tell.says}${sourceSays(tell.source)}`
}

function clockSays(clock: ClockSeen): string {
  const due = clock.due === null ? 'no time is given' : `due ${endInWords(new Date(clock.due).toISOString() as Instant)}`
  const set = clock.standing === 'setting' ? ' (a setting of the school)' : ''
  return `${clock.clock}, ${clock.owner ?? 'nobody'}, ${due}${set}: ${clock.says}${sourceSays(clock.source)}`
}

function refusedSays({ says, source }: Refused): string {
  return `${says}${sourceSays(source)}`
}

function askSays({ says, source }: Ask): string {
  return `${says}${sourceSays(source)}`
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map(line => `    - ${line}`)]
}

function stepSays(step: Step, number: number): readonly string[] {
  const about = step.ref === null ? '' : ` (${step.ref})`
  return [
    `${number}. ${moment(step.at)}: ${step.event}${about}${step.accepted ? '' : ', not accepted'}`,
    ...part('Refused, because', step.refused.map(refusedSays)),
    ...part('Missed by now', step.breaches.map(clockSays)),
    ...part('Told', step.tells.map(tellSays)),
    ...part('Starts', step.starts.map(clockSays)),
    ...part(
      'Done in time or late, but done',
      step.meets.map(clock => `${clock.clock}, ${clock.owner ?? 'nobody'}`),
    ),
    ...part('Asked', step.asks.map(askSays)),
    '',
  ]
}

/** The rehearsal in sentences, step by step, with the paragraph behind each. */
export function playedInWords(played: Played, school: string): string {
  const sees = Object.entries(played.sees).map(([ref, people]) => {
    const who = people.map(name => (name.endsWith(':own') ? `${name.slice(0, -4)} (only their own words)` : name)).join(', ')
    return `${ref}: ${who === '' ? 'nobody here' : who}`
  })
  return [
    `Rehearsal under the policy of ${school}`,
    '',
    ...played.steps.flatMap((step, index) => stepSays(step, index + 1)),
    'At the end',
    ...part('Still to be done', played.open.map(clockSays)),
    ...part('Who could open it', sees),
  ].join('\n')
}
