import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { type Actor, authorise, Denied } from '../../access/index.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { type Work, workAs } from '../../work/work.ts'
import { findConcernFacts, subjectOf } from '../triage/index.ts'
import { answerRequest, extendRequest, listToReview, recordIntelligence, requestRecord, reviewItem } from './index.ts'

const moment = (text: string) => text as Instant
const { westacre, westPark } = demo
const { head, deputy, teacher } = westacre.adults
const childId = westacre.pupils.harry.childId

describe('a parent who asks for a child’s record', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      now: moment('2026-05-12T13:00:00.000Z'),
    })
    await app.people.query(`update appointment set starts_at = '2024-01-01' where ends_at is null`)
    await app.people.query('delete from absence')
    await app.people.query('delete from parent_hold')
  })
  after(() => app.close())

  const set = (text: string) => app.clock.set(moment(text))
  const as = <T>(adult: { readonly adultId: AdultId }, body: (work: Work<Actor>) => Promise<T>, school = westacre.id) =>
    workAs(app.tools, { schoolId: school, adultId: adult.adultId }, app.clock.now(), async work => ({
      commit: true,
      value: await body(work),
    }))
  const pass = (adult: { readonly adultId: AdultId }, id: ConcernId, more = {}) =>
    as(adult, async work => {
      const concern = (await findConcernFacts(work, id)) ?? assert.fail('no such concern')
      const permit = authorise(work.someone, 'intelligence.record', subjectOf(work, concern))
      const passed = { channel: 'Local partnership intelligence form', at: moment('2026-05-12T12:40:00.000Z') }
      return recordIntelligence(work, permit, concern, {
        ...{ ...passed, contentClass: 'vehicles', reference: 'INT-4471' },
        ...more,
      })
    })
  const asked = { childId, askedBy: 'The mother', askedOn: '2026-05-19' as PlainDate }
  const clock = () =>
    app.people.query<{ name: string; met: boolean }>(
      `select name, met_at is not null as met from clock where subject_kind = 'record-request' order by basis_at`,
    )

  test('[WA-30-02] what was passed to the police on 12 May 2026 is listed for a review of what is withheld when a parent asks on 19 May, and nothing is given before', async () => {
    const id = await recordAs(app, westacre, teacher, concernAbout({ childId }, { prompts: ['exploitation'] }))
    assert.deepEqual(await pass(head, id, { reference: ' ' }), { ok: false, refusal: 'needed' })
    assert.deepEqual(await pass(head, id, { at: moment('2026-05-12T13:01:00.000Z') }), { ok: false, refusal: 'in-the-future' })
    await assert.rejects(pass(teacher, id), /no such concern|Denied|may not/i)
    const passed = await pass(head, id)
    assert.ok(passed.ok)

    set('2026-05-19T08:00:00.000Z')
    await assert.rejects(
      as(teacher, work => requestRecord(work, asked)),
      Denied,
    )
    const request = await as(head, work => requestRecord(work, asked))
    assert.ok(request.ok)
    const list = () => as(head, work => listToReview(work, request.value))
    const item = { kind: 'intelligence', id: passed.value } as const
    assert.deepEqual(await list(), {
      ok: true,
      value: [
        {
          ...{ ...item, concernId: id, at: '2026-05-12T12:40:00.000Z', channel: 'Local partnership intelligence form' },
          ...{ contentClass: 'vehicles', reference: 'INT-4471', verdict: null, because: null },
        },
      ],
    })
    assert.deepEqual(await clock(), [{ name: 'subject-access', met: false }])

    // In nothing that is printed for a family.
    const team = await app.agentFor(head.adultId)
    for (const path of [`/children/${childId}`, `/children/${childId}/print?words=1&order=oldest`]) {
      const { status, html } = await team.get(path)
      assert.equal(status, 200, path)
      assert.doesNotMatch(html, /INT-4471|partnership intelligence/, path)
    }

    const answer = () => as(head, work => answerRequest(work, request.value))
    assert.deepEqual(await answer(), { ok: false, refusal: 'unreviewed' })
    const review = (because: string) =>
      as(head, work => reviewItem(work, request.value, { ...item, verdict: 'withhold', because }))
    assert.deepEqual(await review(' '), { ok: false, refusal: 'needed' })
    assert.ok((await review('It would tell those who are watched.')).ok)
    assert.deepEqual(await review('Again.'), { ok: false, refusal: 'already-over' })
    assert.ok((await answer()).ok)
    assert.deepEqual(await answer(), { ok: false, refusal: 'already-over' })
    assert.deepEqual(await clock(), [{ name: 'subject-access', met: true }])
    const events = await app.people.query<{ event: string }>(
      `select action as event from audit_entry where action like 'record-request.%' or action like 'intelligence.%' order by at, chain, n`,
    )
    assert.deepEqual(
      events.map(({ event }) => event),
      [
        'intelligence.recorded',
        'record-request.opened',
        'record-request.listed',
        'record-request.reviewed',
        'record-request.answered',
      ],
    )
  })

  test('whoever is outside of what was passed on sees nothing of it and gives nothing before somebody else has reviewed it; the database says so by itself', async () => {
    const id = await recordAs(app, westacre, teacher, concernAbout({ childId }, { prompts: ['exploitation'] }))
    assert.ok((await pass(head, id, { reference: 'INT-5120' })).ok)
    await app.people.query('update police_intelligence set excluded = $2 where concern_id = $1', [id, [deputy.adultId]])
    const request = await as(deputy, work => requestRecord(work, asked))
    assert.ok(request.ok)
    const seen = await as(deputy, work => listToReview(work, request.value))
    assert.ok(seen.ok)
    assert.ok(seen.value.every(({ reference }) => reference !== 'INT-5120'))
    for (const one of seen.value)
      assert.ok(
        (
          await as(deputy, work =>
            reviewItem(work, request.value, { kind: one.kind, id: one.id, verdict: 'give', because: 'Known to the family.' }),
          )
        ).ok,
      )
    assert.deepEqual(await as(deputy, work => answerRequest(work, request.value)), { ok: false, refusal: 'unreviewed' })

    const alone = (adult: { readonly adultId: AdultId }, text: string, school = westacre.id) =>
      as(adult, work => work.tx.run<{ id: string }>({ name: `alone_${text.length}`, text }, []), school)
    const answered = `update record_request set answered_at = '${app.clock.now()}', answered_by = '${deputy.adultId}' where id = '${request.value}'`
    await assert.rejects(alone(deputy, answered), /row-level security/)
    for (const table of ['police_intelligence', 'record_request', 'record_review']) {
      assert.deepEqual(await alone(teacher, `select id from ${table}`), [], table)
      assert.deepEqual(await alone(westPark.adults.dsl, `select id from ${table}`, westPark.id), [], table)
    }
    await assert.rejects(
      alone(
        teacher,
        `insert into record_request (school_id, id, child_id, asked_by, asked_on, recorded_at, by_id)
          values ('${westacre.id}', gen_random_uuid(), '${childId}', 'x', '2026-05-19', now(), '${teacher.adultId}')`,
      ),
      /row-level security/,
    )
    await app.people.query('update child set tied = $2 where id = $1', [childId, [deputy.adultId]])
    await assert.rejects(
      as(deputy, work => requestRecord(work, asked)),
      Denied,
    )
    assert.deepEqual(await as(deputy, work => listToReview(work, request.value)), { ok: false, refusal: 'no-such-record' })
  })

  test('the month of statute runs from the day of the request, a notice with its reason within it gives two months more, once; answering stops it', async () => {
    const asking = { ...asked, askedOn: '2026-05-15' as PlainDate }
    set('2026-05-19T08:00:00.000Z')
    const request = await as(head, work => requestRecord(work, asking))
    assert.ok(request.ok)
    const clocks = () =>
      app.people.query<{ due: string; rule: string; runs: boolean; source: string }>(
        `select to_char(due_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI') as due, rule, met_at is null and ended_at is null as runs, source
         from clock where subject_kind = 'record-request' and subject_id = $1 order by due_at`,
        [request.value],
      )
    const [first] = await clocks()
    assert.deepEqual({ due: first?.due, runs: first?.runs }, { due: '2026-06-15 23:59', runs: true })
    assert.match(first?.source ?? '', /UK General Data Protection Regulation, Article 12\(3\)/)
    const extend = (because: string) => as(head, work => extendRequest(work, request.value, because))
    assert.deepEqual(await extend(' '), { ok: false, refusal: 'needed' })
    assert.deepEqual(await as(teacher, work => extendRequest(work, request.value, 'x')), { ok: false, refusal: 'no-such-record' })
    const late = await as(head, work => requestRecord(work, { ...asked, askedOn: '2026-04-01' as PlainDate }))
    assert.ok(late.ok)
    assert.deepEqual(await as(head, work => extendRequest(work, late.value, 'Too much.')), { ok: false, refusal: 'too-late' })
    assert.ok((await extend('Four files of two schools.')).ok)
    assert.deepEqual(await extend('Again.'), { ok: false, refusal: 'already-over' })
    assert.deepEqual(
      (await clocks()).map(({ due, rule, runs }) => ({ due, rule, runs })),
      [
        { due: '2026-06-15 23:59', rule: 'records.request-answered', runs: false },
        { due: '2026-08-17 23:59', rule: 'records.request-answered-extended', runs: true },
      ],
    )
  })
})
