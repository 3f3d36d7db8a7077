import { join } from 'node:path'
import pg, { type ClientConfig } from 'pg'
import { openCheckpointKey } from './audit/checkpoint-key.ts'
import { demonstrationInWords, demonstrationPages, findDemonstration, mayLook } from './features/demonstration/index.ts'
import { identityPages } from './features/identity/index.ts'
import { assertNever } from './kernel/exhaustive.ts'
import type { SchoolId } from './kernel/ids.ts'
import { clamd } from './platform/clamd.ts'
import { systemClock } from './platform/clock.ts'
import { type Config, configOrExit } from './platform/config.ts'
import { Database } from './platform/database.ts'
import { AlreadyRunning } from './platform/embedded-postgres/supervisor.ts'
import { nameMasterKey, openSealing } from './platform/installation-keys.ts'
import { lookAfterKeys } from './platform/key-rotation.ts'
import { createLog } from './platform/log.ts'
import { createMailer, type Mailer } from './platform/mail.ts'
import { type MailCatcher, startMailCatcher } from './platform/mail-catcher.ts'
import { MigrationRefused, migrate } from './platform/migrate.ts'
import { CannotStart, type OpenDatabase, openDatabase } from './platform/open-database.ts'
import { repositoryRoot } from './platform/repository-root.ts'
import { faultInWords } from './policy/faults.ts'
import { loadPolicies, type Policies } from './policy/load.ts'
import { createServer, type ServerTools } from './web/http/server.ts'
import { routes } from './web/routes.ts'
import { writeFileRoles } from './work/file-roles.ts'
import type { WorkTools } from './work/work.ts'
import { startWorker, type Worker } from './worker.ts'

// The composition root: reads the configuration, opens the database, starts the pages and the background work. Nothing else is global.

function policiesOrStop(): Policies {
  const policies = loadPolicies(join(repositoryRoot, 'policies'))
  if (policies.ok) return policies.value
  throw new CannotStart(`The policies have faults; nothing was started.\n${policies.refusal.map(faultInWords).join('\n')}`)
}

type InstallationKind = 'demonstration' | 'live' | 'empty'

async function installationKind(admin: ClientConfig): Promise<InstallationKind> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    const { rows } = await client.query<{ kind: InstallationKind }>('select kind from installation')
    return rows[0]?.kind ?? 'empty'
  } finally {
    await client.end()
  }
}

/** Whether files are opened that no scanner has looked at; without a word from whoever runs it, they are not. */
async function writeScanning(admin: ClientConfig, opened: boolean): Promise<void> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    await client.query('update installation set opens_unscanned = $1 where opens_unscanned <> $1', [opened])
  } finally {
    await client.end()
  }
}

/** Fills a new database with the demonstration schools, where the configuration lets it. */
async function prepareInstallation(config: Config, database: OpenDatabase, tools: WorkTools): Promise<InstallationKind> {
  const kind = await installationKind(database.admin)
  if (kind === 'live' || config.demonstration === 'never') return kind
  const now = systemClock.now()
  if (kind === 'empty') {
    const { loadDemonstration } = await import('../demo/load.ts')
    await loadDemonstration(tools, database.admin, now)
  }
  const { loadHistory } = await import('../demo/history.ts')
  await loadHistory(tools, now)
  return 'demonstration'
}

async function demonstrationPassword(): Promise<string> {
  return (await import('../demo/people.ts')).demonstrationPassword
}

interface MailParts {
  readonly mailer: Mailer
  readonly catcher: MailCatcher | undefined
}

/** The school's mail server, or in a demonstration without one a catcher. A live school without one would wait for mails in vain. */
async function openMail(config: Config, kind: InstallationKind): Promise<MailParts> {
  if (config.mail.kind === 'smtp') return { mailer: createMailer(config.mail.server, config.mail.from), catcher: undefined }
  if (kind === 'live')
    throw new CannotStart(
      'This is a live installation and it cannot send mail: give SMTP_URL (such as smtps://user:secret@mail.example.org) and MAIL_FROM.',
    )
  const catcher = await startMailCatcher(join(config.dataDir, 'mail'), systemClock)
  return { mailer: createMailer(catcher.server, 'holdfast@demonstration.example'), catcher }
}

interface Running {
  readonly address: string
  /** What whoever starts it should read. */
  readonly says: readonly string[]
  stop(): Promise<void>
}

const noScanner =
  'No scanner looks at what is attached, so it is kept and not opened. Give CLAMD_SOCKET (such as /run/clamav/clamd.ctl), or UNSCANNED_FILES=opened to open it all the same.'

async function sayings(config: Config, kind: InstallationKind, tools: WorkTools, address: string): Promise<readonly string[]> {
  switch (kind) {
    case 'live':
      return config.scanner === undefined ? [noScanner] : []
    case 'empty':
      return ['It holds no school yet. To look around, start it on a new folder or database with --demonstration.']
    case 'demonstration': {
      const found = await findDemonstration(tools, mayLook(), systemClock.now())
      return found ? demonstrationInWords(found, address, await demonstrationPassword()) : []
    }
    default:
      return assertNever(kind)
  }
}

const keysReadEveryMs = 60_000

/** Does something again and again, each time after the last has ended. */
function repeatedly(work: () => Promise<void>, everyMs: number, onError: (error: Error) => unknown) {
  let doing: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    doing = doing.then(work).catch(error => void onError(error))
  }, everyMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await doing
    },
  }
}

async function start(config: Config, say: (sentence: string) => void): Promise<Running> {
  const policies = policiesOrStop()
  const database = await openDatabase(config, say)
  try {
    return await serve(config, database, { policies, say })
  } catch (error) {
    await database.stop()
    throw error
  }
}

/** What whoever waits is told, once, before the database is made or changed. */
const preparing = { new: 'Preparing the database ...', older: 'Bringing the database up to date ...' }

interface Surrounding {
  readonly policies: Policies
  readonly say: (sentence: string) => void
}

async function serve(config: Config, database: OpenDatabase, { policies, say }: Surrounding): Promise<Running> {
  // People read standard output; the log goes beside it.
  const log = createLog(process.stderr, config.logLevel)
  const applied = await migrate(database.admin, {
    ...(database.loginKey ? { masterKey: database.loginKey } : {}),
    beforeChange: found => say(preparing[found]),
  })
  for (const name of applied) log.detail('migrated', { migration: name.replace(/\.sql$/, '') })

  await nameMasterKey(database.admin, database.masterKey)

  const checkpointKey = openCheckpointKey(config.checkpoints.keyFile)
  if (!checkpointKey.ok) throw new CannotStart(checkpointKey.refusal)

  let worker: Worker | undefined
  let stopping = false
  const pool = new Database(database.app)
  const tools: WorkTools = {
    database: pool,
    policies,
    sealing: await openSealing(pool, database.readMasterKeys),
    outboxFilled: (schoolId: SchoolId) => worker?.outboxFilled(schoolId),
  }
  const kind = await prepareInstallation(config, database, tools)
  await writeFileRoles(database.admin, policies, systemClock.now())
  await writeScanning(database.admin, config.scanner === 'opened')
  const mail = await openMail(config, kind)

  const serverTools: ServerTools = {
    ...tools,
    clock: systemClock,
    log,
    secureCookies: config.tls !== undefined || config.trustedProxies.length > 0,
    trustedProxies: config.trustedProxies,
    publicAddress: config.publicAddress,
    // A whole staff may come from one address on the morning of a training day.
    openRequestsEachMinute: 120,
    tls: config.tls,
  }
  const demonstration =
    kind === 'demonstration'
      ? [demonstrationPages(serverTools, { password: await demonstrationPassword(), mails: mail.catcher })]
      : []
  const app = await createServer(serverTools, routes, [identityPages(serverTools), ...demonstration])
  const address = await app.listen({ host: config.listen.host, port: config.listen.port })
  worker = await startWorker(tools, {
    clock: systemClock,
    jobsConnection: database.jobs,
    send: message => mail.mailer.send(message),
    address: config.publicAddress ?? address,
    scanner: config.scanner === undefined || config.scanner === 'opened' ? undefined : clamd(config.scanner),
    checkpoints: { key: checkpointKey.value, folder: config.checkpoints.folder },
    // Connections that end with the database, while we stop, are no failure.
    onError: error => stopping || log.failure('background work failed', error),
  })
  // Keys that a command at the terminal made, replaced or destroyed meanwhile.
  const lookAtKeys = async () => {
    await pool.keys?.readAgain(pool)
    await lookAfterKeys(database.admin, tools.sealing, systemClock.now())
  }
  const keysLooked = repeatedly(
    lookAtKeys,
    keysReadEveryMs,
    error => stopping || log.failure('looking after the keys failed', error),
  )
  const stop = async () => {
    stopping = true
    await keysLooked.stop()
    await app.close()
    await worker?.stop()
    mail.mailer.close()
    await mail.catcher?.close()
    await tools.database.close()
    await database.stop()
  }
  return { address, says: await sayings(config, kind, tools, address), stop }
}

/** What went wrong as a sentence, where it is something that whoever starts it can mend. */
function sentenceOf(error: unknown, config: Config): string | undefined {
  if (error instanceof CannotStart || error instanceof MigrationRefused || error instanceof AlreadyRunning) return error.message
  if (error instanceof Error && Reflect.get(error, 'code') === 'EADDRINUSE')
    return `Port ${config.listen.port} is in use: give another with --port, or 0 to pick one.`
  return undefined
}

function stopOnSignal(running: Running): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      void running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

const config = configOrExit()
try {
  const running = await start(config, sentence => console.log(sentence))
  stopOnSignal(running)
  console.log([`Holdfast is open at ${running.address}`, ...running.says].join('\n'))
} catch (error) {
  const sentence = sentenceOf(error, config)
  if (sentence === undefined) throw error
  console.error(sentence)
  process.exit(2)
}
