import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { TestAdult, TestSchool } from '../../../test/support/people.ts'
import { type Actor, Denied, type Worker } from '../../access/index.ts'
import type { ClockId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, workAs, workInBackground } from '../../work/work.ts'
import { startClocks } from '../clocks/index.ts'
import { findStanding, keepSchoolDuties, recordCheck, watchDuties } from './index.ts'

const now = '2026-11-16T09:00:00.000Z' as Instant
const due = '2026-11-13T09:00:00.000Z' as Instant

describe('the school’s own duties', () => {
  let app: TestApp
  let school: TestSchool

  before(async () => {
    app = await startTestApp({ policies: testPolicies(), now })
    school = await app.people.addSchool({ key: 'mmap' })
  })
  after(() => app.close())

  const at = (moment: Instant, body: (work: Work<Worker>) => Promise<unknown>) =>
    workInBackground(app.tools, school.id, moment, async work => ({ commit: true, value: await body(work) }))
  const toldOf = (who: TestAdult) =>
    app.people.query<{ says: string }>('select says from notice where adult_id = $1 order by told_at', [who.id])

  const asOn = <T>(who: TestAdult, moment: Instant, body: (work: Work<Actor>) => Promise<T>): Promise<T> =>
    workAs(app.tools, { schoolId: school.id, adultId: who.id }, moment, async work => ({ commit: true, value: await body(work) }))
  const as = <T>(who: TestAdult, body: (work: Work<Actor>) => Promise<T>): Promise<T> => asOn(who, now, body)

  test('[MM-6.2-15] two weeks before the spring term ends without a check a DSL and the IT System Manager are alerted, and one of them alone cannot save it', async () => {
    const dsl = await app.people.addAdult(school, { roles: ['dsl'] })
    const manager = await app.people.addAdult(school, { roles: ['it-manager'] })
    const teacher = await app.people.addAdult(school, { roles: ['teacher'] })
    const about = (rows: readonly { says: string }[]) => rows.filter(({ says }) => says.includes('check filtering')).length
    await at('2024-01-08T09:00:00.000Z' as Instant, keepSchoolDuties)
    await at('2024-03-13T09:00:00.000Z' as Instant, watchDuties)
    assert.equal(about(await toldOf(dsl)), 0, 'more than two weeks remain')
    await at('2024-03-15T09:00:00.000Z' as Instant, watchDuties)
    assert.equal(about(await toldOf(dsl)), 1)
    assert.equal(about(await toldOf(manager)), 1)
    assert.equal(about(await toldOf(teacher)), 0)
    const alone = await as(dsl, work => recordCheck(work, { kind: 'filtering-check' }))
    assert.equal(alone.ok, false)
    await app.people.query('delete from clock')
    await app.people.query('update appointment set ends_at = $2 where adult_id = any ($1)', [[dsl.id, manager.id], due])
  })

  test('[MM-6.2-14] a review of 28 February 2023 that was not made again by the same day of 2024 is overdue for the leaders and the governor', async () => {
    const leader = await app.people.addAdult(school, { roles: ['senior-leader'] })
    const governor = await app.people.addAdult(school, { roles: ['safeguarding-governor'] })
    const teacher = await app.people.addAdult(school, { roles: ['teacher'] })
    const reviewed = '2023-02-28T15:00:00.000Z' as Instant
    await at(reviewed, keepSchoolDuties)
    const made = await workAs(app.tools, { schoolId: school.id, adultId: leader.id }, reviewed, async work => ({
      commit: true,
      value: await recordCheck(work, { kind: 'filtering-review' }),
    }))
    assert.deepEqual(made.ok && made.value, { met: true })
    const about = (rows: readonly { says: string }[]) =>
      rows.filter(
        ({ says }) => says.startsWith('Its time has passed') && says.includes('reviewed at least once a year; the senior'),
      ).length
    await at('2024-02-28T20:00:00.000Z' as Instant, watchDuties)
    assert.equal(about(await toldOf(leader)), 0)
    await at('2024-02-29T08:00:00.000Z' as Instant, watchDuties)
    assert.equal(about(await toldOf(leader)), 1)
    assert.equal(about(await toldOf(governor)), 1)
    assert.equal(about(await toldOf(teacher)), 0)
    await app.people.query('delete from clock')
    await app.people.query('update appointment set ends_at = $2 where adult_id = any ($1)', [[leader.id, governor.id], due])
  })

  test('[MM-1.5-06] a policy approved on 17 October 2023 and not again stands as overdue before the head and the nominated governor once that day of 2024 has come', async () => {
    const head = await app.people.addAdult(school, { roles: ['headteacher'] })
    const governor = await app.people.addAdult(school, { roles: ['safeguarding-governor'] })
    const chair = await app.people.addAdult(school, { roles: ['chair-of-governors'] })
    const approved = '2023-10-17T17:00:00.000Z' as Instant
    await at(approved, keepSchoolDuties)
    const done = await asOn(chair, approved, work => recordCheck(work, { kind: 'policy-review' }))
    assert.deepEqual(done.ok && done.value, { met: true })
    const standing = async (who: TestAdult, moment: string) =>
      (await asOn(who, moment as Instant, findStanding)).find(({ name }) => name === 'policy-review')
    const heard = async (who: TestAdult, when: string) =>
      (await toldOf(who)).filter(({ says }) => says.startsWith(when) && says.includes('review the policy')).length
    await at('2024-08-17T09:00:00.000Z' as Instant, watchDuties)
    assert.equal(await heard(head, 'Its time is near'), 0, 'more than sixty days remain')
    await at('2024-08-19T09:00:00.000Z' as Instant, watchDuties)
    for (const who of [head, governor]) assert.equal(await heard(who, 'Its time is near'), 1)
    for (const who of [head, governor]) {
      const near = await standing(who, '2024-10-17T22:00:00.000Z')
      assert.deepEqual([near?.late, near?.nextDue, near?.lastDone], [0, '2024-10-17T22:59:59.000Z', '2023-10-17'])
      assert.equal((await standing(who, '2024-10-17T23:00:00.000Z'))?.late, 1, 'the day has come and gone without an approval')
    }
    await at('2024-10-17T23:00:00.000Z' as Instant, watchDuties)
    for (const who of [head, governor]) assert.equal(await heard(who, 'Its time has passed'), 1)
    await app.people.query('delete from clock')
    await app.people.query('update appointment set ends_at = $2 where adult_id = any ($1)', [
      [head.id, governor.id, chair.id],
      due,
    ])
  })

  test('[MM-6-02] a review of online safety of 1 March 2023 is overdue for the DSL and the named governor once that day of 2024 has passed', async () => {
    const dsl = await app.people.addAdult(school, { roles: ['dsl'] })
    const governor = await app.people.addAdult(school, { roles: ['safeguarding-governor'] })
    const teacher = await app.people.addAdult(school, { roles: ['teacher'] })
    const reviewed = '2023-03-01T12:00:00.000Z' as Instant
    await at(reviewed, keepSchoolDuties)
    const done = await asOn(dsl, reviewed, work =>
      recordCheck(work, { kind: 'online-safety-assessment', safeguarding: 'Group chats out of hours.', actionsOpen: 2 }),
    )
    assert.deepEqual(done.ok && done.value, { met: true })
    const late = async (who: TestAdult) =>
      (await toldOf(who)).filter(({ says }) => says.startsWith('Its time has passed') && says.includes('online safety')).length
    await at('2024-03-01T12:00:00.000Z' as Instant, watchDuties)
    assert.deepEqual([await late(dsl), await late(governor)], [0, 0])
    await at('2024-03-02T00:00:00.000Z' as Instant, watchDuties)
    assert.deepEqual([await late(dsl), await late(governor), await late(teacher)], [1, 1, 0])
    const kept = await app.people.query(
      `select done_on::text as on, safeguarding, actions_open from school_check where kind = 'online-safety-assessment'`,
    )
    assert.deepEqual(kept, [{ on: '2023-03-01', safeguarding: 'Group chats out of hours.', actions_open: 2 }])
    await app.people.query('delete from clock')
    await app.people.query('update appointment set ends_at = $2 where adult_id = any ($1)', [[dsl.id, governor.id], due])
  })

  test('a governor reads how many owe a duty, and no number or date by which one of a few would be known', async () => {
    const governor = await app.people.addAdult(school, { roles: ['safeguarding-governor'] })
    const head = await app.people.addAdult(school, { roles: ['headteacher'] })
    const owes = (name: string, count: number, late: number) =>
      workInBackground(app.tools, school.id, now, async work => {
        for (let index = 0; index < count; index += 1)
          startClocks(work, { kind: 'adult', id: newId<string>(), area: 'school' }, [
            {
              ...{ id: newId<ClockId>(), name, rule: 'training.example', says: 'Is trained.', source: 'An example, 1' },
              ...{ standing: 'stated', ownerId: null, basisAt: due, durationUnit: 'years', durationCount: 1, metAt: null },
              dueAt: index < late ? due : ('2027-11-13T09:00:00.000Z' as Instant),
            },
          ])
        return { commit: true, value: undefined }
      })
    await owes('staff-training', 12, 6)
    await owes('prevent-training', 12, 2)
    await owes('dsl-training', 2, 1)
    const numbers = async (who: TestAdult) =>
      new Map((await as(who, findStanding)).map(({ name, owed, late, nextDue }) => [name, [owed, late, nextDue !== null]]))
    const seen = await numbers(governor)
    assert.deepEqual(seen.get('staff-training'), [12, 6, false])
    assert.deepEqual(seen.get('prevent-training'), [12, null, false])
    assert.deepEqual(seen.get('dsl-training'), [null, null, false])
    assert.deepEqual((await numbers(head)).get('dsl-training'), [2, 1, true])
    const teacher = await app.people.addAdult(school, { roles: ['teacher'] })
    await assert.rejects(as(teacher, findStanding), Denied)
    const rows = await as(teacher, work =>
      work.tx.run({ name: 'standing_alone', text: 'select * from duty_standing($1)' }, [now]),
    )
    assert.deepEqual(rows, [], 'the database alone gives a teacher nothing')
  })

  test('the check of filtering is done by a DSL and the manager of the systems together, and by nobody who is neither', async () => {
    const dsl = await app.people.addAdult(school, { roles: ['dsl'] })
    const manager = await app.people.addAdult(school, { roles: ['it-manager'] })
    const teacher = await app.people.addAdult(school, { roles: ['teacher'] })
    await workInBackground(app.tools, school.id, now, async work => ({ commit: true, value: await keepSchoolDuties(work) }))
    const running = () =>
      app.people.query<{ met: boolean }>(
        `select met_at is not null as met from clock where name = 'filtering-check' and school_id = $1 order by basis_at, met`,
        [school.id],
      )
    assert.deepEqual(await running(), [{ met: false }])
    const alone = await as(dsl, work => recordCheck(work, { kind: 'filtering-check' }))
    assert.equal(alone.ok, false, 'not by one of them alone')
    const both = await as(dsl, work => recordCheck(work, { kind: 'filtering-check', together: [manager.id] }))
    assert.deepEqual(both.ok && both.value, { met: true })
    assert.deepEqual((await running()).map(({ met }) => met).toSorted(), [false, true], 'it runs anew')
    await assert.rejects(
      as(teacher, work => recordCheck(work, { kind: 'filtering-check' })),
      Denied,
    )
    await assert.rejects(
      as(teacher, work =>
        work.tx.run(
          {
            name: 'check_by_teacher',
            text: `insert into school_check (school_id, id, kind, done_on, outcome, recorded_at, recorded_by, participants) values ($1, gen_random_uuid(), 'filtering-check', $2::date, 'good', now(), $3, array[$3::uuid])`,
          },
          [school.id, '2026-11-16', teacher.id],
        ),
      ),
      { code: '42501' },
    )
  })
})
