// Writes the documents that follow from the program; `npm run docs`.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repositoryRoot } from '../src/platform/repository-root.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { generatedDocuments } from './generated-documents.ts'

const { admin } = await createTestDatabase()
for (const { path, make } of generatedDocuments) {
  const file = join(repositoryRoot, path)
  const text = await make(admin)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(`${path} written`)
}
