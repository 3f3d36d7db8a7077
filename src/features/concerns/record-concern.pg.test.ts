import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { demo } from '../../../demo/people.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { demonstrationLoadedAt, testTools } from '../../../test/support/demonstration.ts'
import { verifyDatabase } from '../../audit/verify.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type WorkTools, workAs } from '../../work/work.ts'
import { recordConcern } from './commands.ts'
import type { NewConcern } from './model.ts'

const now = '2026-11-20T14:10:00.000Z' as Instant

function concernAbout(child: { childId: NewConcern['children'][number]['childId'] }, more: Partial<NewConcern> = {}): NewConcern {
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
    prompts: ['disclosure'],
    voiceTold: null,
    account: { childWords: '“I do not want to go home.”', seen: 'Crying at the end of maths.', opinion: '', done: '' },
    marks: [],
    ...more,
  }
}

describe('recording a concern', () => {
  let database: TestDatabase
  let tools: WorkTools
  let admin: pg.Pool
  const school = demo.westPark
  const teacher = { schoolId: school.id, adultId: school.adults.teacher.adultId }

  before(async () => {
    database = await createTestDatabase('demonstration')
    tools = testTools(database.app)
    admin = new pg.Pool({ ...database.admin, max: 1 })
  })
  after(async () => {
    await tools.database.close()
    await admin.end()
  })

  const record = (concern: NewConcern, who = teacher, at = now) =>
    workAs(tools, who, at, async work => ({ commit: true, value: await recordConcern(work, concern) }))
  const alerted = async (id: string) =>
    (
      await admin.query<{ adult_id: string }>(
        `select adult_id from alert where concern_id = $1 and kind <> 'for-return' order by adult_id`,
        [id],
      )
    ).rows.map(row => row.adult_id)

  test('a teacher records a concern and the DSL and the deputy are told at once', async () => {
    assert.ok(now > demonstrationLoadedAt)
    const concern = concernAbout(school.pupils.amina)
    const recorded = await record(concern)
    assert.ok(recorded.ok && !recorded.value.unreached)
    const told = await alerted(concern.id)
    assert.ok(told.includes(school.adults.dsl.adultId), 'the DSL is told')
    const outbox = await admin.query('select 1 from outbox where concern_id = $1', [concern.id])
    assert.equal(outbox.rowCount, told.length, 'a mail for each person told')
    const entry = await admin.query<{ heading: string; child_id: string }>(
      'select heading, child_id from entry where concern_id = $1',
      [concern.id],
    )
    assert.equal(entry.rows[0]?.child_id, school.pupils.amina.childId)
    assert.doesNotMatch(entry.rows[0]?.heading ?? '', /home|maths/i, 'the heading carries nothing of the account')
  })

  test('where the DSL was told by voice first, the urgent alert was met at the time of telling and not of writing', async () => {
    const { dsl } = school.adults
    const toldAt = '2026-11-20T13:42:00.000Z' as Instant
    const concern = concernAbout(school.pupils.amina, {
      urgent: true,
      voiceTold: true,
      adults: [{ adultId: dsl.adultId, name: dsl.name, relation: 'DSL', involvement: 'told', toldAt }],
    })
    assert.ok((await record(concern)).ok)
    const { rows } = await admin.query<{ name: string; met_at: string }>(
      'select name, met_at from clock where concern_id = $1 and met_at is not null order by name',
      [concern.id],
    )
    assert.deepEqual(
      rows.map(row => [row.name, new Date(row.met_at).toISOString()]),
      [
        ['record-written', now],
        ['urgent-alert', toldAt],
      ],
    )
  })

  test('pressing twice records once', async () => {
    const concern = concernAbout(school.pupils.amina)
    const first = await record(concern)
    const second = await record(concern)
    assert.ok(first.ok)
    assert.ok(!second.ok && second.refusal.code === 'already-recorded')
    const { rowCount } = await admin.query('select 1 from concern where id = $1', [concern.id])
    assert.equal(rowCount, 1)
  })

  test('a child of another school cannot be named by a guessed id', async () => {
    const concern = concernAbout(demo.westley.children[0] ?? school.pupils.amina)
    const recorded = await record(concern)
    assert.ok(!recorded.ok && recorded.refusal.code === 'child-not-known')
    assert.equal((await admin.query('select 1 from concern where id = $1', [concern.id])).rowCount, 0)
  })

  test('a DSL named in a concern is outside it from that moment: not told, and the database shows them nothing', async () => {
    const dsl = school.adults.dsl
    const concern = concernAbout(school.pupils.amina, {
      adults: [{ adultId: dsl.adultId, name: dsl.name, relation: '', involvement: 'alleged', toldAt: null }],
    })
    const recorded = await record(concern)
    assert.ok(recorded.ok)
    assert.ok(!(await alerted(concern.id)).includes(dsl.adultId))
    const seen = await workAs(tools, { schoolId: school.id, adultId: dsl.adultId }, now, async work => {
      const tables = ['concern', 'concern_account', 'concern_child', 'concern_adult', 'alert', 'clock', 'entry'] as const
      const counts: number[] = []
      for (const table of tables) {
        const column = table === 'concern' ? 'id' : 'concern_id'
        const rows = await work.tx.run<{ n: number }>(
          { name: `count_${table}`, text: `select count(*) as n from ${table} where school_id = $1 and ${column} = $2` },
          [school.id, concern.id],
        )
        counts.push(rows[0]?.n ?? -1)
      }
      return { commit: false, value: counts }
    })
    assert.deepEqual(seen, [0, 0, 0, 0, 0, 0, 0])
  })

  test('a relative of the adult who is said to have harmed is outside it, also when they are the colleague who was told', async () => {
    const { dsl, deputy } = school.adults
    const tie = newId<string>()
    await admin.query(
      `insert into tie (school_id, id, adult_id, other_adult_id, kind, starts_at) values ($1, $2, $3, $4, 'relative', '2020-09-01')`,
      [school.id, tie, dsl.adultId, deputy.adultId],
    )
    const concern = concernAbout(school.pupils.amina, {
      adults: [
        { adultId: dsl.adultId, name: dsl.name, relation: '', involvement: 'alleged', toldAt: null },
        { adultId: deputy.adultId, name: deputy.name, relation: '', involvement: 'told', toldAt: now },
      ],
    })
    assert.ok((await record(concern)).ok)
    await admin.query('delete from tie where id = $1', [tie])
    const told = await alerted(concern.id)
    assert.ok(!told.includes(dsl.adultId) && !told.includes(deputy.adultId))
    const { rows } = await admin.query<{ excluded: string[] }>('select excluded from concern where id = $1', [concern.id])
    assert.deepEqual(rows[0]?.excluded.toSorted(), [dsl.adultId, deputy.adultId].toSorted())
  })

  test('a teacher who did not write it sees nothing of it in the database', async () => {
    const concern = concernAbout(school.pupils.amina)
    assert.ok((await record(concern)).ok)
    const other = Object.values(school.adults).find(
      adult => adult.roles.length === 1 && adult.roles[0] === 'teacher' && adult.adultId !== teacher.adultId,
    )
    assert.ok(other)
    const count = await workAs(tools, { schoolId: school.id, adultId: other.adultId }, now, async work => {
      const rows = await work.tx.run<{ n: number }>(
        {
          name: 'count_words',
          text: 'select (select count(*) from concern where id = $1) + (select count(*) from concern_account where concern_id = $1) + (select count(*) from entry where concern_id = $1) as n',
        },
        [concern.id],
      )
      return { commit: false, value: rows[0]?.n }
    })
    assert.equal(count, 0)
  })

  test('the words, once written, can be changed by nobody who serves requests', async () => {
    const concern = concernAbout(school.pupils.amina)
    assert.ok((await record(concern)).ok)
    for (const statement of [
      "update concern_account set seen = 'x'",
      "update concern set location = 'x'",
      'delete from concern',
      'delete from audit_entry',
      "update audit_entry set body = '{}'",
      'truncate entry',
    ]) {
      await assert.rejects(
        workAs(tools, { schoolId: school.id, adultId: school.adults.dsl.adultId }, now, async work => ({
          commit: true,
          value: await work.tx.run({ name: statement, text: statement }, []),
        })),
        /permission denied/,
        statement,
      )
    }
  })

  test('the chain of every school is whole after all this, and a changed entry is found', async () => {
    const reports: (string | undefined)[] = []
    assert.equal(await verifyDatabase(database.admin, report => reports.push(report.fault?.says)), true)
    await admin.query(
      `update audit_entry set body = replace(body, '"stub":false', '"stub":true') where school_id = $1 and action = 'concern.recorded'`,
      [school.id],
    )
    const faults: string[] = []
    assert.equal(
      await verifyDatabase(
        database.admin,
        report => report.fault && faults.push(`${report.school} ${report.chain}: ${report.fault.says}`),
      ),
      false,
    )
    assert.equal(faults.length, 1)
    assert.match(faults[0] ?? '', /west-park main: entry \d+ (or one before it )?was changed/)
  })
})
