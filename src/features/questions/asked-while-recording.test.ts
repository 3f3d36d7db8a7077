import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  errorsOf,
  leastOf,
  openForm,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
  sendToCheck,
} from '../../../test/support/concern-form.ts'
import type { Actor } from '../../access/index.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { type Work, workAs } from '../../work/work.ts'
import { findDuties, signReading, startDuties } from '../training/index.ts'

describe('what a school’s own policy asks of whoever records a concern', () => {
  let holdfast: TestApp
  let mmap: SchoolWithForm
  let westacre: SchoolWithForm
  let macGregor: SchoolWithForm

  before(async () => {
    holdfast = await startTestApp({ policies: policiesByKey })
    mmap = await schoolWithForm(holdfast, 'mmap')
    westacre = await schoolWithForm(holdfast, 'westacre')
    macGregor = await schoolWithForm(holdfast, 'william-macgregor')
  })
  after(() => holdfast.close())

  const disclosure = (school: SchoolWithForm) => ({
    ...leastOf(school),
    prompt: 'disclosure',
    voice: 'yes',
    told: school.dsl.id,
    'told-time': '9:50am',
    'child-words': '“I do not want to go home.”',
  })
  const toldNext = 'answer-told-what-next'

  test('[MM-3.2-02] whoever has not told the child whom it is shared with is asked; when the DSL opens the concern, the action to explain the next steps is there', async () => {
    const { page, dsl, robin } = mmap
    const silent = await sendToCheck(page, disclosure(mmap))
    assert.deepEqual(errorsOf(silent.html), [
      `${toldNext}: Answer “Have you told the child that it must be shared, with whom, and what happens next?”.`,
    ])
    assert.match(silent.html, /I do not want to go home/, 'what was typed stays')
    const bare = await sendToCheck(page, { ...disclosure(mmap), [toldNext]: 'told' })
    assert.deepEqual(errorsOf(bare.html), [`${toldNext}-told-says: Write: Whom you named and what you said comes next.`])

    const { id } = await recordByForm(page, { ...disclosure(mmap), [toldNext]: 'not-told' })
    const asDsl = await holdfast.agentFor(dsl.id)
    const { html } = await asDsl.get(`/concerns/${id}`)
    assert.match(html, /Explain the next steps to the child[\s\S]{0,60}Dora Lind[\s\S]{0,80}today/)
    assert.match(html, /Have you told the child that it must be shared, with whom, and what happens next\?[\s\S]{0,200}No/)
    const [action] = await holdfast.people.query<{ id: string }>(
      'select id, owner_id, due_on::text, child_id, set_by from action where concern_id = $1',
      [id],
    )
    assert.ok(action)
    assert.deepEqual(action, { id: action.id, owner_id: dsl.id, due_on: '2026-11-18', child_id: robin, set_by: null })
    assert.match((await asDsl.get(`/actions/${action.id}`)).html, /the policy, by an answer/)
    assert.match((await page.get(`/my-concerns/${id}`)).html, /Have you told the child that it must be shared/)
  })

  test('whoever has told the child writes what was said, sees it before sending, and nobody is given an action', async () => {
    const says = 'That Dora Lind must know, and that she will talk with him after lunch.'
    const told = { ...disclosure(mmap), [toldNext]: 'told', [`${toldNext}-told-says`]: says }
    const sent = await sendToCheck(mmap.page, told)
    const check = await mmap.page.get(`${sent.path}/check`)
    assert.match(check.html, /she will talk with him after lunch/)
    assert.ok(check.html.includes(`${sent.path}#${toldNext}`), 'it can be changed from there')
    const { id } = await recordByForm(mmap.page, told)
    assert.deepEqual(await holdfast.people.query('select id from action where concern_id = $1', [id]), [])
    const asDsl = await holdfast.agentFor(mmap.dsl.id)
    assert.match((await asDsl.get(`/concerns/${id}`)).html, /she will talk with him after lunch/)
  })

  test('it is asked only where the prompt makes it matter, and not at a school whose policy does not speak of it', async () => {
    const { html } = await mmap.page.get('/concerns/new')
    assert.match(html, /<details[^>]*data-opened-by="disclosure"/)
    assert.doesNotMatch(html, /<details[^>]*open[^>]*data-opened-by="disclosure"/)
    assert.equal((await sendToCheck(mmap.page, leastOf(mmap))).status, 303)
    const { path, hidden } = await openForm(mmap.page)
    const redrawn = await mmap.page.post(path, { ...hidden, prompt: 'disclosure', _do: 'stay' })
    assert.match(
      redrawn.html,
      /<details[^>]*data-opened-by="disclosure"[^>]* open|<details[^>]* open[^>]*data-opened-by="disclosure"/,
    )
    assert.doesNotMatch((await macGregor.page.get('/concerns/new')).html, /Have you told the child that it must be shared/)
  })

  test('[WM-4.1.3-05] a teacher who picks that a child has told is shown how a disclosure is received, and the day on which they signed for the guidance is on file', async () => {
    const { page, dsl, teacher, school } = macGregor
    const as = <T>(adultId: typeof dsl.id, now: string, body: (work: Work<Actor>) => Promise<T>): Promise<T> =>
      workAs(holdfast.tools, { schoolId: school.id, adultId }, now as Instant, async work => ({
        commit: true,
        value: await body(work),
      }))
    await as(dsl.id, '2026-09-01T07:30:00.000Z', work => startDuties(work, teacher.id))
    await as(teacher.id, '2026-09-03T14:30:00.000Z', work =>
      signReading(work, { adultId: teacher.id, document: 'guidance-part-one' }),
    )
    const panel =
      /<div([^>]*)>\s*<div class="govuk-inset-text[^>]*>\s*<p[^>]*>When a child tells you<\/p>[\s\S]*?promise no secrecy/
    const { path, hidden } = await openForm(page)
    const opened = panel.exec((await page.get('/concerns/new')).html)
    assert.match(opened?.[1] ?? '', /conditional--hidden/, 'folded away until it is picked')
    const { html } = await page.post(path, { ...hidden, prompt: 'disclosure', _do: 'stay' })
    const shown = panel.exec(html)
    assert.ok(shown)
    assert.doesNotMatch(shown[1] ?? '', /hidden/)
    assert.doesNotMatch(
      (await mmap.page.get('/concerns/new')).html,
      /When a child tells you/,
      'where the policy says nothing of it',
    )
    const duties = await as(dsl.id, '2026-11-18T10:00:00.000Z', work => findDuties(work, teacher.id))
    const partOne = duties?.documents.find(({ document }) => document === 'guidance-part-one')
    assert.equal(partOne?.signedAt, '2026-09-03T14:30:00.000Z')
  })

  test('[WA-6-03] a child asked for secrecy: the reply given to the child must be written, and the alert goes out as for any concern', async () => {
    const { page, dsl, deputy } = westacre
    const asked = { ...disclosure(westacre), 'answer-asked-for-secrecy': 'asked' }
    const bare = await sendToCheck(page, asked)
    assert.deepEqual(errorsOf(bare.html), ['answer-asked-for-secrecy-asked-says: Write: What you answered the child.'])
    const reply = 'That I cannot keep it to myself, and whom I would tell.'
    const alertsOf = async (id: string) =>
      (
        await holdfast.people.query<{ adult_id: string; kind: string }>(
          'select adult_id, kind from alert where concern_id = $1 order by adult_id',
          [id],
        )
      ).map(({ adult_id, kind }) => `${adult_id} ${kind}`)
    const usual = await recordByForm(page, disclosure(westacre))
    const { id } = await recordByForm(page, { ...asked, 'answer-asked-for-secrecy-asked-says': reply })
    assert.deepEqual(await alertsOf(id), await alertsOf(usual.id))
    assert.ok((await alertsOf(id)).some(alert => alert === `${dsl.id} told` || alert === `${deputy.id} told`))
    const asDsl = await holdfast.agentFor(dsl.id)
    assert.match(
      (await asDsl.get(`/concerns/${id}`)).html,
      /Did the child ask you to keep it secret\?[\s\S]*I cannot keep it to myself/,
    )
  })

  test('[WA-23-05] where a child tells of a meeting planned online, whom to ring stands there before and after sending, and the DSL is asked about the police first', async () => {
    const { page, dsl } = westacre
    const online = { ...leastOf(westacre), prompt: 'online' }
    const { html } = await page.get('/concerns/new')
    for (const asked of ['platform', 'contact', 'account', 'adult', 'images', 'meeting', 'device', 'ai'])
      assert.match(html, new RegExp(`name="answer-online-${asked}"`))
    const told = {
      'answer-online-platform': 'A game with a chat',
      'answer-online-contact': 'Wrote to her first, on Sunday',
      'answer-online-adult': 'not-known',
      'answer-online-meeting': 'yes',
      'answer-online-device': 'Her tablet, at home',
      'answer-online-ai': 'no',
    }
    const danger =
      /A child may be in danger now: ring first[\s\S]*?You answered: Is a meeting planned\? Yes\.[\s\S]*?href="tel:999"/
    const sent = await sendToCheck(page, { ...online, ...told })
    assert.match((await page.get(`${sent.path}/check`)).html, danger)
    const recorded = await recordByForm(page, { ...online, ...told })
    assert.match(recorded.html, danger)
    const asDsl = await holdfast.agentFor(dsl.id)
    const concern = await asDsl.get(`/concerns/${recorded.id}`)
    assert.match(concern.html, /Reported: Is a meeting planned\? Yes\. Ring now/)
    assert.match(concern.html, /Wrote to her first, on Sunday/)
    const triage = (await asDsl.get(`/concerns/${recorded.id}/triage`)).html
    assert.match(triage, /Reported: Is a meeting planned\? Yes\. Decide about the police before anything else/)
    const [first] = /name="(immediate-risk|safe-to-go-home|medical|police)"/.exec(triage)?.slice(1) ?? []
    assert.equal(first, 'police')

    const harmless = await recordByForm(page, { ...online, ...told, 'answer-online-meeting': 'no' })
    assert.doesNotMatch(harmless.html, /ring first/)
    const usual = (await asDsl.get(`/concerns/${harmless.id}/triage`)).html
    assert.equal(/name="(immediate-risk|safe-to-go-home|medical|police)"/.exec(usual)?.[1], 'immediate-risk')
  })

  test('whoever wrote it may read their own answers; another teacher, and whoever is shut out, may not, in the database itself', async () => {
    const { page, school, teacher, deputy, dsl } = westacre
    const reply = { 'answer-asked-for-secrecy': 'asked', 'answer-asked-for-secrecy-asked-says': 'No.' }
    const { id } = await recordByForm(page, { ...disclosure(westacre), ...reply })
    const other = await holdfast.people.addAdult(school, { name: 'Olga Reed' })
    const seenBy = async (adultId: string) => {
      await holdfast.people.query('begin')
      await holdfast.people.query('set local role holdfast_app')
      await holdfast.people.query('select scope_enter($1, $2, null, $3)', [school.id, adultId, holdfast.clock.now()])
      const rows = await holdfast.people.query('select 1 from answer where concern_id = $1', [id])
      await holdfast.people.query('rollback')
      return rows.length
    }
    assert.deepEqual([await seenBy(teacher.id), await seenBy(other.id), await seenBy(deputy.id)], [1, 0, 1])
    await holdfast.people.query('begin')
    await holdfast.people.query('select scope_enter($1, $2, null, $3)', [school.id, dsl.id, holdfast.clock.now()])
    await holdfast.people.query('select concern_exclude($1, array[$2::uuid])', [id, deputy.id])
    await holdfast.people.query('commit')
    assert.equal(await seenBy(deputy.id), 0)
  })
})
