import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey, schoolWithForm } from '../../../test/support/concern-form.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'

let holdfast: TestApp
before(async () => {
  holdfast = await startTestApp({ policies: policiesByKey })
})
after(() => holdfast.close())

const set = (local: string) => holdfast.clock.set(new Date(local).toISOString() as Instant)
const nspcc = '0800 028 0285'

/** The entry of one contact, or of a post, without its tags. */
function entry(html: string, id: string): string {
  const from = html.indexOf(`id="${id}"`)
  assert.ok(from > 0, `${id} stands on the page`)
  const rest = html.slice(from)
  return rest
    .slice(rest.indexOf('>') + 1, rest.indexOf('</li>'))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

/** What the trail holds of pages opened at this school, with who opened them. */
async function trailOf(school: { id: string }) {
  const rows = await holdfast.people.query<{ action: string; actor_id: string | null }>(
    `select action, actor_id from audit_entry where school_id = $1 order by at, n`,
    [school.id],
  )
  return rows.map(row => [row.action, row.actor_id])
}

/** The whistleblowing line as a stranger sees it, and that nothing kept says who looked. */
async function whistleblowingAt(key: string, local: string): Promise<string> {
  set(local)
  const { school } = await schoolWithForm(holdfast, key)
  const report = `/report/${school.visitorToken}`
  const stranger = holdfast.stranger()
  for (const path of [report, `${report}/about-an-adult`])
    assert.match((await stranger.get(path)).html, new RegExp(`href="${report}/help"`), `${path} leads to whom to ring`)
  const page = await stranger.get(`${report}/help`)
  assert.equal(page.status, 200)
  assert.equal(stranger.cookies.size, 0, 'nothing is left in the browser by which somebody could be known again')
  const trail = await trailOf(school)
  assert.ok(trail.some(([action]) => action === 'directory.opened'))
  assert.ok(
    trail.every(([, actor]) => actor === null),
    'the trail names nobody',
  )
  return entry(page.html, 'contact-nspcc-whistleblowing')
}

test('[WA-22-02] whoever cannot raise it inside sees on a Saturday morning, without signing in, that the line is closed until Monday at eight, and the mail address', async () => {
  const line = await whistleblowingAt('westacre', '2026-05-16T10:00:00+01:00')
  assert.match(line, new RegExp(nspcc))
  assert.match(line, /Closed until Monday 08:00/)
  assert.match(line, /help@nspcc\.org\.uk/)
  assert.match(line, /Monday to Friday, 8am to 8pm/)
})

test('[WY-18-01] at Westley on a Saturday at ten the NSPCC line says closed until Monday 08:00, with the mail, and nobody is known by it', async () => {
  const line = await whistleblowingAt('westley', '2026-05-16T10:00:00+01:00')
  assert.match(line, /Closed until Monday 08:00/)
  assert.match(line, /help@nspcc\.org\.uk/)
})

test('[MM-3.6-03] a logged-out staff phone on a Tuesday at seven in the evening sees that the whistleblowing line is open, and the line for those harmed at a school', async () => {
  const line = await whistleblowingAt('mmap', '2026-05-19T19:00:00+01:00')
  assert.match(line, new RegExp(nspcc))
  assert.match(line, /Open now/)
  const { school } = await schoolWithForm(holdfast, 'mmap')
  const page = await holdfast.stranger().get(`/report/${school.visitorToken}/help`)
  assert.match(entry(page.html, 'contact-nspcc-report-abuse'), /0800 136 663/)
})

test('Whoever is signed in sees every post with its holder, who is out and what nobody holds; a stranger sees offices and no names', async () => {
  set('2026-05-19T10:00:00+01:00')
  const people = await schoolWithForm(holdfast, 'west-park')
  const { school, head, teacher } = people
  await holdfast.people.query(
    `insert into absence (school_id, id, adult_id, starts_at, reason, said_by) values ($1, $2, $3, $4, 'ill', $3)`,
    [school.id, newId<string>(), head.id, '2026-05-19T06:00:00.000Z'],
  )
  const { html } = await (await holdfast.agentFor(teacher.id)).get('/help')
  assert.match(entry(html, 'post-dsl'), /Dora Lind.*01332 662337.*safeguarding@westpark\.derby\.sch\.uk/)
  assert.match(entry(html, 'post-headteacher'), /Hugh Petty \(out now\)/)
  assert.match(entry(html, 'post-senco'), /Nobody holds this post now/)
  // Where a child lives decides, and a line out of hours is closed while the day's is open.
  assert.match(entry(html, 'contact-derby-front-door'), /01332 641172 Open now, until 17:00/)
  assert.match(entry(html, 'contact-derby-out-of-hours'), /Closed until 17:00 today/)
  assert.match(entry(html, 'contact-derbyshire-early-help'), /This is the number of the school itself\./)
  assert.match(html, /id="matter-radicalisation"/)

  const stranger = await holdfast.stranger().get(`/report/${school.visitorToken}/help`)
  assert.match(entry(stranger.html, 'post-dsl'), /01332 662337/)
  for (const name of ['Dora Lind', 'Demi Okafor', 'Hugh Petty']) assert.ok(!stranger.html.includes(name), name)
  assert.doesNotMatch(stranger.html, /Nobody holds|checked/)

  for (const path of ['/', '/concerns/new', '/worried-about-an-adult'])
    assert.match((await (await holdfast.agentFor(teacher.id)).get(path)).html, /href="\/help"/, path)
})

test('[MM-11-01] a LADO number that the DSL found right fourteen months ago waits to be checked at a limit of twelve; whoever tries it anew settles it', async () => {
  set('2025-03-10T09:00:00Z')
  const { dsl, teacher } = await schoolWithForm(holdfast, 'mmap')
  const key = 'kent.lado'
  const then = await holdfast.agentFor(dsl.id)
  assert.equal((await then.post('/help/checks', { right: [key, 'kent.front-door'] })).status, 303)
  const isDue = (html: string) => new RegExp(`value="${key}"`).test(html)
  assert.ok(!isDue((await then.get('/help/checks')).html), 'it was tried a moment ago')

  set('2026-03-09T09:00:00Z')
  const within = await holdfast.agentFor(dsl.id)
  assert.ok(!isDue((await within.get('/help/checks')).html), 'and is good for twelve months')

  set('2026-05-11T09:00:00+01:00')
  const now = await holdfast.agentFor(dsl.id)
  const list = await now.get('/help/checks')
  assert.ok(isDue(list.html))
  assert.match(list.html, /Checked too long ago/)
  const today = await now.get('/today')
  assert.match(today.html, /Contacts of the policy to check/)
  assert.match(today.html, /href="\/help\/checks"/)
  const staff = await holdfast.agentFor(teacher.id)
  assert.match(entry((await staff.get('/help')).html, 'contact-kent-lado'), /Checked by the school on 10 March 2025/)
  assert.equal((await staff.get('/help/checks')).status, 403)
  for (const [id, number] of [
    ['contact-kent-front-door', '03000 411 111'],
    ['contact-kent-out-of-hours', '03000 419 191'],
    ['contact-kent-lado', '03000 410888'],
    ['contact-kent-education-safeguarding', '03000 412284'],
    ['contact-kent-partnership', '03000 421126'],
  ] as const)
    assert.ok(entry((await staff.get('/help')).html, id).includes(number), number)

  assert.equal((await now.post(`/help/checks/${key}`, { outcome: 'wrong' })).status, 422, 'what is wrong must be said')
  assert.equal((await now.post(`/help/checks/${key}`, { outcome: 'wrong', says: 'It rings out.' })).status, 303)
  assert.match(
    entry((await staff.get('/help')).html, 'contact-kent-lado'),
    /Found wrong by the school on 11 May 2026: It rings out\./,
  )
  assert.ok(isDue((await now.get('/help/checks')).html), 'what is wrong stays on the list')
  assert.equal((await now.post('/help/checks', { right: key })).status, 303)
  assert.ok(!isDue((await now.get('/help/checks')).html))
})
