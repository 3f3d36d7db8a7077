import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'
import { taskRoutes } from '../tasks/index.ts'
import { triageRoutes } from './index.ts'

const school = demo.westPark
const { dsl, deputy, teacher } = school.adults
const judgement = {
  ...presentation,
  'immediate-risk': 'no',
  'safe-to-go-home': 'yes',
  medical: 'no',
  police: 'no',
  categories: 'neglect',
  level: 'derby.emerging',
  rationale: 'Hungry three times this month.',
}
const decision = {
  choice: 'monitor',
  'answer-tool-neglect': 'not-used',
  'answer-tool-neglect-not-used-says': 'Seen by the school nurse already.',
  rationale: 'No pattern yet.',
  'not-referring': 'Below the threshold.',
  'next-look-day': '27',
  'next-look-month': '11',
  'next-look-year': '2026',
}
const closure = { summary: 'Hungry in lessons.', outcome: 'Free school meals.', rationale: 'Three good weeks.' }

describe('closing, reopening and filing a concern', () => {
  let app: TestApp
  let asDsl: Agent
  let asDeputy: Agent
  let asTeacher: Agent

  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      routes: [...triageRoutes, ...taskRoutes],
      now: aFridayAfternoon,
    })
    asDsl = await app.agentFor(dsl.adultId)
    asDeputy = await app.agentFor(deputy.adultId)
    asTeacher = await app.agentFor(teacher.adultId)
  })
  after(() => app.close())

  const record = (child = school.pupils.amina, more = {}) => recordAs(app, school, teacher, concernAbout(child, more))
  const send = (agent: Agent, id: ConcernId, form: string, fields: Record<string, string | string[]> = {}) =>
    agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)
  const opened = async () => {
    const id = await record()
    await send(asDsl, id, '/triage', judgement)
    await send(asDsl, id, '/decision', decision)
    await send(asDsl, id, '/parents', { outcome: 'told', who: 'Hodan Yusuf, mother', says: 'She will see the tutor.' })
    return id
  }
  const stateOf = async (id: ConcernId) =>
    (await app.people.query<{ state: string }>('select state from concern where id = $1', [id]))[0]?.state
  const entriesOf = (child: { childId: string }, id: ConcernId) =>
    app.people.query<{ kind: string; heading: string }>(
      'select kind, heading from entry where child_id = $1 and concern_id = $2 order by id',
      [child.childId, id],
    )

  test('[WM-A1-02] [WM-4.1.2-01] nothing closes that was not triaged and decided', async () => {
    const id = await record()
    const early = await asDsl.post(`/concerns/${id}/close`, { ...closure, revision: 'new.0.0.0' })
    assert.equal(early.status, 409)
    assert.equal(await stateOf(id), 'new')
  })

  test('[MM-3.1-02] whoever reported it can neither close it nor decide, and a deputy cannot close it without reasons', async () => {
    const id = await opened()
    assert.equal((await asTeacher.post(`/concerns/${id}/close`, closure)).status, 404)
    assert.equal((await asTeacher.post(`/concerns/${id}/decision`, decision)).status, 404)
    const blank = await send(asDeputy, id, '/close', { ...closure, rationale: '' })
    assert.equal(blank.status, 422)
    assert.match(blank.html, /Write why it can close/)
    const closed = await send(asDeputy, id, '/close', closure)
    assert.equal(closed.status, 303)
    assert.equal(await stateOf(id), 'closed')
    const running = await app.people.query('select 1 from clock where concern_id = $1 and met_at is null and ended_at is null', [
      id,
    ])
    assert.equal(running.length, 0)
  })

  test('an open action stands in the way of closing, and what was typed stays', async () => {
    const id = await opened()
    await send(asDsl, id, '/actions/new', {
      says: 'Ring home.',
      owner: teacher.adultId,
      'due-day': '24',
      'due-month': '11',
      'due-year': '2026',
    })
    const answer = await send(asDsl, id, '/close', closure)
    assert.equal(answer.status, 422)
    assert.match(answer.html, /Ring home\./)
    assert.match(answer.html, /Free school meals\./)
  })

  test('a stub that nobody finished keeps the concern open until the closer says that its clock is dealt with', async () => {
    const id = await record(school.pupils.amina, { stub: true })
    await send(asDsl, id, '/triage', judgement)
    await send(asDsl, id, '/decision', decision)
    await send(asDsl, id, '/parents', { outcome: 'not-told', says: 'Not needed.' })
    const refused = await send(asDsl, id, '/close', closure)
    assert.equal(refused.status, 422)
    const [clock] = await app.people.query<{ id: string }>(
      `select id from clock where concern_id = $1 and name = 'record-written'`,
      [id],
    )
    const closed = await send(asDsl, id, '/close', { ...closure, 'end-clock': clock?.id ?? '' })
    assert.equal(closed.status, 303)
    const [ended] = await app.people.query('select ended_at is not null as ended, met_at from clock where id = $1', [clock?.id])
    assert.deepEqual(ended, { ended: true, met_at: null })
  })

  test('a closed concern is opened again with a reason; the closing stays on record', async () => {
    const id = await opened()
    await send(asDsl, id, '/close', closure)
    assert.equal((await send(asDsl, id, '/reopen', { because: '' })).status, 422)
    assert.equal((await send(asDsl, id, '/reopen', { because: 'He was hungry again.' })).status, 303)
    assert.equal(await stateOf(id), 'open')
    const { html } = await asDsl.get(`/concerns/${id}`)
    assert.match(html, /Free school meals\./)
    assert.match(html, /He was hungry again\./)
  })

  test('moved to the right child, it leaves a trace on both files, and the colleague tied to that child is outside from then', async () => {
    const id = await record(school.pupils.lily)
    assert.equal((await asDeputy.get(`/concerns/${id}`)).status, 200)
    const found = await asDsl.get(`/concerns/${id}/move?q=zof`)
    assert.match(found.html, /Zofia Nowak/)
    const moved = await asDsl.post(`/concerns/${id}/move`, {
      from: school.pupils.lily.childId,
      to: school.pupils.zofia.childId,
      reason: 'The teacher mixed up two girls.',
    })
    assert.equal(moved.status, 303)
    const from = (await entriesOf(school.pupils.lily, id)).map(entry => entry.kind)
    const to = (await entriesOf(school.pupils.zofia, id)).map(entry => entry.kind)
    assert.deepEqual(from, ['concern', 'moved'])
    assert.deepEqual(to.toSorted(), ['concern', 'moved'])
    const headings = [...(await entriesOf(school.pupils.lily, id)), ...(await entriesOf(school.pupils.zofia, id))]
    assert.doesNotMatch(JSON.stringify(headings), /Zofia|Lily|mixed/)
    assert.equal((await asDeputy.get(`/concerns/${id}`)).status, 404)
    assert.match((await asDsl.get(`/concerns/${id}`)).html, /The teacher mixed up two girls/)
  })

  test('a child who was not known is identified; somebody tied to them who says so is outside at once', async () => {
    const childId = newId<typeof school.pupils.amina.childId>()
    const id = await record({ childId } as typeof school.pupils.amina, {
      newChildren: [{ childId, givenName: 'A boy', familyName: 'unknown', description: 'Red coat', standing: 'unidentified' }],
    })
    await asDeputy.post(`/concerns/${id}/acknowledge`)
    const answer = await asDeputy.post(`/concerns/${id}/move`, {
      from: childId,
      to: school.pupils.zofia.childId,
      reason: 'I know her coat.',
    })
    assert.equal(answer.location, '/today')
    assert.equal((await asDeputy.get(`/concerns/${id}`)).status, 404)
    const [row] = await app.people.query('select owner_id from concern where id = $1', [id])
    assert.equal(row?.['owner_id'], dsl.adultId)
    const audit = await app.people.query(`select 1 from audit_entry where subject_id = $1 and action = 'child.identified'`, [id])
    assert.equal(audit.length, 1)
  })

  test('a concern is not moved to a child of another school, nor to one who is in it', async () => {
    const id = await record()
    for (const to of [demo.westley.pupils, school.pupils].map(pupils => Object.values(pupils)[0]?.childId ?? '')) {
      const answer = await asDsl.post(`/concerns/${id}/move`, {
        q: 'a',
        from: school.pupils.amina.childId,
        to,
        reason: 'Mistake.',
      })
      assert.equal(answer.status, 422)
    }
  })

  test('two reports of one event are linked both ways, for those who may see both', async () => {
    const one = await record()
    const two = await record(school.pupils.zofia)
    const three = await record()
    const [{ reference } = { reference: '' }] = await app.people.query<{ reference: string }>(
      'select reference from concern where id = $1',
      [two],
    )
    const hidden = await send(asDeputy, three, '/link', { reference, reason: 'Same fight.' })
    assert.equal(hidden.status, 422)
    assert.match(hidden.html, /no other concern with this reference that you can open/)
    assert.equal((await send(asDsl, one, '/link', { reference: reference.toLowerCase(), reason: 'Same fight.' })).status, 303)
    assert.match((await asDsl.get(`/concerns/${two}`)).html, /Another report of the same event/)
    assert.doesNotMatch((await asDeputy.get(`/concerns/${one}`)).html, /Another report of the same event/)
    const entries = await app.people.query<{ excluded: string[] }>(
      `select excluded from entry where kind = 'linked' and concern_id = any ($1)`,
      [[one, two]],
    )
    assert.equal(entries.length, 2)
    for (const entry of entries) assert.ok(entry.excluded.includes(deputy.adultId))
    assert.equal((await send(asDsl, one, '/link', { reference, reason: 'Same fight.' })).status, 409)
  })

  test('whoever is outside one of two linked reports is not shown in a file that there is another', async () => {
    const one = await record()
    const two = await record(school.pupils.amina, {
      adults: [{ adultId: deputy.adultId, name: deputy.name, relation: '', involvement: 'alleged', toldAt: null }],
    })
    const three = await record()
    assert.equal((await send(asDsl, one, '/link', { other: two, reason: 'Same fight.' })).status, 303)
    assert.equal((await send(asDsl, one, '/link', { other: three, reason: 'Same fight.' })).status, 303)
    const linksSeenBy = (adult: { adultId: AdultId }, ids: readonly ConcernId[]) =>
      workAs(app.tools, { schoolId: school.id, adultId: adult.adultId }, app.clock.now(), async work => {
        const statement = {
          name: 'test_linked_entries',
          text: `select id from entry where school_id = $1 and concern_id = any ($2) and kind = 'linked'`,
        }
        return { commit: false, value: (await work.tx.run(statement, [school.id, ids])).length }
      })
    assert.equal(await linksSeenBy(dsl, [one, two, three]), 4)
    assert.equal(await linksSeenBy(deputy, [one, two, three]), 2)
  })

  test('the reporter is told what they may know, and there is a mail and an alert for it', async () => {
    const id = await record()
    await send(asDsl, id, '/addenda/new', { says: 'For us alone.' })
    assert.equal((await send(asDsl, id, '/tell-reporter', { says: 'Thank you, we are on it.' })).status, 303)
    const alerts = await app.people.query(`select kind from alert where concern_id = $1 and adult_id = $2`, [id, teacher.adultId])
    assert.deepEqual(alerts, [{ kind: 'feedback' }])
    const mails = await app.people.query(`select 1 from outbox where concern_id = $1 and kind = 'feedback-mail'`, [id])
    assert.equal(mails.length, 1)
    const readable = await app.people.query('select kind from addendum where concern_id = $1 and reporter_id = $2', [
      id,
      teacher.adultId,
    ])
    assert.deepEqual(readable, [{ kind: 'feedback' }])
  })

  test('[MM-2.2-01] [WA-5-06] handed to a deputy, it is theirs to do while the lead is shown as accountable', async () => {
    const id = await record()
    await asDsl.post(`/concerns/${id}/acknowledge`)
    assert.equal((await send(asDsl, id, '/hand-over', { to: deputy.adultId, says: 'Please see her today.' })).status, 303)
    const { html } = await asDsl.get(`/concerns/${id}`)
    assert.match(html, new RegExp(`Who has it</dt>\\s*<dd[^>]*>${deputy.name}`))
    assert.match(html, new RegExp(`Accountable</dt>\\s*<dd[^>]*>${dsl.name}`))
  })
})
