import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import pg, { type ClientConfig } from 'pg'
import { Browser, openSessions, type Session } from '../../bench/browser.ts'
import { type Draft, saveDraft, submitDraft } from '../../bench/recording.ts'
import { verifyDatabase } from '../../src/audit/verify.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { repositoryRoot } from '../../src/platform/repository-root.ts'

/** Where the rounds run: how the product is started, and how the database is looked at behind its back. */
export interface CrashTarget {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** After the product has started. */
  admin(): Promise<ClientConfig>
  /** The process of the database server, where the rounds may kill it as well. */
  databasePid?(): Promise<number>
}

export interface RoundsReport {
  readonly rounds: number
  readonly acknowledged: number
  /** Sent, and killed before the answer: tried again with the same key. */
  readonly inDoubt: number
  readonly missing: number
  readonly doubled: number
  readonly brokenChains: number
}

interface Started {
  readonly child: ChildProcess
  readonly port: number
}

const startsWithinMs = 120_000

function start(target: CrashTarget): Promise<Started> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'dist/src/main.js'), '--port', '0', ...target.args], {
    env: { ...process.env, ...target.env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the product did not start in time')), startsWithinMs)
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const port = /open at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1]
      if (!port) return
      clearTimeout(timer)
      resolve({ child, port: Number(port) })
    })
    child.once('exit', code => reject(new Error(`the product ended with ${code}: ${said}`)))
  })
}

async function withClient<T>(config: ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function aChildOf(admin: ClientConfig, session: Session): Promise<string> {
  return withClient(admin, async client => {
    const { rows } = await client.query<{ id: string }>(
      `select id from child where school_id = $1 and standing = 'on-roll' order by id limit 1`,
      [session.schoolId],
    )
    if (!rows[0]) throw new Error(`${session.schoolKey} has no child`)
    return rows[0].id
  })
}

async function countOf(admin: ClientConfig, id: string): Promise<number> {
  return withClient(admin, async client => {
    const { rows } = await client.query<{ n: string }>('select count(*)::text as n from concern where id = $1', [id])
    return Number(rows[0]?.n)
  })
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

/** Ends the product as an administrator does, so that its database does not outlive it. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise(resolve => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** Teachers who press Send until the server dies under them: what was answered, and what was left in doubt. */
async function sendUntilKilled(
  started: Started,
  senders: readonly { session: Session; childId: string }[],
  killAfterMs: number,
  kill: () => Promise<void>,
) {
  const browser = new Browser(started.port, senders.length)
  const acknowledged: Draft[] = []
  const inDoubt: Draft[] = []
  let dead = false
  const sending = senders.map(async ({ session, childId }) => {
    while (!dead) {
      let draft: Draft | undefined
      try {
        draft = await saveDraft(browser, session, childId, systemClock.now())
        await submitDraft(browser, draft)
        acknowledged.push(draft)
      } catch {
        if (draft) inDoubt.push(draft)
        if (!dead) await new Promise(resolve => setTimeout(resolve, 20))
      }
    }
  })
  await new Promise(resolve => setTimeout(resolve, killAfterMs))
  dead = true
  await kill()
  await Promise.allSettled(sending)
  browser.close()
  return { acknowledged, inDoubt }
}

/**
 * Kills the product with -9 while concerns are being sent, starts it again and looks: every acknowledged concern is there
 * once, what was in doubt is there once after it is sent again, and every chain is whole.
 */
export async function killedRounds(
  target: CrashTarget,
  rounds: number,
  say: (line: string) => void,
  random: () => number,
): Promise<RoundsReport> {
  let report: RoundsReport = { rounds: 0, acknowledged: 0, inDoubt: 0, missing: 0, doubled: 0, brokenChains: 0 }
  let started = await start(target)
  const admin = await target.admin()
  const sessions = await withClient(admin, client => openSessions(client, 'teacher', 5, 2, systemClock.now()))
  const senders = await Promise.all(sessions.map(async session => ({ session, childId: await aChildOf(admin, session) })))
  for (let round = 1; round <= rounds; round += 1) {
    const running = started
    const databasePid = round % 2 === 0 ? await target.databasePid?.() : undefined
    const sent = await sendUntilKilled(running, senders, 200 + random() * 1300, async () => {
      if (databasePid) process.kill(databasePid, 'SIGKILL')
      await killed(running.child)
    })
    started = await start(target)
    const browser = new Browser(started.port, 1)
    for (const draft of sent.inDoubt) await submitDraft(browser, draft)
    browser.close()
    const counts = await Promise.all([...sent.acknowledged, ...sent.inDoubt].map(draft => countOf(admin, draft.id)))
    const whole = await verifyDatabase(admin, () => {})
    report = {
      rounds: round,
      acknowledged: report.acknowledged + sent.acknowledged.length,
      inDoubt: report.inDoubt + sent.inDoubt.length,
      missing: report.missing + counts.filter(count => count === 0).length,
      doubled: report.doubled + counts.filter(count => count > 1).length,
      brokenChains: report.brokenChains + (whole ? 0 : 1),
    }
    say(`round ${round}: ${JSON.stringify(report)}`)
  }
  await ended(started.child)
  return report
}
