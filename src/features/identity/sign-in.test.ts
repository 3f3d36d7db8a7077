import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { type TestSchool, testPassword } from '../../../test/support/people.ts'
import { sampleRoutes } from '../../../test/support/sample-routes.ts'
import { identityRoutes } from './routes.ts'

let at: TestApp
let school: TestSchool
before(async () => {
  at = await startTestApp({ routes: [...identityRoutes, ...sampleRoutes] })
  school = await at.people.addSchool()
})
after(() => at.close())

/** Tries to sign in, as a browser that has just opened the page. */
async function tryAs(agent: Agent, email: string, password: string) {
  return agent.submit('/sign-in', '/sign-in', { email, password })
}

function errorsOf(html: string): string[] {
  return [...html.matchAll(/govuk-error-message"(?![^>]*hidden)[^>]*>(.*?)<\/p>/g)].map(([, text]) =>
    (text ?? '').replaceAll(/<[^>]*>/g, '').trim(),
  )
}

suite('Somebody who signs in', () => {
  test('is let in with address and password, and the school has it in its trail', async () => {
    const adult = await at.people.addAdult(school, { email: 'a.teacher@example.org' })
    const agent = await at.signIn('A.Teacher@Example.org ')
    assert.equal((await agent.get('/account')).status, 200)
    const started = (await at.people.events(school.id)).find(event => event.action === 'session.started')
    assert.equal(started?.actor, adult.id)
  })

  test('has a cookie that no script reads, no other site sends, and that carries nothing but a token', async () => {
    await at.people.addAdult(school, { email: 'cookie@example.org' })
    const agent = at.stranger()
    const answer = await tryAs(agent, 'cookie@example.org', testPassword)
    const cookie = [answer.raw.headers['set-cookie']].flat().find(text => text?.startsWith('holdfast='))
    assert.match(cookie ?? '', /^holdfast=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('is asked again for what is missing, and finds the address as typed', async () => {
    const answer = await tryAs(at.stranger(), 'somebody@example.org', '')
    assert.equal(answer.status, 422)
    assert.match(answer.html, /value="somebody@example.org"/)
    assert.match(errorsOf(answer.html).join(), /Enter your password/)
  })

  test('goes on to the page that asked for it, and never to another site', async () => {
    await at.people.addAdult(school, { email: 'next@example.org' })
    const inside = await at
      .stranger()
      .submit('/sign-in?next=/sample/own', '/sign-in', { email: 'next@example.org', password: testPassword })
    assert.equal(inside.location, '/sample/own')
    const outside = await at
      .stranger()
      .submit('/sign-in', '/sign-in', { email: 'next@example.org', password: testPassword, next: '//elsewhere.example/' })
    assert.equal(outside.location, '/')
  })

  test('is sent to sign in from a page, and back to it', async () => {
    const answer = await at.stranger().get('/sample/own')
    assert.equal(answer.status, 303)
    assert.equal(answer.location, '/sign-in?next=%2Fsample%2Fown')
  })

  test('has another session than before, and the one before is over, whoever knew its token', async () => {
    await at.people.addAdult(school, { email: 'fixed@example.org' })
    const attacker = await at.people.addAdult(school, { email: 'attacker@example.org' })
    const planted = await at.agentFor(attacker.id)
    const victim = planted.copy()
    assert.equal((await victim.get('/sample/own')).status, 200)
    const victimToken = () => victim.cookies.get('holdfast')
    const before = victimToken()
    await victim.post('/sign-out')
    victim.cookies.set('holdfast', before ?? '')
    assert.equal((await tryAs(victim, 'fixed@example.org', testPassword)).status, 303)
    assert.notEqual(victimToken(), before)
    assert.equal((await planted.get('/sample/own')).status, 303)
  })

  test('ends the session that was open in the same browser', async () => {
    const one = await at.people.addAdult(school, { email: 'first@example.org' })
    await at.people.addAdult(school, { email: 'second@example.org' })
    const agent = await at.signIn('first@example.org')
    const copied = agent.copy()
    const visit = await at.stranger().get('/sign-in')
    assert.equal(visit.status, 200)
    // The page sends somebody who is signed in on; a form left open from before can still be posted.
    const other = at.stranger()
    await other.get('/sign-in')
    agent.cookies.set('holdfast-visit', other.cookies.get('holdfast-visit') ?? '')
    const token = /name="_token" value="([^"]*)"/.exec((await other.get('/sign-in')).html)?.[1]
    const answer = await agent.post('/sign-in', { _token: token, email: 'second@example.org', password: testPassword })
    assert.equal(answer.status, 303)
    assert.equal((await copied.get('/sample/own')).status, 303)
    const ended = (await at.people.events(school.id)).filter(event => event.action === 'session.ended' && event.actor === one.id)
    assert.equal(ended.length, 1)
  })

  test('is not signed in by another site: a form without the token of their own visit is refused', async () => {
    await at.people.addAdult(school, { email: 'forged@example.org' })
    const fields = { email: 'forged@example.org', password: testPassword }
    assert.equal((await at.stranger().post('/sign-in', fields)).status, 422)
    const agent = at.stranger()
    await agent.get('/sign-in')
    assert.equal((await agent.post('/sign-in', fields)).status, 422)
    const page = await agent.get('/sign-in')
    const token = /name="_token" value="([^"]*)"/.exec(page.html)?.[1]
    assert.equal(
      (await agent.post('/sign-in', { ...fields, _token: token }, { origin: 'https://elsewhere.example' })).status,
      422,
    )
    assert.equal((await agent.post('/sign-in', { ...fields, _token: token }, { origin: 'null' })).status, 303)
  })

  test('is not let in when the account is closed or they hold no appointment any more', async () => {
    const closed = await at.people.addAdult(school, { email: 'closed@example.org' })
    await at.people.query('update account set disabled_at = $2 where id = $1', [closed.account, at.clock.now()])
    const answer = await tryAs(at.stranger(), 'closed@example.org', testPassword)
    assert.deepEqual([answer.status, errorsOf(answer.html)], [422, ['Error: The email address or the password is not right']])
    await at.people.addAdult(school, { email: 'left@example.org', roles: [] })
    assert.match(
      errorsOf((await tryAs(at.stranger(), 'left@example.org', testPassword)).html).join(),
      /You have no role at a school now/,
    )
  })
})

suite('Somebody who is signed in', () => {
  test('is outside from the minute their last appointment ends', async () => {
    const adult = await at.people.addAdult(school)
    const agent = await at.agentFor(adult.id)
    assert.equal((await agent.get('/sample/own')).status, 200)
    await at.people.query('update appointment set ends_at = $2 where adult_id = $1', [adult.id, at.clock.now()])
    assert.equal((await agent.get('/sample/own')).status, 303)
  })

  test('is outside at once when their account is closed', async () => {
    const adult = await at.people.addAdult(school)
    const agent = await at.agentFor(adult.id)
    await at.people.query('update account set disabled_at = $2 where id = $1', [adult.account, at.clock.now()])
    assert.equal((await agent.get('/sample/own')).status, 303)
  })

  test('is signed out after three quarters of an hour without a press, and after a working day in any case', async () => {
    const started = at.clock.now()
    await at.people.addAdult(school, { email: 'idle@example.org' })
    const agent = await at.signIn('idle@example.org')
    at.pass(44)
    assert.equal((await agent.get('/sample/own')).status, 200)
    at.pass(46)
    assert.equal((await agent.get('/sample/own')).status, 303)
    const busy = await at.signIn('idle@example.org')
    for (let quarter = 0; quarter < 18; quarter += 1) {
      at.pass(39)
      assert.equal((await busy.get('/sample/own')).status, 200)
    }
    at.pass(30)
    assert.equal((await busy.get('/sample/own')).status, 303)
    at.clock.set(started)
  })

  test('signs out, and the session is over even for a copy of its cookie', async () => {
    await at.people.addAdult(school, { email: 'out@example.org' })
    const agent = await at.signIn('out@example.org')
    const copied = agent.copy()
    const answer = await agent.post('/sign-out')
    assert.equal(answer.location, '/sign-in?signed-out')
    assert.equal(agent.cookies.has('holdfast'), false)
    assert.equal((await copied.get('/sample/own')).status, 303)
  })
})

suite('Whoever guesses', () => {
  const wrong = 'The email address or the password is not right'

  test('cannot tell an address that has an account from one that has none', async () => {
    await at.people.addAdult(school, { email: 'exists@example.org' })
    const timed = async (email: string) => {
      const started = performance.now()
      const answer = await tryAs(at.stranger(), email, 'some other password')
      const plain = answer.html.replaceAll(/value="[^"]*"/g, '').replaceAll(/challenge&quot;:&quot;[\w.-]*/g, '')
      return { status: answer.status, plain, ms: performance.now() - started }
    }
    const known = await timed('exists@example.org')
    const unknown = await timed('nobody@example.org')
    assert.match(known.plain, new RegExp(wrong))
    assert.equal(unknown.plain, known.plain)
    assert.equal(unknown.status, known.status)
    assert.ok(known.ms >= 400 && unknown.ms >= 400, `${known.ms} ms, ${unknown.ms} ms`)
  })

  test('leaves a trace at the school of the account', async () => {
    const adult = await at.people.addAdult(school, { email: 'traced@example.org' })
    await tryAs(at.stranger(), 'traced@example.org', 'some other password')
    const rows = await at.people.query<{ subject_id: string; actor_id: string | null }>(
      `select subject_id, actor_id from audit_entry where action = 'session.refused' and subject_id = $1`,
      [adult.id],
    )
    assert.deepEqual(rows, [{ subject_id: adult.id, actor_id: null }])
  })

  for (const [whose, email] of [
    ['an account', 'guessed@example.org'],
    ['no account', 'guessed-nobody@example.org'],
  ] as const) {
    test(`waits longer and longer where there is ${whose}, and is judged again afterwards`, async () => {
      if (whose === 'an account') await at.people.addAdult(school, { email })
      const answers: number[] = []
      for (let n = 0; n < 5; n += 1) answers.push((await tryAs(at.stranger(), email, 'wrong')).status)
      assert.deepEqual(answers, [422, 422, 422, 422, 422])
      const sixth = await tryAs(at.stranger(), email, testPassword)
      assert.equal(sixth.status, 429)
      assert.match(errorsOf(sixth.html).join(), /Wait 1 second, then try again/)
      at.pass(1)
      assert.equal((await tryAs(at.stranger(), email, 'wrong')).status, 422)
      assert.match(errorsOf((await tryAs(at.stranger(), email, 'wrong')).html).join(), /Wait 2 seconds/)
      at.pass(1)
      const afterWaiting = await tryAs(at.stranger(), email, testPassword)
      assert.equal(afterWaiting.status, whose === 'an account' ? 303 : 422)
    })
  }

  test('does not keep the person from their own desk, where they have signed in before', async () => {
    const email = 'harassed@example.org'
    await at.people.addAdult(school, { email })
    const desk = await at.signIn(email)
    await desk.post('/sign-out')
    for (let n = 0; n < 7; n += 1) await tryAs(at.stranger(), email, 'wrong')
    assert.equal((await tryAs(at.stranger(), email, testPassword)).status, 429)
    assert.equal((await tryAs(desk, email, testPassword)).status, 303)
  })

  test('gains nothing by trying many at the same moment', async () => {
    const email = 'hammered@example.org'
    await at.people.addAdult(school, { email })
    const answers = await Promise.all(Array.from({ length: 12 }, () => tryAs(at.stranger(), email, 'wrong')))
    assert.equal(answers.filter(({ status }) => status === 422).length, 5)
  })

  test('is held up from one address after so many requests in a minute', async () => {
    const strict = await startTestApp({ routes: [...identityRoutes], tools: { openRequestsEachMinute: 3 } })
    const answers: number[] = []
    for (let n = 0; n < 4; n += 1) answers.push((await tryAs(strict.stranger(), `n${n}@example.org`, 'wrong')).status)
    await strict.close()
    assert.deepEqual(answers, [422, 422, 422, 429])
  })
})

suite('Somebody with appointments at two schools', () => {
  test('says which one they work for now, and each has it in its trail', async () => {
    const other = await at.people.addSchool({ name: 'Another School' })
    const here = await at.people.addAdult(school, { email: 'both@example.org', name: 'Sam Both' })
    const there = await at.people.addAdult(other, { account: here.account, name: 'Sam Both' })
    const agent = await at.signIn('both@example.org')
    assert.equal((await agent.get('/sample/own')).location, '/choose-school')
    const chosen = await agent.submit('/choose-school?next=/sample/own', '/choose-school', { school: other.id })
    assert.equal(chosen.location, '/sample/own')
    assert.match((await agent.get('/sample/own')).html, /Sam Both at Another School/)
    const started = (await at.people.events(other.id)).find(event => event.action === 'session.started')
    assert.equal(started?.actor, there.id)
    assert.equal((await agent.submit('/choose-school', '/choose-school', { school: school.id })).status, 303)
    assert.match((await agent.get('/sample/own')).html, new RegExp(`Sam Both at ${school.name}`))
  })

  test('cannot choose a school that is not theirs', async () => {
    const other = await at.people.addSchool()
    const stranger = await at.people.addSchool()
    const here = await at.people.addAdult(school, { email: 'greedy@example.org' })
    await at.people.addAdult(other, { account: here.account })
    const agent = await at.signIn('greedy@example.org')
    assert.equal((await agent.submit('/choose-school', '/choose-school', { school: stranger.id })).status, 422)
  })

  test('does not record at one school what they had begun at the other', async () => {
    const other = await at.people.addSchool({ name: 'The Other School' })
    const here = await at.people.addAdult(school, { email: 'moving@example.org' })
    await at.people.addAdult(other, { account: here.account })
    const agent = await at.signIn('moving@example.org')
    await agent.submit('/choose-school', '/choose-school', { school: school.id })
    const oldToken = await agent.formToken()
    await agent.submit('/choose-school', '/choose-school', { school: other.id })
    const late = await agent.post('/sample/own', { _token: oldToken, words: 'begun at the first school' })
    assert.equal(late.status, 409)
    const kept = /href="(\/kept-forms\/[^"]*)"/.exec(late.html)?.[1] ?? ''
    const page = await agent.get(kept)
    assert.match(page.html, /begun at the first school/)
    assert.match(page.html, new RegExp(`You wrote this at ${school.name}`))
    assert.doesNotMatch(page.html, /Send it now/)
  })
})

suite('Somebody who comes by https', () => {
  test('has cookies that travel by https alone and belong to this host alone', async () => {
    const secure = await startTestApp({ routes: [...identityRoutes], tools: { secureCookies: true } })
    const answer = await secure.stranger().get('/sign-in')
    await secure.close()
    assert.match(
      String(answer.raw.headers['set-cookie']),
      /^__Host-holdfast-visit=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    assert.match(String(answer.raw.headers['strict-transport-security']), /max-age=31536000/)
  })
})
