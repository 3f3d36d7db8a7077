import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, type DemoPupil, type DemoSchool, demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { ConcernId } from '../../kernel/ids.ts'

const answers = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }

describe('the brothers and sisters of a child in whose home somebody was harmed', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aFridayAfternoon })
  })
  after(() => app.close())

  const makeSiblings = async (school: DemoSchool, ...children: readonly DemoPupil[]) => {
    const ids = children.map(child => child.childId)
    await app.people.query('delete from sibling where child_id = any ($1) or sibling_id = any ($1)', [ids])
    for (const one of children)
      for (const other of children)
        if (one !== other)
          await app.people.query(
            'insert into sibling (school_id, child_id, sibling_id) values ($1, $2, $3) on conflict do nothing',
            [school.id, one.childId, other.childId],
          )
  }
  const send = (agent: Agent, id: ConcernId, form: string, fields: Record<string, string | string[]>) =>
    agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)
  const household = (id: ConcernId) =>
    app.people.query<{ child_id: string; part: string; state: string; reason: string | null }>(
      'select child_id, part, state, reason from household_child where concern_id = $1 order by part desc, child_id',
      [id],
    )
  const entriesOf = (child: DemoPupil, id: ConcernId) =>
    app.people.query<{ heading: string; kind: string }>(
      'select heading, kind from entry where child_id = $1 and concern_id = $2 order by recorded_at, id',
      [child.childId, id],
    )

  const macgregor = demo.williamMacgregor
  const { dsl, deputy, teacher } = macgregor.adults
  const { george, ava, noah } = macgregor.pupils
  const level = () => testPolicies().profile('william-macgregor', '2026-11-20' as never).levels.levels[2]?.id
  const witnessed = () => ({
    ...answers,
    categories: 'domestic-abuse-witnessed',
    level: `staffordshire.${level()}`,
    rationale: 'He saw it on Thursday night.',
    'answer-witnessed-how': ['saw', 'aftermath'],
    'answer-witnessed-adults': 'His mother and her partner.',
    'answer-police-reference': 'INC 4411 of 19 November',
    'answer-parent-contact': 'Mother on her work number only. Nobody rings the partner.',
  })
  const judge = async (agent: Agent, child: DemoPupil, as: DemoAdult = teacher) => {
    const id = await recordAs(app, macgregor, as, concernAbout(child, { prompts: ['behaviour'] }))
    const [{ home_authority: home } = { home_authority: null }] = await app.people.query<{ home_authority: string | null }>(
      'select home_authority from child where id = $1',
      [child.childId],
    )
    if (home !== 'staffordshire')
      await app.people.query(`update child set home_authority = 'staffordshire' where id = $1`, [child.childId])
    const answer = await send(agent, id, '/triage', witnessed())
    assert.equal(answer.status, 303, answer.html)
    return id
  }

  test('[WM-4.1.1-02] witnessing is its own category with its own answers, and a sister’s record gets a linked entry that waits for the DSL', async () => {
    await makeSiblings(macgregor, noah, ava)
    const asDsl = await app.agentFor(dsl.adultId)
    const id = await recordAs(app, macgregor, teacher, concernAbout(noah, { prompts: ['behaviour'] }))
    const form = await asDsl.get(`/concerns/${id}/triage`)
    assert.match(form.html, /Domestic abuse: child as victim by witnessing/)
    const { 'answer-witnessed-how': _how, 'answer-witnessed-adults': _adults, ...silent } = witnessed()
    const refused = await send(asDsl, id, '/triage', silent)
    assert.equal(refused.status, 422)
    assert.match(refused.html, /Answer “How did the child live through it\?”/)
    assert.match(refused.html, /Fill in “Adults involved”/)
    assert.match(refused.html, /INC 4411/, 'what was typed stays')
    assert.deepEqual(await household(id), [])

    const saved = await judge(asDsl, noah)
    const { html } = await asDsl.get(`/concerns/${saved}`)
    assert.match(html, /Saw it; Lived with the aftermath/)
    assert.match(html, /His mother and her partner\./)
    assert.match(html, /INC 4411 of 19 November/)
    assert.deepEqual(
      (await household(saved)).map(({ child_id, part, state }) => [child_id, part, state]),
      [
        [noah.childId, 'subject', 'confirmed'],
        [ava.childId, 'sibling', 'awaiting'],
      ].toSorted(([, a = ''], [, b = '']) => (a < b ? 1 : -1)),
    )
    const [entry] = await entriesOf(ava, saved)
    assert.match(entry?.heading ?? '', /Possibly affected by a concern about the household: waits/)
    const file = await asDsl.get(`/children/${ava.childId}`)
    assert.match(file.html, /Possibly affected by a concern about the household\./)
    assert.match(file.html, new RegExp(`/concerns/${saved}/household`))
    assert.doesNotMatch(file.html, /He saw it on Thursday/)
    const today = await asDsl.get('/today')
    assert.match(today.html, /Brothers and sisters to confirm/)
    assert.match(today.html, new RegExp(`/concerns/${saved}/household">Ava`))
  })

  test('the DSL confirms one, who is then in the concern, and dismisses another only with a reason', async () => {
    await makeSiblings(macgregor, noah, ava, george)
    const asDsl = await app.agentFor(dsl.adultId)
    const id = await judge(asDsl, noah)
    const page = `/concerns/${id}/household`
    const silent = await asDsl.submit(page, page, { child: george.childId, state: 'dismissed', reason: ' ' })
    assert.equal(silent.status, 422)
    assert.match(silent.html, /Write why the child is not affected\./)
    const dismissed = { child: george.childId, state: 'dismissed', reason: 'Lives with his father since 2024.' }
    assert.equal((await asDsl.submit(page, page, dismissed)).status, 303)
    assert.equal((await asDsl.submit(page, page, { child: ava.childId, state: 'confirmed' })).status, 303)
    const involved = await app.people.query('select involvement from concern_child where concern_id = $1 and child_id = $2', [
      id,
      ava.childId,
    ])
    assert.deepEqual(involved, [{ involvement: 'sibling' }])
    assert.equal((await household(id)).find(row => row.child_id === george.childId)?.reason, 'Lives with his father since 2024.')
    const today = await asDsl.get('/today')
    assert.doesNotMatch(today.html, new RegExp(page))
    const file = await asDsl.get(`/children/${george.childId}`)
    assert.doesNotMatch(file.html, new RegExp(`${page}">Confirm`))
    assert.match(file.html, /Looked at: not affected/)
    assert.equal((await asDsl.submit(page, page, dismissed)).status, 409)
  })

  test('a deputy tied to the sister, a teacher and another school’s DSL learn nothing of the link; confirming shuts the deputy out of the whole concern', async () => {
    await makeSiblings(macgregor, noah, ava)
    await app.people.query('update child set tied = array[$2::uuid] where id = $1', [ava.childId, deputy.adultId])
    const [asDsl, asDeputy, asTeacher, elsewhere] = await Promise.all([
      app.agentFor(dsl.adultId),
      app.agentFor(deputy.adultId),
      app.agentFor(teacher.adultId),
      app.agentFor(demo.westley.adults.dsl.adultId),
    ])
    const id = await judge(asDsl, noah)
    const page = `/concerns/${id}/household`
    assert.doesNotMatch((await asDeputy.get('/today')).html, new RegExp(page))
    const seen = await asDeputy.get(page)
    assert.equal(seen.status, 200)
    assert.doesNotMatch(seen.html, /Ava/)
    assert.equal((await asDeputy.get(`/children/${ava.childId}`)).status, 404)
    for (const agent of [asTeacher, elsewhere]) assert.equal((await agent.get(page)).status, 404)
    const own = await asTeacher.get(`/my-concerns/${id}`)
    assert.doesNotMatch(own.html, /Ava|household/i)
    assert.equal((await asDsl.submit(page, page, { child: ava.childId, state: 'confirmed' })).status, 303)
    assert.equal((await asDeputy.get(`/concerns/${id}`)).status, 404)
    await app.people.query(`update child set tied = '{}' where id = $1`, [ava.childId])
  })

  test('whoever is declared a relative of the brother afterwards is shut out of the link as well', async () => {
    await makeSiblings(macgregor, noah, ava)
    const asDsl = await app.agentFor(dsl.adultId)
    const id = await judge(asDsl, ava)
    await app.people.query('begin')
    await app.people.query('select scope_enter($1, $2, null, $3)', [macgregor.id, dsl.adultId, aFridayAfternoon])
    await app.people.query('select concerns_of_child_exclude($1, array[$2::uuid])', [noah.childId, deputy.adultId])
    await app.people.query('commit')
    const rows = await app.people.query<{ outside: boolean }>(
      'select $3::uuid = any (excluded) as outside from household_child where concern_id = $1 and child_id = $2',
      [id, noah.childId, deputy.adultId],
    )
    assert.deepEqual(rows, [{ outside: true }])
    await app.people.query(`update child set tied = '{}' where id = $1`, [noah.childId])
  })

  test('[MM-4.10-01] what a teacher reports of one pupil links the brother here, and wherever contacts stand it says to check who is safe to call', async () => {
    const school = demo.mmap
    const { tyler, kayleigh } = school.pupils
    await makeSiblings(school, tyler, kayleigh)
    const id = await recordAs(app, school, school.adults.teacher, concernAbout(tyler, { prompts: ['domestic-abuse'] }))
    assert.deepEqual(
      (await household(id)).map(({ child_id, part, state }) => [child_id, part, state]),
      [
        [tyler.childId, 'subject', 'confirmed'],
        [kayleigh.childId, 'sibling', 'awaiting'],
      ],
    )
    const asDsl = await app.agentFor(school.adults.head.adultId)
    const pages = [
      `/concerns/${id}/parents`,
      `/children/${tyler.childId}`,
      `/children/${kayleigh.childId}`,
      `/children/${tyler.childId}/print`,
      `/children/${tyler.childId}/details`,
      `/children/${kayleigh.childId}/details`,
      `/concerns/${id}/triage`,
    ]
    for (const page of pages) assert.match((await asDsl.get(page)).html, /Check who is safe to call/, page)
    const administrator = await app.agentFor(school.adults.systemAdministrator.adultId)
    const details = await administrator.get(`/children/${tyler.childId}/details`)
    assert.equal(details.status, 200)
    assert.doesNotMatch(details.html, /safe to call/, 'whoever keeps the list learns nothing of the concern')
    const page = `/concerns/${id}/household`
    await asDsl.submit(page, page, { child: kayleigh.childId, state: 'dismissed', reason: 'Another household.' })
    assert.doesNotMatch((await asDsl.get(`/children/${kayleigh.childId}`)).html, /safe to call/)
  })

  test('a concern that is moved to the right child takes the caution with it, and leaves none with the wrong child’s brothers and sisters', async () => {
    const asDsl = await app.agentFor(dsl.adultId)
    await makeSiblings(macgregor, noah, ava)
    const id = await judge(asDsl, noah)
    const path = `/concerns/${id}/move`
    const moved = { from: noah.childId, to: george.childId, reason: 'Another Noah was meant.' }
    assert.equal((await asDsl.submit(`${path}?q=pettifer`, path, moved)).status, 303)
    assert.deepEqual(
      new Map((await household(id)).map(({ child_id, state }) => [child_id, state])),
      new Map([
        [noah.childId, 'dismissed'],
        [ava.childId, 'dismissed'],
        [george.childId, 'confirmed'],
      ]),
    )
    assert.match((await asDsl.get(`/concerns/${id}/parents`)).html, /Check who is safe to call/)
    assert.doesNotMatch((await asDsl.get('/today')).html, new RegExp(`${id}/household`))
  })

  test('a concern that is not about the household links nobody', async () => {
    const school = demo.mmap
    await makeSiblings(school, school.pupils.tyler, school.pupils.kayleigh)
    const id = await recordAs(app, school, school.adults.teacher, concernAbout(school.pupils.tyler))
    assert.deepEqual(await household(id), [])
  })
})
