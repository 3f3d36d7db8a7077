import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { type CastMember, ConductStage } from '../../../test/support/conduct.ts'
import { Denied } from '../../access/index.ts'
import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { answerSearch, listSearches, type NewSearch, reportSearch } from './index.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

const cast: Readonly<Record<string, CastMember>> = {
  teacher: {},
  colleague: {},
  dsl: { roles: ['dsl'] },
  deputy: { roles: ['deputy-dsl'] },
}

const at = '2024-03-05T11:20:00.000Z'
const later = '2024-03-05T11:40:00.000Z'

async function schoolOf(key: string, tied: readonly string[] = []) {
  const stage = await ConductStage.at(app, key, cast)
  await app.people.query(`update adult set phone = '01632 960111' where id = $1`, [stage.id('dsl')])
  const child = await app.people.addChild(stage.school, { tied: tied.map(name => stage.id(name)) })
  return { stage, child }
}

const searchOf = (childId: ChildId, more: Partial<NewSearch> = {}): NewSearch => ({
  ...{ childId, searchedAt: '2024-03-05T11:10:00.000Z' as Instant, place: 'Year 9 office', witness: 'A second member of staff' },
  ...{ lookedFor: 'A knife', grounds: 'Two pupils said that he had shown it.', found: '', risk: false },
  ...more,
})

const code = (result: { readonly ok: boolean; readonly refusal?: string }) => (result.ok ? 'done' : result.refusal)

const heard = (stage: ConductStage) =>
  app.people
    .query<{ adult_id: string; urgent: boolean; told_at: string; says: string }>(
      `select adult_id, urgent, told_at, says from notice where school_id = $1 and topic = 'search' order by told_at, role desc`,
      [stage.school.id],
    )
    .then(rows => rows.map(row => [stage.nameOf(row.adult_id), new Date(row.told_at).toISOString(), row.urgent] as const))

test('[MM-3.1-08] a search that finds a bag of small packets opens an urgent concern with the search linked, and says whom to ring', async () => {
  const { stage, child } = await schoolOf('mmap')
  const report = (more: Partial<NewSearch>) => stage.as('teacher', at, work => reportSearch(work, searchOf(child, more)))
  assert.equal(code(await report({ risk: true })), 'nothing-found')
  assert.equal(code(await report({ risk: true, found: 'x', searchedAt: later as Instant })), 'in-the-future')
  const done = await report({ risk: true, found: 'A bag of small packets', lookedFor: 'Drugs' })
  if (!done.ok || !done.value.concern) throw new Error(JSON.stringify(done))
  const { concernId, call } = done.value.concern
  assert.deepEqual(
    call.map(({ name, phone }) => [name, phone]),
    [
      ['dsl', '01632 960111'],
      ['deputy', null],
    ],
  )
  assert.deepEqual(
    await app.people.query(
      `select c.urgent, c.state, c.location, k.child_id, k.involvement from concern c
        join concern_child k on k.school_id = c.school_id and k.concern_id = c.id where c.school_id = $1`,
      [stage.school.id],
    ),
    [{ urgent: true, state: 'new', location: 'Year 9 office', child_id: child, involvement: 'subject' }],
    'one concern, and urgent',
  )
  const [notice] = await app.people.query<{ id: string }>(
    `select id from notice where school_id = $1 and topic = 'search' and adult_id = $2`,
    [stage.school.id, stage.id('dsl')],
  )
  const dsl = await app.agentFor(stage.id('dsl'))
  assert.match((await dsl.get('/alerts')).html, /A search of a pupil/)
  const opened = await dsl.get(`/notices/${notice?.id}`)
  assert.deepEqual([opened.status, /<h1[^>]*>A search of a pupil/.test(opened.html)], [200, true], 'what the DSL was told opens')
  const told = await app.people.query<{ adult_id: string; told_at: string }>(
    'select adult_id, told_at from alert where concern_id = $1',
    [concernId],
  )
  assert.ok(
    told.some(one => stage.nameOf(one.adult_id) === 'dsl' && new Date(one.told_at).toISOString() === at),
    'told at once',
  )
  const beside = (who: string, id?: ConcernId) => stage.as(who, later, work => listSearches(work, id))
  assert.deepEqual(
    (await beside('dsl', concernId)).map(one => [one.id, one.childId, one.found, one.risk, one.concernId]),
    [[done.value.id, child, 'A bag of small packets', true, concernId]],
    'the concern leads to the search, and the search to the concern',
  )
  assert.deepEqual(await heard(stage), [
    ['dsl', at, true],
    ['deputy', at, true],
  ])
  await assert.rejects(beside('teacher'), Denied)
  await assert.rejects(
    app.people.query('update pupil_search set concern_id = null where id = $1', [done.value.id]),
    { code: '23514' },
    'a risk never stands without its concern',
  )
})

test('[MM-3.1-07] a search for a knife that found nothing is in the DSL’s queue, and stays there until a yes or no with a reason is saved', async () => {
  const { stage, child } = await schoolOf('mmap', ['colleague'])
  const done = await stage.as('teacher', at, work => reportSearch(work, searchOf(child)))
  if (!done.ok) throw new Error(done.refusal)
  const { id } = done.value
  assert.equal(done.value.concern, null)
  assert.deepEqual(await heard(stage), [
    ['dsl', at, false],
    ['deputy', at, false],
  ])
  const waits = () => stage.as('dsl', later, async work => (await listSearches(work)).map(one => one.id))
  const answer = (who: string, reason: string) => stage.as(who, later, work => answerSearch(work, id, { wider: false, reason }))
  assert.deepEqual(await waits(), [id])
  assert.equal(code(await answer('dsl', ' ')), 'no-reason')
  await assert.rejects(answer('teacher', 'Nothing was found.'), Denied)
  await assert.rejects(answer('colleague', 'Nothing was found.'), Denied)
  await stage.as('teacher', later, work =>
    work.tx.run({ name: 'teacher_answers', text: `update pupil_search set wider = false, wider_reason = 'x' where id = $1` }, [
      id,
    ]),
  )
  assert.deepEqual(await waits(), [id], 'the database alone lets nobody else answer')
  assert.equal(code(await answer('dsl', 'The pupils had made it up; spoken with all three.')), 'done')
  assert.deepEqual(await waits(), [])
  assert.equal(code(await answer('dsl', 'Again.')), 'answered')
})

test('[WP-6-08] a bag search on 20 January 2025 for a suspected knife that finds nothing is still told to the DSL; the record demands grounds and a witness', async () => {
  const { stage, child } = await schoolOf('west-park')
  const on = '2025-01-20T10:30:00.000Z'
  const bag: Partial<NewSearch> = { searchedAt: '2025-01-20T10:15:00.000Z' as Instant, lookedFor: 'A knife, in the bag' }
  const report = (more: Partial<NewSearch>) =>
    stage.as('teacher', on, work => reportSearch(work, searchOf(child, { ...bag, ...more })))
  assert.equal(code(await report({ grounds: '' })), 'no-grounds')
  assert.equal(code(await report({ witness: ' ' })), 'no-witness')
  assert.deepEqual(await heard(stage), [], 'nobody is told of what was not kept')
  const done = await report({})
  assert.equal(code(done), 'done')
  assert.ok((await heard(stage)).some(([who, when]) => who === 'dsl' && when === on))
  assert.deepEqual(
    (await stage.as('dsl', on, work => listSearches(work))).map(one => [one.lookedFor, one.grounds, one.witness, one.found]),
    [['A knife, in the bag', 'Two pupils said that he had shown it.', 'A second member of staff', '']],
  )
})
