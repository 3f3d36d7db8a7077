import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey, schoolWithForm } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'

type School = Awaited<ReturnType<typeof schoolWithForm>>

describe('the trust’s safeguarding lead', () => {
  let app: TestApp
  let of: School
  let lead: AdultId
  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: '2026-11-18T10:00:00.000Z' as Instant })
    of = await schoolWithForm(app, 'william-macgregor')
    lead = (await app.people.addAdult(of.school, { name: 'Yara Holm', roles: ['trust-safeguarding-lead'] })).id
    await recordAs(app, of.school, { adultId: of.teacher.id }, concernAbout({ childId: of.robin }))
  })
  after(() => app.close())

  const noticesOf = (adult: AdultId) =>
    app.people.query<{ says: string; link: string }>('select says, link from notice where school_id = $1 and adult_id = $2', [
      of.school.id,
      adult,
    ])
  const path = () => `/children/${of.robin}/oversight`

  test('[WM-1.6-01] a hub lead who was asked by nobody follows the link to a case and must type a ground first; the lead DSL sees role, time and ground', async () => {
    const agent = await app.agentFor(lead)
    assert.ok((await agent.get('/children/find?q=robin%20ash')).html.includes(path()))
    const asked = await agent.get(path())
    assert.equal(asked.status, 200)
    assert.match(asked.html, /On what ground\?/)
    assert.doesNotMatch(asked.html, /I do not want to go home/)
    assert.equal((await agent.get(`/children/${of.robin}`)).status, 403)
    const empty = await agent.post(path(), { reason: ' ', hours: '1' })
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Enter on what ground you open it\./)
    const opened = await agent.post(path(), { reason: 'Sample for quality assurance, autumn.', hours: '1' })
    assert.equal(opened.status, 303)
    assert.match((await agent.get(opened.location ?? '')).html, /I do not want to go home/)
    const [notice] = await noticesOf(of.dsl.id)
    assert.ok(notice && !/Robin|Ashdown/.test(notice.says))
    const seen = (await (await app.agentFor(of.dsl.id)).get(notice.link)).html
    assert.match(seen, /Yara Holm, Strategic Safeguarding Lead/)
    assert.match(seen, /18 November 2026 at 10am/)
    assert.match(seen, /Sample for quality assurance, autumn\./)
    const today = (await (await app.agentFor(of.deputy.id)).get('/today')).html
    assert.match(today, /href="\/break-glass">A case was opened for the trust<\/a>: nobody has reviewed it yet/)
    assert.doesNotMatch(today, /by breaking the glass/)
    app.pass(61)
    assert.equal((await agent.get(opened.location ?? '')).status, 404)
    app.clock.set('2026-11-18T10:00:00.000Z' as Instant)
  })

  test('opens a case without a ground of their own where the team asks; nobody else is asked, and the team’s review ends it', async () => {
    const dsl = await app.agentFor(of.deputy.id)
    const ask = `/children/${of.robin}/ask-the-trust`
    assert.equal((await dsl.post(ask, {})).status, 422)
    assert.equal((await dsl.post(ask, { reason: 'What would you do next?', hours: '4' })).status, 303)
    const [notice] = await noticesOf(lead)
    assert.ok(notice && !/Robin|Ashdown/.test(notice.says))
    const agent = await app.agentFor(lead)
    assert.match(
      (await agent.get(notice.link)).html,
      /You are asked:<\/strong> What would you do next\?[\s\S]*I do not want to go home/,
    )
    const closed = await dsl.post(`${notice.link}/review`, { outcome: 'justified', says: 'A useful hour.' })
    assert.equal(closed.status, 303)
    assert.equal((await agent.get(notice.link)).status, 404)
  })

  test('who opens a case or is asked about one tells nobody who is outside a concern about the child: the rest of the team hears, or the head, or the case stays closed', async () => {
    const other = await schoolWithForm(app, 'william-macgregor')
    const [first, second] = [
      (await app.people.addAdult(other.school, { name: 'Ada Quill', roles: ['trust-safeguarding-lead'] })).id,
      (await app.people.addAdult(other.school, { name: 'Bo Quill', roles: ['trust-safeguarding-lead'] })).id,
    ]
    const named = (adultId: AdultId, name: string) =>
      recordAs(
        app,
        other.school,
        { adultId: other.teacher.id },
        {
          ...concernAbout({ childId: other.robin }),
          adults: [{ adultId, name, relation: '', involvement: 'alleged', toldAt: null }],
        },
      )
    const told = async () =>
      (
        await app.people.query<{ adult_id: AdultId }>(
          `delete from notice where school_id = $1 and topic = 'oversight' returning adult_id`,
          [other.school.id],
        )
      ).map(row => row.adult_id)
    const oversees = async () =>
      (await app.agentFor(second)).post(`/children/${other.robin}/oversight`, { reason: 'Sample', hours: '1' })
    const asks = async () =>
      (await app.agentFor(other.dsl.id)).post(`/children/${other.robin}/ask-the-trust`, { reason: 'What next?', hours: '1' })
    await named(other.deputy.id, 'Dan')
    assert.equal((await oversees()).status, 303)
    assert.deepEqual(await told(), [other.dsl.id])
    await named(first, 'Ada Quill')
    assert.equal((await asks()).status, 303)
    assert.deepEqual(await told(), [second])
    await named(second, 'Bo Quill')
    const nobody = await asks()
    assert.equal(nobody.status, 422)
    assert.match(nobody.html, /has no safeguarding lead here who may look at this case/)
    await named(other.dsl.id, 'Dee')
    assert.equal((await oversees()).status, 303)
    assert.deepEqual(await told(), [other.head.id])
    await named(other.head.id, 'Hugh Petty')
    const closed = await oversees()
    assert.equal(closed.status, 422)
    assert.match(closed.html, /Nobody of the school is left who would hear of it/)
    assert.deepEqual(await told(), [])
  })

  test('opens nothing of a child to whom they are tied, and the database lets nobody else open a case so', async () => {
    const tied = (await app.people.addAdult(of.school, { name: 'Tia Ash', roles: ['trust-safeguarding-lead'] })).id
    await app.people.query('update child set tied = array_append(tied, $2) where id = $1', [of.kim, tied])
    const agent = await app.agentFor(tied)
    const kims = `/children/${of.kim}/oversight`
    assert.equal((await agent.get(kims)).status, 404)
    assert.equal((await agent.post(kims, { reason: 'Sample', hours: '1' })).status, 404)
    const alone = (by: AdultId, kind: string, whom: AdultId) =>
      workAs(app.tools, { schoolId: of.school.id, adultId: by }, app.clock.now(), async work => ({
        commit: true,
        value: await work.tx.run(
          {
            name: `alone_${newId<string>()}`,
            text: `select oversight_open($1, $2, $3, $4, 'x', 1, $5, '{}', $6, 'x', 'x', '/')`,
          },
          [newId<string>(), kind, of.kim, [whom], [kind === 'consultation' ? by : of.dsl.id], app.clock.now()],
        ),
      }))
    const tries: readonly (readonly [AdultId, string, AdultId])[] = [
      [tied, 'oversight', tied],
      [of.head.id, 'oversight', of.head.id],
      [of.teacher.id, 'consultation', lead],
      [of.dsl.id, 'consultation', of.teacher.id],
      [lead, 'oversight', tied],
    ]
    for (const [by, kind, whom] of tries) await assert.rejects(alone(by, kind, whom), /nobody opens a case so/)
  })
})
