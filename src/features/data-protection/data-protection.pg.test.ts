import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf, policiesByKey, schoolWithForm } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { type Actor, Denied } from '../../access/index.ts'
import type { AdultId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, workAs, workInBackground } from '../../work/work.ts'
import { pupilLeaving } from '../transfers/index.ts'
import {
  adviceThread,
  answerAboutSharing,
  askAboutSharing,
  goAheadWithout,
  listAskedOfOfficer,
  listBreaches,
  reportBreach,
  settleBreach,
  watchDataProtection,
} from './index.ts'

const text = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('what is asked about sharing, and what went astray', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: '2025-01-16T10:00:00.000Z' as Instant })
  })
  after(() => app.close())

  const set = (at: string) => app.clock.set(at as Instant)
  type School = { readonly school: { readonly id: SchoolId } }
  const as = <T>({ school }: School, adultId: AdultId, body: (work: Work<Actor>) => Promise<T>) =>
    workAs(app.tools, { schoolId: school.id, adultId }, app.clock.now(), async work => ({
      commit: true,
      value: await body(work),
    }))
  const look = ({ school }: School) =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({
      commit: true,
      value: await watchDataProtection(work),
    }))
  const alone = (of: School, adult: AdultId, statement: string) =>
    as(of, adult, work => work.tx.run({ name: `alone_${newId<string>()}`, text: statement }, []))
  const notices = (adult: AdultId) =>
    app.people.query<{ says: string; at: string }>(
      `select says, to_char(told_at at time zone 'Europe/London', 'HH24:MI') as at from notice where adult_id = $1 order by told_at`,
      [adult],
    )
  const withOfficer = async (key: string) => {
    const people = await schoolWithForm(app, key)
    const dpo = await app.people.addAdult(people.school, { name: 'Pia Dent', roles: ['data-protection-officer'] })
    return { ...people, dpo }
  }

  test('[WP-A3-03] what the deputy asks the data protection officer at 10:00 and nobody has answered by 16:00 reaches the DSL, and the thread shows question, answer and both times', async () => {
    const wp = await withOfficer('west-park')
    set('2025-01-16T09:50:00.000Z')
    const leaving = { childId: wp.robin, on: '2025-01-31', to: 'A school', destination: 'school', moment: 'in-year' } as const
    const moved = await as(wp, wp.deputy.id, work => pupilLeaving(work, leaving as Parameters<typeof pupilLeaving>[1]))
    assert.ok(moved.ok)
    set('2025-01-16T10:00:00.000Z')
    const about = { kind: 'transfer', id: moved.value.id } as const
    const asked = { about, contact: null, context: 'A file goes to a school abroad.', question: 'On what basis may it go?' }
    const ask = (by: AdultId, more = {}) => as(wp, by, work => askAboutSharing(work, { ...asked, ...more }))
    assert.deepEqual(await ask(wp.deputy.id, { question: ' ' }), { ok: false, refusal: 'needed' })
    assert.deepEqual(await ask(wp.deputy.id, { about: { kind: 'transfer', id: newId() } }), {
      ok: false,
      refusal: 'no-such-thing',
    })
    assert.deepEqual(await ask(wp.deputy.id, { contact: 'nobody' }), { ok: false, refusal: 'no-such-contact' })
    await assert.rejects(ask(wp.teacher.id), Denied)
    const id = await ask(wp.deputy.id)
    assert.ok(id.ok)

    assert.equal(await look(wp), 1)
    assert.match((await notices(wp.dpo.id))[0]?.says ?? '', /asks you about sharing/)
    const seen = await as(wp, wp.dpo.id, listAskedOfOfficer)
    assert.deepEqual(
      seen.map(one => [one.context, one.question, one.askedBy, one.dueAt]),
      [[asked.context, asked.question, 'Demi Okafor', '2025-01-16T16:00:00.000Z']],
    )
    await assert.rejects(as(wp, wp.teacher.id, listAskedOfOfficer), Denied)

    set('2025-01-16T16:00:00.000Z')
    assert.equal(await look(wp), 0, 'in time until the very moment')
    set('2025-01-16T16:00:00.001Z')
    assert.equal(await look(wp), 1)
    assert.equal(await look(wp), 0, 'once')
    const [late] = await notices(wp.dsl.id)
    assert.equal(late?.at, '16:00')
    assert.match(late?.says ?? '', /no answer in its time/)
    assert.doesNotMatch(late?.says ?? '', /abroad|Robin/)

    // A child who cannot wait does not: the reason is kept, and the question stays open.
    assert.deepEqual(await as(wp, wp.dsl.id, work => goAheadWithout(work, id.value, '')), { ok: false, refusal: 'needed' })
    assert.ok((await as(wp, wp.dsl.id, work => goAheadWithout(work, id.value, 'The child starts there tomorrow.'))).ok)
    set('2025-01-16T16:20:00.000Z')
    const answer = (by: AdultId) =>
      as(wp, by, work => answerAboutSharing(work, id.value, 'Public task; send it sealed.', 'Tell me when'))
    await assert.rejects(answer(wp.deputy.id), Denied, 'whoever asked does not answer')
    await assert.rejects(answer(wp.teacher.id), Denied)
    assert.ok((await answer(wp.dpo.id)).ok)
    assert.deepEqual(await answer(wp.dpo.id), { ok: false, refusal: 'already-answered' })
    const [thread] = await as(wp, wp.dsl.id, work => adviceThread(work, moved.value.id))
    assert.deepEqual(
      [
        thread?.question,
        thread?.askedAt,
        thread?.answer,
        thread?.answeredAt,
        thread?.answeredBy,
        thread?.overriddenAt,
        thread?.followUp,
      ],
      [
        ...[asked.question, '2025-01-16T10:00:00.000Z', 'Public task; send it sealed.', '2025-01-16T16:20:00.000Z', 'Pia Dent'],
        ...['2025-01-16T16:00:00.001Z', 'Tell me when'],
      ],
    )
    const clocks = await app.people.query(`select name, met_at is not null as met from clock where subject_id = $1`, [id.value])
    assert.deepEqual(clocks, [{ name: 'sharing-advice', met: true }])

    // The database by itself: who may not ask or answer, and who is tied to the child.
    const second = await ask(wp.deputy.id)
    assert.ok(second.ok)
    const answered = (by: AdultId) =>
      `update advice_asked set answer = 'x', answered_at = now(), answered_by = '${by}' where id = '${second.value}' returning id`
    await assert.rejects(alone(wp, wp.deputy.id, answered(wp.deputy.id)), /row-level security/)
    assert.deepEqual(await alone(wp, wp.teacher.id, answered(wp.teacher.id)), [])
    assert.deepEqual(await alone(wp, wp.teacher.id, 'select id from advice_asked'), [])
    await app.people.query('update child set tied = $2 where id = $1', [wp.robin, [wp.deputy.id]])
    assert.deepEqual(await ask(wp.deputy.id), { ok: false, refusal: 'no-such-thing' })
    await app.people.query('update advice_asked set excluded = $1', [[wp.dsl.id]])
    assert.deepEqual(await as(wp, wp.dsl.id, work => adviceThread(work, moved.value.id)), [])
  })

  test('[WA-B-04] an advice request that has been open for two hours leaves the referral of a child in immediate danger as it is', async () => {
    const wa = await withOfficer('westacre')
    set('2026-11-18T10:00:00.000Z')
    await app.people.query(`update child set home_authority = 'wolverhampton' where id = $1`, [wa.robin])
    const id = await recordAs(app, wa.school, { adultId: wa.teacher.id }, concernAbout({ childId: wa.robin }))
    const at = `/concerns/${id}`
    const dsl = await app.agentFor(wa.dsl.id)
    const offered = text((await dsl.get(`${at}/advice`)).html)
    assert.match(offered, /Caldicott guardian of the authority/)
    assert.match(offered, /Legal team of the authority/)
    const about = { kind: 'concern', id } as const
    const words = { context: 'May we tell the other school?', question: 'Is consent needed?' }
    const ask = (contact: string | null) => as(wa, wa.dsl.id, work => askAboutSharing(work, { about, contact, ...words }))
    assert.ok((await ask(null)).ok)
    const guardian = await ask('wolverhampton.caldicott-guardian')
    assert.ok(guardian.ok)

    set('2026-11-18T12:00:00.000Z')
    const level = /name="level"[^>]*value="([^"]+)"/.exec((await dsl.get(`${at}/triage`)).html)?.[1]
    const danger = { 'immediate-risk': 'yes', 'safe-to-go-home': 'no', medical: 'no', police: 'no' }
    const judged = {
      ...danger,
      'urgent-says': 'He is waiting outside.',
      categories: 'neglect',
      'answer-trusted-adult': 'Tessa Marsh',
      level,
      rationale: 'She is afraid.',
    }
    const triaged = await dsl.submit(`${at}/triage`, `${at}/triage`, judged)
    assert.equal(triaged.status, 303, errorsOf(triaged.html).join())
    const open = await as(wa, wa.dsl.id, work => adviceThread(work, id))
    assert.deepEqual(
      open.map(({ answeredAt }) => answeredAt),
      [null, null],
    )
    const page = (await dsl.get(at)).html
    assert.match(page, new RegExp(`href="${at}/referrals/new[^"]*"`))
    const form = `${at}/referrals/new?child=${wa.robin}&agency=social-care`
    const opened = await dsl.get(form)
    assert.equal(opened.status, 200)
    assert.doesNotMatch(opened.html, /<button[^>]*disabled/)
    const sent = await dsl.submit(form, `${at}/referrals/new`, {
      ...{
        child: wa.robin,
        agency: 'social-care',
        contact: 'wolverhampton.front-door',
        consent: 'not-sought',
        asks: 'He waits for her and she is afraid: act today.',
      },
      ...{ 'consent-says': 'He would know of it.', 'consent-basis': 'significant-harm' },
    })
    assert.equal(sent.status, 303, errorsOf(sent.html).join())
    const referrals = await app.people.query('select id from referral where concern_id = $1', [id])
    assert.equal(referrals.length, 1)
    // What a contact said, whoever asked writes down; the officer does not see that it was asked.
    assert.deepEqual(await as(wa, wa.dpo.id, work => answerAboutSharing(work, guardian.value, 'Yes')), {
      ok: false,
      refusal: 'no-such-thing',
    })
    assert.ok((await as(wa, wa.dsl.id, work => answerAboutSharing(work, guardian.value, 'Share it; no consent is needed.'))).ok)
  })

  test('[MM-3.5-06] a file that was sent to the wrong place is the data protection officer’s task from when it was discovered, and no case opens by it', async () => {
    const mm = await withOfficer('mmap')
    set('2026-11-18T11:00:00.000Z')
    const concern = await recordAs(app, mm.school, { adultId: mm.teacher.id }, concernAbout({ childId: mm.robin }))
    const breach = {
      kind: 'mis-sent',
      says: 'A file went to the wrong school.',
      discoveredAt: '2026-11-18T10:35:00.000Z' as Instant,
    } as const
    const report = (more = {}) => as(mm, mm.teacher.id, work => reportBreach(work, { ...breach, ...more }))
    assert.deepEqual(await report({ says: '' }), { ok: false, refusal: 'needed' })
    assert.deepEqual(await report({ discoveredAt: '2026-11-18T11:01:00.000Z' }), { ok: false, refusal: 'in-the-future' })
    const id = await report()
    assert.ok(id.ok)
    const tasks = await as(mm, mm.dpo.id, listBreaches)
    assert.deepEqual(
      tasks.map(task => [task.kind, task.discoveredAt, task.dueAt, task.settledAt]),
      [['mis-sent', '2026-11-18T10:35:00.000Z', '2026-11-21T10:35:00.000Z', null]],
    )
    const [clock] = await app.people.query<{ owner_id: string; source: string }>(
      `select owner_id, source from clock where subject_id = $1 and name = 'breach-notice'`,
      [id.value],
    )
    assert.equal(clock?.owner_id, mm.dpo.id)
    assert.match(clock?.source ?? '', /Article 33/)
    assert.equal(await look(mm), 1)
    assert.match((await notices(mm.dpo.id))[0]?.says ?? '', /went astray/)

    // The officer reads no case: by the pages, and by the database alone.
    const dpo = await app.agentFor(mm.dpo.id)
    for (const path of [`/concerns/${concern}`, `/children/${mm.robin}`, '/today'])
      assert.ok([403, 404].includes((await dpo.get(path)).status), path)
    for (const table of ['concern', 'concern_account', 'entry', 'referral'])
      assert.deepEqual(await alone(mm, mm.dpo.id, `select * from ${table}`), [], table)

    const settle = (by: AdultId) =>
      as(mm, by, work => settleBreach(work, id.value, { notified: false, outcome: 'It came back unopened.' }))
    await assert.rejects(settle(mm.dsl.id), Denied)
    await assert.rejects(as(mm, mm.dsl.id, listBreaches), Denied)
    const settled = `update data_breach set settled_at = now(), settled_by = '${mm.teacher.id}', notified = true, outcome = 'x' where id = '${id.value}' returning id`
    assert.deepEqual(await alone(mm, mm.teacher.id, settled), [])
    assert.deepEqual(await alone(mm, mm.deputy.id, 'select id from data_breach'), [])
    assert.ok((await settle(mm.dpo.id)).ok)
    assert.deepEqual(await settle(mm.dpo.id), { ok: false, refusal: 'no-such-thing' })
  })
})
