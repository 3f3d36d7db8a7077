import pg from 'pg'
import { systemClock } from '../src/platform/clock.ts'
import type { OpenDatabase } from '../src/platform/open-database.ts'
import { Browser, openSessions, type Session } from './browser.ts'
import { type Line, middleOf, type Times, timed } from './measure.ts'
import type { ServerProcess } from './server-process.ts'

/** A page, and the bare query that fetches what it shows. */
interface Page {
  readonly what: string
  path(subject: Subject): string
  readonly bare: string
  values(subject: Subject): readonly unknown[]
}

interface Subject {
  readonly session: Session
  readonly childId: string
  readonly beginning: string
}

const entriesOnThatChild = 200
const pages: readonly Page[] = [
  {
    what: "DSL's today",
    path: () => '/today',
    bare: `select o.*, k.given_name, k.family_name, k.class_name, c.due_at, c.name as clock, r.destination, a.adult_id as told, a.seen_at
      from concern o
      left join concern_child x on x.school_id = o.school_id and x.concern_id = o.id left join child k on k.school_id = o.school_id and k.id = x.child_id
      left join clock c on c.school_id = o.school_id and c.concern_id = o.id and c.met_at is null
      left join referral r on r.school_id = o.school_id and r.concern_id = o.id and r.state <> 'concluded'
      left join alert a on a.school_id = o.school_id and a.concern_id = o.id
      where o.school_id = $1 and o.state <> 'closed' order by o.recorded_at`,
    values: ({ session }) => [session.schoolId],
  },
  {
    what: `a child's file with ${entriesOnThatChild} entries`,
    path: ({ childId }) => `/children/${childId}`,
    bare: `select e.*, c.reference, c.state, c.urgent, a.name as author from entry e
      left join concern c on c.school_id = e.school_id and c.id = e.concern_id left join adult a on a.school_id = e.school_id and a.id = e.author_id
      where e.school_id = $1 and e.child_id = $2 order by e.happened_on desc, e.recorded_at desc, e.id`,
    values: ({ session, childId }) => [session.schoolId, childId],
  },
  {
    what: 'find a pupil by the beginnings of names',
    path: ({ beginning }) => `/children/find?q=${encodeURIComponent(beginning)}`,
    bare: `select id, given_name, family_name, year_group, class_name, born from child where school_id = $1 and (' ' || search_name) like '% ' || $2 || '%'
      order by family_name, given_name limit 50`,
    values: ({ session, beginning }) => [session.schoolId, beginning],
  },
]

const requestsInRound = 200

async function subjectsOf(admin: pg.Client, sessions: readonly Session[]): Promise<readonly Subject[]> {
  const subjects: Subject[] = []
  for (const session of sessions) {
    const { rows } = await admin.query<{ child_id: string }>(
      `select child_id from entry e join child c on c.school_id = e.school_id and c.id = e.child_id
       where e.school_id = $1 and not $2 = any (c.tied) group by child_id order by abs(count(*) - $3), child_id limit 1`,
      [session.schoolId, session.adultId, entriesOnThatChild],
    )
    const child = rows[0]
    if (!child) throw new Error('the school has no child with entries')
    for (const beginning of ['smi', 'kha', 'muh', 'oli jo']) subjects.push({ session, childId: child.child_id, beginning })
  }
  return subjects
}

const auditRow = {
  name: 'bare_audit',
  text: `insert into audit_entry (school_id, chain, n, at, actor_id, action, subject_kind, subject_id, outcome, body, hash)
    values ($1, $2, $3, $4, $5, 'file.opened', 'child', $6, 'done', $7, sha256(convert_to($7, 'UTF8')))`,
}

async function bareRound(client: pg.Client, page: Page, subjects: readonly Subject[], chain: string): Promise<Times> {
  return timed(1, requestsInRound, async n => {
    const subject = subjects[n % subjects.length]
    if (!subject) return
    const { session, childId } = subject
    await client.query('BEGIN')
    await client.query({ name: `bare ${page.what}`.slice(0, 60), text: page.bare, values: [...page.values(subject)] })
    await client.query({
      ...auditRow,
      values: [
        session.schoolId,
        chain,
        n,
        systemClock.now(),
        session.adultId,
        childId,
        JSON.stringify({ action: 'file.opened', subject: childId }),
      ],
    })
    await client.query('COMMIT')
  })
}

/** The pages that are opened all day, one after the other over one connection, beside the bare query and the bare append. */
export async function measureReading(
  database: OpenDatabase,
  admin: pg.Client,
  server: ServerProcess,
  rounds: number,
): Promise<Line[]> {
  const sessions = await openSessions(admin, 'dsl', 5, 1, systemClock.now())
  const subjects = await subjectsOf(admin, sessions)
  const browser = new Browser(server.port, 1)
  const client = new pg.Client(database.admin)
  await client.connect()
  const lines: Line[] = []
  try {
    for (const page of pages) {
      const read = (n: number) => {
        const subject = subjects[n % subjects.length]
        if (!subject) throw new Error('nobody to read as')
        return browser.get(subject.session, page.path(subject)).then(answer => {
          if (answer.status !== 200) throw new Error(`${page.path(subject)} answered ${answer.status}`)
          return answer
        })
      }
      const bytes = (await read(0)).body.length
      await timed(1, subjects.length * 2, read)
      const measured: { ours: Times; bare: Times }[] = []
      for (let round = 0; round < rounds; round += 1) {
        const chain = `bare-${Date.now()}`
        const bare = await bareRound(client, page, subjects, chain)
        const ours = await timed(1, requestsInRound, read)
        console.error(`  ${page.what}: p50 ${ours.p50.toFixed(1)} p95 ${ours.p95.toFixed(1)} ms; bare ${bare.p50.toFixed(1)} ms`)
        measured.push({ bare, ours })
      }
      lines.push({
        what: `${page.what} (${Math.round(bytes / 1000)} kB of HTML)`,
        ours: middleOf(measured.map(one => one.ours)),
        bare: middleOf(measured.map(one => one.bare)),
      })
    }
  } finally {
    browser.close()
    await client.end()
    await admin.query(`delete from audit_entry where chain like 'bare-%'`)
  }
  return lines
}
