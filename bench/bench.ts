// What recording and reading cost on a seeded trust: `npm run bench -- --size 0.1 [--rounds 5] [--only record|read|policy|audit|one-answer [--pairs 2000]] [--json]`.

import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { systemClock } from '../src/platform/clock.ts'
import type { OpenDatabase } from '../src/platform/open-database.ts'
import { auditInWords, measureAudit } from './audit.ts'
import { BareWriter, readWritten, removeRecordedSince, type Written } from './bare.ts'
import { Browser, openSessions, type Session } from './browser.ts'
import { type Line, middleOf, type Times, timed } from './measure.ts'
import { measureOneAnswer, oneAnswerInWords } from './one-answer.ts'
import { openLarge, placeOf } from './open-large.ts'
import { measurePolicy, policyInWords } from './policy.ts'
import { measureReading } from './reading.ts'
import { type Draft, saveDraft, submitDraft } from './recording.ts'
import { databaseCpuMs, ServerProcess } from './server-process.ts'

const { values } = parseArgs({
  options: {
    size: { type: 'string' },
    data: { type: 'string' },
    database: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    pairs: { type: 'string', default: '2000' },
    profile: { type: 'string' },
    json: { type: 'boolean' },
  },
})

const manyConnections = 10
const schoolsUsed = 5
/** Nobody has many drafts: as many people as a busy morning. */
const teachersEach = 40
const countFor = (connections: number) => (connections === 1 ? 200 : 1500)

async function childrenOf(admin: pg.Client, sessions: readonly Session[]): Promise<Map<string, readonly string[]>> {
  const bySchool = new Map<string, readonly string[]>()
  for (const { schoolId } of sessions) {
    const { rows } = await admin.query<{ id: string }>(
      `select id from child where school_id = $1 and standing = 'on-roll' and tied = '{}' order by id limit 200`,
      [schoolId],
    )
    bySchool.set(
      schoolId,
      rows.map(row => row.id),
    )
  }
  return bySchool
}

interface Recording {
  readonly browser: Browser
  readonly sessions: readonly Session[]
  readonly children: ReadonlyMap<string, readonly string[]>
  readonly bare: readonly BareWriter[]
  readonly server: ServerProcess
  readonly admin: pg.Client
}

async function prepareDrafts(on: Recording, count: number): Promise<readonly Draft[]> {
  const drafts: Draft[] = []
  await timed(manyConnections, count, async n => {
    const session = on.sessions[n % on.sessions.length]
    const children = session ? (on.children.get(session.schoolId) ?? []) : []
    const child = children[Math.floor(n / on.sessions.length) % children.length]
    if (!session || !child) throw new Error('no school to record at')
    drafts[n] = await saveDraft(on.browser, session, child, systemClock.now())
  })
  return drafts
}

async function recordRound(on: Recording, connections: number): Promise<Omit<Line, 'what'>> {
  const count = countFor(connections)
  const drafts = await prepareDrafts(on, count)
  const bare = await timed(connections, count, (n, connection) => on.bare[connection]?.write(n) ?? Promise.reject())
  const before = { server: (await on.server.usage()).cpuMs, database: await databaseCpuMs(on.admin) }
  const ours = await timed(connections, count, n => {
    const draft = drafts[n]
    return draft ? submitDraft(on.browser, draft) : Promise.reject()
  })
  const serverCpuMs = ((await on.server.usage()).cpuMs - before.server) / count
  const databaseMs = await databaseCpuMs(on.admin)
  if (databaseMs === undefined || before.database === undefined) return { ours, bare, serverCpuMs }
  return { ours, bare, serverCpuMs, databaseCpuMs: (databaseMs - before.database) / count }
}

async function patternsOf(admin: pg.Client, on: Omit<Recording, 'bare'>): Promise<readonly (readonly Written[])[]> {
  const drafts = await prepareDrafts({ ...on, bare: [] }, schoolsUsed)
  const patterns: (readonly Written[])[] = []
  for (const draft of drafts) {
    await submitDraft(on.browser, draft)
    patterns.push(await readWritten(admin, draft.id))
  }
  return patterns
}

async function measureRecording(
  database: OpenDatabase,
  admin: pg.Client,
  server: ServerProcess,
  rounds: number,
): Promise<Line[]> {
  const startedAt = systemClock.now()
  const sessions = await openSessions(admin, 'teacher', schoolsUsed, teachersEach, startedAt)
  const browser = new Browser(server.port, manyConnections)
  const on = { browser, sessions, children: await childrenOf(admin, sessions), server, admin }
  const patterns = await patternsOf(admin, on)
  console.error(`one concern writes ${patterns[0]?.map(({ table, rows }) => `${rows.length} ${table}`).join(', ')}`)
  const bare: BareWriter[] = []
  for (let n = 0; n < manyConnections; n += 1) bare.push(await BareWriter.open(database, `bare-${Date.now()}-${n}`, patterns))
  const lines: Line[] = []
  try {
    for (const connections of [1, manyConnections]) {
      await recordRound({ ...on, bare }, connections)
      const measured: Omit<Line, 'what'>[] = []
      for (let round = 0; round < rounds; round += 1) {
        const one = await recordRound({ ...on, bare }, connections)
        console.error(`  ${connections} connections: ${said(one.ours)}; bare ${said(one.bare)}; load ${loadavg()[0]?.toFixed(1)}`)
        measured.push(one)
      }
      lines.push(
        middle(`record a concern, ${connections} connection${connections > 1 ? 's' : ''}, ${schoolsUsed} schools`, measured),
      )
    }
  } finally {
    for (const writer of bare) await writer.close()
    browser.close()
    await removeRecordedSince(admin, startedAt)
  }
  return lines
}

function middle(what: string, measured: readonly Omit<Line, 'what'>[]): Line {
  const cpu = (pick: (one: Omit<Line, 'what'>) => number | undefined) =>
    middleOf(measured.map(one => ({ count: 0, p95: 0, p99: 0, eachSecond: 0, p50: pick(one) ?? 0 }))).p50
  return {
    what,
    ours: middleOf(measured.map(one => one.ours)),
    bare: middleOf(measured.map(one => one.bare)),
    serverCpuMs: cpu(one => one.serverCpuMs),
    databaseCpuMs: cpu(one => one.databaseCpuMs),
  }
}

function said(times: Times): string {
  return `${times.eachSecond.toFixed(0)}/s p50 ${times.p50.toFixed(1)} p95 ${times.p95.toFixed(1)} p99 ${times.p99.toFixed(1)} ms`
}

function print(line: Line): void {
  const ratio = (line.ours.p50 / line.bare.p50).toFixed(2)
  console.log(
    `${line.what}\n  product ${said(line.ours)}\n  bare    ${said(line.bare)}\n  ratio of p50 ${ratio}, of throughput ${(line.ours.eachSecond / line.bare.eachSecond).toFixed(2)}`,
  )
  if (line.serverCpuMs)
    console.log(
      `  processor time for one: server ${line.serverCpuMs.toFixed(2)} ms, database ${(line.databaseCpuMs ?? 0).toFixed(2)} ms`,
    )
}

const place = placeOf(values)
const database = await openLarge(place)
const admin = new pg.Client(database.admin)
await admin.connect()
let server: ServerProcess | undefined
if (values.only === 'policy' || values.only === 'one-answer' || values.only === 'audit') {
  try {
    if (values.only === 'policy') {
      const times = await measurePolicy(database, admin)
      console.log(values.json ? JSON.stringify(times, undefined, 1) : policyInWords(times))
    } else if (values.only === 'audit') {
      const times = await measureAudit(database, admin)
      console.log(values.json ? JSON.stringify(times, undefined, 1) : auditInWords(times))
    } else {
      const found = await measureOneAnswer(database, admin, Number(values.pairs))
      console.log(values.json ? JSON.stringify(found, undefined, 1) : oneAnswerInWords(found))
    }
  } finally {
    await admin.end()
    await database.stop()
  }
  process.exit()
}
try {
  server = await ServerProcess.start(database, values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [])
  const rounds = Number(values.rounds)
  const lines: Line[] = []
  if (values.only !== 'record') lines.push(...(await measureReading(database, admin, server, rounds)))
  if (values.only !== 'read') lines.push(...(await measureRecording(database, admin, server, rounds)))
  const { residentBytes } = await server.usage()
  if (values.json) console.log(JSON.stringify({ size: place.size, residentBytes, load: loadavg()[0], lines }, undefined, 1))
  else {
    console.log(
      `size ${place.size}, load ${loadavg()
        .map(load => load.toFixed(1))
        .join(' ')}, server resident ${Math.round(residentBytes / 1e6)} MB`,
    )
    lines.forEach(print)
  }
} finally {
  await server?.stop()
  await admin.end()
  await database.stop()
}
