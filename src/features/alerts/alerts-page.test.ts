import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId, AlertId, ChildId, ConcernId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'
import { type NewConcern, recordConcern } from '../concerns/index.ts'

const school = demo.westPark
const { teacher, dsl, deputy, head } = school.adults

let holdfast: TestApp
let dslPage: Agent

before(async () => {
  holdfast = await startTestApp({ template: 'demonstration', policies: testPolicies() })
  dslPage = await holdfast.agentFor(dsl.adultId)
})
after(() => holdfast.close())

async function record(childId: ChildId, more: Partial<NewConcern> = {}): Promise<ConcernId> {
  const concern: NewConcern = {
    id: newId<ConcernId>(),
    reporter: { kind: 'self' },
    children: [{ childId, involvement: 'subject' }],
    newChildren: [],
    adults: [],
    happenedOn: null,
    happenedAtTime: null,
    happenedSays: '',
    location: '',
    urgent: false,
    stub: false,
    category: null,
    prompts: [],
    voiceTold: null,
    account: { childWords: '', seen: 'SEEN-WORDS', opinion: '', done: '' },
    marks: [],
    ...more,
  }
  const who = { schoolId: school.id, adultId: teacher.adultId }
  const recorded = await workAs(holdfast.tools, who, holdfast.clock.now(), async work => ({
    commit: true,
    value: await recordConcern(work, concern),
  }))
  assert.ok(recorded.ok)
  return concern.id
}

const alertOf = async (concern: ConcernId, adult: AdultId) =>
  (
    await holdfast.people.query<{ id: AlertId; seen: boolean }>(
      'select id, seen_at is not null as seen from alert where concern_id = $1 and adult_id = $2 order by told_at desc limit 1',
      [concern, adult],
    )
  )[0]

test('the DSL sees that there is something new, who else was told, and no word or name of it', async () => {
  await record(school.pupils.amina.childId, { urgent: true })
  const list = await dslPage.get('/alerts')
  assert.equal(list.status, 200)
  assert.match(list.html, /You were told of an urgent concern: [0-9A-Z]{4}-[0-9A-Z]{4}/)
  assert.match(list.html, new RegExp(`Also told: ${deputy.name}`))
  assert.doesNotMatch(list.html, /Amina|Yusuf|SEEN-WORDS/)
})

test('opening an alert is seeing it, and leads to the concern; it is on the trail once for each opening', async () => {
  const concern = await record(school.pupils.amina.childId)
  const alert = await alertOf(concern, dsl.adultId)
  assert.equal(alert?.seen, false)
  const opened = await dslPage.get(`/alerts/${alert?.id}`)
  assert.equal(opened.location, `/concerns/${concern}`)
  assert.equal((await alertOf(concern, dsl.adultId))?.seen, true)
  assert.equal((await alertOf(concern, deputy.adultId))?.seen, false)
  const events = await holdfast.people.query('select 1 from audit_entry where action = $1 and subject_id = $2', [
    'alert.seen',
    concern,
  ])
  assert.equal(events.length, 1)
})

test('an alert of somebody else is not found', async () => {
  const concern = await record(school.pupils.amina.childId)
  const alert = await alertOf(concern, dsl.adultId)
  for (const adult of [teacher.adultId, deputy.adultId, demo.westley.adults.dsl.adultId]) {
    const agent = await holdfast.agentFor(adult)
    assert.equal((await agent.get(`/alerts/${alert?.id}`)).status, 404)
  }
  assert.equal((await dslPage.get(`/alerts/${newId()}`)).status, 404)
  assert.equal((await dslPage.get('/alerts/none')).status, 404)
  assert.equal((await alertOf(concern, dsl.adultId))?.seen, false)
})

test('an answer to the reporter leads to their own page', async () => {
  const concern = await record(school.pupils.amina.childId)
  const id = newId<AlertId>()
  await holdfast.people.query(
    `insert into alert (school_id, id, concern_id, adult_id, role, kind, rule, says, source, told_at) values ($1, $2, $3, $4, 'teacher', 'feedback', 'r', 's', 's', $5)`,
    [school.id, id, concern, teacher.adultId, holdfast.clock.now()],
  )
  const page = await holdfast.agentFor(teacher.adultId)
  assert.match((await page.get('/alerts')).html, /The safeguarding team has told you something about a concern of yours/)
  assert.equal((await page.get(`/alerts/${id}`)).location, `/my-concerns/${concern}`)
})

test('somebody who was told and opens no files is told whom to go to, and learns nothing of the child', async () => {
  const concern = await record(school.pupils.amina.childId)
  const id = newId<AlertId>()
  await holdfast.people.query(
    `insert into alert (school_id, id, concern_id, adult_id, role, kind, rule, says, source, told_at) values ($1, $2, $3, $4, 'headteacher', 'also-told', 'r', 'The head hears of this.', 'Policy 2', $5)`,
    [school.id, id, concern, head.adultId, holdfast.clock.now()],
  )
  const page = await holdfast.agentFor(head.adultId)
  const told = await page.get(`/alerts/${id}`)
  assert.equal(told.status, 200)
  assert.match(told.html, /The head hears of this\.[\s\S]*Speak with the safeguarding lead now/)
  assert.doesNotMatch(told.html, /Amina|Yusuf|SEEN-WORDS/)
})

test('whoever is shut out of a concern after they were told no longer sees its alert', async () => {
  const concern = await record(school.pupils.amina.childId)
  const alert = await alertOf(concern, deputy.adultId)
  const page = await holdfast.agentFor(deputy.adultId)
  assert.match((await page.get('/alerts')).html, new RegExp(alert?.id ?? ''))
  await holdfast.people.query('update alert set excluded = $2 where concern_id = $1', [concern, [deputy.adultId]])
  assert.doesNotMatch((await page.get('/alerts')).html, new RegExp(alert?.id ?? ''))
  assert.equal((await page.get(`/alerts/${alert?.id}`)).status, 404)
})

test('an empty list says what will appear', async () => {
  const page = await holdfast.agentFor(school.adults.teacherTwo.adultId)
  assert.match((await page.get('/alerts')).html, /When a concern is given to you/)
})
