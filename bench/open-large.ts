import { join } from 'node:path'
import { readConfig } from '../src/platform/config.ts'
import { migrate } from '../src/platform/migrate.ts'
import { type OpenDatabase, openDatabase } from '../src/platform/open-database.ts'
import { repositoryRoot } from '../src/platform/repository-root.ts'
import { faultInWords } from '../src/policy/faults.ts'
import { loadPolicies } from '../src/policy/load.ts'
import type { PolicyBook } from '../src/work/work.ts'
import { policiesForMany, sizes } from './trust.ts'

/** Where a seeded trust is: a folder of its own for each size, or the server that is given. */
export interface Place {
  readonly size: number
  readonly data: string
  readonly database: string | undefined
}

export function placeOf(values: {
  readonly size?: string | undefined
  readonly data?: string | undefined
  readonly database?: string | undefined
}): Place {
  const size = Number(values.size ?? '0.01')
  if (!sizes.some(known => known === size)) throw new Error(`--size must be one of ${sizes.join(', ')}.`)
  return { size, data: values.data ?? join(repositoryRoot, `data/large-${size}`), database: values.database }
}

/** Opens the database of a seeded trust with the product's own settings: what is committed is on the disk. */
export async function openLarge(place: Place): Promise<OpenDatabase> {
  const config = readConfig({
    args: ['--data', place.data],
    env: place.database ? { DATABASE_URL: place.database } : {},
    nodeVersion: process.versions.node,
    folder: process.cwd(),
  })
  if (!config.ok) throw new Error(config.refusal)
  const database = await openDatabase(config.value, sentence => console.error(sentence))
  await migrate(database.admin, database.loginKey ? { masterKey: database.loginKey } : {})
  return database
}

export function largePolicies(): PolicyBook {
  const policies = loadPolicies(join(repositoryRoot, 'policies'))
  if (!policies.ok) throw new Error(policies.refusal.map(faultInWords).join('\n'))
  return policiesForMany(policies.value)
}
