import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Answer, startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  errorsOf,
  leastOf,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
  sendToCheck,
} from '../../../test/support/concern-form.ts'
import type { TestAdult } from '../../../test/support/people.ts'
import { authorise } from '../../access/index.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { demandedAnswers } from '../../rehearsal/events/words.ts'
import { workAs } from '../../work/work.ts'
import { findConcernFacts, frameworksFor, revisionOf, subjectOf, triageConcern } from '../triage/index.ts'
import { answerStep } from './index.ts'

describe('colleagues with whom the team confers about a child', () => {
  let app: TestApp
  let westPark: SchoolWithForm
  let westacre: SchoolWithForm
  let mmap: SchoolWithForm
  const colleague = new Map<string, TestAdult>()

  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: '2026-11-18T11:00:00.000Z' as Instant })
    westPark = await schoolWithForm(app, 'west-park')
    westacre = await schoolWithForm(app, 'westacre')
    mmap = await schoolWithForm(app, 'mmap')
    for (const [name, of] of Object.entries({ westPark, westacre, mmap })) {
      colleague.set(`${name} senco`, await app.people.addAdult(of.school, { name: 'Sela Corr', roles: ['senco'] }))
      colleague.set(`${name} lead`, await app.people.addAdult(of.school, { name: 'Mina Holt', roles: ['mental-health-lead'] }))
    }
  })
  after(() => app.close())

  const who = (name: string) => colleague.get(name) ?? assert.fail(name)
  const hasStatus = (of: SchoolWithForm, child: ChildId, status: string) =>
    app.people.query(
      `insert into child_status (school_id, id, child_id, status, starts_on) values ($1, $2, $3, $4, '2026-01-05')`,
      [of.school.id, newId<string>(), child, status],
    )
  const stepsOf = (id: string) =>
    app.people.query<{ id: string; name: string; consulted: AdultId | null; settled: string | null }>(
      `select id, pathway || '.' || step as name, consulted_id as consulted, settled from pathway_step where concern_id = $1 order by 2`,
      [id],
    )
  const noticesTo = (adult: TestAdult) =>
    app.people.query<{ link: string; told: string }>(
      'select link, told_at::text as told from notice where adult_id = $1 order by told_at, id',
      [adult.id],
    )
  const alertedOf = async (id: string) =>
    (
      await app.people.query<{ adult_id: AdultId }>(`select adult_id from alert where concern_id = $1 order by adult_id`, [id])
    ).map(row => row.adult_id)
  const ids = (...people: readonly TestAdult[]) => people.map(({ id }) => id).toSorted()

  const triage = (
    of: SchoolWithForm,
    id: string,
    categories: readonly string[] = [],
    given: Record<string, [string, string]> = {},
    immediateRisk: 'yes' | 'no' = 'no',
  ) =>
    workAs(app.tools, { schoolId: of.school.id, adultId: of.dsl.id }, app.clock.now(), async work => {
      const concern = await findConcernFacts(work, id as ConcernId)
      assert.ok(concern)
      const [framework] = frameworksFor(work.profile, concern)
      const [level] = framework?.levels ?? []
      assert.ok(framework && level)
      const asked = demandedAnswers(work.profile, 'triage', { categories, prompts: concern.prompts }, localDate(work.now))
      const done = await triageConcern(
        work,
        authorise(work.someone, 'concern.triage', subjectOf(work, concern)),
        concern,
        {
          ...{ immediateRisk, safeToGoHome: 'yes', medical: 'no', police: 'no', urgentSays: '' },
          ...{ categories, mainCategory: categories[0] ?? null, framework: framework.authority, levelId: level.id },
          rationale: 'As reported.',
          answers: asked.map(answer => {
            const [option, says] = given[answer.question] ?? []
            return option === undefined ? answer : { ...answer, option, says: says ?? '' }
          }),
        },
        revisionOf(concern),
      )
      return { commit: done.ok, value: done.ok ? 'ok' : done.refusal.code }
    })
  const settle = (of: SchoolWithForm, id: string, kind: 'done' | 'not-done', says: string) =>
    workAs(app.tools, { schoolId: of.school.id, adultId: of.dsl.id }, app.clock.now(), async work => {
      const concern = await findConcernFacts(work, id as ConcernId)
      const step = concern?.steps.find(one => one.consultedId !== null)
      assert.ok(concern && step)
      const permit = authorise(work.someone, 'pathway.answer', subjectOf(work, concern))
      const bare = { at: work.now, withWhom: '', reference: '', adultId: null, holds: false }
      const done = await answerStep(work, permit, concern, step, { ...bare, kind, says })
      return { commit: done.ok, value: done.ok ? 'ok' : done.refusal.code }
    })
  const own = async (adult: TestAdult, path: string): Promise<Answer> => (await app.agentFor(adult.id)).get(path)

  test('[WP-5-09] a concern about an autistic pupil at eleven: when the DSL opens triage the SENCo is asked already, who sees the child’s name and nothing of the concern; triage without it is refused unless a reason says why it cannot wait', async () => {
    await hasStatus(westPark, westPark.robin, 'neurodevelopmental-condition')
    const { id } = await recordByForm(westPark.page, leastOf(westPark))
    const senco = who('westPark senco')
    const [step] = await stepsOf(id)
    assert.deepEqual([step?.name, step?.consulted], ['special-needs.confer', senco.id])
    const [told, ...more] = await noticesTo(senco)
    assert.equal(told?.link, `/consultations/${step?.id}`)
    assert.equal(more.length, 0)
    const dsl = await app.agentFor(westPark.dsl.id)
    assert.match((await dsl.get(`/concerns/${id}`)).html, /The DSL and the SENCo confer[\s\S]*Sela Corr/)

    const asked = await own(senco, told?.link ?? '')
    assert.equal(asked.status, 200)
    assert.match(asked.html, /Robin Ashdown/)
    assert.match(asked.html, /helped to communicate/)
    assert.doesNotMatch(asked.html, /wet shoes|because it is November/)
    assert.equal((await own(senco, `/concerns/${id}`)).status, 404)
    assert.equal((await own(westPark.teacher, told?.link ?? '')).status, 404)

    assert.equal(await triage(westPark, id), 'confer-first')
    assert.equal(await settle(westPark, id, 'not-done', ''), 'reason-needed')
    assert.equal(await settle(westPark, id, 'not-done', 'The child goes home in ten minutes.'), 'ok')
    assert.equal(await triage(westPark, id), 'ok')
  })

  test('where triage says that a child is in danger nobody waits for the SENCo, and the step stays to be done', async () => {
    const { id } = await recordByForm(westPark.page, leastOf(westPark))
    assert.equal(await triage(westPark, id), 'confer-first')
    assert.equal(await triage(westPark, id, [], {}, 'yes'), 'ok')
    const open = (await stepsOf(id)).map(({ name, consulted }) => [name, consulted])
    assert.ok(open.some(([name, consulted]) => name === 'special-needs.confer' && consulted === who('westPark senco').id))
    assert.equal(await settle(westPark, id, 'done', 'Picture cards; agreed with the SENCo.'), 'ok')
  })

  test('[WA-16-01] a pupil with SEN support in a concern about abuse: triage is refused while nothing of the SENCO is written; what the SENCO writes, dated, or a reason lets it through', async () => {
    await hasStatus(westacre, westacre.robin, 'special-educational-needs')
    const senco = who('westacre senco')
    const { id } = await recordByForm(westacre.page, { ...leastOf(westacre), prompt: 'witnessed' })
    assert.equal(await triage(westacre, id, ['physical-abuse']), 'confer-first')
    const [told] = await noticesTo(senco)
    const page = await app.agentFor(senco.id)
    const link = told?.link ?? ''
    const bare = await page.submit(link, link, {})
    assert.deepEqual(errorsOf(bare.html), ['says: Write what is asked for here.'])
    assert.equal((await page.submit(link, link, { says: 'Signs with cards; lunch with Mrs Vale.' })).status, 303)
    const written = await app.people.query<{ at: string; by_id: string }>(
      'select at::text, by_id from pathway_event where concern_id = $1',
      [id],
    )
    assert.deepEqual(
      written.map(row => [row.by_id, row.at.slice(0, 16)]),
      [[senco.id, '2026-11-18 11:00']],
    )
    assert.equal(await triage(westacre, id, ['physical-abuse']), 'ok')

    const other = await recordByForm(westacre.page, { ...leastOf(westacre), prompt: 'witnessed' })
    assert.equal(await triage(westacre, other.id, ['physical-abuse']), 'confer-first')
    assert.equal(await settle(westacre, other.id, 'not-done', 'The SENCO is on leave; I ring her on Monday.'), 'ok')
    assert.equal(await triage(westacre, other.id, ['physical-abuse']), 'ok')
    const without = await recordByForm(westacre.page, { ...leastOf(westacre), child: westacre.kim })
    assert.equal(await triage(westacre, without.id, ['physical-abuse']), 'ok')
  })

  test('a SENCO who is tied to the child is not brought in, and one shut out afterwards sees it no more', async () => {
    const senco = who('westPark senco')
    const before = (await noticesTo(senco)).length
    await hasStatus(westPark, westPark.kim, 'education-health-care-plan')
    const { id } = await recordByForm(westPark.page, { ...leastOf(westPark), child: westPark.kim })
    const link = (await noticesTo(senco)).at(-1)?.link ?? ''
    assert.equal((await own(senco, link)).status, 200)
    await app.people.query(`update pathway_step set excluded = array[$2::uuid] where concern_id = $1`, [id, senco.id])
    assert.equal((await own(senco, link)).status, 404)
    await app.people.query(`update child set tied = array[$2::uuid] where id = $1`, [westPark.kim, senco.id])
    const { id: tied } = await recordByForm(westPark.page, { ...leastOf(westPark), child: westPark.kim })
    assert.deepEqual(
      (await stepsOf(tied)).map(({ consulted }) => consulted),
      [null],
    )
    assert.equal((await noticesTo(senco)).length, before + 1)
  })

  test('[MM-4.11-01] marks of self-harm are not taken without the body map, and go to the DSL and the deputy at once', async () => {
    const marked = { ...leastOf(mmap), prompt: 'suicidal', 'answer-also-safeguarding': 'self-harm' }
    const bare = await sendToCheck(mmap.page, marked)
    assert.deepEqual(errorsOf(bare.html), ['injury: Show the injury on the body map, or say that you have not seen it yourself.'])
    const one = { 'mark.child': '', 'mark.x': '', 'mark.y': '', 'mark.size': '', 'mark.colour': '', 'mark.explanation': '' }
    const { id } = await recordByForm(mmap.page, {
      ...{ ...marked, ...one, 'mark.region': 'front:left-forearm', 'mark.description': 'Three thin lines' },
    })
    const [concern] = await app.people.query<{ urgent: boolean }>('select urgent from concern where id = $1', [id])
    assert.equal(concern?.urgent, true)
    assert.deepEqual(await alertedOf(id), ids(mmap.dsl, mmap.deputy))
  })

  test('[MM-5.2-01] “withdrawn since January” without a safeguarding worry is told to the mental health lead, once, and a referral stays a question until it is answered', async () => {
    const lead = who('mmap lead')
    const before = (await noticesTo(lead)).length
    const { id } = await recordByForm(mmap.page, {
      ...leastOf(mmap),
      ...{ prompt: 'suicidal', 'answer-also-safeguarding': 'no', seen: 'Withdrawn since January.' },
    })
    const [concern] = await app.people.query<{ urgent: boolean }>('select urgent from concern where id = $1', [id])
    assert.equal(concern?.urgent, false)
    assert.equal((await noticesTo(lead)).length, before + 1)
    assert.equal(await triage(mmap, id), 'ok')
    const open = async () => (await stepsOf(id)).filter(({ settled }) => settled === null).map(({ name }) => name)
    assert.deepEqual(await open(), ['mental-health.lead', 'mental-health.referral'])
    const dsl = await app.agentFor(mmap.dsl.id)
    const closed = await dsl.submit(`/concerns/${id}/close`, `/concerns/${id}/close`, {
      summary: 'x',
      outcome: 'x',
      rationale: 'x',
    })
    assert.notEqual(closed.status, 303)
    const steps = await stepsOf(id)
    const at = `/concerns/${id}/steps/${steps.find(({ name }) => name === 'mental-health.referral')?.id}`
    assert.equal((await dsl.submit(at, at, { kind: 'not-done', says: '' })).status, 422)
    assert.equal((await dsl.submit(at, at, { kind: 'not-done', says: 'Sees her counsellor already.' })).status, 303)
    assert.deepEqual(await open(), ['mental-health.lead'])

    // A lead who is a deputy has every concern among their alerts already.
    await app.people.query(
      `insert into appointment (school_id, id, adult_id, role, starts_at) values ($1, $2, $3, 'deputy-dsl', '2026-09-01')`,
      [mmap.school.id, newId<string>(), lead.id],
    )
    await recordByForm(mmap.page, { ...leastOf(mmap), prompt: 'suicidal', 'answer-also-safeguarding': 'no' })
    assert.equal((await noticesTo(lead)).length, before + 1)
  })

  test('[WA-44-01] a mental health worry of which the teacher is unsure whether it is safeguarding: DSL and deputy are told at once; one that is not brings in the lead for mental health', async () => {
    const worry = { ...leastOf(westacre), child: westacre.kim, prompt: 'mental-health' }
    const unsaid = await sendToCheck(westacre.page, worry)
    assert.equal(unsaid.status, 422)
    const { id } = await recordByForm(westacre.page, { ...worry, 'answer-also-safeguarding': 'unsure' })
    const urgent = async (of: string) =>
      (await app.people.query<{ urgent: boolean }>('select urgent from concern where id = $1', [of]))[0]?.urgent
    assert.equal(await urgent(id), true)
    assert.deepEqual(await alertedOf(id), ids(westacre.dsl, westacre.deputy))
    const lead = who('westacre lead')
    assert.equal((await noticesTo(lead)).length, 0)
    const calm = await recordByForm(westacre.page, { ...worry, 'answer-also-safeguarding': 'no' })
    assert.equal(await urgent(calm.id), false)
    assert.equal((await noticesTo(lead)).length, 1)
  })

  test('[WA-5-45] triage of a concern tagged mental health without the lead is refused until it says why; brought in, the lead is told', async () => {
    const lead = who('westacre lead')
    const before = (await noticesTo(lead)).length
    const fresh = async () => (await recordByForm(westacre.page, { ...leastOf(westacre), child: westacre.kim })).id
    const id = await fresh()
    assert.equal(await triage(westacre, id, ['mental-health'], { 'mental-health-lead': ['not-now', ''] }), 'question-unanswered')
    assert.equal(
      await triage(westacre, id, ['mental-health'], { 'mental-health-lead': ['not-now', 'The lead is the reporter.'] }),
      'ok',
    )
    assert.equal((await noticesTo(lead)).length, before)
    assert.equal(await triage(westacre, await fresh(), ['mental-health'], { 'mental-health-lead': ['bring-in', ''] }), 'ok')
    assert.equal((await noticesTo(lead)).length, before + 1)
  })
})
