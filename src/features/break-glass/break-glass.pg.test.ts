import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey, schoolWithForm } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { type Actor, Denied } from '../../access/index.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, workAs } from '../../work/work.ts'
import { breakGlass, findGlass, findGlassChild, reviewGlass } from './index.ts'

type School = Awaited<ReturnType<typeof schoolWithForm>>
const why = { reason: 'Robin’s father is at the gate and the DSL does not answer.', hours: '1' }

describe('breaking the glass', () => {
  let app: TestApp
  let of: School
  let senco: AdultId
  let chair: AdultId
  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: '2026-11-18T10:00:00.000Z' as Instant })
    of = await schoolWithForm(app, 'west-park')
    senco = (await app.people.addAdult(of.school, { name: 'Sena Cole', roles: ['senco'] })).id
    chair = (await app.people.addAdult(of.school, { name: 'Cora Hale', roles: ['chair-of-governors'] })).id
    await recordAs(app, of.school, { adultId: of.teacher.id }, concernAbout({ childId: of.robin }))
    const named = { adultId: senco, name: 'Sena Cole', relation: '', involvement: 'alleged', toldAt: null } as const
    await recordAs(
      app,
      of.school,
      { adultId: of.teacher.id },
      concernAbout(
        { childId: of.robin },
        { adults: [named], account: { childWords: '', seen: 'Miss Cole shouted at him.', opinion: '', done: '' } },
      ),
    )
  })
  after(() => app.close())

  const as = <T>(adultId: AdultId, body: (work: Work<Actor>) => Promise<T>) =>
    workAs(app.tools, { schoolId: of.school.id, adultId }, app.clock.now(), async work => ({
      commit: true,
      value: await body(work),
    }))
  /** What the database itself shows of the child, with every check of the program left out. */
  const seenAlone = (adultId: AdultId) =>
    as(adultId, async work => {
      const [row] = await work.tx.run<{ entries: number; words: number; contacts: number }>(
        {
          name: 'seen_alone',
          text: `select (select count(*)::int from entry where child_id = $1) as entries, (select count(*)::int from concern_account) as words,
            (select count(*)::int from child_contact where child_id = $1) as contacts`,
        },
        [of.robin],
      )
      return row
    })
  const open = async (agent: Agent, fields = why) => {
    const answer = await agent.post(`/children/${of.robin}/break-glass`, fields)
    return { ...answer, id: answer.location?.split('/').at(-1) ?? '' }
  }
  const trail = (event: string) =>
    app.people.query<{ actor_id: string; subject_id: string; body: string }>(
      'select actor_id, subject_id, body from audit_entry where school_id = $1 and action = $2 order by n',
      [of.school.id, event],
    )
  const toldOf = (id: string) =>
    app.people.query<{ adult_id: AdultId; says: string; urgent: boolean }>(
      'select adult_id, says, urgent from notice where school_id = $1 and link = $2 order by adult_id',
      [of.school.id, `/break-glass/${id}/review`],
    )

  test('a SENCO reads a child’s file for an hour with a reason, but not what is alleged of them; head and DSL are told at once', async () => {
    const agent = await app.agentFor(senco)
    assert.deepEqual(await seenAlone(senco), { entries: 0, words: 0, contacts: 0 })
    const empty = await open(agent, { reason: '', hours: '' })
    assert.equal(empty.status, 422)
    assert.match(empty.html, /Enter why it cannot wait[\s\S]*Select until when/)
    const { id, status } = await open(agent)
    assert.equal(status, 303)
    const told = await toldOf(id)
    assert.deepEqual(told.map(one => one.adult_id).sort(), [of.dsl.id, of.head.id].sort())
    for (const { says, urgent } of told) assert.ok(urgent && !/Robin|Ashdown/.test(says))
    const file = await agent.get(`/break-glass/${id}`)
    assert.equal(file.status, 200)
    assert.match(file.html, /I do not want to go home/)
    assert.doesNotMatch(file.html, /Miss Cole/)
    assert.equal((await seenAlone(senco))?.words, 1)
    assert.equal((await trail('glass.broken')).length, 1)
    assert.deepEqual(
      (await trail('glass.file-opened')).map(entry => [entry.actor_id, entry.subject_id]),
      [[senco, of.robin]],
    )
    app.pass(61)
    assert.equal((await agent.get(`/break-glass/${id}`)).status, 404)
    assert.deepEqual(await seenAlone(senco), { entries: 0, words: 0, contacts: 0 })
  })

  test('it stays in the list until the head or the DSL has closed its review, and closes with it; never by whoever did it', async () => {
    const agent = await app.agentFor(senco)
    const { id } = await open(agent, { ...why, hours: '24' })
    const dsl = await app.agentFor(of.dsl.id)
    assert.match((await dsl.get('/break-glass')).html, /To be reviewed: 2/)
    const onToday = async (page: Agent) =>
      /<a class="govuk-link" href="\/break-glass">([^<]+)<\/a>: nobody has reviewed/.exec((await page.get('/today')).html)?.[1]
    assert.equal(await onToday(dsl), '2 files were opened by breaking the glass')
    assert.equal((await agent.get(`/break-glass/${id}/review`)).status, 404)
    const glass = await as(of.dsl.id, work => findGlass(work, id))
    assert.ok(glass)
    await assert.rejects(
      as(senco, work => reviewGlass(work, glass, { outcome: 'justified', says: 'I was right.' })),
      Denied,
    )
    const alone = (adult: AdultId) =>
      as(adult, work =>
        work.tx.run(
          {
            name: `alone_${newId<string>()}`,
            text: `update glass_break set reviewed_at = $2, reviewed_by = $3, outcome = 'justified', says = 'x' where id = $1 returning id`,
          },
          [id, work.now, adult],
        ),
      )
    assert.deepEqual([await alone(senco), await alone(of.teacher.id)], [[], []])
    const empty = await dsl.post(`/break-glass/${id}/review`, {})
    assert.equal(empty.status, 422)
    app.pass(1)
    const closed = await dsl.post(`/break-glass/${id}/review`, { outcome: 'not-justified', says: 'I was in my room.' })
    assert.equal(closed.status, 303)
    assert.equal((await agent.get(`/break-glass/${id}`)).status, 404)
    assert.deepEqual(await seenAlone(senco), { entries: 0, words: 0, contacts: 0 })
    assert.match((await dsl.get('/break-glass')).html, /To be reviewed: 1/)
    assert.equal(await onToday(dsl), 'A file was opened by breaking the glass')
    const twice = await (await app.agentFor(of.head.id)).post(`/break-glass/${id}/review`, { outcome: 'justified', says: 'x' })
    assert.equal(twice.status, 409)
  })

  test('the post in which it was done ends it, that minute', async () => {
    const agent = await app.agentFor(senco)
    await app.people.appoint(of.school.id, senco, 'teacher')
    const { id } = await open(agent)
    assert.equal((await agent.get(`/break-glass/${id}`)).status, 200)
    await app.people.query(`update appointment set ends_at = $2 where adult_id = $1 and role = 'senco'`, [senco, app.clock.now()])
    assert.equal((await agent.get(`/break-glass/${id}`)).status, 404)
    assert.deepEqual(await seenAlone(senco), { entries: 0, words: 0, contacts: 0 })
    await app.people.appoint(of.school.id, senco, 'senco', app.clock.now())
  })

  test('where the head does it, whom the policy names for a concern about the head is told as well, and learns no child’s name', async () => {
    const { id } = await open(await app.agentFor(of.head.id))
    const told = (await toldOf(id)).map(one => one.adult_id)
    assert.deepEqual(told.sort(), [of.dsl.id, chair].sort())
    const review = await (await app.agentFor(chair)).get(`/break-glass/${id}/review`)
    assert.equal(review.status, 200)
    assert.match(review.html, /Hugh Petty/)
    assert.doesNotMatch(review.html, /Robin/)
  })

  test('a teacher, and a head who is tied to the child, open nothing: not by the page, not by the command, not by the database', async () => {
    const tied = (await app.people.addAdult(of.school, { name: 'Hedda Ashdown', roles: ['headteacher'] })).id
    await app.people.query('update child set tied = array_append(tied, $2) where id = $1', [of.robin, tied])
    for (const adult of [tied, of.teacher.id]) {
      assert.equal((await open(await app.agentFor(adult))).status, 404)
      const child = await as(adult, work => findGlassChild(work, of.robin))
      assert.ok(child)
      await assert.rejects(
        as(adult, work => breakGlass(work, child, { reason: 'x', hours: 1 })),
        Denied,
      )
      await assert.rejects(
        as(adult, work =>
          work.tx.run(
            { name: `alone_${newId<string>()}`, text: `select glass_break_open($1, $2, 'x', 1, $3, '{}', $4, 'x', 'x', '/')` },
            [newId<string>(), of.robin, [of.dsl.id], work.now],
          ),
        ),
        /nobody breaks the glass so/,
      )
      assert.equal((await seenAlone(adult))?.entries, 0)
    }
    const { id } = await open(await app.agentFor(senco))
    assert.ok(!(await toldOf(id)).some(one => one.adult_id === tied))
  })

  test('where nobody is left who would hear of it, it is not opened', async () => {
    const lone = await schoolWithForm(app, 'west-park')
    await app.people.query(`update appointment set ends_at = $2 where school_id = $1 and role in ('dsl', 'deputy-dsl')`, [
      lone.school.id,
      app.clock.now(),
    ])
    const agent = await app.agentFor(lone.head.id)
    const answer = await agent.post(`/children/${lone.robin}/break-glass`, why)
    assert.equal(answer.status, 422)
    assert.match(answer.html, /Nobody is left who would hear of it/)
  })
})
