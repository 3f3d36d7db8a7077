import { join } from 'node:path'
import type { ClientConfig } from 'pg'
import { loadDemonstration } from '../../demo/load.ts'
import type { Instant } from '../../src/kernel/plain-date.ts'
import { Database } from '../../src/platform/database.ts'
import { appLogin, connectionFor } from '../../src/platform/logins.ts'
import { repositoryRoot } from '../../src/platform/repository-root.ts'
import { Sealing } from '../../src/platform/sealing.ts'
import { faultInWords } from '../../src/policy/faults.ts'
import { loadPolicies, type Policies } from '../../src/policy/load.ts'
import type { WorkTools } from '../../src/work/work.ts'

/** The moment at which the demonstration of the tests was loaded: a Wednesday in term, in the middle of a school morning. */
export const demonstrationLoadedAt = '2026-11-18T10:00:00.000Z' as Instant

/** The master key of tests. */
export const testMasterKey = Buffer.alloc(32, 7)

/** How the demonstration of the tests is sealed: as before keys were random, which the program opens ever after. */
export const testSealing = new Sealing(testMasterKey)

let loaded: Policies | undefined

/** The five schools' policies, read once for each test file. */
export function testPolicies(): Policies {
  if (loaded) return loaded
  const read = loadPolicies(join(repositoryRoot, 'policies'))
  if (!read.ok) throw new Error(read.refusal.map(faultInWords).join('\n'))
  loaded = read.value
  return loaded
}

/** What commands need to run on a test database, as the program's own login. Close its `database` after the test. */
export function testTools(app: ClientConfig): WorkTools {
  return { database: new Database(app), policies: testPolicies(), sealing: testSealing, outboxFilled: () => undefined }
}

/** Loads the five schools and their invented people. */
export async function loadTestDemonstration(admin: ClientConfig): Promise<void> {
  const tools = testTools(connectionFor(admin, appLogin, undefined))
  try {
    await loadDemonstration(tools, admin, demonstrationLoadedAt)
  } finally {
    await tools.database.close()
  }
}
