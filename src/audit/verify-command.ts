import { configOrExit } from '../platform/config.ts'
import { CannotStart, openDatabase } from '../platform/open-database.ts'
import { verifyDatabase } from './verify.ts'

// `npm run audit:verify [-- --data FOLDER]`: checks every chain; works beside a running Holdfast. Ends with 1 at the first fault.
const config = configOrExit()
try {
  const database = await openDatabase(config, () => {}, true)
  const whole = await verifyDatabase(database.admin, report => {
    const said = report.fault ? `BROKEN: ${report.fault.says}` : 'whole'
    console.log(`${report.school} ${report.chain}: ${report.entries} entries, ${said}; head ${report.head.slice(0, 16)}…`)
  })
  await database.stop()
  console.log(
    whole ? 'Every chain is whole.' : 'The audit trail is not whole: see above. Keep this database and its backups as they are.',
  )
  process.exit(whole ? 0 : 1)
} catch (error) {
  if (!(error instanceof CannotStart)) throw error
  console.error(error.message)
  process.exit(2)
}
