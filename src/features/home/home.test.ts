import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'
import { recordConcern } from '../concerns/index.ts'

const school = demo.westPark
const { teacher, dsl, systemAdministrator } = school.adults
let holdfast: TestApp

before(async () => {
  holdfast = await startTestApp({ template: 'demonstration', policies: testPolicies() })
})
after(() => holdfast.close())

async function recordOne(): Promise<void> {
  const who = { schoolId: school.id, adultId: teacher.adultId }
  await workAs(holdfast.tools, who, holdfast.clock.now(), async work => ({
    commit: true,
    value: await recordConcern(work, {
      id: newId<ConcernId>(),
      reporter: { kind: 'self' },
      children: [{ childId: school.pupils.amina.childId, involvement: 'subject' }],
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
      account: { childWords: '', seen: 'x', opinion: '', done: '' },
      marks: [],
    }),
  }))
}

test('a teacher begins with the worry, whom to speak with now, and what is their own', async () => {
  await recordOne()
  const page = await holdfast.agentFor(teacher.adultId)
  const form = await page.get('/concerns/new')
  const draft = /action="(\/concerns\/drafts\/[^"]+)"/.exec(form.html)?.[1] ?? ''
  await page.post(draft, { seen: 'begun', _tab: 'a', _version: '0', _do: 'save' })
  const home = await page.get('/')
  assert.equal(home.status, 200)
  assert.match(home.html, /I am worried about a child/)
  assert.match(home.html, /href="\/worried-about-an-adult"/)
  assert.match(home.html, new RegExp(`${dsl.name}[\\s\\S]*href="tel:`))
  assert.match(home.html, /Amina Yusuf[\s\S]*Sent, not seen yet/)
  assert.doesNotMatch(home.html, /href="\/today/)
})

test('a draft begun on one device is on the home page of every other, and of nobody else', async () => {
  const first = await holdfast.agentFor(teacher.adultId)
  const form = await first.get('/concerns/new')
  const draft = /action="(\/concerns\/drafts\/[^"]+)"/.exec(form.html)?.[1] ?? ''
  await first.post(draft, { seen: 'Half a sentence', _tab: 'a', _version: '0', _do: 'save' })
  const second = await holdfast.agentFor(teacher.adultId)
  assert.match((await second.get('/')).html, new RegExp(`href="${draft}"`))
  const other = await holdfast.agentFor(school.adults.teacherTwo.adultId)
  assert.doesNotMatch((await other.get('/')).html, new RegExp(draft))
})

test('the safeguarding team sees how much waits, each number a link to its list, and only with the second factor', async () => {
  await recordOne()
  const page = await holdfast.agentFor(dsl.adultId)
  const home = await page.get('/')
  const count = /href="\/today#new"><span class="hf-card__number">(\d+)/.exec(home.html)?.[1]
  const [waiting] = await holdfast.people.query<{ n: number }>(
    `select count(*)::int as n from concern where school_id = $1 and state = 'new'`,
    [school.id],
  )
  assert.equal(Number(count), waiting?.n)
  assert.match(home.html, /href="\/today#overdue"/)
  assert.match(home.html, /new alert/)
  const without = await holdfast.agentFor(dsl.adultId, { secondFactor: false })
  const plain = await without.get('/')
  assert.equal(plain.status, 200)
  assert.doesNotMatch(plain.html, /hf-card__number/)
  assert.match(plain.html, /href="\/today"/)
})

test('a system administrator has a home page without a count or a child', async () => {
  const page = await holdfast.agentFor(systemAdministrator.adultId)
  const home = await page.get('/')
  assert.equal(home.status, 200)
  assert.doesNotMatch(home.html, /Amina|hf-card__number|\/today/)
})

test('where nobody of the team is there the page says so', async () => {
  holdfast.pass(12 * 60)
  const page = await holdfast.agentFor(teacher.adultId)
  const home = await page.get('/')
  assert.match(home.html, /Nobody of the safeguarding team is shown as being (in school|on duty) now/)
  assert.match(home.html, /Good evening/)
})
