/** `npm run policy:check -- [FILE | DIR]`: prints every fault of the policies and leaves with 1 if there is one, else what is assumed; `--schema` writes the JSON Schemas. */
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { assumedIn, assumedInBrief, assumedInFull } from './assumed.ts'
import { readCommandLine } from './command-line.ts'
import { suspectsInWords } from './contact-doubts.ts'
import { type Fault, faultInWords } from './faults.ts'
import { layerKinds, layerSchemas } from './language.ts'
import { loadPolicies, type Policies } from './load.ts'
import type { Profile } from './profile.ts'

/** The folder and, where one file was asked for, that file: a file is checked among its neighbours, for its names may be theirs. */
function placeOf(argument: string): { folder: string; only?: string } {
  const path = resolve(argument)
  return statSync(path).isDirectory() ? { folder: path } : { folder: dirname(dirname(path)), only: path }
}

/** The JSON Schema of each kind of file, by its folder's name. */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    layerKinds.map(kind => [kind, z.toJSONSchema(layerSchemas[kind], { io: 'input', unrepresentable: 'any', reused: 'ref' })]),
  )
}

function writeSchemas(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const [kind, schema] of Object.entries(jsonSchemas())) {
    writeFileSync(join(folder, `${kind}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`)
  }
}

/** What holds although no text of the school says so: all of it for the one file that was asked for, else in brief. */
function sayAssumed(policies: Policies, only: string | undefined): void {
  const asked = policies.keys.find(key => only !== undefined && basename(dirname(only)) === 'schools' && nameOf(only) === key)
  const latest = (key: string) => {
    const last = policies.changes(key).at(-1)
    if (!last) throw new Error(`the policy of ${key} has no edition`)
    return policies.profile(key, last)
  }
  if (asked) for (const line of assumedInFull(latest(asked))) console.log(line)
  saySuspects(asked || only === undefined ? policies.keys.filter(key => !asked || key === asked).map(latest) : [])
  if (asked || only !== undefined) return
  console.log('What no text of the school gives, and holds all the same:')
  for (const key of policies.keys) console.log(`  ${assumedInBrief(key, assumedIn(latest(key)))}`)
  console.log('Each of them: npm run policy:check policies/schools/NAME.yaml')
}

/** Contacts that look wrong, each once although every school's book has it, with the schools where it is so. */
function saySuspects(profiles: readonly Profile[]): void {
  const lines = profiles.flatMap(profile => suspectsInWords(profile).map(line => ({ line, key: profile.key })))
  if (lines.length === 0) return
  console.log(
    'Contacts that look wrong. None is offered before somebody of the school has confirmed it (Whom to ring, Contacts to check):',
  )
  for (const line of new Set(lines.map(one => one.line))) {
    const keys = lines.filter(one => one.line === line).map(({ key }) => key)
    console.log(`  ${line} At ${keys.join(', ')}.`)
  }
}

const nameOf = (file: string): string => basename(file).replace(/\.ya?ml$/, '')

function check(argument: string): number {
  if (!existsSync(argument)) {
    console.error(`There is no file or folder ${argument}. Name one, as in: npm run policy:check policies/schools/west-park.yaml`)
    return 2
  }
  const { folder, only } = placeOf(argument)
  if (only !== undefined && !layerKinds.some(kind => kind === basename(dirname(only)))) {
    console.error(
      `${argument} cannot be checked by itself: what it stands on lies beside it. Copy the whole folder policies, put the file into its ${layerKinds.join(', ')}, as in /tmp/mine/schools/${basename(only)}, and check it there.`,
    )
    return 2
  }
  const policies = loadPolicies(folder)
  const faults: readonly Fault[] = policies.ok ? [] : policies.refusal.filter(fault => only === undefined || fault.file === only)
  for (const fault of faults) console.error(faultInWords(fault))
  if (faults.length > 0) {
    console.error(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}; nothing is loaded until there is none.`)
    return 1
  }
  if (!policies.ok) {
    const others = [...new Set(policies.refusal.map(({ file }) => file))]
    console.log(`No fault in ${argument}, but in other files: ${others.join(', ')}.`)
    return 0
  }
  console.log(`The policies of ${policies.value.keys.join(', ')} are whole.`)
  sayAssumed(policies.value, only)
  return 0
}

const usage = 'npm run policy:check -- [FILE | DIR] [--schema]'

const help = `${usage}

Reads the policies and says every fault with its line, its field and the remedy; where there is none, what holds at each
school although no text of the school says so.

  FILE       one policy, checked among the others of its folder: what it assumes is listed in full
  DIR        a folder of policies (schools, trusts, authorities, national); without it, policies/
  --schema   writes the JSON Schemas that editors complete from to policies/schema, and checks nothing
  --help     prints this

Ends with 0 where there is no fault, with 1 where there is one, with 2 where the command or the place cannot be read.

For example: npm run policy:check -- policies/schools/west-park.yaml`

const known = { alone: ['--schema', '--help'] }

function run(words: readonly string[]): number {
  const read = readCommandLine(words, known)
  if (!read.ok || read.value.rest.length > 1) {
    console.error(read.ok ? 'One file or folder is checked at a time.' : read.refusal)
    console.error(usage)
    return 2
  }
  const { options, rest } = read.value
  if (options.has('--help')) console.log(help)
  else if (options.has('--schema')) writeSchemas('policies/schema')
  else return check(rest[0] ?? 'policies')
  return 0
}

if (import.meta.main) process.exitCode = run(process.argv.slice(2))
