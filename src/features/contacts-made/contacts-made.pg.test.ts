import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'

/** A moment of Wednesday 18 November 2026, a day of term, when London is on the time of Greenwich. */
const at = (time: string) => `2026-11-18T${time}:00.000Z` as Instant
const today = { 'on-day': '18', 'on-month': '11', 'on-year': '2026' }

const plain = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')

const calm = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }

describe('what somebody did outside about a concern', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('08:30') })
    await app.people.query('delete from absence')
  })
  after(() => app.close())

  const alertsOf = (id: ConcernId) =>
    app.people.query<{ adult_id: AdultId; kind: string }>(
      'select adult_id, kind from alert where concern_id = $1 order by told_at, id',
      [id],
    )
  const headingsOf = async (id: ConcernId, kind: string) =>
    (
      await app.people.query<{ heading: string; at: string }>(
        'select heading, happened_at_time as at from entry where concern_id = $1 and kind = $2',
        [id, kind],
      )
    ).map(entry => `${entry.at} ${entry.heading}`)

  const wm = demo.williamMacgregor
  const call = { ...today, at: '12:05', 'rang-by': 'Sophie Hartnell', service: 'police', incident: '44', says: 'A car comes.' }

  /** The two lines under urgency, as a teacher sends them. */
  async function urgentLines(agent: Agent, child: string): Promise<ConcernId> {
    const id = newId<ConcernId>()
    const sent = await agent.post('/concerns/urgent', {
      _key: id,
      'concern-id': id,
      child,
      seen: 'His father is in the yard with a hammer.',
    })
    assert.equal(sent.status, 303, sent.html)
    assert.equal(sent.location, `/concerns/${id}/recorded`)
    return id
  }

  test('[WM-A1-01] when 999 is rung at 12:05 with incident number 44, the DSL is given what to do and is led to the child’s home authority', async () => {
    const { teacher, teacherTwo } = wm.adults
    const child = wm.pupils.noah
    await app.people.query(`update child set home_authority = 'birmingham' where id = $1`, [child.childId])
    const asTeacher = await app.agentFor(teacher.adultId)
    app.clock.set(at('12:05'))
    const id = await urgentLines(asTeacher, child.childId)
    for (const path of [`/concerns/${id}/recorded`, `/my-concerns/${id}`]) {
      const page = await asTeacher.get(path)
      assert.match(page.html, /href="tel:999"/, path)
      assert.match(page.html, new RegExp(`href="/my-concerns/${id}/emergency-call"`), path)
    }
    const [concern] = await app.people.query<{ owner_id: AdultId }>('select owner_id from concern where id = $1', [id])
    assert.ok(concern)
    const asDsl = await app.agentFor(concern.owner_id)
    assert.doesNotMatch(plain((await asDsl.get(`/concerns/${id}/triage`)).html), /Refer to the authority/)

    app.clock.set(at('12:10'))
    const path = `/my-concerns/${id}/emergency-call`
    const wrong = await asTeacher.submit(path, path, { ...call, service: undefined, at: '12:45' })
    assert.equal(wrong.status, 422)
    assert.match(wrong.html, /The time must be in the past: it is 12:10 now/)
    assert.match(wrong.html, /Select which service it was/)
    assert.match(wrong.html, /value="44"/, 'what was typed is still there')
    assert.equal((await (await app.agentFor(teacherTwo.adultId)).post(path, call)).status, 404)
    const logged = await asTeacher.submit(path, path, call)
    assert.equal(logged.status, 303, logged.html)

    const actions = await app.people.query<{ owner_id: AdultId; says: string; due_on: string }>(
      'select owner_id, says, due_on::text from action where concern_id = $1',
      [id],
    )
    assert.equal(actions.length, 1)
    assert.equal(actions[0]?.owner_id, concern.owner_id)
    assert.equal(actions[0].due_on, '2026-11-18')
    assert.match(actions[0].says, /police, incident number 44.*refer to the authority where the child lives/)
    assert.ok((await alertsOf(id)).some(alert => alert.kind === 'action' && alert.adult_id === concern.owner_id))
    assert.match(plain((await asDsl.get('/actions')).html), /incident number 44/)
    assert.match(plain((await asDsl.get('/today')).html), /incident number 44/)
    assert.deepEqual(await headingsOf(id, 'contact'), ['12:05 Emergency call: police'])
    assert.match(plain((await asDsl.get(`/children/${child.childId}`)).html), /Emergency call: police/)

    const shown = plain((await asDsl.get(`/concerns/${id}`)).html)
    assert.match(shown, /Emergency call: police, today at 12:05 \. Sophie Hartnell rang\. Incident number 44/)
    const prompt =
      /The emergency number was rung today at 12:05 \(police, incident number 44\)\. Refer to the authority where the child lives\. Noah Whitfield.*? lives in Birmingham/
    for (const page of [`/concerns/${id}`, `/concerns/${id}/triage`, `/concerns/${id}/referrals/new`]) {
      const { html } = await asDsl.get(page)
      assert.match(plain(html), prompt, page)
      assert.match(html, /href="tel:01213031888"/, `${page} gives the number of the authority where the child lives`)
    }
    const judged = await asDsl.submit(`/concerns/${id}/triage`, `/concerns/${id}/triage`, {
      ...calm,
      categories: ['other'],
      level: 'staffordshire.universal',
      rationale: 'He is safe with us.',
    })
    assert.equal(judged.status, 303, judged.html)
    assert.match(
      (await asDsl.get(`/concerns/${id}`)).html,
      /href="tel:999"/,
      'the number stays where the danger is judged to be over',
    )
    assert.match(plain((await asTeacher.get(`/my-concerns/${id}`)).html), /Emergency call: police, today at 12:05/)
  })

  test('whoever had the concern and was put outside since is neither given what to do after a call nor written to', async () => {
    const { teacher, dsl, deputy } = wm.adults
    app.clock.set(at('13:00'))
    const id = await recordAs(app, wm, teacher, concernAbout(wm.pupils.noah, { urgent: true }))
    await app.people.query('update concern set owner_id = $2::uuid, excluded = array[$2::uuid] where id = $1', [
      id,
      deputy.adultId,
    ])
    const asDsl = await app.agentFor(dsl.adultId)
    const path = `/concerns/${id}/emergency-call`
    const logged = await asDsl.submit(path, path, { ...call, at: '12:50' })
    assert.equal(logged.status, 303, logged.html)
    const actions = await app.people.query<{ owner_id: AdultId }>('select owner_id from action where concern_id = $1', [id])
    assert.deepEqual(
      actions.map(action => action.owner_id),
      [dsl.adultId],
    )
    assert.ok(!(await alertsOf(id)).some(alert => alert.kind === 'action'))
  })

  test('the DSL writes down a call that a colleague made, and has the rest to do', async () => {
    const { teacher } = wm.adults
    app.clock.set(at('13:00'))
    const id = await recordAs(app, wm, teacher, concernAbout(wm.pupils.noah, { urgent: true }))
    const [concern] = await app.people.query<{ owner_id: AdultId }>('select owner_id from concern where id = $1', [id])
    assert.ok(concern)
    const asDsl = await app.agentFor(concern.owner_id)
    const path = `/concerns/${id}/emergency-call`
    const logged = await asDsl.submit(path, path, { ...call, service: 'ambulance', 'rang-by': 'The school office', incident: '' })
    assert.equal(logged.status, 303, logged.html)
    const [action] = await app.people.query<{ owner_id: AdultId }>('select owner_id from action where concern_id = $1', [id])
    assert.equal(action?.owner_id, concern.owner_id)
    const own = plain((await (await app.agentFor(teacher.adultId)).get(`/my-concerns/${id}`)).html)
    assert.doesNotMatch(own, /The school office rang/, 'what others did is not the reporter’s to read')
  })

  const westacre = demo.westacre

  test('[WA-8-04] a parent whom the teacher rang at 14:00, on a concern triaged at 15:00, stands on the record as contacted before DSL advice', async () => {
    const { teacher, head } = westacre.adults
    const [child] = westacre.children
    assert.ok(child)
    app.clock.set(at('13:30'))
    const id = await recordAs(app, westacre, teacher, concernAbout(child))
    const asTeacher = await app.agentFor(teacher.adultId)
    const asDsl = await app.agentFor(head.adultId)
    const path = `/my-concerns/${id}/family-contact`
    const form = plain((await asTeacher.get(path)).html)
    const [warning, firstField] = [/Speak with one of them before you speak with a parent/, /Who agreed\?/].map(what =>
      form.search(what),
    )
    assert.ok(warning !== undefined && firstField !== undefined && warning >= 0 && warning < firstField)
    assert.match(form, /Do not talk to parents before you have spoken with the DSL/)

    app.clock.set(at('15:00'))
    await app.people.query(
      `insert into triage (school_id, id, concern_id, at, by_id, immediate_risk, safe_to_go_home, medical, police, categories, framework, level_id, level_position, rationale, policy_edition)
       values ($1, $2, $3, $4, $5, 'no', 'yes', 'no', 'no', '{other}', 'f', 'l', 1, 'r', 'e')`,
      [westacre.id, newId<string>(), id, app.clock.now(), head.adultId],
    )
    await app.people.query(`update concern set state = 'triaged' where id = $1`, [id])
    app.clock.set(at('15:20'))
    const talk = { ...today, at: '14:00', who: 'Her mother', how: 'telephone', says: 'Told her that Mia was upset.' }
    const half = await asTeacher.submit(path, path, { ...talk, 'agreed-with': 'The head' })
    assert.equal(half.status, 422)
    assert.match(half.html, /Enter when they agreed, or leave both empty/)
    const saved = await asTeacher.submit(path, path, talk)
    assert.equal(saved.status, 303, saved.html)

    const record = plain((await asDsl.get(`/concerns/${id}`)).html)
    assert.match(record, /Parent contacted, today at 14:00: Her mother , by telephone\. Parent contacted before DSL advice/)
    assert.match(record, /Told her that Mia was upset/, 'nothing of it is lost')
    assert.ok((await alertsOf(id)).some(alert => alert.kind === 'early-contact' && alert.adult_id === head.adultId))
    assert.deepEqual(await headingsOf(id, 'parents'), ['14:00 Parent contacted before DSL advice'])
    assert.match(plain((await asDsl.get('/alerts')).html), /A parent was spoken with before the safeguarding team had advised/)

    assert.match(plain((await asDsl.get('/today')).html), /Parent contacted before DSL advice/)

    const later = await asTeacher.submit(path, path, { ...talk, at: '15:10', who: 'Her father' })
    assert.equal(later.status, 303)
    const early = await app.people.query<{ who: string; early: boolean }>(
      'select who, early from family_contact where concern_id = $1 order by at',
      [id],
    )
    assert.deepEqual(early, [
      { who: 'Her mother', early: true },
      { who: 'Her father', early: false },
    ])
  })

  test('a talk with a parent that the DSL had agreed to first is kept without a mark', async () => {
    const { teacher } = westacre.adults
    const [child] = westacre.children
    assert.ok(child)
    app.clock.set(at('13:30'))
    const id = await recordAs(app, westacre, teacher, concernAbout(child))
    const before = (await alertsOf(id)).length
    app.clock.set(at('14:30'))
    const path = `/my-concerns/${id}/family-contact`
    const asTeacher = await app.agentFor(teacher.adultId)
    const talk = { ...today, at: '14:00', who: 'Her mother', how: 'in-person', says: 'She knows.' }
    const saved = await asTeacher.submit(path, path, { ...talk, 'agreed-with': 'The head', 'agreed-at': '13:45' })
    assert.equal(saved.status, 303, saved.html)
    assert.deepEqual(await headingsOf(id, 'parents'), ['14:00 Parent contacted'])
    assert.equal((await alertsOf(id)).length, before)
    const after = await asTeacher.submit(path, path, { ...talk, 'agreed-with': 'The head', 'agreed-at': '14:15' })
    assert.equal(after.status, 303)
    assert.deepEqual(
      (await headingsOf(id, 'parents')).toSorted(),
      ['14:00 Parent contacted', '14:00 Parent contacted before DSL advice'],
      'an agreement that came after the talk is none',
    )
  })

  test('while nobody is to speak with the parents, the form says so first, and a talk all the same is kept and told', async () => {
    const { teacher, head } = westacre.adults
    const [child] = westacre.children
    assert.ok(child)
    app.clock.set(at('13:30'))
    const id = await recordAs(app, westacre, teacher, concernAbout(child))
    await app.people.query(
      `insert into parent_hold (school_id, id, concern_id, question, option, set_at, reporter_id) values ($1, $2, $3, 'q', 'o', $4, $5)`,
      [westacre.id, newId<string>(), id, app.clock.now(), teacher.adultId],
    )
    await app.people.query(
      `insert into triage (school_id, id, concern_id, at, by_id, immediate_risk, safe_to_go_home, medical, police, categories, framework, level_id, level_position, rationale, policy_edition)
       values ($1, $2, $3, $4, $5, 'no', 'yes', 'no', 'no', '{other}', 'f', 'l', 1, 'r', 'e')`,
      [westacre.id, newId<string>(), id, app.clock.now(), head.adultId],
    )
    app.clock.set(at('14:30'))
    const path = `/my-concerns/${id}/family-contact`
    const asTeacher = await app.agentFor(teacher.adultId)
    assert.match(plain((await asTeacher.get(path)).html), /Nobody speaks with the parents about this now/)
    const talk = { ...today, at: '14:00', who: 'Her mother', how: 'in-person', says: 'She stood at the gate.' }
    assert.equal((await asTeacher.submit(path, path, talk)).status, 303)
    assert.deepEqual(await headingsOf(id, 'parents'), ['14:00 Parent contacted before DSL advice'])
    assert.ok((await alertsOf(id)).some(alert => alert.kind === 'early-contact'))
  })

  test('a hold on another concern of the same child is said and told too, save where that would tell whoever is outside it', async () => {
    const { teacher, head, deputy } = westacre.adults
    const child = westacre.children[1]
    assert.ok(child)
    app.clock.set(at('13:30'))
    const holding = await recordAs(app, westacre, teacher, concernAbout(child))
    const id = await recordAs(app, westacre, teacher, concernAbout(child))
    await app.people.query(
      `insert into parent_hold (school_id, id, concern_id, question, option, set_at, reporter_id) values ($1, $2, $3, 'q', 'o', $4, $5)`,
      [westacre.id, newId<string>(), holding, app.clock.now(), teacher.adultId],
    )
    await app.people.query(
      `insert into triage (school_id, id, concern_id, at, by_id, immediate_risk, safe_to_go_home, medical, police, categories, framework, level_id, level_position, rationale, policy_edition)
       values ($1, $2, $3, $4, $5, 'no', 'yes', 'no', 'no', '{other}', 'f', 'l', 1, 'r', 'e')`,
      [westacre.id, newId<string>(), id, app.clock.now(), head.adultId],
    )
    app.clock.set(at('14:30'))
    const path = `/concerns/${id}/family-contact`
    const warns = /Nobody speaks with the parents about this now/
    const asDsl = await app.agentFor(head.adultId)
    const asDeputy = await app.agentFor(deputy.adultId)
    assert.match(plain((await asDsl.get(path)).html), warns)
    const talk = { ...today, at: '14:00', who: 'His mother', how: 'in-person', says: 'She stood at the gate.' }
    assert.equal((await asDsl.submit(path, path, talk)).status, 303)
    assert.deepEqual(await headingsOf(id, 'parents'), ['14:00 Parent contacted before DSL advice'])

    await app.people.query('update concern set excluded = array[$2::uuid] where id = $1', [holding, deputy.adultId])
    for (const table of ['concern_child', 'parent_hold'])
      await app.people.query(`update ${table} set excluded = array[$2::uuid] where concern_id = $1`, [holding, deputy.adultId])
    assert.doesNotMatch(plain((await asDeputy.get(path)).html), warns)
    assert.match(plain((await asDsl.get(path)).html), warns)
    for (const someone of [asDeputy, asDsl])
      assert.equal((await someone.submit(path, path, { ...talk, at: '14:10' })).status, 303)
    assert.deepEqual((await headingsOf(id, 'parents')).toSorted().slice(1), ['14:10 Parent contacted', '14:10 Parent contacted'])
  })
})
