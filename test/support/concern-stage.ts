import assert from 'node:assert/strict'
import type { DemoAdult, DemoSchool } from '../../demo/people.ts'
import { type Action, type Actor, authorise, type Permit } from '../../src/access/index.ts'
import { lookRoundSchool } from '../../src/features/alerts/index.ts'
import { answerStep, type KeptStep, type StepAnswer } from '../../src/features/pathways/index.ts'
import { type ConcernFacts, findConcernFacts, subjectOf } from '../../src/features/triage/index.ts'
import type { ChildId, ConcernId } from '../../src/kernel/ids.ts'
import type { Instant } from '../../src/kernel/plain-date.ts'
import { type Work, workAs, workInBackground } from '../../src/work/work.ts'
import { startTestApp, type TestApp } from './app.ts'
import { concernAbout, recordAs } from './concerns.ts'
import { testPolicies } from './demonstration.ts'

export type Person = Pick<DemoAdult, 'adultId' | 'schoolId'>

/** The demonstration schools with everybody at work and nothing open, so that only what a test does has happened. */
export async function startQuietSchools(now: string): Promise<TestApp> {
  const app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: now as Instant })
  await app.people.query(`update appointment set starts_at = '2024-01-01' where ends_at is null`)
  await app.people.query('delete from absence')
  await app.people.query(`update concern set state = 'closed'`)
  return app
}

/** What came of a command: `ok`, or the code of its refusal. */
export function codeOf(result: { readonly ok: boolean; readonly refusal?: unknown }): string {
  return result.ok ? 'ok' : ((result.refusal as { code?: string }).code ?? String(result.refusal))
}

/** Acts upon concerns in the demonstration schools, as one of their people and at the app's moment. */
export function concernStage(appOf: () => TestApp) {
  const set = (moment: string) => appOf().clock.set(new Date(moment).toISOString() as Instant)
  const as = <T>(person: Person, body: (work: Work<Actor>) => Promise<T>) =>
    workAs(appOf().tools, { schoolId: person.schoolId, adultId: person.adultId }, appOf().clock.now(), async work => ({
      commit: true,
      value: await body(work),
    }))
  const on = <A extends Action, T>(
    person: Person,
    action: A,
    id: ConcernId,
    body: (work: Work<Actor>, permit: Permit<A>, concern: ConcernFacts) => Promise<T>,
  ) =>
    as(person, async work => {
      const concern = await findConcernFacts(work, id)
      assert.ok(concern)
      return body(work, authorise(work.someone, action, subjectOf(work, concern)), concern)
    })
  const record = (school: DemoSchool, adult: Person, child: { childId: ChildId }, prompts: readonly string[], more = {}) =>
    recordAs(appOf(), school, adult, concernAbout(child, { prompts, ...more }))
  const stepsOf = (dsl: Person, id: ConcernId) => on(dsl, 'concern.read', id, async (_work, _permit, concern) => concern.steps)
  const stepNamed = async (dsl: Person, id: ConcernId, name: string): Promise<KeptStep> => {
    const steps = await stepsOf(dsl, id)
    const step = steps.find(one => `${one.pathway}.${one.step}` === name)
    return step ?? assert.fail(`no ${name} among ${steps.map(one => `${one.pathway}.${one.step}`).join(', ')}`)
  }
  const answer = async (person: Person, id: ConcernId, name: string, what: Partial<StepAnswer>) => {
    const step = await stepNamed(person, id, name)
    const bare = {
      kind: 'done',
      at: appOf().clock.now(),
      withWhom: '',
      reference: '',
      says: '',
      adultId: null,
      holds: false,
    } as const
    return on(person, 'pathway.answer', id, (work, permit, concern) =>
      answerStep(work, permit, concern, step, { ...bare, ...what }),
    )
  }
  const pageOf = async (person: Person, path: string) => {
    const { html, status } = await (await appOf().agentFor(person.adultId)).get(path)
    assert.equal(status, 200, path)
    return html
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&#39;', '’')
      .replaceAll(/\s+/g, ' ')
  }
  const look = (school: Pick<DemoSchool, 'id'>) =>
    workInBackground(appOf().tools, school.id, appOf().clock.now(), async work => ({
      commit: true,
      value: await lookRoundSchool(work),
    }))
  return { set, as, on, record, stepsOf, stepNamed, answer, pageOf, look }
}
