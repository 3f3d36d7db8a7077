import { configOrExit } from '../platform/config.ts'
import { isMigrated } from '../platform/migrate.ts'
import { CannotStart, openDatabase } from '../platform/open-database.ts'
import { verifyDatabase } from './verify.ts'

// `npm run audit:verify [-- --data FOLDER]`: checks every chain; works beside a running Holdfast. Ends with 1 where one is broken,
// with 2 where there was nothing to check.
const config = configOrExit()
try {
  const database = await openDatabase(config, () => {}, true)
  if (!(await isMigrated(database.admin))) throw new CannotStart('This database is not Holdfast’s: nothing was checked.')
  let chains = 0
  const whole = await verifyDatabase(database.admin, report => {
    chains += 1
    const said = report.fault ? `BROKEN: ${report.fault.says}` : 'whole'
    console.log(`${report.school} ${report.chain}: ${report.entries} entries, ${said}; head ${report.head.slice(0, 16)}…`)
  })
  await database.stop()
  if (chains === 0) throw new CannotStart('There is no school in this database and no audit trail: nothing was checked.')
  console.log(
    whole ? 'Every chain is whole.' : 'The audit trail is not whole: see above. Keep this database and its backups as they are.',
  )
  process.exit(whole ? 0 : 1)
} catch (error) {
  if (!(error instanceof CannotStart)) throw error
  console.error(error.message)
  process.exit(2)
}
