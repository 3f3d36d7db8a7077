import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { startBrowser, type TestBrowser } from '../../../test/support/browser.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workInBackground } from '../../work/work.ts'
import { lookRoundSchool } from '../alerts/index.ts'

const school = demo.westPark
const { dsl, deputy, deputyTwo, head, teacher, receptionist } = school.adults
let app: TestApp
let browser: TestBrowser

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: '2026-11-18T10:05:00.000Z' as Instant })
  browser = await startBrowser(app)
})
after(async () => {
  await browser?.close()
  await app?.close()
})

const look = () =>
  workInBackground(app.tools, school.id, app.clock.now(), async work => ({ commit: true, value: await lookRoundSchool(work) }))

for (const width of ['screen', 'phone'] as const) {
  test(`a teacher who reaches no DSL, the head who stands in and the DSL who returns read their pages on a ${width}, without a script`, async () => {
    await app.people.query('delete from absence')
    const away = (adult: { adultId: AdultId }) =>
      app.people.query(
        `insert into absence (school_id, id, adult_id, starts_at, ends_at, reason, said_by) values ($1, $2, $3, $4, $5, 'out', $3)`,
        [school.id, newId<string>(), adult.adultId, app.clock.now(), null],
      )
    for (const adult of [dsl, deputy, deputyTwo]) await away(adult)
    const id = await recordAs(app, school, teacher, concernAbout(school.pupils.amina))
    const open = async (adult: { adultId: AdultId }) =>
      browser.open({ as: await app.agentFor(adult.adultId), javaScript: false, width })
    const shot = async (window: Awaited<ReturnType<typeof open>>, name: string) => {
      const folder = process.env['HOLDFAST_SCREENSHOTS']
      if (folder) await window.page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
    }

    const asTeacher = await open(teacher)
    await asTeacher.goto(`/concerns/${id}/recorded`)
    await shot(asTeacher, 'recorded')
    await asTeacher.press('I cannot reach a DSL')
    assert.match(await asTeacher.heading(), /No DSL can be reached: do not wait/)
    await shot(asTeacher, 'without-dsl')

    app.pass(65)
    await look()
    const atReception = await open(receptionist)
    await atReception.goto('/')
    assert.match((await atReception.page.textContent('main')) ?? '', /Find a DSL now/)
    await shot(atReception, 'reception')

    const asHead = await open(head)
    await asHead.goto(`/concerns/${id}`)
    await asHead.press('what you did without a DSL', 'link')
    await asHead.fill(/Whom did you ring/, 'Front door, Ms Oduya')
    await asHead.fill(/At what time today/, '11:00')
    await asHead.fill(/What did they say/, 'They see the family tonight.')
    await shot(asHead, 'acted')
    await asHead.press('Record this')
    await shot(asHead, 'stand-in')
    await asHead.press('hand back to the DSL', 'link')
    await shot(asHead, 'hand-back')
    await asHead.fill(/What was the concern/, 'She did not want to go home.')
    await asHead.press('Hand back')

    await app.people.query('delete from absence')
    app.pass(30)
    const asDsl = await open(dsl)
    await asDsl.goto('/today')
    await shot(asDsl, 'today')
    await asDsl.goto(`/concerns/${id}`)
    await asDsl.press(/^Countersign/)
    assert.match((await asDsl.page.textContent('#meanwhile ~ ul')) ?? '', /Countersigned by/)
    await shot(asDsl, 'countersigned')
    await asDsl.goto('/policy')
  })
}
