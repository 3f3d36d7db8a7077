import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { leastOf, policiesByKey, recordByForm, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import { concernRoutes } from '../concerns/index.ts'
import { triageRoutes } from '../triage/index.ts'
import { fileRoutes } from './index.ts'

let holdfast: TestApp
let mmap: SchoolWithForm
let dsl: Agent

before(async () => {
  holdfast = await startTestApp({ routes: [...concernRoutes, ...triageRoutes, ...fileRoutes], policies: policiesByKey })
  mmap = await schoolWithForm(holdfast, 'mmap')
  dsl = await holdfast.agentFor(mmap.dsl.id)
})
after(() => holdfast.close())

const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('[MM-3.1-04] pupil A tells of harm to pupil B: B’s file has the concern, A’s file has them as source and says neither who nor what, and B’s file on paper does not tell who A is', async () => {
  const { robin, kim, page } = mmap
  const told = {
    child: [robin, kim],
    [`involvement-${kim}`]: 'source',
    'child-words': 'Kim said: “Robin cries in the changing room, his uncle hits him.” kim was shaking.',
    seen: 'Kim Birchall came to me after games.',
    location: 'Outside Kim’s classroom',
  }
  const { id } = await recordByForm(page, { ...leastOf(mmap), ...told })
  await recordByForm(page, { ...leastOf(mmap), ...told, 'child-words': 'Kim Birchall says it happened again.' })

  const concern = textOf((await dsl.get(`/concerns/${id}`)).html)
  assert.match(concern, /The child whom it is about Robin Ashdown/)
  assert.match(concern, /Told us about it, not harmed themselves Kim Birchall/)

  const prompt = policiesByKey
    .profile(mmap.school.key, '2026-11-18' as never)
    .concern.prompts.find(one => one.id === 'appearance')
  assert.ok(prompt)
  const fileOfB = (await dsl.get(`/children/${robin}?words=1`)).html
  assert.ok(fileOfB.includes(`Concern: ${prompt.name}`))
  assert.match(textOf(fileOfB), /It is about this child/)

  for (const path of [
    `/children/${kim}?words=1`,
    `/children/${kim}/print?words=1`,
    `/children/${kim}/print?words=1&others=named`,
  ]) {
    const { html } = await dsl.get(path)
    assert.match(html, /Told the school about another child/, path)
    assert.match(textOf(html), /Source: this child told us about another child/)
    const chronology = html.slice(html.indexOf('hf-chronology'))
    assert.doesNotMatch(html, /Robin|Ashdown|uncle|changing room|classroom/i)
    assert.ok(!chronology.includes(prompt.name))
  }

  const paper = (await dsl.get(`/children/${robin}/print?words=1`)).html
  assert.doesNotMatch(paper, /Kim|Birchall/i)
  assert.match(paper, /\[child 2\] said: “Robin cries in the changing room, his uncle hits him\.” \[child 2\] was shaking\./)
  assert.match(paper, /\[child 2\] came to me after games/)
  assert.match(paper, /\[child 2\] says it happened again/)
  assert.match(textOf(paper), /The words were searched for the names of 1 child .* Read all of it before it leaves the school\./)
  const chosen = (await dsl.get(`/children/${robin}/print?words=1&others=named`)).html
  assert.match(chosen, /Kim Birchall came to me after games/)
  assert.match(textOf(chosen), /Other children are named in this paper\. It is for use inside the school/)
  const printed = await holdfast.people.query<{ others: string }>(
    "select body::jsonb -> 'facts' ->> 'others' as others from audit_entry where action = 'file.printed' and subject_id = $1",
    [robin],
  )
  assert.deepEqual(printed.map(({ others }) => others).toSorted(), ['left-out', 'named'])
})

test('A name is left out of a note as well, a name that is also a word only where it is written as a name, and a brother’s too', async () => {
  const { people } = holdfast
  const { school, robin } = mmap
  const will = await people.addChild(school, { given: 'Will', family: 'Ashdown' })
  await people.query('insert into sibling (school_id, child_id, sibling_id) values ($1, $2, $3)', [school.id, robin, will])
  await recordByForm(mmap.page, { ...leastOf(mmap), seen: 'Will Ashdown says that they will move. Kim is not in this one.' })
  const paper = (await dsl.get(`/children/${robin}/print?words=1`)).html
  assert.match(paper, /\[child 2\] Ashdown says that they will move\. \[child 3\] is not in this one\./)
  assert.doesNotMatch(paper, /Will Ashdown/)
})

test('On paper for outside a heading names no other child, and what tells a child of the same name apart is left out', async () => {
  const { people } = holdfast
  const { school, robin } = mmap
  const namesake = await people.addChild(school, { given: 'Robin', family: 'Ashdown' })
  await people.query("update child set born = '2017-02-03', class_name = '4 Heron' where id = $1", [namesake])
  await people.query(
    `insert into entry (school_id, id, child_id, kind, heading, happened_on, recorded_at)
     values ($1, gen_random_uuid(), $2, 'contact', 'Contact, Kim’s social worker', '2026-11-11', '2026-11-11T10:00:00Z')`,
    [school.id, robin],
  )
  const inSchool = textOf((await dsl.get(`/children/${robin}/print?others=named`)).html)
  assert.match(inSchool, /Another child here is called Robin Ashdown: .*4 Heron, born 3 February 2017/)
  assert.match(inSchool, /Contact, Kim’s social worker/)
  const { html } = await dsl.get(`/children/${robin}/print`)
  assert.doesNotMatch(html, /4 Heron|February 2017/)
  assert.doesNotMatch(html, /Kim/)
  assert.match(textOf(html), /Contact, \[child \d+\]’s social worker/)
})

test('On paper for outside the words of a concern that was first filed on another child do not name that child', async () => {
  const { people } = holdfast
  const { school, robin } = mmap
  const sol = await people.addChild(school, { given: 'Sol', family: 'Quince' })
  const { id } = await recordByForm(mmap.page, {
    ...leastOf(mmap),
    child: sol,
    seen: 'Sol Quince slept at his desk; sol was cold.',
  })
  const asked = `/concerns/${id}/move`
  const moved = await dsl.submit(asked, asked, { from: sol, to: robin, reason: 'It was Robin.' })
  assert.equal(moved.status, 303, moved.html)
  const { html } = await dsl.get(`/children/${robin}/print?words=1`)
  assert.match(html, /slept at his desk/)
  assert.doesNotMatch(html, /\bSol\b|Quince/i)
})

test('Whoever records what a child told may say how it reached us: asked once, on the page to be checked, and read by the team', async () => {
  const { html } = await mmap.page.get('/concerns/new')
  const asked = [...html.matchAll(/name="came"[^>]* value="([^"]+)"/g)].map(([, value]) => value)
  assert.deepEqual(asked, ['child', 'worry-box', 'parent', 'friend', 'overheard', 'seen'])
  const { id } = await recordByForm(mmap.page, { ...leastOf(mmap), came: 'friend' })
  assert.match(textOf((await dsl.get(`/concerns/${id}`)).html), /How it reached us Through a friend of the child/)
  const unsaid = await recordByForm(mmap.page, leastOf(mmap))
  assert.doesNotMatch((await dsl.get(`/concerns/${unsaid.id}`)).html, /How it reached us/)
})
