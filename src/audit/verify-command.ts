import { isMigrated } from '../platform/migrate.ts'
import { CannotStart } from '../platform/open-database.ts'
import { databaseToRead, handedWith, type Options, takeOptions } from './command-line.ts'
import { NotAnExport, verifyExport } from './export-file.ts'
import { type ChainReport, type Verifying, verifyDatabase } from './verify.ts'

// `npm run audit:verify [-- --data FOLDER | --export FILE] [--checkpoints FILE-OR-FOLDER] [--digest DIGEST] [--key KEY-OR-FILE]`:
// checks every chain and holds it against the signed checkpoints, those kept and those handed in. Works beside a running Holdfast,
// from a restored database, or from an export with no database at all. Ends with 1 where something is broken, with 2 where there was
// nothing to check.

async function verify(options: Options, say: (report: ChainReport) => void, more: Verifying): Promise<boolean> {
  const file = options.values.get('export')?.[0]
  if (file !== undefined) return verifyExport(file, say, more)
  const database = await databaseToRead(options.rest)
  try {
    if (!(await isMigrated(database.admin))) throw new CannotStart('This database is not Holdfast’s: nothing was checked.')
    return await verifyDatabase(database.admin, say, more)
  } finally {
    await database.stop()
  }
}

function inWords(error: unknown): string | undefined {
  if (error instanceof CannotStart || error instanceof NotAnExport) return error.message
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
    return 'The export cannot be read: there is no such file.'
  return undefined
}

try {
  const options = takeOptions(process.argv.slice(2), ['export', 'checkpoints', 'digest', 'key'])
  const handed = handedWith(options)
  let chains = 0
  let checkpoints = 0
  const whole = await verify(
    options,
    report => {
      chains += 1
      const said = report.fault ? `BROKEN: ${report.fault.says}` : 'whole'
      console.log(`${report.school} ${report.chain}: ${report.entries} entries, ${said}; head ${report.head.slice(0, 16)}…`)
    },
    {
      handed,
      checkpoints: ({ school, checked, faults }) => {
        checkpoints += checked
        for (const fault of faults) console.log(`${school}: BROKEN: ${fault}`)
      },
      progress: done => console.log(`… ${done.toLocaleString('en-GB')} entries checked`),
    },
  )
  if (chains === 0) throw new CannotStart('There is no school in this database and no audit trail: nothing was checked.')
  if (checkpoints > 0)
    console.log(`Held against ${checkpoints} signed checkpoints, of which ${handed.checkpoints.length} were handed in.`)
  if (checkpoints > 0 && handed.keys.length === 0)
    console.log(
      'No --key was given: each checkpoint was believed about the key that signed it. Give the one that the school was sent.',
    )
  console.log(
    whole ? 'Every chain is whole.' : 'The audit trail is not whole: see above. Keep this database and its backups as they are.',
  )
  process.exit(whole ? 0 : 1)
} catch (error) {
  const sentence = inWords(error)
  if (sentence === undefined) throw error
  console.error(sentence)
  process.exit(2)
}
