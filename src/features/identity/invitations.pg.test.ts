import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { agreeTo } from '../../../test/support/team-changes.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { MailJob } from '../../platform/jobs.ts'
import type { OutgoingMail } from '../../platform/mail.ts'
import { tokenDigest } from '../../web/http/server.ts'
import { workInBackground } from '../../work/work.ts'
import { drainOutbox } from '../alerts/index.ts'
import { closeLeavers, sendInvitation } from './index.ts'

const { westPark, westley } = demo
const words = 'four quiet purple kettles'
let holdfast: TestApp
let head: Agent
let administrator: Agent
let personnel: Agent

before(async () => {
  holdfast = await startTestApp({ template: 'demonstration', policies: testPolicies() })
  head = await holdfast.agentFor(westPark.head.adultId)
  administrator = await holdfast.agentFor(westPark.systemAdministrator.adultId)
  personnel = await holdfast.agentFor(westPark.recordKeeper.adultId)
})
after(() => holdfast.close())

const rows = <Row extends Record<string, unknown>>(statement: string, ...values: unknown[]) =>
  holdfast.people.query<Row>(statement, values)

async function newcomer(name: string, email: string, role = 'teacher'): Promise<AdultId> {
  const added = await head.post('/people/new', { name, kind: 'staff', email })
  assert.equal(added.status, 303, added.html)
  assert.equal((await head.post(`${added.location}/appointments/new`, { role, from: 'now' })).status, 303)
  return (added.location ?? '').split('/').at(-1) as AdultId
}

/** Sends what waits in the school's outbox as the worker would, and gives the mails of invitations. */
async function mailsOf(school: { readonly id: typeof westPark.id } = westPark): Promise<OutgoingMail[]> {
  const jobs: MailJob[] = []
  const addMails = async (added: readonly { readonly data: MailJob }[]) => void jobs.push(...added.map(({ data }) => data))
  await drainOutbox(holdfast.tools, { addMails, addScan: async () => undefined }, school.id, holdfast.clock.now())
  const mails: OutgoingMail[] = []
  for (const job of jobs.filter(({ kind }) => kind === 'invitation-mail'))
    await sendInvitation(
      holdfast.tools,
      async mail => void mails.push(mail),
      'https://holdfast.example',
      job,
      holdfast.clock.now(),
    )
  return mails
}

const linkIn = (mail: OutgoingMail | undefined) =>
  /https:\/\/holdfast\.example(\/invitation\/\S+)/.exec(mail?.text ?? '')?.[1] ?? ''

async function invite(adult: AdultId, by: Agent = head): Promise<string> {
  const invited = await by.post(`/people/${adult}/invite`)
  assert.equal(invited.status, 303, invited.html)
  const [mail, ...others] = await mailsOf()
  assert.equal(others.length, 0)
  return linkIn(mail)
}

async function choose(path: string, fields: { readonly name: string; readonly password: string }, agent = holdfast.stranger()) {
  return agent.submit(path, path, fields)
}

const eventsOf = async (adult: AdultId) =>
  (await rows<{ action: string }>('select action from audit_entry where subject_id = $1 order by n', adult)).map(
    row => row.action,
  )

test('A new colleague is invited by mail, chooses a name and a password once, and signs in', async () => {
  const adult = await newcomer('Tomas Vale', 'Tomas.Vale@west-park.demo.example')
  assert.match((await head.get(`/people/${adult}`)).html, /They have no account yet/)
  const invited = await personnel.post(`/people/${adult}/invite`)
  assert.equal(invited.location, `/people/${adult}?invited`)
  assert.match((await head.get(`/people/${adult}?invited`)).html, /A mail is on its way[\s\S]*An invitation waits for them until/)
  const [mail] = await mailsOf()
  assert.equal(mail?.to, 'tomas.vale@west-park.demo.example')
  const path = linkIn(mail)
  const token = path.split('/').at(-1) ?? ''
  assert.ok(token.length >= 43)
  const stored = await rows<{ token_digest: Buffer; row: string }>(
    'select token_digest, invitation::text as row from invitation where adult_id = $1',
    adult,
  )
  assert.deepEqual(stored[0]?.token_digest, tokenDigest(token))
  assert.ok(!stored[0]?.row.includes(token))

  const opened = await holdfast.stranger().get(path)
  assert.match(opened.html, /West Park School/)
  assert.match(opened.html, /value="Tomas Vale"/)
  const weak = await choose(path, { name: '', password: 'password1234' })
  assert.equal(weak.status, 422)
  assert.match(weak.html, /Enter your full name/)
  assert.match(weak.html, /harder to guess/)
  const chosen = await choose(path, { name: 'Tom Vale', password: words })
  assert.deepEqual([chosen.status, chosen.location], [303, '/sign-in?chosen'])
  const page = await holdfast.signIn('tomas.vale@west-park.demo.example', words)
  assert.equal((await page.get('/')).status, 200)
  assert.match((await head.get(`/people/${adult}`)).html, /Tom Vale[\s\S]*They can sign in while they hold a role/)
  assert.equal(
    (await choose(path, { name: 'Tom Vale', password: 'another five small birds' }).catch(() => undefined))?.status,
    undefined,
  )
  assert.equal((await holdfast.stranger().get(path)).status, 404)
  const [hash] = await rows<{ password_hash: string }>(
    'select password_hash from account where email = $1',
    'tomas.vale@west-park.demo.example',
  )
  assert.match(hash?.password_hash ?? '', /^\$argon2id\$/)
  assert.deepEqual(
    (await eventsOf(adult)).filter(action => action.startsWith('account.')),
    ['account.invited', 'account.joined'],
  )
})

test('A link that is wrong, used, withdrawn or too old has one answer', async () => {
  const adult = await newcomer('Uma Reed', 'uma.reed@west-park.demo.example')
  const first = await invite(adult)
  const second = await invite(adult, administrator)
  const third = await newcomer('Vic Stone', 'vic.stone@west-park.demo.example').then(id => invite(id))
  const late = holdfast.clock.now()
  const withdrawn = await holdfast.stranger().get(first)
  const wrong = await holdfast.stranger().get('/invitation/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
  const stranger = holdfast.stranger()
  const form = { ...hiddenFields((await stranger.get(second)).html, second), name: 'Uma Reed', password: words }
  assert.equal((await stranger.post(second, form)).status, 303)
  const used = await stranger.post(second, form)
  holdfast.pass(8 * 24 * 60)
  const old = await holdfast.stranger().get(third)
  holdfast.clock.set(late)
  const plain = (html: string) => html.replaceAll(/(Printed|printed)[^<]*/g, '')
  for (const answer of [withdrawn, used, old]) {
    assert.equal(answer.status, 404)
    assert.equal(plain(answer.html), plain(wrong.html))
  }
  assert.equal(wrong.status, 404)
})

const codeOf = async (email: string) =>
  (await rows<{ code: Buffer | null }>('select code_secret_sealed as code from account where email = $1', email))[0]?.code ?? null

test('Whoever keeps accounts alone restores the password of somebody who opens files, and leaves the authenticator as it is', async () => {
  const { dsl } = westPark
  await rows('update account set code_secret_sealed = $2 where email = $1', dsl.email, Buffer.from('kept'))
  const before = await holdfast.agentFor(dsl.adultId)
  assert.equal((await before.get('/today')).status, 200)
  await rows(`update adult set email = 'somebody.else@example.org' where id = $1`, dsl.adultId)
  for (const alone of [administrator, personnel]) {
    await alone.post(`/people/${dsl.adultId}/invite`)
    assert.equal((await before.get('/')).status, 303, 'signed out as soon as the mail is asked for')
  }
  assert.match((await head.get(`/people/${dsl.adultId}`)).html, /They keep their authenticator/)
  const [mail] = (await mailsOf()).slice(-1)
  assert.equal(mail?.to, dsl.email, 'to the address of the account, whatever the school has written since')
  assert.equal((await choose(linkIn(mail), { name: dsl.name, password: words })).status, 303)
  assert.deepEqual(await codeOf(dsl.email), Buffer.from('kept'), 'two who keep accounts are not enough')
})

test('Two persons, one of them the head or of the safeguarding team, bring in somebody whose telephone is lost', async () => {
  const { dsl } = westPark
  await administrator.post(`/people/${dsl.adultId}/invite`)
  await mailsOf()
  const path = await invite(dsl.adultId, await holdfast.agentFor(westPark.deputy.adultId))
  assert.equal((await choose(path, { name: dsl.name, password: words })).status, 303)
  assert.equal(await codeOf(dsl.email), null)
  const page = await holdfast.signIn(dsl.email, words)
  assert.match((await page.get('/today')).location ?? '', /^\/code/)
  assert.match((await page.get('/code')).html, /authenticator/i)
  await administrator.post(`/people/${dsl.adultId}/invite`)
  assert.deepEqual(await mailsOf(), [], 'without an authenticator the password is everything')
})

test('A new member of the safeguarding team comes in when a second person has asked, and not where the address was changed meanwhile', async () => {
  const added = await administrator.post('/people/new', {
    name: 'Zoe Marsh',
    kind: 'staff',
    email: 'zoe.marsh@west-park.demo.example',
  })
  const adult = (added.location ?? '').split('/').at(-1) as AdultId
  assert.equal((await administrator.post(`/people/${adult}/appointments/new`, { role: 'deputy-dsl', from: 'now' })).status, 303)
  await agreeTo(holdfast, { adultId: adult }, westPark.head)
  assert.equal((await administrator.post(`/people/${adult}/invite`)).location, `/people/${adult}?asked`)
  assert.deepEqual(await mailsOf(), [])
  await rows(`update adult set email = 'elsewhere@example.org' where id = $1`, adult)
  assert.equal((await head.post(`/people/${adult}/invite`)).location, `/people/${adult}?asked`, 'the head saw another address')
  const path = await invite(adult, personnel)
  await rows(`update adult set email = 'zoe.marsh@west-park.demo.example' where id = $1`, adult)
  assert.equal((await holdfast.stranger().get(path)).status, 404, 'a link opens nothing once the address is another')
})

test('An invitation asked for by one person is worth nothing once its owner is to open files', async () => {
  const adult = await newcomer('Abe Lowe', 'abe.lowe@west-park.demo.example')
  const path = await invite(adult, administrator)
  assert.equal((await administrator.post(`/people/${adult}/appointments/new`, { role: 'deputy-dsl', from: 'now' })).status, 303)
  await agreeTo(holdfast, { adultId: adult }, westPark.head)
  assert.equal((await holdfast.stranger().get(path)).status, 404)
})

test('A colleague who has lost password or telephone gets a new password and no authenticator, and every session of theirs ends at once', async () => {
  const { senco } = westPark
  await rows('update account set code_secret_sealed = $2 where email = $1', senco.email, Buffer.from('lost'))
  const before = await holdfast.agentFor(senco.adultId)
  assert.equal((await choose(await invite(senco.adultId, administrator), { name: senco.name, password: words })).status, 303)
  assert.equal((await before.get('/')).status, 303)
  assert.equal(await codeOf(senco.email), null)
})

test('Only whoever keeps people invites, and nobody without an address is invited', async () => {
  const adult = await newcomer('Wyn Hart', '')
  for (const outside of [westPark.senco, westPark.teacher, westPark.receptionist]) {
    const page = await holdfast.agentFor(outside.adultId)
    assert.equal((await page.post(`/people/${adult}/invite`)).status, 404)
  }
  assert.match((await head.post(`/people/${adult}/invite`)).html, /There is no email address/)
  assert.equal((await head.post(`/people/${westley.dsl.adultId}/invite`)).status, 404)
  await rows(`update adult set email = $2 where id = $1`, adult, westPark.teacher.email)
  assert.match((await head.post(`/people/${adult}/invite`)).html, /Somebody else at this school/)
})

test('Whoever has an account of another school joins with its password, which stays as it is', async () => {
  const adult = await newcomer('Ola Finch', westley.teacher.email)
  const path = await invite(adult)
  assert.match((await holdfast.stranger().get(path)).html, /You have an account in Holdfast already/)
  assert.equal((await choose(path, { name: 'Ola Finch', password: words })).status, 422)
  const before = await rows('select password_hash from account where email = $1', westley.teacher.email)
  const { demonstrationPassword } = await import('../../../demo/people.ts')
  assert.equal((await choose(path, { name: 'Ola Finch', password: demonstrationPassword })).status, 303)
  assert.deepEqual(await rows('select password_hash from account where email = $1', westley.teacher.email), before)
  assert.equal((await (await holdfast.signIn(westley.teacher.email, demonstrationPassword)).get('/choose-school')).status, 200)
})

test('With the last appointment the account is closed and every session ends; an invitation opens it again', async () => {
  const adult = await newcomer('Xan Moor', 'xan.moor@west-park.demo.example')
  await choose(await invite(adult), { name: 'Xan Moor', password: words })
  const page = await holdfast.signIn('xan.moor@west-park.demo.example', words)
  const [held] = await rows<{ id: string }>('select id from appointment where adult_id = $1', adult)
  assert.equal((await head.post(`/people/${adult}/appointments/${held?.id}/end`)).status, 303)
  const open = await rows(
    'select 1 from session s join adult a on a.account_id = s.account_id where a.id = $1 and s.ended_at is null',
    adult,
  )
  assert.equal(open.length, 0)
  assert.match((await page.get('/')).location ?? '', /^\/sign-in/)
  await assert.rejects(holdfast.signIn('xan.moor@west-park.demo.example', words), /could not sign in \(422\)/)
  assert.equal((await eventsOf(adult)).at(-1), 'account.closed')
  assert.match((await head.get(`/people/${adult}`)).html, /Their account was closed/)
  await head.post(`/people/${adult}/appointments/new`, { role: 'teacher', from: 'now' })
  await choose(await invite(adult), { name: 'Xan Moor', password: 'six other slow brown hens' })
  await holdfast.signIn('xan.moor@west-park.demo.example', 'six other slow brown hens')
})

test('An appointment that ends by its date closes the account as well, and is noted once', async () => {
  const adult = await newcomer('Yan Fell', 'yan.fell@west-park.demo.example')
  await choose(await invite(adult), { name: 'Yan Fell', password: words })
  await rows('update appointment set ends_at = $2 where adult_id = $1', adult, holdfast.clock.now())
  const look = () =>
    workInBackground(holdfast.tools, westPark.id, holdfast.clock.now(), async work => ({
      commit: true,
      value: await closeLeavers(work),
    }))
  const openAccounts = async () => (await rows('select 1 from account where disabled_at is null')).length
  const before = await openAccounts()
  await look()
  assert.equal(await openAccounts(), before - 1)
  assert.equal((await eventsOf(adult)).at(-1), 'account.closed')
  await look()
  assert.equal((await eventsOf(adult)).filter(action => action === 'account.closed').length, 1)
})
