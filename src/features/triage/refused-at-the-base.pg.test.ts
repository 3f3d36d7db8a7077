import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, type DemoSchool, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Actor, Permit } from '../../access/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { type Work, workAs, workInBackground } from '../../work/work.ts'
import { triageRoutes } from './index.ts'
import { getConcernContent, listChildrenKnown } from './page-store.ts'
import { findConcernFacts, insertClosure, insertDecision, insertTriage, saveConcernChange } from './store.ts'

const school = demo.westPark
const { dsl, deputy, teacher, senco } = school.adults

/** A permit that nobody gave: what remains when route and policy are passed by. */
function forged<P extends Permit<never>>(work: Work<Actor>): P {
  return { action: 'concern.read', someone: work.someone, because: 'forged' } as unknown as P
}

describe('what the database refuses when route and policy are passed by', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: triageRoutes, now: aFridayAfternoon })
  })
  after(() => app.close())

  const as = <T>(who: DemoSchool, adult: DemoAdult, body: (work: Work<Actor>) => Promise<T>): Promise<T> =>
    workAs(app.tools, { schoolId: who.id, adultId: adult.adultId }, app.clock.now(), async work => ({
      commit: true,
      value: await body(work),
    }))
  const factsAsDsl = async (id: ConcernId) => {
    const facts = await as(school, dsl, work => findConcernFacts(work, id))
    assert.ok(facts)
    return facts
  }
  const rowsOf = (table: string, id: ConcernId) => app.people.query(`select 1 from ${table} where concern_id = $1`, [id])

  test('another school’s lead, a colleague and a deputy who is tied to the child find nothing', async () => {
    const id = await recordAs(app, school, teacher, concernAbout(school.pupils.zofia))
    for (const [who, adult] of [
      [demo.westley, demo.westley.adults.dsl],
      [school, senco],
      [school, deputy],
    ] as const) {
      assert.equal(await as(who, adult, work => findConcernFacts(work, id)), undefined)
      await assert.rejects(as(who, adult, work => getConcernContent(work, forged(work), id)))
    }
  })

  test('none of them, nor the reporter, can judge, decide, close or change it', async () => {
    const id = await recordAs(app, school, teacher, concernAbout(school.pupils.zofia))
    const facts = await factsAsDsl(id)
    const triage = {
      id: newId<string>(),
      by: teacher.adultId,
      immediateRisk: 'no',
      safeToGoHome: 'yes',
      medical: 'no',
      police: 'no',
      urgentSays: '',
      categories: [],
      framework: 'derby',
      levelId: 'emerging',
      levelPosition: 2,
      rationale: 'x',
      edition: 'x',
    } as const
    const decision = {
      id: newId<string>(),
      by: teacher.adultId,
      choice: 'monitor',
      rationale: 'x',
      notReferringBecause: 'x',
      adviceFrom: '',
      nextLookOn: null,
      edition: 'x',
    } as const
    const closure = { id: newId<string>(), by: teacher.adultId, summary: 'x', outcome: 'x', rationale: 'x', endedClocks: [] }
    for (const adult of [teacher, senco]) {
      await assert.rejects(as(school, adult, work => insertTriage(work, forged(work), facts, triage)))
      await assert.rejects(as(school, adult, work => insertDecision(work, forged(work), facts, decision)))
      await assert.rejects(as(school, adult, work => insertClosure(work, forged(work), facts, closure)))
    }
    for (const adult of [senco, deputy])
      await as(school, adult, work => saveConcernChange(work, forged(work), facts, { state: 'closed' }))
    const [row] = await app.people.query('select state from concern where id = $1', [id])
    assert.equal(row?.['state'], 'new')
    for (const table of ['triage', 'decision', 'closure']) assert.equal((await rowsOf(table, id)).length, 0)
  })

  test('background work sees a concern’s facts and none of its words', async () => {
    const id = await recordAs(app, school, teacher, concernAbout(school.pupils.amina))
    const seen = await workInBackground(app.tools, school.id, app.clock.now(), async work => ({
      commit: false,
      value: {
        facts: await findConcernFacts(work, id),
        known: await listChildrenKnown(work, forged(work as never), id, [school.pupils.amina.childId]),
        content: await getConcernContent(work, forged(work as never), id),
      },
    }))
    assert.equal(seen.facts?.triage ?? null, null)
    assert.deepEqual(seen.content.content.accounts, [])
    assert.deepEqual(seen.content.content.addenda, [])
    assert.deepEqual(seen.known[0]?.contacts, [])
  })
})

describe('scans kept with a concern', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), routes: triageRoutes, now: aFridayAfternoon })
  })
  after(() => app.close())

  test('a scan opens for the team, leaves a trace, and exists for nobody else', async () => {
    const id = await recordAs(app, school, teacher, concernAbout(school.pupils.amina))
    const scan = newId<string>()
    const content = Buffer.from('%PDF-1.7 a paper form')
    await app.people.query(
      `insert into attachment (school_id, id, concern_id, kind, media_type, size_bytes, digest, sealed, added_by, added_at, reporter_id, scan_state, scanned_at)
       values ($1, $2, $3, 'paper-form', 'application/pdf', $4, $5, $6, $7, $8, $7, 'clean', $8)`,
      [
        school.id,
        scan,
        id,
        content.length,
        Buffer.alloc(32),
        app.tools.sealing.seal(`school:${school.id}`, `attachment:${scan}`, content),
        teacher.adultId,
        app.clock.now(),
      ],
    )
    const path = `/concerns/${id}/attachments/${scan}`
    const asDsl = await app.agentFor(dsl.adultId)
    const answer = await asDsl.get(path)
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.raw.rawPayload, content)
    assert.match(String(answer.raw.headers['content-disposition']), /attachment/)
    const audit = await app.people.query(`select 1 from audit_entry where subject_id = $1 and action = 'attachment.opened'`, [id])
    assert.equal(audit.length, 1)
    for (const adult of [teacher, senco]) {
      const other = await app.agentFor(adult.adultId)
      assert.equal((await other.get(path)).status, 404)
    }
  })
})
