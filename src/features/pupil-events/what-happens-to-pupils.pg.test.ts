import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoSchool, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { type Actor, Denied, type Worker } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { type Work, workAs, workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'
import { recordConcern } from '../concerns/index.ts'
import { closePlan, openPlan, reviewPlan, watchAssessments } from '../plans/index.ts'
import { watchReminders } from '../pupil-duties/index.ts'
import { endStatus, startStatus } from '../statuses/index.ts'
import { endTransfer, fileReceived, fileSent, pupilJoined, pupilLeaving, receiptReceived } from '../transfers/index.ts'
import {
  absenceNotified,
  encompassReceived,
  encompassSeen,
  privateFosteringKnown,
  privateFosteringNotified,
  privateFosteringTalked,
  pupilAbsent,
  pupilBack,
  watchAbsences,
} from './index.ts'

const at = (text: string) => text as Instant
const on = (text: string) => text as PlainDate

describe('what happens to pupils besides concerns', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('2026-11-18T10:00:00.000Z') })
    // The times of these stories lie before those of the demonstration; its people have been there all the time.
    await app.people.query(`update appointment set starts_at = '2024-01-01T08:00:00Z' where ends_at is null`)
    await app.people.query(`delete from absence`)
  })
  after(() => app.close())

  type School = Pick<DemoSchool, 'id'>
  const as = <T>(school: School, adult: { readonly adultId: AdultId }, now: string, body: (work: Work<Actor>) => Promise<T>) =>
    workAs(app.tools, { schoolId: school.id, adultId: adult.adultId }, at(now), async work => ({
      commit: true,
      value: await body(work),
    }))
  const look = (school: School, now: string, body: (work: Work<Worker>) => Promise<unknown>) =>
    workInBackground(app.tools, school.id, at(now), async work => ({ commit: true, value: await body(work) }))
  const clocks = (child: ChildId) =>
    app.people.query<{
      name: string
      owner_id: string | null
      due: string | null
      met: boolean
      ended: boolean
      breached: boolean
    }>(
      `select name, owner_id, to_char(due_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS') as due, met_at is not null as met, ended_at is not null as ended,
        breached_at is not null as breached from clock where child_id = $1 and concern_id is null order by basis_at, name, id`,
      [child],
    )
  const told = async (school: School, since: string, until: string) =>
    (
      await app.people.query<{ adult_id: AdultId }>(
        `select adult_id from notice where school_id = $1 and topic = 'pupil' and told_at >= $2 and told_at <= $3 order by told_at, id`,
        [school.id, since, until],
      )
    ).map(row => row.adult_id)
  const sorted = (...adults: readonly { readonly adultId: AdultId }[]) => adults.map(({ adultId }) => adultId).toSorted()
  const ofAll = <Keys extends string>(pupils: Readonly<Record<Keys, { readonly childId: ChildId }>>): readonly ChildId[] =>
    Object.values<{ readonly childId: ChildId }>(pupils).map(({ childId }) => childId)
  const nth = (children: readonly ChildId[], index: number): ChildId => children[index] ?? assert.fail('no such pupil')

  test('[MM-4.10-02] a police notice of 07:40 that a DSL reads at 08:10 was seen before the child came at 08:45; one unread then goes to the deputies and the senior leaders', async () => {
    const { mmap } = demo
    const early = {
      ...app.tools,
      policies: {
        profile: (key: string, day: PlainDate) => {
          const profile = testPolicies().profile(key, day)
          return { ...profile, calendar: { ...profile.calendar, dayStarts: '08:45' as LocalTime } }
        },
      },
    }
    const child = nth(ofAll(mmap.pupils), 0)
    const receive = (now: string) =>
      workAs(early, { schoolId: mmap.id, adultId: mmap.adults.receptionist.adultId }, at(now), async work => ({
        commit: true,
        value: await encompassReceived(work, child),
      }))
    const read = await receive('2026-11-19T07:40:00.000Z')
    assert.ok(read.ok)
    assert.deepEqual(
      (await told(mmap, '2026-11-19T07:40:00Z', '2026-11-19T07:40:00Z')).toSorted(),
      sorted(mmap.adults.head, mmap.adults.deputy, mmap.adults.deputyTwo),
    )
    const seen = await as(mmap, mmap.adults.head, '2026-11-19T08:10:00.000Z', work => encompassSeen(work, read.value.id))
    assert.ok(seen.ok && seen.value.seenBeforeArrival)
    await look(mmap, '2026-11-19T08:46:00.000Z', watchReminders)
    assert.deepEqual(await told(mmap, '2026-11-19T07:41:00Z', '2026-11-19T23:00:00Z'), [], 'nobody is told of one that was seen')

    const unread = await receive('2026-11-20T07:40:00.000Z')
    assert.ok(unread.ok)
    await look(mmap, '2026-11-20T08:44:00.000Z', watchReminders)
    assert.deepEqual(await told(mmap, '2026-11-20T07:41:00Z', '2026-11-20T08:44:30Z'), [])
    await look(mmap, '2026-11-20T08:45:01.000Z', watchReminders)
    const late = await told(mmap, '2026-11-20T08:44:30Z', '2026-11-20T08:46:00Z')
    assert.deepEqual(
      late.toSorted(),
      sorted(mmap.adults.deputy, mmap.adults.deputyTwo),
      'the deputies, one of whom leads the school with the head',
    )
    const afterwards = await as(mmap, mmap.adults.head, '2026-11-20T08:50:00.000Z', work => encompassSeen(work, unread.value.id))
    assert.ok(afterwards.ok && !afterwards.value.seenBeforeArrival)
    const mails = await app.people.query<{ says: string }>(`select says from notice where topic = 'pupil' and school_id = $1`, [
      mmap.id,
    ])
    const [name] = await app.people.query<{ given: string }>('select given_name as given from child where id = $1', [child])
    assert.ok(name && mails.every(({ says }) => !says.includes(name.given)), 'what is told names no child')
  })

  test('[WA-34-05] absence without leave from Monday 18 May reaches its tenth school day on Friday 5 June, after half term, and the authority is to be told that day', async () => {
    const { westacre } = demo
    const child = nth(ofAll(westacre.pupils), 0)
    const reported = await as(westacre, westacre.adults.receptionist, '2026-05-18T08:30:00.000Z', work =>
      pupilAbsent(work, { childId: child, authorised: false, since: on('2026-05-18') }),
    )
    assert.ok(reported.ok)
    await look(westacre, '2026-06-04T21:00:00.000Z', watchAbsences)
    assert.deepEqual(
      (await clocks(child)).filter(({ name }) => name === 'absence-notice'),
      [],
      'nine school days',
    )
    await look(westacre, '2026-06-05T07:00:00.000Z', watchAbsences)
    await look(westacre, '2026-06-05T07:01:00.000Z', watchAbsences)
    const [notice, ...more] = (await clocks(child)).filter(({ name }) => name === 'absence-notice')
    assert.deepEqual(more, [], 'owed once')
    assert.deepEqual(
      [notice?.due, notice?.owner_id],
      ['2026-06-05T22:59:59', westacre.adults.deputyTwo.adultId],
      'whoever leads on attendance',
    )
    assert.ok((await told(westacre, '2026-06-05T07:00:00Z', '2026-06-05T07:01:00Z')).includes(westacre.adults.head.adultId))
    await look(westacre, '2026-06-05T23:00:00.000Z', lookRoundSchool)
    assert.equal((await clocks(child)).find(({ name }) => name === 'absence-notice')?.breached, true)
    assert.ok(
      (await as(westacre, westacre.adults.deputyTwo, '2026-06-08T08:00:00.000Z', work => absenceNotified(work, child))).ok,
    )
    assert.equal((await clocks(child)).find(({ name }) => name === 'absence-notice')?.met, true)
    assert.ok((await as(westacre, westacre.adults.head, '2026-06-09T08:00:00.000Z', work => pupilBack(work, child))).ok)
  })

  test('[WA-35-01] the office writes on 12 May that a child of six has lived with a family friend since 1 May, and the DSL is told that day', async () => {
    const { westacre } = demo
    const child = nth(ofAll(westacre.pupils), 1)
    await app.people.query(`update child set born = '2020-03-01' where id = $1`, [child])
    const known = await as(westacre, westacre.adults.receptionist, '2026-05-12T10:00:00.000Z', work =>
      privateFosteringKnown(work, child, on('2026-05-01')),
    )
    assert.ok(known.ok)
    assert.deepEqual(await told(westacre, '2026-05-12T10:00:00Z', '2026-05-12T10:00:00Z'), [westacre.adults.head.adultId])
    const [clock] = await clocks(child)
    assert.deepEqual([clock?.name, clock?.due], ['private-fostering-notice', '2026-05-29T22:59:59'])
    assert.deepEqual(
      await as(westacre, westacre.adults.receptionist, '2026-05-12T10:01:00.000Z', work =>
        work.tx.run({ name: 'seen_fostering', text: 'select id from private_fostering where child_id = $1' }, [child]),
      ),
      [],
      'whoever reports it is shown nothing of it',
    )
  })

  test('[WA-35-02] seven days after the talk with the family nothing confirms that the authority knows, and the DSL is asked to ring MASH24', async () => {
    const { westacre } = demo
    const [quiet, settled] = [nth(ofAll(westacre.pupils), 2), nth(ofAll(westacre.pupils), 3)]
    for (const child of [quiet, settled]) {
      await as(westacre, westacre.adults.teacher, '2026-05-12T11:00:00.000Z', work =>
        privateFosteringKnown(work, child, on('2026-05-02')),
      )
      const talked = await as(westacre, westacre.adults.deputy, '2026-05-12T15:00:00.000Z', work =>
        privateFosteringTalked(work, child, on('2026-05-12')),
      )
      assert.ok(talked.ok)
    }
    assert.ok(
      (await as(westacre, westacre.adults.deputy, '2026-05-15T09:00:00.000Z', work => privateFosteringNotified(work, settled)))
        .ok,
    )
    await look(westacre, '2026-05-19T20:00:00.000Z', watchReminders)
    assert.deepEqual(await told(westacre, '2026-05-13T00:00:00Z', '2026-05-19T22:00:00Z'), [])
    await look(westacre, '2026-05-20T07:00:00.000Z', watchReminders)
    await look(westacre, '2026-05-20T08:00:00.000Z', watchReminders)
    const rows = await app.people.query<{ adult_id: string; child_id: string; says: string }>(
      `select adult_id, child_id, says from notice where school_id = $1 and topic = 'pupil' and told_at >= '2026-05-20T00:00:00Z' and told_at < '2026-05-21T00:00:00Z'`,
      [westacre.id],
    )
    assert.deepEqual(
      rows.map(row => [row.adult_id, row.child_id]),
      [[westacre.adults.head.adultId, quiet]],
      'once, and of the one that is not settled',
    )
    assert.match(rows[0]?.says ?? '', /Ring MASH24/)
    assert.equal((await clocks(settled)).find(({ name }) => name === 'private-fostering-notice')?.met, true)
  })

  const report = async (school: DemoSchool, teacher: { readonly adultId: AdultId }, child: ChildId, now: string) => {
    const concern = concernAbout({ childId: child }, { prompts: ['sexual-violence'] })
    const recorded = await as(school, teacher, now, work => recordConcern(work, concern))
    assert.ok(recorded.ok)
    return concern.id
  }
  const assessment = (concern: string) =>
    app.people.query<{ met: boolean }>(
      `select met_at is not null as met from clock where concern_id = $1 and name = 'risk-assessment'`,
      [concern],
    )
  const alertedOf = async (concern: string) =>
    (
      await app.people.query<{ adult_id: AdultId }>(
        `select adult_id from alert where concern_id = $1 and rule = 'unanswered.risk-assessment' order by adult_id`,
        [concern],
      )
    ).map(row => row.adult_id)

  test('[MM-4.2-01] an assessment saved 65 minutes after the report says so; where none is made by the end of the school day the DSL, the deputies and the head hear of it', async () => {
    const { mmap } = demo
    const { head, deputy, deputyTwo, teacher } = mmap.adults
    const [assessed, waiting] = [nth(ofAll(mmap.pupils), 1), nth(ofAll(mmap.pupils), 2)]
    const first = await report(mmap, teacher, assessed, '2026-11-20T11:05:00.000Z')
    const second = await report(mmap, teacher, waiting, '2026-11-20T11:05:00.000Z')
    const plan = await as(mmap, deputy, '2026-11-20T12:10:00.000Z', work =>
      openPlan(work, { childId: assessed, kind: 'risk-assessment', says: 'Kept apart.' }),
    )
    assert.ok(plan.ok)
    assert.equal(plan.value.assessedInMinutes, 65)
    const [row] = await app.people.query<{ minutes: number }>('select assessed_in_minutes as minutes from plan where id = $1', [
      plan.value.id,
    ])
    assert.equal(row?.minutes, 65)
    assert.deepEqual([(await assessment(first))[0]?.met, (await assessment(second))[0]?.met], [true, false])
    await look(mmap, '2026-11-20T14:59:00.000Z', watchAssessments)
    assert.deepEqual(await alertedOf(second), [])
    await look(mmap, '2026-11-20T15:01:00.000Z', watchAssessments)
    await look(mmap, '2026-11-20T15:02:00.000Z', watchAssessments)
    assert.deepEqual(await alertedOf(second), sorted(head, deputy, deputyTwo))
    assert.deepEqual(await alertedOf(first), [])
  })

  test('[WM-A3-10.1-01] two hours after a report of sexual violence without an assessment the lead DSL and the trust’s lead are told', async () => {
    const { williamMacgregor: macgregor } = demo
    const child = nth(ofAll(macgregor.pupils), 0)
    const concern = await report(macgregor, macgregor.adults.teacher, child, '2026-11-20T10:00:00.000Z')
    await look(macgregor, '2026-11-20T11:59:00.000Z', watchAssessments)
    assert.deepEqual(await alertedOf(concern), [])
    await look(macgregor, '2026-11-20T12:00:01.000Z', watchAssessments)
    assert.deepEqual(await alertedOf(concern), sorted(macgregor.adults.dsl, macgregor.adults.trustLead))
  })

  test('a file goes in time, is met by sending alone, its receipt is asked for, and what is no longer owed ends', async () => {
    const { westPark } = demo
    const { dsl, deputy, deputyTwo, receptionist, senco, teacher } = westPark.adults
    const child = westPark.pupils.ellie.childId
    const leaving = {
      childId: child,
      on: on('2026-11-23'),
      to: 'Hilltop School',
      destination: 'school',
      moment: 'in-year',
    } as const
    assert.ok((await as(westPark, receptionist, '2026-11-20T09:00:00.000Z', work => pupilLeaving(work, leaving))).ok)
    assert.deepEqual(
      (await clocks(child)).map(({ name, due }) => [name, due]),
      [['file-transfer', '2026-11-28T23:59:59']],
    )
    assert.deepEqual(await as(westPark, dsl, '2026-11-24T09:00:00.000Z', work => receiptReceived(work, child)), {
      ok: false,
      refusal: 'nothing-sent',
    })
    await assert.rejects(
      as(westPark, teacher, '2026-11-24T09:00:00.000Z', work => fileSent(work, child)),
      Denied,
    )
    assert.equal((await clocks(child))[0]?.met, false)
    assert.ok(
      (await as(westPark, dsl, '2026-11-24T10:00:00.000Z', work => fileSent(work, child, 'The DSL of Hilltop School'))).ok,
    )
    await look(westPark, '2026-12-02T09:00:00.000Z', watchReminders)
    assert.deepEqual(
      await told(westPark, '2026-12-02T09:00:00Z', '2026-12-02T09:00:00Z'),
      [dsl.adultId],
      'the receipt is asked for',
    )
    assert.ok((await as(westPark, deputy, '2026-12-03T09:00:00.000Z', work => receiptReceived(work, child))).ok)
    assert.deepEqual((await clocks(child)).map(({ name, met }) => [name, met]).toSorted(), [
      ['file-transfer', true],
      ['transfer-receipt', true],
    ])
    const headings = await app.people.query<{ heading: string }>(
      `select heading from entry where child_id = $1 and kind = 'transfer' order by recorded_at`,
      [child],
    )
    assert.deepEqual(
      headings.map(row => row.heading),
      ['Leaves this school', 'File sent to the next school', 'Receipt for the file'],
    )

    assert.ok(
      (await as(westPark, dsl, '2026-12-04T09:00:00.000Z', work => fileReceived(work, westPark.pupils.jayden.childId))).ok,
    )
    assert.deepEqual(
      (await told(westPark, '2026-12-04T09:00:00Z', '2026-12-04T09:00:00Z')).toSorted(),
      sorted(dsl, deputy, deputyTwo, senco),
    )

    const { mmap } = demo
    const joiner = nth(ofAll(mmap.pupils), 3)
    assert.ok(
      (await as(mmap, mmap.adults.head, '2026-11-20T09:00:00.000Z', work => pupilJoined(work, joiner, 'Elsewhere School'))).ok,
    )
    assert.ok(
      (await as(mmap, mmap.adults.head, '2026-11-23T09:00:00.000Z', work => endTransfer(work, joiner, 'in', 'They hold none.')))
        .ok,
    )
    assert.deepEqual(
      (await clocks(joiner)).map(({ name, met, ended }) => [name, met, ended]),
      [['incoming-file-request', false, true]],
    )
  })

  test('whoever is tied to the child and whoever is of another school gets nowhere, by the check and by the database alone', async () => {
    const { westPark, westley } = demo
    const { dsl, deputy, teacher } = westPark.adults
    const niece = westPark.pupils.zofia.childId
    await assert.rejects(
      as(westPark, deputy, '2026-11-20T10:00:00.000Z', work => openPlan(work, { childId: niece, kind: 'safety' })),
      Denied,
    )
    assert.deepEqual(
      await as(westley, westley.adults.dsl, '2026-11-20T10:00:00.000Z', work =>
        openPlan(work, { childId: niece, kind: 'safety' }),
      ),
      {
        ok: false,
        refusal: 'no-such-child',
      },
    )
    const opened = await as(westPark, dsl, '2026-11-20T10:00:00.000Z', work =>
      openPlan(work, { childId: niece, kind: 'early-help' }),
    )
    assert.ok(opened.ok)
    const rows = (who: { readonly adultId: AdultId }) =>
      as(westPark, who, '2026-11-20T10:01:00.000Z', async work => [
        ...(await work.tx.run({ name: 'seen_plan', text: 'select id from plan where child_id = $1' }, [niece])),
        ...(await work.tx.run({ name: 'seen_clocks', text: 'select id from clock where child_id = $1' }, [niece])),
      ])
    assert.equal((await rows(dsl)).length, 2)
    assert.deepEqual(await rows(deputy), [])
    assert.deepEqual(await rows(teacher), [])
    assert.deepEqual(
      await as(westPark, dsl, '2026-11-23T10:00:00.000Z', work => reviewPlan(work, opened.value.id, { progress: 'no-change' })),
      {
        ok: false,
        refusal: 'no-escalation-decision',
      },
    )
    const review = { progress: 'worse', escalation: 'Referred today.' } as const
    assert.ok((await as(westPark, dsl, '2026-11-23T10:01:00.000Z', work => reviewPlan(work, opened.value.id, review))).ok)
    assert.deepEqual(
      (await clocks(niece)).map(({ name, met }) => [name, met]),
      [
        ['plan-review', true],
        ['plan-review', false],
      ],
    )
    assert.ok(
      (
        await as(westPark, dsl, '2026-11-24T10:00:00.000Z', work =>
          closePlan(work, opened.value.id, 'The family is with the authority now.'),
        )
      ).ok,
    )
    assert.ok((await clocks(niece)).every(({ met, ended }) => met || ended))
  })

  test('a status brings its meetings and tells the designated teacher, and what it owed ends with it', async () => {
    const { westPark } = demo
    const { dsl, designatedTeacher } = westPark.adults
    const child = westPark.pupils.zara.childId
    const begun = await as(westPark, dsl, '2026-11-20T13:00:00.000Z', work =>
      startStatus(work, { childId: child, status: 'looked-after' }),
    )
    assert.ok(begun.ok)
    assert.deepEqual(
      begun.value.asks.map(({ code }) => code),
      ['care-details', 'social-worker-details'],
    )
    assert.deepEqual(await told(westPark, '2026-11-20T13:00:00Z', '2026-11-20T13:00:00Z'), [designatedTeacher.adultId])
    assert.deepEqual(
      (await clocks(child)).map(({ name, owner_id }) => [name, owner_id]),
      [['status-review', designatedTeacher.adultId]],
    )
    assert.ok((await as(westPark, dsl, '2026-12-01T13:00:00.000Z', work => endStatus(work, child, 'looked-after'))).ok)
    assert.equal((await clocks(child))[0]?.ended, true)
  })
})
