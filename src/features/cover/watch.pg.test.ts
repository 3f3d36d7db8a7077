import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import type { MailJob } from '../../platform/jobs.ts'
import { workInBackground } from '../../work/work.ts'
import { drainOutbox, type Mail, sendAlertMail } from '../alerts/index.ts'
import { watchCover } from './index.ts'

type School = { readonly id: (typeof demo.mmap)['id']; readonly adults: Readonly<Record<string, DemoAdult>> }

describe('it is noticed when nobody of the safeguarding team is there', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
    await app.people.query('delete from absence')
    await app.people.query('delete from cover')
    // The duties are proved on days of their own years: the people held their posts then.
    await app.people.query(`update appointment set starts_at = '2020-09-01' where ends_at is null`)
    await app.people.query('delete from appointment where ends_at is not null')
  })
  after(() => app.close())

  const away = (adult: DemoAdult, from: string, to: string, reason = 'leave') =>
    app.people.query(
      'insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, $5, $6, $3)',
      [adult.schoolId, newId<string>(), adult.adultId, from, to, reason],
    )
  const onTrip = (adult: DemoAdult, from: string, to: string) =>
    app.people.query(
      `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, 'trip')`,
      [adult.schoolId, newId<string>(), adult.adultId, from, to],
    )
  const onRota = (adult: DemoAdult, from: string, to: string) =>
    app.people.query(
      `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind) values ($1, $2, $3, $4, $5, 'school-day')`,
      [adult.schoolId, newId<string>(), adult.adultId, from, to],
    )
  const look = (school: School) =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await watchCover(work) }))
  const noticesOf = (school: School) =>
    app.people.query<{ adult_id: string; says: string; urgent: boolean; told_at: string }>(
      'select adult_id, says, urgent, told_at from notice where school_id = $1 order by told_at, id',
      [school.id],
    )
  const names = (school: School, ids: readonly { adult_id: string }[]) =>
    ids.map(({ adult_id }) => Object.values(school.adults).find(adult => adult.adultId === adult_id)?.name ?? adult_id).toSorted()
  /** What the school's outbox holds, sent. */
  const mailsOf = async (school: School): Promise<Mail[]> => {
    const jobs: MailJob[] = []
    const addMails = async (mails: readonly { data: MailJob }[]) => void jobs.push(...mails.map(({ data }) => data))
    const queue = { addMails, addScan: async () => undefined }
    while ((await drainOutbox(app.tools, queue, school.id, app.clock.now())) > 0);
    const sent: Mail[] = []
    for (const job of jobs)
      await sendAlertMail(app.tools, async mail => void sent.push(mail), 'https://holdfast.example', job, app.clock.now())
    return sent
  }

  test('[MM-2.2-08] with the DSL and a deputy off on 7 March 2024 and the other deputy on a trip from one, the afternoon shows no DSL cover the day before, and DSL, deputies and head are alerted once', async () => {
    const school = demo.mmap
    const { head, deputy, deputyTwo, teacher } = school
    app.clock.set('2024-03-06T10:00:00.000Z' as Instant)
    await away(head, '2024-03-07T00:00:00Z', '2024-03-07T23:59:59Z')
    await away(deputy, '2024-03-07T00:00:00Z', '2024-03-07T23:59:59Z')
    await onTrip(deputyTwo, '2024-03-07T13:00:00Z', '2024-03-07T18:00:00Z')
    await look(school)
    const told = await noticesOf(school)
    assert.deepEqual(names(school, told), [head.name, deputy.name, deputyTwo.name].toSorted())
    for (const notice of told) assert.match(notice.says, /^No DSL cover on Thursday 7 March 2024 in the afternoon, 1pm to 3pm/)
    const { html } = await (await app.agentFor(deputyTwo.adultId)).get('/cover?week=2024-03-04')
    assert.match(html, /No DSL cover<\/strong>\s*in the afternoon, 1pm to 3pm/)
    const alerts = await (await app.agentFor(head.adultId)).get('/alerts')
    assert.match(alerts.html, /No DSL cover on Thursday 7 March 2024/)
    const mails = await mailsOf(school)
    assert.deepEqual(mails.map(mail => mail.to).toSorted(), [head.email, deputy.email, deputyTwo.email].toSorted())
    assert.ok(
      mails.every(mail => !/DSL|cover|March/.test(mail.subject + mail.text)),
      'a mail says only where to look',
    )
    assert.deepEqual(await look(school), { found: 0, closed: 0 }, 'a second look tells nobody again')
    assert.equal((await noticesOf(school)).length, told.length)
    assert.doesNotMatch((await (await app.agentFor(teacher.adultId)).get('/alerts')).html, /No DSL cover/)
  })

  test('[WA-5-07] with DSL and first deputy absent on 13 May 2026 and the second on a trip, the uncovered day is alerted to the head and the chair the day before', async () => {
    const school = demo.westacre
    const { head, deputy, deputyTwo, chair } = school
    app.clock.set('2026-05-12T09:00:00.000Z' as Instant)
    await away(head, '2026-05-13T00:00:00Z', '2026-05-13T22:00:00Z', 'ill')
    await away(deputy, '2026-05-13T00:00:00Z', '2026-05-13T22:00:00Z', 'ill')
    await onTrip(deputyTwo, '2026-05-13T06:00:00Z', '2026-05-13T17:00:00Z')
    await look(school)
    const told = await noticesOf(school)
    assert.ok(names(school, told).includes(head.name) && names(school, told).includes(chair.name), names(school, told).join())
    assert.match(told[0]?.says ?? '', /No DSL cover on Wednesday 13 May 2026/)
    assert.ok((await mailsOf(school)).some(mail => mail.to === chair.email))
    const page = await (await app.agentFor(chair.adultId)).get('/alerts')
    const id = /\/notices\/([0-9a-f-]{36})/.exec(page.html)?.[1]
    assert.match(
      (await (await app.agentFor(chair.adultId)).get(`/notices/${id}`)).html,
      /nobody of the safeguarding team is in school then/,
    )
    assert.match(page.html, /1 new <?/)
  })

  test('hours that somebody covers after all are closed, and told anew if they open again', async () => {
    const school = demo.westacre
    const before = (await noticesOf(school)).length
    await onRotaRemotely(school.deputy)
    await app.people.query('delete from absence where school_id = $1 and adult_id = $2', [school.id, school.deputy.adultId])
    assert.equal((await look(school)).closed, 1, 'covered from elsewhere, with a reason')
    await app.people.query(`delete from cover where mode = 'remote'`)
    await away(school.deputy, '2026-05-13T00:00:00Z', '2026-05-13T22:00:00Z', 'ill')
    assert.equal((await look(school)).found, 1)
    assert.ok((await noticesOf(school)).length > before)
  })

  const onRotaRemotely = (adult: DemoAdult) =>
    app.people.query(
      `insert into cover (school_id, id, adult_id, starts_at, ends_at, kind, mode, reason)
       values ($1, $2, $3, '2026-05-13T07:00:00Z', '2026-05-13T15:00:00Z', 'school-day', 'remote', 'Snow')`,
      [adult.schoolId, newId<string>(), adult.adultId],
    )

  test('[WM-4.5-06] when the duty DSL signs out at ten past one and no deputy is in, the headteacher is paged at once and the panel names the cover', async () => {
    const school = demo.williamMacgregor
    const { dsl, deputy, deputyTwo, senco, teacher } = school
    // The lead DSL of the story is not the head as well.
    await app.people.query(`update appointment set adult_id = $2 where adult_id = $1 and role = 'headteacher'`, [
      dsl.adultId,
      senco.adultId,
    ])
    app.clock.set('2026-11-20T13:10:00.000Z' as Instant)
    await onRota(dsl, '2026-11-20T08:45:00Z', '2026-11-20T15:15:00Z')
    await away(deputy, '2026-11-20T00:00:00Z', '2026-11-20T23:59:59Z', 'training')
    await away(deputyTwo, '2026-11-20T00:00:00Z', '2026-11-20T23:59:59Z', 'ill')
    await mailsOf(school)
    await app.people.query('delete from notice where school_id = $1', [school.id])
    const out = await (await app.agentFor(dsl.adultId)).submit('/cover', '/cover/out')
    assert.equal(out.status, 303)
    // Nothing but what signing out left behind: no minute passes.
    const mails = await mailsOf(school)
    const page = mails.find(mail => mail.to === senco.email)
    assert.equal(page?.subject, 'Holdfast needs you now')
    const told = await noticesOf(school)
    const headsNotice = told.find(notice => notice.adult_id === senco.adultId)
    assert.equal(headsNotice?.urgent, true)
    assert.match(headsNotice?.says ?? '', /You are on duty in its place until 3:15pm/)
    assert.match(
      told.find(notice => notice.adult_id === deputy.adultId)?.says ?? '',
      /On duty in its place: Rosalind Achebe, Headteacher/,
    )
    const home = await (await app.agentFor(teacher.adultId)).get('/')
    assert.match(home.html.slice(home.html.indexOf('To speak with now')), /^[\s\S]{0,300}Rosalind Achebe/)
    app.pass(1)
    await look(school)
    assert.equal((await noticesOf(school)).length, told.length, 'nobody is paged twice')
    const rota = await (await app.agentFor(deputy.adultId)).get('/cover')
    assert.match(rota.html, /Rosalind Achebe[\s\S]{0,200}Standing in/)
    await app.people.query('delete from absence where school_id = $1 and adult_id = $2', [school.id, dsl.adultId])
    app.pass(1)
    await look(school)
    const [duty] = await app.people.query<{ ends_at: string }>(
      `select ends_at from cover where school_id = $1 and kind = 'stand-in'`,
      [school.id],
    )
    assert.equal(new Date(duty?.ends_at ?? '').toISOString(), app.clock.now(), 'the duty ends when the DSL is back')
  })

  test('[WP-3-11] with both marked off site from one on 16 January 2025, at one the named senior leaders are put on duty and alerted, and what is said by voice at twenty past has the clocks of what is written online', async () => {
    const school = demo.westPark
    const { dsl, deputy, deputyTwo, head, deputyHead, teacher, receptionist } = school
    app.clock.set('2025-01-16T12:59:00.000Z' as Instant)
    for (const adult of [dsl, deputy]) await away(adult, '2025-01-16T13:00:00Z', '2025-01-16T23:59:59Z', 'out')
    await away(deputyTwo, '2025-01-10T08:00:00Z', '2025-01-17T23:59:59Z', 'training')
    await look(school)
    const standIns = () =>
      app.people.query<{ adult_id: string }>(`select adult_id from cover where school_id = $1 and kind = 'stand-in'`, [school.id])
    assert.deepEqual(await standIns(), [], 'nobody stands in while the DSL is there')
    app.clock.set('2025-01-16T13:00:00.000Z' as Instant)
    await look(school)
    assert.deepEqual(names(school, await standIns()), [head.name, deputyHead.name].toSorted())
    const paged = (await noticesOf(school)).filter(notice => notice.urgent)
    assert.deepEqual(names(school, paged), [head.name, deputyHead.name].toSorted())
    const mails = await mailsOf(school)
    for (const leader of [head, deputyHead]) assert.ok(mails.some(mail => mail.to === leader.email && /now/.test(mail.subject)))
    const home = await (await app.agentFor(teacher.adultId)).get('/')
    assert.match(home.html, /Marianne Holt[\s\S]*Tunde Bakare/)

    app.clock.set('2025-01-16T13:20:00.000Z' as Instant)
    const [first, second] = school.children
    assert.ok(first && second)
    const online = await recordAs(app, school, teacher, concernAbout(first))
    const byVoice = await recordAs(
      app,
      school,
      receptionist,
      concernAbout(second, {
        reporter: { kind: 'on-behalf', name: teacher.name, adultId: teacher.adultId, reason: 'spoken', firstWrittenAt: null },
      }),
    )
    const clocks = (id: string) =>
      app.people.query(
        'select name, rule, duration_unit, duration_count, basis_at, due_at from clock where concern_id = $1 order by name, rule',
        [id],
      )
    const told = (id: string) =>
      app.people.query('select adult_id, kind from alert where concern_id = $1 order by adult_id', [id])
    assert.ok((await clocks(online)).length > 0)
    assert.deepEqual(await clocks(byVoice), await clocks(online))
    assert.deepEqual(await told(byVoice), await told(online))
    assert.ok((await told(byVoice)).some(alert => (alert as { adult_id: string }).adult_id === head.adultId))
  })

  test('[WM-4.3-05] with all three deputies on a trip on 20 June 2025, that day is flagged and the head is told: no deputy on site', async () => {
    const school = demo.williamMacgregor
    const { dsl, deputy, deputyTwo, attendanceLead, senco } = school
    await app.people.query(
      `insert into appointment (school_id, id, adult_id, role, starts_at) values ($1, $2, $3, 'deputy-dsl', '2020-09-01')`,
      [school.id, newId<string>(), attendanceLead.adultId],
    )
    app.clock.set('2025-06-19T10:00:00.000Z' as Instant)
    for (const adult of [deputy, deputyTwo]) await onTrip(adult, '2025-06-20T07:00:00Z', '2025-06-20T16:00:00Z')
    const flagged = async () =>
      /No deputy on site/.test((await (await app.agentFor(dsl.adultId)).get('/cover?week=2025-06-16')).html)
    assert.equal(await flagged(), false, 'one of the three is there')
    await onTrip(attendanceLead, '2025-06-20T07:00:00Z', '2025-06-20T16:00:00Z')
    assert.equal(await flagged(), true)
    await app.people.query('delete from notice where school_id = $1', [school.id])
    await look(school)
    const told = await noticesOf(school)
    assert.ok(
      told.some(notice => notice.adult_id === senco.adultId && /^No deputy on site on Friday 20 June 2025/.test(notice.says)),
    )
    assert.ok(
      told.every(notice => !notice.says.startsWith('No DSL cover')),
      'the DSL is there',
    )
  })
})
