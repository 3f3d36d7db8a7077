import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId, ClockId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, workAs, workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'
import type { ClockToStart } from '../concerns/index.ts'
import { type ClockSubject, endClocks, meetClocks, startClocks } from './index.ts'

const monday = '2026-11-16T09:00:00.000Z' as Instant
const friday = '2026-11-20T09:00:00.000Z' as Instant
const saturday = '2026-11-21T09:00:00.000Z' as Instant

describe('a clock that watches something else than a concern', () => {
  let app: TestApp
  const school = demo.westPark

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: monday })
  })
  after(() => app.close())

  const clock = (owner: AdultId | null): ClockToStart => ({
    id: newId<ClockId>(),
    name: 'plan-review',
    rule: 'plans.example',
    says: 'The plan is looked at again.',
    source: 'An example, 1',
    standing: 'stated',
    ownerId: owner,
    basisAt: monday,
    durationUnit: 'school-days',
    durationCount: 4,
    dueAt: friday,
    metAt: null,
  })

  const as = <T>(adult: Pick<DemoAdult, 'adultId'>, now: Instant, body: (work: Work) => Promise<T>) =>
    workAs(app.tools, { schoolId: school.id, adultId: adult.adultId }, now, async work => ({
      commit: true,
      value: await body(work),
    }))

  async function start(subject: Omit<ClockSubject, 'id'>, owner: AdultId | null = null): Promise<ClockSubject> {
    const whole = { ...subject, id: newId<string>() }
    await workInBackground(app.tools, school.id, monday, async work => {
      startClocks(work, whole, [clock(owner)])
      return { commit: true, value: undefined }
    })
    return whole
  }

  const seenBy = (adult: Pick<DemoAdult, 'adultId'>, subject: ClockSubject) =>
    as(
      adult,
      monday,
      async work =>
        (await work.tx.run({ name: 'seen_clock', text: 'select id from clock where subject_id = $1' }, [subject.id])).length > 0,
    )

  test('of a child is seen by the safeguarding team, and never by a colleague or by somebody tied to the child', async () => {
    const child = school.children[0]
    assert.ok(child)
    const subject = await start({ kind: 'plan', area: 'welfare', childId: child.childId })
    assert.equal(await seenBy(school.dsl, subject), true)
    assert.equal(await seenBy(school.teacher, subject), false)

    await app.people.query('update child set tied = array_append(tied, $2) where id = $1', [child.childId, school.dsl.adultId])
    const later = await start({ kind: 'plan', area: 'welfare', childId: child.childId })
    assert.equal(await seenBy(school.dsl, later), false)
  })

  test('of a case about an adult is seen by its owner and its readers, and by nobody else whatever their role', async () => {
    const subject = await start({ kind: 'case', area: 'conduct', readers: [school.teacher.adultId] }, school.head.adultId)
    assert.equal(await seenBy(school.head, subject), true)
    assert.equal(await seenBy(school.teacher, subject), true)
    assert.equal(await seenBy(school.dsl, subject), false)
    assert.deepEqual(await as(school.dsl, monday, work => meetClocks(work, subject, ['plan-review'])), [])
    assert.deepEqual(await as(school.head, monday, work => meetClocks(work, subject, ['plan-review'])), ['plan-review'])
  })

  test('of the school itself is seen by the head too, and by its owner', async () => {
    const subject = await start({ kind: 'school', area: 'school' }, school.teacher.adultId)
    assert.equal(await seenBy(school.head, subject), true)
    assert.equal(await seenBy(school.dsl, subject), true)
    assert.equal(await seenBy(school.teacher, subject), true)
  })

  test('is marked as breached once its time has passed, and no longer once it has ended', async () => {
    const late = await start({ kind: 'transfer', area: 'school' })
    const over = await start({ kind: 'transfer', area: 'school' })
    await as(school.dsl, monday, work => endClocks(work, over))
    await workInBackground(app.tools, school.id, saturday, async work => ({ commit: true, value: await lookRoundSchool(work) }))
    const rows = await app.people.query<{ subject_id: string; breached: boolean }>(
      'select subject_id, breached_at is not null as breached from clock where subject_id = any ($1)',
      [[late.id, over.id]],
    )
    assert.equal(rows.find(row => row.subject_id === late.id)?.breached, true)
    assert.equal(rows.find(row => row.subject_id === over.id)?.breached, false)
    assert.deepEqual(await as(school.dsl, saturday, work => meetClocks(work, late, ['plan-review'])), ['plan-review'])
  })
})
