/** `npm run rehearse -- FILE.yaml ... [--json]`: plays what might happen under a school's policy and says what would come of it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result, refused } from '../kernel/result.ts'
import { repositoryRoot } from '../platform/repository-root.ts'
import { startThrowAwayServer } from '../platform/throw-away-server.ts'
import { type Fault, faultInWords } from '../policy/faults.ts'
import { loadPolicies, type Policies } from '../policy/load.ts'
import { eventKinds } from './events/index.ts'
import type { Played, Rehearsal } from './model.ts'
import { play } from './play.ts'
import { readRehearsal } from './reading.ts'
import { playedInWords } from './words.ts'

const usage = 'npm run rehearse -- FILE.yaml [FILE.yaml ...] [--json]'

function placelessFault(file: string, says: string, remedy: string): Fault {
  return { file, line: 1, column: 1, path: '', says, remedy }
}

function readFile(file: string, policies: Policies): Result<Rehearsal, readonly Fault[]> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refused([placelessFault(file, 'This file cannot be read.', `${reason}.`)])
  }
  return readRehearsal(file, text, { kinds: eventKinds, profiles: policies.keys })
}

function readAll(files: readonly string[], policies: Policies): Result<readonly Rehearsal[], readonly Fault[]> {
  const read = files.map(file => readFile(file, policies))
  const faults = read.flatMap(one => (one.ok ? [] : one.refusal))
  return faults.length > 0 ? refused(faults) : ok(read.flatMap(one => (one.ok ? [one.value] : [])))
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

/** Plays the files of the command line; 2 where one cannot be read or has faults. */
async function rehearse(words: readonly string[]): Promise<number> {
  const files = words.filter(word => !word.startsWith('--'))
  const unknown = words.filter(word => word.startsWith('--') && word !== '--json')
  if (files.length === 0 || unknown.length > 0) {
    console.error(unknown.length > 0 ? `Nothing is known of ${unknown.join(', ')}. ${usage}` : usage)
    return 2
  }
  const policies = loadPolicies(join(repositoryRoot, 'policies'))
  if (!policies.ok) {
    for (const fault of policies.refusal) console.error(faultInWords(fault))
    return 2
  }
  const rehearsals = readAll(files, policies.value)
  if (!rehearsals.ok) {
    for (const fault of rehearsals.refusal) console.error(faultInWords(fault))
    return 2
  }
  print(await playAll(rehearsals.value, policies.value), rehearsals.value, policies.value, words.includes('--json'))
  return 0
}

process.exitCode = await rehearse(process.argv.slice(2))
