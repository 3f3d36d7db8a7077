import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'

/** A moment of Wednesday 18 November 2026, a day of term, when London is on the time of Greenwich. */
const at = (time: string) => `2026-11-18T${time}:00.000Z` as Instant

const plain = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' ,', ',')

describe('without a DSL', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('09:00') })
  })
  beforeEach(async () => {
    await app.people.query('delete from absence')
    await app.people.query(`update concern set state = 'closed'`)
    for (const table of ['alert', 'fallback_step', 'hand_back']) await app.people.query(`delete from ${table}`)
  })
  after(() => app.close())

  const away = (school: { id: string }, adult: { adultId: AdultId }, from: Instant, until: Instant | null = null) =>
    app.people.query(
      `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, $5, 'out', $3)`,
      [school.id, newId<string>(), adult.adultId, from, until],
    )
  const alertsOf = (id: ConcernId) =>
    app.people.query<{ adult_id: AdultId; kind: string; told_at: string; rule: string }>(
      'select adult_id, kind, told_at, rule from alert where concern_id = $1 order by told_at, id',
      [id],
    )
  const ids = (...adults: readonly { adultId: AdultId }[]) => adults.map(adult => adult.adultId).toSorted()

  const mmap = demo.mmap
  const { teacher, head, deputy, deputyTwo, designatedTeacher, senco } = mmap.adults

  test('[MM-3.2-04] when no DSL has acknowledged it, the button tells all senior leaders, shows whom to ring in the policy’s order with their numbers, and is logged', async () => {
    await app.people.appoint(mmap.id, designatedTeacher.adultId, 'senior-leader')
    await app.people.appoint(mmap.id, senco.adultId, 'senior-leader')
    const child = mmap.children[0]
    assert.ok(child)
    app.clock.set(at('14:00'))
    const alleged = { adultId: senco.adultId, name: senco.name, relation: '', toldAt: null, involvement: 'alleged' as const }
    const id = await recordAs(app, mmap, teacher, concernAbout(child, { adults: [alleged] }))
    app.clock.set(at('15:05'))
    await workInBackground(app.tools, mmap.id, app.clock.now(), async work => ({
      commit: true,
      value: await lookRoundSchool(work),
    }))
    const reporter = await app.agentFor(teacher.adultId)
    for (const page of [`/concerns/${id}/recorded`, `/my-concerns/${id}`])
      assert.match((await reporter.get(page)).html, /I cannot reach a DSL/, page)
    app.clock.set(at('15:10'))
    const before = (await alertsOf(id)).length
    const pressed = await reporter.submit(`/my-concerns/${id}`, `/concerns/${id}/cannot-reach`)
    assert.equal(pressed.status, 303)
    const told = (await alertsOf(id)).filter(alert => new Date(alert.told_at).toISOString() === at('15:10'))
    // At this school the head is the DSL and the deputy head a deputy; the leader who is named in it is not told.
    assert.deepEqual(told.map(alert => alert.adult_id).toSorted(), ids(head, deputy, designatedTeacher))
    assert.ok(told.every(alert => alert.rule === 'unanswered.unreachable'))

    const { html } = await reporter.get(pressed.location ?? '')
    const text = plain(html)
    const order = [designatedTeacher.name, 'education safeguarding', '03000 412284', '03000 411 111'].map(words =>
      text.indexOf(words),
    )
    assert.ok(
      order.every(place => place >= 0) && order.every((place, index) => index === 0 || place > (order[index - 1] ?? 0)),
      text,
    )
    assert.match(html, /href="tel:03000412284"/)
    assert.match(html, /href="tel:03000411111"/)
    assert.ok(!html.includes(senco.name), 'whoever is outside is not shown as somebody to go to')
    const logged = (await app.people.events(mmap.id)).filter(event => event.action === 'concern.cannot-reach')
    assert.equal(logged.length, 1)
    assert.equal(logged[0]?.actor, teacher.adultId)

    await reporter.post(`/concerns/${id}/cannot-reach`)
    assert.equal((await alertsOf(id)).length, before + 3, 'a second press tells nobody again')
    const leader = await app.agentFor(designatedTeacher.adultId)
    assert.equal((await leader.get(`/concerns/${id}`)).status, 200, 'the senior leader may act on it')
    assert.equal((await (await app.agentFor(senco.adultId)).get(`/concerns/${id}`)).status, 404)

    app.clock.set(at('15:20'))
    const advice = await reporter.submit(`/concerns/${id}/without-dsl`, `/concerns/${id}/without-dsl`, {
      'with-whom': 'Education Safeguarding Service',
      at: '15:15',
      says: 'Ring the front door today.',
    })
    assert.equal(advice.status, 303)
    const referred = await reporter.post(`/concerns/${id}/direct-referral`, {
      rang: 'kent.front-door',
      'with-whom': 'Ms Oduya',
      at: '15:18',
      'on-day': '18',
      'on-month': '11',
      'on-year': '2026',
      said: 'A social worker rings back.',
      consent: 'not-sought',
      'consent-says': 'Asking first could put the child at risk.',
    })
    assert.equal(referred.status, 303)
    const steps = await app.people.query<{ kind: string; by_id: AdultId }>(
      'select kind, by_id from fallback_step where concern_id = $1 order by at',
      [id],
    )
    assert.deepEqual(
      steps.map(step => step.kind),
      ['pressed', 'advice', 'referral'],
    )
    assert.ok(steps.every(step => step.by_id === teacher.adultId))
    assert.ok((await alertsOf(id)).some(alert => alert.kind === 'without-dsl' && alert.adult_id === deputyTwo.adultId))
    await app.people.query(`delete from appointment where role = 'senior-leader' and adult_id = any ($1)`, [
      [designatedTeacher.adultId, senco.adultId],
    ])
  })

  test('[MM-3.2-05] what a senior leader did at twenty to four stays unseen, with its clock running, until a deputy reads it at 16:25 and countersigns', async () => {
    await app.people.appoint(mmap.id, designatedTeacher.adultId, 'senior-leader')
    const child = mmap.children[1]
    assert.ok(child)
    for (const adult of [head, deputy, deputyTwo]) await away(mmap, adult, at('15:00'), at('16:20'))
    app.clock.set(at('15:30'))
    const id = await recordAs(app, mmap, teacher, concernAbout(child))
    const leader = await app.agentFor(designatedTeacher.adultId)
    app.clock.set(at('15:45'))
    const acted = await leader.submit(`/concerns/${id}/acted`, `/concerns/${id}/acted`, {
      'with-whom': 'Front Door, Ms Oduya',
      at: '15:40',
      says: 'They see the family tonight.',
    })
    assert.equal(acted.status, 303)
    app.clock.set(at('16:05'))
    assert.match(plain((await leader.get(`/concerns/${id}`)).html), /Unseen by DSL for 25 minutes/)
    const told = (await alertsOf(id)).filter(alert => alert.kind === 'without-dsl').map(alert => alert.adult_id)
    assert.deepEqual(told.toSorted(), ids(head, deputy, deputyTwo))

    app.clock.set(at('16:25'))
    const asDeputy = await app.agentFor(deputy.adultId)
    assert.match(plain((await asDeputy.get('/today')).html), /Front Door, Ms Oduya Unseen by DSL for 45 minutes/)
    const opened = plain((await asDeputy.get(`/concerns/${id}`)).html)
    assert.match(opened, new RegExp(`Seen by DSL after 45 minutes \\(${deputy.name}\\)`))
    assert.match(opened, /Not countersigned yet/)
    assert.match(plain((await asDeputy.get('/today')).html), /Read, not countersigned/)
    assert.equal((await asDeputy.submit(`/concerns/${id}`, `/concerns/${id}/countersign`)).status, 303)
    const later = plain((await leader.get(`/concerns/${id}`)).html)
    assert.match(later, /Seen by DSL after 45 minutes/)
    assert.match(later, new RegExp(`Countersigned by ${deputy.name}, today at 16:25`))
    assert.doesNotMatch((await asDeputy.get('/today')).html, /id="without-dsl"/)
    const events = (await app.people.events(mmap.id)).map(event => event.action)
    assert.ok(events.includes('fallback.seen') && events.includes('fallback.countersigned'))
    await app.people.query(`delete from appointment where role = 'senior-leader' and adult_id = $1`, [designatedTeacher.adultId])
  })

  test('a DSL who is outside the concern sees nothing of what was done about it', async () => {
    const child = mmap.children[2]
    assert.ok(child)
    app.clock.set(at('10:00'))
    const named = { adultId: head.adultId, name: head.name, relation: '', toldAt: null, involvement: 'alleged' as const }
    const id = await recordAs(app, mmap, teacher, concernAbout(child, { adults: [named] }))
    const reporter = await app.agentFor(teacher.adultId)
    await reporter.post(`/concerns/${id}/cannot-reach`)
    await reporter.post(`/concerns/${id}/without-dsl`, { 'with-whom': 'Zebra line', at: '9:50', says: 'Wait.' })
    const asHead = await app.agentFor(head.adultId)
    for (const page of ['/', '/today', '/alerts']) assert.doesNotMatch((await asHead.get(page)).html, /Zebra line|without a DSL/)
    assert.equal((await asHead.post(`/concerns/${id}/countersign`)).status, 404)
    assert.ok(!(await alertsOf(id)).some(alert => alert.adult_id === head.adultId))
  })

  test('[WP-4-02] with the DSL and the deputies off site at ten, a concern of five past goes to the head at once, who sees only that one and owes the DSL a note of it', async () => {
    const school = demo.westPark
    const { dsl, deputy: one, deputyTwo: two, head: theHead, teacher: reporter, deputyHead } = school.adults
    const [child, other] = school.children
    assert.ok(child && other)
    app.clock.set(at('09:30'))
    const earlier = await recordAs(app, school, reporter, concernAbout(other))
    for (const adult of [dsl, one, two]) await away(school, adult, at('10:00'), at('13:00'))
    app.clock.set(at('10:05'))
    const id = await recordAs(app, school, reporter, concernAbout(child))
    const told = (await alertsOf(id)).filter(alert => alert.kind !== 'for-return')
    assert.deepEqual(
      told.map(alert => [alert.adult_id, new Date(alert.told_at).toISOString()]),
      [[theHead.adultId, at('10:05')]],
      'the head, at that moment, and nobody else',
    )
    const asHead = await app.agentFor(theHead.adultId)
    const page = await asHead.get(`/concerns/${id}`)
    assert.equal(page.status, 200)
    assert.match(page.html, /hand back to the DSL/)
    assert.equal((await asHead.get(`/concerns/${earlier}`)).status, 404, 'only that one')
    assert.equal((await asHead.get(`/children/${child.childId}`)).status, 403)
    assert.equal((await asHead.get('/today')).status, 403)
    assert.match((await asHead.get('/')).html, /You stood in for the safeguarding team/)
    const [owed] = await app.people.query<{ id: string; by_id: AdultId; written_at: string | null }>(
      'select id, by_id, written_at from hand_back where concern_id = $1',
      [id],
    )
    assert.ok(owed && owed.by_id === theHead.adultId && owed.written_at === null, 'the task is open')

    app.clock.set(at('10:20'))
    await asHead.post(`/concerns/${id}/acknowledge`)
    await asHead.submit(`/concerns/${id}/acted`, `/concerns/${id}/acted`, {
      'with-whom': 'Her mother',
      at: '10:15',
      says: 'Comes at noon.',
    })
    app.clock.set(at('13:05'))
    const asDsl = await app.agentFor(dsl.adultId)
    const waiting = plain((await asDsl.get('/today')).html)
    assert.match(waiting, new RegExp(`${theHead.name} has stood in since today at 10:05; their note is not written yet`))
    const form = await asHead.get(`/hand-backs/${owed.id}`)
    assert.match(form.html, /10:15am Her mother: Comes at noon\./, 'begun with what they wrote down')
    assert.equal((await asHead.post(`/hand-backs/${owed.id}`, { concerns: '', actions: '' })).status, 422)
    const written = await asHead.submit(`/hand-backs/${owed.id}`, `/hand-backs/${owed.id}`, {
      concerns: 'She did not want to go home.',
      actions: 'Mother rung, comes at noon.',
    })
    assert.equal(written.status, 303)
    assert.ok((await alertsOf(id)).some(alert => alert.kind === 'handed-back' && alert.adult_id === dsl.adultId))
    assert.match(plain((await asDsl.get('/today')).html), new RegExp(`${theHead.name} handed back today at 13:05`))
    const read = plain((await asDsl.get(`/concerns/${id}`)).html)
    assert.match(read, /Handed back by Marianne Holt, today at 13:05 She did not want to go home\. Mother rung, comes at noon\./)
    assert.doesNotMatch((await asDsl.get('/today')).html, /id="hand-backs"/)
    assert.doesNotMatch((await asHead.get('/')).html, /You stood in for the safeguarding team/)
    assert.equal((await (await app.agentFor(deputyHead.adultId)).get(`/hand-backs/${owed.id}`)).status, 404)
    assert.equal((await asHead.post(`/hand-backs/${owed.id}`, { concerns: 'x', actions: 'y' })).status, 409, 'written once')
  })

  test('a referral that a stand-in telephones waits for a DSL to read and countersign it', async () => {
    const school = demo.westPark
    const { dsl, deputy: one, deputyTwo: two, head: theHead, teacher: reporter } = school.adults
    for (const adult of [dsl, one, two]) await away(school, adult, at('10:00'), at('13:00'))
    app.clock.set(at('10:05'))
    const id = await recordAs(app, school, reporter, concernAbout(school.pupils.amina))
    const asHead = await app.agentFor(theHead.adultId)
    const path = `/concerns/${id}/referrals/new`
    const made = await asHead.submit(`${path}?agency=social-care&authority=`, path, {
      agency: 'social-care',
      consent: 'not-sought',
      'consent-says': 'It would put her in danger.',
      asks: 'She is hurt.',
      urgent: 'yes',
    })
    assert.equal(made.status, 303, plain(made.html).slice(0, 800))
    const phoned = `${made.location?.replace(/\?.*/, '')}/phoned`
    app.clock.set(at('10:30'))
    const call = { 'with-whom': 'Duty social worker', says: 'They come today.' }
    assert.equal((await asHead.submit(phoned, phoned, call)).status, 303)
    const steps = await app.people.query<{ kind: string; with_whom: string }>(
      'select kind, with_whom from fallback_step where concern_id = $1 and by_id = $2',
      [id, theHead.adultId],
    )
    assert.equal(steps.length, 1)
    assert.match(steps[0]?.with_whom ?? '', /: Duty social worker$/)
    app.clock.set(at('13:30'))
    assert.match(
      plain((await (await app.agentFor(dsl.adultId)).get('/today')).html),
      /Duty social worker Unseen by DSL for 3 hours/,
    )
  })

  test('a stand-in who is put outside the concern before they write their note is not told any more that there is one', async () => {
    const school = demo.westPark
    const { dsl, deputy: one, deputyTwo: two, head: theHead, teacher: reporter } = school.adults
    const child = school.children[4]
    assert.ok(child)
    for (const adult of [dsl, one, two]) await away(school, adult, at('10:00'), at('11:00'))
    app.clock.set(at('10:05'))
    const id = await recordAs(app, school, reporter, concernAbout(child))
    const [owed] = await app.people.query<{ id: string; reference: string }>(
      'select id, reference from hand_back where concern_id = $1',
      [id],
    )
    const asHead = await app.agentFor(theHead.adultId)
    assert.match((await asHead.get('/')).html, /You stood in for the safeguarding team/)
    await app.people.query('begin')
    await app.people.query('select scope_enter($1, $2, null, $3)', [school.id, dsl.adultId, app.clock.now()])
    await app.people.query('select concern_exclude($1, array[$2::uuid])', [id, theHead.adultId])
    await app.people.query('commit')
    const { html } = await asHead.get('/')
    assert.doesNotMatch(html, /You stood in for the safeguarding team/)
    assert.ok(!html.includes(owed?.reference ?? ''))
    assert.equal((await asHead.get(`/hand-backs/${owed?.id}`)).status, 404)
    assert.equal((await asHead.post(`/hand-backs/${owed?.id}`, { concerns: 'c', actions: 'Nothing.' })).status, 404)
  })

  test('a stand-in hands back also what the team has closed meanwhile', async () => {
    const school = demo.westPark
    const { dsl, deputy: one, deputyTwo: two, head: theHead, teacher: reporter } = school.adults
    const child = school.children[3]
    assert.ok(child)
    for (const adult of [dsl, one, two]) await away(school, adult, at('10:00'), at('11:00'))
    app.clock.set(at('10:05'))
    const id = await recordAs(app, school, reporter, concernAbout(child))
    await app.people.query(`update concern set state = 'closed' where id = $1`, [id])
    const [owed] = await app.people.query<{ id: string }>('select id from hand_back where concern_id = $1', [id])
    const asHead = await app.agentFor(theHead.adultId)
    assert.equal((await asHead.get(`/concerns/${id}`)).status, 404)
    assert.equal((await asHead.get(`/hand-backs/${owed?.id}`)).status, 200)
    assert.equal((await asHead.post(`/hand-backs/${owed?.id}`, { concerns: 'c', actions: 'Nothing.' })).status, 303)
  })
})
