import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey, schoolWithForm } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import type { AdultId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'

type School = Awaited<ReturnType<typeof schoolWithForm>>

const morning = '2026-11-18T10:00:00.000Z' as Instant
const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(' ,', ',')
/** The lines of the page, each as one text. */
const linesOf = (html: string) =>
  [...(/<ol class="govuk-list govuk-list--spaced"[\s\S]*?<\/ol>/.exec(html)?.[0] ?? '').matchAll(/<li>([\s\S]*?)<\/li>/g)].map(
    ([, line]) => textOf(line ?? '').trim(),
  )
const namesOf = (html: string) => [...html.matchAll(/<option value="[^"]+"[^>]*>([^<]+)<\/option>/g)].map(([, name]) => name)

async function told(agent: Agent, path: string): Promise<readonly string[]> {
  const answer = await agent.get(path)
  assert.equal(answer.status, 200, path)
  return linesOf(answer.html)
}

describe('who looked at a child', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ policies: policiesByKey, now: morning })
  })
  after(() => app.close())

  const logOf = ({ robin }: School, rest = '') => `/children/${robin}/who-looked${rest}`
  const recordBy = (of: School, adultId: AdultId, more = {}): Promise<ConcernId> =>
    recordAs(app, of.school, { adultId }, concernAbout({ childId: of.robin }, more))
  const peopled = (key = 'west-park') => schoolWithForm(app, key)

  test('[MM-2.2-03] a class teacher who is not on the case asks for it and is refused; the DSL’s read log shows the attempt with person and time', async () => {
    const of = await peopled('mmap')
    const colleague = await app.people.addAdult(of.school, { name: 'Colin Ferry' })
    const concernId = await recordBy(of, of.teacher.id)
    app.clock.set('2026-11-18T11:42:00.000Z' as Instant)
    assert.equal((await (await app.agentFor(colleague.id)).get(`/concerns/${concernId}`)).status, 404)
    app.clock.set('2026-11-18T12:00:00.000Z' as Instant)
    const [line] = await told(await app.agentFor(of.dsl.id), logOf(of))
    assert.match(
      line ?? '',
      /18 November 2026 at 11:42am Colin Ferry, Teacher Asked for a concern about the child, and was refused Refused/,
    )
    app.clock.set(morning)
  })

  test('[WM-4.4-01] a safeguarding advocate follows a link to a concern about a pupil and is refused, and the attempt is in the audit trail', async () => {
    const of = await peopled('william-macgregor')
    const advocate = await app.people.addAdult(of.school, { name: 'Ada Vance', roles: ['safeguarding-governor', 'governor'] })
    const concernId = await recordBy(of, of.teacher.id)
    const answer = await (await app.agentFor(advocate.id)).get(`/concerns/${concernId}`)
    assert.equal(answer.status, 404)
    assert.doesNotMatch(answer.html, /Robin/)
    const trail = await app.people.query<{ actor_id: string; outcome: string; subject_id: string }>(
      `select actor_id, outcome, subject_id from audit_entry where school_id = $1 and action = 'access.denied'`,
      [of.school.id],
    )
    assert.deepEqual(trail, [{ actor_id: advocate.id, outcome: 'refused', subject_id: concernId }])
    assert.match((await told(await app.agentFor(of.dsl.id), logOf(of))).join('\n'), /Ada Vance.*was refused/)
  })

  test('[WA-5-57] a class teacher who has no part in a case searches the pupil’s name and sees only what they submitted themselves, and the attempt is logged', async () => {
    const of = await peopled('westacre')
    const own = await recordBy(of, of.teacher.id)
    const other = await recordBy(of, of.deputy.id)
    const answer = await of.page.get('/children/find?q=robin%20ash')
    assert.ok(answer.html.includes(`/my-concerns/${own}`))
    assert.ok(!answer.html.includes(other))
    assert.equal([...answer.html.matchAll(/Your concern/g)].length, 1)
    assert.ok(!(await (await app.agentFor(of.deputy.id)).get('/children/find?q=robin%20ash')).html.includes(own))
    const log = await told(await app.agentFor(of.dsl.id), logOf(of, `?who=${of.teacher.id}`))
    assert.match(log[0] ?? '', /Tessa Marsh, Teacher Searched by name, and found this child/)
  })

  test('[WM-4.1.3-06] a concern corrected twice and opened by three people shows five entries with person, time and action, and its first version is still there', async () => {
    const of = await peopled('william-macgregor')
    app.clock.set(morning)
    const second = await app.people.addAdult(of.school, { name: 'Sol Reed', roles: ['deputy-dsl'] })
    const concernId = await recordBy(of, of.teacher.id, {
      account: { childWords: '', seen: 'Shoes wet through.', opinion: '', done: '' },
    })
    for (const says of ['The shoes were trainers.', 'It was the second day.']) {
      app.pass(1)
      const answer = await of.page.post(`/my-concerns/${concernId}/addenda`, { says })
      assert.equal(answer.status, 303)
    }
    for (const id of [of.dsl.id, of.deputy.id, second.id]) {
      app.pass(1)
      const answer = await (await app.agentFor(id)).get(`/concerns/${concernId}`)
      assert.match(answer.html, /Shoes wet through\.[\s\S]*The shoes were trainers\./, 'the first version is there')
    }
    app.pass(1)
    const log = await told(await app.agentFor(of.dsl.id), `/concerns/${concernId}/who-looked`)
    const five = log
      .filter(line => /Opened a concern|Added to a concern/.test(line))
      .map(line => line.replace(/^.*?(\d+:\d+)am /, '$1 '))
    assert.equal(five.length, 5)
    const expected = [/^10:05 Sol Reed, .*Opened/, /^10:04 Demi Okafor, .*Opened/, /^10:03 Dora Lind, .*Opened/]
    const added = [/^10:02 Tessa Marsh, .*Added/, /^10:01 Tessa Marsh, .*Added/]
    for (const [n, pattern] of [...expected, ...added].entries()) assert.match(five[n] ?? '', pattern)
    app.clock.set(morning)
  })

  test('says what was done, in words, and with which right: by appointment, by a share, by breaking the glass', async () => {
    const of = await peopled()
    const senco = await app.people.addAdult(of.school, { name: 'Sena Cole', roles: ['senco'] })
    const dsl = await app.agentFor(of.dsl.id)
    await dsl.get(`/children/${of.robin}`)
    await dsl.get(`/children/${of.robin}/print`)
    const until = { 'until-day': '27', 'until-month': '11', 'until-year': '2026' }
    const shared = { says: 'Let Robin sit at the front.', 'with-1': of.teacher.id, because: 'Class', ...until }
    assert.equal((await dsl.post(`/children/${of.robin}/shares`, shared)).status, 303)
    const [share] = await app.people.query<{ id: string }>('select id from share where child_id = $1', [of.robin])
    assert.equal((await of.page.get(`/shared/${share?.id}`)).status, 200)
    const broke = await (await app.agentFor(senco.id)).post(`/children/${of.robin}/break-glass`, { reason: 'Gone', hours: '1' })
    assert.equal((await (await app.agentFor(senco.id)).get(broke.location ?? '')).status, 200)
    const log = (await told(dsl, logOf(of))).map(line => line.replace(/^.*?am /, ''))
    assert.deepEqual(log, [
      'Sena Cole, SENCo Read the file by breaking the glass (Broke the glass)',
      'Sena Cole, SENCo Broke the glass (Broke the glass)',
      'Tessa Marsh, Teacher Opened what was shared with them (It was shared with them)',
      'Dora Lind, Designated Safeguarding Lead Shared something with colleagues (By appointment)',
      'Dora Lind, Designated Safeguarding Lead Printed the file (By appointment)',
      'Dora Lind, Designated Safeguarding Lead Opened the file (By appointment)',
    ])
    assert.match((await told(dsl, logOf(of)))[0] ?? '', /Dora Lind.*Opened the list of who looked/, 'reading it stands in it')
  })

  test('is narrowed by person and days, goes on over pages, says what is wrong with a date, and prints', async () => {
    const of = await peopled()
    const dsl = await app.agentFor(of.dsl.id)
    const deputy = await app.agentFor(of.deputy.id)
    for (let n = 0; n < 55; n += 1) await deputy.get(`/children/${of.robin}`)
    app.clock.set('2026-11-19T10:00:00.000Z' as Instant)
    await dsl.get(`/children/${of.robin}`)
    const byDeputy = logOf(of, `?who=${of.deputy.id}`)
    const first = await dsl.get(byDeputy)
    assert.match(textOf(first.html), /55 lines, by Demi Okafor, the newest first/)
    assert.equal(linesOf(first.html).length, 50)
    assert.equal((await told(dsl, `${byDeputy}&page=2`)).length, 5)
    const days = (day: string) => `from-day=${day}&from-month=11&from-year=2026&to-day=${day}&to-month=11&to-year=2026`
    assert.equal((await told(dsl, logOf(of, `?who=${of.deputy.id}&${days('19')}`))).length, 0)
    assert.ok((await told(dsl, logOf(of, `?${days('19')}`))).every(line => line.includes('Dora Lind')))
    const wrong = await dsl.get(logOf(of, '?from-day=31&from-month=2&from-year=2026'))
    assert.equal(wrong.status, 422)
    assert.match(wrong.html, /href="#from-day"[\s\S]*value="31"/)
    const paper = await told(dsl, logOf(of, `/print?who=${of.deputy.id}`))
    assert.equal(paper.length, 55)
    assert.match((await told(dsl, logOf(of)))[0] ?? '', /Printed the list of who looked/)
    app.clock.set(morning)
  })

  test('the data protection officer reads who looked and when, and not at what; others read nothing', async () => {
    const of = await peopled()
    const officer = await app.people.addAdult(of.school, { name: 'Otto Pine', roles: ['data-protection-officer'] })
    const concernId = await recordBy(of, of.teacher.id)
    await (await app.agentFor(of.dsl.id)).get(`/concerns/${concernId}`)
    const agent = await app.agentFor(officer.id)
    const log = await told(agent, logOf(of))
    assert.match(log.join('\n'), /Dora Lind.*Opened something in the file/)
    const { html } = await agent.get(logOf(of))
    assert.ok(!html.includes(concernId))
    assert.doesNotMatch(/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? '', /concern/i)
    assert.match((await agent.get('/children/find?q=robin%20ash')).html, new RegExp(`/children/${of.robin}/who-looked`))
    assert.equal((await agent.get(`/concerns/${concernId}/who-looked`)).status, 403)
    for (const id of [of.teacher.id, of.head.id]) assert.equal((await (await app.agentFor(id)).get(logOf(of))).status, 403)
  })

  test('a deputy outside one concern learns nothing of it: not from a line, a number, a name in the list, a search or the database', async () => {
    const of = await peopled()
    const outsider = await app.people.addAdult(of.school, { name: 'Nell Outer', roles: ['deputy-dsl'] })
    const only = await app.people.addAdult(of.school, { name: 'Only Here' })
    const agent = await app.agentFor(outsider.id)
    const seenBefore = await agent.get(logOf(of))
    const named = { adultId: outsider.id, name: 'Nell Outer', relation: '', involvement: 'alleged', toldAt: null } as const
    const concernId = await recordBy(of, only.id, { adults: [named] })
    const dsl = await app.agentFor(of.dsl.id)
    await dsl.get(`/concerns/${concernId}`)
    await dsl.post(`/concerns/${concernId}/acknowledge`, {})
    await dsl.post(`/concerns/${concernId}/actions/new`, { says: 'Speak to Robin', owner: of.deputy.id })
    await (await app.agentFor(only.id)).get(`/concerns/${concernId}`)
    assert.equal((await agent.get(`/concerns/${concernId}`)).status, 404)
    const log = await agent.get(logOf(of))
    // One line more than before: their own opening of the list.
    assert.equal(linesOf(log.html).length, linesOf(seenBefore.html).length + 1)
    assert.match(textOf(log.html), /1 line, the newest first/)
    assert.deepEqual(namesOf(log.html), ['Nell Outer'])
    assert.equal((await agent.get(`/concerns/${concernId}/who-looked`)).status, 404)
    const whole = await told(dsl, logOf(of))
    assert.match(
      whole.join('\n'),
      /Only Here.*was refused[\s\S]*Recorded a concern/,
      'the DSL, who is not outside it, reads all of it',
    )
    assert.match(whole.join('\n'), /Nell Outer.*was refused/)
    const alone = await workAs(app.tools, { schoolId: of.school.id, adultId: outsider.id }, app.clock.now(), async work => ({
      commit: true,
      value: await work.tx.run<{ page: { total: number } | null; concern: unknown }>(
        {
          name: `alone_${newId<string>()}`,
          text: 'select read_log($1, null, null, null, null, 100, 0) as page, read_log(null, $2, null, null, null, 100, 0) as concern',
        },
        [of.robin, concernId],
      ),
    }))
    assert.deepEqual([alone[0]?.page?.total, alone[0]?.concern], [3, null], 'three openings of the list and nothing else')
  })

  test('whoever is tied to the child has no list, by the page or by the database; nor has the DSL of another school', async () => {
    const of = await peopled()
    const elsewhere = await peopled()
    await app.people.query('update child set tied = array_append(tied, $2) where id = $1', [of.robin, of.deputy.id])
    for (const id of [of.deputy.id, elsewhere.dsl.id])
      for (const rest of ['', '/print']) assert.equal((await (await app.agentFor(id)).get(logOf(of, rest))).status, 404)
    const alone = (who: { schoolId: typeof of.school.id; adultId: AdultId }) =>
      workAs(app.tools, who, app.clock.now(), async work => ({
        commit: true,
        value: await work.tx.run<{ page: unknown }>(
          { name: `alone_${newId<string>()}`, text: 'select read_log($1, null, null, null, null, 100, 0) as page' },
          [of.robin],
        ),
      }))
    assert.deepEqual(await alone({ schoolId: of.school.id, adultId: of.deputy.id }), [{ page: null }])
    assert.deepEqual(await alone({ schoolId: elsewhere.school.id, adultId: elsewhere.dsl.id }), [{ page: null }])
    await assert.rejects(alone({ schoolId: of.school.id, adultId: of.teacher.id }), /not permitted/)
  })

  test('nothing of a case about an adult stands in a child’s log, though the concern about the child opened it', async () => {
    const of = await peopled()
    const named = { adultId: of.head.id, name: 'Hugh Petty', relation: '', involvement: 'alleged', toldAt: null } as const
    const concernId = await recordBy(of, of.teacher.id, { adults: [named] })
    const conduct = await app.people.query<{ action: string }>(
      `select action from audit_entry where school_id = $1 and chain = 'conduct'`,
      [of.school.id],
    )
    assert.ok(conduct.length > 0, 'there is a case beside the concern')
    const dsl = await app.agentFor(of.dsl.id)
    await dsl.get(`/concerns/${concernId}`)
    const { html } = await dsl.get(logOf(of))
    assert.doesNotMatch(html, /case about|conduct|allegation/i)
    assert.deepEqual(
      linesOf(html).map(line => line.replace(/^.*?am /, '').replace(/ \(.*/, '')),
      [
        'Dora Lind, Designated Safeguarding Lead Saw the alert of a concern',
        'Dora Lind, Designated Safeguarding Lead Opened a concern',
        'Tessa Marsh, Teacher Recorded a concern',
      ],
    )
  })
})
