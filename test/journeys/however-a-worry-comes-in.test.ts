import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { demo } from '../../demo/people.ts'
import { scanWaiting } from '../../src/features/concerns/index.ts'
import { clamd } from '../../src/platform/clamd.ts'
import { type RunningClamd, startClamd } from '../support/clamd.ts'
import { aFridayAfternoon } from '../support/concerns.ts'
import { type Desks, recordedConcern, startDesks } from '../support/desks.ts'
import { byKeyboardAlone, type Desk, onATelephoneWithoutScripts } from '../support/hands.ts'

const school = demo.westPark
const { teacher, dsl, receptionist } = school.adults
const screenHeight = 900

describe('however a worry comes in', () => {
  let desks: Desks
  let scanner: RunningClamd

  before(async () => {
    desks = await startDesks(aFridayAfternoon)
    scanner = await startClamd()
  })
  beforeEach(() => desks.clear())
  after(async () => {
    await scanner?.stop()
    await desks?.close()
  })

  async function topOf(desk: Desk, selector: string): Promise<number> {
    const box = await desk.page.locator(selector).first().boundingBox()
    assert.ok(box, selector)
    return box.y
  }

  for (const way of [byKeyboardAlone, onATelephoneWithoutScripts]) {
    const { says } = way

    test(`in an urgent moment a teacher sees whom to ring before typing, leaves two lines and finishes them later; the DSL reads both (${says})`, async () => {
      const teachers = await desks.sit(way, teacher)
      await teachers.goto('/')
      await teachers.press('I am worried about a child')
      await teachers.press(/^No time now/, 'link')
      const firstBox = await topOf(teachers, 'main input[type=text], main textarea')
      for (const [whom, number] of [
        ['the police', 'main a[href="tel:999"]'],
        [dsl.name, `main li:has-text("${dsl.name}") a[href^="tel:"]`],
      ] as const) {
        const at = await topOf(teachers, number)
        assert.ok(at < firstBox, `the number of ${whom} stands before the first box`)
        assert.ok(at < screenHeight, `the number of ${whom} is seen without scrolling`)
      }

      const lines = 'She ran out of the gate crying.\nMr Bevan is with her at the bus stop.'
      await teachers.write('Which child?', 'Amina')
      await teachers.write('What is happening, and where is the child now?', lines)
      await teachers.press('Send these lines now')
      assert.equal(await teachers.written('What is happening, and where is the child now?'), lines)
      await teachers.choose(/Amina Yusuf/)
      await teachers.choose(new RegExp(dsl.name), 'I have just told, by voice')
      await teachers.press('Send these lines now')
      const id = recordedConcern(teachers)
      assert.match(await teachers.text(), new RegExp(dsl.name))

      const dsls = await desks.sit(way, dsl)
      await dsls.goto('/today')
      await dsls.follow(`/concerns/${id}`)
      assert.match(await dsls.text(), /Only the first lines are written yet[\s\S]*ran out of the gate crying/)

      desks.app.pass(35)
      await teachers.goto('/')
      await teachers.follow(`/my-concerns/${id}`)
      await teachers.press('Finish the record now')
      await teachers.write("The child's own words", '“I am not going back there.”')
      await teachers.write('What I did', 'Walked back with her to the pastoral room.')
      await teachers.press('Finish the record')
      assert.match(await teachers.text(), /Your record is finished/)

      await dsls.goto(`/concerns/${id}`)
      const read = await dsls.text()
      assert.match(read, /ran out of the gate crying[\s\S]*Finished later by Amy Okafor[\s\S]*I am not going back there/)
      assert.doesNotMatch(read, /Only the first lines are written yet/)
    })

    test(`a visitor without an account records by the school’s link, gets the words back where the page was stale, and is told what happens; the DSL reads it (${says})`, async () => {
      const visitors = await desks.sit(way)
      await visitors.goto(`/report/${school.visitorToken}`)
      assert.match(await visitors.text(), /Nothing is saved until you send it/)
      const seen = `He sat on the kerb for an hour and would not go home (${says}).`
      await visitors.write('First name, if you know it', 'Idris')
      await visitors.choose('Neglect or poor care')
      await visitors.write('What I saw or heard', seen)
      await visitors.choose('No', /works or helps here/)
      await visitors.write('Your name (optional)', 'Pat Hollis, crossing patrol')
      await visitors.page.locator('#concern-form input[name=_token]').evaluate(input => input.setAttribute('value', 'yesterday'))
      await visitors.press(/^Check what you have written/)
      assert.match(await visitors.text(), /What you wrote has not been sent/)
      assert.equal(await visitors.written('What I saw or heard'), seen)
      assert.equal(await visitors.written('Your name (optional)'), 'Pat Hollis, crossing patrol')
      assert.ok(await visitors.page.getByLabel('Neglect or poor care').isChecked())

      await visitors.press(/^Check what you have written/)
      assert.match(await visitors.text(), /on the kerb for an hour/)
      await visitors.press('Send')
      const done = await visitors.text()
      assert.match(done, /It is recorded[\s\S]*told at once[\s\S]*If you think it cannot wait/)
      assert.doesNotMatch(done, new RegExp(dsl.name))
      const reference = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(done)?.[0]
      const [concern] = await desks.app.people.query<{ id: string }>('select id from concern where reference = $1', [reference])
      assert.ok(concern, done)

      const dsls = await desks.sit(way, dsl)
      await dsls.goto('/today')
      await dsls.follow(`/concerns/${concern.id}`)
      assert.match(await dsls.text(), /on the kerb for an hour[\s\S]*Pat Hollis, crossing patrol, by the school’s own link/)
    })

    test(`an office worker enters a supply teacher’s paper form and attaches the scan; both names and both times stand there (${says})`, async () => {
      const scan = Buffer.from(`%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n% ${says}\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
      const office = await desks.sit(way, receptionist)
      await office.goto('/')
      await office.press('I am worried about a child')
      await office.chooseChild('Mason Fletcher')
      await office.choose('Emotional harm')
      await office.write('What I saw or heard', 'He flinched each time the door was shut.')
      await office.choose('I am writing this for somebody else')
      await office.write('Their name, and where they are from', 'Precious Moyo, supply teacher')
      await office.choose('A paper form', 'How did it reach you?')
      await office.writeDay(/On which day was it first written/, 20, 11, 2026)
      await office.write('At what time, as near as you know?', '12:40pm')
      await office.press(/^Check what you have written/)
      assert.match(await office.text(), /Precious Moyo, supply teacher[\s\S]*12:40/)
      await office.press('Send')
      const id = recordedConcern(office)
      await office.press('Attach the scan of the form or letter')
      await office.choose('A paper form')
      await office.attach('The scan', { name: 'scan of Mason.pdf', mimeType: 'application/pdf', buffer: scan })
      await office.press('Attach it')
      assert.match(await office.text(), /Attached to concern [0-9A-Z-]{9} so far/)
      await scanWaiting(desks.app.tools, clamd(scanner.address), school.id, desks.app.clock.now())

      const dsls = await desks.sit(way, dsl)
      await dsls.goto('/today')
      await dsls.follow(`/concerns/${id}`)
      const read = await dsls.text()
      assert.match(read, /Precious Moyo, supply teacher \(copied from a paper form; entered by Joyce Pemberton\)/)
      assert.match(read, /Recorded\s*today at 14:10[\s\S]*First written\s*today at 12:40/)
      assert.match(read, /paper form \(1 kB\)\s*Scanned: nothing harmful was found\.\s*Added by Joyce Pemberton/)
      const href = await dsls.page.locator('#scans ~ * a, #scans a').first().getAttribute('href')
      const kept = await (await desks.app.agentFor(dsl.adultId)).get(href ?? '')
      assert.deepEqual(kept.raw.rawPayload, scan)
    })

    test(`a draft begun on one device is gone on with on another (${says})`, async () => {
      await desks.app.people.query('delete from draft where adult_id = $1', [teacher.adultId])
      const classroom = await desks.sit(way, teacher)
      await classroom.goto('/')
      await classroom.press('I am worried about a child')
      await classroom.choose('Neglect or poor care')
      await classroom.write('What I saw or heard', 'No coat and no lunch, for the third day.')
      if (way.options.javaScript === false) await classroom.press('Save and finish later')
      else
        await classroom.page
          .locator('[data-hf-saved]')
          .filter({ hasText: /^Saved at/ })
          .waitFor()

      const staffRoom = await desks.sit(way, teacher)
      await staffRoom.goto('/')
      await staffRoom.press('A concern that you began', 'link')
      assert.equal(await staffRoom.written('What I saw or heard'), 'No coat and no lunch, for the third day.')
      assert.ok(await staffRoom.page.getByLabel('Neglect or poor care').isChecked())
      await staffRoom.chooseChild('Ellie Grant')
      await staffRoom.press(/^Check what you have written/)
      await staffRoom.press('Send')
      assert.match(await staffRoom.text(), new RegExp(dsl.name))
    })
  }
})
