import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { authorise } from '../../access/index.ts'
import type { Instant, LocalTime } from '../../kernel/plain-date.ts'
import { workAs } from '../../work/work.ts'
import { keepMarks } from './store.ts'

const school = demo.westPark
const { receptionist } = school.adults
const { amina, idris } = school.pupils

describe('the registration mark of a child to whom the keeper is tied', () => {
  let app: TestApp

  before(async () => {
    const now = '2026-11-20T08:30:00.000Z' as Instant
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now })
    await app.people.query('update child set tied = array[$2::uuid] where id = $1', [amina.childId, receptionist.adultId])
    await app.people.query(
      `insert into attendance_mark (school_id, child_id, on_day, mark, says, entered_at, entered_by) values ($1, $2, '2026-11-20', 'absent', '', $3, $4)`,
      [school.id, amina.childId, now, school.adults.dsl.adultId],
    )
  })
  after(() => app.close())

  const line = async (child: { readonly childId: string }, rest: string) => {
    const [row] = await app.people.query<{ given_name: string; family_name: string; class_name: string }>(
      'select given_name, family_name, class_name from child where id = $1',
      [child.childId],
    )
    return `${row?.family_name}\t${row?.given_name}\t${row?.class_name}\t${rest}`
  }
  const markOf = async (child: { readonly childId: string }) =>
    (await app.people.query<{ mark: string }>('select mark from attendance_mark where child_id = $1', [child.childId]))[0]?.mark

  test('is left to a colleague: the rest of the paste is kept, and the page says which line is not and nothing else', async () => {
    const office = await app.agentFor(receptionist.adultId)
    const lines = `${await line(amina, 'present\t08:40')}\n${await line(idris, 'late\t09:05')}`
    const kept = await office.submit('/attendance/today', '/attendance/today', { lines })
    assert.equal(kept.status, 303, kept.html)
    assert.equal(await markOf(amina), 'absent')
    assert.equal(await markOf(idris), 'late')
    const { html } = await office.get(kept.location ?? '')
    assert.match(html, /Line 1 of what you pasted is\s+left to a colleague and not kept\. Ask one to enter that mark\./)
    assert.match(html, /The marks are kept/)
    assert.doesNotMatch(html, /Amina|Line 2/)
    const only = await office.submit('/attendance/today', '/attendance/today', { lines: await line(amina, 'present\t08:40') })
    assert.equal(only.location, '/attendance/today?left=1')
    assert.doesNotMatch((await office.get(only.location)).html, /The marks are kept/)
  })

  test('is not kept by the command either', async () => {
    const changed = await workAs(
      app.tools,
      { schoolId: school.id, adultId: receptionist.adultId },
      app.clock.now(),
      async work => ({
        commit: true,
        value: await keepMarks(work, authorise(work.someone, 'attendance.keep'), [
          { childId: amina.childId, mark: 'present', atTime: '08:40' as LocalTime, says: '' },
        ]),
      }),
    )
    assert.deepEqual(changed, [])
    assert.equal(await markOf(amina), 'absent')
  })

  test('a colleague changes it, and the audit has whose it was, the old mark and the new', async () => {
    const colleague = await app.agentFor(school.adults.dsl.adultId)
    const sent = await colleague.submit('/attendance/today', '/attendance/today', { lines: await line(amina, 'present\t08:40') })
    assert.equal(sent.location, '/attendance/today?kept=yes')
    const facts = () =>
      app.people.query<{ facts: unknown }>(
        `select body::jsonb -> 'facts' as facts from audit_entry where action = 'attendance.entered' and subject_id = $1 order by n`,
        [amina.childId],
      )
    assert.deepEqual(await facts(), [{ facts: { was: 'absent', wasAt: null, mark: 'present', at: '08:40' } }])
    const again = await colleague.submit('/attendance/today', '/attendance/today', { lines: await line(amina, 'present\t08:40') })
    assert.equal(again.status, 303)
    assert.equal((await facts()).length, 1, 'the same mark again is no change')
  })
})
