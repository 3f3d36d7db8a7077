import type pg from 'pg'
import { systemClock } from '../src/platform/clock.ts'
import { newId } from '../src/platform/identifiers.ts'
import type { OpenDatabase } from '../src/platform/open-database.ts'
import { Browser, openSessions, type Session } from './browser.ts'
import { median } from './measure.ts'
import { Random } from './random.ts'
import { ServerProcess } from './server-process.ts'

/** How far the medians of two answers lie apart, in milliseconds, with the interval that holds it in 95 of 100 cases. */
export interface Apart {
  readonly what: string
  readonly medianMs: number
  readonly apartMs: number
  readonly fromMs: number
  readonly toMs: number
}

/** At most so much of what one answer takes. */
const boundOfMedian = 0.05
const resamples = 2000

/** What is not theirs, one by one, and what is not there. */
interface Trial {
  readonly what: string
  readonly notTheirs: string
  nowhere(): string
}

interface Pair {
  readonly notTheirsMs: number
  readonly nowhereMs: number
}

/** Resamples whole pairs, because both of a pair were asked in the same moment of the machine. */
function apartOf(what: string, pairs: readonly Pair[], random: Random): Apart {
  const between = (some: readonly Pair[]) => median(some.map(pair => pair.notTheirsMs)) - median(some.map(pair => pair.nowhereMs))
  const drawn = Array.from({ length: resamples }, () =>
    between(pairs.map(pair => pairs[random.below(pairs.length)] ?? pair)),
  ).toSorted((a, b) => a - b)
  return {
    what,
    medianMs: median(pairs.map(pair => pair.nowhereMs)),
    apartMs: between(pairs),
    fromMs: drawn[Math.floor(resamples * 0.025)] ?? 0,
    toMs: drawn[Math.ceil(resamples * 0.975) - 1] ?? 0,
  }
}

export function isBounded(apart: Apart): boolean {
  const boundMs = apart.medianMs * boundOfMedian
  return apart.fromMs > -boundMs && apart.toMs < boundMs
}

async function askedMs(browser: Browser, session: Session, path: string): Promise<number> {
  const fromMs = performance.now()
  const answer = await browser.get(session, path)
  const tookMs = performance.now() - fromMs
  if (answer.status !== 404) throw new Error(`${path} answered ${answer.status}`)
  return tookMs
}

/** Asks for one and for the other by turns, the first of each pair by lot. */
async function pairsOf(browser: Browser, session: Session, trial: Trial, count: number, random: Random): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let n = 0; n < count; n += 1) {
    const nowhere = trial.nowhere()
    if (random.below(2) === 0) {
      const notTheirsMs = await askedMs(browser, session, trial.notTheirs)
      pairs.push({ notTheirsMs, nowhereMs: await askedMs(browser, session, nowhere) })
    } else {
      const nowhereMs = await askedMs(browser, session, nowhere)
      pairs.push({ nowhereMs, notTheirsMs: await askedMs(browser, session, trial.notTheirs) })
    }
  }
  return pairs
}

async function first(admin: pg.Client, statement: string, values: readonly unknown[]): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(statement, [...values])
  const id = rows[0]?.id
  if (!id) throw new Error(`nothing found: ${statement}`)
  return id
}

/** A concern that this DSL is outside, a child to whom they are tied, and the same of another school. */
async function trialsOf(admin: pg.Client, dsl: Session): Promise<readonly Trial[]> {
  const own = [dsl.schoolId]
  const concern = await first(admin, 'select id from concern where school_id = $1 order by id limit 1', own)
  const child = await first(admin, 'select id from child where school_id = $1 order by id limit 1', own)
  await admin.query('update concern set excluded = array_append(excluded, $3) where school_id = $1 and id = $2', [
    ...own,
    concern,
    dsl.adultId,
  ])
  await admin.query('update child set tied = array_append(tied, $3) where school_id = $1 and id = $2', [
    ...own,
    child,
    dsl.adultId,
  ])
  const concernAbroad = await first(admin, 'select id from concern where school_id <> $1 order by id limit 1', own)
  const childAbroad = await first(admin, 'select id from child where school_id <> $1 order by id limit 1', own)
  const invented = (before: string) => () => `${before}${newId<string>()}`
  return [
    { what: 'a concern they are outside', notTheirs: `/concerns/${concern}`, nowhere: invented('/concerns/') },
    { what: 'a concern of another school', notTheirs: `/concerns/${concernAbroad}`, nowhere: invented('/concerns/') },
    { what: 'the file of a child of their own', notTheirs: `/children/${child}`, nowhere: invented('/children/') },
    { what: 'the file of a child of another school', notTheirs: `/children/${childAbroad}`, nowhere: invented('/children/') },
  ]
}

async function forget(admin: pg.Client, { schoolId, adultId }: Session): Promise<void> {
  await admin.query('update concern set excluded = array_remove(excluded, $2) where school_id = $1 and $2 = any (excluded)', [
    schoolId,
    adultId,
  ])
  await admin.query('update child set tied = array_remove(tied, $2) where school_id = $1 and $2 = any (tied)', [
    schoolId,
    adultId,
  ])
}

/**
 * How much longer a DSL waits for what is not theirs than for what is not there, and whether the bench would notice: the first
 * of them is measured once more on a server that waits twice the bound before it answers for the one and not for the other.
 */
export async function measureOneAnswer(database: OpenDatabase, admin: pg.Client, pairs: number) {
  const [dsl] = await openSessions(admin, 'dsl', 1, 1, systemClock.now())
  if (!dsl) throw new Error('no DSL to ask as')
  const random = new Random(1)
  const measure = async (trials: readonly Trial[], slow?: { readonly path: string; readonly delayMs: number }) => {
    const server = await ServerProcess.start(database, [], slow)
    const browser = new Browser(server.port, 1)
    try {
      const found: Apart[] = []
      for (const trial of trials) {
        await pairsOf(browser, dsl, trial, 100, random)
        found.push(apartOf(trial.what, await pairsOf(browser, dsl, trial, pairs, random), random))
      }
      return found
    } finally {
      browser.close()
      await server.stop()
    }
  }
  try {
    const trials = await trialsOf(admin, dsl)
    const apart = await measure(trials)
    const delayMs = Math.max(1, Math.ceil((apart[0]?.medianMs ?? 0) * boundOfMedian * 2))
    const planted = await measure(trials.slice(0, 1), { path: trials[0]?.notTheirs ?? '', delayMs })
    return { apart, planted, delayMs }
  } finally {
    await forget(admin, dsl)
  }
}

/** The measurement as lines, each saying whether it holds. */
export function oneAnswerInWords({ apart, planted, delayMs }: Awaited<ReturnType<typeof measureOneAnswer>>): string {
  const said = (one: Apart) => {
    const share = (ms: number) => `${((ms / one.medianMs) * 100).toFixed(1)} %`
    return `${one.what}: ${one.medianMs.toFixed(2)} ms for one that does not exist, ${one.apartMs.toFixed(3)} ms more (${one.fromMs.toFixed(3)} to ${one.toMs.toFixed(3)}; ${share(one.fromMs)} to ${share(one.toMs)})`
  }
  return [
    ...apart.map(one => `${said(one)}: ${isBounded(one) ? 'within' : 'NOT WITHIN'} ${boundOfMedian * 100} %`),
    ...planted.map(
      one => `with ${delayMs} ms planted, ${said(one)}: ${one.fromMs > 0 && !isBounded(one) ? 'noticed' : 'NOT NOTICED'}`,
    ),
  ].join('\n')
}
