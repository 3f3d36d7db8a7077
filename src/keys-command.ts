import { parseArgs } from 'node:util'
import type { AuditEvent } from './audit/events.ts'
import type { SchoolId } from './kernel/ids.ts'
import { systemClock } from './platform/clock.ts'
import { configOrExit } from './platform/config.ts'
import { Database } from './platform/database.ts'
import { nameMasterKey, openSealing } from './platform/installation-keys.ts'
import { destroyKeys, findOwners, findProgress, replaceKey, resealOwner, wrapAnew } from './platform/key-rotation.ts'
import { prepareNextKey, putNextInPlace } from './platform/master-key.ts'
import { isMigrated } from './platform/migrate.ts'
import { CannotStart, type OpenDatabase, openDatabase } from './platform/open-database.ts'
import type { Sealing } from './platform/sealing.ts'
import { WorkBook } from './work/work.ts'

// `npm run keys:rotate [-- --data FOLDER]`: a new master key; beside it what a school's own key needs. Works beside a running Holdfast,
// which goes on serving. Ends with 2 and a sentence where it cannot be done.

const usage = `npm run keys:rotate                                        a new master key
npm run keys:rotate -- --school KEY                        a new key for one school, and its sealed values sealed anew
npm run keys:rotate -- --everything                        a new key for every school and account
npm run keys:rotate -- --progress                          how far sealing anew has come
npm run keys:rotate -- --destroy KEY --for-ever            destroys a school’s keys: nothing sealed under them opens again
Each takes --data FOLDER, as npm start does.`

interface Open {
  readonly config: ReturnType<typeof configOrExit>
  readonly database: OpenDatabase
  readonly pool: Database
  readonly sealing: Sealing
}

interface SchoolFound {
  readonly id: SchoolId
  readonly key: string
}

const schools = { name: 'keys_schools', text: 'select id, key from school order by key' }
const enterWorker = { name: 'keys_worker_enter', text: 'select worker_enter($1)' }

function findSchools(pool: Database): Promise<readonly SchoolFound[]> {
  return pool.transaction(async tx => ({ commit: false, value: await tx.run<SchoolFound>(schools, []) }))
}

async function schoolNamed(pool: Database, key: string): Promise<SchoolFound> {
  const found = await findSchools(pool)
  const school = found.find(one => one.key === key)
  if (!school) throw new CannotStart(`There is no school ${key}: there are ${found.map(one => one.key).join(', ') || 'none'}.`)
  return school
}

/** What was done to the keys stands in each school's own trail. */
async function note(pool: Database, of: readonly SchoolFound[], event: AuditEvent): Promise<void> {
  for (const { id } of of)
    await pool.transaction(async tx => {
      await tx.run(enterWorker, [id])
      const book = new WorkBook()
      book.notes.push({ event })
      await book.finish(tx, { kind: 'worker', schoolId: id }, systemClock.now())
      return { commit: true, value: undefined }
    })
}

async function changeMasterKey({ config, database, pool }: Open): Promise<void> {
  const next = prepareNextKey(config.masterKeyFile)
  if (!next.ok) throw new CannotStart(next.refusal)
  const wrapped = await wrapAnew(database.admin, database.masterKey, next.value, systemClock.now())
  const former = putNextInPlace(config.masterKeyFile)
  await note(pool, await findSchools(pool), 'master-key.changed')
  console.log(`The master key is new: ${wrapped} data keys are wrapped under it. A running Holdfast has noticed within a minute.
Copy ${config.masterKeyFile} to where its copy is kept, now.
The former key is refused from here on. It is kept as ${former}: backups made before today open with it alone.
Take it to where those backups are, and destroy it with the last of them.`)
}

async function replace({ database, pool, sealing }: Open, owners: readonly string[], of: readonly SchoolFound[]): Promise<void> {
  for (const owner of owners) await replaceKey(database.admin, owner, systemClock.now())
  await note(pool, of, 'key.replaced')
  await pool.keys?.readAgain(pool)
  for (const owner of owners.filter(one => one !== 'installation')) {
    const { waiting, resealed, left } = await resealOwner(database.admin, sealing, owner, systemClock.now(), progress => {
      if (progress.resealed % 100 === 0) console.log(`${owner}: ${progress.resealed} of ${progress.waiting}`)
    })
    console.log(
      `${owner}: ${resealed} of ${waiting} sealed anew${left > 0 ? `, ${left} left as they were: they do not open` : ''}.`,
    )
  }
  console.log('Holdfast destroys each former key ten minutes after, once nothing is sealed under it.')
}

async function destroy({ database, pool, sealing }: Open, school: SchoolFound): Promise<void> {
  const destroyed = await destroyKeys(database.admin, sealing, `school:${school.id}`, systemClock.now())
  await note(pool, [school], 'key.destroyed')
  console.log(`${destroyed} keys of ${school.key} are destroyed: nothing that was sealed under them opens again in this database.
Older backups hold the keys, wrapped: change the master key as well, and destroy the former one.`)
}

async function showProgress({ database }: Open): Promise<void> {
  const progress = await findProgress(database.admin)
  for (const { owner, waiting, resealed, finished } of progress)
    console.log(`${owner}: ${finished ? 'done' : 'going on'}, ${resealed} of ${waiting ?? 'not counted yet'} sealed anew`)
  if (progress.length === 0) console.log('Nothing has been sealed anew, and nothing waits for it.')
}

const options = {
  school: { type: 'string' },
  everything: { type: 'boolean' },
  progress: { type: 'boolean' },
  destroy: { type: 'string' },
  'for-ever': { type: 'boolean' },
  data: { type: 'string' },
  help: { type: 'boolean' },
} as const

function readOptions() {
  try {
    return parseArgs({ options }).values
  } catch {
    console.error(usage)
    process.exit(2)
  }
}

async function carryOut(open: Open, asked: ReturnType<typeof readOptions>): Promise<void> {
  if (asked.progress) return showProgress(open)
  if (asked.destroy !== undefined) {
    if (!asked['for-ever'])
      throw new CannotStart(`Nothing was destroyed. It cannot be undone: add --for-ever to destroy the keys of ${asked.destroy}.`)
    return destroy(open, await schoolNamed(open.pool, asked.destroy))
  }
  if (asked.school !== undefined) {
    const school = await schoolNamed(open.pool, asked.school)
    return replace(open, [`school:${school.id}`], [school])
  }
  if (asked.everything) return replace(open, await findOwners(open.database.admin), await findSchools(open.pool))
  return changeMasterKey(open)
}

const asked = readOptions()
if (asked.help) {
  console.log(usage)
  process.exit(0)
}
const config = configOrExit(asked.data === undefined ? [] : ['--data', asked.data])
try {
  const database = await openDatabase(config, () => {}, true)
  try {
    if (!(await isMigrated(database.admin))) throw new CannotStart('This database is not Holdfast’s: nothing was changed.')
    await nameMasterKey(database.admin, database.masterKey)
    const pool = new Database({ ...database.app, max: 2 })
    try {
      await carryOut({ config, database, pool, sealing: await openSealing(pool, database.readMasterKeys) }, asked)
    } finally {
      await pool.close()
    }
  } finally {
    await database.stop()
  }
} catch (error) {
  if (!(error instanceof CannotStart)) throw error
  console.error(error.message)
  process.exit(2)
}
