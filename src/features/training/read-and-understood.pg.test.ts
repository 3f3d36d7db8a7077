import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { TestApp } from '../../../test/support/app.ts'
import type { TestAdult } from '../../../test/support/people.ts'
import { at, SchoolStage } from '../../../test/support/school-stage.ts'
import { type Actor, Denied } from '../../access/index.ts'
import type { RoleId } from '../../policy/roles.ts'
import { type Work, workInBackground } from '../../work/work.ts'
import { issueDevice, signAgreement } from '../devices/index.ts'
import {
  answerQuestion,
  catchUpHeld,
  chaseReading,
  findDuties,
  findGateList,
  findReadingReport,
  findTasks,
  findUnderstanding,
  followAppointments,
  issueEdition,
  recordBriefing,
  sayWorkingDays,
  signReading,
  startDuties,
} from './index.ts'

describe('what is read, and understood', () => {
  let app: TestApp
  let stage: SchoolStage

  before(async () => {
    stage = await SchoolStage.start()
    app = stage.app
  })
  after(() => app.close())

  const schoolOf = (key: string) => stage.schoolOf(key)
  const person = (key: string, name: string, ...roles: RoleId[]) => stage.person(key, name, ...roles)
  const people = (key: string, count: number, name: string, role: RoleId) =>
    Promise.all(Array.from({ length: count }, (_, index) => person(key, `${name} ${index + 1}`, role)))
  const as = <T>(who: TestAdult, moment: string, body: (work: Work<Actor>) => Promise<T>) => stage.as(who, moment, body)
  const start = async (by: TestAdult, moment: string, who: readonly TestAdult[]) => {
    for (const one of who) await as(by, moment, work => startDuties(work, one.id))
  }
  const sign = (who: TestAdult, moment: string, document: string) =>
    as(who, moment, work => signReading(work, { adultId: who.id, document }))
  const duties = async (who: TestAdult, by: TestAdult, moment: string) =>
    (await as(by, moment, work => findDuties(work, who.id))) ?? assert.fail()
  const outstanding = async (who: TestAdult, by: TestAdult, moment: string) =>
    (await duties(who, by, moment)).documents.filter(({ state }) => state !== 'signed').map(({ document }) => document)
  const background = (key: string, moment: string, body: (work: Parameters<typeof chaseReading>[0]) => Promise<void>) =>
    workInBackground(app.tools, schoolOf(key).id, at(moment), async work => ({ commit: true, value: await body(work) }))

  test('[MM-2.1-03] of 34 staff who were given version 5 of the policy 31 have signed; the head sees the three others, since how many days, and when they were chased', async () => {
    const head = await person('mmap', 'Hana Holt', 'headteacher', 'dsl')
    const staff = await people('mmap', 34, 'Colleague', 'teacher')
    await as(head, '2026-09-01 08:00', work => issueEdition(work, { document: 'policy', edition: 'v5' }))
    await start(head, '2026-09-01 08:30', staff)
    for (const one of staff.slice(0, 31)) await sign(one, '2026-09-03 09:00', 'policy')
    await background('mmap', '2026-09-09 09:00', chaseReading)
    const report = (await as(head, '2026-09-11 09:00', work => findReadingReport(work, 'policy'))).filter(({ name }) =>
      name.startsWith('Colleague'),
    )
    assert.equal(report.length, 34)
    const left = report.filter(({ state }) => state !== 'complete')
    assert.deepEqual(left.map(({ name }) => name).toSorted(), ['Colleague 32', 'Colleague 33', 'Colleague 34'])
    for (const { edition, daysOutstanding, chasedAt } of left) {
      assert.equal(edition, 'v5')
      assert.equal(daysOutstanding, 10)
      assert.deepEqual(chasedAt, ['2026-09-09T08:00:00.000Z'])
    }
    await assert.rejects(
      as(staff[0] ?? assert.fail(), '2026-09-11 09:01', work => findReadingReport(work, 'policy')),
      Denied,
    )
  })

  test('nobody makes their own reading complete without signing it, or has it complete from the beginning', async () => {
    const head = await person('mmap', 'Hew Hall', 'headteacher')
    const teacher = await person('mmap', 'Tea Tarn', 'teacher')
    await start(head, '2026-09-02 08:00', [teacher])
    const forge = (who: TestAdult) =>
      as(who, '2026-09-02 09:00', work =>
        work.tx.run(
          {
            name: 'forged_completion',
            text: `update reading_issue set completed_at = $2 where adult_id = $1 and document = 'policy' returning id`,
          },
          [teacher.id, work.now],
        ),
      )
    for (const who of [teacher, head]) await assert.rejects(forge(who), { code: '42501' })
    await assert.rejects(
      as(teacher, '2026-09-02 09:00', work =>
        work.tx.run(
          {
            name: 'forged_issue',
            text: `insert into reading_issue (school_id, id, adult_id, document, title, edition, edition_on, clock, parts, own_hand, induction, issued_at, completed_at)
              values ($1, gen_random_uuid(), $2, 'policy', 'x', 'x', '2026-09-01', 'policy-reading', '{read}', false, false, $3, $3)`,
          },
          [teacher.school.id, teacher.id, work.now],
        ),
      ),
      { code: '42501' },
    )
    assert.ok((await outstanding(teacher, head, '2026-09-02 09:01')).includes('policy'))
    assert.equal((await sign(teacher, '2026-09-02 09:05', 'policy')).ok, true)
    assert.ok(!(await outstanding(teacher, head, '2026-09-02 09:06')).includes('policy'))
  })

  test('[MM-4.3-11] a deputy appointed on 4 March 2024 who has not signed for the guidance on images stands among the gaps of the DSLs', async () => {
    const head = await person('mmap', 'Hal Hart', 'headteacher', 'dsl')
    const deputy = await person('mmap', 'Dev Dray', 'deputy-dsl')
    const teacher = await person('mmap', 'Tom Tell', 'teacher')
    await start(head, '2024-03-04 08:30', [deputy, teacher])
    const gap = async (moment: string) =>
      (await as(head, moment, work => findReadingReport(work, 'image-sharing-guidance')))
        .filter(({ state }) => state !== 'complete')
        .map(({ name }) => name)
    assert.deepEqual(await gap('2024-03-04 09:00'), ['Dev Dray'])
    assert.ok((await outstanding(deputy, head, '2024-03-04 09:00')).includes('image-sharing-guidance'))
    await sign(deputy, '2024-03-05 09:00', 'image-sharing-guidance')
    assert.deepEqual(await gap('2024-03-05 09:01'), [])
  })

  test('[MM-6.1-02] a pupil who has not agreed to the rules for technology is given no laptop, and a pupil whose parent has not neither', async () => {
    const manager = await person('mmap', 'Ian Ives', 'it-manager')
    const teacher = await person('mmap', 'Ted Toll', 'teacher')
    const childId = await app.people.addChild(schoolOf('mmap'), { given: 'Lena', family: 'Lund' })
    const laptop = (moment: string) => as(manager, moment, work => issueDevice(work, { childId, device: 'Laptop 12' }))
    const missing = (done: Awaited<ReturnType<typeof laptop>>) => (done.ok ? [] : done.refusal.missing)
    const agrees = (signer: 'pupil' | 'parent', moment: string) =>
      as(manager, moment, work => signAgreement(work, { childId, signer }))
    const issued = () => app.people.query('select id from device_issue where child_id = $1', [childId])
    assert.deepEqual(missing(await laptop('2026-09-07 09:00')), ['pupil', 'parent'])
    await agrees('parent', '2026-09-07 09:10')
    assert.deepEqual(missing(await laptop('2026-09-07 09:11')), ['pupil'])
    assert.deepEqual(await issued(), [])
    await assert.rejects(
      as(manager, '2026-09-07 09:12', work =>
        work.tx.run(
          {
            name: 'forged_device',
            text: `insert into device_issue (school_id, id, child_id, device, document, signers, issued_at, issued_by)
              values ($1, gen_random_uuid(), $2, 'x', 'pupil-acceptable-use', '{pupil,parent}', $3, $4)`,
          },
          [manager.school.id, childId, work.now, manager.id],
        ),
      ),
      { code: '42501' },
    )
    await agrees('pupil', '2026-09-07 09:20')
    assert.equal((await laptop('2026-09-07 09:21')).ok, true)
    assert.equal((await issued()).length, 1)
    const head = await person('mmap', 'Hob Hay', 'headteacher', 'dsl')
    await as(head, '2026-10-01 08:00', work => issueEdition(work, { document: 'pupil-acceptable-use', edition: '2' }))
    assert.deepEqual(missing(await laptop('2026-10-01 09:00')), ['pupil', 'parent'], 'the new rules are agreed to anew')
    await assert.rejects(
      as(teacher, '2026-10-01 09:00', work => issueDevice(work, { childId, device: 'x' })),
      Denied,
    )
  })

  test('[MM-7.2-01] a contractor who has not signed the rules for technology is flagged on the list for the gate', async () => {
    const head = await person('mmap', 'Hedy Hill', 'headteacher', 'dsl')
    const [signed, unsigned] = await Promise.all([
      person('mmap', 'Cara Crane', 'contractor'),
      person('mmap', 'Col Crow', 'contractor'),
    ])
    await start(head, '2026-09-07 08:00', [signed, unsigned])
    for (const document of await outstanding(signed, head, '2026-09-07 08:05')) await sign(signed, '2026-09-07 08:10', document)
    for (const document of await outstanding(unsigned, head, '2026-09-07 08:05'))
      if (document !== 'acceptable-use') await sign(unsigned, '2026-09-07 08:10', document)
    const list = await as(head, '2026-09-08 07:30', findGateList)
    const flags = Object.fromEntries(list.map(({ name, unsigned: left }) => [name, left]))
    assert.deepEqual(flags['Cara Crane'], [])
    assert.deepEqual(flags['Col Crow'], ['Acceptable use of technology'])
    assert.equal(flags['Hedy Hill'], undefined)
    await assert.rejects(as(unsigned, '2026-09-08 07:31', findGateList), Denied)
  })

  test('[WA-19-01] a supply teacher who comes back after the code of conduct has changed is shown the new version to confirm', async () => {
    const head = await person('westacre', 'Hugh Head', 'headteacher', 'dsl')
    const supply = await person('westacre', 'Sia Shaw', 'supply')
    await as(head, '2026-04-20 08:00', work => issueEdition(work, { document: 'code-of-conduct', edition: 'v1' }))
    await start(head, '2026-04-20 08:10', [supply])
    for (const document of await outstanding(supply, head, '2026-04-20 08:15')) await sign(supply, '2026-04-20 09:00', document)
    assert.deepEqual(await outstanding(supply, supply, '2026-04-20 09:05'), [])
    await app.people.query('update appointment set ends_at = $2 where adult_id = $1', [supply.id, at('2026-05-01 16:00')])
    await background('westacre', '2026-05-01 16:01', followAppointments)
    await as(head, '2026-06-01 08:00', work => issueEdition(work, { document: 'code-of-conduct', edition: 'v2' }))
    await app.people.appoint(supply.school.id, supply.id, 'supply', at('2026-06-08 07:30'))
    await background('westacre', '2026-06-08 07:31', followAppointments)
    const { documents } = await duties(supply, supply, '2026-06-08 08:00')
    const left = documents.filter(({ state }) => state !== 'signed').map(({ document, edition }) => `${document} ${edition}`)
    assert.deepEqual(left, ['code-of-conduct v2'])
    await sign(supply, '2026-06-08 08:05', 'code-of-conduct')
    assert.deepEqual(await outstanding(supply, supply, '2026-06-08 08:06'), [])
  })

  test('[WA-21-01] when the authority brings out a new version of its policy on allegations, a round of confirmations is opened for all staff', async () => {
    const head = await person('westacre', 'Hope Hale', 'headteacher', 'dsl')
    const staff = await people('westacre', 4, 'Wolver', 'teacher')
    await start(head, '2026-04-20 08:10', staff)
    for (const one of staff) {
      await sign(one, '2026-04-21 09:00', 'allegations-policy')
      await sign(one, '2026-04-21 09:01', 'guidance-part-four')
    }
    const open = async (moment: string) =>
      (await as(head, moment, work => findReadingReport(work, 'allegations-policy')))
        .filter(({ name, state }) => name.startsWith('Wolver') && state !== 'complete')
        .map(({ name, edition }) => `${name} ${edition}`)
    assert.deepEqual(await open('2026-04-22 09:00'), [])
    await as(head, '2026-05-11 08:00', work => issueEdition(work, { document: 'allegations-policy', edition: 'May 2026' }))
    assert.deepEqual(
      (await open('2026-05-11 08:01')).toSorted(),
      staff.map((_, index) => `Wolver ${index + 1} May 2026`),
    )
  })

  test('[WA-5-52] when the attendance at a briefing on a Tuesday is saved, five who do not work on Tuesdays have a catch-up, and so has whoever was absent', async () => {
    const head = await person('westacre', 'Hiro Hand', 'headteacher', 'dsl')
    const full = await people('westacre', 6, 'Full-time', 'teacher')
    const part = await people('westacre', 5, 'Part-time', 'teaching-assistant')
    await start(head, '2026-03-02 08:00', [...full, ...part])
    for (const one of part) await as(head, '2026-03-02 09:00', work => sayWorkingDays(work, one.id, [1, 4, 5]))
    const others = (
      await app.people.query<{ id: TestAdult['id'] }>('select adult_id as id from adult_duty where school_id = $1', [
        head.school.id,
      ])
    ).map(({ id }) => id)
    const known = [...full, ...part].map(({ id }) => id)
    const present = [...full.slice(1).map(({ id }) => id), ...others.filter(id => !known.includes(id))]
    const kept = await as(head, '2026-03-10 16:30', work => recordBriefing(work, { title: 'What is new in the policy', present }))
    assert.ok(kept.ok)
    const tasks = (await as(head, '2026-03-10 16:31', work => findTasks(work))).filter(({ kind }) => kind === 'catch-up')
    assert.deepEqual(
      tasks
        .filter(({ away }) => away)
        .map(({ name }) => name)
        .toSorted(),
      ['Part-time 1', 'Part-time 2', 'Part-time 3', 'Part-time 4', 'Part-time 5'],
    )
    assert.deepEqual(
      tasks.filter(({ away }) => !away).map(({ name }) => name),
      ['Full-time 1'],
    )
    const [first] = part
    assert.ok(first)
    const [own] = await as(first, '2026-03-12 08:30', work => findTasks(work, first.id))
    assert.match(own?.says ?? '', /What is new in the policy/)
    assert.equal((await as(head, '2026-03-12 12:00', work => catchUpHeld(work, own?.id ?? ''))).ok, true)
    assert.deepEqual(await as(first, '2026-03-12 12:01', work => findTasks(work, first.id)), [])
    await assert.rejects(
      as(first, '2026-03-12 12:02', work => recordBriefing(work, { title: 'x', present: [] })),
      Denied,
    )
  })

  const trust = 'william-macgregor'

  test('[WM-4.1.5-08] when version 4 of the online safety policy is brought out, the signatures on version 3 no longer count', async () => {
    const head = await person(trust, 'Hob Hunt', 'headteacher', 'dsl')
    const teacher = await person(trust, 'Ty Tuck', 'teacher')
    await as(head, '2026-01-05 08:00', work => issueEdition(work, { document: 'online-safety-policy', edition: '3' }))
    await start(head, '2026-01-05 08:30', [teacher])
    assert.ok((await outstanding(teacher, head, '2026-01-05 08:31')).includes('behaviour-policy'))
    await sign(teacher, '2026-01-06 09:00', 'online-safety-policy')
    await sign(teacher, '2026-01-06 09:01', 'behaviour-policy')
    const left = async (moment: string) =>
      (await outstanding(teacher, head, moment)).filter(document =>
        ['online-safety-policy', 'behaviour-policy'].includes(document),
      )
    assert.deepEqual(await left('2026-01-06 10:00'), [])
    await as(head, '2026-02-02 08:00', work => issueEdition(work, { document: 'online-safety-policy', edition: '4' }))
    assert.deepEqual(await left('2026-02-02 08:01'), ['online-safety-policy'])
  })

  test('[WM-4.2-02] a trustee who has signed Parts One and Two has Part Four and Annex B outstanding', async () => {
    const head = await person(trust, 'Hew Hyde', 'headteacher', 'dsl')
    const trustee = await person(trust, 'Tru Stead', 'trustee')
    await start(head, '2024-09-02 08:00', [trustee])
    for (const part of ['guidance-part-one', 'guidance-part-two']) await sign(trustee, '2024-09-20 18:00', part)
    const { documents } = await duties(trustee, head, '2024-09-23 09:00')
    const left = documents.filter(({ document, state }) => document.startsWith('guidance') && state !== 'signed')
    assert.deepEqual(left.map(({ document }) => document).toSorted(), ['guidance-annex-b', 'guidance-part-four'])
    for (const { edition } of left) assert.equal(edition, 'September 2024')
  })

  test('[WM-4.4-04] a safeguarding advocate who has signed three of the four parts has Annex B outstanding', async () => {
    const head = await person(trust, 'Hal Hunter', 'headteacher', 'dsl')
    const advocate = await person(trust, 'Ada Vocat', 'safeguarding-governor')
    await start(head, '2024-09-02 08:00', [advocate])
    const parts = ['guidance-part-one', 'guidance-part-two', 'guidance-part-four']
    assert.deepEqual(
      (await outstanding(advocate, head, '2024-09-02 08:01')).filter(document => document.startsWith('guidance')).length,
      4,
    )
    for (const part of parts) await sign(advocate, '2024-09-20 18:00', part)
    assert.deepEqual(
      (await outstanding(advocate, head, '2024-09-23 09:00')).filter(document => document.startsWith('guidance')),
      ['guidance-annex-b'],
    )
  })

  test('[WM-9.1-02] a teaching assistant who has not signed the policy on allegations has it outstanding in the report, beside Part Four', async () => {
    const head = await person(trust, 'Han Hook', 'headteacher', 'dsl')
    const [assistant, other] = await Promise.all([
      person(trust, 'Ada Ash', 'teaching-assistant'),
      person(trust, 'Abe Ash', 'teaching-assistant'),
    ])
    await start(head, '2026-01-05 08:30', [assistant, other])
    await sign(other, '2026-01-06 09:00', 'allegations-policy')
    for (const one of [assistant, other]) await sign(one, '2026-01-06 09:01', 'guidance-part-four')
    const report = async (document: string) =>
      Object.fromEntries(
        (await as(head, '2026-01-12 09:00', work => findReadingReport(work, document))).map(one => [one.name, one.state]),
      )
    const allegations = await report('allegations-policy')
    assert.equal(allegations['Ada Ash'], 'not started')
    assert.equal(allegations['Abe Ash'], 'complete')
    assert.equal((await report('guidance-part-four'))['Ada Ash'], 'complete')
  })

  test('[WM-4.2-12] of 42 staff three answer wrongly whom to tell about the head: those three have a refresher, until they answer rightly', async () => {
    const head = await person(trust, 'Hil Hull', 'headteacher', 'dsl')
    const staff = await people(trust, 42, 'Macgregor', 'teacher')
    await start(head, '2026-01-05 08:30', staff)
    const answers = (who: TestAdult, choice: string, moment = '2026-01-07 15:30') =>
      as(who, moment, work => answerQuestion(work, { question: 'who-hears-about-the-head', choice }))
    for (const one of staff.slice(0, 39))
      assert.deepEqual(await answers(one, 'director-of-education'), { ok: true, value: { right: true } })
    for (const one of staff.slice(39)) assert.deepEqual(await answers(one, 'headteacher'), { ok: true, value: { right: false } })
    const results = (await as(head, '2026-01-08 09:00', work => findUnderstanding(work, 'who-hears-about-the-head'))).filter(
      ({ name }) => name.startsWith('Macgregor'),
    )
    assert.equal(results.filter(({ state }) => state === 'right').length, 39)
    const wrong = ['Macgregor 40', 'Macgregor 41', 'Macgregor 42']
    assert.deepEqual(
      results
        .filter(({ state }) => state === 'wrong')
        .map(({ name }) => name)
        .toSorted(),
      wrong,
    )
    const refreshers = async (moment: string) =>
      (await as(head, moment, work => findTasks(work)))
        .filter(({ kind, about }) => kind === 'refresher' && about === 'who-hears-about-the-head')
        .map(({ name }) => name)
        .toSorted()
    assert.deepEqual(await refreshers('2026-01-08 09:01'), wrong)
    await answers(staff[39] ?? assert.fail(), 'director-of-education', '2026-01-09 08:00')
    assert.deepEqual(await refreshers('2026-01-09 08:01'), wrong.slice(1))
    const governor = await person(trust, 'Gus Gray', 'governor')
    const notAsked = await answers(governor, 'director-of-education')
    assert.deepEqual(notAsked, { ok: false, refusal: 'no-such-question' }, 'it is asked of those who read it')
    await assert.rejects(
      as(staff[0] ?? assert.fail(), '2026-01-09 08:02', work => findUnderstanding(work, 'who-hears-about-the-head')),
      Denied,
    )
  })

  test('[WM-7.12-02] two who do not know when to report an absence have a refresher each', async () => {
    const head = await person(trust, 'Hana Hide', 'headteacher', 'dsl')
    const staff = await people(trust, 5, 'Absence', 'teaching-assistant')
    await start(head, '2026-01-05 08:30', staff)
    for (const [index, one] of staff.entries())
      await as(one, '2026-01-07 15:30', work =>
        answerQuestion(work, { question: 'when-to-report-absence', choice: index < 2 ? 'end-of-week' : 'at-once' }),
      )
    const tasks = (await as(head, '2026-01-08 09:00', work => findTasks(work))).filter(
      ({ about }) => about === 'when-to-report-absence',
    )
    assert.deepEqual(tasks.map(({ name }) => name).toSorted(), ['Absence 1', 'Absence 2'])
    for (const { says } of tasks) assert.match(says, /Attendance policy/)
  })
})
