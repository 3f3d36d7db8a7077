import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import type { TestAdult } from '../../../test/support/people.ts'
import { type Actor, Denied } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, workAs, workInBackground } from '../../work/work.ts'
import { pupilLeaving } from '../transfers/index.ts'
import {
  type Attempt,
  closePupilCase,
  contactsToTry,
  getPupilCase,
  handOver,
  listHoldingLeaving,
  openPupilCase,
  recordAttempt,
  settleCaseStep,
  watchPupilCases,
} from './index.ts'

describe('what is followed up for a pupil until it is over', () => {
  let app: TestApp
  let westacre: SchoolWithForm
  let westPark: SchoolWithForm
  let mmap: SchoolWithForm
  let attendance: TestAdult

  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: '2026-11-18T15:30:00.000Z' as Instant })
    westacre = await schoolWithForm(app, 'westacre')
    westPark = await schoolWithForm(app, 'west-park')
    mmap = await schoolWithForm(app, 'mmap')
    attendance = await app.people.addAdult(mmap.school, { name: 'Ada Venn', roles: ['attendance-lead'] })
    // The stories lie on several days; their people have been there all the time.
    await app.people.query(`update appointment set starts_at = '2024-01-01'`)
  })
  after(() => app.close())

  const set = (moment: string) => app.clock.set(new Date(moment).toISOString() as Instant)
  const as = <T>(of: SchoolWithForm, adult: TestAdult, body: (work: Work<Actor>) => Promise<T>) =>
    workAs(app.tools, { schoolId: of.school.id, adultId: adult.id }, app.clock.now(), async work => ({
      commit: true,
      value: await body(work),
    }))
  const look = (of: SchoolWithForm) =>
    workInBackground(app.tools, of.school.id, app.clock.now(), async work => ({
      commit: true,
      value: await watchPupilCases(work),
    }))
  const codeOf = (result: { ok: boolean; refusal?: unknown }) => {
    if (result.ok) return 'ok'
    const { refusal } = result
    return typeof refusal === 'string' ? refusal : (refusal as { code: string }).code
  }
  const opened = async (of: SchoolWithForm, by: TestAdult, what: Parameters<typeof openPupilCase>[1]) => {
    const answer = await as(of, by, work => openPupilCase(work, what))
    return answer.ok ? answer.value : assert.fail(codeOf(answer))
  }
  const caseOf = async (of: SchoolWithForm, by: TestAdult, id: string) => {
    const found = await as(of, by, work => getPupilCase(work, id))
    return found.ok ? found.value : assert.fail(codeOf(found))
  }
  const told = async (of: SchoolWithForm, rule: string) =>
    (
      await app.people.query<{ adult_id: AdultId; at: string }>(
        `select adult_id, to_char(told_at at time zone 'Europe/London', 'MM-DD HH24:MI') as at from notice where school_id = $1 and rule = $2 order by adult_id`,
        [of.school.id, rule],
      )
    ).map(row => `${row.adult_id} ${row.at}`)
  const allAt = (moment: string, ...adults: readonly TestAdult[]) => adults.map(({ id }) => `${id} ${moment}`).toSorted()
  const contact = async (of: SchoolWithForm, child: ChildId, name: string, priority: number, barred = false) => {
    const id = newId<string>()
    await app.people.query(
      `insert into child_contact (school_id, id, child_id, name, relation, phone, priority, barred, barred_reason) values ($1, $2, $3, $4, 'x', '01632 960000', $5, $6, $7)`,
      [of.school.id, id, child, name, priority, barred, barred ? 'A court order' : null],
    )
    return id
  }
  const attempt = (contactId: string | null, withWhom: string, result: Attempt['result']): Attempt => ({
    ...{ contactId, withWhom, result, says: '' },
    at: app.clock.now(),
  })
  const status = (of: SchoolWithForm, child: ChildId, name: string) =>
    app.people.query(
      `insert into child_status (school_id, id, child_id, status, starts_on) values ($1, $2, $3, $4, '2024-01-05')`,
      [of.school.id, newId<string>(), child, name],
    )
  const leaves = (of: SchoolWithForm, by: TestAdult, childId: ChildId, on: string) =>
    as(of, by, work =>
      pupilLeaving(work, { childId, on: on as PlainDate, to: 'home', destination: 'home-education', moment: 'in-year' }),
    )

  test('[WA-5-75] a child not collected at half past three: at a quarter past four the DSL is to ring MASH24, and it is not over without to whom the child was given and when', async () => {
    set('2026-11-18T15:30:00Z')
    const { teacher, dsl, deputy, robin, kim } = westacre
    const mother = await contact(westacre, robin, 'Anna Ashdown', 1)
    const aunt = await contact(westacre, robin, 'Bea Ashdown', 2)
    assert.equal(
      codeOf(await as(westacre, teacher, work => openPupilCase(work, { childId: robin, kind: 'uncollected' }))),
      'nobody-with-the-child',
    )
    const id = await opened(westacre, teacher, { childId: robin, kind: 'uncollected', withId: teacher.id })
    assert.deepEqual(await told(westacre, 'pupil-cases.uncollected'), allAt('11-18 15:30', dsl, deputy))
    set('2026-11-18T15:50:00Z')
    for (const [one, name] of [
      [mother, 'Anna Ashdown'],
      [aunt, 'Bea Ashdown'],
    ] as const)
      await as(westacre, dsl, work => recordAttempt(work, id, attempt(one, name, 'no-answer')))
    set('2026-11-18T16:14:00Z')
    assert.equal(await look(westacre), 0)
    set('2026-11-18T16:15:00Z')
    assert.equal(await look(westacre), 1)
    assert.equal(await look(westacre), 0)
    assert.deepEqual(await told(westacre, 'pupil-cases.uncollected-goes-on'), allAt('11-18 16:15', dsl, deputy))
    const found = await caseOf(westacre, dsl, id)
    assert.deepEqual(
      found.steps.map(({ step, settled }) => [step, settled]),
      [['front-door', null]],
    )
    await as(westacre, dsl, work => settleCaseStep(work, id, 'front-door', 'done', 'They agree to the neighbour.'))
    assert.equal(codeOf(await as(westacre, teacher, work => closePupilCase(work, id, 'Collected'))), 'not-handed-over')
    assert.equal(codeOf(await as(westacre, teacher, work => handOver(work, id, ' ', app.clock.now()))), 'not-handed-over')
    set('2026-11-18T16:40:00Z')
    await as(westacre, teacher, work => handOver(work, id, 'Cora Penn, neighbour', app.clock.now()))
    assert.equal(codeOf(await as(westacre, teacher, work => closePupilCase(work, id, 'Collected'))), 'ok')

    // A colleague who has nothing to do with it sees none of it; whoever comes in time ends what would have followed.
    const other = await app.people.addAdult(westacre.school, { name: 'Olu Kent' })
    assert.equal(codeOf(await as(westacre, other, work => getPupilCase(work, id))), 'no-such-case')
    const early = await opened(westacre, teacher, { childId: kim, kind: 'uncollected', withId: teacher.id })
    await as(westacre, teacher, work => handOver(work, early, 'Her father', app.clock.now()))
    set('2026-11-18T18:00:00Z')
    assert.equal(await look(westacre), 0)
  })

  test('[MM-3.5-05] a missing pupil: contacts in order without whoever is barred; two calls in vain by a quarter to ten, the third is answered, three attempts stand with their times, and nobody is alerted any more', async () => {
    set('2026-11-18T09:15:00Z')
    const { dsl, robin, kim } = mmap
    const ids = [
      await contact(mmap, robin, 'Anna', 1),
      await contact(mmap, robin, 'Bert', 3),
      await contact(mmap, robin, 'Cleo', 4),
    ]
    const barred = await contact(mmap, robin, 'Dirk', 2, true)
    const id = await opened(mmap, attendance, { childId: robin, kind: 'missing' })
    assert.deepEqual(await told(mmap, 'pupil-cases.missing'), allAt('11-18 09:15', dsl, mmap.deputy, attendance))
    const listed = await as(mmap, dsl, work => contactsToTry(work, id))
    assert.deepEqual(
      listed.map(({ name }) => name),
      ['Anna', 'Bert', 'Cleo'],
    )
    assert.equal(
      codeOf(await as(mmap, dsl, work => recordAttempt(work, id, attempt(barred, 'Dirk', 'no-answer')))),
      'contact-not-allowed',
    )
    const tries = [
      ['09:30', 0, 'no-answer'],
      ['09:45', 1, 'no-answer'],
      ['09:52', 2, 'answered'],
    ] as const
    for (const [time, nth, result] of tries) {
      set(`2026-11-18T${time}:00Z`)
      assert.equal(
        codeOf(await as(mmap, dsl, work => recordAttempt(work, id, attempt(ids[nth] ?? null, `${nth}`, result)))),
        'ok',
      )
    }
    const found = await caseOf(mmap, dsl, id)
    assert.deepEqual(
      found.events.map(({ at, result }) => [at.slice(11, 16), result]),
      tries.map(([time, , result]) => [time, result]),
    )
    const unreached = await opened(mmap, attendance, { childId: kim, kind: 'missing' })
    set('2026-11-18T11:00:00Z')
    assert.equal(await look(mmap), 1)
    assert.equal((await caseOf(mmap, dsl, id)).escalatedAt, null)
    assert.notEqual((await caseOf(mmap, dsl, unreached)).escalatedAt, null)
  })

  test('[MM-5.3-03] nobody was reached in ten school days: the referral as a child missing from education stands with the attempts, for whoever keeps attendance', async () => {
    set('2026-11-02T09:00:00Z')
    const id = await opened(mmap, attendance, { childId: mmap.kim, kind: 'missing-education' })
    set('2026-11-05T10:00:00Z')
    await as(mmap, attendance, work => recordAttempt(work, id, attempt(null, 'Mother', 'no-answer')))
    set('2026-11-09T10:00:00Z')
    await as(mmap, attendance, work => recordAttempt(work, id, attempt(null, 'At the door', 'visited')))
    const before = await caseOf(mmap, attendance, id)
    assert.deepEqual(
      before.steps.map(({ step }) => step),
      ['advice', 'visit'],
    )
    set('2026-11-16T12:00:00Z')
    assert.equal(await look(mmap), 0)
    set('2026-11-17T00:01:00Z')
    assert.equal(await look(mmap), 1)
    const found = await caseOf(mmap, attendance, id)
    const referral = found.steps.find(({ step }) => step === 'referral')
    assert.equal(referral?.settled, null)
    assert.equal(found.events.length, 2)
    assert.ok([attendance.id, mmap.dsl.id].includes(referral?.ownerId ?? ('' as AdultId)))
    assert.deepEqual(await told(mmap, 'pupil-cases.missing-education-goes-on'), allAt('11-17 00:01', attendance, mmap.dsl))
    assert.equal(codeOf(await as(mmap, attendance, work => closePupilCase(work, id, 'x'))), 'steps-first')
  })

  test('[MM-5.4-01] the parent of a child in need means to educate at home: the pupil does not leave before the social worker was met', async () => {
    set('2026-11-18T09:00:00Z')
    const { dsl, head, robin, kim } = mmap
    await status(mmap, robin, 'child-in-need')
    await opened(mmap, head, { childId: robin, kind: 'home-education' })
    const id =
      (
        await app.people.query<{ id: string }>(`select id from pupil_case where child_id = $1 and kind = 'home-education'`, [
          robin,
        ])
      )[0]?.id ?? ''
    assert.equal(codeOf(await leaves(mmap, dsl, robin, '2026-11-27')), 'something-first')
    await as(mmap, dsl, work => settleCaseStep(work, id, 'parents', 'done', 'Met on Monday.'))
    assert.equal(codeOf(await leaves(mmap, dsl, robin, '2026-11-27')), 'something-first')
    await as(mmap, dsl, work => settleCaseStep(work, id, 'social-worker', 'done', 'Met on Tuesday.'))
    assert.equal(codeOf(await leaves(mmap, dsl, robin, '2026-11-27')), 'ok')

    const other = await opened(mmap, head, { childId: kim, kind: 'home-education' })
    assert.ok((await caseOf(mmap, dsl, other)).steps.every(({ step }) => step !== 'social-worker'))
  })

  test('[WP-5-04] home education meant on 10 March for a pupil with a plan and a social worker: on 14 March leaving names the meeting and the review of the plan, and wants a reason', async () => {
    set('2025-03-10T09:00:00Z')
    const { dsl, robin } = westPark
    await status(westPark, robin, 'education-health-care-plan')
    await status(westPark, robin, 'child-in-need')
    const id = await opened(westPark, dsl, { childId: robin, kind: 'home-education' })
    set('2025-03-14T09:00:00Z')
    assert.equal(codeOf(await leaves(westPark, dsl, robin, '2025-03-14')), 'something-first')
    const named = await as(westPark, dsl, work => listHoldingLeaving(work, robin))
    assert.equal(named.length, 2)
    assert.match(named.join(' / '), /Meet with the family/)
    assert.match(named.join(' / '), /review the education health and care plan/)
    assert.equal(codeOf(await as(westPark, dsl, work => settleCaseStep(work, id, 'meeting', 'not-done', ''))), 'no-outcome')
    for (const step of ['meeting', 'plan-review'])
      await as(westPark, dsl, work => settleCaseStep(work, id, step, 'not-done', 'The family has moved away already.'))
    assert.equal(codeOf(await leaves(westPark, dsl, robin, '2025-03-14')), 'ok')
  })

  test('whoever is tied to the child opens and sees no case, nor does another school', async () => {
    set('2026-11-18T09:00:00Z')
    const id = await opened(mmap, attendance, { childId: mmap.kim, kind: 'missing' })
    await app.people.query('update child set tied = array[$2::uuid] where id = $1', [mmap.kim, mmap.deputy.id])
    assert.equal(codeOf(await as(mmap, mmap.deputy, work => getPupilCase(work, id))), 'no-such-case')
    await assert.rejects(
      as(mmap, mmap.deputy, work => openPupilCase(work, { childId: mmap.kim, kind: 'missing' })),
      Denied,
    )
    assert.equal(codeOf(await as(westPark, westPark.dsl, work => getPupilCase(work, id))), 'no-such-case')
  })
})
