import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Agent, type Answer, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import type { TestAdult, TestSchool } from '../../../test/support/people.ts'
import { sampleRoutes } from '../../../test/support/sample-routes.ts'
import { epochInMs, instantOf } from '../../kernel/plain-date.ts'
import { forgetOldForms } from './commands.ts'
import { identityRoutes } from './routes.ts'

const words = 'She said “I do not want to go home” <b>&amp;</b>\r\nand cried. 🙁'

let at: TestApp
let school: TestSchool
let adult: TestAdult
let colleague: TestAdult
before(async () => {
  at = await startTestApp({ routes: [...identityRoutes, ...sampleRoutes] })
  school = await at.people.addSchool()
  adult = await at.people.addAdult(school, { email: 'typing@example.org' })
  colleague = await at.people.addAdult(school, { email: 'colleague@example.org' })
})
after(() => at.close())

async function endSessions(): Promise<void> {
  await at.people.query('update session set ended_at = $2 where account_id = $1', [adult.account, at.clock.now()])
}

function linkIn(answer: Answer): string {
  return (/href="([^"]*kept-forms[^"]*)"/.exec(answer.html)?.[1] ?? '').replaceAll('&amp;', '&')
}

const pathIn = (answer: Answer) => linkIn(answer).replace(/^.*next=/, '')

async function notedWords(): Promise<unknown[]> {
  const events = await at.people.events(school.id)
  return events.filter(event => event.action === 'draft.saved').map(event => event.facts['words'])
}

/** Signs in by following the button of the page that says the form is kept. */
async function signInBy(answer: Answer, email: string): Promise<{ agent: Agent; landed: Answer }> {
  const agent = at.stranger()
  const landed = await agent.submit(linkIn(answer), '/sign-in', { email, password: 'correct horse battery' })
  return { agent, landed }
}

suite('Somebody whose session ended while they were writing', () => {
  test('has what they wrote kept, finds it after signing in, and sends it once', async () => {
    const agent = await at.agentFor(adult.id)
    const token = await agent.formToken()
    await endSessions()
    const late = await agent.post('/sample/own', { _token: token, words, several: ['one', 'two'] })
    assert.equal(late.status, 401)
    assert.match(late.html, /Not sent yet, but kept safe/)
    assert.doesNotMatch(late.html, /go home/)
    const { agent: back, landed } = await signInBy(late, 'typing@example.org')
    assert.equal(landed.location, pathIn(late))
    const page = await back.get(pathIn(late))
    assert.match(page.html, /She said “I do not want to go home” &lt;b>&amp;amp;&lt;\/b>/)
    assert.match(page.html, /name="several" value="two"/)
    assert.match((await back.get('/account')).html, /Forms kept for you/)
    const before = (await notedWords()).length
    assert.equal((await back.submit(pathIn(late), '/sample/own')).location, '/sample/own')
    assert.deepEqual((await notedWords()).slice(before), [words.replaceAll('\r\n', '\n')])
    assert.equal((await back.get(pathIn(late))).status, 404)
    assert.ok((await at.people.events(school.id)).some(event => event.action === 'kept-form.kept' && event.actor === adult.id))
  })

  test('has sixty days to come back for it, and is told so; then it is forgotten', async () => {
    const agent = await at.agentFor(adult.id)
    const token = await agent.formToken()
    await endSessions()
    const late = await agent.post('/sample/own', { _token: token, words })
    assert.match(late.html, /for 60 days/)
    const day = 24 * 60 * 60_000
    const later = (days: number) => instantOf(epochInMs(at.clock.now()) + days * day)
    await forgetOldForms(at.tools, later(59))
    const back = await at.agentFor(adult.id)
    assert.equal((await back.get(pathIn(late))).status, 200)
    assert.ok((await forgetOldForms(at.tools, later(61))) > 0)
    assert.equal((await back.get(pathIn(late))).status, 404)
  })

  test('has it kept for their own account alone: for a colleague it is not there', async () => {
    const agent = await at.agentFor(adult.id)
    const token = await agent.formToken()
    await endSessions()
    const late = await agent.post('/sample/own', { _token: token, words })
    const { agent: other } = await signInBy(late, 'colleague@example.org')
    const looked = await other.get(pathIn(late))
    assert.equal(looked.status, 404)
    assert.equal(looked.html, (await other.get('/kept-forms/00000000-0000-4000-8000-000000000000')).html)
    assert.equal((await other.post(`${pathIn(late)}/discard`)).status, 404)
    assert.doesNotMatch((await other.get('/account')).html, /Forms kept for you/)
    const own = await at.agentFor(adult.id)
    assert.equal((await own.get(pathIn(late))).status, 200)
  })

  test('has it kept sealed: who reads the database reads nothing', async () => {
    const rows = await at.people.query<{ sealed: Buffer }>('select sealed from kept_form where account_id = $1', [adult.account])
    assert.ok(rows.length > 0)
    assert.ok(rows.every(({ sealed }) => !sealed.includes('go home')))
  })

  test('has it kept too when they had signed out and the browser had forgotten them', async () => {
    const agent = await at.agentFor(adult.id)
    const token = await agent.formToken()
    await agent.post('/sign-out')
    assert.equal(agent.cookies.size, 0)
    const late = await agent.post('/sample/own', { _token: token, words })
    assert.equal(late.status, 401)
    assert.equal((await (await at.agentFor(adult.id)).get(pathIn(late))).status, 200)
  })

  test('never has it shown to whoever signed in after them in the same browser', async () => {
    const agent = await at.agentFor(adult.id)
    const token = await agent.formToken()
    await endSessions()
    const next = await at.agentFor(colleague.id)
    const late = await next.post('/sample/own', { _token: token, words })
    assert.equal(late.status, 409)
    assert.match(late.html, /belongs to another person/)
    assert.equal(linkIn(late), '')
    const [row] = await at.people.query<{ account_id: string; id: string }>(
      'select account_id, id from kept_form order by kept_at desc, id desc limit 1',
    )
    assert.equal(row?.account_id, adult.account)
    assert.equal((await next.get(`/kept-forms/${row?.id}`)).status, 404)
  })

  test('may discard it', async () => {
    const agent = await at.agentFor(adult.id)
    const token = await agent.formToken()
    await endSessions()
    const path = pathIn(await agent.post('/sample/own', { _token: token, words }))
    const back = await at.agentFor(adult.id)
    assert.equal((await back.submit(path, `${path}/discard`)).location, '/account')
    assert.equal((await back.get(path)).status, 404)
  })

  test('finds no password or code among what was kept', async () => {
    const agent = await at.agentFor(adult.id)
    const token = await agent.formToken()
    await endSessions()
    const late = await agent.post('/account/password', {
      _token: token,
      'current-password': 'secret one',
      'new-password': 'secret two',
    })
    assert.equal(late.status, 303)
    const mixed = await agent.post('/sample/own', { _token: token, words: 'kept', 'new-password': 'secret two' })
    const page = await (await at.agentFor(adult.id)).get(pathIn(mixed))
    assert.match(page.html, /kept/)
    assert.doesNotMatch(page.html, /secret/)
  })
})

suite('Somebody whose page had been open in another sign-in of theirs', () => {
  test('has a form with the old token kept and offered at once', async () => {
    const earlier = await at.agentFor(adult.id)
    const token = await earlier.formToken()
    const agent = await at.agentFor(adult.id)
    const answer = await agent.post('/sample/own', { _token: token, words: 'from the old window' })
    assert.equal(answer.status, 409)
    const before = (await notedWords()).length
    assert.equal((await agent.submit(pathIn(answer), '/sample/own')).status, 303)
    assert.deepEqual((await notedWords()).slice(before), ['from the old window'])
  })
})

suite('Whoever tries to plant a form', () => {
  test('has nothing recorded and nothing kept: a form without a token of ours is nobody’s', async () => {
    const agent = await at.agentFor(adult.id)
    const count = async () => (await at.people.query<{ n: string }>('select count(*) as n from kept_form'))[0]?.n
    const [kept, noted] = [await count(), (await notedWords()).length]
    const attackers = await (await at.agentFor(colleague.id)).formToken()
    const [victim] = await at.people.query<{ id: string }>(
      'select id from session where account_id = $1 order by started_at desc, id desc limit 1',
      [adult.account],
    )
    for (const token of ['', 'nonsense', `${victim?.id}.`, `${victim?.id}.${attackers.split('.')[1]}`, 'visitor.abc'])
      assert.equal((await agent.post('/sample/own', { _token: token, words: 'planted' })).status, 409, token)
    assert.equal(await count(), kept)
    assert.equal((await notedWords()).length, noted)
  })

  test('gets nowhere from another site, even with a token', async () => {
    const agent = await at.agentFor(adult.id)
    const noted = (await notedWords()).length
    assert.equal((await agent.post('/sample/own', { words: 'planted' }, { origin: 'https://elsewhere.example' })).status, 409)
    assert.equal((await notedWords()).length, noted)
  })
})

suite('Somebody whose database is away', () => {
  test('gets what they typed back on the page, to send again', async () => {
    const agent = await at.agentFor(adult.id)
    const token = await agent.formToken()
    const transaction = at.tools.database.transaction
    at.tools.database.transaction = () => Promise.reject(Object.assign(new Error('connection terminated'), { code: '57P01' }))
    const answer = await agent.post('/sample/own', {
      _token: token,
      _key: '018f0000-0000-7000-8000-000000000001',
      words,
      'new-password': 'secret',
    })
    at.tools.database.transaction = transaction
    assert.equal(answer.status, 503)
    assert.match(answer.html, /cannot reach its database just now/)
    assert.doesNotMatch(answer.html, /secret|57P01|terminated/)
    const again = await agent.post('/sample/own', hiddenFields(answer.html, '/sample/own'))
    assert.equal(again.status, 303)
    assert.equal((await notedWords()).at(-1), words.replaceAll('\r\n', '\n'))
  })
})
