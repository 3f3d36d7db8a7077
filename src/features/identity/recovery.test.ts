import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { type Agent, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import type { TestAdult, TestSchool } from '../../../test/support/people.ts'
import { sampleRoutes } from '../../../test/support/sample-routes.ts'
import { actions, freshFactorMinutes, ruleFor } from '../../access/index.ts'
import type { OutgoingMail } from '../../platform/mail.ts'
import { codeToEnter, newSecret, sealSecret } from './authenticator.ts'
import { readRecoveryCode, sendRecoveryMail } from './recovery.ts'
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

async function addWithAuthenticator(): Promise<Equipped> {
  const adult = await at.people.addAdult(school, { roles: ['headteacher'] })
  const secret = newSecret()
  const sealed = sealSecret(at.tools.sealing, adult.account, secret)
  await at.people.query('update account set code_secret_sealed = $2 where id = $1', [adult.account, sealed])
  return { ...adult, secret }
}

async function enterCode(agent: Agent, adult: Equipped, next: string) {
  const [row] = await at.people.query<{ step: number }>('select code_last_step as step from account where id = $1', [
    adult.account,
  ])
  return agent.submit(`/code?next=${next}`, '/code', { code: codeToEnter(adult.secret, Number(row?.step ?? 0), at.clock.now()) })
}

const codesOn = (html: string) => [...html.matchAll(/<code[^>]*>([0-9A-Z-]{19})<\/code>/g)].map(found => found[1] ?? '')
const makeCodes = async (agent: Agent) => codesOn((await agent.submit('/account/recovery-codes', '/account/recovery-codes')).html)
const useCode = (agent: Agent, code: string, next = '/sample/file') =>
  agent.submit(`/code/recovery?next=${next}`, '/code/recovery', { code })
const atDesk = (adult: TestAdult) => at.agentFor(adult.id, { secondFactor: 'now' })
const withoutFactor = (adult: TestAdult) => at.agentFor(adult.id, { secondFactor: false })

async function mailsTo(adult: TestAdult): Promise<OutgoingMail[]> {
  const rows = await at.people.query(`select 1 from outbox where kind = 'recovery-mail' and adult_id = $1`, [adult.id])
  const sent: OutgoingMail[] = []
  const send = async (mail: OutgoingMail) => void sent.push(mail)
  for (const _ of rows)
    await sendRecoveryMail(at.tools, send, 'https://holdfast.example', { schoolId: school.id, adultId: adult.id }, at.clock.now())
  return sent
}

suite('A fresh second factor', () => {
  test('is asked for before a case, an export, an appointment and whatever brings somebody in are opened, and for no recording', () => {
    const fresh = actions.filter(action => ['fresh', 'fresh-to-open'].includes(String(ruleFor(action).secondFactor)))
    const ofACase = actions.filter(action =>
      ruleFor(action).who.some(({ says }) => says === 'the policy’s chain gave it to them'),
    )
    const named =
      /(^|[.-])(export|print|bundle)|^appointment\.|^glass\.break$|^conduct\.take-over$|^account\.(invite|factors|end-sessions)$|^sign-in\.configure$|^team\.answer$|^oversight\.open$/
    for (const action of actions)
      assert.equal(
        fresh.includes(action),
        ofACase.includes(action) || named.test(action),
        `${action} asks for a fresh one or not`,
      )
    assert.deepEqual(
      fresh.filter(action => /record|draft|add-to|report|write/.test(action)),
      [],
    )
  })

  test('is asked for when the last is a quarter of an hour old, and leads on to where the person was going', async () => {
    const adult = await addWithAuthenticator()
    const agent = await atDesk(adult)
    assert.equal((await agent.get('/sample/case?tab=2&page=1')).status, 200)
    at.pass(freshFactorMinutes)
    const asked = await agent.get('/sample/case?tab=2&page=1')
    assert.equal(asked.location, `/code?next=${encodeURIComponent('/sample/case?tab=2&page=1')}`)
    assert.match((await agent.get(asked.location ?? '')).html, /not older than 15 minutes/)
    const answer = await enterCode(agent, adult, encodeURIComponent('/sample/case?tab=2&page=1'))
    assert.equal(answer.location, '/sample/case?tab=2&page=1')
    assert.equal((await agent.get('/sample/case')).status, 200)
  })

  test('is not asked of whoever records on a page that is open, and is before anything would be shown, with the words kept', async () => {
    const adult = await addWithAuthenticator()
    const agent = await atDesk(adult)
    at.pass(freshFactorMinutes)
    assert.equal((await agent.post('/sample/case', { words: 'what I decided' })).location, '/sample/case')
    const shown = await agent.post('/sample/case', { words: '', reason: 'half a sentence' })
    assert.deepEqual([shown.status, shown.html.includes('a case, to fill in')], [409, false])
    const next = /href="\/code\?next=([^"]*)"/.exec(shown.html)?.[1] ?? ''
    assert.equal((await enterCode(agent, adult, next)).location, next)
    assert.match((await agent.get(next)).html, /half a sentence/)
    const without = await withoutFactor(adult)
    assert.equal((await without.post('/sample/case', { words: 'x' })).status, 409)
  })
})

suite('Somebody who is without their telephone', () => {
  test('opens what they wanted with a code from paper, once, and is told by mail', async () => {
    const adult = await addWithAuthenticator()
    const codes = await makeCodes(await at.agentFor(adult.id))
    assert.equal(new Set(codes).size, 10)
    const [first = '', second = ''] = codes
    const agent = await withoutFactor(adult)
    assert.match((await agent.get('/code?next=/sample/case')).html, /href="\/code\/recovery\?next=%2Fsample%2Fcase"/)
    const seenBefore = agent.copy()
    const answer = await useCode(agent, first.toLowerCase().replaceAll('-', ' – ').replaceAll('0', 'o'), '/sample/case')
    assert.equal(answer.location, '/sample/case')
    assert.equal((await agent.get('/sample/case')).status, 200)
    assert.equal((await seenBefore.get('/sample/own')).status, 303, 'the token before opens nothing')
    assert.match((await agent.get('/account')).html, /9 left/)
    const again = await useCode(await withoutFactor(adult), first)
    assert.deepEqual([again.status, /that you have not used yet/.test(again.html)], [422, true])
    const [mail, ...others] = await mailsTo(adult)
    assert.equal(others.length, 0)
    assert.match(mail?.text ?? '', /One of your recovery codes was used at .* 9 of your codes are left/)
    assert.ok(!mail?.text.includes(first))
    const both = await Promise.all([await withoutFactor(adult), await withoutFactor(adult)].map(one => useCode(one, second)))
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [303, 422])
    const events = (await at.people.events(school.id)).filter(({ actor }) => actor === adult.id)
    assert.equal(events.filter(({ facts }) => facts['by'] === 'recovery code').length, 2)
    assert.ok(!JSON.stringify(events).includes(first))
  })

  test('has codes that are shown once, stored as digests alone, and gone when new ones are made', async () => {
    const adult = await addWithAuthenticator()
    const agent = await at.agentFor(adult.id)
    const before = await makeCodes(agent)
    assert.deepEqual(codesOn((await agent.get('/account/recovery-codes')).html), [])
    const rows = await at.people.query<{ selector: string; hash: string }>(
      'select selector, hash from recovery_code where account_id = $1',
      [adult.account],
    )
    assert.equal(rows.length, 10)
    for (const { selector, hash } of rows) {
      assert.match(hash, /^\$argon2id\$/)
      assert.ok(before.some(code => code.startsWith(selector) && !hash.includes(code.slice(5))))
    }
    const after = await makeCodes(agent)
    assert.ok(after.every(code => !before.includes(code)))
    assert.equal((await useCode(await withoutFactor(adult), before[0] ?? '')).status, 422)
    assert.equal((await useCode(await withoutFactor(adult), after[0] ?? '')).status, 303)
  })

  test('cannot guess: the first group alone, a colleague’s code and nonsense are one answer, and tries are slowed', async () => {
    const adult = await addWithAuthenticator()
    const colleague = await addWithAuthenticator()
    const [own = ''] = await makeCodes(await at.agentFor(adult.id))
    const [theirs = ''] = await makeCodes(await at.agentFor(colleague.id))
    const agent = await withoutFactor(adult)
    const tries = [`${own.slice(0, 4)}-0000-0000-0000`, theirs, 'nonsense', '', `${own}-0000`]
    const answers = []
    for (const code of tries) answers.push(await useCode(agent, code))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [422, 422, 422, 422, 422],
    )
    const sentence = /Enter a recovery code that you have not used yet, as it is printed/
    assert.ok(answers.every(({ html }) => sentence.test(html)))
    assert.equal((await useCode(agent, own)).status, 429)
    assert.equal((await agent.get('/sample/case')).status, 303)
    assert.deepEqual(await mailsTo(adult), [])
  })

  test('is held up by another’s guesses for a minute at most, and then let in with a right one', async () => {
    const adult = await addWithAuthenticator()
    const [own = ''] = await makeCodes(await at.agentFor(adult.id))
    const thief = await withoutFactor(adult)
    for (let n = 0; n < 30; n += 1) {
      await useCode(thief, '0000-0000-0000-0000')
      at.pass(1)
    }
    for (let n = 0; n < 8; n += 1) await useCode(thief, '0000-0000-0000-0000')
    const desk = await withoutFactor(adult)
    const held = await useCode(desk, own)
    const wait = Number(/Wait (\d+) seconds?/.exec(held.html)?.[1])
    assert.deepEqual([held.status, wait > 0 && wait <= 60], [429, true])
    at.pass(1)
    assert.equal((await useCode(desk, own)).status, 303)
  })

  test('makes codes only with a fresh second factor, and not before there is a factor that they stand in for', async () => {
    const adult = await addWithAuthenticator()
    assert.equal(
      (await (await withoutFactor(adult)).get('/account/recovery-codes')).location,
      '/code?next=%2Faccount%2Frecovery-codes',
    )
    const agent = await atDesk(adult)
    const fields = hiddenFields((await agent.get('/account/recovery-codes')).html, '/account/recovery-codes')
    at.pass(freshFactorMinutes)
    const late = await agent.post('/account/recovery-codes', fields)
    assert.deepEqual(codesOn(late.html), [])
    assert.notEqual(late.status, 200)
    const teacher = await at.people.addAdult(school)
    assert.equal((await (await at.agentFor(teacher.id)).get('/account/recovery-codes')).location, '/account/authenticator')
  })
})

test('A code is read as people type it', () => {
  assert.deepEqual(readRecoveryCode('k7qf 9m2x-pl4t–wc6h'), { selector: 'K7QF', secret: '9M2XP14TWC6H' })
  for (const typed of ['', 'K7QF', 'K7QF-9M2X-PL4T-WC6H-0', 'K7QF-9M2X-PL4T-WC6U', '🙂'.repeat(16), 'A'.repeat(10_000)])
    assert.equal(readRecoveryCode(typed), undefined)
})
