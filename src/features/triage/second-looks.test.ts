import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { faultInWords } from '../../policy/faults.ts'
import { type PolicyText, readPolicies } from '../../policy/load.ts'

const school = demo.westPark
const { dsl, deputy, teacher } = school.adults
const newer = 'second edition, November 2026'

/** The product's own policies, with a newer edition of Derby's threshold document from the next Monday. */
function policiesWithNewerEdition() {
  const texts = (['national', 'authorities', 'trusts', 'schools'] as const).flatMap(kind =>
    readdirSync(`policies/${kind}`).map((name): PolicyText => {
      const file = `policies/${kind}/${name}`
      const text = readFileSync(file, 'utf8')
      return { kind, key: name.replace('.yaml', ''), file, text: name === 'derby.yaml' ? withNewer(text) : text }
    }),
  )
  const policies = readPolicies(texts)
  if (!policies.ok) throw new Error(policies.refusal.map(faultInWords).join('\n'))
  return policies.value
}

function withNewer(text: string): string {
  const written = /( {2}threshold:\n)((?: {4}.*\n)+)/.exec(text)
  assert.ok(written, 'the file names the document')
  const [whole, head = '', body = ''] = written
  const first = body.replace(/^ {4}/, '    - ').replaceAll(/\n {4}(?=\S)/g, '\n      ')
  const second = `    - { title: Derby and Derbyshire threshold document, edition: "${newer}", from: 2026-11-23, source: policy 6 }\n`
  return text.replace(whole, `${head}${first}${second}`)
}

describe('decisions made while the threshold document was under review', () => {
  let app: TestApp
  let asDsl: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: policiesWithNewerEdition(), now: aFridayAfternoon })
    asDsl = await app.agentFor(dsl.adultId)
  })
  after(() => app.close())

  const send = (agent: Agent, id: ConcernId, form: string, fields: Record<string, string | string[]>) =>
    agent.submit(`/concerns/${id}${form}`, `/concerns/${id}${form}`, fields)
  const decided = async (child: typeof school.pupils.amina, level: string) => {
    const id = await recordAs(app, school, teacher, concernAbout(child, { prompts: ['behaviour'] }))
    const urgent = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
    const triage = { ...urgent, ...presentation, categories: 'emotional-abuse', level, rationale: 'Low for a week.' }
    assert.equal((await send(asDsl, id, '/triage', triage)).status, 303)
    assert.match((await asDsl.get(`/concerns/${id}/decision`)).html, /Derby and Derbyshire threshold document/)
    const answer = await send(asDsl, id, '/decision', {
      choice: 'early-help',
      considered: ['pastoral', 'refer'],
      rationale: 'Several small needs have to be brought together.',
      'not-referring': 'No harm is likely.',
      'next-look-day': '27',
      'next-look-month': '11',
      'next-look-year': '2026',
    })
    assert.equal(answer.status, 303)
    return id
  }

  test('[WP-6-16] a decision on “emerging needs” keeps the edition under review, the routes weighed and the reasons, and is listed when a newer edition is registered', async () => {
    const id = await decided(school.pupils.amina, 'derby.emerging')
    const [row] = await app.people.query(
      'select framework, level_id, threshold_title, threshold_edition, threshold_under_review, considered from decision where concern_id = $1',
      [id],
    )
    assert.deepEqual(row, {
      framework: 'derby',
      level_id: 'emerging',
      threshold_title: 'Derby and Derbyshire threshold document',
      threshold_edition: 'as of September 2024',
      threshold_under_review: true,
      considered: ['pastoral', 'refer', 'early-help'],
    })
    const { html } = await asDsl.get(`/concerns/${id}`)
    assert.match(html, /Emerging needs; Derby and Derbyshire threshold document, as of September 2024 \(under review then\)/)
    assert.match(html, /Support in school; Refer to children(&#39;|')s social care; Early help/)
    assert.match(html, /Several small needs have to be brought together\./)
    assert.doesNotMatch((await asDsl.get('/second-looks')).html, /Amina/, 'there is no newer edition yet')
    assert.doesNotMatch((await asDsl.get('/today')).html, /to look at again/)

    app.clock.set('2026-11-23T08:30:00.000Z' as Instant)
    assert.match((await asDsl.get('/today')).html, /1 decision to look at again/)
    const listed = (await asDsl.get('/second-looks')).html
    assert.match(listed, /Amina Yusuf/)
    assert.match(listed, /Emerging needs; early help/)
    assert.match(listed, /as of September 2024[\s\S]*second edition, November 2026/)

    const path = /href="(\/concerns\/[^"]+\/second-look\?decision=[^"]+)"/.exec(listed)?.[1] ?? assert.fail()
    const decision = path.split('=')[1] ?? ''
    const action = `/concerns/${id}/second-look`
    const blank = await asDsl.submit(path, action, { decision, outcome: 'unchanged', because: ' ' })
    assert.equal(blank.status, 422)
    assert.match(blank.html, /href="#because"[^>]*>Write why\./)
    assert.match(
      (await asDsl.submit(path, action, { decision, because: 'Same words.' })).html,
      /Select whether the judgement stays/,
    )
    const because = 'Level 2 is worded the same.'
    assert.equal((await asDsl.submit(path, action, { decision, outcome: 'unchanged', because })).status, 303)
    assert.doesNotMatch((await asDsl.get('/second-looks')).html, /Amina/)
    assert.doesNotMatch((await asDsl.get('/today')).html, /to look at again/)
    const later = (await asDsl.get(`/concerns/${id}`)).html
    assert.match(later, /Unchanged under second edition, November 2026\. Level 2 is worded the same\./)
    assert.match(later, /as of September 2024 \(under review then\)/, 'the decision cites what it was made under')
  })

  test('what is decided under the newer edition is not listed, one that changed is triaged again, and nobody outside a concern sees it', async () => {
    app.clock.set(aFridayAfternoon)
    const id = await decided(school.pupils.zofia, 'derby.emerging')
    app.clock.set('2026-11-23T09:00:00.000Z' as Instant)
    const fresh = await decided(school.pupils.amina, 'derby.emerging')
    const [row] = await app.people.query('select threshold_edition, threshold_under_review from decision where concern_id = $1', [
      fresh,
    ])
    assert.deepEqual(row, { threshold_edition: newer, threshold_under_review: false })
    const { html } = await asDsl.get('/second-looks')
    assert.match(html, /Zofia/)
    assert.doesNotMatch(html, new RegExp(`/concerns/${fresh}`))
    const outside = await app.agentFor(deputy.adultId)
    assert.doesNotMatch((await outside.get('/second-looks')).html, /Zofia/, 'she is tied to the child')
    assert.doesNotMatch((await outside.get('/today')).html, /to look at again/)
    assert.equal((await outside.get(`/concerns/${id}/second-look`)).status, 404)
    const [decision] = await app.people.query<{ id: string }>('select id from decision where concern_id = $1', [id])
    const changed = await send(asDsl, id, '/second-look', {
      decision: decision?.id ?? '',
      outcome: 'changed',
      because: 'The newer edition counts this as complex.',
    })
    assert.equal(changed.location, `/concerns/${id}/triage`)
    const events = await app.people.events(school.id)
    assert.ok(events.some(event => event.action === 'second-look.recorded' && event.facts['outcome'] === 'changed'))
  })
})
