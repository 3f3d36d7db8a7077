import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { multipartBody } from '../../../test/guards/guarded-school.ts'
import { type Agent, type Fields, hiddenFields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf, recordByForm, sendToCheck } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { ConcernId, SchoolId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'

/** A moment of Wednesday 18 November 2026, a day of term, when London is on the time of Greenwich. */
const at = (time: string, day = '18') => `2026-11-${day}T${time}:00.000Z` as Instant
const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('the account of whoever saw or heard it', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('09:00') })
  })
  after(() => app.close())

  const agent = (adult: Pick<DemoAdult, 'adultId'>) => app.agentFor(adult.adultId)
  const pageOf = async (adult: Pick<DemoAdult, 'adultId'>, path: string) => (await (await agent(adult)).get(path)).html
  const look = async (school: { readonly id: SchoolId }, now: Instant) => {
    app.clock.set(now)
    await workInBackground(app.tools, school.id, now, async work => ({ commit: true, value: await lookRoundSchool(work) }))
  }
  const alertsOf = (id: string, kind: string) =>
    app.people.query<{ adult_id: string; told_at: string }>(
      'select adult_id, told_at from alert where concern_id = $1 and kind = $2 order by told_at',
      [id, kind],
    )
  const toldOf = async (id: string, kind: string) => (await alertsOf(id, kind)).map(alert => alert.adult_id).toSorted()
  const outboxOf = (id: string) =>
    app.people.query<{ adult_id: string }>('select adult_id from outbox where concern_id = $1', [id])
  const least = (child: { readonly childId: string }, more: Fields = {}): Fields => ({
    child: child.childId,
    prompt: 'appearance',
    seen: 'He said that his stepfather locks him out.',
    opinion: 'He has no winter coat.',
    done: 'Nothing yet.',
    happened: '2026-11-18',
    location: 'Cloakroom',
    ...more,
  })

  async function attach(page: Agent, id: string): Promise<void> {
    const fields = { _token: await page.formToken(), _key: newId<string>(), kind: 'paper-form' }
    const { headers, payload } = multipartBody(fields, { field: 'scan', content: pdf })
    const cookie = [...page.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = await app.app.inject({
      method: 'POST',
      url: `/concerns/${id}/evidence`,
      headers: { ...headers, cookie },
      payload,
    })
    assert.equal(sent.statusCode, 303, sent.payload)
  }

  describe('written second-hand', () => {
    const school = demo.williamMacgregor
    const { teacher, teacherTwo, dsl } = school.adults
    const child = school.children[0]
    assert.ok(child)

    test('[WM-4.1.3-01] a teacher ticks that she did not hear it herself and names the colleague, who gets a task due the same day, sees nothing of the concern, and writes a first-hand account', async () => {
      app.clock.set(at('10:00'))
      const writer = await agent(teacher)
      // Named in part, the colleague is chosen from the school's adults.
      const asked = await sendToCheck(writer, least(child, { 'second-hand': 'yes', 'first-hand-name': teacherTwo.name }))
      assert.equal(asked.status, 422)
      assert.match(errorsOf(asked.html).join('\n'), /^first-hand-id: Select who “/)
      assert.match(asked.html, new RegExp(`name="first-hand-id"[^>]*value="${teacherTwo.adultId}"`))
      const chosen = { 'second-hand': 'yes', 'first-hand-name': teacherTwo.name, 'first-hand-id': teacherTwo.adultId }
      const checked = await sendToCheck(writer, least(child, chosen))
      assert.equal(checked.status, 303)
      assert.match(
        textOf((await writer.get(checked.location ?? '')).html),
        new RegExp(`Second-hand Seen or heard by ${teacherTwo.name}`),
      )
      const { id } = await recordByForm(writer, least(child, chosen))

      assert.deepEqual(await toldOf(id, 'account-asked'), [teacherTwo.adultId])
      assert.ok(
        (await outboxOf(id)).some(mail => mail.adult_id === teacherTwo.adultId),
        'a mail that says no more than that',
      )
      const [row] = await app.people.query<{ due_at: string }>('select due_at from awaited_account where concern_id = $1', [id])
      assert.equal(new Date(String(row?.due_at)).toISOString().slice(0, 10), '2026-11-18', 'due the same day')
      const home = await pageOf(teacherTwo, '/')
      assert.match(home, new RegExp(`href="/concerns/${id}/first-hand"[^>]*>\\s*Write what you saw or heard yourself`))
      assert.doesNotMatch(await pageOf(teacher, '/'), /Write what you saw or heard yourself/)

      const shown = textOf(await pageOf(dsl, `/concerns/${id}`))
      assert.match(shown, /Second-hand What stands here was written by somebody who did not see or hear it/)
      assert.match(
        shown,
        new RegExp(`${teacherTwo.name} \\(saw or heard it; somebody else wrote it down\\): Awaiting their written account`),
      )
      assert.match(textOf(await pageOf(dsl, '/today')), new RegExp(`Waiting for a written account \\(\\d+\\).*${child.name}`))

      const [{ reference } = { reference: '' }] = await app.people.query<{ reference: string }>(
        'select reference from concern where id = $1',
        [id],
      )
      const secrets = [child.name, ...child.name.split(' '), reference, 'stepfather', 'Cloakroom', 'winter']
      const colleague = await agent(teacherTwo)
      for (const path of ['/', '/alerts', `/concerns/${id}/first-hand`]) {
        const { html } = await colleague.get(path)
        for (const secret of secrets) assert.ok(!html.includes(secret), `${path} says ${secret}`)
      }
      for (const path of [`/concerns/${id}`, `/my-concerns/${id}`, `/concerns/${id}/recorded`])
        assert.equal((await colleague.get(path)).status, 404, path)
      const alert = (await alertsOf(id, 'account-asked')).length
      assert.equal(alert, 1)

      const empty = await colleague.submit(`/concerns/${id}/first-hand`, `/concerns/${id}/first-hand`, { opinion: 'I worry.' })
      assert.equal(empty.status, 422)
      assert.match(errorsOf(empty.html).join(), /^seen: /)
      assert.match(empty.html, />I worry\.</, 'what was typed is kept')
      app.clock.set(at('11:30'))
      const sent = await colleague.submit(`/concerns/${id}/first-hand`, `/concerns/${id}/first-hand`, {
        'child-words': '“He locks the door.”',
        seen: 'He told me by the lockers.',
      })
      assert.equal(sent.status, 303, sent.html)
      const own = await colleague.get(sent.location ?? '')
      assert.match(own.html, /He told me by the lockers/)
      for (const secret of secrets) assert.ok(!own.html.includes(secret), secret)
      assert.doesNotMatch(await pageOf(teacherTwo, '/'), /Write what you saw or heard yourself/)

      const after = textOf(await pageOf(dsl, `/concerns/${id}`))
      assert.match(after, /First-hand account .*He told me by the lockers/)
      assert.match(after, /Wrote their own account today at 11:30/)
      assert.match(after, /Second-hand/, 'what the teacher wrote stays second-hand')
      assert.doesNotMatch(await pageOf(teacher, `/my-concerns/${id}`), /lockers/, 'the teacher is not shown it')
      const entries = await app.people.query('select 1 from entry where concern_id = $1 and child_id = $2 and heading = $3', [
        id,
        child.childId,
        'First-hand account added',
      ])
      assert.equal(entries.length, 1, 'it stands in the child’s chronology')
      await look(school, at('16:00'))
      assert.deepEqual(await toldOf(id, 'account-due'), [], 'nobody is chased for what is written')
    })

    test('somebody who is outside the concern is named in it and never asked', async () => {
      app.clock.set(at('10:00'))
      const named = { adultId: teacherTwo.adultId, name: teacherTwo.name }
      const id = await recordAs(
        app,
        school,
        teacher,
        concernAbout(child, {
          firstHand: named,
          adults: [{ ...named, relation: '', involvement: 'alleged', toldAt: null }],
        }),
      )
      assert.deepEqual(await toldOf(id, 'account-asked'), [])
      assert.ok(!(await outboxOf(id)).some(mail => mail.adult_id === teacherTwo.adultId))
      assert.equal((await (await agent(teacherTwo)).get(`/concerns/${id}/first-hand`)).status, 404)
      assert.doesNotMatch(await pageOf(teacherTwo, '/'), new RegExp(id))
      await look(school, at('16:00'))
      assert.ok(!(await toldOf(id, 'account-due')).includes(teacherTwo.adultId))
      assert.ok(!(await toldOf(id, 'account-due')).includes(teacher.adultId), 'nor is the writer in their place')
      assert.match(textOf(await pageOf(dsl, `/concerns/${id}`)), /Outside this concern and not asked/)
      await attach(await agent(teacher), id)
      assert.match(
        textOf(await pageOf(dsl, `/concerns/${id}`)),
        /Outside this concern and not asked/,
        'another paper is not the account of whoever is outside',
      )
    })

    test('whoever is put outside the concern after they were asked is asked no longer', async () => {
      app.clock.set(at('10:00'))
      const id = await recordAs(
        app,
        school,
        teacher,
        concernAbout(child, { firstHand: { adultId: teacherTwo.adultId, name: teacherTwo.name } }),
      )
      assert.match(await pageOf(teacherTwo, '/'), new RegExp(id))
      await workInBackground(app.tools, school.id, app.clock.now(), async work => {
        await work.tx.run({ name: 'test_exclude', text: 'select concern_exclude($1, $2)' }, [id, [teacherTwo.adultId]])
        return { commit: true, value: undefined }
      })
      assert.doesNotMatch(await pageOf(teacherTwo, '/'), new RegExp(id))
      const colleague = await agent(teacherTwo)
      assert.equal((await colleague.get(`/concerns/${id}/first-hand`)).status, 404)
      assert.equal((await colleague.post(`/concerns/${id}/first-hand`, { seen: 'x' })).status, 404)
      await look(school, at('16:00'))
      assert.ok(!(await toldOf(id, 'account-due')).includes(teacherTwo.adultId))
      assert.ok(!(await toldOf(id, 'account-due')).includes(teacher.adultId), 'nor is the writer in their place')
    })

    test('a name that nobody here bears is asked about, and kept as somebody without an account only when that is said', async () => {
      app.clock.set(at('10:00'))
      const writer = await agent(teacher)
      const typed = { 'second-hand': 'yes', 'first-hand-name': 'Zebedee Quill' }
      const { html } = await sendToCheck(writer, least(child, typed))
      assert.match(errorsOf(html).join(), /Nobody here has the name “Zebedee Quill”/)
      const missing = await sendToCheck(writer, least(child, { 'second-hand': 'yes' }))
      assert.match(errorsOf(missing.html).join(), /^first-hand-name: Enter the name of whoever saw or heard it\./)
      const { id } = await recordByForm(writer, least(child, { ...typed, 'first-hand-id': 'none: zebedee quill' }))
      assert.match(textOf(await pageOf(teacher, `/my-concerns/${id}`)), /Awaiting the written account of Zebedee Quill/)
    })
  })

  describe('told by somebody without an account', () => {
    const school = demo.williamMacgregor
    const { dsl } = school.adults
    const child = school.children[1]
    assert.ok(child)

    test('[WM-4.1.3-03] a kitchen worker tells the DSL at 12:20 and the DSL logs it at 12:30: the entry shows who told it and when, and the written account is chased the same day until the signed paper is attached', async () => {
      app.clock.set(at('12:30'))
      const lead = await agent(dsl)
      const { id, html } = await recordByForm(
        lead,
        least(child, {
          behalf: 'yes',
          'behalf-name': 'Sue Moss, kitchen',
          'behalf-reason': 'no-account',
          'behalf-day': '18',
          'behalf-month': '11',
          'behalf-year': '2026',
          'behalf-time': '12:20',
        }),
      )
      assert.match(html, /Attach their signed account/)
      const shown = textOf(await pageOf(dsl, `/concerns/${id}`))
      assert.match(
        shown,
        new RegExp(`Reported by Sue Moss, kitchen \\(told by somebody without an account; entered by ${dsl.name}\\)`),
      )
      assert.match(shown, /First told today at 12:20/)
      assert.match(shown, /Recorded today at 12:30/)
      assert.match(shown, /Sue Moss, kitchen \(told it by voice[^)]*\): Awaiting their written account/)
      assert.match(textOf(await pageOf(dsl, '/today')), /Sue Moss, kitchen told it by voice/)

      await look(school, at('14:29'))
      assert.deepEqual(await toldOf(id, 'account-due'), [])
      await look(school, at('14:30'))
      assert.ok((await toldOf(id, 'account-due')).includes(dsl.adultId), 'chased the same day')
      const mails = (await outboxOf(id)).length
      await look(school, at('14:31'))
      assert.equal((await outboxOf(id)).length, mails, 'once')
      assert.match(await pageOf(dsl, '/alerts'), /Not written yet: an account that is due/)

      app.clock.set(at('15:00'))
      await attach(lead, id)
      const after = textOf(await pageOf(dsl, `/concerns/${id}`))
      assert.match(after, /Their paper was attached today at 15:00/)
      assert.doesNotMatch(after, /Awaiting their written account/)
      assert.doesNotMatch(textOf(await pageOf(dsl, '/today')), /Sue Moss/)
    })
  })

  describe('before the child leaves', () => {
    const school = demo.westPark
    const { teacher, dsl } = school.adults
    const child = school.children[2]
    assert.ok(child)
    before(() => app.people.query(`update child set leaves_at = '15:10' where id = $1`, [child.childId]))

    test('[WP-6-04] of a disclosure at 13:30 no account is written at 14:40, half an hour before the bus: author and DSL are warned, and what is saved at 15:25 is marked as after departure', async () => {
      app.clock.set(at('13:30'))
      const author = await agent(teacher)
      const form = await author.get('/concerns/urgent')
      const sent = await author.post('/concerns/urgent', {
        ...hiddenFields(form.html, '/concerns/urgent'),
        child: child.childId,
        seen: 'Amina has told me something. She is with me.',
      })
      assert.equal(sent.status, 303, sent.html)
      const id = /^\/concerns\/(.*)\/recorded$/.exec(sent.location ?? '')?.[1] as ConcernId
      await look(school, at('14:39'))
      assert.deepEqual(await toldOf(id, 'account-due'), [])
      await look(school, at('14:40'))
      const warned = await toldOf(id, 'account-due')
      for (const adult of [teacher, dsl]) assert.ok(warned.includes(adult.adultId), adult.name)
      assert.match(
        textOf(await pageOf(dsl, `/concerns/${id}`)),
        /began it and has not finished it\): Awaiting their written account , due today at 15:10/,
      )

      app.clock.set(at('15:25'))
      const finished = await author.submit(`/concerns/${id}/finish`, `/concerns/${id}/finish`, {
        'child-words': '“He hits me.”',
        seen: 'She cried.',
        opinion: 'I believe her.',
        done: 'Told the DSL.',
        _do: 'finish',
      })
      assert.equal(finished.status, 303, finished.html)
      assert.match(textOf(await pageOf(dsl, `/concerns/${id}`)), /Finished today at 15:25 , after departure: the child had left/)
      assert.match(
        textOf(await pageOf(dsl, '/late-records')),
        new RegExp(`The account of ${teacher.name} was written after departure: the child had left`),
      )
    })

    test('an account that is finished while the child is still there is not marked, and nobody is warned', async () => {
      app.clock.set(at('13:30'))
      const id = await recordAs(app, school, teacher, concernAbout(child, { stub: true, urgent: true }))
      app.clock.set(at('14:30'))
      const author = await agent(teacher)
      await author.submit(`/concerns/${id}/finish`, `/concerns/${id}/finish`, {
        'child-words': 'none',
        seen: 'She cried.',
        opinion: 'x',
        done: 'y',
        _do: 'finish',
      })
      await look(school, at('14:45'))
      assert.deepEqual(await toldOf(id, 'account-due'), [])
      assert.doesNotMatch(textOf(await pageOf(dsl, `/concerns/${id}`)), /after departure/)
    })

    test('what a colleague told the DSL by voice waits for that colleague’s own account until the child leaves', async () => {
      app.clock.set(at('13:40'))
      const lead = await agent(dsl)
      const behalf = {
        behalf: 'yes',
        'behalf-name': teacher.name,
        'behalf-reason': 'spoken',
        'behalf-day': '18',
        'behalf-month': '11',
        'behalf-year': '2026',
        'behalf-time': '13:30',
      }
      const which = await sendToCheck(lead, least(child, { ...behalf, category: 'neglect' }))
      assert.match(errorsOf(which.html).join(), /^behalf-id: Select whether/)
      const { id } = await recordByForm(lead, least(child, { ...behalf, category: 'neglect', 'behalf-id': teacher.adultId }))
      assert.match(await pageOf(teacher, '/'), new RegExp(`/concerns/${id}/first-hand`))
      assert.equal((await (await agent(teacher)).get(`/my-concerns/${id}`)).status, 404, 'what the DSL wrote is not shown')
      await look(school, at('14:40'))
      const warned = await toldOf(id, 'account-due')
      for (const adult of [teacher, dsl]) assert.ok(warned.includes(adult.adultId), adult.name)
      app.clock.set(at('15:25'))
      const author = await agent(teacher)
      await author.submit(`/concerns/${id}/first-hand`, `/concerns/${id}/first-hand`, { seen: 'She told me at half past one.' })
      assert.match(textOf(await pageOf(dsl, `/concerns/${id}`)), /Wrote their own account today at 15:25 , after departure/)
    })
  })
})
