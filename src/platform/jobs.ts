import pg, { type ClientConfig } from 'pg'
import { PgBoss } from 'pg-boss'

export interface JobHandlers {
  readonly mail: (job: MailJob) => Promise<void>
  /** Something was attached at a school. */
  readonly scan: (schoolId: string) => Promise<void>
  /** Once a minute, whatever happens. */
  readonly everyMinute: () => Promise<void>
}

export interface MailJob {
  readonly schoolId: string
  readonly kind: string
  readonly adultId: string
  readonly concernId: string
}

export interface Jobs {
  /** Queues mails; the ids are the outbox rows', so that draining twice sends once. */
  addMails(jobs: readonly { readonly id: string; readonly data: MailJob }[]): Promise<void>
  /** Queues a look at what was attached at a school; the id is the outbox row's. */
  addScan(id: string, schoolId: string): Promise<void>
  stop(): Promise<void>
}

const mailQueue = 'mail'
const scanQueue = 'scan'
const minuteMs = 60_000

/** The job queue: pg-boss in a schema of its own, under a login that owns that schema and sees nothing else. */
export async function startJobs(connection: ClientConfig, handlers: JobHandlers, onError: (error: Error) => void): Promise<Jobs> {
  const pool = new pg.Pool({ ...connection, max: 3 })
  pool.on('error', onError)
  const boss = new PgBoss({
    db: { executeSql: (text: string, values?: unknown[]) => pool.query(text, values) },
    schema: 'jobs',
    createSchema: false,
  })
  boss.on('error', onError)
  await boss.start()
  await boss.createQueue(mailQueue, { retryLimit: 20, retryDelay: 30, retryBackoff: true, expireInSeconds: 120 })
  await boss.work<MailJob>(mailQueue, { batchSize: 10, pollingIntervalSeconds: 1 }, async jobs => {
    for (const job of jobs) await handlers.mail(job.data)
  })
  // A scanner that is away is asked again each minute, so that one that fails here is not tried twice.
  await boss.createQueue(scanQueue, { retryLimit: 0, expireInSeconds: 3600 })
  await boss.work<{ schoolId: string }>(scanQueue, { pollingIntervalSeconds: 1 }, async jobs => {
    for (const job of jobs) await handlers.scan(job.data.schoolId)
  })
  // A plain timer and not a queued schedule: a look round that is late must not be made up for ten times over.
  let looking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(() => handlers.everyMinute()).catch(onError)
  }, minuteMs)
  return {
    addMails: async jobs => {
      if (jobs.length > 0)
        await boss.insert(
          mailQueue,
          jobs.map(job => ({ id: job.id, data: job.data })),
        )
    },
    addScan: async (id, schoolId) => {
      await boss.insert(scanQueue, [{ id, data: { schoolId } }])
    },
    stop: async () => {
      clearInterval(timer)
      await looking
      await boss.stop({ graceful: true, timeout: 5_000 })
      await pool.end()
    },
  }
}
