/** A rehearsal as it is read aloud: by a governor, at an INSET day. Pure. */
import { endInWords, momentInWords } from '../kernel/london-time.ts'
import type { Instant } from '../kernel/plain-date.ts'
import { whoseInWords } from '../policy/whose-value.ts'
import { type AboutSomething, aboutWhat, ranOutBefore, tellSays } from './lines.ts'
import type { Ask, CitedSource, ClockSeen, Played, Refused, Step, Tell } from './model.ts'

function sourceSays({ title, document, section }: CitedSource): string {
  const where = [title ?? document, section].filter(Boolean).join(', ')
  return where === '' ? '' : ` [${where}]`
}

function moment(at: string): string {
  return momentInWords(new Date(at).toISOString() as Instant)
}

function tellLine(tell: Tell, of: string): string {
  const who = tell.person ?? `outside: ${tell.service ?? tell.contact ?? tell.outside}`
  return `${who}${tell.role ? ` (${tell.role})` : ''}${of}: ${tellSays(tell)}${sourceSays(tell.source)}`
}

function clockLine(clock: ClockSeen, of: string): string {
  const due = clock.due === null ? 'no time is given' : `due ${endInWords(new Date(clock.due).toISOString() as Instant)}`
  const whose = whoseInWords(clock.whose, clock.standing)
  const doubt = clock.standing === 'unverified' ? ' (not verified)' : ''
  return `${clock.clock}${of}, ${clock.owner ?? 'nobody'}, ${due}${whose && ` (${whose})`}${doubt}: ${clock.says}${sourceSays(clock.source)}`
}

function cited({ says, source }: Refused | Ask): string {
  return `${says}${sourceSays(source)}`
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map(line => `    - ${line}`)]
}

/** Which concern and which child a line is about, where there are several. */
type Of = (line: AboutSomething) => string

function stepSays(step: Step, number: number, of: Of): readonly string[] {
  const about = step.ref === null ? '' : ` (${step.ref})`
  const clocks = (some: readonly ClockSeen[]) => some.map(clock => clockLine(clock, of(clock)))
  return [
    `${number}. ${moment(step.at)}: ${step.event}${about}${step.accepted ? '' : ', not accepted'}`,
    ...part('Refused, because', step.refused.map(cited)),
    ...part('Missed by now', clocks(step.breaches)),
    ...part(
      'Told',
      step.tells.map(tell => tellLine(tell, of(tell))),
    ),
    ...part(
      'Not told',
      step.not_told.map(one => `${one.person} (${one.role})${of(one)}, ${one.because}`),
    ),
    ...part('Began in between, and was due before this', clocks(step.starts.filter(clock => ranOutBefore(clock, step)))),
    ...part('Starts', clocks(step.starts.filter(clock => !ranOutBefore(clock, step)))),
    ...part(
      'Done in time or late, but done',
      step.meets.map(clock => `${clock.clock}${of(clock)}, ${clock.owner ?? 'nobody'}`),
    ),
    ...part('Asked', step.asks.map(cited)),
    '',
  ]
}

/** The rehearsal in sentences, step by step, with the paragraph behind each. */
export function playedInWords(played: Played, school: string): string {
  const sees = Object.entries(played.sees).map(([ref, people]) => {
    const who = people.map(name => (name.endsWith(':own') ? `${name.slice(0, -4)} (only their own words)` : name)).join(', ')
    return `${ref}: ${who === '' ? 'nobody here' : who}`
  })
  const of = aboutWhat(played, words => ` of ${words}`)
  return [
    `Rehearsal under the policy of ${school}`,
    '',
    ...played.steps.flatMap((step, index) => stepSays(step, index + 1, of)),
    'At the end',
    ...part(
      'Still to be done',
      played.open.map(clock => clockLine(clock, of(clock))),
    ),
    ...part('Who could open it', sees),
  ].join('\n')
}
