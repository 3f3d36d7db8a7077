import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { LightMyRequestResponse } from 'fastify'
import { demonstrationPassword } from '../../demo/people.ts'
import { routes } from '../../src/web/routes.ts'
import { hiddenFields, startTestApp } from '../support/app.ts'
import { cast, type GuardedSchool, openPages, startGuardedSchool } from './guarded-school.ts'
import { openEveryPage } from './page-walk.ts'

const contentSecurityPolicy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'base-uri': "'none'",
  'manifest-src': "'self'",
}

const policyOfDownloads = { 'default-src': "'none'", 'frame-ancestors': "'none'", sandbox: '' }

/** What is missing from the headers of an answer that holds somebody's data. */
function headerFaults(raw: LightMyRequestResponse): string[] {
  const wantedPolicy = raw.headers['content-disposition'] === undefined ? contentSecurityPolicy : policyOfDownloads
  const policy = Object.fromEntries(
    String(raw.headers['content-security-policy'] ?? '')
      .split(';')
      .map(directive => directive.trim().split(/\s+(.*)/s))
      .map(([name = '', value = '']) => [name, value]),
  )
  const wanted: Record<string, string> = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  }
  const faults = Object.entries(wanted)
    .filter(([name, value]) => raw.headers[name] !== value)
    .map(([name]) => `${name}: ${String(raw.headers[name])}`)
  if (JSON.stringify(policy, Object.keys(policy).sort()) !== JSON.stringify(wantedPolicy, Object.keys(wantedPolicy).sort()))
    faults.push(`content-security-policy: ${String(raw.headers['content-security-policy'])}`)
  if (raw.headers['x-powered-by'] !== undefined || raw.headers['server'] !== undefined) faults.push('the server says what it is')
  return faults
}

/** What the policy would have to allow in a page: code or looks within it, or anything from elsewhere. */
function inlineFaults(html: string): string[] {
  const tags = html.match(/<[a-z][^\s/>]*(?:\s+(?:"[^"]*"|'[^']*'|[^"'>])*)?>/gi) ?? []
  return tags.filter(tag => {
    const bare = tag.replaceAll(/"[^"]*"|'[^']*'/g, '""')
    if (/^<style\b/i.test(tag) || /\sstyle\s*=/i.test(bare) || /\son[a-z]+\s*=/i.test(bare)) return true
    if (/^<script\b/i.test(tag)) return !/\ssrc="\/assets\/[^"]+"/.test(tag)
    if (/^<(img|link|iframe|object|embed|form|source|video|audio)\b/i.test(tag))
      return /\s(src|href|action|data)="(https?:)?\/\//i.test(tag)
    return /\s(href|src|action|formaction)="\s*(javascript|data|vbscript):/i.test(tag)
  })
}

suite('A browser is told what it may do with a page', () => {
  let school: GuardedSchool
  before(async () => {
    school = await startGuardedSchool()
  })
  after(() => school.close())

  test('on every page: to keep nothing, to load nothing from elsewhere, to run nothing that stands in the page', async () => {
    const pages = await openEveryPage(school)
    assert.deepEqual(
      pages.flatMap(({ name, answer }) => [
        ...headerFaults(answer.raw).map(fault => `${name} ${fault}`),
        ...inlineFaults(answer.html).map(fault => `${name} ${fault}`),
      ]),
      [],
    )
    assert.ok(pages.length > 60)
  })

  test('on the pages of refusals and errors too', async () => {
    const teacher = await school.agent('teacher')
    const stranger = school.at.stranger()
    const answers = {
      'sign-in': await stranger.get('/sign-in'),
      'wrong password': await stranger.submit('/sign-in', '/sign-in', { email: 'nobody@example.org', password: 'x' }),
      'signed out': await stranger.get('/account'),
      'choose a school': await teacher.get('/choose-school'),
      'not found': await teacher.get('/nowhere'),
      'not theirs': await teacher.get('/people'),
      'no record': await teacher.get(`/concerns/${school.ids['childId']}`),
      'another token': await teacher.post('/account/password', { _token: 'x', words: 'y' }),
      'too large': await teacher.post('/account/password', { words: 'x'.repeat(9 * 1024 * 1024) }),
      'unknown content': await teacher.post('/account/password', {}, { 'content-type': 'text/plain' }),
      'a body that pretends to be a form': await teacher.post('/sign-in', { form: 'x' }, { 'content-type': 'application/json' }),
      ...Object.fromEntries(await Promise.all(openPages.map(async path => [`open ${path}`, await stranger.get(path)] as const))),
      'unknown link': await stranger.get('/report/unknown'),
    }
    assert.deepEqual(
      Object.entries(answers).flatMap(([name, { raw, html }]) => [
        ...headerFaults(raw).map(fault => `${name} ${fault}`),
        ...inlineFaults(html).map(fault => `${name} ${fault}`),
      ]),
      [],
    )
    assert.deepEqual(
      Object.entries(answers).flatMap(([name, { status }]) => (name.startsWith('open ') ? [] : [status])),
      [200, 422, 303, 200, 404, 403, 404, 409, 413, 415, 415, 404],
    )
  })

  test('and files are downloads under a name that no browser mistakes for a page', async () => {
    const { concernId = '', attachmentId = '' } = school.ids
    const ways = [
      ['dsl', `/concerns/${concernId}/attachments/${attachmentId}`],
      ['dsl', `/concerns/${concernId}/evidence/${attachmentId}/team`],
      ['reporter', `/concerns/${concernId}/evidence/${attachmentId}`],
    ] as const
    for (const [who, path] of ways) {
      const { raw } = await (await school.agent(who)).get(path)
      assert.equal(raw.headers['content-type'], 'image/png', path)
      assert.deepEqual(headerFaults(raw), [])
      assert.match(String(raw.headers['content-disposition']), /^attachment; filename="[\w.-]+\.png"$/)
      assert.equal(raw.headers['etag'] ?? raw.headers['last-modified'], undefined, 'nothing to ask again by')
      // The address is of two random numbers: neither the next one nor one without the other opens anything.
      const next = attachmentId.slice(0, -1) + (attachmentId.endsWith('0') ? '1' : '0')
      for (const guessed of [path.replace(attachmentId, next), path.replace(concernId, next)])
        assert.equal((await (await school.agent(who)).get(guessed)).status, 404, guessed)
    }
  })

  for (const secureCookies of [false, true]) {
    test(`cookies are out of reach of scripts and other sites${secureCookies ? ', and of plain http' : ''}`, async () => {
      const at = await startTestApp({ template: 'demonstration', tools: { secureCookies }, routes })
      try {
        const stranger = at.stranger()
        const page = await stranger.get('/sign-in')
        const { email } = cast.teacher
        const fields = { ...hiddenFields(page.html, '/sign-in'), email, password: demonstrationPassword }
        const answer = await stranger.post('/sign-in', fields)
        assert.equal(answer.status, 303, answer.html)
        const lines = [page, answer].flatMap(({ raw }) => [raw.headers['set-cookie'] ?? []].flat())
        assert.ok(lines.length >= 3, 'the visit, the session and the device')
        for (const line of lines) {
          assert.match(line, /; HttpOnly/)
          assert.match(line, /; SameSite=(Lax|Strict)/)
          assert.match(line, /; Path=\//)
          assert.doesNotMatch(line, /; Domain=/)
          assert.equal(/; Secure/.test(line) && line.startsWith('__Host-'), secureCookies, line)
        }
        assert.equal(answer.raw.headers['strict-transport-security'] !== undefined, secureCookies)
      } finally {
        await at.close()
      }
    })
  }
})
