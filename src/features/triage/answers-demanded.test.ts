import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, type DemoSchool, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { authorise } from '../../access/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workAs } from '../../work/work.ts'
import { decide, triageConcern } from './commands.ts'
import type { NewTriage } from './model.ts'
import { refusalInWords } from './refusals.ts'
import { revisionOf } from './rules.ts'
import { findConcernFacts, subjectOf } from './store.ts'

describe('whoever judges or decides without the form', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: '2026-11-20T13:40:00.000Z' as Instant })
  })
  after(() => app.close())

  const factsAs = <T>(
    school: DemoSchool,
    adult: DemoAdult,
    id: ConcernId,
    body: (
      work: Parameters<Parameters<typeof workAs>[3]>[0],
      concern: NonNullable<Awaited<ReturnType<typeof findConcernFacts>>>,
    ) => Promise<T>,
  ) =>
    workAs(app.tools, { schoolId: school.id, adultId: adult.adultId }, app.clock.now(), async work => {
      const concern = await findConcernFacts(work, id)
      assert.ok(concern)
      return { commit: true, value: await body(work, concern) }
    })
  const stateOf = async (id: ConcernId) =>
    (await app.people.query<{ state: string }>('select state from concern where id = $1', [id]))[0]?.state
  const triage: NewTriage = {
    immediateRisk: 'no',
    safeToGoHome: 'yes',
    medical: 'no',
    police: 'no',
    urgentSays: '',
    categories: ['domestic-abuse-witnessed'],
    mainCategory: 'domestic-abuse-witnessed',
    startedAt: '2026-11-20T13:40:00.000Z' as Instant,
    framework: 'staffordshire',
    levelId: 'additional',
    rationale: 'Heard it at night.',
  }

  test('the command refuses a triage that lacks an answer which the policy demands, and takes it with the answers', async () => {
    const school = demo.williamMacgregor
    const { teacher, dsl } = school.adults
    const id = await recordAs(app, school, teacher, concernAbout(school.pupils.noah))
    const attempt = (answers: NewTriage['answers']) =>
      factsAs(school, dsl, id, async (work, concern) => {
        const permit = authorise(work.someone, 'concern.triage', subjectOf(work, concern))
        const result = await triageConcern(work, permit, concern, { ...triage, answers: answers ?? [] }, revisionOf(concern))
        return { result, said: result.ok ? undefined : refusalInWords(result.refusal, concern) }
      })
    const how = { question: 'witnessed-how', option: 'heard', says: '', on: null }
    const none = await attempt([])
    assert.ok(!none.result.ok && none.result.refusal.code === 'question-unanswered')
    assert.equal(none.said?.field, 'answer-witnessed-how')
    const invented = await attempt([{ ...how, option: 'invented' }])
    assert.ok(!invented.result.ok, 'an option that the policy does not have is no answer')
    const half = await attempt([how])
    assert.ok(!half.result.ok && half.result.refusal.code === 'question-unanswered')
    assert.equal(half.said?.field, 'answer-witnessed-adults')
    assert.equal(await stateOf(id), 'new')
    const whole = await attempt([
      how,
      { question: 'witnessed-adults', option: null, says: 'Her mother and her uncle.', on: null },
    ])
    assert.ok(whole.result.ok)
    assert.equal(await stateOf(id), 'triaged')
  })

  test('the command refuses a decision that lacks an answer which the policy demands', async () => {
    const school = demo.westley
    const { teacher, dsl } = school.adults
    const id = await recordAs(app, school, teacher, concernAbout(school.pupils.skye))
    await app.people.query(`update concern set state = 'triaged' where id = $1`, [id])
    const attempt = (says: string) =>
      factsAs(school, dsl, id, async (work, concern) => {
        const permit = authorise(work.someone, 'concern.decide', subjectOf(work, concern))
        const decision = {
          choice: 'monitor',
          rationale: 'Watch what happens at lunch.',
          notReferringBecause: 'Below the threshold.',
          adviceFrom: '',
          nextLookOn: null,
          answers: [{ question: 'best-interests', option: null, says, on: null }],
        } as const
        return decide(work, permit, concern, decision, revisionOf(concern))
      })
    const empty = await attempt('')
    assert.ok(!empty.ok && empty.refusal.code === 'question-unanswered')
    assert.equal(await stateOf(id), 'triaged')
    assert.ok((await attempt('He keeps the adult whom he trusts.')).ok)
  })
})
