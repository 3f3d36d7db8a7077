import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'

const school = demo.westPark
const { dsl, deputy, teacher } = school.adults
const { amina } = school.pupils
const today = { 'on-day': '20', 'on-month': '11', 'on-year': '2026' }

const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ')

describe("a child's file with the full words", () => {
  let app: TestApp
  let asDsl: Agent
  let asDeputy: Agent
  let asTeacher: Agent
  const answered: number[] = []

  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      now: aFridayAfternoon,
      tools: { onAnswered: ({ roundTrips }) => answered.push(roundTrips) },
    })
    await app.people.query('delete from absence')
    asDsl = await app.agentFor(dsl.adultId)
    asDeputy = await app.agentFor(deputy.adultId)
    asTeacher = await app.agentFor(teacher.adultId)
  })
  after(() => app.close())

  /** The other child of the concern, whose name no file but their own has. */
  const other = () => {
    const child = school.children.find(one => !/Amina|Yusuf/.test(one.name))
    assert.ok(child)
    return { ...child, given: child.name.split(' ')[0] ?? '' }
  }
  const record = (more = {}) =>
    recordAs(
      app,
      school,
      teacher,
      concernAbout(amina, {
        prompts: ['behaviour'],
        children: [
          { childId: amina.childId, involvement: 'subject' },
          { childId: other().childId, involvement: 'witness' },
        ],
        ...more,
      }),
    )
  async function send(agent: Agent, page: string, fields: Record<string, string | string[]>): Promise<void> {
    app.pass(1)
    const answer = await agent.submit(page, page.split('?')[0] ?? page, fields)
    assert.equal(answer.status, 303, answer.html)
  }
  async function judged(): Promise<ConcernId> {
    const id = await record()
    const urgent = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no', ...presentation }
    await send(asDsl, `/concerns/${id}/triage`, {
      ...urgent,
      categories: 'emotional-abuse',
      level: 'derby.emerging',
      rationale: 'Low for a week.',
    })
    await send(asDsl, `/concerns/${id}/decision`, {
      choice: 'pastoral',
      rationale: 'A key adult each morning.',
      'not-referring': `No harm is likely, and ${other().given} is fine.`,
      'next-look-day': '27',
      'next-look-month': '11',
      'next-look-year': '2026',
    })
    return id
  }
  const correct = async (id: ConcernId, table: 'triage' | 'decision' | 'closure', says: string) => {
    const [row] = await app.people.query<{ id: string }>(`select id from ${table} where concern_id = $1`, [id])
    await send(asDeputy, `/concerns/${id}/amendments/new`, { of: row?.id ?? '', says, because: 'Two calls were mixed up.' })
  }
  const paperOf = (child: { readonly childId: string }, agent = asDeputy) =>
    agent.get(`/children/${child.childId}/print?words=1&order=oldest`)
  /** The part of the page for the entry of this heading on the paper. */
  const entryOf = (html: string, heading: string) => {
    const found = html.split('id="e-').filter(part => part.includes(heading))
    assert.equal(found.length, 1, heading)
    return textOf(found[0] ?? '')
  }

  test('holds why the reporter is still worried and the answer, each where it was written, without the other child’s name', async () => {
    const id = await judged()
    await send(asTeacher, `/my-concerns/${id}/still-worried`, { says: `She told ${other().given} that nothing has changed.` })
    const [open] = await app.people.query<{ id: string; to_id: typeof dsl.adultId }>(
      'select id, to_id from challenge where concern_id = $1',
      [id],
    )
    assert.ok(open)
    app.pass(1)
    const answerer = await app.agentFor(open.to_id)
    const reply = { challenge: open.id, says: 'Her key adult now sees her twice a day.' }
    assert.equal((await answerer.post(`/concerns/${id}/challenges`, reply)).status, 303)
    const { html } = await paperOf(amina)
    assert.match(
      entryOf(html, 'The reporter is still worried'),
      /Why whoever reported it is still worried She told \[child \d\] that nothing has changed\./,
    )
    assert.doesNotMatch(entryOf(html, 'The reporter is still worried'), /twice a day/)
    assert.match(
      entryOf(html, 'The reporter was answered'),
      /The answer to whoever was still worried Her key adult now sees her twice a day\./,
    )
    assert.ok(!html.includes(other().given))
    assert.doesNotMatch((await paperOf(other())).html, /nothing has changed|twice a day/)
  })

  test('holds talks with parents and emergency calls, with whom, when and what was said', async () => {
    const id = await record()
    const { given } = other()
    await send(asTeacher, `/my-concerns/${id}/family-contact`, {
      ...today,
      at: '12:20',
      who: `${given}’s mother`,
      how: 'telephone',
      says: 'Told her that Amina was upset.',
    })
    await send(asTeacher, `/my-concerns/${id}/emergency-call`, {
      ...today,
      at: '12:05',
      'rang-by': 'Sophie Hartnell',
      service: 'police',
      incident: '44',
      says: 'A car comes.',
    })
    const { html } = await paperOf(amina)
    assert.match(
      entryOf(html, 'Parent contacted before DSL advice'),
      /Talk with a parent \[child \d\]’s mother, by telephone, .*12:20pm\. Told her that Amina was upset\. It was before the safeguarding team had advised\./,
    )
    assert.match(
      entryOf(html, 'Emergency call: police'),
      /Emergency call Police, .*12:05pm\. Sophie Hartnell rang\. Incident number 44\. A car comes\./,
    )
    await app.people.query('update family_contact set excluded = array[$2::uuid] where concern_id = $1', [id, deputy.adultId])
    assert.doesNotMatch((await paperOf(amina)).html, /that Amina was upset/)
  })

  test('holds how an injury of this child is said to have happened, and not another child’s', async () => {
    const mark = { side: 'front', region: 'left-knee', x: null, y: null, sizeSays: '', colour: '' } as const
    const id = await record({
      marks: [
        { ...mark, childId: amina.childId, description: 'A round bruise', explanation: 'I fell over the step' },
        { ...mark, childId: other().childId, description: 'A graze', explanation: 'It was the hedge' },
      ],
    })
    await send(asTeacher, `/my-concerns/${id}/explanations/new?mark=1`, {
      by: 'parent',
      'by-says': 'mother',
      says: `${other().given} pushed her`,
      agrees: 'no',
      treatment: 'sought',
      'treatment-says': 'Walk-in centre',
    })
    const { html } = await paperOf(amina)
    const [recorded] = html.split('id="e-').filter(part => part.includes('I fell over the step'))
    assert.match(
      textOf(recorded ?? ''),
      /How the injury happened Injury 1: A round bruise The child says: “I fell over the step”/,
    )
    const later = html.split('id="e-').filter(part => part.includes('pushed her'))
    assert.equal(later.length, 1, 'once, on the entry of its moment')
    assert.match(
      textOf(later[0] ?? ''),
      /A parent or carer \(mother\) says: “\[child \d\] pushed her” Treatment was sought: Walk-in centre\. .*It does not agree with what was said before\./,
    )
    assert.doesNotMatch(html, /It was the hedge|A graze/)
  })

  test('holds what was not referred and why with the decision and the closing, and a correction beside what it corrects', async () => {
    const id = await judged()
    await correct(id, 'triage', 'The level was judged on the wrong day.')
    await correct(id, 'decision', `It was her aunt who agreed, and ${other().given}’s mother.`)
    const clocks = await app.people.query<{ id: string }>(
      `select id from clock where concern_id = $1 and met_at is null and ended_at is null and name <> 'parent-informed'`,
      [id],
    )
    await send(asDsl, `/concerns/${id}/parents`, { child: amina.childId, outcome: 'told', who: 'Her aunt', says: 'She knows.' })
    await send(asDsl, `/concerns/${id}/close`, {
      summary: 'Low in spirits after her grandmother died.',
      outcome: 'She has a key adult.',
      rationale: 'Nothing more to do.',
      'end-clock': clocks.map(clock => clock.id),
      'not-referred': 'prevent',
      'not-referred-prevent': 'The slogan was a football song.',
    })
    await correct(id, 'closure', 'It was her grandfather who died.')

    const { html } = await paperOf(amina)
    const entriesWith = (words: string) => html.split('id="e-').filter(part => part.includes(words))
    const both = (words: string, first: RegExp, heading: string) => {
      const found = entriesWith(words).map(textOf)
      assert.equal(found.length, 2, `${words}: beside what it corrects, and on its own line`)
      assert.match(found[0] ?? '', first)
      assert.match(found[1] ?? '', new RegExp(heading))
    }
    both(
      'on the wrong day',
      /Low for a week\. Correction The level was judged on the wrong day\. Why: Two calls/,
      'Triage corrected',
    )
    both(
      'It was her aunt who agreed, and [child ',
      /A key adult each morning\. Not referred, and why Children's social care: No harm is likely, and \[child \d\] is fine\. Correction It was her aunt/,
      'Decision corrected',
    )
    both(
      'It was her grandfather',
      /Nothing more to do\. Not referred, and why Prevent: The slogan was a football song\. Correction It was her grandfather who died\. Why: Two calls were mixed up\. Corrected by/,
      'Closing corrected',
    )
  })

  test('holds what was answered while it was recorded, under the question as it was asked', async () => {
    const { westacre } = demo
    const [child] = westacre.children
    assert.ok(child)
    await recordAs(
      app,
      westacre,
      westacre.adults.teacher,
      concernAbout(child, {
        answers: [{ question: 'asked-for-secrecy', option: 'asked', says: 'I said that I cannot promise that.', on: null }],
      }),
    )
    const { html } = await paperOf(child, await app.agentFor(westacre.adults.head.adultId))
    assert.match(
      textOf(html),
      /Asked while recording Did the child ask you to keep it secret\? Yes I said that I cannot promise that\./,
    )
  })

  test('leaves out what one wrote oneself and was shut out of since, and takes no further round trip', async () => {
    const id = await recordAs(app, school, dsl, concernAbout(amina, { prompts: ['behaviour'] }))
    await send(asDsl, `/my-concerns/${id}/family-contact`, {
      ...today,
      at: '11:00',
      who: 'Her uncle',
      how: 'telephone',
      says: 'He will ask at home.',
    })
    assert.match((await paperOf(amina, asDsl)).html, /He will ask at home/)
    await app.people.query('update family_contact set excluded = array[$2::uuid] where concern_id = $1', [id, dsl.adultId])
    answered.length = 0
    assert.doesNotMatch((await paperOf(amina, asDsl)).html, /He will ask at home/)
    assert.ok(Math.max(...answered) <= 5, `round trips: ${answered.join(', ')}`)
  })
})
