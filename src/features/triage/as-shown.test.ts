import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'

const school = demo.westPark
const { dsl, deputy, deputyTwo, head, teacher } = school.adults
const judgement = {
  ...presentation,
  'immediate-risk': 'no',
  'safe-to-go-home': 'yes',
  medical: 'no',
  police: 'no',
  categories: 'neglect',
  level: 'derby.emerging',
  rationale: 'Hungry three times this month.',
}
const decision = {
  choice: 'monitor',
  'answer-tool-neglect': 'not-used',
  'answer-tool-neglect-not-used-says': 'Seen by the school nurse already.',
  rationale: 'No pattern yet.',
  'not-referring': 'Below the threshold.',
  'next-look-day': '27',
  'next-look-month': '11',
  'next-look-year': '2026',
}

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const sectionOf = (html: string, id: string) => new RegExp(`<h2[^>]*id="${id}">[\\s\\S]*?</section>`).exec(html)?.[0] ?? ''

describe('what is written of a concern, as it is shown', () => {
  let app: TestApp
  let asDsl: Agent
  let asTeacher: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aFridayAfternoon })
    await app.people.query('delete from absence')
    asDsl = await app.agentFor(dsl.adultId)
    asTeacher = await app.agentFor(teacher.adultId)
  })
  after(() => app.close())

  const record = (child = school.pupils.amina, more = {}) => recordAs(app, school, teacher, concernAbout(child, more))
  const send = (agent: Agent, id: ConcernId, form: string, fields: Record<string, string | string[]> = {}) =>
    agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)
  const open = async (child = school.pupils.amina) => {
    const id = await record(child)
    await asDsl.post(`/concerns/${id}/acknowledge`)
    await send(asDsl, id, '/triage', judgement)
    const decided = await send(asDsl, id, '/decision', decision)
    assert.equal(decided.status, 303, decided.html)
    return id
  }

  test('a note of the team and an addition of the reporter stand on the concern and in the file with author and time; the reporter never reads the note', async () => {
    const id = await record()
    app.pass(35)
    const note = 'Her aunt rang: she stays there until Monday.'
    const addition = 'She told me it was Tuesday and not Monday.'
    assert.equal((await send(asDsl, id, '/addenda/new', { says: note })).status, 303)
    app.pass(5)
    const own = `/my-concerns/${id}`
    assert.equal((await asTeacher.submit(own, `${own}/addenda`, { says: addition })).status, 303)

    for (const reader of [asDsl, await app.agentFor(deputy.adultId)]) {
      const later = textOf(sectionOf((await reader.get(`/concerns/${id}`)).html, 'added-later'))
      assert.match(later, new RegExp(`Note of the safeguarding team ${note} ${dsl.name}, today at 14:45`))
      assert.match(later, new RegExp(`Added by the reporter ${addition} ${teacher.name}, today at 14:50`))
      const file = textOf((await reader.get(`/children/${school.pupils.amina.childId}?words=1`)).html)
      const from = file.indexOf('Note of the safeguarding team')
      assert.ok(from > 0)
      assert.ok(file.includes(note) && file.includes(addition))
      assert.match(file, new RegExp(`2:45pm.{0,300}Note of the safeguarding team.{0,300}${dsl.name}`))
      assert.match(file, new RegExp(`2:50pm.{0,300}Added by the reporter.{0,300}${teacher.name}`))
    }
    for (const path of [own, '/my-concerns', '/', '/alerts']) {
      const { html } = await asTeacher.get(path)
      assert.doesNotMatch(html, /Her aunt rang|Note of the safeguarding team/, path)
    }
    assert.match((await asTeacher.get(own)).html, new RegExp(addition))
    assert.equal((await asTeacher.get(`/concerns/${id}`)).status, 404)
    assert.equal((await asTeacher.get(`/children/${school.pupils.amina.childId}`)).status, 403)
    app.clock.set(aFridayAfternoon)
  })

  test('nothing closes without what it was about, what came of it and why; each is asked for in a sentence and what was typed stays', async () => {
    const id = await open()
    await send(asDsl, id, '/parents', { outcome: 'not-told', says: 'She would be in danger.' })
    const whole = { summary: 'Hungry in lessons.', outcome: 'Free school meals.', rationale: 'Three good weeks.' }
    const missing = {
      summary: 'Write in a few sentences what it was about.',
      outcome: 'Write what came of it for the child.',
      rationale: 'Write why',
    }
    for (const [field, says] of Object.entries(missing)) {
      for (const blank of ['', '  \n ']) {
        const refused = await send(asDsl, id, '/close', { ...whole, [field]: blank })
        assert.equal(refused.status, 422, field)
        const summary = /govuk-error-summary__list">([\s\S]*?)<\/ul>/.exec(refused.html)?.[1] ?? ''
        assert.deepEqual(
          [...summary.matchAll(/href="#([^"]*)"/g)].map(([, place]) => place),
          [field],
        )
        assert.ok(summary.includes(says), summary)
        for (const [other, typed] of Object.entries(whole)) if (other !== field) assert.ok(refused.html.includes(typed))
      }
    }
    const [row] = await app.people.query('select state from concern where id = $1', [id])
    assert.equal(row?.['state'], 'open')
    assert.equal((await send(asDsl, id, '/close', whole)).status, 303)
  })

  test('advice sought before parents are told is on record with who gave it, and does not yet answer whether they were told', async () => {
    const id = await open()
    const clock = () =>
      app.people.query(`select met_at is not null as met from clock where concern_id = $1 and name = 'parent-informed'`, [id])
    const before = await clock()
    const blank = await send(asDsl, id, '/parents', { outcome: 'advice-sought' })
    assert.equal(blank.status, 422)
    assert.match(blank.html, /Enter who gives advice/)
    assert.match(blank.html, /Write what you asked and what was advised/)
    const saved = await send(asDsl, id, '/parents', {
      outcome: 'advice-sought',
      who: 'Duty social worker Noor Hale',
      says: 'Asked whether to ring the mother. Advised to wait for the visit.',
    })
    assert.equal(saved.status, 303, saved.html)
    const shown = textOf(sectionOf((await asDsl.get(`/concerns/${id}`)).html, 'parents'))
    assert.match(shown, /Amina Yusuf[^:]*: Advice sought first/)
    assert.match(shown, /Duty social worker Noor Hale/)
    assert.match(shown, /Advised to wait for the visit/)
    assert.match(shown, new RegExp(`${dsl.name}[\\s\\S]*today at 14:`))
    assert.deepEqual(await clock(), before)
    assert.deepEqual(before, [{ met: false }])
  })

  test('before it is made, each choice says what it starts: the police tell the head, early help and no action start nothing and ask for reasons', async () => {
    const id = await record()
    await send(asDsl, id, '/triage', judgement)
    const { html } = await asDsl.get(`/concerns/${id}/decision`)
    /** What is said of one choice: from its answer to the next. */
    const of = (choice: string) => {
      const from = html.indexOf(`value="${choice}"`)
      assert.ok(from > 0, choice)
      const rest = html.slice(from)
      const next = rest.indexOf('name="choice"')
      return textOf(rest.slice(0, next < 0 ? rest.indexOf('</fieldset>') : next))
    }
    assert.match(of('police'), /Call the police This tells others\./)
    assert.match(of('police'), /Also told : The head hears of police investigations\./)
    assert.match(of('police'), /Note the reference that the police give/)
    assert.match(of('early-help'), /Early help This starts no clock and tells nobody\./)
    assert.match(of('early-help'), /Ask the parents for their agreement, or say why not/)
    assert.match(of('no-further-action'), /No further action This starts no clock and tells nobody\./)
    assert.match(of('no-further-action'), /Not referring is a decision too: say what was considered/)
    assert.match(of('refer'), /This starts \d clocks?/)
    for (const choice of ['police', 'early-help', 'no-further-action'])
      assert.doesNotMatch(of(choice), /counted from|goes to:|01332 641172/, choice)

    // What the page said is what happens.
    const made = await send(asDsl, id, '/decision', { ...decision, choice: 'early-help' })
    assert.equal(made.status, 303, made.html)
    const begun = await app.people.query(`select name from clock where concern_id = $1 and name like 'referral%'`, [id])
    assert.deepEqual(begun, [])
    assert.deepEqual(await app.people.query(`select 1 from alert where concern_id = $1 and kind = 'also-told'`, [id]), [])
  })

  test('a concern that nobody could be given stands first on today, as unreached, for whoever joins the team, and never for anybody in it', async () => {
    const { deputyHead, digitalLead } = school.adults
    const inIt = [dsl, deputy, deputyTwo, head, deputyHead, digitalLead].map(
      ({ adultId, name }) => ({ adultId, name, relation: '', involvement: 'alleged', toldAt: null }) as const,
    )
    const id = await record(school.pupils.amina, { adults: inIt })
    const [row] = await app.people.query('select state from concern where id = $1', [id])
    assert.equal(row?.['state'], 'unreached')
    const outsideOfIt = async () => {
      for (const adult of [dsl, deputy]) {
        const { html } = await (await app.agentFor(adult.adultId)).get('/today?all=unreached')
        assert.doesNotMatch(html, new RegExp(`${id}|A concern has reached nobody`))
      }
    }
    await outsideOfIt()
    await app.people.appoint(school.id, school.adults.senco.adultId, 'deputy-dsl')
    const asNew = await app.agentFor(school.adults.senco.adultId)
    const { html } = await asNew.get('/today')
    assert.match(html, /A concern has reached nobody who may be given it/)
    const list = sectionOf(html, 'unreached')
    assert.match(list, /Unreached \(1\)/)
    assert.match(list, new RegExp(`/concerns/${id}"`))
    assert.ok(!html.includes('id="new"') || html.indexOf('id="unreached"') < html.indexOf('id="new"'))
    await outsideOfIt()
    assert.equal((await asNew.post(`/concerns/${id}/acknowledge`)).status, 303)
    assert.doesNotMatch((await asNew.get('/today')).html, /A concern has reached nobody/)
  })
})
