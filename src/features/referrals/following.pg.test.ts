import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, type DemoSchool, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workAs, workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'
import { openPlan } from '../plans/index.ts'

describe('what follows a referral: the form, the answer, and what is done where none comes', () => {
  let app: TestApp
  const { westPark, mmap, williamMacgregor } = demo
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: '2025-01-16T10:00:00.000Z' as Instant })
    await app.people.query(`update appointment set starts_at = '2024-01-01' where ends_at is null`)
    await app.people.query('delete from absence')
    await app.people.query(`update concern set state = 'closed'`)
    await app.people.query(`update referral set state = 'concluded'`)
    await app.people.query(`update clock set ended_at = '2024-01-01' where met_at is null and ended_at is null`)
  })
  after(() => app.close())

  const set = (moment: string) => app.clock.set(new Date(moment).toISOString() as Instant)
  const look = (school: { id: DemoSchool['id'] }) =>
    workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await lookRoundSchool(work) }))
  const lookAt = async (school: { id: DemoSchool['id'] }, moment: string) => {
    set(moment)
    await look(school)
  }
  const home = (child: { childId: ChildId }, authority: string) =>
    app.people.query('update child set home_authority = $2, locality = null where id = $1', [child.childId, authority])
  const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  const open = async (person: DemoAdult, path: string) => textOf((await (await app.agentFor(person.adultId)).get(path)).html)
  const refer = async (
    school: DemoSchool,
    child: { childId: ChildId },
    by: DemoAdult,
    agency = 'social-care',
    more = {},
    typed = {},
  ) => {
    const concern: ConcernId = await recordAs(app, school, by, concernAbout(child, more))
    const agent = await app.agentFor(by.adultId)
    await agent.post(`/concerns/${concern}/acknowledge`)
    const path = `/concerns/${concern}/referrals/new`
    const asking = { agency, consent: 'given', asks: 'Please help.', urgent: 'yes', ...typed }
    const made = await agent.submit(`${path}?agency=${agency}`, path, asking)
    assert.equal(made.status, 303, textOf(made.html))
    return { concern, id: /\/referrals\/([0-9a-f-]+)/.exec(made.location ?? '')?.[1] ?? '' }
  }
  const step = async (by: DemoAdult, id: string, kind: string, fields: Record<string, string>) =>
    (await app.agentFor(by.adultId)).submit(`/referrals/${id}/${kind}`, `/referrals/${id}/${kind}`, fields)
  const call = { 'with-whom': 'Sam Hart', says: 'They look into it.' }
  const sent = { says: 'Sent by the form.', reference: 'REF-1', 'place-risks': 'None known', attached: 'None held' }
  const tasks = (id: string) =>
    app.people.query<{
      id: string
      asks: string
      says: string
      owner_id: string
      on: string
      done: boolean
      outcome: string | null
    }>(
      `select id, asks, says, owner_id, due_on::text as on, done_at is not null as done, outcome from action where referral_id = $1 order by set_at, asks`,
      [id],
    )
  const chases = async (id: string) => (await tasks(id)).filter(({ asks, done }) => asks === 'chase' && !done)

  test('[WP-6-27] a referral of Thursday 11:00 without an answer: on Friday at 11:00 asking for it is the DSL’s to do, done only by writing down whom they asked and in what role, and comes back a day later', async () => {
    set('2025-01-16T11:00:00Z')
    const { dsl } = westPark.adults
    await home(westPark.pupils.jayden, 'derbyshire')
    const { id } = await refer(westPark, westPark.pupils.jayden, dsl)
    assert.equal((await step(dsl, id, 'written', sent)).status, 303)
    await lookAt(westPark, '2025-01-17T10:59:00Z')
    assert.deepEqual(await chases(id), [])
    await lookAt(westPark, '2025-01-17T11:00:00Z')
    await look(westPark)
    const [task, ...more] = await chases(id)
    assert.deepEqual([task?.owner_id, task?.on, more], [dsl.adultId, '2025-01-17', []])
    assert.match(await open(dsl, '/today'), /Ask for the answer: Derbyshire Starting Point/)
    assert.match(await open(dsl, `/referrals/${id}`), /Nobody has answered yet: ask for the answer/)

    const agent = await app.agentFor(dsl.adultId)
    const ticked = await agent.submit(`/actions/${task?.id}`, `/actions/${task?.id}/finish`, { how: 'done', outcome: 'Rang.' })
    assert.equal(ticked.status, 409)
    assert.match(textOf(ticked.html), /record there whom you asked/)
    const nobody = await step(dsl, id, 'chased', { says: 'They ring back.' })
    assert.equal(nobody.status, 422)
    assert.match(nobody.html, /Enter the name of the person you asked/)
    assert.match(nobody.html, /Enter their role/)
    assert.equal((await chases(id)).length, 1)

    set('2025-01-17T11:20:00Z')
    assert.equal((await step(dsl, id, 'chased', { ...call, role: 'duty social worker' })).status, 303)
    assert.deepEqual(await chases(id), [])
    assert.match(await open(dsl, `/referrals/${id}`), /With Sam Hart, duty social worker\./)
    const [finished] = await tasks(id)
    assert.equal(finished?.outcome, 'Asked for the answer: Sam Hart, duty social worker')
    // A day after Friday nobody works: it is Monday at the same time.
    await lookAt(westPark, '2025-01-20T11:19:00Z')
    assert.deepEqual(await chases(id), [])
    await lookAt(westPark, '2025-01-20T11:20:00Z')
    assert.equal((await chases(id)).length, 1)
    assert.equal((await step(dsl, id, 'answered', { ...call, outcome: 'Section 47 enquiry', agrees: 'yes' })).status, 303)
    assert.deepEqual(await chases(id), [])
    await lookAt(westPark, '2025-02-20T11:20:00Z')
    assert.deepEqual(await chases(id), [])
  })

  test('[WP-6-26] a call of Friday 15:00 with nothing sent: a warning goes out on Saturday at 15:00, one more eight hours before the end, and on Sunday after 15:00 the written referral is in breach; it goes only with what is known of harm outside the home', async () => {
    set('2025-03-07T15:00:00Z')
    const { dsl } = westPark.adults
    await home(westPark.pupils.amina, 'derby')
    const { id, concern } = await refer(westPark, westPark.pupils.amina, dsl)
    assert.equal((await step(dsl, id, 'phoned', call)).status, 303)
    const warnings = async () =>
      (
        await app.people.query<{ adult_id: string; at: Date }>(
          `select adult_id, told_at as at from alert where concern_id = $1 and kind = 'clock-near' order by told_at`,
          [concern],
        )
      ).map(({ adult_id, at }) => [adult_id, new Date(String(at)).toISOString()])
    const clock = async () =>
      (
        await app.people.query<{ due: Date; breached: Date | null; met: boolean }>(
          `select due_at as due, breached_at as breached, met_at is not null as met from clock where referral_id = $1 and name = 'referral-written'`,
          [id],
        )
      )[0]
    await lookAt(westPark, '2025-03-08T14:59:00Z')
    assert.deepEqual(await warnings(), [])
    await lookAt(westPark, '2025-03-08T15:00:00Z')
    await look(westPark)
    assert.deepEqual(await warnings(), [[dsl.adultId, '2025-03-08T15:00:00.000Z']])
    await lookAt(westPark, '2025-03-09T07:00:00Z')
    assert.equal((await warnings()).length, 2)
    await lookAt(westPark, '2025-03-09T15:00:00Z')
    assert.equal((await clock())?.breached, null)
    await lookAt(westPark, '2025-03-09T15:01:00Z')
    assert.equal(new Date(String((await clock())?.breached)).toISOString(), '2025-03-09T15:00:00.000Z')
    const page = await open(dsl, `/referrals/${id}`)
    assert.match(page, /Referral in writing : overdue by 1 minute/)

    const bare = await step(dsl, id, 'written', { says: 'By the online system.' })
    assert.equal(bare.status, 422)
    for (const missing of [
      /harm outside the home, or that nothing is known/,
      /which assessment went with it/,
      /reference that the portal gave/,
    ])
      assert.match(bare.html, missing)
    assert.equal((await clock())?.met, false)
    const risks = 'The park behind the station after dark.'
    assert.equal(
      (await step(dsl, id, 'written', { ...sent, 'place-risks': risks, attached: 'Early help assessment of 3 March' })).status,
      303,
    )
    assert.equal((await clock())?.met, true)
    assert.match(
      await open(dsl, `/referrals/${id}`),
      /Harm outside the home: The park behind the station.*?Went with it: Early help assessment of 3 March/,
    )
  })

  test('[WM-6.3-01] a Staffordshire referral of 8 May at 14:00 without an outcome: at the school’s own time for it the DSL has the task to ask', async () => {
    set('2025-05-08T14:00:00+01:00')
    const { dsl } = williamMacgregor.adults
    await home(williamMacgregor.pupils.ava, 'staffordshire')
    const { id } = await refer(williamMacgregor, williamMacgregor.pupils.ava, dsl)
    assert.equal((await step(dsl, id, 'phoned', call)).status, 303)
    await lookAt(williamMacgregor, '2025-05-09T13:59:00+01:00')
    assert.deepEqual(await chases(id), [])
    await lookAt(williamMacgregor, '2025-05-09T14:00:00+01:00')
    const [task] = await chases(id)
    assert.deepEqual(
      [task?.owner_id, task?.says],
      [dsl.adultId, "Ask for the answer: Staffordshire Children's Advice and Support (SCAS)"],
    )
  })

  test('[MM-3.2-07] a request for early help of 6 March 2024 without a decision by the day on which it is asked for: the DSL is prompted', async () => {
    set('2024-03-06T10:00:00Z')
    const { deputy } = mmap.adults
    const child = mmap.children[0] ?? assert.fail()
    await home(child, 'kent')
    const { id } = await refer(mmap, child, deputy, 'early-help')
    assert.match(await open(deputy, `/referrals/${id}`), /Early help.*?Parents’ agreement They agree/)
    assert.equal((await step(deputy, id, 'written', { says: 'Request for support.', reference: 'EH-9' })).status, 303)
    await lookAt(mmap, '2024-03-12T12:00:00Z')
    assert.deepEqual(await chases(id), [])
    await lookAt(mmap, '2024-03-13T09:00:00Z')
    const [task] = await chases(id)
    assert.deepEqual([task?.owner_id, task?.on], [deputy.adultId, '2024-03-13'])
    assert.match(await open(deputy, '/today'), /Ask for the answer/)
  })

  test('[WM-4.5-21] a referral refused on 5 June and taken to stage 1: a day for the answer stands there, stage 2 is somebody’s to do from then on, and the child’s safety plan stands beside it', async () => {
    set('2025-06-04T09:00:00+01:00')
    const { dsl, deputy } = williamMacgregor.adults
    const { ava } = williamMacgregor.pupils
    await home(ava, 'staffordshire')
    const { id, concern } = await refer(williamMacgregor, ava, dsl)
    await workAs(app.tools, { schoolId: dsl.schoolId, adultId: dsl.adultId }, app.clock.now(), async work => {
      const plan = await openPlan(work, {
        childId: ava.childId,
        kind: 'safety',
        concernId: concern,
        says: 'Met at the gate by Mr Field.',
      })
      return { commit: plan.ok, value: assert.ok(plan.ok) }
    })
    await step(dsl, id, 'phoned', call)
    set('2025-06-05T10:00:00+01:00')
    await step(dsl, id, 'answered', { ...call, outcome: 'Not accepted', agrees: 'no' })
    assert.deepEqual(await tasks(id), [])
    set('2025-06-05T11:00:00+01:00')
    assert.equal((await step(dsl, id, 'escalated', { ...call, stage: '1' })).status, 303)
    const [task, ...more] = await tasks(id)
    assert.deepEqual(
      [task?.asks, task?.on, task?.owner_id, task?.done, more],
      ['next-stage', '2025-06-12', dsl.adultId, false, []],
    )
    assert.match(task?.says ?? '', /^Stage 2, unless they have answered: .*professional disagreement/)
    const page = await open(deputy, `/referrals/${id}`)
    assert.match(page, /An answer to stage 1 is due by Thursday 12 June 2025/)
    assert.match(page, /Stage 2, unless they have answered/)
    assert.match(page, /Safety plan.*?Met at the gate by Mr Field\./)
    set('2025-06-12T16:00:00+01:00')
    assert.equal((await step(dsl, id, 'escalated', { ...call, stage: '2' })).status, 303)
    assert.deepEqual(
      (await tasks(id)).filter(({ done }) => !done),
      [],
    )
  })

  test('whoever is outside the concern finds no task of its referral', async () => {
    set('2025-07-01T09:00:00+01:00')
    const { dsl, deputy } = williamMacgregor.adults
    const said = { adultId: dsl.adultId, name: dsl.name, relation: 'Colleague', involvement: 'alleged' as const, toldAt: null }
    const { id } = await refer(williamMacgregor, williamMacgregor.pupils.ava, deputy, 'social-care', { adults: [said] })
    await step(deputy, id, 'phoned', call)
    await lookAt(williamMacgregor, '2025-07-02T10:00:00+01:00')
    const [task] = await chases(id)
    assert.equal(task?.owner_id, deputy.adultId)
    assert.ok((await (await app.agentFor(deputy.adultId)).get('/today')).html.includes(`/actions/${task?.id}`))
    const outside = await app.agentFor(dsl.adultId)
    assert.equal((await outside.get(`/actions/${task?.id}`)).status, 404)
    assert.ok(!(await outside.get('/today')).html.includes(`/actions/${task?.id}`))
  })

  test('[WA-5-26] a CAMHS referral sent on 1 May with 15 May as its review: no reply by then makes asking the task of whoever has the concern, and of nobody once the service has answered', async () => {
    const { westacre } = demo
    const { deputy, head } = westacre.adults
    const review = (day: string) => ({ 'follow-up-day': day, 'follow-up-month': '5', 'follow-up-year': '2026' })
    const byForm = { says: 'By their form, a copy in the file.', reference: 'CAMHS-7' }
    set('2026-05-01T10:00:00Z')
    const camhs = { destination: 'CAMHS' }
    await home(westacre.pupils.maisie, 'wolverhampton')
    const { id } = await refer(westacre, westacre.pupils.maisie, deputy, 'mental-health', {}, camhs)
    const past = await step(deputy, id, 'written', { ...byForm, ...review('1'), 'follow-up-month': '4' })
    assert.equal(past.status, 422, 'a review lies ahead')
    assert.equal((await step(deputy, id, 'written', { ...byForm, ...review('15') })).status, 303)
    const page = await open(deputy, `/referrals/${id}`)
    assert.match(page, /CAMHS/)
    assert.match(page, /Asked again on 15 May 2026|Asked again on Friday 15 May/)

    await lookAt(westacre, '2026-05-14T16:00:00Z')
    assert.deepEqual(await chases(id), [], 'the day that was set holds')
    await lookAt(westacre, '2026-05-15T09:00:00Z')
    await look(westacre)
    const [task, ...more] = await chases(id)
    assert.deepEqual([task?.owner_id, task?.on, more], [deputy.adultId, '2026-05-15', []])
    assert.match(await open(deputy, '/today'), /Ask for the answer: CAMHS/)
    assert.match(await open(head, `/referrals/${id}`), new RegExp(`Ask for the answer: CAMHS ${deputy.name}`))

    set('2026-05-15T10:00:00Z')
    assert.equal((await step(deputy, id, 'chased', { ...call, role: 'duty worker', ...review('29') })).status, 303)
    await lookAt(westacre, '2026-05-28T16:00:00Z')
    assert.deepEqual(await chases(id), [])
    await lookAt(westacre, '2026-05-29T09:00:00Z')
    assert.equal((await chases(id)).length, 1)
    const accepted = { ...call, outcome: 'Accepted; on the waiting list, twelve weeks', agrees: 'yes' }
    assert.equal((await step(deputy, id, 'answered', accepted)).status, 303)
    assert.deepEqual(await chases(id), [])
    assert.match(await open(deputy, `/referrals/${id}`), /Accepted; on the waiting list, twelve weeks/)
  })

  test('[WY-6-08] help that was agreed to be needed on 4 June and asked for on 12 June: the report shows eight days, and until it is sent how many so far', async () => {
    set('2025-06-09T10:00:00Z')
    const { westley } = demo
    const { dsl, teacher } = westley.adults
    const child = westley.children[0] ?? assert.fail()
    const june = (day: string) => ({ 'needed-day': day, 'needed-month': '6', 'needed-year': '2025' })
    const typed = { destination: 'School nursing team', urgent: 'no', ...june('4') }
    const { id } = await refer(westley, child, dsl, 'other', {}, typed)
    const rowOf = async () =>
      (await open(dsl, '/referral-times')).split('School nursing team').find(row => / 4 June 2025/.test(row)) ?? ''
    assert.match(await rowOf(), /^ 4 June 2025 Not yet 5 days so far: nothing is sent Not yet/)
    set('2025-06-12T09:00:00Z')
    assert.equal(
      (await step(dsl, id, 'written', { ...sent, 'follow-up-day': '26', 'follow-up-month': '6', 'follow-up-year': '2025' }))
        .status,
      303,
    )
    set('2025-06-30T09:00:00Z')
    assert.match(await rowOf(), /^ 4 June 2025 12 June 2025 8 days Not yet/)
    assert.match(await open(dsl, `/referrals/${id}`), /Needed since 4 June 2025/)
    assert.equal((await (await app.agentFor(teacher.adultId)).get('/referral-times')).status, 403)
  })
})
