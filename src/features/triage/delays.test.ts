import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import {
  errorsOf,
  leastOf,
  policiesByKey,
  recordByForm,
  type SchoolWithForm,
  schoolWithForm,
  sendToCheck,
} from '../../../test/support/concern-form.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'
import { concernRoutes } from '../concerns/index.ts'
import { triageRoutes } from './routes.tsx'

let holdfast: TestApp
const at = (date: string, time: string) => `${date}T${time}:00.000Z` as Instant
const wednesday = '2026-11-18'

before(async () => {
  holdfast = await startTestApp({ routes: [...concernRoutes, ...triageRoutes], policies: policiesByKey })
})
after(() => holdfast.close())

async function schoolAt(key: string, time: Instant): Promise<SchoolWithForm> {
  holdfast.clock.set(time)
  return schoolWithForm(holdfast, key)
}

/** What the DSL reads beside one title of the concern. */
async function shown({ dsl }: SchoolWithForm, id: string, title: string): Promise<string> {
  const { html } = await (await holdfast.agentFor(dsl.id)).get(`/concerns/${id}`)
  const value = new RegExp(`<dt[^>]*>\\s*${title}\\s*</dt>\\s*<dd[^>]*>([\\s\\S]*?)</dd>`).exec(html)?.[1] ?? ''
  return value.replace(/<[^>]*>/g, '').trim()
}

/** Everybody who was told of it in the app, once for each time. */
async function whoWasTold(id: string): Promise<readonly string[]> {
  const alerts = await holdfast.people.query<{ adult_id: string }>('select adult_id from alert where concern_id = $1', [id])
  return alerts.map(alert => alert.adult_id).toSorted()
}

/** The round that looks for what nobody answered, at a time of that Wednesday. */
async function look({ school }: SchoolWithForm, time: string): Promise<void> {
  const now = at(wednesday, time)
  holdfast.clock.set(now)
  await workInBackground(holdfast.tools, school.id, now, async work => ({ commit: true, value: await lookRoundSchool(work) }))
}

const day = (date: string, name = 'happened') => ({
  [`${name}-day`]: date.slice(8),
  [`${name}-month`]: date.slice(5, 7),
  [`${name}-year`]: date.slice(0, 4),
})

test('[WP-6-07] a bruise of 11:15 of which the deputy heard at 11:20 goes to the DSL and the deputy at once, again while nobody answers, and shows five minutes', async () => {
  const school = await schoolAt('west-park', at(wednesday, '11:30'))
  const { page, deputy, dsl } = school
  const bruise = {
    ...leastOf(school),
    seen: 'A bruise on the upper arm that Robin could not explain.',
    prompt: 'injury',
    'injury-unseen': 'yes',
    urgent: 'yes',
    'happened-time': '11:15am',
  }
  const silent = await sendToCheck(page, bruise)
  assert.deepEqual(errorsOf(silent.html), ['voice: Select whether you have told somebody by voice.'])
  const { id } = await recordByForm(page, { ...bruise, voice: 'yes', told: deputy.id, 'told-time': '11:20am' })
  assert.match(await shown(school, id, 'Delay'), /^Told by voice 5 minutes after it happened, written down 15 minutes after/)
  const { html } = await (await holdfast.agentFor(deputy.id)).get(`/concerns/${id}`)
  assert.match(html, /Urgent/)
  assert.deepEqual(await whoWasTold(id), [deputy.id, dsl.id].toSorted())
  await look(school, '11:39')
  assert.equal((await whoWasTold(id)).length, 2, 'not before the time is over')
  let before = 2
  for (const time of ['11:41', '11:52', '12:31']) {
    await look(school, time)
    const now = (await whoWasTold(id)).length
    assert.ok(now > before, `told again by ${time}`)
    before = now
  }
  await (await holdfast.agentFor(deputy.id)).post(`/concerns/${id}/acknowledge`)
  await look(school, '13:31')
  assert.equal((await whoWasTold(id)).length, before, 'nobody is told again once it is acknowledged')
})

test('[WM-4.1.3-04] an urgent concern that no DSL acknowledges in the set time goes to the next deputy and the head, and the form asks who was told by voice', async () => {
  const school = await schoolAt('william-macgregor', at(wednesday, '13:00'))
  const { page, deputy, dsl, head } = school
  const urgent = { ...leastOf(school), urgent: 'yes' }
  const silent = await sendToCheck(page, urgent)
  assert.deepEqual(errorsOf(silent.html), ['voice: Select whether you have told somebody by voice.'])
  const { id } = await recordByForm(page, { ...urgent, voice: 'no' })
  assert.ok((await whoWasTold(id)).includes(dsl.id))
  assert.ok(!(await whoWasTold(id)).includes(head.id))
  for (const time of ['13:11', '13:22', '13:33']) await look(school, time)
  const told = await whoWasTold(id)
  for (const adult of [deputy, head]) assert.ok(told.includes(adult.id), `${adult.name} is told`)
})

test('[WA-9-09] what was told by voice at 11:10 and typed at 11:40 stands on the record with both times and who was told', async () => {
  const school = await schoolAt('westacre', at(wednesday, '11:40'))
  const { id } = await recordByForm(school.page, {
    ...leastOf(school),
    voice: 'yes',
    told: school.dsl.id,
    'told-time': '11:10am',
  })
  assert.match(await shown(school, id, 'Told by voice'), /Dora Lind[\s\S]*11:10/)
  assert.match(await shown(school, id, 'Recorded'), /11:40/)
})

test('[WM-A3-3.7-05] a disclosure that ended at 10:20 and was told to the DSL at 10:35 shows fifteen minutes; whom and when cannot be left out', async () => {
  const school = await schoolAt('william-macgregor', at(wednesday, '11:00'))
  const { page, dsl } = school
  const disclosure = { ...leastOf(school), prompt: 'disclosure', urgent: 'yes', 'happened-time': '10:20am' }
  const silent = await sendToCheck(page, { ...disclosure, voice: 'yes' })
  assert.deepEqual(errorsOf(silent.html), [
    'told: Select whom you told, or enter their name.',
    'told-time: Enter the time at which you told them.',
  ])
  const { id } = await recordByForm(page, { ...disclosure, voice: 'yes', told: dsl.id, 'told-time': '10:35am' })
  assert.match(await shown(school, id, 'Delay'), /^Told by voice 15 minutes after it happened/)
  assert.match(await shown(school, id, 'Told by voice'), /Dora Lind.*10:35/)
})

test('a disclosure that ended at 10:20 and is written down at 15:00 shows four hours and forty minutes', async () => {
  const school = await schoolAt('william-macgregor', at(wednesday, '15:00'))
  const { id } = await recordByForm(school.page, { ...leastOf(school), prompt: 'disclosure', 'happened-time': '10:20am' })
  assert.equal(await shown(school, id, 'Delay'), 'Written down 4 hours 40 minutes after it happened')
})

test('[WA-8-01] the DSL who opens a disclosure of 10:20 logged at 11:05 reads the child’s words, the questions asked and 45 minutes', async () => {
  const school = await schoolAt('westacre', at(wednesday, '11:05'))
  const { id } = await recordByForm(school.page, {
    ...leastOf(school),
    prompt: 'disclosure',
    'happened-time': '10:20am',
    'child-words': '“He shuts me in the shed.”',
    done: 'I asked only: “Tell me what happened.”',
  })
  assert.equal(await shown(school, id, 'Delay'), 'Written down 45 minutes after it happened')
  const { html } = await (await holdfast.agentFor(school.dsl.id)).get(`/concerns/${id}`)
  assert.match(html, /The child’s own words<\/h3>[\s\S]*He shuts me in the shed/)
  assert.match(html, /What was done<\/h3>[\s\S]*I asked only: “Tell me what happened\.”/)
})

test('[WA-9-04] a paper form written at 10:00 and handed in at 15:20 shows five hours and twenty minutes', async () => {
  const school = await schoolAt('westacre', at(wednesday, '15:20'))
  const { id } = await recordByForm(school.page, {
    ...leastOf(school),
    behalf: 'yes',
    'behalf-name': 'Sue Carr, supply teacher',
    'behalf-reason': 'paper-form',
    ...day(wednesday, 'behalf'),
    'behalf-time': '10:00am',
  })
  assert.equal(await shown(school, id, 'Delay'), 'Entered here 5 hours 20 minutes after it was written')
})

test('[MM-3.3-04] what happened on Monday at 9:30 and is recorded on Tuesday at 16:00 shows 30 hours 30 minutes, the reason, and who wrote it when', async () => {
  const school = await schoolAt('mmap', at('2026-11-17', '16:00'))
  const { id } = await recordByForm(school.page, {
    ...leastOf(school),
    happened: 'other',
    ...day('2026-11-16'),
    'happened-time': '9:30am',
    'late-reason': 'I was on a course in the afternoon.',
  })
  assert.equal(await shown(school, id, 'Delay'), 'Written down 30 hours 30 minutes after it happened')
  assert.equal(await shown(school, id, 'Written only then because'), 'I was on a course in the afternoon.')
  assert.equal(await shown(school, id, 'Reported by'), 'Tessa Marsh')
  assert.match(await shown(school, id, 'Recorded'), /16:00/)
})

test('[WP-6-02] what was noticed one day and is reported the next morning needs a reason and is marked as late', async () => {
  for (const [key, noticed, then, now, delay] of [
    ['west-park', '2025-01-13', '9:30am', at('2025-01-14', '08:45'), '23 hours 15 minutes'],
    ['william-macgregor', '2026-11-17', '10am', at(wednesday, '08:15'), '22 hours 15 minutes'],
  ] as const) {
    const school = await schoolAt(key, now)
    const late = { ...leastOf(school), happened: 'other', ...day(noticed), 'happened-time': then }
    const bare = await sendToCheck(school.page, late)
    assert.deepEqual(errorsOf(bare.html), [
      'late-reason: Enter why you write it only now: our policy asks for it on the same day.',
    ])
    const { id } = await recordByForm(school.page, { ...late, 'late-reason': 'The child told me today' })
    const says = await shown(school, id, 'Delay')
    assert.equal(says, `Written late: the policy asks for it on the same day. Written down ${delay} after it happened`)
    assert.equal(await shown(school, id, 'Written only then because'), 'The child told me today')
  }
})

test('where the times are not known, or cannot be, no delay is invented', async () => {
  const school = await schoolAt('westacre', at(wednesday, '11:05'))
  const { id } = await recordByForm(school.page, leastOf(school))
  assert.equal(await shown(school, id, 'Delay'), '')
})

test('[WA-9-06] an opinion alone is refused at the form and kept; with what was seen, or what the child said, it goes on', async () => {
  const school = await schoolAt('westacre', at(wednesday, '11:05'))
  const opinion = { ...leastOf(school), seen: '', opinion: 'Something is not right at home.' }
  const refused = await sendToCheck(school.page, opinion)
  assert.equal(refused.status, 422)
  assert.deepEqual(errorsOf(refused.html), [
    'seen: Enter what you saw or heard, or what the child said: an opinion alone is not enough.',
  ])
  assert.match(refused.html, />Something is not right at home\.</)
  assert.equal((await sendToCheck(school.page, { ...opinion, seen: 'No lunch since Monday.' })).status, 303)
  assert.equal((await sendToCheck(school.page, { ...opinion, 'child-words': '“There is no food.”' })).status, 303)
})
