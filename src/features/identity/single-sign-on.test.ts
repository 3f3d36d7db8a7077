import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, suite, test } from 'node:test'
import { type Agent, type Answer, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { makeAuthority } from '../../../test/support/certificates.ts'
import type { TestAdult, TestSchool } from '../../../test/support/people.ts'
import { sampleRoutes } from '../../../test/support/sample-routes.ts'
import { TestProvider, testClient, tokenOf } from '../../../test/support/sign-in-provider.ts'
import { newId } from '../../platform/identifiers.ts'
import type { OutgoingMail } from '../../platform/mail.ts'
import { tokenDigest } from '../../web/http/server.ts'
import { newSecret, sealSecret } from './authenticator.ts'
import { newToken } from './commands.ts'
import { digestOf } from './provider-flow.ts'
import { sendProviderMail } from './provider-sign-in.ts'
import { identityRoutes } from './routes.ts'

let at: TestApp
let provider: TestProvider
let school: TestSchool
let keeper: TestAdult
before(async () => {
  provider = await TestProvider.start()
  at = await startTestApp({ routes: [...identityRoutes, ...sampleRoutes] })
  school = await at.people.addSchool({ name: 'Elmfield School' })
  keeper = await at.people.addAdult(school, { roles: ['system-administrator'] })
  await configure()
})
after(async () => {
  await at.close()
  await provider.close()
})
beforeEach(() => {
  Object.assign(provider, { claims: {}, denies: false, silent: false, spoilToken: undefined, spoilMetadata: undefined })
})

const settings = (issuer: string = provider.issuer) => ({
  ...{ name: 'Microsoft 365', issuer, client: testClient.id, secret: testClient.secret },
})

async function configure(issuer?: string, by: TestAdult = keeper): Promise<void> {
  const answer = await (await at.agentFor(by.id)).post('/single-sign-on', settings(issuer))
  assert.equal(answer.location, '/single-sign-on?saved', answer.html)
}

function unescaped(text: string): string {
  return text.replaceAll('&amp;', '&')
}

function linkOn(answer: Answer, beginning: string): string {
  const link = [...answer.html.matchAll(/href="([^"]*)"/g)]
    .map(([, href]) => unescaped(href ?? ''))
    .find(href => href.startsWith(beginning))
  return link ?? assert.fail(`no link to ${beginning} on ${answer.html.slice(-3000)}`)
}

function errorOn(answer: Answer): string {
  return /govuk-error-message"(?![^>]*hidden)[^>]*>(.*?)<\/p>/.exec(answer.html)?.[1]?.replaceAll(/<[^>]*>/g, '') ?? ''
}

/** Presses the button of the sign-in page, and is sent to the provider. */
async function toProvider(agent: Agent, next = '/sample/own', of: TestSchool = school): Promise<Answer> {
  const page = await agent.get(`/sign-in?next=${encodeURIComponent(next)}`)
  return agent.get(linkOn(page, `/sign-in/with/${of.id}`))
}

async function comeBack(agent: Agent, subject: string, next?: string): Promise<string> {
  const sent = await toProvider(agent, next)
  return provider.visit(sent.location ?? assert.fail(`not sent to the provider: ${errorOn(sent)}`), subject)
}

async function signInAs(subject: string, agent = at.stranger(), next?: string): Promise<Answer> {
  return agent.get(await comeBack(agent, subject, next))
}

async function addWithAuthenticator(roles: Parameters<TestApp['people']['addAdult']>[1] = {}): Promise<TestAdult> {
  const adult = await at.people.addAdult(school, { roles: ['dsl'], ...roles })
  const sealed = sealSecret(at.tools.sealing, adult.account, newSecret())
  await at.people.query('update account set code_secret_sealed = $2 where id = $1', [adult.account, sealed])
  return adult
}

/** Adds the account of the provider as its owner does: from their own page, by way of the provider. */
async function bind(adult: TestAdult, subject: string, agent?: Agent): Promise<Answer> {
  const desk = agent ?? (await at.agentFor(adult.id))
  const onwards = await desk.submit('/account/single-sign-on', '/account/single-sign-on')
  return desk.get(await provider.visit(linkOn(onwards, provider.issuer), subject))
}

async function bound(): Promise<string> {
  return JSON.stringify(
    await at.people.query(`select school_id, issuer, subject, account_id from outside_identity order by 1, 2, 3`),
  )
}

async function sessionsOf(adult: TestAdult): Promise<number> {
  const rows = await at.people.query('select 1 from session where account_id = $1', [adult.account])
  return rows.length
}

async function lastRefusal(of: TestSchool = school): Promise<unknown> {
  return (await at.people.events(of.id)).filter(({ action }) => action === 'session.refused').at(-1)?.facts['why']
}

suite('Somebody whose school has a provider', () => {
  test('adds their account with a fresh factor, is told by mail, and signs in with it from then on', async () => {
    const adult = await addWithAuthenticator({ name: 'Ines Keller' })
    provider.claims = { preferred_username: 'ines.keller@elmfield.example', email: 'ines.keller@elmfield.example' }
    const answer = await bind(adult, 'ines')
    assert.equal(answer.location, '/account/single-sign-on')
    const page = await (await at.agentFor(adult.id)).get('/account/single-sign-on')
    assert.match(page.html, /ines\.keller@elmfield\.example/)
    const jobs = await at.people.query(`select 1 from outbox where kind = 'provider-mail' and adult_id = $1`, [adult.id])
    assert.equal(jobs.length, 1)
    const mails: OutgoingMail[] = []
    const job = { schoolId: school.id, adultId: adult.id }
    await sendProviderMail(at.tools, async mail => void mails.push(mail), 'http://localhost', job, at.clock.now())
    assert.deepEqual(
      mails.map(({ to }) => to),
      [adult.email],
    )
    const stranger = at.stranger()
    assert.equal((await signInAs('ines', stranger)).location, '/sample/own')
    assert.match((await stranger.get('/sample/own')).html, /Ines Keller at Elmfield School/)
    const events = (await at.people.events(school.id)).filter(({ actor }) => actor === adult.id)
    assert.ok(events.some(({ action, facts }) => action === 'account.changed' && facts['what'] === 'provider account added'))
    assert.ok(events.some(({ action, facts }) => action === 'session.started' && facts['by'] === 'provider'))
  })

  test('is asked for their own second factor whatever the provider says of its own', async () => {
    const adult = await addWithAuthenticator()
    await bind(adult, 'strong')
    provider.spoilToken = ({ claims, signed }) =>
      signed({ ...claims, amr: ['mfa', 'hwk'], acr: 'http://schemas.openid.net/pape/policies/2007/06/multi-factor' })
    const agent = at.stranger()
    assert.equal((await signInAs('strong', agent)).status, 303)
    assert.equal((await agent.get('/sample/own')).status, 200)
    assert.equal((await agent.get('/sample/file')).location, '/code?next=%2Fsample%2Ffile')
  })

  test('cannot add one with a session left open, nor one that a colleague has', async () => {
    const adult = await addWithAuthenticator()
    const colleague = await addWithAuthenticator()
    await bind(colleague, 'taken')
    const before = await bound()
    const open = await at.agentFor(adult.id, { secondFactor: 'now' })
    at.pass(15)
    assert.equal((await open.get('/account/single-sign-on')).location, '/code?next=%2Faccount%2Fsingle-sign-on')
    assert.equal((await open.post('/account/single-sign-on')).location, '/code?next=%2Faccount%2Fsingle-sign-on')
    const refused = await bind(adult, 'taken')
    assert.equal(refused.location, '/account/single-sign-on?refused=taken')
    assert.match(
      (await (await at.agentFor(adult.id)).get(refused.location ?? '')).html,
      /belongs to somebody in Holdfast already/,
    )
    assert.equal(await bound(), before)
  })

  test('has it added in the session that asked and in no other', async () => {
    const adult = await addWithAuthenticator()
    const thief = await addWithAuthenticator()
    const before = await bound()
    const desk = await at.agentFor(thief.id)
    const onwards = await desk.submit('/account/single-sign-on', '/account/single-sign-on')
    const back = await provider.visit(linkOn(onwards, provider.issuer), 'of-the-thief')
    const victim = await at.agentFor(adult.id)
    assert.equal((await victim.get(back)).location, '/account/single-sign-on?refused=state')
    assert.equal(await bound(), before)
  })

  test('is known by issuer and subject, and never by an address', async () => {
    const adult = await at.people.addAdult(school, { email: 'head@elmfield.example', roles: ['headteacher'] })
    const before = await bound()
    for (const claims of [
      { email: 'head@elmfield.example', email_verified: true },
      { email: 'head@elmfield.example', email_verified: false, preferred_username: 'head@elmfield.example' },
    ]) {
      provider.claims = claims
      const answer = await signInAs('somebody-else')
      assert.equal(answer.status, 422)
      assert.match(errorOn(answer), /Your account of Microsoft 365 belongs to nobody in Holdfast yet/)
    }
    assert.deepEqual([await bound(), await sessionsOf(adult)], [before, 0])
    assert.equal(await lastRefusal(), 'provider: unknown')
  })

  test('stays outside when they have left or their account is closed, although the provider says yes', async () => {
    const leaver = await addWithAuthenticator()
    const closed = await addWithAuthenticator()
    await bind(leaver, 'leaver')
    await bind(closed, 'closed')
    await at.people.query('update appointment set ends_at = $2 where adult_id = $1', [leaver.id, at.clock.now()])
    await at.people.query('update account set disabled_at = $2 where id = $1', [closed.account, at.clock.now()])
    for (const [subject, adult] of [
      ['leaver', leaver],
      ['closed', closed],
    ] as const) {
      const before = await sessionsOf(adult)
      const answer = await signInAs(subject)
      assert.equal(answer.status, 422)
      assert.match(errorOn(answer), /You have no role at this school now/)
      assert.equal(await sessionsOf(adult), before)
    }
  })

  test('is signed in at that school alone, whichever others they work for', async () => {
    const other = await at.people.addSchool({ name: 'Brook School' })
    const adult = await addWithAuthenticator()
    await at.people.addAdult(other, { account: adult.account, roles: ['dsl'] })
    await bind(adult, 'both')
    const agent = at.stranger()
    assert.equal((await signInAs('both', agent)).location, '/sample/own')
    assert.doesNotMatch((await agent.get('/choose-school')).html, /Brook School/)
    const refused = await agent.post('/choose-school', { school: other.id })
    assert.equal(refused.status, 422)
    await assert.rejects(
      at.people.query('update session set school_id = $2 where provider_school_id = $1', [school.id, other.id]),
      /session_stays_with_its_provider/,
    )
  })

  test('removes it again, unless nothing else would let them in', async () => {
    const adult = await addWithAuthenticator()
    await bind(adult, 'leaving-it')
    const desk = await at.agentFor(adult.id)
    await at.people.query('update account set password_hash = null where id = $1', [adult.account])
    const kept = await desk.post('/account/single-sign-on/remove')
    assert.deepEqual([kept.status, /You could not sign in any more/.test(kept.html)], [409, true])
    const chosen = await desk.post('/account/password', { 'new-password': 'seven herons by the weir' })
    assert.equal(chosen.location, '/account')
    assert.equal((await desk.post('/account/single-sign-on/remove')).location, '/account')
    assert.equal((await signInAs('leaving-it')).status, 422)
  })

  test('chooses a first password with a fresh factor, and not in a session left open', async () => {
    const adult = await addWithAuthenticator()
    await at.people.query('update account set password_hash = null where id = $1', [adult.account])
    const open = await at.agentFor(adult.id, { secondFactor: false })
    assert.equal((await open.get('/account/password')).location, '/code?next=/account/password')
    assert.equal(
      (await open.post('/account/password', { 'new-password': 'seven herons by the weir' })).location,
      '/code?next=/account/password',
    )
    const rows = await at.people.query('select 1 from account where id = $1 and password_hash is null', [adult.account])
    assert.equal(rows.length, 1)
  })
})

suite('Somebody who was invited', () => {
  /** An invitation whose mail has gone out. */
  async function invited(name: string, email: string): Promise<{ readonly token: string; readonly id: string }> {
    const { id, account } = await at.people.addAdult(school, { name })
    await at.people.query('update adult set account_id = null, email = $2 where id = $1', [id, email])
    await at.people.query('delete from account where id = $1', [account])
    const token = newToken()
    const row = [school.id, newId(), id, keeper.id, at.clock.now(), email, tokenDigest(token)]
    await at.people.query(
      `insert into invitation (school_id, id, adult_id, kind, sent_by, made_at, expires_at, address, by_leader, confirmed, mailed_at, token_digest)
       values ($1, $2, $3, 'first', $4, $5, $5::timestamptz + interval '7 days', $6, false, false, $5, $7)`,
      row,
    )
    return { token, id }
  }

  test('begins with the account of the provider in place of a password, once', async () => {
    const { token, id } = await invited('Tomas Reed', 'tomas@elmfield.example')
    const agent = at.stranger()
    const page = await agent.get(`/invitation/${token}`)
    const sent = await agent.get(linkOn(page, `/invitation/${token}/with-provider`))
    const back = await provider.visit(sent.location ?? '', 'tomas')
    assert.equal((await agent.get(back)).location, '/')
    assert.match((await agent.get('/sample/own')).html, /Tomas Reed at Elmfield School/)
    assert.equal((await signInAs('tomas')).location, '/sample/own')
    assert.equal((await at.stranger().get(`/invitation/${token}`)).status, 404)
    const joined = (await at.people.events(school.id)).find(({ action, actor }) => action === 'account.joined' && actor === id)
    assert.equal(joined?.facts['by'], 'provider')
  })

  test('begins nothing with an account of the provider that is a colleague’s, and keeps the invitation', async () => {
    const colleague = await addWithAuthenticator()
    await bind(colleague, 'colleague')
    const { token } = await invited('Una Marsh', 'una@elmfield.example')
    const before = await bound()
    const agent = at.stranger()
    const sent = await agent.get(linkOn(await agent.get(`/invitation/${token}`), `/invitation/${token}/with-provider`))
    const answer = await agent.get(await provider.visit(sent.location ?? '', 'colleague'))
    assert.match(errorOn(answer), /belongs to somebody in Holdfast already/)
    assert.equal(await bound(), before)
    assert.equal((await agent.get(`/invitation/${token}`)).status, 200)
  })

  test('takes over no account that somebody uses, with a password or without one', async () => {
    const other = await at.people.addSchool()
    for (const how of ['password', 'provider'] as const) {
      const owner = await at.people.addAdult(other, { email: `used-${how}@example.org` })
      if (how === 'provider') {
        await at.people.query('update account set password_hash = null where id = $1', [owner.account])
        const row = [other.id, 'https://issuer.example', 'owner', owner.account, at.clock.now()]
        await at.people.query(`insert into outside_identity values ($1, $2, $3, $4, '', $5)`, row)
      }
      const { token } = await invited('Somebody', owner.email)
      const agent = at.stranger()
      const page = await agent.get(`/invitation/${token}`)
      assert.doesNotMatch(page.html, /with-provider/)
      const state = () => at.people.query('select password_hash, code_secret_sealed from account where id = $1', [owner.account])
      const before = JSON.stringify([await state(), await bound()])
      const direct = await agent.get(`/invitation/${token}/with-provider`)
      assert.equal(direct.location, `/invitation/${token}`)
      const typed = await agent.submit(`/invitation/${token}`, `/invitation/${token}`, {
        name: 'A',
        password: 'seven herons by the weir',
      })
      assert.equal(typed.status, 422, how)
      assert.equal(JSON.stringify([await state(), await bound()]), before)
    }
  })
})

suite('An answer of the provider', () => {
  let adult: TestAdult
  before(async () => {
    adult = await addWithAuthenticator()
    await bind(adult, 'target')
  })

  async function assertRefused(answer: Answer, sentence: RegExp, why: string | undefined, before: number): Promise<void> {
    assert.equal(answer.status, 422)
    assert.match(errorOn(answer), sentence)
    assert.equal(await sessionsOf(adult), before, 'no session')
    if (why !== undefined) assert.equal(await lastRefusal(), `provider: ${why}`)
  }
  const notTrusted = /What Microsoft 365 sent could not be trusted/

  const another = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const spoilt: readonly [string, NonNullable<TestProvider['spoilToken']>, string][] = [
    [
      'is for another audience',
      ({ claims, signed }) => signed({ ...claims, aud: 'another-client' }),
      'OAUTH_JWT_CLAIM_COMPARISON_FAILED aud',
    ],
    [
      'is of another issuer',
      ({ claims, signed }) => signed({ ...claims, iss: 'https://elsewhere.example' }),
      'OAUTH_JWT_CLAIM_COMPARISON_FAILED iss',
    ],
    [
      'answers another question',
      ({ claims, signed }) => signed({ ...claims, nonce: 'another' }),
      'OAUTH_JWT_CLAIM_COMPARISON_FAILED nonce',
    ],
    ['names no question', ({ claims: { nonce: _nonce, ...claims }, signed }) => signed(claims), 'OAUTH_INVALID_RESPONSE'],
    ['names nobody', ({ claims: { sub: _sub, ...claims }, signed }) => signed(claims), 'OAUTH_INVALID_RESPONSE'],
    [
      'is too old',
      ({ claims, signed }) => signed({ ...claims, iat: Number(claims['iat']) - 7200, exp: Number(claims['iat']) - 3600 }),
      'OAUTH_JWT_TIMESTAMP_CHECK_FAILED exp',
    ],
    ['is signed by another key', ({ header, claims }) => tokenOf(header, claims, another.privateKey), 'OAUTH_INVALID_RESPONSE'],
    [
      'is signed by another key under another name',
      ({ header, claims }) => tokenOf({ ...header, kid: 'mine' }, claims, another.privateKey),
      'OAUTH_KEY_SELECTION_FAILED',
    ],
    ['is not signed', ({ header, claims }) => tokenOf({ ...header, alg: 'none' }, claims), 'OAUTH_INVALID_RESPONSE'],
    ['is no token', () => 'not.a.token', 'OAUTH_PARSE_ERROR'],
  ]
  for (const [says, spoil, why] of spoilt) {
    test(`that ${says} is refused with a sentence, and nobody is signed in`, async () => {
      assert.equal((await signInAs('target')).location, '/sample/own', 'and what is not spoilt is taken')
      const before = await sessionsOf(adult)
      provider.spoilToken = spoil
      await assertRefused(await signInAs('target'), notTrusted, why, before)
    })
  }

  test('is asked for once, by us and in these words: a code of another question, an older token and a state of one’s own making are refused', async () => {
    const before = await sessionsOf(adult)
    const agent = at.stranger()
    const stolen = new URL(await comeBack(at.stranger(), 'target'), 'http://localhost').searchParams.get('code') ?? ''
    const own = new URL(await comeBack(agent, 'target'), 'http://localhost')
    own.searchParams.set('code', stolen)
    // The provider itself gives nothing for a code without the verifier of its own question.
    await assertRefused(await agent.get(`${own.pathname}${own.search}`), notTrusted, 'OAUTH_RESPONSE_BODY_ERROR', before)

    let older = ''
    provider.spoilToken = ({ claims, signed }) => (older = signed(claims))
    assert.equal((await signInAs('target')).location, '/sample/own')
    provider.spoilToken = () => older
    await assertRefused(await signInAs('target'), notTrusted, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED nonce', before + 1)
    provider.spoilToken = undefined

    const visit = [...agent.cookies].map(([, value]) => value)
    const made = visit.map(place => ({
      ...{ id: 'a'.repeat(43), school: school.id, issuer: provider.issuer, until: Date.parse(at.clock.now()) + 60_000 },
      ...{ boundTo: digestOf(place), purpose: { kind: 'sign-in', next: '/' } },
    }))
    const asked = provider.asked.length
    for (const flow of made) {
      const forged = Buffer.from(JSON.stringify(flow)).toString('base64url')
      await assertRefused(
        await agent.get(`/sign-in/returned?code=x&state=${forged}`),
        /begun in another browser/,
        undefined,
        before + 1,
      )
    }
    assert.ok(made.length > 0)
    assert.equal(provider.asked.length, asked, 'and the provider is not even asked')
  })

  test('is of the issuer that bound the account and of the school that trusts it: the same name elsewhere is somebody else', async () => {
    const before = await sessionsOf(adult)
    const elsewhere = await TestProvider.start()
    const agent = at.stranger()
    const back = await comeBack(agent, 'target')
    await configure(elsewhere.issuer)
    await assertRefused(await agent.get(back), /begun in another browser/, 'another provider', before)
    const sent = await toProvider(agent)
    const answer = await agent.get(await elsewhere.visit(sent.location ?? '', 'target'))
    await assertRefused(answer, /belongs to nobody in Holdfast yet/, 'unknown', before)
    await elsewhere.close()
    await configure()
    const other = await at.people.addSchool({ name: 'Lock School' })
    await configure(undefined, await at.people.addAdult(other, { roles: ['headteacher'] }))
    const there = at.stranger()
    const list = await there.get('/sign-in/with')
    const toOther = await there.get(linkOn(list, `/sign-in/with/${other.id}`))
    const refused = await there.get(await provider.visit(toOther.location ?? '', 'target'))
    assert.match(errorOn(refused), /belongs to nobody in Holdfast yet/)
    assert.deepEqual([await lastRefusal(other), await sessionsOf(adult)], ['provider: unknown', before])
    await at.people.query('delete from sign_in_provider where school_id = $1', [other.id])
  })

  test('that was asked for in the school where somebody worked before adds nothing in the next', async () => {
    const other = await at.people.addSchool({ name: 'Ferry School' })
    const both = await addWithAuthenticator()
    const there = await at.people.addAdult(other, { account: both.account, roles: ['dsl'] })
    const before = await bound()
    const desk = await at.agentFor(both.id)
    const onwards = await desk.submit('/account/single-sign-on', '/account/single-sign-on')
    const back = await provider.visit(linkOn(onwards, provider.issuer), 'of-both')
    await configure(undefined, await at.people.addAdult(other, { roles: ['headteacher'] }))
    await at.people.query('update session set school_id = $2 where account_id = $1', [both.account, there.school.id])
    assert.equal((await desk.get(back)).location, '/account/single-sign-on?refused=state')
    assert.equal(await bound(), before)
    await at.people.query('delete from sign_in_provider where school_id = $1', [other.id])
  })

  test('is worth something once, whether the state or the code is sent again', async () => {
    const agent = at.stranger()
    const back = await comeBack(agent, 'target')
    assert.equal((await agent.copy().get(back)).location, '/sample/own')
    const before = await sessionsOf(adult)
    await assertRefused(await agent.get(back), /was finished before/, 'answered before', before)
    const second = new URL(await comeBack(agent, 'target'), 'http://localhost')
    second.searchParams.set('code', new URL(back, 'http://localhost').searchParams.get('code') ?? '')
    await assertRefused(await agent.get(`${second.pathname}${second.search}`), notTrusted, 'OAUTH_RESPONSE_BODY_ERROR', before)
  })

  test('is worth something in the browser that asked, and while it waits', async () => {
    const agent = at.stranger()
    const before = await sessionsOf(adult)
    const began = /begun in another browser/
    const back = await comeBack(agent, 'target')
    await assertRefused(await at.stranger().get(back), began, undefined, before)
    const otherVisit = at.stranger()
    await otherVisit.get('/sign-in')
    await assertRefused(await otherVisit.get(back), began, undefined, before)
    const state = new URL(back, 'http://localhost').searchParams.get('state') ?? ''
    for (const forged of ['', 'x', `${state.slice(0, -2)}AA`, 'A'.repeat(9000)])
      await assertRefused(await agent.get(`/sign-in/returned?code=x&state=${forged}`), began, undefined, before)
    at.pass(10)
    await assertRefused(await agent.get(back), began, undefined, before)
  })

  test('that says no is told as such, without the provider’s words', async () => {
    provider.denies = true
    const before = await sessionsOf(adult)
    const answer = await signInAs('target')
    await assertRefused(answer, /Microsoft 365 did not say who you are/, 'DECLINED', before)
    assert.doesNotMatch(answer.html, /the words of the provider|access_denied/)
  })

  test('comes from the issuer that was asked, or counts for nothing', async () => {
    const before = await sessionsOf(adult)
    provider.spoilMetadata = metadata => ({ ...metadata, issuer: 'https://elsewhere.example' })
    const sent = await toProvider(at.stranger())
    await assertRefused(sent, notTrusted, 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED', before)
    provider.spoilMetadata = undefined
    const agent = at.stranger()
    const back = await comeBack(agent, 'target')
    provider.spoilMetadata = metadata => ({ ...metadata, issuer: 'https://elsewhere.example' })
    await assertRefused(await agent.get(back), notTrusted, 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED', before)
    provider.spoilMetadata = undefined
    const mixed = new URL(await comeBack(agent, 'target'), 'http://localhost')
    mixed.searchParams.set('iss', 'https://elsewhere.example')
    await assertRefused(await agent.get(`${mixed.pathname}${mixed.search}`), notTrusted, 'OAUTH_INVALID_RESPONSE', before)
  })

  test('is not sent for along an unprotected way, wherever the provider points', async () => {
    const before = await sessionsOf(adult)
    const agent = at.stranger()
    const back = await comeBack(agent, 'target')
    provider.spoilMetadata = metadata => ({ ...metadata, token_endpoint: 'http://elsewhere.example/token' })
    await assertRefused(await agent.get(back), notTrusted, 'OTHER', before)
  })

  test('is not waited for: a provider that is slow or away is told in a sentence, and everybody else signs in', async () => {
    const before = await sessionsOf(adult)
    provider.silent = true
    const agent = at.stranger()
    const link = linkOn(await agent.get('/sign-in'), '/sign-in/with/')
    const started = performance.now()
    const waiting = agent.get(link)
    await at.signIn(adult.email)
    await assertRefused(await waiting, /Microsoft 365 does not answer now/, 'OAUTH_TIMEOUT', before + 1)
    assert.ok(performance.now() - started < 8000)
    const away = await TestProvider.start()
    await away.close()
    await configure(away.issuer)
    await assertRefused(await toProvider(at.stranger()), /does not answer now/, 'NO_CONNECTION ECONNREFUSED', before + 1)
    await configure()
  })

  test('leads to a page of Holdfast and to no other site', async () => {
    for (const next of ['//elsewhere.example/', 'https://elsewhere.example', '/\\elsewhere.example', '/sign-in/with'])
      assert.equal((await signInAs('target', at.stranger(), next)).location, '/', next)
    assert.equal((await signInAs('target', at.stranger(), '/sample/own?a=b')).location, '/sample/own?a=b')
    // And where the link of the page was changed on its way.
    const agent = at.stranger()
    const link = linkOn(await agent.get('/sign-in?next=/sample/own'), '/sign-in/with/')
    const sent = await agent.get(link.replace(/next=[^&]*/, `next=${encodeURIComponent('//elsewhere.example/')}`))
    assert.equal((await agent.get(await provider.visit(sent.location ?? '', 'target'))).location, '/')
  })

  test('is asked for by whoever presses the button, and by no other site', async () => {
    const agent = at.stranger()
    await agent.get('/sign-in')
    const asked = provider.asked.length
    for (const token of ['', '?token=', '?token=0000']) {
      const answer = await agent.get(`/sign-in/with/${school.id}${token}`)
      assert.equal(answer.status, 422)
      assert.match(errorOn(answer), /had been open for too long/)
    }
    const link = linkOn(await agent.get('/sign-in'), '/sign-in/with/')
    assert.equal((await at.stranger().get(link)).status, 422)
    assert.equal(provider.asked.length, asked)
  })

  test('many times refused keeps nobody from signing in', async () => {
    for (let n = 0; n < 8; n += 1) {
      provider.spoilToken = ({ claims, signed }) => signed({ ...claims, nonce: 'another' })
      assert.equal((await signInAs('target')).status, 422)
    }
    provider.spoilToken = undefined
    assert.equal((await signInAs('target')).location, '/sample/own')
    assert.equal(
      (await at.stranger().submit('/sign-in', '/sign-in', { email: adult.email, password: 'correct horse battery' })).status,
      303,
    )
  })
})

suite('A provider on another machine', () => {
  test('is believed for its certificate alone', async () => {
    const { certificate, key } = makeAuthority().certify(['127.0.0.1'])
    let requests = 0
    const server = createServer({ cert: certificate, key }, (_request, response) => {
      requests += 1
      response.end('{}')
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const other = await at.people.addSchool({ name: 'Weir School' })
    await configure(issuer, await at.people.addAdult(other, { roles: ['headteacher'] }))
    const agent = at.stranger()
    const list = await agent.get('/sign-in/with')
    const answer = await agent.get(linkOn(list, `/sign-in/with/${other.id}`))
    assert.match(errorOn(answer), /does not answer now/)
    assert.equal(requests, 0)
    assert.match(String(await lastRefusal(other)), /^provider: NO_CONNECTION/)
    await at.people.query('delete from sign_in_provider where school_id = $1', [other.id])
    server.closeAllConnections()
    server.close()
  })
})

suite('Whoever keeps the accounts', () => {
  test('says whom the school trusts with a fresh factor, and nobody else does', async () => {
    const teacher = await at.people.addAdult(school, { roles: ['teacher'] })
    assert.equal((await (await at.agentFor(teacher.id)).get('/single-sign-on')).status, 403)
    assert.equal((await (await at.agentFor(teacher.id)).post('/single-sign-on', settings())).status, 403)
    const stale = await at.agentFor(keeper.id, { secondFactor: 'now' })
    at.pass(15)
    assert.equal((await stale.get('/single-sign-on')).location, '/code?next=%2Fsingle-sign-on')
    assert.equal((await stale.post('/single-sign-on', settings())).status, 409)
  })

  test('never sees the secret again, which lies sealed, and which stands in no trail', async () => {
    await configure()
    const desk = await at.agentFor(keeper.id)
    const page = await desk.get('/single-sign-on')
    assert.match(page.html, new RegExp(`value="${testClient.id}"`))
    assert.ok(!page.html.includes(testClient.secret))
    const rows = await at.people.query<{ sealed: Buffer }>('select sealed from sign_in_provider where school_id = $1', [
      school.id,
    ])
    assert.ok(!rows[0]?.sealed.includes(Buffer.from(testClient.secret)))
    const events = await at.people.events(school.id)
    const set = events.filter(({ action }) => action === 'sign-in.provider-set').at(-1)
    assert.deepEqual([set?.actor, set?.facts['issuer'], set?.facts['newSecret']], [keeper.id, provider.issuer, true])
    assert.ok(!JSON.stringify(events).includes(testClient.secret))
  })

  test('keeps the secret by leaving it empty, but never sends it to another issuer', async () => {
    await configure()
    const desk = await at.agentFor(keeper.id)
    assert.equal((await desk.post('/single-sign-on', { ...settings(), name: 'Google', secret: '' })).status, 303)
    assert.match((await at.stranger().get('/sign-in')).html, /Sign in with Google/)
    const moved = await desk.post('/single-sign-on', { ...settings('https://elsewhere.example'), secret: '' })
    assert.deepEqual([moved.status, /is sent nowhere else/.test(errorOn(moved))], [422, true])
    assert.match((await desk.get('/single-sign-on')).html, new RegExp(provider.issuer))
    await configure()
  })

  test('is told at its field what is wrong, and keeps what was typed', async () => {
    const desk = await at.agentFor(keeper.id)
    const wrongs: readonly [string, RegExp][] = [
      ['', /Enter the whole address of the issuer/],
      ['accounts.example', /Enter the whole address of the issuer/],
      ['http://accounts.example', /must begin with https/],
      ['javascript:alert(1)', /must begin with https/],
      ['https://me@accounts.example', /alone, without a name/],
      ['https://accounts.example/?x', /alone, without a name/],
      ['https://login.microsoftonline.com/common/v2.0', /every organisation there is/],
    ]
    for (const [issuer, says] of wrongs) {
      const answer = await desk.post('/single-sign-on', settings(issuer))
      assert.deepEqual([answer.status, says.test(errorOn(answer))], [422, true], issuer)
      assert.match(answer.html, new RegExp(`value="${testClient.id}"`))
      assert.ok(!answer.html.includes(testClient.secret))
    }
  })

  test('tries it, and reads whether the provider answers as the one that it should be', async () => {
    const desk = await at.agentFor(keeper.id)
    const right = await desk.post('/single-sign-on/try')
    assert.deepEqual([right.status, /Microsoft 365 answers/.test(right.html)], [200, true])
    provider.spoilMetadata = metadata => ({ ...metadata, issuer: 'https://elsewhere.example' })
    const wrong = await desk.post('/single-sign-on/try')
    assert.deepEqual([wrong.status, /could not be trusted/.test(wrong.html)], [422, true])
  })

  test('takes it away, and the sign-in page has no button, nor has it with nobody’s provider', async () => {
    const adult = await addWithAuthenticator()
    await bind(adult, 'stranded')
    const agent = at.stranger()
    const back = await comeBack(agent, 'stranded')
    const desk = await at.agentFor(keeper.id)
    assert.equal((await desk.post('/single-sign-on/remove')).location, '/single-sign-on')
    assert.doesNotMatch((await at.stranger().get('/sign-in')).html, /sign-in\/with/)
    assert.equal((await agent.get(back)).status, 422)
    await configure()
    assert.equal((await signInAs('stranded')).location, '/sample/own')
  })

  test('has one button where one school has a provider, and a list where several have', async () => {
    const other = await at.people.addSchool({ name: 'Harbour School' })
    assert.match((await at.stranger().get('/sign-in')).html, /Sign in with Microsoft 365/)
    await configure('https://accounts.example', await at.people.addAdult(other, { roles: ['headteacher'] }))
    const agent = at.stranger()
    const page = await agent.get('/sign-in?next=/sample/own')
    const list = await agent.get(linkOn(page, '/sign-in/with?'))
    assert.match(list.html, /Harbour School/)
    const sent = await agent.get(linkOn(list, `/sign-in/with/${school.id}`))
    assert.ok(sent.location?.startsWith(provider.issuer))
    await at.people.query('delete from sign_in_provider where school_id = $1', [other.id])
  })
})
