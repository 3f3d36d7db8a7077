import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import type { TestAdult, TestSchool } from '../../../test/support/people.ts'
import type { OutgoingMail } from '../../platform/mail.ts'
import { sendSessionsMail } from './sessions-of-others.ts'

let at: TestApp
let school: TestSchool
let keeper: TestAdult
before(async () => {
  at = await startTestApp()
  school = await at.people.addSchool({ name: 'Elmfield School' })
  keeper = await at.people.addAdult(school, { roles: ['system-administrator'] })
})
after(() => at.close())

const pathOf = (adult: TestAdult) => `/people/${adult.id}`

async function openOf(adult: TestAdult): Promise<number> {
  const rows = await at.people.query('select 1 from session where account_id = $1 and ended_at is null', [adult.account])
  return rows.length
}

suite('Whoever keeps the accounts', () => {
  test('sees how many sessions somebody has, ends them all at once, and the person signs in again and is told', async () => {
    const adult = await at.people.addAdult(school, { name: 'Sol Hardy', email: 'sol@elmfield.example' })
    const [phone, library] = [await at.agentFor(adult.id), await at.agentFor(adult.id)]
    const ended = await at.agentFor(adult.id)
    await ended.post('/sign-out')
    await phone.get('/account')
    const desk = await at.agentFor(keeper.id)
    const page = await desk.get(pathOf(adult))
    assert.match(page.html, /They are signed in at this school now, in 2 places/)
    assert.doesNotMatch(page.html, /Last used|opened|where they looked/i)
    const answer = await desk.submit(pathOf(adult), `${pathOf(adult)}/end-sessions`)
    assert.equal(answer.location, `${pathOf(adult)}?signed-out`)
    assert.match(
      (await desk.get(answer.location ?? '')).html,
      /Sol Hardy is signed out everywhere[\s\S]*signed in nowhere at this school/,
    )
    for (const agent of [phone, library]) assert.match((await agent.get('/account')).location ?? '', /^\/sign-in/)
    assert.equal((await (await at.signIn(adult.email)).get('/account')).status, 200, 'with the password that they had')
    const event = (await at.people.events(school.id)).find(({ action }) => action === 'account.sessions-ended')
    assert.deepEqual([event?.actor, event?.facts['sessionsEnded']], [keeper.id, 2])
    const jobs = await at.people.query(`select 1 from outbox where kind = 'sessions-mail' and adult_id = $1`, [adult.id])
    assert.equal(jobs.length, 1)
    const mails: OutgoingMail[] = []
    const job = { schoolId: school.id, adultId: adult.id }
    await sendSessionsMail(at.tools, async mail => void mails.push(mail), 'http://localhost', job, at.clock.now())
    assert.deepEqual(
      mails.map(({ to, subject }) => [to, subject]),
      [[adult.email, 'You were signed out of Holdfast']],
    )
  })

  test('learns nothing of another school, and leaves no session that could come to theirs', async () => {
    const other = await at.people.addSchool({ name: 'Brook School' })
    const adult = await at.people.addAdult(school, { roles: ['teacher'] })
    const there = await at.people.addAdult(other, { account: adult.account, roles: ['teacher'] })
    await at.agentFor(there.id)
    const kept = await at.agentFor(there.id)
    await at.people.query(
      `update session set provider_school_id = school_id where id = (select max(id::text)::uuid from session where account_id = $1)`,
      [adult.account],
    )
    const desk = await at.agentFor(keeper.id)
    assert.match((await desk.get(pathOf(adult))).html, /They are signed in nowhere at this school now/)
    assert.equal((await desk.post(`${pathOf(adult)}/end-sessions`)).status, 303)
    assert.equal(await openOf(adult), 1, 'only the one that its provider keeps at the other school')
    assert.equal((await kept.get('/account')).status, 200)
    const event = (await at.people.events(school.id)).filter(({ action }) => action === 'account.sessions-ended').at(-1)
    assert.equal(event?.facts['sessionsEnded'], 0)
    assert.equal((await desk.post(`${pathOf(there)}/end-sessions`)).status, 404)
  })

  test('proves that it is they, and nobody else ends anything: not by the page, not by the database', async () => {
    const adult = await at.people.addAdult(school)
    const teacher = await at.people.addAdult(school)
    await at.agentFor(adult.id)
    const stale = await at.agentFor(keeper.id, { secondFactor: 'now' })
    at.pass(15)
    assert.match((await stale.post(`${pathOf(adult)}/end-sessions`)).location ?? '', /^\/code\?next=/)
    assert.equal((await (await at.agentFor(teacher.id)).post(`${pathOf(adult)}/end-sessions`)).status, 404)
    const byTeacher = at.tools.database.transaction(async tx => {
      const scope = [school.id, teacher.id, teacher.account, at.clock.now()]
      await tx.run({ name: 'test_scope', text: 'select scope_enter($1, $2, $3, $4)' }, scope)
      const values = [adult.id, at.clock.now(), '45 minutes']
      await tx.run({ name: 'test_end', text: 'select adult_sessions_end($1, $2, $3::interval)' }, values)
      return { commit: true, value: undefined }
    })
    await assert.rejects(byTeacher, /not permitted/)
    assert.equal(await openOf(adult), 1)
  })
})
