import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, FileFiller } from '../../../test/support/child-file.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'
import { fileStatement } from './store.ts'

const school = demo.westley
const { jamie, skye, hugo, ottilie, emily, grace, toby, andrei } = school.pupils
const teacher = { schoolId: school.id, adultId: school.adults.teacher.adultId }
const dsl = { schoolId: school.id, adultId: school.adults.dsl.adultId }
const day = (text: string) => text as PlainDate

/** The words of a page without its markup. */
function textOf(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
}

function headingsOf(html: string): string[] {
  return [...html.matchAll(/<h3 class="hf-chronology__title">(.*?)<\/h3>/g)].map(([, title]) => textOf(title ?? '').trim())
}

describe("a child's file", () => {
  let app: TestApp
  let fill: FileFiller
  let reader: Agent
  let deputy: Agent
  const answered: number[] = []

  before(async () => {
    app = await startTestApp({
      template: 'demonstration',
      policies: testPolicies(),
      tools: { onAnswered: ({ roundTrips }) => answered.push(roundTrips) },
    })
    fill = new FileFiller(app)
    reader = await app.agentFor(dsl.adultId)
    deputy = await app.agentFor(school.adults.deputy.adultId)
  })
  after(() => app.close())

  const file = (child: { childId: ChildId }, query = '') => `/children/${child.childId}${query}`

  test('the DSL sees who the child is, the plan with its social worker, and in words who must not be contacted', async () => {
    const answer = await reader.get(file(jamie))
    assert.equal(answer.status, 200)
    const text = textOf(answer.html)
    assert.match(text, /Jamie Thornton Born 18 April 2015, 11 years old\. Year 7, 7M\. On our roll\./)
    assert.match(text, /Child protection plan since 1 July 2026, Suffolk County Council Social worker: Lydia Haverhill/)
    assert.match(text, /Do not contact Wayne Garrod \(Stepfather\)\. Social care asks that he is not told/)
    assert.match(answer.html, new RegExp(`/concerns/new\\?child=${jamie.childId}`))
    const [opened] = (await app.people.events(school.id)).filter(event => event.action === 'file.opened').slice(-1)
    assert.equal(opened?.actor, dsl.adultId)
    const rows = await app.people.query('select 1 from audit_entry where subject_id = $1 and action = $2', [
      jamie.childId,
      'file.opened',
    ])
    assert.equal(rows.length, 1)
  })

  test('[MM-3.3-05] [WA-13-01] a teacher opens no file, whether the child exists or not, and is on record for trying', async () => {
    await fill.record(teacher, concernAbout(emily.childId))
    const agent = await app.agentFor(teacher.adultId)
    const there = await agent.get(file(emily))
    const nowhere = await agent.get(`/children/${newId<string>()}`)
    const paper = await agent.get(`/children/${emily.childId}/print`)
    assert.deepEqual([there.status, nowhere.status, paper.status], [403, 403, 403])
    assert.equal(there.html, nowhere.html)
    const denied = (await app.people.events(school.id)).filter(
      event => event.action === 'access.denied' && event.actor === teacher.adultId,
    )
    assert.equal(denied.length, 3)
    const office = await app.agentFor(school.adults.receptionist.adultId)
    const details = await office.get(`/children/${emily.childId}/details`)
    assert.equal(details.status, 200)
    assert.doesNotMatch(textOf(details.html).replaceAll(/worried|concern form/gi, ''), /\bconcerns?\b|chronolog/i)
  })

  test('another school’s child, one who does not exist and one’s own child are one and the same answer', async () => {
    const other = await app.agentFor(demo.westPark.adults.dsl.adultId)
    const answers = [
      await other.get(file(jamie)),
      await reader.get(`/children/${newId<string>()}`),
      await reader.get('/children/not-a-child'),
      await reader.get(file(ottilie)),
      await reader.get(`/children/${ottilie.childId}/print`),
    ]
    for (const answer of answers) {
      assert.equal(answer.status, 404)
      assert.equal(answer.html, answers[0]?.html)
    }
    assert.equal((await deputy.get(file(ottilie))).status, 200, 'the duty passes to the deputy')
  })

  test('a DSL named in a concern finds no trace of it: not listed, not counted, not drawn, not in the pattern, not open', async () => {
    await fill.record(teacher, concernAbout(toby.childId, { happenedOn: day('2026-11-10'), location: 'Car park' }))
    await fill.record(
      teacher,
      concernAbout(toby.childId, {
        happenedOn: day('2026-05-05'),
        location: 'Music room',
        urgent: true,
        prompts: ['witnessed'],
        adults: [{ adultId: dsl.adultId, name: school.adults.dsl.name, relation: '', involvement: 'alleged', toldAt: null }],
        account: { childWords: '', seen: 'Seen through the door.', opinion: '', done: '' },
      }),
    )
    for (const path of [file(toby), file(toby, '?words=1'), `/children/${toby.childId}/print?words=1`]) {
      const theirs = await reader.get(path)
      assert.match(textOf(theirs.html), /The only entry in this file/)
      assert.match(theirs.html, /Car park/)
      assert.doesNotMatch(theirs.html, /Music room|Urgent concern|May 2026|through the door|professional said/)
      const all = await deputy.get(path)
      assert.match(textOf(all.html), /All 2 entries in this file/)
      assert.match(all.html, /Music room/)
    }
    assert.match(textOf((await reader.get(file(toby))).html), /\b1 open concern\b/)
    assert.match(textOf((await deputy.get(file(toby))).html), /\b2 open concerns\b/)
    assert.match(textOf((await deputy.get(file(toby))).html), /The pattern of 2 concerns/)
  })

  test('words that turn the line around turn only themselves around, in the file and on its paper', async () => {
    const turned = '\u202Eسمعتها تبكي'
    await fill.record(
      teacher,
      concernAbout(toby.childId, { account: { childWords: turned, seen: turned, opinion: '', done: '' }, location: 'Hall' }),
    )
    for (const path of [file(toby, '?words=1'), `/children/${toby.childId}/print?words=1`]) {
      const { html } = await deputy.get(path)
      const shown = [...html.matchAll(/<(\w+)([^>]*)>([^<]*\u202E[^<]*)</g)]
      assert.ok(shown.length >= 2, String(shown.length))
      for (const [whole, , attributes] of shown) assert.match(attributes ?? '', /class="hf-words" dir="auto"/, whole)
    }
  })

  test('a DSL who reported a concern and is now outside it does not find it in the file either', async () => {
    const id = await fill.record(dsl, concernAbout(andrei.childId, { location: 'Boat house' }))
    assert.match((await reader.get(file(andrei))).html, /Boat house/)
    await app.people.query('update concern set excluded = array[$2::uuid] where id = $1', [id, dsl.adultId])
    for (const table of ['entry', 'concern_child', 'concern_account', 'clock'])
      await app.people.query(`update ${table} set excluded = array[$2::uuid] where concern_id = $1`, [id, dsl.adultId])
    const answer = await reader.get(file(andrei))
    assert.doesNotMatch(answer.html, /Boat house|open concern</)
    assert.match(textOf(answer.html), /Nothing is open\..*Nothing is in this file yet/)
  })

  test('two children share a concern, and neither file names the other or says what the other did', async () => {
    const id = await fill.record(
      teacher,
      concernAbout(jamie.childId, {
        children: [
          { childId: jamie.childId, involvement: 'subject' },
          { childId: hugo.childId, involvement: 'alleged' },
        ],
        happenedOn: day('2026-11-17'),
        happenedAtTime: '12:40' as LocalTime,
        location: 'Behind Hugo’s bus stop',
        account: {
          childWords: '“Hugo Pryor hit me, hugo always does.”',
          seen: 'A red mark on Jamie.',
          opinion: 'Not the first time.',
          done: '',
        },
      }),
    )
    await fill.decide(
      dsl,
      jamie.childId,
      id,
      'Hugo is kept away at lunch.',
      ['physical-abuse'],
      '2026-11-18T09:30:00.000Z' as Instant,
    )
    for (const path of [file(jamie, '?words=1'), `/children/${jamie.childId}/print?words=1`]) {
      const { html } = await deputy.get(path)
      assert.doesNotMatch(html, /Hugo|Pryor/i)
      assert.match(textOf(html), /Another child is also involved/)
      const stands = path.includes('/print') ? '\\[child \\d\\]' : '\\[another child\\]'
      assert.match(html, new RegExp(`${stands} hit me, ${stands} always does`))
      assert.match(html, new RegExp(`${stands} is kept away at lunch`))
      assert.match(html, new RegExp(`Behind ${stands}’s bus stop`))
      assert.match(textOf(html), /Opinion of Matthew Lister \(Teacher of year 6\) Not the first time/)
    }
    for (const path of [file(hugo, '?words=1'), `/children/${hugo.childId}/print?words=1`]) {
      const { html } = await deputy.get(path)
      assert.doesNotMatch(html, /Jamie|Thornton|red mark|always does|Physical abuse|kept away/i)
      assert.match(textOf(html), /This child is said to have harmed\. Another child is also involved/)
      assert.match(textOf(html), /The words are about another child/)
    }
  })

  test('a brother’s or sister’s open concern shows as a mark beside the name, and not on paper', async () => {
    await fill.record(teacher, concernAbout(skye.childId))
    const { html } = await reader.get(file(jamie))
    assert.match(
      html,
      new RegExp(
        `<a class="govuk-link" href="/children/${skye.childId}">Skye Garrod</a>, Year 5, 5B <strong class="govuk-tag[^"]*">Open concern`,
      ),
    )
    const paper = await reader.get(`/children/${jamie.childId}/print?others=named`)
    assert.match(textOf(paper.html), /Skye Garrod, Year 5, 5B/)
    assert.doesNotMatch((await reader.get(`/children/${jamie.childId}/print`)).html, /Skye/)
    assert.doesNotMatch(paper.html, /Open concern/)
  })

  test('a parent on the safeguarding team reads the file of a child’s friend and sees no way to their own child’s', async () => {
    await app.people.query('insert into sibling (school_id, child_id, sibling_id) values ($1, $2, $3)', [
      school.id,
      grace.childId,
      ottilie.childId,
    ])
    await fill.record(teacher, concernAbout(ottilie.childId))
    const theirs = await reader.get(file(grace))
    assert.doesNotMatch(theirs.html, new RegExp(`/children/${ottilie.childId}|Open concern`))
    assert.match((await deputy.get(file(grace))).html, /Open concern/)
  })

  test('[WA-9-10] [WM-4.5-25] fourteen events are fourteen dated lines in order, each with its writer and its place', async () => {
    const child = school.children.find(({ name }) => name === 'Marek Dvorak')
    assert.ok(child)
    await fill.recordMany(teacher, child.childId, 10, day('2026-10-30'), ['Playground', 'Gate', 'Corridor'])
    for (const on of ['2026-11-02', '2026-11-03', '2026-11-04'])
      await fill.note(dsl, child.childId, day(on), 'The health visitor rang.')
    await fill.refer(dsl, child.childId, day('2026-11-05'))
    const paper = await reader.get(`/children/${child.childId}/print?order=oldest`)
    const times = [...paper.html.matchAll(/<time class="hf-chronology__when" datetime="([^"]*)"/g)].map(([, time]) => time ?? '')
    assert.equal(times.length, 14)
    assert.deepEqual(times, times.toSorted())
    assert.equal([...paper.html.matchAll(/Recorded by (Matthew Lister|Geraldine Frost) \(/g)].length, 14)
    assert.deepEqual(
      headingsOf(paper.html)
        .slice(-4)
        .map(heading => heading.split(' ').at(-1)),
      ['Contact', 'Contact', 'Contact', 'Referral'],
    )
    assert.equal([...paper.html.matchAll(/Place: (Playground|Gate|Corridor)\./g)].length, 10)
    assert.match(textOf(paper.html), /All 14 entries in this file, oldest first, headings only/)
    const newest = await reader.get(file(child))
    assert.deepEqual(headingsOf(newest.html).length, 14)
    assert.match(headingsOf(newest.html)[0] ?? '', /Referral made by telephone/)
    assert.match(headingsOf((await reader.get(file(child, '?order=oldest'))).html)[0] ?? '', /^(Urgent c|C)oncern/)
  })

  test('the DSL narrows the chronology to kinds, a category and dates, and is told how much of the file that is', async () => {
    const shown = async (query: string) => {
      const { html } = await deputy.get(file(jamie, query))
      return { headings: headingsOf(html), text: textOf(html) }
    }
    assert.deepEqual((await shown('?kind=decision')).headings, ['Decision: watch and review Decision'])
    const neglect = await shown('?category=physical-abuse')
    assert.equal(neglect.headings.length, 2, 'the concern so judged, and the decision')
    assert.match(neglect.text, /2 of the 2 entries in this file: all kinds, category “Physical abuse”, newest first/)
    const both = await shown('?kind=decision&kind=concern&from-day=18&from-month=11&from-year=2026')
    assert.deepEqual(both.headings, ['Decision: watch and review Decision'])
    assert.match(both.text, /1 of the 2 entries in this file: concerns and decisions, from 18 November 2026/)
    assert.match((await shown('?kind=note')).text, /No entry is of this kind, category and time/)
  })

  test('a date that is none gets a sentence at its place and keeps what was typed; the reading is still on record', async () => {
    const before = (await app.people.events(school.id)).filter(event => event.action === 'file.opened').length
    const answer = await reader.get(file(jamie, '?from-day=30&from-month=2&from-year=2026'))
    assert.equal(answer.status, 422)
    assert.match(answer.html, /href="#from-day"/)
    assert.match(answer.html, /There is no such date in the calendar/)
    assert.match(answer.html, /name="from-day"[^>]*value="30"|value="30"[^>]*name="from-day"/)
    assert.match(answer.html, /<title>Error: /)
    assert.equal((await app.people.events(school.id)).filter(event => event.action === 'file.opened').length, before + 1)
  })

  test('hostile addresses change nothing and reveal nothing', async () => {
    for (const query of [
      "?category='%3B+drop+table+entry",
      '?kind=%00&page=999999',
      '?order=%3Cscript%3E',
      '?page=0&words=yes',
      `?category=${'x'.repeat(5000)}`,
    ]) {
      const answer = await reader.get(file(jamie, query))
      assert.equal(answer.status, 200, query)
      assert.doesNotMatch(answer.html, /<script>/)
    }
  })

  test('[WP-A4-04] where somebody else typed it, the file says who saw it, how it came and who typed it', async () => {
    await fill.record(
      { schoolId: school.id, adultId: school.adults.receptionist.adultId },
      concernAbout(grace.childId, {
        reporter: {
          kind: 'on-behalf',
          name: 'Jean Osgood, volunteer',
          adultId: null,
          reason: 'paper-form',
          firstWrittenAt: '2026-11-17T12:30:00.000Z' as Instant,
        },
      }),
    )
    assert.match(
      textOf((await reader.get(file(grace))).html),
      /Reported by Jean Osgood, volunteer, from a paper form, first written Tuesday 17 November 2026 at 12:30pm\. Recorded by Rita Callaghan \(Reception/,
    )
  })

  test('a concern filed on the wrong child says so in that file, shows no words there and counts in no pattern', async () => {
    const child = school.children.find(({ name }) => name === 'Bronte Kerridge')
    assert.ok(child)
    const id = await fill.record(
      teacher,
      concernAbout(child.childId, {
        location: 'Canteen',
        account: { childWords: '', seen: 'Took food home.', opinion: '', done: '' },
      }),
    )
    assert.match((await reader.get(file(child, '?words=1'))).html, /Took food home/)
    await app.people.query('update concern_child set moved_to = $2 where concern_id = $1 and child_id = $3', [
      id,
      emily.childId,
      child.childId,
    ])
    const { html } = await reader.get(file(child, '?words=1'))
    assert.match(textOf(html), /Filed here by mistake and moved to another file/)
    assert.doesNotMatch(html, /Took food home|Canteen|The pattern of|Emily|open concern</)
    assert.match(textOf(html), /Nothing is open/)
  })

  test('[WA-28-01] three concerns at one place are a pattern of three that the DSL can see', async () => {
    const child = school.children.find(({ name }) => name === 'Phoebe Deakin')
    assert.ok(child)
    for (const place of ['Abbey Gardens', 'abbey gardens', 'Abbey  Gardens'])
      await fill.record(teacher, concernAbout(child.childId, { location: place }))
    assert.match(textOf((await reader.get(file(child))).html), /Place as written Concerns As a bar Abbey Gardens 3/)
  })

  test('a file of more than two hundred entries comes in pages, each entry on one of them; paper holds all', async () => {
    const child = school.children.find(({ name }) => name === 'Samson Adjei')
    assert.ok(child)
    await app.people.query(
      `insert into entry (school_id, id, child_id, kind, heading, happened_on, recorded_at, author_id)
       select $1, gen_random_uuid(), $2, 'note', 'Note ' || n, date '2026-01-01' + n, timestamptz '2026-11-18 09:00Z' + n * interval '1 second', $3 from generate_series(1, 300) n`,
      [school.id, child.childId, dsl.adultId],
    )
    const pages = [await reader.get(file(child)), await reader.get(file(child, '?page=2'))]
    const listed = pages.flatMap(page => headingsOf(page.html))
    assert.deepEqual(
      pages.map(page => headingsOf(page.html).length),
      [200, 100],
    )
    assert.equal(new Set(listed).size, 300)
    assert.match(pages[0]?.html ?? '', /aria-label="Page 2"/)
    assert.equal(headingsOf((await reader.get(`/children/${child.childId}/print`)).html).length, 300)
    assert.match(textOf((await reader.get(file(child))).html), /All 300 entries in this file/)
  })

  test('a page of the file makes at most five round trips, whatever it shows', async () => {
    const child = school.children.find(({ name }) => name === 'Samson Adjei')
    assert.ok(child)
    answered.length = 0
    for (const path of [
      file(jamie),
      file(child),
      file(jamie, '?words=1&order=oldest'),
      `/children/${jamie.childId}/print?words=1`,
    ])
      assert.equal((await reader.get(path)).status, 200)
    assert.equal(answered.length, 4)
    assert.ok(Math.max(...answered) <= 5, `round trips: ${answered.join(', ')}`)
  })

  test('the chronology of one child is found by its index among everybody’s entries', async () => {
    await app.people.query(
      `insert into entry (school_id, id, child_id, kind, heading, happened_on, recorded_at, excluded)
       select $1, gen_random_uuid(), c.id, 'note', 'Note', date '2026-01-01' + n, timestamptz '2026-11-18 09:00Z', c.tied from child c, generate_series(1, 100) n where c.school_id = $1`,
      [school.id],
    )
    await app.people.query('analyze entry')
    const child = school.children.find(({ name }) => name === 'Samson Adjei')
    const values = [school.id, child?.childId, app.clock.now(), '{}']
    const plan = await app.people.query<Record<'QUERY PLAN', string>>(`explain ${fileStatement.text}`, values)
    const text = plan.map(row => row['QUERY PLAN']).join('\n')
    assert.match(text, /entry_chronology/)
    assert.doesNotMatch(text, /Seq Scan on entry/)
  })

  test('the database by itself shows a tied DSL nothing of the child’s file, and a teacher nothing of any', async () => {
    const of = async (adultId: AdultId, childId: ChildId) =>
      workAs(app.tools, { schoolId: school.id, adultId }, app.clock.now(), async work => {
        const rows = await work.tx.run<{ id: string | null }>(fileStatement, [school.id, childId, work.now, '{}'])
        return { commit: false, value: rows.filter(row => row.id !== null).length }
      })
    assert.equal(await of(dsl.adultId, ottilie.childId), 0)
    assert.equal(await of(teacher.adultId, jamie.childId), 0)
    assert.ok((await of(school.adults.deputy.adultId, ottilie.childId)) > 0)
    assert.ok((await of(dsl.adultId, jamie.childId)) > 0)
  })

  test('a note is read whole by the team, by nobody else, and its reading is on record', async () => {
    const id = await fill.note(dsl, emily.childId, day('2026-11-12'), 'The health visitor rang.')
    const answer = await reader.get(`/notes/${id}`)
    assert.equal(answer.status, 200)
    assert.match(
      textOf(answer.html),
      /Phone call of Thursday 12 November 2026 With Health visitor Written by Geraldine Frost, Assistant head/,
    )
    assert.equal(
      (await app.people.query('select 1 from audit_entry where subject_id = $1 and action = $2', [id, 'note.opened'])).length,
      1,
    )
    const agent = await app.agentFor(teacher.adultId)
    assert.equal((await agent.get(`/notes/${id}`)).status, 403)
    const own = await fill.note(
      { schoolId: school.id, adultId: school.adults.deputy.adultId },
      ottilie.childId,
      day('2026-11-12'),
      'About the DSL’s own child.',
    )
    const refused = await reader.get(`/notes/${own}`)
    assert.equal(refused.status, 404)
    assert.equal(refused.html, (await reader.get(`/notes/${newId<ConcernId>()}`)).html)
    assert.equal((await deputy.get(`/notes/${own}`)).status, 200)
  })
})
