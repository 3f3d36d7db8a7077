import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { eventForms } from './event-fields.ts'
import { roleOptions } from './role-options.ts'
import { type Scenario, scenarioToBeginWith } from './scenario.ts'
import { fileOfScenario, scenarioOfFile } from './scenario-file.ts'
import { changed, readScenario, scenarioFields } from './scenario-form.ts'
import { findShipped, listShipped } from './shipped.ts'

const now = '2026-11-20T14:10:00.000Z' as Instant
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('a DSL who asks what would happen', () => {
  let app: TestApp
  let dsl: Agent
  const profile = testPolicies().profile('west-park', '2026-11-20' as PlainDate)
  const forms = eventForms(profile)
  const begin = scenarioToBeginWith(profile, '2026-11-20' as PlainDate, '14:10' as LocalTime)

  const fieldsOf = (scenario: Scenario, pressed: string, added = '') => {
    const form = FormValues.of([...scenarioFields(scenario), ['_do', pressed], ['added', added]])
    return Object.fromEntries(form.names().map(name => [name, form.all(name)]))
  }

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now })
    dsl = await app.agentFor(demo.westPark.dsl.adultId)
  })
  after(() => app.close())

  test('plays what they composed and reads who is told, what is due and which paragraph says so', async () => {
    const played = await dsl.post('/rehearsals/compose', fieldsOf(begin, 'play'))
    assert.equal(played.status, 200)
    const text = plain(played.html)
    assert.match(text, /1\. A concern is recorded by Teacher about A pupil/)
    assert.match(text, /Designated Safeguarding Lead is told\. The DSL/)
    assert.match(text, /Written down \(Teacher\): due Friday 20 November 2026 at 3:15pm\./)
    assert.match(text, /West Park School safeguarding policy, 6/)
    assert.match(text, /Teacher \(their own words only\)/)
    const kept = await app.people.query(`select 1 from concern where recorded_at = $1`, [now])
    assert.deepEqual(kept, [], 'nothing of it is kept')
  })

  test('plays what the school has decided above its policy, from the day of the decision', async () => {
    const rule = profile.clocks.find(one => one.clock === 'acknowledge' && !one.when)?.rule
    const proposal = {
      ...{ what: `clocks/${rule}`, value: '25 minutes', because: 'Two sites now.', section: 'Minute 4', checked: 'yes' },
      ...{ 'from-day': '20', 'from-month': '11', 'from-year': '2026' },
    }
    const proposed = await dsl.post('/policy/changes/new', proposal)
    assert.equal(proposed.status, 303, proposed.html)
    const head = await app.agentFor(demo.westPark.head.adultId)
    assert.equal((await head.post(`${proposed.location}/approve`)).status, 303)
    const played = plain((await dsl.post('/rehearsals/compose', fieldsOf(begin, 'play'))).html)
    assert.match(played, /Acknowledged? [^.]*due Friday 20 November 2026 at 2:35pm/)
  })

  test('reads of what ran out between two events that it was due, and how to print it all', async () => {
    const [recorded] = begin.events
    assert.ok(recorded)
    const late = { event: 'time.passes', date: recorded.date, time: '23:59', answers: {} }
    const urgent = { ...recorded, time: '13:49', answers: { ...recorded.answers, urgent: ['yes'] } }
    const { html, status } = await dsl.post('/rehearsals/compose', fieldsOf({ ...begin, events: [urgent, late] }, 'play'))
    assert.equal(status, 200)
    const second = plain(html.slice(html.indexOf('id="step-2"'), html.indexOf('id="at-the-end"')))
    assert.match(
      second,
      /Began in between, and was due before this .*Acknowledge \([^)]*\): it was due Friday 20 November 2026 at [12]:\d\dpm\./,
    )
    assert.doesNotMatch(second, /Has to be done from now on/)
    assert.match(plain(html), /To print it, for governors or a training day, use your browser’s Print/)
  })

  test('reads each date as it is said elsewhere, and beside each box how it is typed there', async () => {
    const { html } = await dsl.post('/rehearsals/compose', fieldsOf(begin, 'change'))
    const text = plain(html)
    assert.match(text, /1\. [^.]*, Friday 20 November 2026 at 2:10pm/)
    assert.match(text, /Date Year, month, day: 2026-11-20 is 20 November 2026/)
  })

  test('finds those that ship by a sentence that says what each shows', async () => {
    assert.match(
      plain((await dsl.get('/rehearsals')).html),
      /A Derbyshire child at the Derby school is referred to her own authority/,
    )
  })

  test('changes what they played without typing it again', async () => {
    const again = await dsl.post('/rehearsals/compose', fieldsOf(begin, 'change'))
    assert.match(again.html, /value="Designated Safeguarding Lead"/)
    const more = await dsl.post('/rehearsals/compose', fieldsOf(begin, 'add event', 'concern.acknowledged'))
    assert.match(plain(more.html), /3\. A concern is acknowledged/)
  })

  test('is told at its field what cannot be, and finds everything as it was typed', async () => {
    const wrong = {
      ...begin,
      events: begin.events.map((event, index) => (index === 1 ? { ...event, date: '2026-02-30' } : event)),
    }
    const refused = await dsl.post('/rehearsals/compose', fieldsOf(wrong, 'play'))
    assert.equal(refused.status, 422)
    assert.match(refused.html, /href="#event-1-date"/)
    assert.match(refused.html, /value="2026-02-30"/)
    const unnamed = { ...begin, pupils: begin.pupils.map(pupil => ({ ...pupil, name: 'Teacher' })) }
    assert.match((await dsl.post('/rehearsals/compose', fieldsOf(unnamed, 'play'))).html, /is there already/)
  })

  test('finds those of the own school ready to play, and composes on from one of them', async () => {
    const list = await dsl.get('/rehearsals')
    assert.match(plain(list.html), /Friday afternoon/)
    const page = await dsl.get('/rehearsals/compose?from=friday-afternoon')
    assert.match(page.html, /value="ode"/)
    assert.equal((await dsl.get('/rehearsals/compose?from=..%2Fwestley%2Fdsl-on-a-trip')).status, 404)
  })

  test('may be a head or a governor, and is no teacher', async () => {
    assert.equal((await (await app.agentFor(demo.westPark.head.adultId)).get('/rehearsals')).status, 200)
    assert.notEqual((await (await app.agentFor(demo.westPark.teacher.adultId)).get('/rehearsals')).status, 200)
  })

  test('every rehearsal that ships goes through the form and comes out as the file says', () => {
    for (const key of testPolicies().keys) {
      const own = testPolicies().profile(key, '2026-11-20' as PlainDate)
      for (const { name } of listShipped(key)) {
        const scenario = scenarioOfFile(own, findShipped(key, name)?.file)
        const again = readScenario(FormValues.of(scenarioFields(scenario)))
        assert.deepEqual(fileOfScenario(own, eventForms(own), again), fileOfScenario(own, eventForms(own), scenario), name)
        for (const { event, answers } of scenario.events) {
          const form = eventForms(own).find(one => one.event === event)
          assert.ok(form, `${name}: ${event}`)
          for (const { key: asked, kind, options = [] } of form.fields) {
            if (kind !== 'one-of' && kind !== 'some-of') continue
            const offered = options.map(({ id }) => id)
            assert.deepEqual(
              (answers[asked] ?? []).filter(answer => !offered.includes(answer)),
              [],
              `${name}: ${event} ${asked}`,
            )
          }
        }
      }
    }
  })

  test('chooses among the roles of the own school, each of which is there once', async () => {
    for (const key of testPolicies().keys) {
      const names = roleOptions(testPolicies().profile(key, '2026-11-20' as PlainDate)).map(({ name }) => name.toLowerCase())
      assert.deepEqual(
        names.filter((name, index) => names.indexOf(name) < index),
        [],
        key,
      )
      assert.ok(names.includes('teacher') && names.length > 25, key)
      assert.equal(
        names.includes('chief executive officer'),
        key === 'william-macgregor',
        'nobody is offered an office that is nobody’s',
      )
    }
    const page = await dsl.get('/rehearsals/compose')
    const [, select = ''] = /<select[^>]*name="person-0-role"[^>]*>([\s\S]*?)<\/select>/.exec(page.html) ?? []
    assert.equal(select.match(/Chair of Trustees/gi)?.length, 1)
    const known = roleOptions(profile, ['chair-of-trustees']).filter(({ name }) => /chair of trustees/i.test(name))
    assert.equal(known.length, 2, 'what a file has already is not lost')
  })

  test('whoever takes an event out keeps what the later ones refer to', () => {
    const recorded = (about: string) => ({
      event: 'concern.recorded',
      date: '2026-11-20',
      time: '14:10',
      answers: { about: [about] },
    })
    const seen = (ref: string) => ({ event: 'concern.acknowledged', date: '2026-11-20', time: '15:00', answers: { ref: [ref] } })
    const scenario: Scenario = { ...begin, events: [recorded('a'), recorded('b'), seen('event-1'), seen('event-2-conduct')] }
    const left = changed(scenario, 'remove event 0', forms, '')
    assert.deepEqual(
      left?.events.map(event => event.answers['ref']),
      [undefined, [''], ['event-1-conduct']],
    )
  })
})
