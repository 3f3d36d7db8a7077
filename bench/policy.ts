import { join } from 'node:path'
import type pg from 'pg'
import { lookRoundSchool } from '../src/features/alerts/index.ts'
import type { NewConcern } from '../src/features/concerns/model.ts'
import { decideRecording } from '../src/features/concerns/rules.ts'
import type { AdultId, ChildId, ConcernId, SchoolId } from '../src/kernel/ids.ts'
import { toInstant } from '../src/kernel/london-time.ts'
import { type Instant, instantOf, type LocalTime, type PlainDate } from '../src/kernel/plain-date.ts'
import { Database } from '../src/platform/database.ts'
import { newId } from '../src/platform/identifiers.ts'
import type { OpenDatabase } from '../src/platform/open-database.ts'
import { repositoryRoot } from '../src/platform/repository-root.ts'
import { Sealing } from '../src/platform/sealing.ts'
import { faultInWords } from '../src/policy/faults.ts'
import { loadPolicies } from '../src/policy/load.ts'
import type { Profile } from '../src/policy/profile.ts'
import { workInBackground } from '../src/work/work.ts'
import { emptyConcern } from './concern-rows.ts'
import { median } from './measure.ts'
import { largePolicies } from './open-large.ts'

/** What the rules cost, in milliseconds: of the processor where the machine may be busy with something else. */
export interface PolicyTimes {
  /** Reading and checking every file, and the profile of each school: for the first time in a process, and again. */
  readonly loadFirst: number
  readonly loadTaken: number
  readonly load: number
  /** What recording one concern brings about: who is told, which clocks run, what the chronology gains. */
  readonly concern: number
  /** One look round a school with so many clocks, a hundredth of them just overdue; the whole of it, and what the server took of it. */
  readonly sweep: { readonly clocks: number; readonly taken: number; readonly server: number }
}

const friday = '2026-11-20' as PlainDate
const clocks = 100_000

function cpuMs(body: () => void): number {
  const before = process.cpuUsage()
  body()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function load(): readonly Profile[] {
  const policies = loadPolicies(join(repositoryRoot, 'policies'))
  if (!policies.ok) throw new Error(policies.refusal.map(faultInWords).join('\n'))
  return policies.value.keys.map(key => policies.value.profile(key, friday))
}

function decideOne(profile: Profile): void {
  const childId = newId<ChildId>()
  const adultId = newId<AdultId>()
  const concern: NewConcern = {
    ...emptyConcern,
    id: newId<ConcernId>(),
    urgent: true,
    prompts: profile.concern.prompts.slice(0, 2).map(({ id }) => id),
    children: [{ childId, involvement: 'subject' }],
  }
  const facts = {
    idStanding: 'free' as const,
    holders: [{ adultId, role: 'dsl' as const, name: '', absent: false }],
    children: [{ childId, tied: [], leavesAt: '15:15' as LocalTime, homeAuthority: null }],
    adultsOfSchool: [],
    relativesOfNamed: [],
  }
  const decided = decideRecording(profile, facts, concern, adultId, toInstant(friday, '14:10' as LocalTime), newId, ['dsl'])
  if (!decided.ok) throw new Error(decided.refusal.code)
}

/** So many clocks at one school, each like one that ran there. */
async function addClocks(admin: pg.Client, school: string, now: Instant): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'clock' and is_generated = 'NEVER'`,
  )
  const other: Readonly<Record<string, string>> = {
    id: 'gen_random_uuid()',
    says: `'measured'`,
    met_at: 'null',
    ended_at: 'null',
    breached_at: 'null',
    due_at: `$2::timestamptz + (case when n % 100 = 0 then -1 else n end) * interval '1 minute'`,
  }
  await admin.query(
    `insert into clock (${rows.map(({ name }) => name).join()}) select ${rows.map(({ name }) => other[name] ?? `s.${name}`).join()}
      from (select * from clock where school_id = $1 and name = 'triage' limit 1) s, generate_series(1, $3::int) as n`,
    [school, now, clocks],
  )
  await admin.query('analyze clock')
}

async function sweep(database: OpenDatabase, admin: pg.Client): Promise<PolicyTimes['sweep']> {
  const tools = {
    database: new Database(database.app),
    policies: largePolicies(),
    sealing: new Sealing(database.masterKey),
    outboxFilled: () => undefined,
  }
  const { rows } = await admin.query<{ id: SchoolId }>(
    'select school_id as id from clock group by 1 order by count(*) desc limit 1',
  )
  const school = rows[0]?.id
  if (!school) throw new Error('the trust has no clocks')
  const now = instantOf(Date.now())
  const look = () => workInBackground(tools, school, now, async work => ({ commit: false, value: await lookRoundSchool(work) }))
  try {
    await look()
    await addClocks(admin, school, now)
    const from = performance.now()
    const before = process.cpuUsage()
    const { breached } = await look()
    const { user, system } = process.cpuUsage(before)
    if (breached === 0) throw new Error('nothing was overdue')
    return { clocks, taken: performance.now() - from, server: (user + system) / 1000 }
  } finally {
    await admin.query(`delete from clock where says = 'measured'`)
    await admin.query('vacuum analyze clock')
    await tools.database.close()
  }
}

/** Loads every profile, decides concerns by each school's rules, and looks round a school with very many clocks. */
export async function measurePolicy(database: OpenDatabase, admin: pg.Client): Promise<PolicyTimes> {
  const startedAt = performance.now()
  const loadFirst = cpuMs(load)
  const loadTaken = performance.now() - startedAt
  const loads = Array.from({ length: 9 }, () => cpuMs(load))
  const profiles = load()
  const rounds = 200
  const decideAll = () => {
    for (let n = 0; n < rounds; n += 1) profiles.forEach(decideOne)
  }
  decideAll()
  return {
    loadFirst,
    loadTaken,
    load: median(loads),
    concern: cpuMs(decideAll) / (rounds * profiles.length),
    sweep: await sweep(database, admin),
  }
}

/** The times as sentences. */
export function policyInWords({
  loadFirst,
  loadTaken,
  load: again,
  concern,
  sweep: { clocks: many, taken, server },
}: PolicyTimes): string {
  return [
    `load all profiles: ${loadTaken.toFixed(0)} ms at first (${loadFirst.toFixed(0)} ms of processor), ${again.toFixed(0)} ms of processor again`,
    `decide one concern: ${concern.toFixed(3)} ms of processor`,
    `look round a school with ${many} more clocks running: ${taken.toFixed(0)} ms, ${server.toFixed(0)} ms of them the server's processor`,
  ].join('\n')
}
