// Writes the types of the tables from the migrations, so that a query which no table answers does not compile.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { repositoryRoot } from '../src/platform/repository-root.ts'
import { createTestDatabase } from '../test/support/database.ts'

const { adminUrl } = await createTestDatabase()
const written = join(repositoryRoot, 'src/platform/database-types.ts')
const asTheDriverGives = { date: 'string', timestamptz: 'string', int8: 'number' }

execFileSync(
  join(repositoryRoot, 'node_modules/.bin/kysely-codegen'),
  [
    '--dialect=postgres',
    `--url=${adminUrl}`,
    `--out-file=${written}`,
    '--log-level=error',
    '--exclude-pattern=public.holdfast_migration',
    `--type-mapping=${JSON.stringify(asTheDriverGives)}`,
  ],
  { stdio: 'inherit' },
)
execFileSync(process.execPath, [join(repositoryRoot, 'tools/biome.mjs'), 'check', '--write', written], { stdio: 'inherit' })
