/** `npm run policy:check [FILE|DIR]`: prints every fault of the policies and leaves with 1 if there is one; `--schema` writes the JSON Schemas. */
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { type Fault, faultInWords } from './faults.ts'
import { layerKinds, layerSchemas } from './language.ts'
import { loadPolicies } from './load.ts'

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

function check(argument: string): number {
  const { folder, only } = placeOf(argument)
  const policies = loadPolicies(folder)
  const faults: readonly Fault[] = policies.ok ? [] : policies.refusal.filter(fault => only === undefined || fault.file === only)
  for (const fault of faults) console.error(faultInWords(fault))
  if (faults.length > 0) {
    console.error(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}; nothing is loaded until there is none.`)
    return 1
  }
  console.log(
    policies.ok ? `The policies of ${policies.value.keys.join(', ')} are whole.` : `No fault in ${argument}, but in other files.`,
  )
  return 0
}

const words = process.argv.slice(2)
if (import.meta.main) {
  if (words.includes('--schema')) writeSchemas('policies/schema')
  else process.exitCode = check(words[0] ?? 'policies')
}
