import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { verifyDatabase } from '../../audit/verify.ts'
import type { AdultId, AlertId, ConcernId, EntryId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'
import { type NewConcern, recordConcern } from '../concerns/index.ts'

const school = demo.westPark
const { teacher, dsl } = school.adults
const aNoon = '2026-11-18T12:00:00.000Z' as Instant

let holdfast: TestApp
let teacherPage: Agent
let dslPage: Agent

before(async () => {
  holdfast = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aNoon })
  teacherPage = await holdfast.agentFor(teacher.adultId)
  dslPage = await holdfast.agentFor(dsl.adultId)
})
after(() => holdfast.close())

type Child = { readonly childId: NewConcern['children'][number]['childId'] }

function concernAbout(child: Child, more: Partial<NewConcern> = {}): NewConcern {
  return {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' },
    children: [{ childId: child.childId, involvement: 'subject' }],
    newChildren: [],
    adults: [],
    happenedOn: null,
    happenedAtTime: null,
    happenedSays: 'since half-term',
    location: 'Cloakroom',
    urgent: false,
    stub: false,
    category: null,
    prompts: ['disclosure'],
    voiceTold: null,
    account: { childWords: '“I hid under the stairs.”', seen: 'Crying at the end of maths.', opinion: '', done: '' },
    marks: [],
    ...more,
  }
}

async function record(concern: NewConcern, by: AdultId = teacher.adultId): Promise<ConcernId> {
  const recorded = await workAs(holdfast.tools, { schoolId: school.id, adultId: by }, holdfast.clock.now(), async work => ({
    commit: true,
    value: await recordConcern(work, concern),
  }))
  assert.ok(recorded.ok)
  return concern.id
}

const rows = <Row extends Record<string, unknown>>(statement: string, ...values: unknown[]) =>
  holdfast.people.query<Row>(statement, values)

const eventsOf = async (id: string) =>
  (await rows<{ action: string }>('select action from audit_entry where subject_id = $1 order by n', id)).map(row => row.action)

/** The safeguarding team's part, straight into the database, with words that must not be seen. */
async function teamWrites(id: ConcernId): Promise<void> {
  const salt = Buffer.alloc(16)
  await rows(
    `insert into addendum (school_id, id, concern_id, author_id, at, kind, says, salt) values
      ($1, $2, $4, $5, $6, 'team', 'TEAM-NOTE', $7), ($1, $3, $4, $5, $6, 'feedback', 'We have spoken with the family.', $7)`,
    school.id,
    newId<EntryId>(),
    newId<EntryId>(),
    id,
    dsl.adultId,
    aNoon,
    salt,
  )
  await rows('update addendum set reporter_id = $2 where concern_id = $1 and kind = $$feedback$$', id, teacher.adultId)
  await rows(
    `insert into alert (school_id, id, concern_id, adult_id, role, kind, rule, says, source, told_at) values ($1, $2, $3, $4, 'teacher', 'feedback', 'r', 's', 's', $5)`,
    school.id,
    newId<AlertId>(),
    id,
    teacher.adultId,
    aNoon,
  )
  await rows(
    `insert into triage (school_id, id, concern_id, at, by_id, immediate_risk, safe_to_go_home, medical, police, categories, framework, level_id, level_position, rationale, policy_edition)
      values ($1, $2, $3, $4, $5, 'no', 'yes', 'no', 'no', '{neglect}', 'f', 'LEVEL-ID', 2, 'TEAM-RATIONALE', 'e')`,
    school.id,
    newId<EntryId>(),
    id,
    aNoon,
    dsl.adultId,
  )
}

describe('my concerns', () => {
  test('a teacher reads what they wrote, who has it and what they were told, and nothing of the team', async () => {
    const id = await record(concernAbout(school.pupils.amina))
    await teamWrites(id)
    const before = await teacherPage.get('/my-concerns')
    assert.match(before.html, /New answer/)
    const own = await teacherPage.get(`/my-concerns/${id}`)
    assert.equal(own.status, 200)
    for (const says of [
      /I hid under the stairs/,
      /Crying at the end of maths/,
      /since half-term/,
      /was told at 12:00/,
      /We have spoken with the family/,
    ])
      assert.match(own.html, says)
    assert.doesNotMatch(own.html, /TEAM-NOTE|TEAM-RATIONALE|LEVEL-ID|neglect/)
    assert.doesNotMatch((await teacherPage.get('/my-concerns')).html, /New answer/)
    assert.deepEqual((await eventsOf(id)).slice(-2), ['alert.seen', 'concern.own-opened'])
  })

  test('a teacher reads why they wrote it on a later day', async () => {
    const id = await record(
      concernAbout(school.pupils.amina, { happenedOn: '2026-11-16' as never, lateReason: 'He told me only this morning.' }),
    )
    assert.match((await teacherPage.get(`/my-concerns/${id}`)).html, /Written only then because[\s\S]*only this morning/)
  })

  test('a teacher is told when the DSL has seen it, and by whom', async () => {
    const id = await record(concernAbout(school.pupils.amina))
    assert.match((await teacherPage.get(`/my-concerns/${id}`)).html, /Not seen yet/)
    await rows(
      'update concern set state = $$acknowledged$$, acknowledged_at = $2, acknowledged_by = $3 where id = $1',
      id,
      '2026-11-18T14:22:00Z',
      dsl.adultId,
    )
    assert.match((await teacherPage.get(`/my-concerns/${id}`)).html, new RegExp(`Seen by ${dsl.name} today at 14:22`))
    assert.match((await teacherPage.get('/')).html, new RegExp(`Seen by ${dsl.name} today at 14:22`))
  })

  test('another colleague, the DSL and another school find nothing where the concern is not theirs', async () => {
    const id = await record(concernAbout(school.pupils.amina))
    const others = [school.adults.teacherTwo.adultId, dsl.adultId, demo.westley.adults.teacher.adultId]
    for (const adultId of others) {
      const agent = await holdfast.agentFor(adultId)
      const none = await agent.get(`/my-concerns/${newId()}`)
      for (const path of [`/my-concerns/${id}`, `/concerns/${id}/finish`, `/concerns/${id}/direct-referral`]) {
        const answer = await agent.get(path)
        assert.deepEqual([answer.status, answer.html], [404, none.html], path)
      }
      assert.equal((await agent.post(`/my-concerns/${id}/addenda`, { says: 'x' })).status, 404)
    }
    assert.deepEqual(await rows('select 1 from addendum where concern_id = $1', id), [])
  })

  test('an addition stands beside what was written, and whoever has the concern is told', async () => {
    const id = await record(concernAbout(school.pupils.amina))
    const page = `/my-concerns/${id}`
    const empty = await teacherPage.submit(page, `${page}/addenda`, { says: ' ' })
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Enter what you want to add/)
    const added = await teacherPage.submit(page, `${page}/addenda`, { says: 'It was Tuesday, <b>not</b> Monday. 😢' })
    assert.equal(added.location, `${page}?added`)
    const shown = await teacherPage.get(page)
    assert.match(shown.html, /It was Tuesday, &lt;b>not&lt;\/b>/)
    assert.match(shown.html, /Crying at the end of maths/)
    const alerts = await rows<{ adult_id: string }>(
      'select adult_id from alert where concern_id = $1 and kind = $$addendum$$',
      id,
    )
    const [{ owner_id } = {}] = await rows<{ owner_id: string }>('select owner_id from concern where id = $1', id)
    assert.deepEqual(alerts, [{ adult_id: owner_id }])
    assert.equal(
      (await rows('select 1 from outbox where concern_id = $1 and adult_id = $2 and kind = $$alert-mail$$', id, owner_id)).length,
      2,
    )
    assert.equal((await rows('select 1 from entry where concern_id = $1 and kind = $$addendum$$', id)).length, 1)
    assert.ok((await eventsOf(id)).includes('concern.added-to'))
  })

  test('pressing twice adds once', async () => {
    const id = await record(concernAbout(school.pupils.amina))
    const key = newId<string>()
    for (let n = 0; n < 2; n += 1) await teacherPage.post(`/my-concerns/${id}/addenda`, { _key: key, says: 'Once.' })
    assert.equal((await rows('select 1 from addendum where concern_id = $1', id)).length, 1)
  })

  test('where whoever has it has left, an addition goes to whoever the route leads to now', async () => {
    const id = await record(concernAbout(school.pupils.amina))
    await rows('update concern set owner_id = $2 where id = $1', id, school.adults.teacherTwo.adultId)
    await teacherPage.post(`/my-concerns/${id}/addenda`, { says: 'More.' })
    const alerts = await rows<{ adult_id: string }>(
      'select adult_id from alert where concern_id = $1 and kind = $$addendum$$',
      id,
    )
    assert.ok(alerts.some(alert => alert.adult_id === dsl.adultId))
  })

  test("[WM-A3-3.7-02] two lines left under urgency are finished later: the child's own word stays as it was said, with the proper name of the place beside it", async () => {
    const stub = concernAbout(school.pupils.amina, {
      stub: true,
      urgent: true,
      account: { childWords: '', seen: 'Says she was hit. In the office now.', opinion: '', done: '' },
    })
    const id = await record(stub)
    const path = `/concerns/${id}/finish`
    const form = await teacherPage.get(path)
    assert.match(form.html, /Says she was hit/)
    const stepped = await teacherPage.submit(path, path, { 'child-words': 'kept', _do: 'add-mark' })
    assert.match(stepped.html, /kept/)
    const injury = {
      'mark.region': 'front:genitals',
      'mark.x': '',
      'mark.y': '',
      'mark.description': 'She points there; not seen by me',
      'mark.size': '',
      'mark.colour': '',
      'mark.explanation': '',
      'mark.child': '',
    }
    const outside = await teacherPage.submit(path, path, {
      seen: 'x',
      opinion: 'y',
      done: 'z',
      ...injury,
      'mark.x': '1',
      'mark.y': '1',
      _do: 'finish',
    })
    assert.equal(outside.status, 422)
    assert.match(outside.html, /marked outside the body/)
    const typed = {
      'child-words': '“My cookie hurts.”',
      seen: 'A red mark.',
      opinion: 'I am afraid for her.',
      done: 'Stayed with her.',
    }
    const finished = await teacherPage.submit(path, path, { ...typed, ...injury, _do: 'finish' })
    assert.equal(finished.location, `/my-concerns/${id}?finished`, finished.html)
    const parts = await rows<{ part: number }>(
      'select part, child_words, seen from concern_account where concern_id = $1 order by part',
      id,
    )
    assert.deepEqual(parts, [
      { part: 1, child_words: '', seen: 'Says she was hit. In the office now.' },
      { part: 2, child_words: '“My cookie hurts.”', seen: 'A red mark.' },
    ])
    assert.equal((await rows('select 1 from body_mark where concern_id = $1 and region = $$genitals$$', id)).length, 1)
    const clocks = await rows<{ met: boolean }>(
      'select met_at is not null as met from clock where concern_id = $1 and name = $$record-written$$',
      id,
    )
    assert.deepEqual(clocks, [{ met: true }])
    const again = await teacherPage.post(path, { ...typed, seen: 'From another tab', _do: 'finish' })
    assert.equal(again.status, 409)
    assert.match(again.html, /From another tab/)
    assert.ok((await eventsOf(id)).includes('concern.finished'))
    const shown = await teacherPage.get(`/my-concerns/${id}`)
    assert.match(shown.html, /“My cookie hurts\.”[\s\S]*Genital area \(penis, testicles or vulva\)/)
  })
})

describe('outside the rest', () => {
  const dslsOwn = demo.westley.pupils.ottilie
  const westleyDsl = demo.westley.adults.dsl
  let page: Agent
  let id: ConcernId

  before(async () => {
    page = await holdfast.agentFor(westleyDsl.adultId)
    const concern = concernAbout(dslsOwn, { stub: true })
    const recorded = await workAs(
      holdfast.tools,
      { schoolId: demo.westley.id, adultId: westleyDsl.adultId },
      holdfast.clock.now(),
      async work => ({ commit: true, value: await recordConcern(work, concern) }),
    )
    assert.ok(recorded.ok)
    id = concern.id
    await rows(
      `insert into addendum (school_id, id, concern_id, author_id, at, kind, says, salt, excluded) values ($1, $2, $3, $4, $5, 'team', 'TEAM-NOTE', $6, $7)`,
      demo.westley.id,
      newId<EntryId>(),
      id,
      demo.westley.adults.deputy.adultId,
      aNoon,
      Buffer.alloc(16),
      [westleyDsl.adultId],
    )
  })

  test('a DSL who reported about their own child sees their own words and nothing else', async () => {
    const own = await page.get(`/my-concerns/${id}`)
    assert.equal(own.status, 200)
    assert.match(own.html, /I hid under the stairs/)
    assert.match(own.html, new RegExp(demo.westley.adults.deputy.name))
    assert.doesNotMatch(own.html, /TEAM-NOTE/)
    assert.equal((await page.get(`/concerns/${id}`)).status, 404)
  })

  test('a DSL who is outside the concern can still finish it, and the clock that they do not see is met', async () => {
    const done = await page.post(`/concerns/${id}/finish`, {
      'child-words': 'none',
      seen: 'The rest.',
      opinion: 'Worried.',
      done: 'Told the deputy.',
      _do: 'finish',
    })
    assert.equal(done.status, 303, done.html)
    const clocks = await rows<{ met: boolean; excluded: string[] }>(
      'select met_at is not null as met, excluded from clock where concern_id = $1 and name = $$record-written$$',
      id,
    )
    assert.deepEqual(clocks, [{ met: true, excluded: [westleyDsl.adultId] }])
  })
})

describe('a concern that nobody inside can be given', () => {
  let id: ConcernId

  before(async () => {
    const roles = await rows<{ adult_id: string }>(
      `select distinct adult_id from appointment where school_id = $1 and role in ('dsl', 'deputy-dsl', 'headteacher', 'deputy-headteacher', 'senior-leader')`,
      school.id,
    )
    for (const { adult_id } of roles)
      await rows(
        `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, $5, 'training', $3)`,
        school.id,
        newId<EntryId>(),
        adult_id,
        '2026-11-18T11:00:00Z',
        '2026-11-18T12:30:00Z',
      )
    id = await record(concernAbout(school.pupils.amina))
  })

  test('is kept, and its reporter is shown whom to ring outside', async () => {
    const own = await teacherPage.get(`/my-concerns/${id}`)
    for (const key of testPolicies().profile('west-park', '2026-11-18' as never).routes.welfare.outside) {
      const contact = testPolicies().profile('west-park', '2026-11-18' as never).contacts[key]
      if (contact?.phone) assert.ok(own.html.includes(contact.phone), contact.who)
    }
    assert.match(own.html, /Record that I have rung/)
    assert.match((await teacherPage.get('/')).html, /nobody in school could be given it yet/)
  })

  test('a call that the reporter made themselves is written down, and faults are said at their places', async () => {
    const path = `/concerns/${id}/direct-referral`
    const bad = await teacherPage.submit(path, path, {
      rang: 'tail',
      'on-day': '30',
      'on-month': '2',
      'on-year': '2026',
      at: '25:00',
      'with-whom': '',
      said: '',
    })
    assert.equal(bad.status, 422)
    for (const field of ['rang', 'with-whom', 'on-day', 'at', 'consent', 'said'])
      assert.match(bad.html, new RegExp(`href="#${field}"`))
    const future = await teacherPage.submit(path, path, {
      rang: 'other',
      'rang-other': 'x',
      'on-day': '18',
      'on-month': '11',
      'on-year': '2026',
      at: '23:00',
      'with-whom': 'x',
      said: 'x',
    })
    assert.match(future.html, /must be in the past/)
    assert.equal((await rows('select 1 from referral where concern_id = $1', id)).length, 0)

    const rang = testPolicies().profile('west-park', '2026-11-18' as never).routes.welfare.outside[0] ?? ''
    const good = {
      rang,
      'on-day': '18',
      'on-month': '11',
      'on-year': '2026',
      at: '11:55',
      'with-whom': 'Sam Duty, duty worker',
      said: 'They will visit today.',
      consent: 'not-sought',
    }
    const unexplained = await teacherPage.submit(path, path, good)
    assert.match(unexplained.html, /Enter why you rang without their agreement/)
    const because = 'Asking them could have put her at risk.'
    const sent = await teacherPage.submit(path, path, { ...good, 'consent-says': because })
    assert.equal(sent.location, `/my-concerns/${id}?referred`, sent.html)
    const [referral] = await rows(
      'select agency, direct, state, reporter_id, opened_by, consent, consent_says from referral where concern_id = $1',
      id,
    )
    assert.deepEqual(referral, {
      consent: 'not-sought',
      consent_says: because,
      agency: 'social-care',
      direct: true,
      state: 'phoned',
      reporter_id: teacher.adultId,
      opened_by: teacher.adultId,
    })
    assert.equal((await rows('select 1 from entry where concern_id = $1 and kind = $$referral$$', id)).length, 1)
    assert.match(
      (await teacherPage.get(`/my-concerns/${id}`)).html,
      /Sam Duty, duty worker[\s\S]*They will visit today[\s\S]*they were not asked[\s\S]*could have put her at risk/,
    )
    assert.ok((await eventsOf(id)).includes('referral.direct'))
    const clocks = await rows<{ name: string }>(
      'select name from clock where concern_id = $1 and referral_id is not null order by name',
      id,
    )
    assert.deepEqual(
      clocks.map(clock => clock.name),
      ['referral-answer', 'referral-written'],
    )
  })

  test('the next of the team who can have it sees the call', async () => {
    holdfast.clock.set('2026-11-18T13:00:00.000Z' as Instant)
    const opened = await dslPage.get(`/concerns/${id}`)
    assert.equal(opened.status, 200)
    assert.match(opened.html, /made by the member of staff/)
  })

  test('after the team has moved a concern, what its reporter adds and whom they ring lands in the right child’s file, and no page tells them whose', async () => {
    const { amina, zofia, dylan } = school.pupils
    const moved = await record(concernAbout(amina))
    for (const [from, to] of [
      [amina, dylan],
      [dylan, zofia],
    ] as const) {
      const answer = await dslPage.post(`/concerns/${moved}/move`, {
        from: from.childId,
        to: to.childId,
        reason: 'The wrong child.',
      })
      assert.equal(answer.status, 303, answer.html)
    }
    await teacherPage.post(`/my-concerns/${moved}/addenda`, { says: 'She came back without a coat.' })
    const path = `/concerns/${moved}/direct-referral`
    const rang = await teacherPage.submit(path, path, {
      rang: 'other',
      'rang-other': 'The duty desk',
      'on-day': '18',
      'on-month': '11',
      'on-year': '2026',
      at: '11:55',
      'with-whom': 'Sam Duty',
      said: 'They will visit.',
      consent: 'given',
    })
    assert.equal(rang.status, 303, rang.html)
    const landed = await rows<{ kind: string; child_id: string }>(
      `select kind, child_id from entry where concern_id = $1 and kind in ('addendum', 'referral') order by kind`,
      moved,
    )
    assert.deepEqual(landed, [
      { kind: 'addendum', child_id: zofia.childId },
      { kind: 'referral', child_id: zofia.childId },
    ])
    assert.deepEqual(await rows('select child_id from referral where concern_id = $1', moved), [{ child_id: zofia.childId }])
    const own = await teacherPage.get(`/my-concerns/${moved}`)
    assert.match(own.html, /Amina Yusuf/)
    assert.doesNotMatch(own.html, new RegExp(`${zofia.name}|${dylan.name}|${zofia.childId}|${dylan.childId}`))
  })

  test('the trail of all this is whole', async () => {
    assert.equal(await verifyDatabase(holdfast.database.admin, () => {}), true)
  })
})
