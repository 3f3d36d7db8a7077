/** Plays a composed scenario by the rehearsal command, in a process and a database of its own. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ok, type Result, refused } from '../../kernel/result.ts'
import { repositoryRoot } from '../../platform/repository-root.ts'
import type { Decided } from '../../policy/decided.ts'
import type { Fault } from '../../policy/faults.ts'
import type { Profile } from '../../policy/profile.ts'
import { eventKinds } from '../../rehearsal/events/index.ts'
import type { Played } from '../../rehearsal/model.ts'
import { readRehearsal } from '../../rehearsal/reading.ts'
import type { FieldError, FieldErrors } from '../../web/components/index.ts'
import type { EventForm } from './event-fields.ts'
import type { Scenario } from './scenario.ts'
import { fileOfScenario } from './scenario-file.ts'

const command = join(repositoryRoot, 'dist/src/rehearsal/rehearse-command.js')
/** A scenario takes a few seconds; one that takes this long has gone astray. */
const longestPlayMs = 60_000
const longestAnswerBytes = 16_000_000

// A rehearsal brings up a database: one at a time is enough, and several could crowd out the school's own work.
let isPlaying = false

/** The field of the form at which a fault of the file stands; the first of its row where the row has no such field. */
function fieldOf(path: string, scenario: Scenario): string {
  const [, kind = '', rest = ''] = /^(people|pupils|events)[.[](.*)$/.exec(path) ?? []
  if (kind === 'events') {
    const [, row = '0', key = 'event'] = /^(\d+)\]?\.?(\w+)?/.exec(rest) ?? []
    if (key === 'at') return `event-${row}-date`
    return `event-${row}-answer-${key}`
  }
  const rows = kind === 'people' ? scenario.people : scenario.pupils
  const row = Math.max(
    0,
    rows.findIndex(({ name }) => rest.startsWith(name.trim())),
  )
  const key = rest
    .split('.')
    .at(-1)
    ?.replace(/\[\d+\]$/, '')
  const fields: Readonly<Record<string, string>> = {
    roles: 'role',
    absent: 'away',
    relative_of: 'relativeOf',
    parent_of: 'parentOf',
    leaves_at: 'leavesAt',
    statuses: 'status',
    born: 'born',
    authority: 'authority',
  }
  return `${kind === 'people' ? 'person' : 'pupil'}-${row}-${fields[key ?? ''] ?? 'name'}`
}

function errorOf(scenario: Scenario) {
  return ({ path, says, remedy }: Fault): FieldError => ({ field: fieldOf(path, scenario), says: `${says} ${remedy}` })
}

/** Two of one name would become one: said before anything is read. */
function sameNames({ people, pupils }: Scenario): readonly FieldError[] {
  const names: { readonly field: string; readonly name: string }[] = [
    ...people.map(({ name }, row) => ({ field: `person-${row}-name`, name: name.trim() })),
    ...pupils.map(({ name }, row) => ({ field: `pupil-${row}-name`, name: name.trim() })),
  ]
  return names.flatMap(({ field, name }, index) => {
    if (name === '') return [{ field, says: 'Enter a name.' }]
    const first = names.findIndex(other => other.name === name)
    return first < index ? [{ field, says: `“${name}” is there already. Give each their own name.` }] : []
  })
}

function run(file: string, decided: string): Promise<Played> {
  return new Promise((resolve, reject) => {
    const options = { timeout: longestPlayMs, maxBuffer: longestAnswerBytes, env: { PATH: process.env['PATH'] ?? '' } }
    execFile(process.execPath, [command, file, '--json', '--decided', decided], options, (error, printed) => {
      if (error) reject(new Error(`the rehearsal ended with ${error.code ?? error.signal}`))
      else resolve(JSON.parse(printed) as Played)
    })
  })
}

/** The file of the scenario, or at which field it cannot be read. */
export function readScenarioFile(profile: Profile, forms: readonly EventForm[], scenario: Scenario): Result<string, FieldErrors> {
  const doubled = sameNames(scenario)
  if (doubled.length > 0) return refused(doubled)
  const text = JSON.stringify(fileOfScenario(profile, forms, scenario), undefined, 1)
  const read = readRehearsal('rehearsal', text, { kinds: eventKinds, profiles: [profile.key], profileAt: () => profile })
  // Whoever composes can choose another at once; a file that somebody else wrote is played with its doubts said.
  const wrong = read.ok ? read.value.doubts : read.refusal
  return wrong.length === 0 ? ok(text) : refused(wrong.map(errorOf(scenario)))
}

/** Plays a file that was read, under the policy's files and what the school has decided above them; refuses while another is being played. */
export async function playScenarioFile(text: string, decided: readonly Decided[]): Promise<Result<Played, FieldErrors>> {
  if (isPlaying) return refused([{ field: 'play', says: 'Another rehearsal is being played. Try again in a moment.' }])
  isPlaying = true
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-rehearsal-'))
  try {
    const file = join(folder, 'rehearsal.yaml')
    writeFileSync(file, text, { mode: 0o600 })
    const decisions = join(folder, 'decided.json')
    writeFileSync(decisions, JSON.stringify(decided), { mode: 0o600 })
    return ok(await run(file, decisions))
  } finally {
    isPlaying = false
    rmSync(folder, { recursive: true, force: true })
  }
}
