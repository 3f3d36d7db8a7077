import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import pg from 'pg'
import { demonstrationPassword } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { createTestDatabase } from '../../../test/support/database.ts'
import { TestPeople } from '../../../test/support/people.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { Database } from '../../platform/database.ts'
import { newId } from '../../platform/identifiers.ts'
import { demonstrationPages } from './demonstration-plugin.ts'

const caught = [
  {
    number: 7,
    caughtAt: '2026-11-18T09:00:00.000Z' as Instant,
    to: 'dsl@example.org',
    subject: 'Something is waiting for you',
    text: 'Please sign in.\n\nNow.',
  },
]
const mails = { mails: () => caught, find: (number: number) => caught.find(mail => mail.number === number) }
const plugins = [
  (tools: Parameters<typeof demonstrationPages>[0]) => demonstrationPages(tools, { password: demonstrationPassword, mails }),
]

suite('Whoever looks at a demonstration', () => {
  let at: TestApp
  before(async () => {
    at = await startTestApp({ template: 'demonstration', plugins })
  })
  after(() => at.close())

  test('finds somebody to sign in as at each school, and is told that nobody is real', async () => {
    const answer = await at.stranger().get('/demonstration')
    assert.equal(answer.status, 200)
    assert.match(answer.html, /Every person and every child here is invented/)
    for (const school of ['West Park School', 'Westley Middle School', 'William MacGregor Primary School'])
      assert.match(answer.html, new RegExp(school))
    assert.match(answer.html, /href="\/report\/[^"]{16,}"/)
  })

  test('signs in with what the page says, password and code', async () => {
    const { html } = await at.stranger().get('/demonstration')
    const rows = [...html.matchAll(/<tr[\s\S]*?<\/tr>/g)].map(([row]) => row)
    const dsl = rows.find(row => row.includes(', DSL<') || row.includes(', DSL</td>')) ?? ''
    const email = /href="\/sign-in\?email=([^"]*)"/.exec(dsl)?.[1] ?? ''
    const code = />(\d{6})</.exec(dsl)?.[1] ?? ''
    assert.equal((await at.stranger().get(`/sign-in?email=${email}`)).html.includes(`value="${decodeURIComponent(email)}"`), true)
    const agent = await at.signIn(decodeURIComponent(email), demonstrationPassword)
    assert.equal((await agent.submit('/code?next=/account', '/code', { code })).location, '/account')
    const again = (await at.stranger().get('/demonstration')).html
    assert.doesNotMatch(again, new RegExp(`>${code}<`))
  })

  test('reads the mails that would have been sent', async () => {
    const list = await at.stranger().get('/demonstration/mail')
    assert.match(list.html, /Something is waiting for you/)
    const mail = await at.stranger().get('/demonstration/mail/7')
    assert.match(mail.html, /Please sign in\./)
    assert.equal((await at.stranger().get('/demonstration/mail/8')).status, 404)
    assert.equal((await at.stranger().get('/demonstration/mail/x')).status, 404)
  })
})

suite('In a live installation', () => {
  let at: TestApp
  before(async () => {
    at = await startTestApp({ plugins })
    await at.people.query(`insert into installation (kind, created_at) values ('live', $1)`, [at.clock.now()])
  })
  after(() => at.close())

  test('nobody finds a demonstration page, even where somebody registered them', async () => {
    for (const path of ['/demonstration', '/demonstration/mail', '/demonstration/mail/7']) {
      const answer = await at.stranger().get(path)
      assert.equal(answer.status, 404, path)
      assert.doesNotMatch(answer.html, /owls|example\.org|waiting/, path)
    }
    assert.doesNotMatch((await at.stranger().get('/sign-in')).html, /demonstration/i)
  })
})

suite('Demonstration accounts', () => {
  async function withInstallation(kind: string) {
    const database = await createTestDatabase()
    const people = new TestPeople(database)
    await people.query('insert into installation (kind, created_at) values ($1, now())', [kind])
    return { database, people }
  }
  const refusalOf = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work
    } catch (error) {
      if (error instanceof pg.DatabaseError) return error.constraint ?? error.code ?? ''
      throw error
    }
    return 'accepted'
  }
  const addAccount = (people: TestPeople, demonstration: boolean) =>
    people.query('insert into account (id, email, demonstration, created_at) values ($1, $2, $3, now())', [
      newId(),
      `${newId()}@example.org`,
      demonstration,
    ])
  const addSchool = (people: TestPeople, demonstration: boolean) =>
    people.query('insert into school (id, key, name, demonstration, visitor_token) values ($1, $2, $3, $4, $5)', [
      newId(),
      newId(),
      'A',
      demonstration,
      newId(),
    ])

  test('cannot be put beside real data, nor real accounts and schools beside a demonstration, whoever tries', async () => {
    for (const [kind, other] of [
      ['live', true],
      ['demonstration', false],
    ] as const) {
      const { people } = await withInstallation(kind)
      assert.equal(await refusalOf(addAccount(people, other)), 'account_as_installation')
      assert.equal(await refusalOf(addSchool(people, other)), 'school_as_installation')
      assert.equal(await refusalOf(addAccount(people, !other)), 'accepted')
      assert.equal(await refusalOf(addSchool(people, !other)), 'accepted')
      const turned = kind === 'live' ? 'demonstration' : 'live'
      assert.equal(await refusalOf(people.query('update installation set kind = $1', [turned])), 'school_as_installation')
      assert.match(await refusalOf(people.query('update account set demonstration = $1', [other])), /account_as_installation/)
      assert.match(await refusalOf(people.query('delete from installation')), /as_installation/)
      assert.equal(
        await refusalOf(people.query(`insert into installation (kind, created_at) values ($1, now())`, [turned])),
        'installation_pkey',
      )
      await people.close()
    }
  })

  test('cannot exist before it is known what the installation is', async () => {
    const people = new TestPeople(await createTestDatabase())
    for (const demonstration of [true, false]) {
      assert.equal(await refusalOf(addAccount(people, demonstration)), 'account_as_installation')
      assert.equal(await refusalOf(addSchool(people, demonstration)), 'school_as_installation')
    }
    await people.close()
  })

  test('are told to nobody by the database of a live installation', async () => {
    const { database, people } = await withInstallation('live')
    await addAccount(people, false)
    const app = new Database(database.app)
    const rows = await app.transaction(async tx => ({
      commit: false,
      value: await tx.run<{ people: unknown[] }>({ name: 'people', text: 'select demonstration_people(now()) as people' }, []),
    }))
    assert.deepEqual(rows, [{ people: [] }])
    await app.close()
    await people.close()
  })
})
