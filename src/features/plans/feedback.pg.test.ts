import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Actor } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, workAs } from '../../work/work.ts'
import { openPlan, recordFeedback } from './index.ts'

describe('what a child says of the help they get', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: '2026-11-18T10:00:00.000Z' as Instant })
    await app.people.query('delete from absence')
  })
  after(() => app.close())

  const { westacre } = demo
  const { deputy, teacher, teacherTwo } = westacre.adults
  const as = <T>(adultId: AdultId, body: (work: Work<Actor>) => Promise<T>) =>
    workAs(app.tools, { schoolId: westacre.id, adultId }, app.clock.now(), async work => ({
      commit: true,
      value: await body(work),
    }))
  const textOf = (html: string) =>
    html
      .slice(html.indexOf('<main'))
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')

  test('[WA-12-02] “I feel safer with Miss L at lunch” is kept with the plan, and stands beside its actions where the plan is looked at again', async () => {
    const child = westacre.children[0] ?? assert.fail()
    const concernId = await recordAs(app, westacre, teacher, concernAbout(child))
    const agent = await app.agentFor(deputy.adultId)
    await app.people.query(
      `insert into action (school_id, id, concern_id, child_id, says, owner_id, due_on, set_at, set_by, excluded)
        select school_id, $2, id, $3, 'Miss L has lunch with the child', $4, '2026-12-01', $5, $4, excluded from concern where id = $1`,
      [concernId, newId<string>(), child.childId, deputy.adultId, app.clock.now()],
    )
    const opened = await as(deputy.adultId, work =>
      openPlan(work, { childId: child.childId, kind: 'early-help', concernId, says: 'A quiet place at lunch.' }),
    )
    assert.ok(opened.ok)
    const at = `/plans/${opened.value.id}`
    const listed = await agent.get(`/children/${child.childId}/plans`)
    assert.ok(listed.html.includes(at))
    assert.match(
      textOf(listed.html),
      new RegExp(`${child.name} Plans .*Early help plan , since .*no day is set for looking at it again`),
    )
    const before = textOf((await agent.get(at)).html)
    assert.match(before, /Miss L has lunch with the child \([^)]*by 1 December 2026\)/)
    assert.match(before, /Nobody has written down what the child says/)

    const empty = await agent.submit(at, `${at}/feedback`, { says: ' ' })
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Write what the child says/)
    assert.equal(
      (await agent.submit(at, `${at}/feedback`, { says: 'I feel safer with Miss L at lunch', theme: 'lunch' })).status,
      303,
    )
    assert.match(
      textOf((await agent.get(at)).html),
      /What is done.*Miss L has lunch with the child.*What the child says of it I feel safer with Miss L at lunch.*About: lunch.*Look at it again/,
    )
    const noProgress = await agent.submit(at, `${at}/reviews`, { progress: 'worse' })
    assert.match(noProgress.html, /Write what is decided about taking it further/)
    assert.match(noProgress.html, /I feel safer with Miss L at lunch/)
    assert.equal((await agent.submit(at, `${at}/reviews`, { progress: 'improving', 'review-says': 'Keep it.' })).status, 303)
    assert.match(textOf((await agent.get(at)).html), /What was found before .*It gets better\. Keep it\. .*Look at it again/)
    const [trace] = await app.people.query<{ n: string }>(
      `select count(*) as n from audit_entry where school_id = $1 and action = 'feedback.recorded' and subject_id = $2`,
      [westacre.id, opened.value.id],
    )
    assert.equal(Number(trace?.n), 1)
  })

  test('nobody but the safeguarding team writes it or reads it, by the check and by the database alone, and whoever is outside the plan neither', async () => {
    const child = westacre.children[0] ?? assert.fail()
    const opened = await as(deputy.adultId, work => openPlan(work, { childId: child.childId, kind: 'early-help' }))
    assert.ok(opened.ok)
    const planId = opened.value.id
    const given = { says: 'I like it.', saidAt: app.clock.now() }
    assert.ok((await as(deputy.adultId, work => recordFeedback(work, planId, given))).ok)
    const tomorrow = { ...given, saidAt: '2026-11-19T10:00:00.000Z' as Instant }
    const early = await as(deputy.adultId, work => recordFeedback(work, planId, tomorrow))
    assert.equal(early.ok ? 'ok' : early.refusal, 'in-the-future')
    const byTeacher = await as(teacherTwo.adultId, work => recordFeedback(work, planId, given))
    assert.equal(byTeacher.ok ? 'ok' : byTeacher.refusal, 'no-such-record')
    assert.notEqual((await (await app.agentFor(teacherTwo.adultId)).get(`/plans/${planId}`)).status, 200)
    const alone = (adult: AdultId, text: string) => as(adult, work => work.tx.run({ name: `alone_${newId<string>()}`, text }, []))
    assert.deepEqual(await alone(teacherTwo.adultId, 'select 1 from child_feedback'), [])
    const insert = (by: AdultId) =>
      `insert into child_feedback (school_id, id, child_id, plan_id, said_at, recorded_at, by_id, says) values ('${westacre.id}', gen_random_uuid(), '${child.childId}', '${planId}', now(), now(), '${by}', 'x')`
    await assert.rejects(alone(teacherTwo.adultId, insert(teacherTwo.adultId)), /row-level security/)

    await app.people.query('update plan set excluded = array[$2::uuid] where id = $1', [planId, deputy.adultId])
    await app.people.query('update child_feedback set excluded = array[$2::uuid] where plan_id = $1', [planId, deputy.adultId])
    const outside = await as(deputy.adultId, work => recordFeedback(work, planId, given))
    assert.equal(outside.ok ? 'ok' : outside.refusal, 'no-such-record')
    assert.deepEqual(await alone(deputy.adultId, `select 1 from child_feedback where plan_id = '${planId}'`), [])
    assert.equal((await (await app.agentFor(deputy.adultId)).get(`/plans/${planId}`)).status, 404)
  })
})
