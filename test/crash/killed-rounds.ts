import { setTimeout as pause } from 'node:timers/promises'
import pg, { type ClientConfig } from 'pg'
import { Browser, openSessions, type Session } from '../../bench/browser.ts'
import { type Draft, saveDraft, submitDraft } from '../../bench/recording.ts'
import { verifyDatabase } from '../../src/audit/verify.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { endProduct, type Product, startProduct } from '../support/product.ts'

/** Where the rounds run: how the product is started, and how the database is looked at behind its back. */
export interface CrashTarget {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** After the product has started. */
  admin(): Promise<ClientConfig>
  /** The process of the database server, where the rounds may kill it as well. */
  databasePid?(): Promise<number>
  /** Waits until a server that is not the product's own answers again. */
  recovered?(): Promise<void>
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

/** How often each of these is recorded. */
async function countsOf(admin: ClientConfig, drafts: readonly Draft[]): Promise<readonly number[]> {
  return withClient(admin, async client => {
    const { rows } = await client.query<{ id: string; n: number }>(
      'select id, count(*)::int as n from concern where id = any ($1) group by id',
      [drafts.map(draft => draft.id)],
    )
    const counted = new Map(rows.map(({ id, n }) => [id, n]))
    return drafts.map(({ id }) => counted.get(id) ?? 0)
  })
}

const slowestFirstAnswerMs = 20_000

interface Sent {
  readonly acknowledged: readonly Draft[]
  readonly inDoubt: readonly Draft[]
}

/** Teachers who press Send until the server dies under them: what was answered, and what was left in doubt. */
async function sendUntilKilled(
  started: Product,
  senders: readonly { session: Session; childId: string }[],
  killAfterMs: number,
  kill: () => Promise<void>,
): Promise<Sent> {
  const browser = new Browser(started.port, senders.length)
  const acknowledged: Draft[] = []
  const inDoubt: Draft[] = []
  let dead = false
  const underWay = Promise.withResolvers<void>()
  const sending = senders.map(async ({ session, childId }) => {
    while (!dead) {
      let draft: Draft | undefined
      try {
        draft = await saveDraft(browser, session, childId, systemClock.now())
        await submitDraft(browser, draft)
        acknowledged.push(draft)
        underWay.resolve()
      } catch {
        if (draft) inDoubt.push(draft)
        if (!dead) await pause(20)
      }
    }
  })
  // A slow machine has answered nobody in that time, and nothing would be seen.
  await Promise.race([underWay.promise, pause(slowestFirstAnswerMs, undefined, { ref: false })])
  await pause(killAfterMs)
  dead = true
  await kill()
  await Promise.allSettled(sending)
  browser.close()
  return { acknowledged, inDoubt }
}

/** Sends again what was in doubt, and counts what is missing, there twice, or outside a whole chain. */
async function look(started: Product, admin: ClientConfig, sent: Sent): Promise<Omit<RoundsReport, 'rounds'>> {
  const browser = new Browser(started.port, 1)
  for (const draft of sent.inDoubt) await submitDraft(browser, draft)
  browser.close()
  const counts = await countsOf(admin, [...sent.acknowledged, ...sent.inDoubt])
  const whole = await verifyDatabase(admin, () => {})
  return {
    acknowledged: sent.acknowledged.length,
    inDoubt: sent.inDoubt.length,
    missing: counts.filter(count => count === 0).length,
    doubled: counts.filter(count => count > 1).length,
    brokenChains: whole ? 0 : 1,
  }
}

function added(report: RoundsReport, round: Omit<RoundsReport, 'rounds'>): RoundsReport {
  return {
    rounds: report.rounds + 1,
    acknowledged: report.acknowledged + round.acknowledged,
    inDoubt: report.inDoubt + round.inDoubt,
    missing: report.missing + round.missing,
    doubled: report.doubled + round.doubled,
    brokenChains: report.brokenChains + round.brokenChains,
  }
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
  let started = await startProduct(target)
  try {
    const admin = await target.admin()
    const sessions = await withClient(admin, client => openSessions(client, 'teacher', 5, 2, systemClock.now()))
    const senders = await Promise.all(sessions.map(async session => ({ session, childId: await aChildOf(admin, session) })))
    for (let round = 1; round <= rounds; round += 1) {
      const running = started
      const databasePid = round % 2 === 0 ? await target.databasePid?.() : undefined
      const sent = await sendUntilKilled(running, senders, 200 + random() * 1300, async () => {
        if (databasePid) process.kill(databasePid, 'SIGKILL')
        await endProduct(running.child, 'SIGKILL')
      })
      await target.recovered?.()
      started = await startProduct(target)
      report = added(report, await look(started, admin, sent))
      say(`round ${round}: ${JSON.stringify(report)}`)
    }
    return report
  } finally {
    // As an administrator ends it, so that its database does not outlive it.
    await endProduct(started.child, 'SIGTERM')
  }
}
