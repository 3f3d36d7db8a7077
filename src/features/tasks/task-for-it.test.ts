import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { leastOf, policiesByKey, recordByForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import { workAs } from '../../work/work.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

test('[MM-6.1-01] in a case of online bullying the DSL gives IT the task “block account”: IT sees these words and nothing of the case', async () => {
  const people = await schoolWithForm(app, 'mmap')
  const { school, dsl, deputy } = people
  const it = await app.people.addAdult(school, { name: 'Ivo Stone', roles: ['it-manager'] })
  const other = await app.people.addAdult(school, { name: 'Olga Reed', roles: ['it-manager'] })
  const words = 'They write to Robin each night from a false account.'
  const { id } = await recordByForm(people.page, { ...leastOf(people), prompt: 'online', seen: words })
  const asDsl = await app.agentFor(dsl.id)
  const path = `/concerns/${id}/actions/new`
  const due = { 'due-day': '20', 'due-month': '11', 'due-year': '2026' }
  assert.equal((await asDsl.submit(path, path, { says: 'Block account fox-in-socks.', owner: it.id, ...due })).status, 303)
  const [task] = await app.people.query<{ id: string }>('select id from action where concern_id = $1', [id])
  assert.ok(task)

  const [concern] = await app.people.query<{ reference: string }>('select reference from concern where id = $1', [id])
  assert.ok(concern)
  const agent = await app.agentFor(it.id)
  const list = await agent.get('/actions')
  const page = await agent.get(`/actions/${task.id}`)
  for (const { html } of [list, page]) assert.match(html, /Block account fox-in-socks\./)
  const shown = [list, page, await agent.get('/'), await agent.get('/alerts')].map(({ html }) => html).join('\n')
  for (const secret of ['Robin', 'Ashdown', 'false account', concern.reference, id, people.robin])
    assert.ok(!shown.includes(secret), secret)
  for (const closed of [`/concerns/${id}`, `/concerns/${id}/triage`])
    assert.notEqual((await agent.get(closed)).status, 200, closed)
  assert.notEqual((await agent.get(`/children/${people.robin}`)).status, 200)

  // Past every page the database shows IT the task alone, and a colleague of theirs not even that.
  const rows = (adult: { readonly id: typeof it.id }, table: string) =>
    workAs(app.tools, { schoolId: school.id, adultId: adult.id }, app.clock.now(), async work => ({
      commit: false,
      value: (await work.tx.run({ name: `seen_${table}`, text: `select 1 from ${table} where school_id = $1` }, [school.id]))
        .length,
    }))
  for (const table of ['concern', 'concern_child', 'concern_account', 'entry', 'triage', 'clock'])
    assert.equal(await rows(it, table), 0, table)
  assert.equal(await rows(it, 'action'), 1)
  assert.equal(await rows(other, 'action'), 0)
  assert.equal((await (await app.agentFor(other.id)).get(`/actions/${task.id}`)).status, 404)
  assert.notEqual(
    (await agent.submit('/actions', path, { says: 'x', owner: deputy.id, ...due }).catch(() => ({ status: 404 }))).status,
    303,
  )

  // What came of it stands in the case.
  assert.equal(
    (await agent.submit(`/actions/${task.id}`, `/actions/${task.id}/finish`, { how: 'done', outcome: 'Blocked at 10:40.' }))
      .status,
    303,
  )
  assert.match((await asDsl.get(`/concerns/${id}`)).html, /Blocked at 10:40\./)
})
