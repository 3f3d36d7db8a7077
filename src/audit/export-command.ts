import { once } from 'node:events'
import { createWriteStream, existsSync, renameSync } from 'node:fs'
import { isMigrated } from '../platform/migrate.ts'
import { CannotStart } from '../platform/open-database.ts'
import { databaseToRead, takeOptions } from './command-line.ts'
import { writeExport } from './export-file.ts'

// `npm run audit:export -- --to FILE [--without-conduct] [--data FOLDER]`: writes every chain with its checkpoints to a file that
// `audit:verify --export` checks anywhere. The file is there whole or not at all.
try {
  const { values, rest } = takeOptions(process.argv.slice(2), ['to'], ['without-conduct'])
  const to = values.get('to')?.[0]
  if (to === undefined) throw new CannotStart('Say with --to into which file the audit trail is to be written.')
  if (existsSync(to)) throw new CannotStart(`${to} is there already: give another name.`)
  const database = await databaseToRead(rest)
  try {
    if (!(await isMigrated(database.admin))) throw new CannotStart('This database is not Holdfast’s: nothing was written.')
    const unfinished = `${to}.unfinished`
    const file = createWriteStream(unfinished, { mode: 0o600 })
    await once(file, 'open')
    const out = {
      write: async (text: string) => {
        if (!file.write(text)) await once(file, 'drain')
      },
    }
    const withoutConduct = values.has('without-conduct')
    const entries = await writeExport(database.admin, out, { withoutConduct }, done =>
      console.log(`… ${done.toLocaleString('en-GB')} entries written`),
    )
    file.end()
    await once(file, 'close')
    renameSync(unfinished, to)
    console.log(`${entries} entries are in ${to}. It names nobody, and says who did and read what, when, by their ids.`)
    if (!withoutConduct)
      console.log(
        'It holds the trail of cases about adults: give it to nobody who may not know of them, or use --without-conduct.',
      )
  } finally {
    await database.stop()
  }
} catch (error) {
  if (error instanceof Error && (error instanceof CannotStart || 'code' in error)) console.error(error.message)
  else throw error
  process.exit(2)
}
