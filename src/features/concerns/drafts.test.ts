import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  errorsOf,
  leastOf,
  openForm,
  policiesByKey,
  type SchoolWithForm,
  schoolWithForm,
} from '../../../test/support/concern-form.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workAs } from '../../work/work.ts'
import { findOwnDrafts } from './drafts.ts'
import { concernRoutes } from './routes.ts'

let holdfast: TestApp
let school: SchoolWithForm

before(async () => {
  holdfast = await startTestApp({ routes: concernRoutes, policies: policiesByKey })
  school = await schoolWithForm(holdfast, 'westacre')
})

after(() => holdfast.close())

const draftsInDatabase = async () => (await holdfast.people.query('select id from draft')).length

function ownDrafts() {
  return workAs(holdfast.tools, { schoolId: school.school.id, adultId: school.teacher.id }, holdfast.clock.now(), async work => ({
    commit: false,
    value: await findOwnDrafts(work),
  }))
}

test('Opening the form keeps nothing, and neither does sending it empty', async () => {
  const before = await draftsInDatabase()
  const { path, hidden } = await openForm(school.page)
  await school.page.post(path, { ...hidden, happened: '2026-11-18', _do: 'save' })
  const quiet = await school.page.post(`${path}/save`, { ...hidden, happened: '2026-11-18', _quiet: '1' })
  assert.deepEqual(JSON.parse(quiet.html), { saved_at: null, version: 0 })
  assert.equal(await draftsInDatabase(), before)
})

test('A draft saved by its button is there on another device, for its writer alone, and is listed', async () => {
  const { page, robin } = school
  const { path, hidden } = await openForm(page)
  const saved = await page.post(path, { ...hidden, child: robin, seen: 'Half a sentence', 'happened-time': '9:40', _do: 'save' })
  assert.deepEqual([saved.status, saved.location], [303, `${path}?saved`])
  assert.match((await page.get(`${path}?saved`)).html, /Saved, and not sent yet/)
  const otherDevice = await holdfast.agentFor(school.teacher.id)
  const opened = await otherDevice.get(path)
  assert.match(opened.html, />Half a sentence</)
  assert.match(opened.html, /Robin Ashdown/)
  assert.match(opened.html, /value="9:40"/)
  assert.ok((await ownDrafts()).some(draft => path.endsWith(draft.id)))
})

test('What is typed is sealed in the database', async () => {
  const { path, hidden } = await openForm(school.page)
  await school.page.post(path, { ...hidden, seen: 'A very private sentence', _do: 'save' })
  const rows = await holdfast.people.query<{ sealed: Buffer }>('select sealed from draft')
  assert.ok(rows.every(row => !row.sealed.includes('private')))
})

test('The page saves while somebody types; a second tab is told and loses nothing', async () => {
  const { page } = school
  const { path, hidden } = await openForm(page)
  const first = await page.post(`${path}/save`, { ...hidden, seen: 'one', _quiet: '1' })
  const { version } = JSON.parse(first.html) as { version: number; saved_at: Instant }
  assert.equal(version, 1)
  const secondTab = hiddenFields((await page.get(path)).html, path)
  holdfast.pass(5)
  const theirs = await page.post(`${path}/save`, { ...secondTab, seen: 'two from the second tab', _quiet: '1' })
  assert.equal(theirs.status, 200)
  const mine = await page.post(`${path}/save`, {
    ...hidden,
    _version: String(version),
    seen: 'two from the first tab',
    _quiet: '1',
  })
  assert.equal(mine.status, 409)
  assert.deepEqual(JSON.parse(mine.html), { saved_at: holdfast.clock.now(), version: 2 })
  const byButton = await page.post(path, { ...hidden, _version: String(version), seen: 'two from the first tab', _do: 'check' })
  assert.equal(byButton.status, 409)
  assert.match(byButton.html, /changed in another tab at 10:05/)
  assert.match(byButton.html, /two from the second tab/)
  assert.match(byButton.html, />two from the first tab<\/textarea>/)
  const kept = await page.post(path, { ...hiddenFields(byButton.html, path), seen: 'two from the first tab', _do: 'save' })
  assert.equal(kept.status, 303)
  assert.match((await page.get(path)).html, />two from the first tab</)
})

/** Waits until somebody waits for a row that this connection holds. */
async function somebodyWaitsFor(client: pg.Client): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await client.query(
      'select pid from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid)) and datname = current_database()',
    )
    if (rows.length > 0) return
    await pause(10)
  }
  throw new Error('nobody waits')
}

test('What is typed is saved although the database took the saving back, because it and another waited for each other', async () => {
  const { page } = school
  const { path, hidden } = await openForm(page)
  const first = { ...hidden, seen: 'one', _quiet: '1', _key: '' }
  assert.equal((await page.post(`${path}/save`, first)).status, 200)
  const other = new pg.Client(holdfast.database.admin)
  await other.connect()
  // Whoever waits longer than its deadlock_timeout is taken back: this connection never is.
  await other.query(`set deadlock_timeout = '60s'`)
  await other.query('begin')
  await other.query(`select from audit_chain where school_id = $1 and chain = 'main' for update`, [school.school.id])
  const saving = page.post(`${path}/save`, { ...first, seen: 'one and two', _version: '1' })
  await somebodyWaitsFor(other)
  await other.query('select from draft where id = $1 for update', [path.split('/').at(-1)])
  await other.query('commit')
  await other.end()
  const saved = await saving
  assert.equal(saved.status, 200)
  assert.equal((JSON.parse(saved.html) as { version: number }).version, 2)
  assert.match((await page.get(path)).html, />one and two</)
})

test('Going back in the browser and sending the older page again is no conflict', async () => {
  const { page } = school
  const { path, hidden } = await openForm(page)
  const fields = { ...hidden, ...leastOf(school) }
  assert.equal((await page.post(path, { ...fields, _do: 'check' })).status, 303)
  const again = await page.post(path, { ...fields, seen: 'Better said.', _do: 'check' })
  assert.equal(again.status, 303, errorsOf(again.html).join())
  assert.match((await page.get(`${path}/check`)).html, /Better said\./)
})

test('A concern that changed in another tab after it was checked is shown once more before it is sent', async () => {
  const { page } = school
  const { path, hidden } = await openForm(page)
  await page.post(path, { ...hidden, ...leastOf(school), _do: 'check' })
  const check = hiddenFields((await page.get(`${path}/check`)).html, `${path}/submit`)
  await page.post(path, { ...hidden, ...leastOf(school), seen: 'Changed since.', _do: 'save' })
  const sent = await page.post(`${path}/submit`, check)
  assert.equal(sent.status, 409)
  assert.match(sent.html, /changed in another tab/)
  assert.match(sent.html, /Changed since\./)
  const now = await page.post(`${path}/submit`, hiddenFields(sent.html, `${path}/submit`))
  assert.equal(now.status, 303)
})

test('What is typed in a tab after the concern was sent from another is shown, to be added to it', async () => {
  const { page } = school
  const { path, hidden } = await openForm(page)
  await page.post(path, { ...hidden, ...leastOf(school), _do: 'check' })
  await page.post(`${path}/submit`, hiddenFields((await page.get(`${path}/check`)).html, `${path}/submit`))
  const late = await page.post(path, { ...hidden, ...leastOf(school), seen: 'And one thing more.', _do: 'check' })
  assert.equal(late.status, 409)
  assert.match(late.html, /has been sent already/)
  assert.match(late.html, /And one thing more\./)
  const quiet = await page.post(`${path}/save`, { ...hidden, seen: 'And one thing more.', _quiet: '1' })
  assert.equal(quiet.status, 409)
})

test('A draft is thrown away only after a second question, and then it is gone', async () => {
  const { page } = school
  const { path, hidden } = await openForm(page)
  await page.post(path, { ...hidden, seen: 'Not for keeping', _do: 'save' })
  assert.match((await page.get(`${path}/discard`)).html, /cannot be brought back/)
  const gone = await page.submit(`${path}/discard`, `${path}/discard`)
  assert.deepEqual([gone.status, gone.location], [303, '/'])
  assert.equal((await page.get(path)).status, 404)
})

test('"Today" in a draft of yesterday has become that day', async () => {
  const { page } = school
  const { path, hidden } = await openForm(page)
  await page.post(path, { ...hidden, ...leastOf(school), _do: 'save' })
  holdfast.pass(24 * 60)
  // A working day later the session is over; the same person signs in again.
  const tomorrow = await holdfast.agentFor(school.teacher.id)
  const { html } = await tomorrow.get(path)
  assert.match(html, /name="happened-day"[^>]*value="18"/)
  assert.match(html, /value="other"[^>]*checked/)
})

test('A child, an adult or an injury that was removed is gone from the draft too', async () => {
  const page = await holdfast.agentFor(school.teacher.id)
  const { path, hidden } = await openForm(page)
  const fields = { ...hidden, child: [school.robin, school.kim], seen: 'x' }
  const after = await page.post(path, { ...fields, _do: `drop-child-${school.kim}` })
  assert.doesNotMatch(after.html, /Kim Birchall/)
  const opened = await page.get(path)
  assert.match(opened.html, /Robin Ashdown/)
  assert.doesNotMatch(opened.html, /Kim Birchall/)
})
