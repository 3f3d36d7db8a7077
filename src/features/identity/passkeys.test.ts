import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, suite, test } from 'node:test'
import { type Agent, type Answer, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser, type TestWindow } from '../../../test/support/browser.ts'
import type { TestAdult, TestSchool } from '../../../test/support/people.ts'
import { sampleRoutes } from '../../../test/support/sample-routes.ts'
import { type Answering, SoftPasskey } from '../../../test/support/soft-passkey.ts'
import { newSecret, sealSecret } from './authenticator.ts'
import { userHandle } from './passkeys.ts'
import { identityRoutes } from './routes.ts'

let at: TestApp
let school: TestSchool
before(async () => {
  at = await startTestApp({ routes: [...identityRoutes, ...sampleRoutes] })
  school = await at.people.addSchool()
})
after(() => at.close())

async function addWithAuthenticator(): Promise<TestAdult> {
  const adult = await at.people.addAdult(school, { roles: ['dsl'] })
  const sealed = sealSecret(at.tools.sealing, adult.account, newSecret())
  await at.people.query('update account set code_secret_sealed = $2 where id = $1', [adult.account, sealed])
  return adult
}

const here = { origin: 'http://localhost', rpId: 'localhost' }
const challengeOn = ({ html }: Answer) =>
  (JSON.parse((/data-hf-asks="([^"]*)"/.exec(html)?.[1] ?? '{}').replaceAll('&quot;', '"')) as { challenge: string }).challenge
const sentence = /could not be checked\. Try again|had been open for too long, or was sent before/

async function add(adult: TestAdult, key: SoftPasskey, how: Partial<Answering> = {}, name = 'School laptop'): Promise<Answer> {
  const agent = await at.agentFor(adult.id)
  const challenge = challengeOn(await agent.get('/account/passkeys'))
  return agent.submit('/account/passkeys', '/account/passkeys', { name, response: key.made({ challenge, ...here, ...how }) })
}

async function prove(agent: Agent, key: SoftPasskey, how: Partial<Answering> = {}, handle?: string): Promise<Answer> {
  const challenge = challengeOn(await agent.get('/code?next=/sample/file'))
  return agent.post('/code/passkey', { next: '/sample/file', response: key.proved({ challenge, ...here, ...how }, handle) })
}

async function signIn(agent: Agent, key: SoftPasskey, how: Partial<Answering> = {}, handle?: string): Promise<Answer> {
  const page = await agent.get('/sign-in')
  const response = key.proved({ challenge: challengeOn(page), ...here, ...how }, handle)
  return agent.submit('/sign-in', '/sign-in/passkey', { response })
}

async function stateOf(adult: TestAdult): Promise<string> {
  const rows = await at.people.query(
    `select (select count(*) from passkey where account_id = $1) as keys, (select max(sign_count) from passkey where account_id = $1) as count,
      (select count(*) from session where account_id = $1 and second_factor_at is not null) as raised`,
    [adult.account],
  )
  return JSON.stringify(rows)
}

suite('Somebody with a passkey', () => {
  test('adds and names it, proves themselves with it, signs in with it alone, and removes it', async () => {
    const adult = await addWithAuthenticator()
    const key = new SoftPasskey()
    assert.equal((await add(adult, key, { count: 1 })).location, '/account/passkeys')
    const agent = await at.agentFor(adult.id, { secondFactor: false })
    const seenBefore = agent.copy()
    assert.equal((await prove(agent, key, { count: 2 })).location, '/sample/file')
    assert.equal((await agent.get('/sample/file')).status, 200)
    assert.equal((await seenBefore.get('/sample/own')).status, 303, 'the token before opens nothing')
    const stranger = at.stranger()
    assert.equal((await signIn(stranger, key, { count: 3 }, userHandle(adult.account))).location, '/')
    assert.equal((await stranger.get('/sample/file')).status, 200, 'a passkey is both factors')
    const list = await (await at.agentFor(adult.id)).get('/account/passkeys')
    assert.match(list.html, /School laptop/)
    const remove = /action="(\/account\/passkeys\/[0-9a-f-]{36}\/remove)"/.exec(list.html)?.[1] ?? ''
    const colleague = await at.agentFor((await addWithAuthenticator()).id)
    assert.equal((await colleague.post(remove)).status, 404, 'a colleague’s is not there')
    assert.equal((await (await at.agentFor(adult.id)).post(remove)).location, '/account/passkeys')
    assert.equal((await signIn(at.stranger(), key, { count: 4 })).status, 422)
    const events = (await at.people.events(school.id)).filter(({ actor }) => actor === adult.id)
    for (const [event, what] of [
      ['account.changed', 'passkey added'],
      ['account.changed', 'passkey removed'],
    ])
      assert.ok(events.some(({ action, facts }) => action === event && facts['what'] === what))
    assert.ok(events.some(({ action, facts }) => action === 'session.started' && facts['by'] === 'passkey'))
  })

  test('cannot be given one with a session left open, nor one that somebody has already', async () => {
    const adult = await addWithAuthenticator()
    const key = new SoftPasskey()
    const old = await at.agentFor(adult.id, { secondFactor: 'now' })
    at.pass(15)
    assert.equal((await old.get('/account/passkeys')).location, '/code?next=%2Faccount%2Fpasskeys')
    assert.equal((await old.post('/account/passkeys', { response: '{}' })).status, 409)
    assert.equal((await add(adult, key)).status, 303)
    const again = await add(await addWithAuthenticator(), key)
    assert.deepEqual([again.status, /This passkey is there already/.test(again.html)], [422, true])
  })
})

suite('Whoever has no such passkey', () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const wrongs: readonly [string, Partial<Answering>][] = [
    ['made for another site', { origin: 'https://holdfast.example.evil' }],
    ['made for another name', { rpId: 'evil.example' }],
    ['made without proving to the device that it is they', { verified: false }],
    ['with a challenge that is not ours', { challenge: Buffer.alloc(56, 7).toString('base64url') }],
    ['with no challenge', { challenge: '' }],
  ]

  test('gets nowhere with an answer that is forged, and changes nothing', async () => {
    const adult = await addWithAuthenticator()
    const key = new SoftPasskey()
    await add(adult, key, { count: 5 })
    const agent = await at.agentFor(adult.id, { secondFactor: false })
    await at.agentFor(adult.id)
    const before = await stateOf(adult)
    const refused: [string, Answer][] = []
    for (const [says, how] of wrongs) {
      refused.push([`a proof ${says}`, await prove(agent, key, { count: 6, ...how })])
      refused.push([`a sign-in ${says}`, await signIn(at.stranger(), key, { count: 6, ...how })])
    }
    refused.push(['signed by another key', await prove(agent, key, { count: 6, by: stranger })])
    refused.push(['a sign-in signed by another key', await signIn(at.stranger(), key, { count: 6, by: stranger })])
    refused.push(['a copy, whose count does not grow', await prove(agent, key, { count: 5 })])
    refused.push(['a copy at sign-in', await signIn(at.stranger(), key, { count: 4 })])
    refused.push(['of another account', await signIn(at.stranger(), key, { count: 6 }, userHandle(newAccount()))])
    refused.push(['a key that nobody added', await signIn(at.stranger(), new SoftPasskey())])
    for (const response of ['', '{', 'null', '[]', '{"id":1}', 'x'.repeat(200_000)])
      refused.push([`nonsense ${response.slice(0, 9)}`, await agent.post('/code/passkey', { response })])
    for (const [says, answer] of refused) {
      assert.equal(answer.status, 422, says)
      assert.match(answer.html, sentence, says)
    }
    assert.equal((await agent.get('/sample/file')).status, 303)
    assert.equal(await stateOf(adult), before)
    const fresh = await addWithAuthenticator()
    for (const [says, how] of wrongs) assert.equal((await add(fresh, new SoftPasskey(), how)).status, 422, says)
    const whys = (await at.people.events(school.id)).filter(({ action }) => action === 'session.refused')
    assert.ok(whys.some(({ facts }) => facts['why'] === 'passkey: not verified'))
  })

  test('gets nowhere with an answer that was sent before, in another session, for another purpose, or too late', async () => {
    const adult = await addWithAuthenticator()
    const key = new SoftPasskey()
    await add(adult, key)
    const agent = await at.agentFor(adult.id, { secondFactor: false })
    const challenge = challengeOn(await agent.get('/code'))
    const response = key.proved({ challenge, ...here })
    const elsewhere = await at.agentFor(adult.id, { secondFactor: false })
    assert.equal((await elsewhere.post('/code/passkey', { response })).status, 422, 'of another session')
    assert.equal((await signIn(at.stranger(), key, { challenge })).status, 422, 'asked for something else')
    assert.equal((await agent.post('/code/passkey', { response })).status, 303)
    const again = await agent.post('/code/passkey', { response })
    assert.deepEqual([again.status, /was sent before/.test(again.html)], [422, true])
    const late = challengeOn(await elsewhere.get('/code'))
    at.pass(5)
    assert.equal((await elsewhere.post('/code/passkey', { response: key.proved({ challenge: late, ...here }) })).status, 422)
    assert.equal((await elsewhere.get('/sample/file')).status, 303)
  })

  test('gets nowhere when the account is closed or the person has left', async () => {
    const adult = await addWithAuthenticator()
    const key = new SoftPasskey()
    await add(adult, key)
    await at.people.query('update account set disabled_at = $2 where id = $1', [adult.account, at.clock.now()])
    assert.equal((await signIn(at.stranger(), key)).status, 422)
  })
})

function newAccount() {
  return '01939c00-0000-7000-8000-000000000000' as TestAdult['account']
}

suite('Somebody with a real browser', () => {
  let browser: TestBrowser
  let window: TestWindow | undefined
  before(async () => {
    browser = await startBrowser(at, 'localhost')
  })
  after(async () => {
    await window?.close()
    await browser.close()
  })

  test('adds a passkey, is asked for it in place of a code, and signs in with it', async () => {
    const adult = await addWithAuthenticator()
    window = await browser.open({ as: await at.agentFor(adult.id) })
    const devices = await window.page.context().newCDPSession(window.page)
    await devices.send('WebAuthn.enable')
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
        ...{ isUserVerified: true, automaticPresenceSimulation: true },
      },
    })
    await window.goto('/account/passkeys')
    await window.fill('Name', 'School laptop')
    await window.press('Add a passkey')
    assert.match(await window.page.content(), /School laptop/)
    const [cookie] = [...(await at.agentFor(adult.id, { secondFactor: false })).cookies]
    await window.page.context().addCookies([{ name: cookie?.[0] ?? '', value: cookie?.[1] ?? '', url: browser.address }])
    await window.goto('/code?next=/account')
    await window.press('Use a passkey')
    assert.equal(window.path, '/account')
    await window.page.context().clearCookies()
    await window.goto('/sign-in?next=/account')
    await window.press('Sign in with a passkey')
    assert.equal(window.path, '/account')
    assert.match(await window.page.content(), /Your account/)
  })

  test('without scripts sees the other ways and no button that does nothing', async () => {
    const adult = await addWithAuthenticator()
    const plain = await browser.open({ as: await at.agentFor(adult.id), javaScript: false, width: 'phone' })
    await plain.goto('/account/passkeys')
    assert.equal(await plain.page.getByRole('button', { name: 'Add a passkey' }).isVisible(), false)
    assert.match((await plain.page.textContent('main')) ?? '', /The code of your authenticator works without it/)
    await plain.close()
  })
})
