import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Agent, type Fields, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  leastOf,
  openForm,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
} from '../../../test/support/concern-form.ts'
import { formToken, visitor } from '../../web/http/form-token.ts'
import { concernRoutes } from './routes.ts'

let holdfast: TestApp
let school: SchoolWithForm
let deputyPage: Agent
let seenBefore = 0

before(async () => {
  holdfast = await startTestApp({ routes: concernRoutes, policies: policiesByKey })
  school = await schoolWithForm(holdfast, 'westacre')
  deputyPage = await holdfast.agentFor(school.deputy.id)
})
after(() => holdfast.close())

const wordsOf = async (id: string) =>
  (
    await holdfast.people.query<{ seen: string; given_name: string; by: string | null }>(
      `select a.seen, k.given_name, a.written_by as by from concern_account a join concern_child c on c.concern_id = a.concern_id
       join child k on k.id = c.child_id where a.concern_id = $1`,
      [id],
    )
  )[0]

const count = async () => {
  const rows = await holdfast.people.query<{ n: number }>('select count(*)::int as n from concern')
  const n = rows[0]?.n ?? 0
  const more = n - seenBefore
  seenBefore = n
  return more
}

test('A colleague whose form has the id of somebody else’s concern is refused nothing and shown nothing: it is recorded under another id', async () => {
  const { id } = await recordByForm(school.page, leastOf(school))
  await count()
  for (const page of [deputyPage, await holdfast.agentFor(school.head.id)]) {
    const stub = await page.post('/concerns/urgent', { 'concern-id': id, 'find-child': 'Nils Unlisted', seen: 'He ran off.' })
    assert.equal(stub.status, 303, stub.html)
    const fresh = /\/concerns\/(.*)\/recorded/.exec(stub.location ?? '')?.[1] ?? ''
    assert.notEqual(fresh, id)
    assert.equal((await page.get(stub.location ?? '')).status, 200)
    assert.deepEqual([(await wordsOf(fresh))?.seen, (await wordsOf(fresh))?.given_name], ['He ran off.', 'Nils'])
  }
  assert.equal(await count(), 2)
  assert.match((await wordsOf(id))?.seen ?? '', /wet shoes/)
})

test('Whoever sends their own recorded concern once more sees that it is recorded', async () => {
  const { id } = await recordByForm(school.page, leastOf(school))
  await count()
  const again = await school.page.post('/concerns/urgent', { 'concern-id': id, child: school.robin, seen: 'Once more.' })
  assert.equal(again.location, `/concerns/${id}/recorded`)
  assert.equal(await count(), 0)
})

test('A draft that has somebody else’s id is kept under another, with the injury on the child who is described in it', async () => {
  const { path } = await openForm(school.page)
  assert.equal((await school.page.post(path, { ...leastOf(school), _do: 'save' })).status, 303)
  const described: Fields = {
    ...leastOf(school),
    child: undefined,
    'other-child-1-given': 'Nils',
    'other-child-1-family': 'Unlisted',
    prompt: 'injury',
  }
  const stay = await deputyPage.post(path, { ...described, _do: 'add-mark' })
  const own = /action="(\/concerns\/drafts\/[^"]+)"/.exec(stay.html)?.[1] ?? ''
  assert.notEqual(own, path)
  const check = await deputyPage.post(path, { ...described, 'injury-unseen': 'yes', _do: 'check' })
  assert.equal(check.status, 303)
  assert.notEqual(check.location, `${path}/check`)
  assert.match((await deputyPage.get(check.location ?? '')).html, /Nils Unlisted/)
  assert.match((await school.page.get(path)).html, /wet shoes/)
})

test('A draft whose id has become somebody else’s concern meanwhile is sent under another, and gone', async () => {
  const { path, hidden } = await openForm(school.page)
  const id = path.split('/').at(-1) ?? ''
  assert.equal((await school.page.post(path, { ...hidden, ...leastOf(school), _do: 'check' })).status, 303)
  await deputyPage.post('/concerns/urgent', { 'concern-id': id, child: school.kim, seen: 'Under that id.' })
  const check = await school.page.get(`${path}/check`)
  const sent = await school.page.post(`${path}/submit`, { ...hiddenFields(check.html, `${path}/submit`), _key: undefined })
  assert.equal(sent.status, 303, sent.html)
  const fresh = /\/concerns\/(.*)\/recorded/.exec(sent.location ?? '')?.[1] ?? ''
  assert.match((await wordsOf(fresh))?.seen ?? '', /wet shoes/)
  assert.equal((await holdfast.people.query('select 1 from draft where id = $1', [id])).length, 0)
})

test('Two who send the same new id in one moment are both recorded', async () => {
  const { hidden } = await openForm(school.page)
  const id = String(hidden['_draft'] ?? crypto.randomUUID())
  await count()
  const both = await Promise.all(
    [school.page, deputyPage].map(page =>
      page.post('/concerns/urgent', { 'concern-id': id, child: school.robin, seen: 'In the same moment.' }),
    ),
  )
  assert.deepEqual(
    both.map(one => one.status),
    [303, 303],
  )
  assert.equal(await count(), 2)
})

test('A visitor whose form has the id of a colleague’s concern, or of another visitor’s, loses nothing and learns nothing', async () => {
  const path = `/report/${school.school.visitorToken}`
  const { id } = await recordByForm(school.page, leastOf(school))
  await count()
  const send = (fields: Fields) =>
    holdfast.stranger().post(path, {
      _token: formToken(school.school.visitorToken, visitor),
      'other-child-1-given': 'Robin',
      seen: 'Robin sat alone on the wall.',
      happened: '2026-11-18',
      _do: 'submit',
      ...fields,
    })
  const first = await send({ 'concern-id': id })
  assert.equal(first.status, 303, first.html)
  assert.equal((await holdfast.stranger().get(first.location ?? '')).status, 200)
  const own = crypto.randomUUID()
  const sent = await send({ 'concern-id': own })
  assert.equal((await send({ 'concern-id': own })).location, sent.location)
  assert.equal(await count(), 2)
  const other = await send({ 'concern-id': own, seen: 'Something else altogether.' })
  assert.notEqual(other.location, sent.location)
  assert.equal(await count(), 1)
})
