import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoPupil, type DemoSchool, demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { dateInWords } from '../../kernel/london-time.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'

const answers = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
const noWords = { childWords: '', seen: 'Quiet in class.', opinion: '', done: '' }

describe('what records say together', () => {
  let app: TestApp

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: aFridayAfternoon })
  })
  after(() => app.close())

  const dateFields = (name: string, date: string) => {
    const [year = '', month = '', day = ''] = date.split('-')
    return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year }
  }
  const levelOf = (key: string) => {
    const { authority, levels } = testPolicies().profile(key, '2026-11-20' as never).levels
    return `${authority}.${levels[1]?.id}`
  }
  const triage = async (agent: Agent, school: DemoSchool, id: ConcernId, fields: Record<string, string | string[]>) => {
    await app.people.query(
      'update child set home_authority = $2 where id in (select child_id from concern_child where concern_id = $1)',
      [id, testPolicies().profile(school.key, '2026-11-20' as never).school.authority],
    )
    const path = `/concerns/${id}/triage`
    const answer = await agent.submit(path, path, { ...answers, level: levelOf(school.key), rationale: 'Looked at.', ...fields })
    assert.equal(
      answer.status,
      303,
      answer.html.slice(answer.html.indexOf('error-summary'), answer.html.indexOf('error-summary') + 900),
    )
  }
  const weekOf = async (agent: Agent, child: DemoPupil, week: string, possible: number, attended: number) => {
    const path = `/children/${child.childId}/attendance`
    const sent = { possible: String(possible), attended: String(attended), ...dateFields('week', week) }
    assert.equal((await agent.submit(path, path, sent)).status, 303)
  }

  test('[MM-4.5-01] opening a pupil shows a fall of attendance by 30 points in three weeks and a remark about a knife, each with its reason', async () => {
    const school = demo.mmap
    const { tyler, kayleigh } = school.pupils
    const asDsl = await app.agentFor(school.adults.head.adultId)
    assert.doesNotMatch((await asDsl.get(`/children/${tyler.childId}`)).html, /Serious violence hints/)
    await weekOf(asDsl, tyler, '2026-10-26', 10, 10)
    await weekOf(asDsl, tyler, '2026-11-02', 10, 9)
    await weekOf(asDsl, tyler, '2026-11-09', 10, 8)
    await weekOf(asDsl, tyler, '2026-11-16', 10, 7)
    const seen = 'He said that somebody at the bus stop had a Knife.'
    const id = await recordAs(
      app,
      school,
      school.adults.teacher,
      concernAbout(tyler, { prompts: ['behaviour'], account: { ...noWords, seen } }),
    )
    const { html } = await asDsl.get(`/children/${tyler.childId}`)
    assert.match(html, /Serious violence hints/)
    assert.match(
      html,
      /Attendance fell from 100% to 70%, 30 percentage points, between the week of 26 October 2026 and that of 16 November 2026/,
    )
    assert.match(html, /A remark about a weapon<\/strong>: Written down: “knife” on 20 November 2026/)
    assert.match(html, new RegExp(`href="/concerns/${id}"`))
    assert.match((await asDsl.get(`/children/${tyler.childId}?words=yes`)).html, /Serious violence hints/)
    assert.doesNotMatch((await asDsl.get(`/children/${kayleigh.childId}`)).html, /Serious violence hints/)
  })

  test('a fall of 29 points, an old remark and a word within another are no hints', async () => {
    const school = demo.mmap
    const { kayleigh } = school.pupils
    const asDsl = await app.agentFor(school.adults.head.adultId)
    await weekOf(asDsl, kayleigh, '2026-11-02', 14, 14)
    await weekOf(asDsl, kayleigh, '2026-11-09', 14, 10)
    const seen = 'She sat in the blades of grass with penknifes drawn on her book.'
    await recordAs(
      app,
      school,
      school.adults.teacher,
      concernAbout(kayleigh, { prompts: ['other'], account: { ...noWords, seen: seen.replace('blades', 'bladed leaves') } }),
    )
    assert.doesNotMatch((await asDsl.get(`/children/${kayleigh.childId}`)).html, /Serious violence hints/)
  })

  test('whoever is outside the concern with the remark sees the attendance and nothing of the remark', async () => {
    const school = demo.westPark
    const { dsl, deputyTwo, teacher } = school.adults
    const { callum } = school.pupils
    const asDsl = await app.agentFor(dsl.adultId)
    for (const [week, attended] of [
      ['2026-11-02', 10],
      ['2026-11-09', 4],
    ] as const)
      await weekOf(asDsl, callum, week, 10, attended)
    await recordAs(
      app,
      school,
      teacher,
      concernAbout(callum, {
        prompts: ['other'],
        adults: [{ adultId: deputyTwo.adultId, name: deputyTwo.name, relation: '', involvement: 'alleged', toldAt: null }],
        account: { ...noWords, seen: 'A machete under the bed, he says.' },
      }),
    )
    assert.match((await asDsl.get(`/children/${callum.childId}`)).html, /machete/)
    assert.match((await asDsl.get('/signs')).html, /Callum/)
    const outside = await app.agentFor(deputyTwo.adultId)
    const { html } = await outside.get(`/children/${callum.childId}`)
    assert.match(html, /Attendance fell/)
    assert.doesNotMatch(html, /machete|remark/)
    assert.doesNotMatch((await outside.get('/signs')).html, /Callum/)
  })

  test('[WA-41-01] a pupil hurt twice whose attendance falls stands in the ranked list with both reasons, before one with fewer signs', async () => {
    const school = demo.westacre
    const asDsl = await app.agentFor(school.adults.head.adultId)
    const { maisie, nell } = school.pupils
    for (const child of [maisie, nell]) {
      await weekOf(asDsl, child, '2026-11-02', 10, 10)
      await weekOf(asDsl, child, '2026-11-16', 10, 5)
    }
    const hurt = (child: DemoPupil, more = {}) =>
      recordAs(app, school, school.adults.teacher, concernAbout(child, { prompts: ['injury'], account: noWords, ...more }))
    await hurt(maisie)
    assert.doesNotMatch((await asDsl.get('/signs')).html, /Maisie/, 'one sign alone ranks nobody')
    await hurt(maisie)
    await hurt(nell, { prompts: ['injury', 'suicidal'] })
    await hurt(nell)
    const { html } = await asDsl.get('/signs')
    const [first, second] = [html.indexOf('Nell'), html.indexOf('Maisie')]
    assert.ok(first > 0 && second > first, 'three signs before two')
    const row = html.slice(second)
    assert.match(row, /Falling attendance<\/strong>: Attendance fell from 100% to 50%/)
    assert.match(row, /Injuries more than once<\/strong>: Twice: 20 November 2026; 20 November 2026/)
    assert.equal((await (await app.agentFor(school.adults.teacher.adultId)).get('/signs')).status, 403)
  })

  test('the office pastes a week for the school; one wrong line keeps nothing, and each is said by its number', async () => {
    const school = demo.westPark
    const office = await app.agentFor(school.adults.receptionist.adultId)
    const [amina] = await app.people.query<{ given_name: string; family_name: string; class_name: string }>(
      'select given_name, family_name, class_name from child where id = $1',
      [school.pupils.amina.childId],
    )
    const who = `${amina?.family_name.toUpperCase()}\t${amina?.given_name}\t${amina?.class_name}`
    const kept = () => app.people.query('select 1 from attendance_week where week_starts = $1', ['2026-10-12'])
    const week = dateFields('week', '2026-10-14')
    const wrong = await office.submit('/attendance', '/attendance', {
      lines: `Family\tFirst\tClass\tPossible\tAttended\n${who}\t10\t11\nNobody\tSuch\t\t10\t9\n${who}\t10\tten\n${who}\t99\t1`,
      ...week,
    })
    assert.equal(wrong.status, 422)
    for (const says of [
      /Line 2: more sessions were attended/,
      /Line 3: nobody on roll is called so/,
      /Line 4: both figures must be/,
      /Line 5: a week has at most 14/,
    ])
      assert.match(wrong.html, says)
    assert.deepEqual(await kept(), [])
    assert.equal(
      (await office.submit('/attendance', '/attendance', { lines: `${who}\t10\t9`, ...dateFields('week', '2026-12-14') })).status,
      422,
    )
    assert.equal((await office.submit('/attendance', '/attendance', { lines: `${who}\t10\t9`, ...week })).status, 303)
    assert.equal(
      (await office.submit('/attendance', '/attendance', { lines: `${who.replaceAll('\t', ', ')}, 10, 8`, ...week })).status,
      303,
    )
    const [row] = await app.people.query(
      'select possible, attended from attendance_week where child_id = $1 and week_starts = $2',
      [school.pupils.amina.childId, '2026-10-12'],
    )
    assert.deepEqual(row, { possible: 10, attended: 8 })
    const teacher = await app.agentFor(school.adults.teacher.adultId)
    assert.equal((await teacher.get('/attendance')).status, 403)
    assert.equal((await office.get(`/children/${school.pupils.amina.childId}/attendance`)).status, 403)
  })

  const trendRow = (html: string, table: string, row: string) => {
    const at = html.slice(html.indexOf(table))
    return new RegExp(`${row}</th><td[^>]*>([^<]*)<`).exec(at.slice(0, at.indexOf('</table>')))?.[1]
  }

  test('[MM-6-01] a phishing incident tagged commerce is one in the term’s trend, and triage anew counts once', async () => {
    const school = demo.mmap
    const asDsl = await app.agentFor(school.adults.head.adultId)
    const id = await recordAs(app, school, school.adults.teacher, concernAbout(school.pupils.tyler, { prompts: ['online'] }))
    await triage(asDsl, school, id, { categories: 'online-safety', 'answer-online-risk': 'conduct' })
    await triage(asDsl, school, id, { categories: 'online-safety', 'answer-online-risk': 'commerce' })
    const { html } = await asDsl.get('/trends')
    assert.equal(trendRow(html, 'Which area of online risk is it?', 'Commerce'), '1')
    assert.equal(trendRow(html, 'Which area of online risk is it?', 'Conduct'), '0')
    assert.equal(trendRow(html, 'Categories', 'Online safety'), '1')
    const earlier = await asDsl.get('/trends?term=Summer+2026')
    assert.equal(trendRow(earlier.html, 'Which area of online risk is it?', 'Commerce'), '0')
  })

  test('[WA-23-06] two concerns of May with images made by AI are shown as fewer than 5 in the summer term', async () => {
    const school = demo.westacre
    app.clock.set('2026-05-12T10:00:00.000Z' as Instant)
    const asDsl = await app.agentFor(school.adults.head.adultId)
    for (const child of [school.pupils.maisie, school.pupils.nell]) {
      const id = await recordAs(app, school, school.adults.teacher, concernAbout(child, { prompts: ['online'] }))
      await triage(asDsl, school, id, { categories: 'images', 'answer-ai-kind': 'generated-image' })
    }
    app.clock.set(aFridayAfternoon)
    const { html } = await asDsl.get('/trends?term=Summer+2026')
    assert.equal(trendRow(html, 'Was AI part of it?', 'Any of these'), 'fewer than 5')
    assert.equal(trendRow(html, 'Was AI part of it?', 'An image made by AI'), 'fewer than 5')
    assert.equal(trendRow(html, 'Was AI part of it?', 'A chatbot'), '0')
    const rows = await app.people.query(`select 1 from answer where question = 'ai-kind'`)
    assert.equal(rows.length, 2)
  })

  test('[WM-7.6-01] five signs of neglect over ten weeks stand with their days and the span from first to last', async () => {
    const school = demo.williamMacgregor
    const asDsl = await app.agentFor(school.adults.dsl.adultId)
    const { noah } = school.pupils
    const days = ['2026-09-07', '2026-09-21', '2026-10-05', '2026-10-19', '2026-11-16'] as const
    const signs = ['food', 'clothing', 'food', 'medical-care', 'shut-out'] as const
    for (const [index, day] of days.entries()) {
      const id = await recordAs(
        app,
        school,
        school.adults.teacher,
        concernAbout(noah, { prompts: ['appearance'], happenedOn: day as PlainDate, account: noWords }),
      )
      const day2 = index === 4 ? dateFields('answer-neglect-signs-on', day) : {}
      await triage(asDsl, school, id, { categories: 'neglect', 'answer-neglect-signs': signs[index] ?? '', ...day2 })
    }
    const file = await asDsl.get(`/children/${noah.childId}`)
    assert.match(file.html, new RegExp(`/children/${noah.childId}/indicators`))
    const { html } = await asDsl.get(`/children/${noah.childId}/indicators`)
    for (const day of days) assert.match(html, new RegExp(dateInWords(day as PlainDate)))
    assert.match(html, /5 signs over 10 weeks<\/strong>, from 7 September 2026 to 16 November 2026/)
    assert.match(html, /Shut out of home or abandoned/)
  })

  test('[WM-7.5-01] what a ten-year-old did without touching is sexual abuse, non-contact, by a child, and the path for harm between children opens', async () => {
    const school = demo.williamMacgregor
    const asDsl = await app.agentFor(school.adults.dsl.adultId)
    const id = await recordAs(app, school, school.adults.teacher, concernAbout(school.pupils.george))
    await triage(asDsl, school, id, {
      categories: 'sexual-abuse',
      'answer-sexual-form': 'non-contact',
      'answer-source-of-harm': 'child',
    })
    const { html } = await asDsl.get(`/concerns/${id}`)
    assert.match(html, /Sexual abuse; Child-on-child abuse/)
    assert.match(html, /Non-contact/)
    assert.match(html, /A child</)
    const [row] = await app.people.query<{ categories: string[] }>('select categories from triage where concern_id = $1', [id])
    assert.deepEqual(row?.categories.toSorted(), ['child-on-child', 'sexual-abuse'])
  })

  test('[WA-10-02] of five pupils with signs of need exactly the one without a decision is listed', async () => {
    const school = demo.westacre
    const asDsl = await app.agentFor(school.adults.head.adultId)
    const untied = await app.people.query<{ id: string }>(`select id from child where school_id = $1 and tied = '{}'`, [
      school.id,
    ])
    const ids = untied.map(row => row.id)
    const five = school.children
      .filter(child => !['maisie', 'nell'].includes(child.handle) && ids.includes(child.childId))
      .slice(0, 5)
    for (const [index, child] of five.entries()) {
      const id = await recordAs(app, school, school.adults.teacher, concernAbout(child, { prompts: ['behaviour'] }))
      await triage(asDsl, school, id, { categories: 'other', 'answer-early-help-indicators': ['young-carer', 'family'] })
      const path = `/concerns/${id}/decision`
      const decision = { choice: 'no-further-action', rationale: 'Seen.', 'not-referring': 'Below the threshold.' }
      const options = ['offered', 'not-needed', 'in-place', 'offered'] as const
      const option = options[index]
      if (!option) continue
      const bare = await asDsl.submit(path, path, { ...decision, 'answer-early-help-considered': option })
      assert.equal(bare.status, 422, 'a decision on early help says why')
      const says = { [`answer-early-help-considered-${option}-says`]: 'Talked over with the parents.' }
      const sent = {
        ...decision,
        'answer-early-help-considered': option,
        ...says,
        ...dateFields('answer-early-help-review', '2027-01-11'),
      }
      assert.equal((await asDsl.submit(path, path, sent)).status, 303)
    }
    const { html } = await asDsl.get('/early-help')
    const listed = five.filter(child => html.includes(`/children/${child.childId}`))
    assert.deepEqual(listed, [five[4]])
    assert.match(html, /Cares for somebody; Difficult home|Difficult home[^;]*; Cares for somebody/)
  })

  test('[WP-2-01] going missing, cannabis and an older adult who pays are held on one record with place and source, and count under each category', async () => {
    const school = demo.westPark
    const asDsl = await app.agentFor(school.adults.dsl.adultId)
    const id = await recordAs(
      app,
      school,
      school.adults.teacher,
      concernAbout(school.pupils.amina, { prompts: ['exploitation'] }),
    )
    const path = `/concerns/${id}/triage`
    const form = await asDsl.get(path)
    for (const { name } of testPolicies().profile('west-park', '2026-11-20' as never).concern.triageCategories)
      assert.ok(form.html.includes(name.replaceAll('&', '&amp;')), name)
    const before = await asDsl.get('/trends')
    const names = ['Child criminal exploitation and county lines', 'Drugs and alcohol', 'Absent from education or missing']
    const count = (html: string, name: string) => Number(trendRow(html, 'Categories', name) ?? 0)
    await triage(asDsl, school, id, {
      ...presentation,
      categories: ['child-criminal-exploitation', 'substance-use', 'absence'],
      'main-category': 'child-criminal-exploitation',
      'answer-place-of-harm': 'community',
      'answer-source-of-harm': 'adult',
    })
    const { html } = await asDsl.get(`/concerns/${id}`)
    assert.match(html, /In the community/)
    assert.match(html, /An adult/)
    const later = await asDsl.get('/trends')
    for (const name of names) assert.equal(count(later.html, name), count(before.html, name) + 1, name)
  })

  test('[WA-27-01] a concern that the DSL tags neglect and emotional counts in both, the child once, and the author’s own tag stays beside the DSL’s', async () => {
    const school = demo.westacre
    const asHead = await app.agentFor(school.adults.head.adultId)
    const child = school.pupils.nell
    const id = await recordAs(
      app,
      school,
      school.adults.teacher,
      concernAbout(child, { prompts: ['appearance'], account: noWords }),
    )
    const cell = (html: string, name: string, column: number) => {
      const row = new RegExp(`<th[^>]*>${name}</th>((?:\\s*<td[^>]*>[^<]*</td>)+)`).exec(html)?.[1] ?? ''
      return Number([...row.matchAll(/<td[^>]*>([^<]*)<\/td>/g)][column]?.[1] ?? 0)
    }
    const counts = (html: string) => ({
      neglect: cell(html, 'Neglect', 0),
      neglectMain: cell(html, 'Neglect', 2),
      emotional: cell(html, 'Emotional abuse', 0),
      emotionalMain: cell(html, 'Emotional abuse', 2),
      both: cell(html, 'Emotional abuse and Neglect', 0),
      concerns: cell(html, 'All together', 0),
      children: cell(html, 'All together', 1),
    })
    const before = counts((await asHead.get('/trends')).html)
    const path = `/concerns/${id}/triage`
    const tags = { categories: ['neglect', 'emotional-abuse'], 'answer-place-of-harm': ['home', 'online'] }
    const level = levelOf(school.key)
    const unmarked = await asHead.submit(path, path, { ...answers, level, rationale: 'Looked at.', ...tags })
    assert.equal(unmarked.status, 422)
    assert.match(unmarked.html, /href="#main-category"[^>]*>Select which category is the main one\./)
    const other = await asHead.submit(path, path, { ...answers, level, rationale: 'x', ...tags, 'main-category': 'images' })
    assert.match(other.html, /The main category must be one of those that you selected\./)
    await triage(asHead, school, id, { ...tags, 'main-category': 'neglect' })

    const after = counts((await asHead.get('/trends')).html)
    assert.deepEqual(after, {
      neglect: before.neglect + 1,
      neglectMain: before.neglectMain + 1,
      emotional: before.emotional + 1,
      emotionalMain: before.emotionalMain,
      both: before.both + 1,
      concerns: before.concerns + 1,
      children: before.children + 1,
    })
    const second = await recordAs(
      app,
      school,
      school.adults.teacher,
      concernAbout(child, { prompts: ['behaviour'], account: noWords }),
    )
    await triage(asHead, school, second, { categories: 'neglect' })
    const twice = counts((await asHead.get('/trends')).html)
    assert.equal(twice.neglect, after.neglect + 1)
    assert.equal(twice.children, after.children, 'one child with two concerns is one child')

    const page = (await asHead.get(`/concerns/${id}`)).html
    assert.match(page, /Main category<\/dt>\s*<dd[^>]*>Neglect</)
    const { prompts } = testPolicies().profile('westacre', '2026-11-20' as never).concern
    const authors = prompts.find(prompt => prompt.id === 'appearance')?.name.replaceAll("'", '&#39;') ?? assert.fail()
    const beside = page.slice(page.indexOf('The author’s own'))
    assert.ok(beside.slice(0, 300).includes(authors) || beside.slice(0, 300).includes(authors.replaceAll('&#39;', "'")), authors)
    assert.match(page, /In the home; Online/)
    assert.equal((await (await app.agentFor(school.adults.teacher.adultId)).get('/trends')).status, 403)
  })
})
