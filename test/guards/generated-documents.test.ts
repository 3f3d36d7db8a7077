import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, suite, test } from 'node:test'
import { repositoryRoot } from '../../src/platform/repository-root.ts'
import { generatedDocuments } from '../../tools/generated-documents.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

/** The first line that differs: whole documents side by side would bury it. */
function firstDifference(written: string, made: string): string | undefined {
  if (written === made) return undefined
  const [old, fresh] = [written.split('\n'), made.split('\n')]
  const at = fresh.findIndex((line, index) => line !== old[index])
  return at < 0 ? `ends after line ${fresh.length}` : `line ${at + 1} should be: ${fresh[at]}`
}

suite('Whoever reads a generated document reads what is so; `npm run docs` writes it again', () => {
  let database: TestDatabase
  before(async () => {
    database = await createTestDatabase()
  })

  for (const { path, make } of generatedDocuments) {
    test(`in ${path}`, async () => {
      const file = join(repositoryRoot, path)
      assert.ok(existsSync(file), 'it has not been written')
      assert.equal(firstDifference(readFileSync(file, 'utf8'), await make(database.admin)), undefined)
    })
  }
})
