import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { demo } from '../../../demo/people.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { testTools } from '../../../test/support/demonstration.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { epochInMs, type Instant, instantOf } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type WorkTools, workAs, workInBackground } from '../../work/work.ts'
import { type NewConcern, recordConcern } from '../concerns/index.ts'
import { lookRoundSchool } from './commands.ts'
import { drainOutbox, sendAlertMail } from './outbox.ts'

const recordedAt = '2026-11-20T10:00:00.000Z' as Instant
const minutesLater = (minutes: number) => instantOf(epochInMs(recordedAt) + minutes * 60_000)
const school = demo.westley

function aConcern(more: Partial<NewConcern> = {}): NewConcern {
  const child = school.children[0]
  assert.ok(child)
  return {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' },
    children: [{ childId: child.childId, involvement: 'subject' }],
    newChildren: [],
    adults: [],
    happenedOn: null,
    happenedAtTime: null,
    happenedSays: '',
    location: '',
    urgent: false,
    stub: false,
    category: null,
    prompts: [],
    voiceTold: null,
    account: { childWords: '', seen: 'Secretword zebra.', opinion: '', done: '' },
    marks: [],
    ...more,
  }
}

describe('being told', () => {
  let database: TestDatabase
  let tools: WorkTools
  let admin: pg.Pool
  const holders = (role: string) =>
    Object.values(school.adults).filter(adult => (adult.roles as readonly string[]).includes(role))

  before(async () => {
    database = await createTestDatabase('demonstration')
    tools = testTools(database.app)
    admin = new pg.Pool({ ...database.admin, max: 1 })
    await admin.query('delete from absence')
  })
  after(async () => {
    await tools.database.close()
    await admin.end()
  })

  const record = async (concern: NewConcern, at = recordedAt) => {
    const teacher = holders('teacher')[0]
    assert.ok(teacher)
    const recorded = await workAs(tools, { schoolId: school.id, adultId: teacher.adultId }, at, async work => ({
      commit: true,
      value: await recordConcern(work, concern),
    }))
    assert.ok(recorded.ok)
    return concern.id
  }
  const look = (at: Instant) =>
    workInBackground(tools, school.id, at, async work => ({ commit: true, value: await lookRoundSchool(work) }))
  const concernOf = async (id: ConcernId) =>
    (await admin.query<{ state: string; owner_id: AdultId }>('select state, owner_id from concern where id = $1', [id])).rows[0]
  const alertsOf = async (id: ConcernId) =>
    (
      await admin.query<{ adult_id: AdultId; kind: string; role: string }>(
        'select adult_id, kind, role from alert where concern_id = $1 order by told_at, step, id',
        [id],
      )
    ).rows
  const away = async (adults: readonly { adultId: AdultId }[], from: Instant, until: Instant | null) => {
    for (const adult of adults)
      await admin.query(
        `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, $5, 'out', $3)`,
        [school.id, newId(), adult.adultId, from, until],
      )
  }

  test('[WY-11c-01] the DSL is told first; with no answer in the profile’s time the deputy is told, then the headteacher', async () => {
    const id = await record(aConcern())
    assert.deepEqual([...new Set((await alertsOf(id)).map(alert => alert.role))], ['dsl'])
    await look(minutesLater(1))
    assert.equal((await alertsOf(id)).length, holders('dsl').length, 'nobody else before the time is over')
    await look(minutesLater(24 * 60))
    assert.ok((await alertsOf(id)).some(alert => alert.role === 'deputy-dsl' && alert.kind === 'passed-on'))
    await look(minutesLater(5 * 24 * 60))
    assert.ok((await alertsOf(id)).some(alert => alert.role === 'headteacher' && alert.kind === 'passed-on'))
    const told = (await alertsOf(id)).length
    await look(minutesLater(5 * 24 * 60))
    assert.equal((await alertsOf(id)).length, told, 'a second look changes nothing')
  })

  test('a DSL who goes out hands what is new to the deputy at once', async () => {
    const id = await record(aConcern())
    await away(holders('dsl'), minutesLater(2), minutesLater(240))
    await look(minutesLater(3))
    const deputies = (await alertsOf(id)).filter(alert => alert.role === 'deputy-dsl').map(alert => alert.adult_id)
    const owner = (await concernOf(id))?.owner_id
    assert.ok(owner && deputies.includes(owner), 'a deputy who was told has it now')
    await admin.query('delete from absence')
  })

  test('a concern that nobody inside can be given is kept as unreached, and the next to be there receives it', async () => {
    const everyone = Object.values(school.adults)
    await away(everyone, minutesLater(-60), minutesLater(60))
    const id = await record(aConcern({ urgent: true }))
    assert.equal((await concernOf(id))?.state, 'unreached')
    await look(minutesLater(5))
    assert.equal((await concernOf(id))?.state, 'unreached', 'still unreached while nobody is there')
    await look(minutesLater(61))
    const now = await concernOf(id)
    assert.equal(now?.state, 'new')
    assert.ok((await alertsOf(id)).some(alert => alert.adult_id === now?.owner_id))
    await admin.query('delete from absence')
  })

  test('a newly appointed DSL receives what was unreached because every other one is named in it', async () => {
    const team = Object.values(school.adults).filter(adult =>
      adult.roles.some(role => ['dsl', 'deputy-dsl', 'headteacher', 'deputy-headteacher', 'senior-leader'].includes(role)),
    )
    const id = await record(
      aConcern({
        adults: team.map(adult => ({
          adultId: adult.adultId,
          name: adult.name,
          relation: '',
          involvement: 'alleged' as const,
          toldAt: null,
        })),
      }),
    )
    assert.equal((await concernOf(id))?.state, 'unreached')
    assert.deepEqual(await alertsOf(id), [])
    const newcomer = holders('teacher').find(adult => !team.includes(adult))
    assert.ok(newcomer)
    await admin.query(`insert into appointment (school_id, id, adult_id, role, starts_at) values ($1, $2, $3, 'dsl', $4)`, [
      school.id,
      newId(),
      newcomer.adultId,
      minutesLater(10),
    ])
    await look(minutesLater(11))
    assert.deepEqual(
      (await alertsOf(id)).map(alert => alert.adult_id),
      [newcomer.adultId],
    )
    assert.equal((await concernOf(id))?.state, 'new')
    await admin.query('delete from appointment where starts_at = $1', [minutesLater(10)])
  })

  test('open work moves when its owner leaves', async () => {
    const id = await record(aConcern())
    await admin.query(`update concern set state = 'open' where id = $1`, [id])
    const owner = (await concernOf(id))?.owner_id
    await admin.query('update appointment set ends_at = $2 where adult_id = $1', [owner, minutesLater(5)])
    await look(minutesLater(6))
    const moved = await concernOf(id)
    assert.notEqual(moved?.owner_id, owner)
    assert.ok((await alertsOf(id)).some(alert => alert.kind === 'handed-over' && alert.adult_id === moved?.owner_id))
    await admin.query('update appointment set ends_at = null where adult_id = $1 and ends_at = $2', [owner, minutesLater(5)])
  })

  test('the mail names no child, no colleague and nothing of the concern; drained twice it is queued once', async () => {
    const id = await record(aConcern())
    const queued = new Map<string, Parameters<typeof sendAlertMail>[3]>()
    const jobs = {
      addMails: async (mails: readonly { id: string; data: Parameters<typeof sendAlertMail>[3] }[]) =>
        mails.forEach(mail => {
          queued.set(mail.id, mail.data)
        }),
      addScan: async () => undefined,
    }
    await drainOutbox(tools, jobs, school.id, minutesLater(1))
    assert.equal(await drainOutbox(tools, jobs, school.id, minutesLater(1)), 0)
    const job = [...queued.values()].find(data => data.concernId === id)
    assert.ok(job)
    const sent: { to: string; subject: string; text: string }[] = []
    await sendAlertMail(
      tools,
      async mail => {
        sent.push(mail)
      },
      'http://localhost:3000',
      job,
      minutesLater(1),
    )
    await sendAlertMail(
      tools,
      async mail => {
        sent.push(mail)
      },
      'http://localhost:3000',
      job,
      minutesLater(1),
    )
    assert.equal(sent.length, 1)
    const text = JSON.stringify(sent[0])
    const child = school.children[0]
    assert.ok(child && !text.includes(child.name) && !/zebra|concern|urgent|welfare/i.test(text.replace('/alerts', '')))
  })

  test('whoever is put outside a concern before the mail has gone gets none', async () => {
    const concernId = await record(aConcern())
    const [alert] = await alertsOf(concernId)
    assert.ok(alert)
    await admin.query('update alert set excluded = array[adult_id] where concern_id = $1', [concernId])
    const sent: unknown[] = []
    await sendAlertMail(
      tools,
      async mail => void sent.push(mail),
      'https://holdfast.example',
      { schoolId: school.id, kind: 'alert-mail', adultId: alert.adult_id, concernId },
      recordedAt,
    )
    assert.deepEqual(sent, [])
  })

  test('a mail server that is away loses nothing: the alert stays unmailed and the queue tries again', async () => {
    const id = await record(aConcern())
    const alert = (await alertsOf(id))[0]
    assert.ok(alert)
    const job = { schoolId: school.id, kind: 'alert-mail', adultId: alert.adult_id, concernId: id }
    await assert.rejects(
      sendAlertMail(
        tools,
        async () => {
          throw new Error('connection refused')
        },
        'http://localhost:3000',
        job,
        minutesLater(1),
      ),
    )
    const { rows } = await admin.query('select mailed_at from alert where concern_id = $1', [id])
    assert.equal(rows[0]?.mailed_at, null)
  })
})
