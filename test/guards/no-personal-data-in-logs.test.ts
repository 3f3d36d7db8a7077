import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { demonstrationPassword } from '../../demo/people.ts'
import { newId } from '../../src/platform/identifiers.ts'
import { createLog } from '../../src/platform/log.ts'
import { page } from '../../src/web/http/reply.ts'
import { type Route, route } from '../../src/web/http/route.ts'
import { sessionCookieName } from '../../src/web/http/server.ts'
import { routes } from '../../src/web/routes.ts'
import { hiddenFields, startTestApp, type TestApp } from '../support/app.ts'
import { cast, multipartBody } from './guarded-school.ts'
import { sourceFiles } from './source-files.ts'

/** Beginnings of words that exist nowhere else: whatever of them stands in a log was carried there. */
const mark = 'Zqxv'

/** Faults of ours while somebody's words are at hand: what the database or a program complains of quotes them. */
const faulty = (path: string, fail: (request: Parameters<Route['handle']>[0]) => Promise<unknown>): Route =>
  route({
    method: 'POST',
    path,
    action: 'home.open',
    audit: 'home.opened',
    handle: async request => {
      request.permit()
      await fail(request as never)
      return page('')
    },
  })

const faultyRoutes = [
  faulty('/faulty/constraint', async ({ tx, form, school, now }) => {
    // The database answers with the whole row.
    await tx.run(
      {
        name: 'faulty_constraint',
        text: `insert into child (school_id, id, given_name, family_name, standing, search_name, created_at) values ($1, $2, $3, $3, $3, $3, $4)`,
      },
      [school.id, newId(), form.text('words'), now],
    )
  }),
  faulty('/faulty/unique', async ({ tx, form, school, now }) => {
    const values = [school.id, newId(), form.text('words'), now]
    const text = `insert into concern (school_id, id, kind, reference, recorded_at, policy_edition, state) values ($1, $2, 'welfare', $3, $4, '', 'new')`
    await tx.run({ name: 'faulty_unique', text }, values)
    await tx.run({ name: 'faulty_unique', text }, [school.id, newId(), ...values.slice(2)])
  }),
  faulty('/faulty/syntax', async ({ tx, form }) => {
    await tx.run({ name: 'faulty_syntax', text: 'select $1::uuid' }, [form.text('words')])
  }),
  faulty('/faulty/thrown', async ({ form }) => {
    throw new Error(`what they wrote: ${form.text('words')}\n    at ${form.text('words')}`, {
      cause: new TypeError(form.text('words')),
    })
  }),
  faulty('/faulty/text', async ({ form }) => {
    throw form.text('words')
  }),
]

suite('Whoever reads the log', () => {
  let at: TestApp
  const lines: string[] = []
  const spoken: string[] = []
  const [write, complain] = [process.stdout.write, process.stderr.write]

  before(async () => {
    const log = createLog({ write: line => void lines.push(line) })
    at = await startTestApp({ template: 'demonstration', routes: [...routes, ...faultyRoutes], tools: { log } })
    const overhear = (say: typeof write) =>
      function (this: NodeJS.WriteStream, ...args: unknown[]) {
        spoken.push(String(args[0]))
        return say.apply(this, args as Parameters<typeof write>)
      } as typeof write
    process.stdout.write = overhear(write)
    process.stderr.write = overhear(complain)
  })
  after(async () => {
    process.stdout.write = write
    process.stderr.write = complain
    await at.close()
  })

  /** The words somebody typed, marked each in its own way. */
  const typed = Object.fromEntries(
    [
      'seen',
      'childWords',
      'child-words',
      'opinion',
      'done',
      'other-child-1-given',
      'other-child-1-family',
      'staff',
      'location',
      'words',
    ].map(name => [name, `${mark}-${name}`]),
  )

  test('finds nothing of what was recorded, tried, mistyped or broken', async () => {
    const teacher = await at.agentFor(cast.reporter.adultId)
    const earlier = await at.agentFor(cast.reporter.adultId)
    const draft = `/concerns/drafts/${newId()}`
    const statuses: number[] = []
    const told = async (answer: Promise<{ status: number }>) => statuses.push((await answer).status)

    await told(teacher.post(`${draft}/save`, { _version: '0', _tab: 'a', ...typed }))
    await told(teacher.post(draft, { _version: '1', _tab: 'a', _do: 'check', ...typed }))
    await told(teacher.post('/concerns/urgent', typed))
    await told(teacher.post('/account/password', { 'current-password': `${mark}-password`, 'new-password': `${mark}-new` }))
    await told(teacher.post('/code', { code: `${mark}-code`, secret: `${mark}-secret` }))
    await told(teacher.post('/account/password', { _token: await earlier.formToken(), ...typed }))
    await told(teacher.get(`/children/find?q=${mark}-query`))
    await told(teacher.get(`/nowhere/${mark}-path?name=${mark}-query`))
    await told(teacher.get(`/concerns/${mark}-id/recorded`))
    await told(at.stranger().get(`/report/${mark}-link`))
    for (const { path } of faultyRoutes) await told(teacher.post(path, typed))

    const stranger = at.stranger()
    const signIn = await stranger.get(`/sign-in?next=/${mark}-next`)
    const fields = { ...hiddenFields(signIn.html, '/sign-in'), email: `${mark}@example.org`, password: `${mark}-password` }
    await told(stranger.post('/sign-in', fields))
    await told(stranger.post('/sign-in', { ...fields, email: cast.teacher.email, password: demonstrationPassword }))

    const cookie = `${sessionCookieName(false)}=${teacher.cookies.get(sessionCookieName(false))}`
    const headers = { cookie, 'user-agent': `${mark}-agent`, referer: `https://${mark}.example/`, 'x-forwarded-for': `${mark}` }
    const scan = multipartBody({ _token: `${mark}-token`, kind: mark }, { field: `${mark}-file`, content: Buffer.from(mark) })
    for (const [url, request] of Object.entries({
      [`${draft}/evidence`]: scan,
      '/account/password': {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: `${mark}=${'x'.repeat(9_000_000)}`,
      },
      '/code': { headers: { 'content-type': `${mark}/json` }, payload: mark },
    }))
      await at.app.inject({ method: 'POST', url, payload: request.payload, headers: { ...headers, ...request.headers } })

    assert.equal(statuses.filter(status => status === 500).length, faultyRoutes.length, statuses.join(' '))
    assert.ok(lines.length > statuses.length, 'every answer has a line')
    assert.equal(lines.filter(line => line.includes('request failed')).length, faultyRoutes.length)
    assert.ok(
      lines.some(line => line.includes('23514')) && lines.some(line => line.includes('23505')),
      'the database’s codes are there',
    )
    const secrets = [
      mark,
      cast.teacher.email,
      cast.reporter.name,
      demonstrationPassword,
      teacher.cookies.get(sessionCookieName(false)) ?? '?',
    ]
    for (const secret of secrets)
      assert.deepEqual(
        [...lines, ...spoken].filter(line => line.toLowerCase().includes(secret.toLowerCase())),
        [],
      )
  })

  test('reads what the log wrote: what serves requests speaks through nothing else', () => {
    // A program that starts, and the settings that keep it from starting, speak to whoever starts it.
    const speakers = sourceFiles().filter(
      ({ path, code }) =>
        /^src\/(?!main\.ts|platform\/config\.ts|.*-command\.ts)/.test(path) &&
        !/\.test\.tsx?$|islands\//.test(path) &&
        /\bconsole\.|process\.std(out|err)\.write/.test(code),
    )
    assert.deepEqual(
      speakers.map(({ path }) => path),
      [],
    )
  })
})
