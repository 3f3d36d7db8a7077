import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Agent, type Fields, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf, policiesByKey, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { authorise, Denied } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { formToken, visitor } from '../../web/http/form-token.ts'
import { workAs } from '../../work/work.ts'

const text = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('a child or a parent who told the school hears back', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: '2026-11-18T09:10:00.000Z' as Instant })
  })
  after(() => app.close())

  const set = (at: string) => app.clock.set(at as Instant)
  const send = (agent: Agent, at: string, fields: Fields) => agent.submit(at, at, fields)
  const on = (day: string): Fields => ({ 'given-day': day, 'given-month': '11', 'given-year': '2026' })
  const stateOf = async (id: string) =>
    (await app.people.query<{ state: string }>('select state from concern where id = $1', [id]))[0]?.state
  const clocksOf = (id: string) =>
    app.people.query<{ name: string; due: string | null; met: string | null; ended: boolean }>(
      `select name, to_char(due_at at time zone 'Europe/London', 'HH24:MI') as due, to_char(met_at at time zone 'Europe/London', 'HH24:MI') as met, ended_at is not null as ended
        from clock where concern_id = $1 and name in ('child-response', 'child-feedback', 'parent-reply') order by name`,
      [id],
    )
  /** Everything that closing asks for besides what those who told us hear. */
  async function readyToClose(agent: Agent, id: string) {
    const at = `/concerns/${id}`
    assert.equal((await agent.post(`${at}/acknowledge`)).status, 303)
    const level = /name="level"[^>]*value="([^"]+)"/.exec((await agent.get(`${at}/triage`)).html)?.[1]
    const category = /name="categories"[^>]*value="([^"]+)"/.exec((await agent.get(`${at}/triage`)).html)?.[1]
    const danger = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
    const judged = { ...danger, categories: category, level, rationale: 'Talked through with the class.' }
    const triaged = await send(agent, `${at}/triage`, judged)
    assert.equal(triaged.status, 303, errorsOf(triaged.html).join())
    const decided = await send(agent, `${at}/decision`, {
      ...{ choice: 'no-further-action', rationale: 'A quarrel between friends.', 'not-referring': 'Below the threshold.' },
      ...{ 'next-look-day': '27', 'next-look-month': '11', 'next-look-year': '2026' },
    })
    assert.equal(decided.status, 303, errorsOf(decided.html).join())
    const parents = await send(agent, `${at}/parents`, { outcome: 'told', who: 'The mother', says: 'She knew.' })
    assert.equal(parents.status, 303, errorsOf(parents.html).join())
    const words = { summary: 'A quarrel.', outcome: 'They made up.', rationale: 'Two good weeks.' }
    const close = async () => {
      const page = (await agent.get(`${at}/close`)).html
      const ended = [...page.matchAll(/name="end-clock"[^>]*value="([^"]+)"/g)].map(([, value]) => value ?? '')
      return send(agent, `${at}/close`, { ...words, 'end-clock': ended })
    }
    return { page: (await agent.get(`${at}/close`)).html, close }
  }
  /** Runs this alone, as whoever may, past every check of the product. */
  const alone = (school: SchoolWithForm, adult: AdultId, statement: string) =>
    workAs(app.tools, { schoolId: school.school.id, adultId: adult }, app.clock.now(), async work => ({
      commit: true,
      value: await work.tx.run({ name: `alone_${newId<string>()}`, text: statement }, []),
    }))
  const closureOf = (school: SchoolWithForm, id: string) =>
    `insert into closure (school_id, id, concern_id, closed_at, closed_by, summary, outcome, rationale)
      values ('${school.school.id}', '${newId<string>()}', '${id}', now(), '${school.dsl.id}', 'x', 'x', 'x')`

  test('[WM-1.3-01] a worry that a Year 5 pupil sends at 09:10 is in the DSL’s list at 09:10 and stays open until the day on which the child heard back is written', async () => {
    const wm = await schoolWithForm(app, 'william-macgregor')
    const path = `/worry/${wm.school.visitorToken}`
    const opened = await app.stranger().get(path)
    const sent = await app.stranger().post(path, {
      ...hiddenFields(opened.html, path),
      ...{ _token: formToken(wm.school.visitorToken, visitor), _key: undefined },
      ...{ says: 'They leave me out at lunch.', wish: 'That somebody sits with me.', name: 'Ash, 5B', place: 'school' },
    })
    assert.equal(sent.status, 303)
    const [row] = await app.people.query<{ id: string; state: string; came: string; at: string }>(
      `select c.id, c.state, s.came, to_char(c.recorded_at at time zone 'Europe/London', 'HH24:MI') as at
        from concern c join concern_source s on s.concern_id = c.id where c.school_id = $1`,
      [wm.school.id],
    )
    assert.ok(row)
    assert.deepEqual([row.state, row.came, row.at], ['new', 'worry-box', '09:10'])
    const dsl = await app.agentFor(wm.dsl.id)
    assert.ok((await dsl.get('/today')).html.includes(`/concerns/${row.id}`))
    const page = text((await dsl.get(`/concerns/${row.id}`)).html)
    assert.match(page, /How it reached us The child wrote or drew it: worry box/)
    assert.match(page, /What I would like to happen: That somebody sits with me\./)

    const { page: closing, close } = await readyToClose(dsl, row.id)
    assert.match(
      text(closing),
      /The child who told the school has not heard what came of it: write down when they did, or why they cannot/,
    )
    assert.doesNotMatch(closing, /Tell the child what came of it: running/, 'nobody ends it by a tick')
    assert.equal((await close()).status, 422)
    assert.equal(await stateOf(row.id), 'open')
    await assert.rejects(alone(wm, wm.dsl.id, closureOf(wm, row.id)), /has not heard back/)

    set('2026-11-20T10:00:00.000Z')
    const replies = `/concerns/${row.id}/replies/child`
    const spoken = { 'given-by': 'Tessa Marsh', time: '10:40am', says: 'We sat together and talked.' }
    assert.equal((await send(dsl, replies, { ...spoken, ...on('18'), kind: 'response' })).status, 303)
    assert.equal((await close()).status, 422, 'to be spoken with is not yet to hear what came of it')
    const empty = await send(dsl, replies, { kind: 'feedback', time: '' })
    assert.deepEqual(errorsOf(empty.html), [
      'given-by: Enter who spoke with them or answered them.',
      'given-day: Enter the day on which it was.',
      'time: Enter the time at which it was.',
      'says: Write what they were told.',
    ])
    const heard = { ...spoken, ...on('20'), time: '9:30am', kind: 'feedback', says: 'A friend sits with you from Monday.' }
    assert.equal((await send(dsl, replies, heard)).status, 303)
    assert.match(
      text((await dsl.get(`/concerns/${row.id}`)).html),
      /First response to the child after 90 minutes|First response to the child after 1 hour/,
    )
    assert.equal((await close()).status, 303)
    assert.equal(await stateOf(row.id), 'closed')
    set('2026-11-18T09:10:00.000Z')
  })

  test('where nobody knows which child wrote it, the reason lets it close; a colleague writes nothing of it, and neither does anybody outside', async () => {
    const wm = await schoolWithForm(app, 'william-macgregor')
    const concern = concernAbout({ childId: wm.robin }, { came: 'child' })
    const id = await recordAs(app, wm.school, { adultId: wm.teacher.id }, concern)
    assert.deepEqual(
      (await clocksOf(id)).map(({ name }) => name),
      ['child-feedback'],
      'whoever was told by the child has responded',
    )
    const dsl = await app.agentFor(wm.dsl.id)
    const { close } = await readyToClose(dsl, id)
    const at = `/concerns/${id}/replies/child`
    assert.equal((await (await app.agentFor(wm.teacher.id)).get(at)).status, 404)
    assert.equal((await dsl.get(`/concerns/${id}/replies/parent`)).status, 404)
    await assert.rejects(
      workAs(app.tools, { schoolId: wm.school.id, adultId: wm.teacher.id }, app.clock.now(), async work => {
        const facts = { schoolId: work.school.id, id, reporterId: wm.teacher.id }
        return { commit: false, value: authorise(work.someone, 'reply.record', facts) }
      }),
      Denied,
    )
    const row = (by: AdultId) =>
      `insert into reply (school_id, id, concern_id, whom, kind, because, recorded_at, by_id)
        values ('${wm.school.id}', '${newId<string>()}', '${id}', 'child', 'none', 'x', now(), '${by}')`
    await assert.rejects(alone(wm, wm.teacher.id, row(wm.teacher.id)), /row-level security/)
    await assert.rejects(alone(wm, wm.dsl.id, row(wm.deputy.id)), /row-level security/)
    assert.deepEqual(errorsOf((await send(dsl, at, { kind: 'none' })).html), [
      'because: Write why they cannot be told: nobody knows who they are, for one.',
    ])
    assert.equal((await send(dsl, at, { kind: 'none', because: 'The note had no name and nobody knows the hand.' })).status, 303)
    assert.equal((await close()).status, 303)
    const [audit] = await app.people.query<{ entry: string }>(
      `select a::text as entry from audit_entry a where action = 'reply.recorded' and subject_id = $1`,
      [id],
    )
    assert.ok(audit)
    assert.doesNotMatch(audit.entry, /hand/)
    assert.deepEqual(await alone(wm, wm.teacher.id, 'select id from reply'), [])
    await app.people.query('update reply set excluded = $1', [[wm.dsl.id]])
    assert.deepEqual(await alone(wm, wm.dsl.id, 'select id from reply '), [])
  })

  test('[WA-5-77] a worry-box note entered at 12:15 that no adult has answered by the end of the school day stands out in the DSL’s list, and the time to the first response is measured', async () => {
    const wa = await schoolWithForm(app, 'westacre')
    set('2026-11-18T12:15:00.000Z')
    const concern = concernAbout({ childId: wa.robin }, { came: 'worry-box' })
    const id = await recordAs(app, wa.school, { adultId: wa.teacher.id }, concern)
    const [clock] = await clocksOf(id).then(rows => rows.filter(({ name }) => name === 'child-response'))
    assert.ok(clock?.due)
    const says = /Nobody has spoken with the child who told us/
    const today = async () => text((await (await app.agentFor(wa.dsl.id)).get('/today')).html)
    set(`2026-11-18T${clock.due}:00.000Z`)
    assert.doesNotMatch(await today(), says)
    app.pass(1)
    assert.match(await today(), says)
    const dsl = await app.agentFor(wa.dsl.id)
    assert.match(text((await dsl.get(`/concerns/${id}`)).html), /Nobody has spoken yet with the child who told us \(overdue/)

    set('2026-11-19T09:00:00.000Z')
    assert.match(await today(), says)
    const spoken = { kind: 'response', 'given-by': 'Tessa Marsh', ...on('19'), time: '8:15', says: 'She drew her house.' }
    assert.equal((await send(dsl, `/concerns/${id}/replies/child`, spoken)).status, 303)
    assert.doesNotMatch(await today(), says)
    assert.match(text((await dsl.get(`/concerns/${id}`)).html), /First response to the child after 20 hours/)
    assert.deepEqual(await clocksOf(id), [
      { name: 'child-feedback', due: null, met: null, ended: false },
      { name: 'child-response', due: clock.due, met: '08:15', ended: false },
    ])
    const entry = await dsl.get(`/policy/rules/concerns.child-listened-to?on=2026-11-18`)
    assert.match(text(entry.html), /does not say how soon/)
  })

  test('[WA-5-73] the DSL who records the reply to a parent is warned that it may hold nothing of another child, and a reply that names them is not taken', async () => {
    const wa = await schoolWithForm(app, 'westacre')
    set('2026-11-18T10:00:00.000Z')
    for (const [child, name] of [
      [wa.robin, 'Pat Ashdown'],
      [wa.kim, 'Chris Birchall'],
    ])
      await app.people.query(
        `insert into child_contact (school_id, id, child_id, name, relation, priority) values ($1, $2, $3, $4, 'Parent', 1)`,
        [wa.school.id, newId<string>(), child, name],
      )
    const reporter = { kind: 'on-behalf', name: 'pat  Ashdown', adultId: null, reason: 'parent', firstWrittenAt: null } as const
    const told = (child: typeof wa.robin) =>
      recordAs(app, wa.school, { adultId: wa.teacher.id }, concernAbout({ childId: child }, { reporter }))
    const [own, other]: ConcernId[] = [await told(wa.robin), await told(wa.kim)]
    assert.ok(own && other)
    const dsl = await app.agentFor(wa.dsl.id)
    const at = (id: string) => `/concerns/${id}/replies/parent`
    const warns = /Nothing about another child may be in the reply/
    assert.doesNotMatch(text((await dsl.get(at(own))).html), warns)
    assert.match(text((await dsl.get(at(other))).html), warns)
    assert.match((await dsl.get(`/concerns/${other}`)).html, /replies\/parent/)
    assert.match(
      text((await dsl.get(at(own))).html),
      /The parent cannot be answered Why can the parent not be answered\? .* Then leave the rest empty/,
    )

    const reply = {
      kind: 'feedback',
      'given-by': 'Dora Lind',
      ...on('18'),
      time: '9:50',
      says: 'Kim Birchall is looked after now.',
    }
    const refused = await send(dsl, at(other), reply)
    assert.equal(refused.status, 422)
    assert.deepEqual(errorsOf(refused.html), [
      'says: Take out what is about another child: the reply names Kim and Birchall.',
      'left-out: Say that the reply holds nothing about another child.',
    ])
    assert.match(text(refused.html), warns)
    assert.match(refused.html, /is looked after now/, 'what was typed is kept')
    const clean = { ...reply, says: 'Thank you. We have looked into it and act on it.', 'left-out': 'yes' }
    assert.equal((await send(dsl, at(other), clean)).status, 303)
    assert.match(text((await dsl.get(`/concerns/${other}`)).html), /The parent was answered today at 09:50 , by Dora Lind/)
    assert.deepEqual(
      (await clocksOf(other)).map(({ name, met }) => [name, met]),
      [['parent-reply', '09:50']],
    )
    assert.equal((await send(dsl, at(own), { ...reply, says: 'Robin is well looked after.' })).status, 303)
    await assert.rejects(
      alone(
        wa,
        wa.dsl.id,
        `insert into reply (school_id, id, concern_id, whom, kind, at, given_by, says, own_child, recorded_at, by_id)
          values ('${wa.school.id}', '${newId<string>()}', '${other}', 'parent', 'feedback', '${app.clock.now()}', 'x', 'x', false, '${app.clock.now()}', '${wa.dsl.id}')`,
      ),
      /reply_leaves_others_out/,
    )
    // Whoever was put outside the concern finds no way in.
    await app.people.query('update concern set excluded = $2 where id = $1', [other, [wa.dsl.id]])
    assert.equal((await dsl.get(at(other))).status, 404)
    assert.equal((await dsl.post(at(other), clean)).status, 404)
  })
})
