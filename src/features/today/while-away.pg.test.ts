import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'

const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('while the DSL is away', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
  })
  beforeEach(async () => {
    await app.people.query('delete from absence')
    await app.people.query(`update concern set state = 'closed'`)
    await app.people.query('delete from alert')
  })
  after(() => app.close())

  const away = (school: { id: string }, adult: { adultId: AdultId }, from: string, until: string) =>
    app.people.query(
      `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, $5, 'leave', $3)`,
      [school.id, newId<string>(), adult.adultId, from, until],
    )
  const awaySection = (html: string) => /<section aria-labelledby="while-away">[\s\S]*?<\/section>/.exec(html)?.[0] ?? ''

  test('[MM-2.2-02] the DSL is marked away from 4 to 6 March; what is saved on the 5th goes to the deputy on duty first, and waits for the DSL under “While you were away”', async () => {
    const school = demo.mmap
    const { head: dsl, deputy, deputyTwo, formerDeputy, teacher } = school.adults
    const [child, other] = school.children
    assert.ok(child && other)
    await away(school, dsl, '2026-03-04T00:00:00.000Z', '2026-03-06T23:59:59.000Z')
    await app.people.query(
      `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, 'school-day')`,
      [school.id, newId<string>(), deputyTwo.adultId, '2026-03-05T09:00:00.000Z', '2026-03-05T15:00:00.000Z'],
    )
    app.clock.set('2026-03-03T10:00:00.000Z' as Instant)
    const before = await recordAs(app, school, teacher, concernAbout(other))
    app.clock.set('2026-03-05T10:00:00.000Z' as Instant)
    const id = await recordAs(app, school, teacher, concernAbout(child))
    const alerts = await app.people.query<{ adult_id: AdultId; kind: string }>(
      'select adult_id, kind from alert where concern_id = $1 order by kind, adult_id',
      [id],
    )
    const told = alerts.filter(alert => alert.kind === 'told').map(alert => alert.adult_id)
    // One of the deputies of that March has left the post since.
    assert.deepEqual(told.toSorted(), [deputy.adultId, deputyTwo.adultId, formerDeputy.adultId].toSorted())
    const [concern] = await app.people.query<{ owner_id: AdultId }>('select owner_id from concern where id = $1', [id])
    assert.equal(concern?.owner_id, deputyTwo.adultId, 'whoever is on duty has it first')
    const asDeputy = await app.agentFor(deputyTwo.adultId)
    assert.equal((await asDeputy.post(`/concerns/${id}/acknowledge`)).status, 303)
    assert.match(plain((await asDeputy.get(`/concerns/${id}`)).html), /by Magda Wisniewska \(deputy acting\)/)
    const mails = await app.people.query('select 1 from outbox where concern_id = $1 and adult_id = $2', [id, dsl.adultId])
    assert.equal(mails.length, 0, 'whoever is away is left in peace')
    const out = plain((await asDeputy.get('/today')).html)
    assert.match(out, new RegExp(`Colleagues who are out ${dsl.name}[^:]*: out until the end of Friday 6 March 2026`))

    app.clock.set('2026-03-09T08:30:00.000Z' as Instant)
    const asDsl = await app.agentFor(dsl.adultId)
    const returned = awaySection((await asDsl.get('/today')).html)
    assert.match(plain(returned), /While you were away \(1\)/)
    assert.match(plain(returned), new RegExp(`${child.name}.*Recorded while you were away.*With ${deputyTwo.name}`))
    assert.ok(returned.includes(id) && !returned.includes(before))
    await asDsl.get(`/concerns/${id}`)
    assert.equal(awaySection((await asDsl.get('/today')).html), '', 'read, it leaves the list')
  })

  test('a DSL who is outside a concern finds nothing of it on their return', async () => {
    const school = demo.mmap
    const { head: dsl, teacher } = school.adults
    const child = school.children[0]
    assert.ok(child)
    await away(school, dsl, '2026-03-04T00:00:00.000Z', '2026-03-06T23:59:59.000Z')
    app.clock.set('2026-03-05T11:00:00.000Z' as Instant)
    const named = { adultId: dsl.adultId, name: dsl.name, relation: '', toldAt: null, involvement: 'alleged' as const }
    await recordAs(app, school, teacher, concernAbout(child, { adults: [named] }))
    app.clock.set('2026-03-09T08:30:00.000Z' as Instant)
    assert.equal(awaySection((await (await app.agentFor(dsl.adultId)).get('/today')).html), '')
  })

  test('[WP-3-10] the deputy closes a concern on 4 March while the DSL is absent: the record reads “deputy acting”, the DSL stays accountable and finds it among what to review', async () => {
    const school = demo.westPark
    const { dsl, deputy, teacher } = school.adults
    const child = school.pupils.amina
    const send = async (id: ConcernId, form: string, fields: Record<string, string | string[]>) => {
      const answer = await (await app.agentFor(deputy.adultId)).submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)
      assert.equal(answer.status, 303, `${form}: ${plain(answer.html).slice(0, 600)}`)
    }
    app.clock.set('2025-02-27T10:00:00.000Z' as Instant)
    const id = await recordAs(app, school, teacher, concernAbout(child))
    await away(school, dsl, '2025-03-03T00:00:00.000Z', '2025-03-07T23:59:59.000Z')
    app.clock.set('2025-03-04T10:00:00.000Z' as Instant)
    const urgent = { ...presentation, 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
    await send(id, '/triage', { ...urgent, categories: ['neglect'], level: 'derby.emerging', rationale: 'Hungry.' })
    await send(id, '/decision', {
      choice: 'monitor',
      'answer-tool-neglect': 'not-used',
      'answer-tool-neglect-not-used-says': 'Seen by the school nurse already.',
      rationale: 'No pattern.',
      'not-referring': 'Below the threshold.',
      'next-look-day': '11',
      'next-look-month': '3',
      'next-look-year': '2025',
    })
    await send(id, '/parents', { outcome: 'told', who: 'Hodan Yusuf, mother', says: 'She sees the tutor.' })
    await send(id, '/close', { summary: 'Hungry in lessons.', outcome: 'Meals.', rationale: 'Settled.' })

    const events = (await app.people.events(school.id)).filter(event => event.action === 'concern.closed')
    assert.deepEqual(events.at(-1)?.facts['actingFor'], [dsl.adultId])
    app.clock.set('2025-03-10T08:30:00.000Z' as Instant)
    const asDsl = await app.agentFor(dsl.adultId)
    const review = awaySection((await asDsl.get('/today')).html)
    assert.ok(review.includes(id))
    assert.match(plain(review), new RegExp(`Amina Yusuf.*Closed by ${deputy.name}, deputy acting`))
    const record = plain((await asDsl.get(`/concerns/${id}`)).html)
    assert.match(record, new RegExp(`Closed by ${deputy.name} \\(deputy acting\\)`))
    assert.match(record, new RegExp(`Decision by ${deputy.name} \\(deputy acting\\)`))
    assert.match(record, new RegExp(`Accountable ${dsl.name}`))
    assert.equal(awaySection((await asDsl.get('/today')).html), '')

    app.clock.set('2025-03-11T10:00:00.000Z' as Instant)
    const later = await recordAs(app, school, teacher, concernAbout(child))
    await (await app.agentFor(deputy.adultId)).post(`/concerns/${later}/acknowledge`)
    assert.doesNotMatch(
      (await asDsl.get(`/concerns/${later}`)).html,
      /deputy acting/,
      'with the DSL there, nobody acts in their place',
    )
  })
})
