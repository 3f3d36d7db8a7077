import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { ConductStage } from '../../../test/support/conduct.ts'
import { authorise, Denied } from '../../access/index.ts'
import type { ChildId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { keepMarks } from '../attendance/store.ts'
import { listAbsenceDrafts, settleAbsenceDraft, watchAbsencePatterns } from './index.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

const cast = {
  office: { roles: ['receptionist'] },
  attendance: { roles: ['attendance-lead'] },
  dsl: { roles: ['dsl'] },
  deputy: { roles: ['deputy-dsl'] },
  teacher: {},
} as const

const fiveOfTen = ['2026-11-09', '2026-11-11', '2026-11-13', '2026-11-17', '2026-11-20']

test('[WM-4.1.5-07] a pupil with five unexplained absences in ten school days: when the feed is read, a draft concern stands with the DSL that day, and the attendance lead is told', async () => {
  const stage = await ConductStage.at(app, 'william-macgregor', cast)
  const { school } = stage
  const child = (family: string) => app.people.addChild(school, { given: 'Robin', family, tied: [stage.id('deputy')] })
  const absent = await child('Absent')
  const explained = await child('Explained')
  const longer = await child('Longer')
  const wider = await child('Wider')
  const absence = (day: string, childId: ChildId, says = '') =>
    stage.as('office', `${day}T09:30:00.000Z`, work =>
      keepMarks(work, authorise(work.someone, 'attendance.keep'), [{ childId, mark: 'absent', atTime: null, says }]),
    )
  const look = (at: string) =>
    workInBackground(app.tools, school.id, at as Instant, async work => ({
      commit: true,
      value: await watchAbsencePatterns(work),
    }))
  const drafts = (who: string, at = '2026-11-20T09:32:00.000Z') => stage.as(who, at, listAbsenceDrafts)

  // The ten school days that end with the twentieth begin with the ninth: five from the sixth on are no pattern.
  for (const day of ['2026-11-06', ...fiveOfTen.slice(0, 4)]) await absence(day, longer)
  for (const day of ['2026-11-06', '2026-11-09', '2026-11-11', '2026-11-13', '2026-11-20']) await absence(day, wider)
  for (const day of fiveOfTen.slice(0, 4)) {
    await absence(day, absent)
    await absence(day, explained, 'Ill, the mother rang.')
    assert.equal(await look(`${day}T09:31:00.000Z`), day === '2026-11-17' ? 1 : 0)
  }
  assert.deepEqual(
    (await drafts('dsl')).map(({ childId }) => childId),
    [longer],
    'five in the ten school days from the fourth to the seventeenth',
  )
  await absence('2026-11-20', explained, 'Ill, the mother rang.')
  await absence('2026-11-20', absent)
  assert.equal(await look('2026-11-20T09:31:00.000Z'), 1)
  assert.equal(await look('2026-11-20T09:32:00.000Z'), 0, 'and once')
  const [, draft] = await drafts('dsl')
  assert.ok(draft)
  assert.deepEqual([draft.childId, draft.days, draft.openedAt], [absent, fiveOfTen, '2026-11-20T09:31:00.000Z'])
  const told = await app.people.query<{ adult_id: string; says: string }>(
    `select adult_id, says from notice where school_id = $1 and rule = 'absence-patterns.unexplained' and told_at = '2026-11-20T09:31:00.000Z'`,
    [school.id],
  )
  assert.deepEqual(
    told.map(row => stage.nameOf(row.adult_id)).toSorted(),
    ['attendance', 'dsl'],
    'the deputy is tied to the child',
  )
  assert.ok(told.every(({ says }) => !says.includes('Robin')))
  app.clock.set('2026-11-20T09:35:00.000Z' as Instant)
  const today = await (await app.agentFor(stage.id('dsl'))).get('/today')
  assert.match(today.html, /Drafts from the register \(2\)/)
  assert.match(today.html, /Robin Absent/)
  assert.doesNotMatch((await (await app.agentFor(stage.id('deputy'))).get('/today')).html, /Drafts from the register/)

  // The attendance lead sees it and settles nothing; whoever is tied, and anybody else, neither sees nor settles.
  assert.equal((await drafts('attendance')).length, 2)
  assert.equal((await drafts('deputy')).length, 0)
  await assert.rejects(drafts('teacher'), Denied)
  const aside = { outcome: 'set-aside', because: 'The family moves house.' } as const
  for (const who of ['attendance', 'teacher'])
    await assert.rejects(
      stage.as(who, '2026-11-20T09:40:00.000Z', work => settleAbsenceDraft(work, draft.id, aside)),
      Denied,
    )
  const by = (who: string, name: string, text: string) =>
    stage.as(who, '2026-11-20T09:41:00.000Z', work => work.tx.run({ name, text }, [school.id]))
  const seen = 'select id from absence_draft where school_id = $1'
  const change = `update absence_draft set settled_at = now(), settled_by = scope_adult(), outcome = 'set-aside', because = 'x' where school_id = $1 returning id`
  for (const who of ['deputy', 'teacher', 'office']) assert.equal((await by(who, 'test_seen', seen)).length, 0, who)
  for (const who of ['attendance', 'deputy', 'teacher']) assert.equal((await by(who, 'test_change', change)).length, 0, who)
  const add = `insert into absence_draft (school_id, id, child_id, pattern, days, says, source, opened_at) select $1, gen_random_uuid(), '${absent}', 'x', '{2026-11-20}', 'x', 'x', now()`
  await assert.rejects(by('dsl', 'test_add', add), { code: '42501' })

  // It is recorded as a concern, or set aside with the reason, once.
  const settle = (id: string, how: Parameters<typeof settleAbsenceDraft>[2]) =>
    stage.as('dsl', '2026-11-20T09:45:00.000Z', work => settleAbsenceDraft(work, id, how))
  assert.deepEqual(await settle(draft.id, { outcome: 'set-aside', because: ' ' }), { ok: false, refusal: 'no-reason' })
  const made = await settle(draft.id, { outcome: 'concern', opinion: 'Nobody answers at home.' })
  assert.ok(made.ok && made.value.concernId)
  const [account] = await app.people.query<{ about: string }>(
    'select child_id as about from concern_child where school_id = $1 and concern_id = $2',
    [school.id, made.value.concernId],
  )
  assert.equal(account?.about, absent)
  assert.deepEqual(await settle(draft.id, aside), { ok: false, refusal: 'no-such-draft' })
  assert.equal(await look('2026-11-20T09:50:00.000Z'), 0, 'the same days draft no second concern')
  const events = (await app.people.events(school.id)).map(({ action }) => action)
  assert.ok(events.includes('absence-draft.opened') && events.includes('absence-draft.settled'))
})
