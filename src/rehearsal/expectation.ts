/** What a rehearsal that ships with the product must come to, as it was derived by hand from the policy, and how that differs from what was played. Pure. */
import { parse } from 'yaml'
import { z } from 'zod'
import type { ClockSeen, Played, Step, Tell } from './model.ts'

const lines = z.array(z.string()).default([])

/** `dsl as dsl`, `triage for dsl by 2026-11-20T15:15:00Z`, `parent-informed for dsl without a time`: one line each, so that a DSL can read it. */
const expectation = z.strictObject({
  title: z.string(),
  steps: z.array(
    z.strictObject({
      step: z.string(),
      refused: z.boolean().default(false),
      tells: lines,
      starts: lines,
      meets: lines,
      breaches: lines,
      asks: lines,
    }),
  ),
  open: lines,
  sees: z.record(z.string(), z.array(z.string())),
})

export type Expectation = z.infer<typeof expectation>

/** Reads an expectation; a key that is not known is a fault. */
export function readExpectation(text: string): Expectation {
  return expectation.parse(parse(text))
}

/** The moments and names of a rehearsal's events as they were written, one for each step. */
export function stepNames(text: string): readonly string[] {
  const { events } = z.object({ events: z.array(z.object({ at: z.string(), event: z.string() })) }).parse(parse(text))
  return events.map(({ at, event }) => `${at} ${event}`)
}

function dueOf({ due }: ClockSeen): string {
  return due === null ? 'without a time' : `by ${due}`
}

function tellLine({ person, role, outside }: Tell): string {
  return person === null ? `outside ${outside ?? 'nobody'}` : `${person} as ${role ?? 'nobody'}`
}

function startLine(clock: ClockSeen): string {
  return `${clock.clock} for ${clock.owner ?? 'nobody'} ${dueOf(clock)}`
}

function openLine(clock: ClockSeen): string {
  return `${clock.clock}${clock.ref === null ? '' : ` of ${clock.ref}`} for ${clock.owner ?? 'nobody'} ${dueOf(clock)}`
}

/** Both ways, each line as often as it stands: what is demanded and missing, and what came and is not demanded. */
function between(where: string, expected: readonly string[], came: readonly string[]): readonly string[] {
  const left = [...came]
  const missing = expected.filter(line => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [...missing.map(line => `${where}: missing ${line}`), ...left.map(line => `${where}: not expected ${line}`)]
}

/** Whoever is told of two things in one step is told once as far as the expectation goes; of those outside the ones that the text names must be there. */
function tellDifferences(where: string, expected: readonly string[], tells: readonly Tell[]): readonly string[] {
  const came = [...new Set(tells.map(tellLine))]
  return between(
    where,
    expected,
    came.filter(line => !line.startsWith('outside ') || expected.includes(line)),
  )
}

function stepDifferences(expected: Expectation['steps'][number], step: Step): readonly string[] {
  const at = (what: string) => `${expected.step}, ${what}`
  const answer = step.accepted ? 'accepted' : `refused (${step.refused.map(({ code }) => code).join(', ')})`
  const missingAsks = expected.asks.filter(code => !step.asks.some(ask => ask.code === code))
  return [
    ...(step.accepted === expected.refused ? [`${expected.step}: was ${answer}`] : []),
    ...tellDifferences(at('tells'), expected.tells, step.tells),
    ...between(at('starts'), expected.starts, step.starts.map(startLine)),
    ...between(
      at('meets'),
      expected.meets,
      step.meets.map(({ clock }) => clock),
    ),
    ...between(
      at('breaches'),
      expected.breaches,
      step.breaches.map(({ clock }) => clock),
    ),
    ...missingAsks.map(code => `${at('asks')}: missing ${code}`),
  ]
}

/** Everything in which the outcome differs from what the text demands; empty where it does not. */
export function differences(expected: Expectation, names: readonly string[], played: Played): readonly string[] {
  const refs = [...new Set([...Object.keys(expected.sees), ...Object.keys(played.sees)])]
  return [
    ...between(
      'steps',
      expected.steps.map(({ step }) => step),
      names,
    ),
    ...expected.steps.flatMap((step, index) => {
      const came = played.steps[index]
      return came ? stepDifferences(step, came) : []
    }),
    ...between('open', expected.open, played.open.map(openLine)),
    ...refs.flatMap(ref => between(`sees ${ref}`, expected.sees[ref] ?? [], played.sees[ref] ?? [])),
  ]
}
