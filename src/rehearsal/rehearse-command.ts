/** `npm run rehearse -- FILE.yaml ... [--json] [--policies DIR]`: plays what might happen under a school's policy and says what would come of it. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { PlainDate } from '../kernel/plain-date.ts'
import { ok, type Result, refused } from '../kernel/result.ts'
import { repositoryRoot } from '../platform/repository-root.ts'
import { startThrowAwayServer } from '../platform/throw-away-server.ts'
import { readCommandLine } from '../policy/command-line.ts'
import type { Decided } from '../policy/decided.ts'
import { type Fault, faultInWords } from '../policy/faults.ts'
import { loadPolicies, type Policies } from '../policy/load.ts'
import { withDecisions } from '../work/school-policy.ts'
import { eventKinds } from './events/index.ts'
import type { Played, Rehearsal } from './model.ts'
import { play } from './play.ts'
import { contextOf, readRehearsal } from './reading.ts'
import { playedInWords } from './words.ts'

const usage = 'npm run rehearse -- FILE.yaml [FILE.yaml ...] [--json] [--policies DIR] [--decided FILE.json]'
const example = 'npm run rehearse -- policies/rehearsals/west-park/friday-afternoon.yaml'

const help = `${usage}

Plays what might happen at a school under its policy, with invented people in a database that is thrown away:
who is told, what is due when, what is asked, who could open it, and which paragraph says so.

  FILE.yaml         what happens; docs/rehearsals.md shows how one is written
  --json            prints JSON alone on standard output: one object, or a list where several files are named
  --policies DIR    plays under the policies of this folder instead of policies/; it holds schools, trusts,
                    authorities and national, as policies/ does
  --decided FILE    adds what the school of the first file has decided in Holdfast, as the page of rehearsals hands it over:
                    a list in JSON of number, path, value, from, document and section
  --help            prints this

Ends with 0 where it was played (an event that is refused is an answer), with 2 where the command, a file or the
policies cannot be read or have faults (each is named with its place and remedy), with 1 where something else failed.

For example: ${example}`

const known = {
  alone: ['--json', '--help'],
  valued: { '--policies': 'the folder that holds the policies', '--decided': 'the file of what the school has decided' },
}

/** What keeps a path from being read, as a sentence; undefined where it is what was asked for. */
function wrongPlace(path: string, wanted: 'file' | 'folder'): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return `There is no ${wanted} ${path}.`
  if (wanted === 'file' && found.isDirectory()) return `${path} is a folder and no file.`
  if (wanted === 'folder' && !found.isDirectory()) return `${path} is a file and no folder.`
  return undefined
}

function readFile(file: string, policies: Policies): Result<Rehearsal, readonly Fault[]> {
  return readRehearsal(file, readFileSync(file, 'utf8'), contextOf(eventKinds, policies))
}

function readAll(files: readonly string[], policies: Policies): Result<readonly Rehearsal[], readonly Fault[]> {
  const read = files.map(file => readFile(file, policies))
  const faults = read.flatMap(one => (one.ok ? [] : one.refusal))
  return faults.length > 0 ? refused(faults) : ok(read.flatMap(one => (one.ok ? [one.value] : [])))
}

const decisions = z.array(
  z.object({
    number: z.int(),
    path: z.string(),
    value: z.unknown(),
    from: z.iso.date().transform(date => date as PlainDate),
    document: z.string(),
    section: z.string(),
  }),
)

/** What a school has decided above its files, or the sentence why the file says nothing of the kind. */
function readDecided(file: string | undefined): Result<readonly Decided[], string> {
  if (file === undefined) return ok([])
  try {
    return ok(decisions.parse(JSON.parse(readFileSync(file, 'utf8'))))
  } catch {
    return refused(`${file} is no list of decisions in JSON.`)
  }
}

async function playAll(rehearsals: readonly Rehearsal[], policies: Policies): Promise<readonly Played[]> {
  const server = await startThrowAwayServer()
  try {
    const played: Played[] = []
    for (const rehearsal of rehearsals)
      played.push(await play(rehearsal, { policies, kinds: eventKinds, database: await server.newDatabase() }))
    return played
  } finally {
    await server.stop()
  }
}

function print(played: readonly Played[], rehearsals: readonly Rehearsal[], policies: Policies, json: boolean): void {
  const [only, ...more] = played
  if (json) console.log(JSON.stringify(more.length === 0 ? only : played, null, 2))
  else
    console.log(
      played
        .map((one, index) => {
          const first = rehearsals[index]?.events[0]?.at.slice(0, 10) as Parameters<Policies['profile']>[1]
          return playedInWords(one, policies.profile(one.profile, first).school.name)
        })
        .join('\n\n'),
    )
}

function printFaults(faults: readonly Fault[]): 2 {
  for (const fault of faults) console.error(faultInWords(fault))
  return 2
}

function refuse(...sentences: readonly string[]): 2 {
  for (const sentence of sentences) console.error(sentence)
  return 2
}

/** Plays the files of the command line; 2 where one cannot be read or has faults. */
async function rehearse(words: readonly string[]): Promise<number> {
  const read = readCommandLine(words, known)
  if (!read.ok) return refuse(read.refusal, usage)
  const { options, values, rest: files } = read.value
  if (options.has('--help')) {
    console.log(help)
    return 0
  }
  if (files.length === 0) return refuse('Name the file of a rehearsal.', usage, `For example: ${example}`)
  const folder = values.get('--policies') ?? join(repositoryRoot, 'policies')
  const wrong = [wrongPlace(folder, 'folder'), ...files.map(file => wrongPlace(file, 'file'))].flatMap(one => one ?? [])
  if (wrong.length > 0) return refuse(...wrong, `Name files that are there, as in: ${example}`)
  const policies = loadPolicies(folder)
  if (!policies.ok) return printFaults(policies.refusal)
  const rehearsals = readAll(files, policies.value)
  if (!rehearsals.ok) return printFaults(rehearsals.refusal)
  for (const doubt of rehearsals.value.flatMap(one => one.doubts)) console.error(`Played all the same: ${faultInWords(doubt)}`)
  const decided = readDecided(values.get('--decided'))
  if (!decided.ok) return refuse(decided.refusal)
  const inForce = withDecisions(policies.value, rehearsals.value[0]?.profile ?? '', decided.value)
  print(await playAll(rehearsals.value, inForce), rehearsals.value, inForce, options.has('--json'))
  return 0
}

process.exitCode = await rehearse(process.argv.slice(2))
