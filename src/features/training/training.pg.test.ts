import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { TestApp } from '../../../test/support/app.ts'
import type { TestAdult } from '../../../test/support/people.ts'
import { at, SchoolStage } from '../../../test/support/school-stage.ts'
import { type Actor, Denied } from '../../access/index.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import type { RoleId } from '../../policy/roles.ts'
import { type Work, workAs, workInBackground } from '../../work/work.ts'
import { watchDuties } from '../oversight/index.ts'
import {
  chaseReading,
  findDuties,
  findReadingReport,
  followAppointments,
  issueBadge,
  issueEdition,
  recordTraining,
  sayWorksDirectly,
  settleEverybody,
  signReading,
  startDuties,
} from './index.ts'

describe('training and reading', () => {
  let app: TestApp
  let stage: SchoolStage

  before(async () => {
    stage = await SchoolStage.start()
    app = stage.app
  })
  after(() => app.close())

  const schoolOf = (key: string) => stage.schoolOf(key)
  const person = (key: string, name: string, ...roles: RoleId[]) => stage.person(key, name, ...roles)
  const as = <T>(who: TestAdult, moment: string, body: (work: Work<Actor>) => Promise<T>) => stage.as(who, moment, body)
  const round = (key: string, moment: string) =>
    workInBackground(app.tools, schoolOf(key).id, at(moment), async work => {
      await followAppointments(work)
      await settleEverybody(work)
      await watchDuties(work)
      return { commit: true, value: undefined }
    })
  const starts = (who: TestAdult, by: TestAdult, moment: string) => as(by, moment, work => startDuties(work, who.id))
  const duties = async (who: TestAdult, by: TestAdult, moment: string) => {
    const found = await as(by, moment, work => findDuties(work, who.id))
    assert.ok(found)
    return found
  }
  const outstanding = async (who: TestAdult, by: TestAdult, moment: string) =>
    (await duties(who, by, moment)).documents.filter(({ state }) => state !== 'signed').map(({ document }) => document)
  const signs = (who: TestAdult, moment: string, document: string, by = who) =>
    as(by, moment, work => signReading(work, { adultId: who.id, document }))
  const clocksOf = (who: TestAdult) =>
    app.people.query<{ name: string; rule: string; due_at: string | null; met: boolean; ended: boolean; owner_id: string }>(
      `select name, rule, due_at, met_at is not null as met, ended_at is not null as ended, owner_id from clock where subject_id = $1 order by basis_at, name, id`,
      [who.id],
    )
  const running = async (who: TestAdult, name: string) =>
    (await clocksOf(who)).filter(clock => clock.name === name && !clock.met && !clock.ended)
  const noticesOf = (who: TestAdult) =>
    app.people.query<{ says: string; topic: string }>('select says, topic from notice where adult_id = $1 order by told_at', [
      who.id,
    ])

  test('[MM-1.5-02] a volunteer who works with children is given the policy and Part One of the guidance on the day they start, and both show as outstanding', async () => {
    const head = await person('mmap', 'Hana Holt', 'headteacher', 'dsl')
    const volunteer = await person('mmap', 'Vic Vale', 'volunteer')
    await as(head, '2024-03-01 09:00', work => issueEdition(work, { document: 'policy', edition: 'v4' }))
    await starts(volunteer, head, '2024-03-04 08:30')
    const { documents } = await duties(volunteer, head, '2024-03-04 08:31')
    const policy = documents.find(({ document }) => document === 'policy')
    const partOne = documents.find(({ document }) => document === 'guidance-part-one')
    assert.equal(policy?.edition, 'v4')
    assert.equal(partOne?.edition, 'September 2023')
    for (const one of [policy, partOne]) {
      assert.equal(one?.state, 'outstanding')
      assert.equal(one?.issuedAt, '2024-03-04T08:30:00.000Z')
    }
    assert.ok(!documents.some(({ document }) => document === 'guidance-annex-a'))

    const contractor = await person('mmap', 'Col Crane', 'contractor')
    await starts(contractor, head, '2024-03-04 08:40')
    assert.deepEqual(
      (await outstanding(contractor, head, '2024-03-04 08:41')).filter(document => document.startsWith('guidance')),
      ['guidance-annex-a'],
    )
    assert.equal((await signs(contractor, '2024-03-05 08:00', 'guidance-annex-a')).ok, true)
    await as(head, '2024-03-06 08:00', work => sayWorksDirectly(work, contractor.id, true))
    assert.deepEqual(
      (await outstanding(contractor, head, '2024-03-06 08:01')).filter(document => document.startsWith('guidance')).toSorted(),
      ['guidance-annex-b', 'guidance-part-one'],
    )
  })

  test('[MM-7.1-01] a leader is given the whole of the guidance, and Part One alone does not satisfy it', async () => {
    const head = await person('mmap', 'Hal Hart', 'headteacher', 'dsl')
    const leader = await person('mmap', 'Lou Lane', 'senior-leader')
    await starts(leader, head, '2024-03-04 08:30')
    assert.ok((await outstanding(leader, head, '2024-03-04 08:31')).includes('guidance-whole'))
    await signs(leader, '2024-03-05 08:30', 'guidance-part-one')
    assert.ok((await outstanding(leader, head, '2024-03-05 08:31')).includes('guidance-whole'))
    assert.equal((await running(leader, 'guidance-reading')).length, 1)
    await signs(leader, '2024-03-06 08:30', 'guidance-whole')
    assert.deepEqual(await running(leader, 'guidance-reading'), [])
  })

  test('[MM-7.1-03] the policy is signed again within a year, and from the day of a new version at once', async () => {
    const head = await person('mmap', 'Han Hook', 'headteacher', 'dsl')
    const teacher = await person('mmap', 'Tea Trent', 'teacher')
    await as(head, '2023-10-01 09:00', work => issueEdition(work, { document: 'policy', edition: 'v4' }))
    await starts(teacher, head, '2023-10-20 08:00')
    await signs(teacher, '2023-10-20 09:00', 'policy')
    assert.equal((await running(teacher, 'policy-reading'))[0]?.due_at, '2024-10-20T22:59:59.000Z')
    await as(head, '2024-04-16 07:00', work => issueEdition(work, { document: 'policy', edition: 'v5' }))
    const policy = (await duties(teacher, head, '2024-04-16 08:00')).documents.find(({ document }) => document === 'policy')
    assert.equal(policy?.edition, 'v5')
    assert.equal(policy?.state, 'outstanding')
    assert.equal(policy?.issuedAt.slice(0, 10), '2024-04-16')
  })

  test('[WP-3-01] four days after a teaching assistant starts, the DSL sees each policy and each of the five names of the induction signed or outstanding', async () => {
    const dsl = await person('west-park', 'Dee Dale', 'dsl')
    const others = await Promise.all([
      person('west-park', 'Dan Depp', 'deputy-dsl'),
      person('west-park', 'Dot Dunn', 'designated-teacher'),
      person('west-park', 'Mel Moor', 'mental-health-lead'),
      person('west-park', 'Gus Gray', 'safeguarding-governor'),
    ])
    const assistant = await person('west-park', 'Ada Ash', 'teaching-assistant')
    await starts(assistant, dsl, '2025-01-06 08:30')
    await signs(assistant, '2025-01-07 08:30', 'behaviour-policy')
    await signs(assistant, '2025-01-07 08:31', 'name-dsl')
    const found = await duties(assistant, dsl, '2025-01-10 09:00')
    const items = found.documents.filter(({ induction }) => induction)
    const stateOf = Object.fromEntries(items.map(({ document, state }) => [document, state]))
    assert.deepEqual(stateOf, {
      policy: 'outstanding',
      'behaviour-policy': 'signed',
      'code-of-conduct': 'outstanding',
      'attendance-policy': 'outstanding',
      'child-on-child-response': 'outstanding',
      'name-dsl': 'signed',
      'name-deputy': 'outstanding',
      'name-designated-teacher': 'outstanding',
      'name-mental-health-lead': 'outstanding',
      'name-governor': 'outstanding',
    })
    assert.deepEqual(items.flatMap(({ names }) => names ?? []).toSorted(), [dsl, ...others].map(({ name }) => name).toSorted())
    for (const item of items) {
      assert.ok(item.edition !== '' && item.editionOn)
      assert.equal(item.issuedAt.slice(0, 10), '2025-01-06')
    }
    assert.equal(found.inductionComplete, false)
    const [clock] = await running(assistant, 'induction')
    assert.equal(clock?.due_at, null)
    assert.equal(clock?.owner_id, dsl.id)
  })

  test('[WP-3-02] a site worker without direct contact is given Annex A; on becoming a trustee the whole guidance, outstanding the same day', async () => {
    const dsl = await person('west-park', 'Des Dove', 'headteacher')
    const worker = await person('west-park', 'Sid Stone', 'support-staff')
    await starts(worker, dsl, '2025-01-06 08:00')
    await as(dsl, '2025-01-06 08:05', work => sayWorksDirectly(work, worker.id, false))
    const guidance = async (moment: string) =>
      (await outstanding(worker, dsl, moment)).filter(document => document.startsWith('guidance'))
    assert.deepEqual(await guidance('2025-01-06 08:06'), ['guidance-annex-a'])
    for (const part of ['received', 'read', 'understood'] as const)
      await as(worker, '2025-01-07 08:00', work =>
        signReading(work, { adultId: worker.id, document: 'guidance-annex-a', parts: [part] }),
      )
    assert.deepEqual(await guidance('2025-01-07 08:06'), [])

    await app.people.appoint(worker.school.id, worker.id, 'trustee', at('2025-02-03 09:00'))
    await round('west-park', '2025-02-03 09:01')
    const whole = (await duties(worker, dsl, '2025-02-03 09:02')).documents.find(({ document }) => document === 'guidance-whole')
    assert.equal(whole?.edition, 'September 2024')
    assert.equal(whole?.state, 'outstanding')
    assert.deepEqual(await guidance('2025-02-03 09:02'), ['guidance-whole'])
  })

  test('[WP-3-03] of 84 who were given the September 2024 edition, 80 signed all three parts, 2 only that they received it and 2 nothing; nobody signs for another', async () => {
    const head = await person('west-park', 'Hedy Hill', 'headteacher')
    const school = schoolOf('west-park')
    await app.people.query(
      `with people as (insert into adult (school_id, id, name, kind, created_at) select $1, gen_random_uuid(), 'Colleague ' || n, 'staff', now() from generate_series(1, 84) n returning id)
       insert into appointment (school_id, id, adult_id, role, starts_at) select $1, gen_random_uuid(), id, 'teacher', '2024-09-02T07:00:00Z' from people`,
      [school.id],
    )
    await round('west-park', '2024-09-02 09:00')
    const before = await as(head, '2024-09-02 10:00', work => findReadingReport(work, 'guidance-part-one'))
    const staff = before.filter(({ name }) => name.startsWith('Colleague'))
    assert.equal(staff.length, 84)
    const own = (adultId: (typeof staff)[number]['adultId'], parts: readonly ('received' | 'read' | 'understood')[]) =>
      workAs(app.tools, { schoolId: school.id, adultId }, at('2024-09-03 09:00'), async work => ({
        commit: true,
        value: await signReading(work, { adultId, document: 'guidance-part-one', parts }),
      }))
    for (const { adultId } of staff.slice(0, 80)) await own(adultId, ['received', 'read', 'understood'])
    for (const { adultId } of staff.slice(80, 82)) await own(adultId, ['received'])
    const report = (await as(head, '2024-09-04 09:00', work => findReadingReport(work, 'guidance-part-one'))).filter(({ name }) =>
      name.startsWith('Colleague'),
    )
    const count = (state: string) => report.filter(one => one.state === state).length
    assert.deepEqual([count('complete'), count('partial'), count('not started')], [80, 2, 2])
    assert.ok(report.every(({ name, roles }) => name !== '' && roles.includes('teacher')))

    const last = staff.at(-1)
    assert.ok(last)
    const forAnother = await as(head, '2024-09-04 09:10', work =>
      signReading(work, { adultId: last.adultId, document: 'guidance-part-one' }),
    )
    assert.deepEqual(forAnother, { ok: false, refusal: 'own-hand' })
    await assert.rejects(
      as(head, '2024-09-04 09:11', async work => {
        await work.tx.run(
          {
            name: 'forged_signature',
            text: `insert into reading_part (school_id, issue_id, part, adult_id, signed_at, recorded_by)
              select school_id, id, 'read', adult_id, now(), $2 from reading_issue where adult_id = $1 and document = 'guidance-part-one'`,
          },
          [last.adultId, head.id],
        )
      }),
      /row-level security/,
    )
  })

  test('[WA-5-63] somebody who has not confirmed Part One a fortnight after it was issued is named to the DSL and the head', async () => {
    const dsl = await person('westacre', 'Di Dean', 'dsl')
    const head = await person('westacre', 'Hugh Head', 'headteacher')
    const supervisor = await person('westacre', 'Sue Supper', 'support-staff')
    await starts(supervisor, head, '2025-09-01 08:00')
    for (const moment of ['2025-09-08 09:00', '2025-09-09 09:00', '2025-09-14 09:00', '2025-09-16 00:05', '2025-09-16 09:00'])
      await workInBackground(app.tools, schoolOf('westacre').id, at(moment), async work => ({
        commit: true,
        value: await chaseReading(work),
      }))
    for (const who of [dsl, head]) {
      const told = (await noticesOf(who)).filter(({ topic }) => topic === 'reading')
      assert.equal(told.length, 2, 'after a week and after a fortnight, once each')
      assert.match(told[1]?.says ?? '', /Sue Supper \(Keeping children safe in education, Part One\)/)
    }
    const parts = await app.people.query<{ parts: string[] }>(
      `select parts from reading_issue where adult_id = $1 and document = 'guidance-part-one'`,
      [supervisor.id],
    )
    assert.deepEqual(parts[0]?.parts, ['received', 'read', 'understood'])
  })

  test('[WA-18-02] a student who has signed eight of the nine items of the induction pack has one outstanding, and the induction is not complete', async () => {
    const dsl = await person('westacre', 'Don Dyer', 'dsl')
    const student = await person('westacre', 'Stu Stead', 'trainee')
    await starts(student, dsl, '2026-05-12 08:00')
    await as(dsl, '2026-05-12 12:00', work => recordTraining(work, { adultId: student.id, course: 'staff' }))
    const pack = (await duties(student, dsl, '2026-05-12 12:01')).documents
      .filter(({ induction }) => induction)
      .map(({ document }) => document)
    assert.equal(pack.length, 9)
    for (const document of pack.filter(item => item !== 'absence-procedures')) await signs(student, '2026-05-13 08:00', document)
    const found = await duties(student, dsl, '2026-05-13 09:00')
    assert.deepEqual(
      found.documents.filter(({ induction, state }) => induction && state !== 'signed').map(({ document }) => document),
      ['absence-procedures'],
    )
    assert.equal(found.inductionComplete, false)
    assert.equal((await running(student, 'induction')).length, 1)
    await signs(student, '2026-05-14 08:00', 'absence-procedures')
    assert.equal((await duties(student, dsl, '2026-05-14 09:00')).inductionComplete, true)
    assert.deepEqual(await running(student, 'induction'), [])
  })

  test('[WY-3-01] a volunteer who has not signed the procedures gets no badge on their first day, and the head is told', async () => {
    const head = await person('westley', 'Hope Hale', 'headteacher')
    const volunteer = await person('westley', 'Val Vine', 'volunteer')
    await starts(volunteer, head, '2026-05-06 08:00')
    await round('westley', '2026-05-06 08:01')
    assert.deepEqual(await as(head, '2026-05-06 08:02', work => issueBadge(work, volunteer.id)), {
      ok: false,
      refusal: 'not-signed',
    })
    assert.match((await noticesOf(head)).map(({ says }) => says).join(' '), /Val Vine/)
    await signs(volunteer, '2026-05-06 08:10', 'policy')
    assert.equal((await as(head, '2026-05-06 08:11', work => issueBadge(work, volunteer.id))).ok, true)
  })

  test('[WM-4.1.4-01] when the guidance of 2024 replaces that of 2023, everybody who had signed Part One and Annex B has not read them', async () => {
    const head = await person('william-macgregor', 'Hew Hyde', 'headteacher')
    const [teacher, volunteer] = await Promise.all([
      person('william-macgregor', 'Tom Tan', 'teacher'),
      person('william-macgregor', 'Vi Voss', 'volunteer'),
    ])
    for (const { id, school } of [teacher, volunteer]) {
      await app.people.query(`insert into adult_duty (school_id, adult_id, started_on) values ($1, $2, '2023-09-04')`, [
        school.id,
        id,
      ])
      await app.people.query(
        `insert into reading_issue (school_id, id, adult_id, document, title, edition, edition_on, clock, parts, own_hand, induction, issued_at, completed_at)
         select $1, gen_random_uuid(), $2, d, d, 'September 2023', '2023-09-01', 'guidance-reading', '{read,understood}', false, false, '2023-09-04T08:00:00Z', '2023-09-05T08:00:00Z'
         from unnest(array['guidance-part-one', 'guidance-annex-b', 'guidance-part-four']) as d`,
        [school.id, id],
      )
    }
    await round('william-macgregor', '2024-09-01 06:00')
    for (const who of [teacher, volunteer]) {
      const { documents } = await duties(who, head, '2024-09-01 07:00')
      for (const name of ['guidance-part-one', 'guidance-annex-b']) {
        const found = documents.find(({ document }) => document === name)
        assert.equal(found?.state, 'outstanding', name)
        assert.equal(found?.edition, 'September 2024')
      }
      const [clock] = await running(who, 'guidance-reading')
      // Pupils come back on 3 September.
      assert.equal(clock?.due_at, '2024-09-02T22:59:59.000Z')
    }
  })

  test('[WM-4.1.4-02] [WM-4.1.4-03] a teacher who signed Part One and Annex B has Part Four outstanding; all are signed again within the year', async () => {
    const head = await person('william-macgregor', 'Hob Hunt', 'headteacher')
    const teacher = await person('william-macgregor', 'Ty Tuck', 'teacher')
    await starts(teacher, head, '2024-09-01 08:00')
    for (const document of ['guidance-part-one', 'guidance-annex-b']) await signs(teacher, '2024-09-02 09:00', document)
    assert.deepEqual(
      (await outstanding(teacher, head, '2024-09-02 09:01')).filter(document => document.startsWith('guidance')),
      ['guidance-part-four'],
    )
    await signs(teacher, '2024-09-02 09:30', 'guidance-part-four')
    assert.deepEqual(
      (await running(teacher, 'guidance-reading')).map(clock => clock.due_at),
      ['2025-09-02T22:59:59.000Z'],
    )
    await round('william-macgregor', '2025-09-03 00:01')
    assert.match((await noticesOf(head)).map(({ says }) => says).join(' '), /Ty Tuck/)
    assert.ok(
      (await noticesOf(teacher)).some(({ topic }) => topic === 'duty'),
      'the person is reminded',
    )
  })

  test('[WM-8.7-01] the single point of contact for Prevent whose DSL training lapsed on 1 June is told to the head and to the trust by the round of 2 June, once', async () => {
    const school = 'william-macgregor'
    const head = await person(school, 'Hedy Hill', 'headteacher', 'dsl')
    const trust = await person(school, 'Tess Trent', 'trust-safeguarding-lead')
    const contact = await person(school, 'Penn Park', 'prevent-contact')
    await starts(contact, head, '2022-05-30 08:00')
    await as(head, '2022-06-01 15:00', work => recordTraining(work, { adultId: contact.id, course: 'dsl' }))
    assert.equal((await running(contact, 'dsl-training'))[0]?.due_at, '2024-06-01T22:59:59.000Z')
    await round(school, '2024-06-01 12:00')
    const lapsed = async (who: TestAdult) =>
      (await noticesOf(who)).filter(({ says }) => says.includes(contact.name) && says.includes('trained again'))
    assert.deepEqual([await lapsed(head), await lapsed(trust)], [[], []])
    await round(school, '2024-06-02 02:00')
    await round(school, '2024-06-02 03:00')
    for (const who of [head, trust]) assert.equal((await lapsed(who)).length, 1, who.name)
  })

  test('the right course meets a clock, which starts anew; another course, or somebody without a right, does not; whoever leaves owes nothing more', async () => {
    const dsl = await person('mmap', 'Dora Day', 'headteacher', 'dsl')
    const deputy = await person('mmap', 'Dev Dray', 'deputy-dsl')
    const teacher = await person('mmap', 'Tia Troy', 'teacher')
    await starts(deputy, dsl, '2022-03-01 08:00')
    assert.equal((await running(deputy, 'dsl-training'))[0]?.due_at, null)
    await as(dsl, '2022-03-09 08:00', work => recordTraining(work, { adultId: deputy.id, course: 'staff' }))
    assert.equal((await running(deputy, 'dsl-training'))[0]?.due_at, null)
    await as(dsl, '2022-03-10 16:00', work => recordTraining(work, { adultId: deputy.id, course: 'dsl' }))
    assert.equal((await running(deputy, 'dsl-training'))[0]?.due_at, '2024-03-10T23:59:59.000Z')
    assert.equal((await clocksOf(deputy)).filter(({ name, met }) => name === 'dsl-training' && met).length, 1)

    await assert.rejects(
      as(teacher, '2022-03-11 09:00', work => recordTraining(work, { adultId: deputy.id, course: 'dsl' })),
      Denied,
    )
    await assert.rejects(
      as(teacher, '2022-03-11 09:00', work => findDuties(work, deputy.id)),
      Denied,
    )
    await assert.rejects(
      as(teacher, '2022-03-11 09:00', work => startDuties(work, teacher.id)),
      Denied,
    )
    const seen = await as(teacher, '2022-03-11 09:00', async work => ({
      records: await work.tx.run({ name: 'seen_records', text: 'select id from training_record' }, []),
      issues: await work.tx.run({ name: 'seen_issues', text: 'select id from reading_issue' }, []),
    }))
    assert.deepEqual(seen, { records: [], issues: [] })
    await assert.rejects(
      as(teacher, '2022-03-11 09:00', async work => {
        await work.tx.run(
          {
            name: 'forged_training',
            text: `insert into training_record (school_id, id, adult_id, course, completed_on, recorded_at, recorded_by) values ($1, gen_random_uuid(), $2, 'dsl', '2022-03-11', now(), $3)`,
          },
          [teacher.school.id, deputy.id, teacher.id],
        )
      }),
      /row-level security/,
    )

    await app.people.query('update appointment set ends_at = $2 where adult_id = $1', [
      deputy.id,
      at('2022-07-20 16:00') as Instant,
    ])
    await round('mmap', '2022-07-20 16:01')
    assert.deepEqual(
      (await clocksOf(deputy)).filter(clock => !clock.met && !clock.ended),
      [],
    )
    assert.deepEqual(
      await app.people.query(
        'select id from reading_issue where adult_id = $1 and completed_at is null and withdrawn_at is null',
        [deputy.id],
      ),
      [],
    )
  })
})
