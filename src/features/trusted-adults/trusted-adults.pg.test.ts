import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { ConductStage } from '../../../test/support/conduct.ts'
import { Denied } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import { getTrustReport, recordTrustedAdults } from './index.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

const at = '2026-11-18T10:00:00.000Z'
const insert = {
  name: 'test_trust',
  text: `insert into trusted_adult (school_id, child_id, adult_id, chosen_on, recorded_at, recorded_by) values ($1, $2, $3, '2026-11-18', $4, scope_adult())`,
}

test('[WM-4.5-04] of 210 pupils 195 have a trusted adult: the report shows 93 % and lists the 15 for follow-up; what pupils answer is pasted', async () => {
  const cast = { teacher: {}, mentor: {}, dsl: { roles: ['dsl'] }, deputy: { roles: ['deputy-dsl'] } } as const
  const stage = await ConductStage.at(app, 'william-macgregor', cast)
  const { school } = stage
  const all: ChildId[] = []
  for (let n = 0; n < 209; n += 1) all.push(await app.people.addChild(school, { given: 'Robin', family: `Pupil${n}` }))
  const own = await app.people.addChild(school, { given: 'Kim', family: 'Own', tied: [stage.id('deputy')] })
  const named = all.slice(0, 195).map(childId => ({ childId, adultId: stage.id('mentor') }))
  assert.deepEqual(await stage.as('dsl', at, work => recordTrustedAdults(work, named)), { ok: true, value: 195 })
  const report = await stage.as('dsl', at, getTrustReport)
  assert.deepEqual([report.pupils, report.named, report.share], [210, 195, 93])
  assert.deepEqual(new Set(report.toAsk.map(({ childId }) => childId)), new Set([...all.slice(195), own]))
  assert.equal(report.toAsk.length, 15)

  const agent = await app.agentFor(stage.id('dsl'))
  const { html } = await agent.get('/trusted-adults')
  assert.match(html, /195 of 210 pupils can name an adult of the school whom they would tell: 93%/)
  assert.match(html, /Still to ask: 15/)
  const wrong = await agent.post('/trusted-adults', { lines: 'Pupil195\tRobin\t\tmentor\nPupil196\tRobin\t\tNobody Here' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.html, /Line 2: nobody who works here is called so\./)
  assert.equal((await stage.as('dsl', at, getTrustReport)).named, 195, 'nothing is kept until every line is right')
  assert.equal((await agent.post('/trusted-adults', { lines: 'Pupil195\tRobin\t\tMentor' })).status, 303)
  assert.equal((await stage.as('dsl', at, getTrustReport)).toAsk.length, 14)

  // Whoever is tied is shown nothing of the child, not by a number either, nor answers for it: by the check and by the database alone.
  const theirs = await stage.as('deputy', at, getTrustReport)
  assert.deepEqual([theirs.pupils, theirs.named], [209, 196])
  assert.ok(!theirs.toAsk.some(({ childId }) => childId === own))
  const forOwn = [{ childId: own, adultId: stage.id('mentor') }]
  await assert.rejects(
    stage.as('deputy', at, work => recordTrustedAdults(work, forOwn)),
    Denied,
  )
  for (const [who, child] of [
    ['deputy', own],
    ['teacher', all[200] ?? own],
  ] as const)
    await assert.rejects(
      stage.as(who, at, work => work.tx.run(insert, [school.id, child, stage.id('mentor'), at])),
      { code: '42501' },
    )
  await assert.rejects(stage.as('teacher', at, getTrustReport), Denied)
  const seen = { name: 'test_trust_seen', text: 'select 1 from trusted_adult where school_id = $1' }
  assert.equal((await stage.as('teacher', at, work => work.tx.run(seen, [school.id]))).length, 0)
  const noted = await app.people.query(`select 1 from audit_entry where school_id = $1 and action = 'trusted-adult.recorded'`, [
    school.id,
  ])
  assert.ok(noted.length >= 196)

  // Whoever they named leaves: they are asked again.
  await app.people.query(`update appointment set ends_at = $2 where adult_id = $1`, [
    stage.id('mentor'),
    '2026-12-18T16:00:00.000Z',
  ])
  const after_ = await stage.as('dsl', '2027-01-05T10:00:00.000Z', getTrustReport)
  assert.deepEqual([after_.named, after_.toAsk.length], [0, 210])
  assert.equal(after_.toAsk.filter(({ named: name }) => name === 'mentor').length, 196)
})
