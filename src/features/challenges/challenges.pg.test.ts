import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import pg from 'pg'
import { type DemoAdult, type DemoSchool, demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'

/** A moment of the week of Monday 16 November 2026, in term, when London is on the time of Greenwich. */
const at = (day: 'monday' | 'wednesday' | 'thursday' | 'friday' | 'tuesday', time: string) => {
  const date = { monday: 16, tuesday: 17, wednesday: 18, thursday: 19, friday: 20 }[day]
  return `2026-11-${date}T${time}:00.000Z` as Instant
}

const plain = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')

describe('still worried', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('monday', '08:30') })
  })
  beforeEach(async () => {
    await app.people.query('delete from absence')
    await app.people.query(`update concern set state = 'closed'`)
    for (const table of ['alert', 'challenge', 'clock']) await app.people.query(`delete from ${table}`)
    app.clock.set(at('monday', '08:30'))
  })
  after(() => app.close())

  const wm = demo.williamMacgregor
  const childOf = (school: DemoSchool) => {
    const [child] = school.children
    assert.ok(child)
    return child
  }

  /** Somebody of the team decides on a concern and closes it. */
  async function decideAndClose(agent: Agent, id: ConcernId): Promise<void> {
    await app.people.query(`update concern set state = 'triaged', acknowledged_at = $2 where id = $1`, [id, app.clock.now()])
    await app.people.query(`update clock set met_at = $2 where concern_id = $1`, [id, app.clock.now()])
    await app.people.query(
      `insert into triage (school_id, id, concern_id, at, by_id, immediate_risk, safe_to_go_home, medical, police, categories, framework, level_id, level_position, rationale, policy_edition)
       select school_id, $2, id, $3, owner_id, 'no', 'yes', 'no', 'no', '{other}', 'f', 'LEVEL-ID', 1, 'TEAM-RATIONALE', 'e' from concern where id = $1`,
      [id, newId<string>(), app.clock.now()],
    )
    const decided = await agent.submit(`/concerns/${id}/decision`, `/concerns/${id}/decision`, {
      choice: 'no-further-action',
      rationale: 'TEAM-RATIONALE',
      'not-referring': 'TEAM-REASON',
    })
    assert.equal(decided.status, 303, decided.html)
    const closed = await agent.submit(`/concerns/${id}/close`, `/concerns/${id}/close`, {
      summary: 'TEAM-SUMMARY',
      outcome: 'TEAM-OUTCOME',
      rationale: 'TEAM-CLOSING',
    })
    assert.equal(closed.status, 303, closed.html)
  }

  const press = (agent: Agent, id: ConcernId, says: string) =>
    agent.submit(`/my-concerns/${id}/still-worried`, `/my-concerns/${id}/still-worried`, { says })
  const answer = async (agent: Agent, id: ConcernId, says: string) => {
    const path = `/concerns/${id}/challenges`
    const [row] = await app.people.query<{ id: string }>(
      'select id from challenge where concern_id = $1 order by at desc, id desc limit 1',
      [id],
    )
    return agent.post(path, { challenge: row?.id, says })
  }
  const concernOf = async (id: ConcernId) =>
    (await app.people.query<{ state: string; owner_id: AdultId }>('select state, owner_id from concern where id = $1', [id]))[0]
  const openOf = async (id: ConcernId) =>
    (
      await app.people.query<{ to_id: AdultId; deciders: AdultId[]; due_at: string; replied_at: string | null }>(
        'select to_id, deciders, due_at, replied_at from challenge where concern_id = $1 order by at desc, id desc limit 1',
        [id],
      )
    )[0]
  const alertsTo = async (id: ConcernId, adult: DemoAdult) =>
    (
      await app.people.query<{ kind: string }>(
        'select kind from alert where concern_id = $1 and adult_id = $2 order by told_at, id',
        [id, adult.adultId],
      )
    ).map(alert => alert.kind)
  const look = (school: DemoSchool) =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await lookRoundSchool(work) }))

  /** Asks the database itself as this person, with every check of the program left out; nothing of it stays. */
  const inTheDatabase = async <T>(adult: DemoAdult, ask: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client(app.database.app)
    await client.connect()
    try {
      await client.query('begin')
      await client.query('select scope_enter($1, $2, null, $3)', [wm.id, adult.adultId, app.clock.now()])
      return await ask(client)
    } finally {
      await client.query('rollback')
      await client.end()
    }
  }
  const seenBy = (adult: DemoAdult, childId: string, id: ConcernId) =>
    inTheDatabase(adult, async client => {
      const { rows } = await client.query<{ concern: number; challenge: number; standsIn: boolean }>(
        `select (select count(*)::int from concern where id = $1) as concern, (select count(*)::int from challenge where concern_id = $1) as challenge,
          scope_stands_in($1) or scope_stands_in($2) as "standsIn"`,
        [id, childId],
      )
      return rows[0]
    })

  test('[WM-4.1.5-14] a concern closed on Monday opens again when its reporter is still worried on Wednesday, with their words, and a DSL’s reply is due', async () => {
    const { teacher, dsl, deputy, deputyTwo } = wm.adults
    const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm)))
    const asDsl = await app.agentFor(dsl.adultId)
    const asTeacher = await app.agentFor(teacher.adultId)
    app.clock.set(at('monday', '15:00'))
    await decideAndClose(asDsl, id)
    assert.equal((await concernOf(id))?.state, 'closed')

    app.clock.set(at('wednesday', '09:10'))
    const own = await asTeacher.get(`/my-concerns/${id}`)
    assert.match(own.html, new RegExp(`href="/my-concerns/${id}/still-worried"[^>]*>\\s*I am still worried`))
    const empty = await press(asTeacher, id, ' ')
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Enter why you are still worried/)
    assert.equal((await concernOf(id))?.state, 'closed')
    const pressed = await press(asTeacher, id, 'She came in with the same bruise again.')
    assert.equal(pressed.status, 303, pressed.html)

    const concern = await concernOf(id)
    assert.equal(concern?.state, 'open')
    const open = await openOf(id)
    assert.ok(open && [deputy.adultId, deputyTwo.adultId].includes(open.to_id), 'somebody of the team who did not decide')
    assert.deepEqual(open.deciders, [dsl.adultId])
    assert.equal(concern.owner_id, open.to_id)
    const [closure] = await app.people.query<{ reopened_because: string; reopened_by: AdultId }>(
      'select reopened_because, reopened_by from closure where concern_id = $1',
      [id],
    )
    assert.deepEqual(closure, { reopened_because: 'She came in with the same bruise again.', reopened_by: teacher.adultId })
    const clocks = await app.people.query<{ name: string; due_at: string; owner_id: AdultId; standing: string }>(
      'select name, due_at, owner_id, standing from clock where concern_id = $1 and met_at is null and ended_at is null',
      [id],
    )
    assert.deepEqual(
      clocks.map(clock => ({ ...clock, due_at: new Date(clock.due_at).toISOString() })),
      [{ name: 'challenge-reply', due_at: '2026-11-19T23:59:59.000Z', owner_id: open.to_id, standing: 'setting' }],
    )
    const replier = [deputy, deputyTwo].find(adult => adult.adultId === open.to_id) ?? deputy
    assert.deepEqual(await alertsTo(id, replier).then(kinds => kinds.at(-1)), 'challenge')
    assert.ok((await alertsTo(id, dsl)).includes('addendum'), 'whoever had it hears of it')
    const asReplier = await app.agentFor(replier.adultId)
    const page = plain((await asReplier.get(`/concerns/${id}`)).html)
    assert.match(page, /is still worried, today at 09:10/)
    assert.match(page, /She came in with the same bruise again/)
    assert.match(page, /Answer whoever is still worried : due tomorrow/)
    const blocked = await asReplier.submit(`/concerns/${id}/close`, `/concerns/${id}/close`, {
      summary: 'x',
      outcome: 'x',
      rationale: 'x',
    })
    assert.equal(blocked.status, 422, 'it cannot close while the answer is owed')
    const headings = await app.people.query<{ heading: string }>(
      `select heading from entry where concern_id = $1 and kind in ('reopening', 'addendum') order by heading`,
      [id],
    )
    assert.deepEqual(
      headings.map(({ heading }) => heading),
      ['Concern opened again', 'The reporter is still worried'],
    )

    const refused = await answer(asDsl, id, 'It is fine.')
    assert.equal(refused.status, 409)
    assert.match(refused.html, /You decided this yourself/)
    app.clock.set(at('wednesday', '11:00'))
    const answered = await answer(asReplier, id, 'You are right: a nurse looks at it today.')
    assert.equal(answered.status, 303, answered.html)
    assert.deepEqual(await alertsTo(id, teacher), ['feedback'])
    const read = await asTeacher.get(`/my-concerns/${id}`)
    assert.match(read.html, /You are right: a nurse looks at it today/)
    assert.match(plain(read.html), new RegExp(`${replier.name} answered , today at 11:00`))
    assert.doesNotMatch(read.html, /TEAM-|LEVEL-ID|no-further-action/)
    const [clock] = await app.people.query<{ met_at: string | null }>(
      `select met_at from clock where concern_id = $1 and name = 'challenge-reply'`,
      [id],
    )
    assert.ok(clock?.met_at)
    assert.equal((await answer(asReplier, id, 'Again.')).status, 409, 'answered once')
  })

  test('a challenge that nobody answers in time goes to another DSL and then to the trust’s lead, who may act on that one', async () => {
    const { teacher, dsl, deputy, deputyTwo, trustLead } = wm.adults
    const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm)))
    app.clock.set(at('monday', '15:00'))
    await decideAndClose(await app.agentFor(dsl.adultId), id)
    app.clock.set(at('tuesday', '09:00'))
    assert.equal((await press(await app.agentFor(teacher.adultId), id, 'Nothing has changed.')).status, 303)
    const first = (await openOf(id))?.to_id
    await look(wm)
    assert.equal((await openOf(id))?.to_id, first, 'in time it stays where it is')

    app.clock.set(at('thursday', '00:01'))
    await look(wm)
    const second = await openOf(id)
    assert.deepEqual([first, second?.to_id].toSorted(), [deputy.adultId, deputyTwo.adultId].toSorted())
    assert.equal(second && new Date(second.due_at).toISOString(), '2026-11-20T23:59:59.000Z')
    await look(wm)
    assert.equal((await openOf(id))?.to_id, second?.to_id, 'a second look changes nothing')

    const asLead = await app.agentFor(trustLead.adultId)
    assert.equal((await asLead.get(`/concerns/${id}`)).status, 404)
    app.clock.set('2026-11-21T00:01:00.000Z' as Instant)
    await look(wm)
    assert.equal((await openOf(id))?.to_id, trustLead.adultId)
    const given = await asLead.get('/alerts')
    assert.match(given.html, /Somebody is still worried: you are asked to answer/)
    const [alert] = await app.people.query<{ id: string }>(
      `select id from alert where concern_id = $1 and adult_id = $2 and kind = 'challenge-passed'`,
      [id, trustLead.adultId],
    )
    assert.ok(alert)
    const [withConcern] = await app.people.query<{ child_id: string }>(
      'select child_id from concern_child where concern_id = $1',
      [id],
    )
    for (const path of [`/concerns/${id}`, `/concerns/${id}/challenges`, `/concerns/${id}/triage`])
      assert.equal((await asLead.get(path)).status, 200, path)
    assert.match((await asLead.get(`/concerns/${id}`)).html, /TEAM-RATIONALE/)
    const answered = await answer(asLead, id, 'I have read it with the school: it is referred today.')
    assert.equal(answered.status, 303)
    assert.equal(answered.location, '/alerts?answered')
    assert.ok((await openOf(id))?.replied_at)
    assert.notEqual((await concernOf(id))?.state, 'closed')

    const saved = plain((await asLead.get('/alerts?answered')).html)
    assert.match(saved, /Your answer is saved/)
    for (const path of [`/concerns/${id}`, `/concerns/${id}/challenges`, `/concerns/${id}/triage`, `/concerns/${id}/close`])
      assert.equal((await asLead.get(path)).status, 404, path)
    assert.equal((await answer(asLead, id, 'Once more.')).status, 404)
    assert.match(plain((await asLead.get(`/alerts/${alert.id}`)).html), /It is answered, or somebody else answers now/)
    assert.deepEqual(await seenBy(trustLead, withConcern?.child_id ?? '', id), { concern: 0, challenge: 0, standsIn: false })
  })

  test('whoever was given a challenge from outside the team no longer opens it when one of the team has answered', async () => {
    const { teacher, dsl, deputy, trustLead } = wm.adults
    const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm)))
    app.clock.set(at('monday', '15:00'))
    await decideAndClose(await app.agentFor(dsl.adultId), id)
    app.clock.set(at('tuesday', '09:00'))
    assert.equal((await press(await app.agentFor(teacher.adultId), id, 'Nothing has changed.')).status, 303)
    app.clock.set(at('thursday', '00:01'))
    await look(wm)
    app.clock.set('2026-11-21T00:01:00.000Z' as Instant)
    await look(wm)
    assert.equal((await openOf(id))?.to_id, trustLead.adultId)
    const asLead = await app.agentFor(trustLead.adultId)
    assert.equal((await asLead.get(`/concerns/${id}`)).status, 200)
    assert.equal((await answer(await app.agentFor(deputy.adultId), id, 'Seen by a nurse this morning.')).status, 303)
    assert.equal((await asLead.get(`/concerns/${id}`)).status, 404)
    assert.equal((await asLead.get(`/concerns/${id}/challenges`)).status, 404)
  })

  test('a concern that nobody acknowledged goes to the next of its route also where a challenge of it was passed on', async () => {
    const { teacher, trustLead } = wm.adults
    const route = async (challenged: boolean) => {
      app.clock.set(at('monday', '08:30'))
      const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm)))
      if (challenged) {
        assert.equal((await press(await app.agentFor(teacher.adultId), id, 'I hear nothing.')).status, 303)
        await app.people.query(
          `update challenge set due_at = $2, to_id = $3, asked = (select array_agg(p.adult_id) from appointment p
             where p.school_id = challenge.school_id and p.role in ('dsl', 'deputy-dsl')) where concern_id = $1`,
          [id, app.clock.now(), wm.adults.deputy.adultId],
        )
        app.clock.set(at('monday', '08:31'))
        await look(wm)
        assert.equal((await openOf(id))?.to_id, trustLead.adultId)
      }
      for (const time of ['16:00', '23:00']) {
        app.clock.set(at('tuesday', time))
        await look(wm)
      }
      assert.equal((await concernOf(id))?.state, 'new')
      const told = await app.people.query<{ role: string; step: number; kind: string }>(
        `select role, step, kind from alert where concern_id = $1 and kind in ('told', 'passed-on', 'second-alert') order by told_at, step, role, adult_id`,
        [id],
      )
      await app.people.query(`update concern set state = 'closed' where id = $1`, [id])
      return told
    }
    const without = await route(false)
    assert.ok(without.some(alert => alert.kind === 'passed-on'))
    assert.deepEqual(await route(true), without)
  })

  test('an answer that does not settle it goes to somebody else; the earlier answerer and the decider are passed over', async () => {
    const { teacher, dsl, deputy, deputyTwo, trustLead } = wm.adults
    const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm)))
    app.clock.set(at('monday', '15:00'))
    await decideAndClose(await app.agentFor(dsl.adultId), id)
    const asTeacher = await app.agentFor(teacher.adultId)
    const asked: AdultId[] = []
    for (const [day, time] of [
      ['tuesday', '09:00'],
      ['wednesday', '09:00'],
      ['thursday', '09:00'],
    ] as const) {
      app.clock.set(at(day, time))
      assert.equal((await press(asTeacher, id, `Not settled on ${day}.`)).status, 303)
      const again = await asTeacher.post(`/my-concerns/${id}/still-worried`, { says: 'Twice.' })
      assert.equal(again.status, 409, 'one at a time')
      const open = await openOf(id)
      assert.ok(open)
      asked.push(open.to_id)
      assert.equal((await answer(await app.agentFor(open.to_id), id, 'Because.')).status, 303)
    }
    assert.deepEqual(asked.slice(0, 2).toSorted(), [deputy.adultId, deputyTwo.adultId].toSorted())
    assert.equal(asked[2], trustLead.adultId)
  })

  const mmap = demo.mmap

  test('[MM-0-12] the tutor who reported case 114 and is not satisfied opens an escalation that the decider cannot answer and that stays open until a written answer is saved', async () => {
    const { teacher: tutor, head: decider, deputy: deputyOne, deputyTwo } = mmap.adults
    const id = await recordAs(app, mmap, tutor, concernAbout(childOf(mmap)))
    await app.people.query(`update concern set reference = 'CASE-0114' where id = $1`, [id])
    const asDecider = await app.agentFor(decider.adultId)
    const asTutor = await app.agentFor(tutor.adultId)
    app.clock.set(at('monday', '15:00'))
    await decideAndClose(asDecider, id)
    app.clock.set(at('tuesday', '10:00'))
    const form = await asTutor.get(`/my-concerns/${id}/still-worried`)
    const text = plain(form.html)
    assert.match(text, /CASE-0114/)
    assert.match(text, /not satisfied with the response/)
    assert.match(text, /escalation procedure of the safeguarding partnership/)
    assert.match(text, /whistleblowing/)
    assert.doesNotMatch(text, /TEAM-|complaints procedure/)
    assert.equal((await press(asTutor, id, 'Nobody has seen the boy.')).status, 303)

    const open = await openOf(id)
    const deputy = [deputyOne, deputyTwo].find(adult => adult.adultId === open?.to_id)
    assert.ok(open && deputy, 'a deputy, who did not decide, answers')
    assert.deepEqual(open.deciders, [decider.adultId])
    assert.equal((await concernOf(id))?.owner_id, deputy.adultId)
    assert.match(plain((await asTutor.get(`/my-concerns/${id}`)).html), new RegExp(`Open ${deputy.name} answers in writing`))
    assert.match(plain((await asDecider.get(`/concerns/${id}`)).html), new RegExp(`Open due from ${deputy.name}`))
    const page = await asDecider.get(`/concerns/${id}/challenges`)
    assert.match(page.html, /it is not yours to answer/)
    assert.doesNotMatch(page.html, /<textarea/)
    assert.equal((await answer(asDecider, id, 'It was enough.')).status, 409)
    assert.equal((await openOf(id))?.replied_at, null)
    const asDeputy = await app.agentFor(deputy.adultId)
    assert.equal((await answer(asDeputy, id, '  ')).status, 422)
    assert.equal((await openOf(id))?.replied_at, null, 'open until something is written')
    assert.equal((await answer(asDeputy, id, 'I saw him today; his social worker comes on Thursday.')).status, 303)
    const read = plain((await asTutor.get(`/my-concerns/${id}`)).html)
    assert.match(read, /I saw him today; his social worker comes on Thursday/)
    assert.doesNotMatch(read, new RegExp(`Open ${deputy.name}`))
    assert.doesNotMatch(read, /TEAM-/)
  })

  test('a pupil or a parent who reports from outside is shown the complaints procedure', async () => {
    const done = await app.stranger().get(`/report/${mmap.visitorToken}/done/AAAA-0001`)
    assert.equal(done.status, 200)
    assert.match(done.html, /complaints procedure/)
  })

  test('whoever is outside the concern neither answers nor learns of it, and nobody else’s concern can be challenged', async () => {
    const { teacher, teacherTwo, dsl, deputy, deputyTwo } = wm.adults
    const named = { adultId: deputy.adultId, name: deputy.name, relation: '', involvement: 'alleged' as const, toldAt: null }
    const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm), { adults: [named] }))
    app.clock.set(at('monday', '15:00'))
    await decideAndClose(await app.agentFor(dsl.adultId), id)
    const stranger = await app.agentFor(teacherTwo.adultId)
    assert.equal((await stranger.get(`/my-concerns/${id}/still-worried`)).status, 404)
    assert.equal((await stranger.post(`/my-concerns/${id}/still-worried`, { says: 'Me too.' })).status, 404)
    assert.equal((await press(await app.agentFor(teacher.adultId), id, 'Still.')).status, 303)
    assert.equal((await openOf(id))?.to_id, deputyTwo.adultId)
    const outside = await app.agentFor(deputy.adultId)
    assert.equal((await outside.get(`/concerns/${id}/challenges`)).status, 404)
    assert.equal((await answer(outside, id, 'No.')).status, 404)
    assert.deepEqual(await alertsTo(id, deputy), [])
    for (const table of ['challenge', 'alert', 'clock', 'entry'])
      assert.deepEqual(
        await app.people.query(`select 1 from ${table} where concern_id = $1 and not ($2 = any (excluded))`, [
          id,
          deputy.adultId,
        ]),
        [],
        table,
      )
  })

  test('whoever was put outside the concern after asking is neither shown the answer nor told of it, and whoever answers reads so', async () => {
    const { teacher, dsl } = wm.adults
    const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm)))
    app.clock.set(at('monday', '15:00'))
    await decideAndClose(await app.agentFor(dsl.adultId), id)
    app.clock.set(at('tuesday', '09:00'))
    const asTeacher = await app.agentFor(teacher.adultId)
    assert.equal((await press(asTeacher, id, 'MY-OWN-WORDS')).status, 303)
    const asReplier = await app.agentFor(wm.adults.deputy.adultId)
    const path = `/concerns/${id}/challenges`
    assert.doesNotMatch((await asReplier.get(path)).html, /not shown to them/)
    await inTheDatabase(dsl, async client => {
      await client.query('select concern_exclude($1, array[$2::uuid])', [id, teacher.adultId])
      await client.query('commit')
    })
    const form = plain((await asReplier.get(path)).html)
    assert.match(form, /outside this concern now: your answer is kept with it, and is not shown to them/)
    assert.doesNotMatch(form, /They read these words/)
    const before = plain((await asTeacher.get(`/my-concerns/${id}`)).html)
    assert.match(before, /MY-OWN-WORDS/)
    assert.doesNotMatch(before, /answers in writing/)
    assert.equal((await answer(asReplier, id, 'THE-REPLY')).status, 303)
    assert.match(plain((await asReplier.get(`${path}?answered`)).html), /THE-REPLY/)
    const own = plain((await asTeacher.get(`/my-concerns/${id}`)).html)
    assert.equal(own, before, 'their page says the same whether it is answered or not')
    assert.doesNotMatch((await asTeacher.get(`/my-concerns/${id}/still-worried`)).html, /THE-REPLY|not written yet/)
    assert.deepEqual(await alertsTo(id, teacher), [])
    assert.deepEqual(await app.people.query(`select 1 from outbox where concern_id = $1 and kind = 'feedback-mail'`, [id]), [])
  })

  test('the database itself takes a reply from nobody who decided, is outside the concern, asked, or was not given it', async () => {
    const { teacher, teacherTwo, dsl, deputy, deputyTwo, trustLead } = wm.adults
    const named = { adultId: deputy.adultId, name: deputy.name, relation: '', involvement: 'alleged' as const, toldAt: null }
    const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm), { adults: [named] }))
    app.clock.set(at('monday', '15:00'))
    await decideAndClose(await app.agentFor(dsl.adultId), id)
    app.clock.set(at('tuesday', '09:00'))
    assert.equal((await press(await app.agentFor(teacher.adultId), id, 'Still.')).status, 303)
    const [open] = await app.people.query<{ id: string; to_id: AdultId; deciders: AdultId[] }>(
      'select id, to_id, deciders from challenge where concern_id = $1',
      [id],
    )
    assert.ok(open)
    assert.deepEqual([open.to_id, ...open.deciders], [deputyTwo.adultId, dsl.adultId])
    const reply = (adult: DemoAdult, as = 'select challenge_reply($1, $2, $3) as concern') =>
      inTheDatabase(adult, client =>
        client.query(as, [open.id, 'It is fine.', app.clock.now()]).then(({ rows }) => rows[0]?.concern),
      )
    for (const adult of [dsl, deputy, teacher, teacherTwo, trustLead]) assert.equal(await reply(adult), null, adult.name)
    // Whoever was given it and is outside it since, and whoever was given it from outside the team until it was passed on.
    await app.people.query('update challenge set to_id = $2 where concern_id = $1', [id, deputy.adultId])
    assert.equal(await reply(deputy), null, 'outside it, though it was given to them')
    await app.people.query('update challenge set to_id = $2 where concern_id = $1', [id, trustLead.adultId])
    assert.equal(await reply(trustLead), id)
    const [replied] = await app.people.query<{ count: number }>(
      'select count(*)::int as count from challenge where concern_id = $1 and replied_at is not null',
      [id],
    )
    assert.equal(replied?.count, 0, 'nothing of these attempts stays')
    await assert.rejects(
      reply(deputyTwo, 'update challenge set reply = $2, replied_at = $3 where id = $1'),
      /permission denied/,
      'and nobody writes the reply past it',
    )
    assert.equal(await reply(deputyTwo), id, 'one of the team who did not decide may')
  })

  test('where nobody else is there, whoever decided answers rather than nobody', async () => {
    const { teacher, dsl } = wm.adults
    const id = await recordAs(app, wm, teacher, concernAbout(childOf(wm)))
    app.clock.set(at('monday', '15:00'))
    const asDsl = await app.agentFor(dsl.adultId)
    await decideAndClose(asDsl, id)
    const others = await app.people.query<{ id: string }>(
      `update appointment set ends_at = $3 where school_id = $1 and adult_id <> $2 and ends_at is null
         and role in ('deputy-dsl', 'trust-safeguarding-lead', 'headteacher', 'deputy-headteacher', 'senior-leader') returning id`,
      [wm.id, dsl.adultId, app.clock.now()],
    )
    app.clock.set(at('tuesday', '09:00'))
    try {
      assert.equal((await press(await app.agentFor(teacher.adultId), id, 'Still.')).status, 303)
      assert.equal((await openOf(id))?.to_id, dsl.adultId)
      assert.equal((await answer(asDsl, id, 'There is only me. I have asked social care.')).status, 303)
    } finally {
      await app.people.query('update appointment set ends_at = null where id = any ($1)', [others.map(row => row.id)])
    }
  })
})
