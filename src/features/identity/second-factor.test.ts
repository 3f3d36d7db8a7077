import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Agent, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { type AdultOptions, type TestAdult, type TestSchool, testPassword } from '../../../test/support/people.ts'
import { sampleRoutes } from '../../../test/support/sample-routes.ts'
import { check } from '../../access/index.ts'
import { codeNow, codeToEnter, newSecret, sealSecret, stepOfCode } from './authenticator.ts'
import { identityRoutes } from './routes.ts'

let at: TestApp
let school: TestSchool
before(async () => {
  at = await startTestApp({ routes: [...identityRoutes, ...sampleRoutes] })
  school = await at.people.addSchool()
})
after(() => at.close())

interface Equipped extends TestAdult {
  readonly secret: string
}

async function addWithAuthenticator(options: AdultOptions = {}): Promise<Equipped> {
  const adult = await at.people.addAdult(school, { roles: ['dsl'], ...options })
  const secret = newSecret()
  await at.people.query('update account set code_secret_sealed = $2 where id = $1', [
    adult.account,
    sealSecret(at.tools.sealing, adult.account, secret),
  ])
  return { ...adult, secret }
}

const openNow = (adult: TestAdult) => at.agentFor(adult.id, { secondFactor: false })
const enter = (agent: Agent, code: string, next = '/sample/file') => agent.submit(`/code?next=${next}`, '/code', { code })

/** A code that the app does not show now, whatever it shows. */
function wrongCode(secret: string): string {
  const codes = ['000000', '111111', '222222', '333333', '444444']
  return codes.find(code => stepOfCode(secret, code, at.clock.now()) === undefined) ?? ''
}

suite('Somebody who opens more than their own concerns', () => {
  test('is asked for a code first, and goes on to where they were going', async () => {
    const adult = await addWithAuthenticator()
    const agent = await openNow(adult)
    const asked = await agent.get('/sample/file')
    assert.equal(asked.location, '/code?next=%2Fsample%2Ffile')
    const answer = await enter(agent, codeNow(adult.secret, at.clock.now()))
    assert.equal(answer.location, '/sample/file')
    assert.equal((await agent.get('/sample/file')).status, 200)
    assert.ok(
      (await at.people.events(school.id)).some(event => event.action === 'session.second-factor' && event.actor === adult.id),
    )
  })

  test('may type the code in two groups, half a minute early or late', async () => {
    for (const seconds of [-30, 0, 30]) {
      const adult = await addWithAuthenticator()
      const code = codeNow(adult.secret, new Date(Date.parse(at.clock.now()) + seconds * 1000).toISOString() as never)
      assert.equal((await enter(await openNow(adult), ` ${code.slice(0, 3)} ${code.slice(3)}`)).status, 303, `${seconds}`)
    }
    const adult = await addWithAuthenticator()
    const stale = codeNow(adult.secret, new Date(Date.parse(at.clock.now()) - 61_000).toISOString() as never)
    assert.equal((await enter(await openNow(adult), stale)).status, 422)
  })

  test('has another token afterwards: one that was seen before opens nothing', async () => {
    const adult = await addWithAuthenticator()
    const agent = await openNow(adult)
    const seenBefore = agent.copy()
    await enter(agent, codeNow(adult.secret, at.clock.now()))
    assert.notEqual(agent.cookies.get('holdfast'), seenBefore.cookies.get('holdfast'))
    assert.equal((await seenBefore.get('/sample/own')).status, 303)
    assert.equal((await agent.get('/sample/own')).status, 200)
  })

  test('uses each code once, in whatever session', async () => {
    const adult = await addWithAuthenticator()
    const code = codeNow(adult.secret, at.clock.now())
    assert.equal((await enter(await openNow(adult), code)).status, 303)
    const again = await enter(await openNow(adult), code)
    assert.equal(again.status, 422)
    assert.match(again.html, /This code was used before/)
    const next = codeToEnter(adult.secret, stepOfCode(adult.secret, code, at.clock.now()) ?? 0, at.clock.now())
    assert.notEqual(next, code)
    assert.equal((await enter(await openNow(adult), next)).status, 303)
  })

  test('cannot use one code twice at the same moment', async () => {
    const adult = await addWithAuthenticator()
    const code = codeNow(adult.secret, at.clock.now())
    const agents = await Promise.all([openNow(adult), openNow(adult), openNow(adult)])
    const answers = await Promise.all(agents.map(agent => enter(agent, code)))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [303, 422, 422])
  })

  test('loses nothing of a form for which the code was asked', async () => {
    const adult = await addWithAuthenticator()
    const agent = await openNow(adult)
    const asked = await agent.post('/sample/file', { words: 'a note I had written' })
    assert.equal(asked.status, 409)
    const href = /href="(\/code\?next=([^"]*))"/.exec(asked.html)
    const next = href?.[2] ?? ''
    assert.equal((await enter(agent, codeNow(adult.secret, at.clock.now()), next)).location, next)
    assert.match((await agent.get(next)).html, /a note I had written/)
    assert.equal((await agent.submit(next, '/sample/file')).status, 303)
    const noted = (await at.people.events(school.id)).find(event => event.action === 'note.written' && event.actor === adult.id)
    assert.equal(noted?.facts['words'], 'a note I had written')
    assert.equal((await agent.get(next)).status, 404)
  })
})

suite('Whoever records a concern', () => {
  test('is never asked for a code', async () => {
    const adult = await addWithAuthenticator()
    const actor = {
      kind: 'adult',
      schoolId: school.id,
      adultId: adult.id,
      accountId: adult.account,
      name: '',
      roles: ['dsl'],
      fileRoles: ['dsl'],
    } as const
    for (const action of [
      'concern.record',
      'draft.own',
      'child.find',
      'concern.own',
      'home.open',
      'alert.own',
      'policy.read',
      'account.own',
    ] as const) {
      const verdict = check(actor, action, { schoolId: school.id, reporterId: adult.id })
      assert.deepEqual(verdict.allowed && !verdict.needsSecondFactor, true, action)
    }
    assert.equal((await (await openNow(adult)).get('/sample/own')).status, 200)
  })
})

suite('Whoever has the password and guesses codes', () => {
  test('waits longer and longer, and signing in again changes nothing', async () => {
    const adult = await addWithAuthenticator({ email: 'codes@example.org' })
    const agent = await at.signIn('codes@example.org')
    for (let n = 0; n < 5; n += 1) assert.equal((await enter(agent, wrongCode(adult.secret))).status, 422)
    const anew = await at.signIn('codes@example.org')
    const held = await enter(anew, codeNow(adult.secret, at.clock.now()))
    assert.equal(held.status, 429)
    assert.match(held.html, /Wait 1 second, then try again/)
    at.pass(1)
    assert.equal((await enter(anew, codeNow(adult.secret, at.clock.now()))).status, 303)
    const refusals = (await at.people.events(school.id)).filter(
      event => event.action === 'session.refused' && event.actor === adult.id,
    )
    assert.equal(refusals.length, 6)
    assert.ok(refusals.every(({ outcome }) => outcome === 'refused'))
  })
})

suite('Somebody whose password another has', () => {
  test('is held up by their guesses for a minute at most, and shuts them out with a new password', async () => {
    const adult = await addWithAuthenticator({ email: 'harassed.codes@example.org' })
    const thief = await at.signIn('harassed.codes@example.org')
    for (let n = 0; n < 40; n += 1) {
      await enter(thief, wrongCode(adult.secret))
      at.pass(1)
    }
    for (let n = 0; n < 8; n += 1) await enter(thief, wrongCode(adult.secret))
    const guess = { 'current-password': 'wrong', 'new-password': 'seven herons by the weir' }
    for (let n = 0; n < 8; n += 1) await thief.post('/account/password', guess)
    const desk = await at.signIn('harassed.codes@example.org')
    const held = await enter(desk, codeNow(adult.secret, at.clock.now()))
    const wait = Number(/Wait (\d+) seconds?/.exec(held.html)?.[1])
    assert.deepEqual([held.status, wait > 0 && wait <= 60], [429, true])
    const changed = await desk.post('/account/password', { ...guess, 'current-password': testPassword })
    assert.equal(changed.location, '/account', 'whatever was guessed elsewhere')
    assert.match((await thief.get('/code')).location ?? '', /^\/sign-in/, 'the other is signed out')
    at.pass(1)
    assert.equal((await enter(desk, codeNow(adult.secret, at.clock.now()))).location, '/sample/file')
  })
})

suite('Somebody who has no authenticator yet', () => {
  /** The key on the page, as somebody types it into their app. */
  const keyOn = (html: string) => (/<code[^>]*>([^<]*)<\/code>/.exec(html)?.[1] ?? '').replaceAll(' ', '')

  test('is walked through setting one up, and then opens what they wanted', async () => {
    const adult = await at.people.addAdult(school, { roles: ['dsl'], email: 'setting.up@example.org' })
    const agent = await at.signIn('setting.up@example.org')
    const page = await agent.get('/code?next=/sample/file')
    const key = keyOn(page.html)
    assert.match(key, /^[A-Z2-7]{32}$/)
    assert.match(
      page.html,
      /href="otpauth:\/\/totp\/Holdfast:setting\.up%40example\.org\?secret=[A-Z2-7]{32}&amp;issuer=Holdfast"/,
    )
    const wrong = await agent.post('/code', { ...hiddenFields(page.html, '/code'), code: wrongCode(key) })
    assert.equal(wrong.status, 422)
    assert.equal(keyOn(wrong.html), key)
    const right = await agent.post('/code', { ...hiddenFields(wrong.html, '/code'), code: codeNow(key, at.clock.now()) })
    assert.equal(right.location, '/sample/file')
    assert.equal((await agent.get('/sample/file')).status, 200)
    const replay = await enter(await openNow(adult), codeNow(key, at.clock.now()))
    assert.equal(replay.status, 422)
    at.pass(1)
    assert.equal((await enter(await openNow(adult), codeNow(key, at.clock.now()))).status, 303)
  })

  test('has its key sealed: the database alone makes no code', async () => {
    const adult = await addWithAuthenticator()
    const [row] = await at.people.query<{ sealed: Buffer }>('select code_secret_sealed as sealed from account where id = $1', [
      adult.account,
    ])
    assert.ok(row && !row.sealed.includes(adult.secret))
  })

  test('cannot be given a key by somebody else: it is bound to the session that was shown it', async () => {
    const attacker = await at.people.addAdult(school, { roles: ['dsl'] })
    const page = await (await openNow(attacker)).get('/code')
    const victim = await at.people.addAdult(school, { roles: ['dsl'] })
    const agent = await openNow(victim)
    const { secret } = hiddenFields(page.html, '/code')
    const answer = await agent.post('/code', { secret, next: '/', code: codeNow(keyOn(page.html), at.clock.now()) })
    assert.equal(answer.location, '/code?next=%2F')
    const [row] = await at.people.query('select 1 from account where id = $1 and code_secret_sealed is not null', [
      victim.account,
    ])
    assert.equal(row, undefined)
  })
})

suite('Somebody who replaces their authenticator', () => {
  test('proves the old one first: a session left open is not enough', async () => {
    const adult = await addWithAuthenticator()
    const agent = await openNow(adult)
    assert.equal((await agent.get('/account/authenticator')).location, '/code?next=/account/authenticator')
    assert.equal(
      (await agent.post('/account/authenticator', { secret: 'x', code: '123456' })).location,
      '/code?next=/account/authenticator',
    )
    await enter(agent, codeNow(adult.secret, at.clock.now()), '/account/authenticator')
    const page = await agent.get('/account/authenticator')
    const key = (/<code[^>]*>([^<]*)<\/code>/.exec(page.html)?.[1] ?? '').replaceAll(' ', '')
    const fields = hiddenFields(page.html, '/account/authenticator')
    at.pass(1)
    assert.equal(
      (await agent.post('/account/authenticator', { ...fields, code: codeNow(key, at.clock.now()) })).location,
      '/account',
    )
    at.pass(1)
    assert.equal((await enter(await openNow(adult), codeNow(adult.secret, at.clock.now()))).status, 422)
    assert.equal((await enter(await openNow(adult), codeNow(key, at.clock.now()))).status, 303)
  })
})

suite('Somebody who looks after their account', () => {
  test('sees where they are signed in and ends a session at once', async () => {
    const adult = await at.people.addAdult(school, { email: 'tidy@example.org' })
    const here = await at.signIn('tidy@example.org')
    const elsewhere = await at.signIn('tidy@example.org')
    const action = /action="(\/account\/sessions\/[0-9a-f-]{36}\/end)"/.exec((await here.get('/account')).html)?.[1] ?? ''
    assert.equal((await elsewhere.get('/sample/own')).status, 200)
    assert.equal((await here.submit('/account', action)).location, '/account')
    assert.equal((await elsewhere.get('/sample/own')).status, 303)
    assert.equal((await here.get('/sample/own')).status, 200)
    assert.ok((await at.people.events(school.id)).some(event => event.action === 'session.ended' && event.actor === adult.id))
  })

  test('cannot end the session of a colleague: it is not there', async () => {
    const colleague = await at.people.addAdult(school)
    const theirs = await at.agentFor(colleague.id)
    const [row] = await at.people.query<{ id: string }>('select id from session where account_id = $1', [colleague.account])
    const agent = await at.agentFor((await at.people.addAdult(school)).id)
    assert.equal((await agent.post(`/account/sessions/${row?.id}/end`)).status, 404)
    assert.equal((await theirs.get('/sample/own')).status, 200)
  })

  test('ends all sessions but this one', async () => {
    const adult = await at.people.addAdult(school)
    const [here, one, two] = [await at.agentFor(adult.id), await at.agentFor(adult.id), await at.agentFor(adult.id)]
    assert.equal((await here.post('/account/sessions/end-others')).location, '/account')
    const answers = [await here.get('/sample/own'), await one.get('/sample/own'), await two.get('/sample/own')]
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 303, 303],
    )
  })

  test('changes their password with the present one, and is signed out everywhere else', async () => {
    await at.people.addAdult(school, { email: 'changing@example.org' })
    const here = await at.signIn('changing@example.org')
    const elsewhere = await at.signIn('changing@example.org')
    const change = (current: string, fresh: string) =>
      here.submit('/account/password', '/account/password', { 'current-password': current, 'new-password': fresh })
    assert.equal((await change('', 'short')).status, 422)
    const wrong = await change('not my password', 'otter lamp seven')
    assert.deepEqual([wrong.status, /The current password is not right/.test(wrong.html)], [422, true])
    assert.doesNotMatch(wrong.html, /otter lamp/)
    assert.equal((await change(testPassword, 'otter lamp seven')).location, '/account')
    assert.equal((await elsewhere.get('/sample/own')).status, 303)
    await assert.rejects(at.signIn('changing@example.org', testPassword))
    assert.ok(await at.signIn('changing@example.org', 'otter lamp seven'))
  })

  test('is slowed down when guessing the present password in a session left open', async () => {
    const agent = await at.agentFor((await at.people.addAdult(school)).id)
    const guess = () =>
      agent.submit('/account/password', '/account/password', { 'current-password': 'wrong', 'new-password': 'otter lamp seven' })
    const answers: number[] = []
    for (let n = 0; n < 6; n += 1) answers.push((await guess()).status)
    assert.deepEqual(answers, [422, 422, 422, 422, 422, 429])
  })
})
