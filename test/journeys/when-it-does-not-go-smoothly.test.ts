import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type DemoPupil, demo } from '../../demo/people.ts'
import { lookRoundSchool } from '../../src/features/alerts/index.ts'
import { localDate } from '../../src/kernel/london-time.ts'
import { workInBackground } from '../../src/work/work.ts'
import { aFridayAfternoon, concernAbout, recordAs } from '../support/concerns.ts'
import { testPolicies } from '../support/demonstration.ts'
import { type Desks, startDesks } from '../support/desks.ts'
import { byKeyboardAlone, type Desk, onATelephoneWithoutScripts } from '../support/hands.ts'
import { presentation } from '../support/triage.ts'

const school = demo.westPark
const { teacher, dsl, deputyTwo } = school.adults

describe('when it does not go smoothly', () => {
  let desks: Desks

  before(async () => {
    desks = await startDesks(aFridayAfternoon)
  })
  beforeEach(() => desks.clear())
  after(() => desks?.close())

  const record = (child: DemoPupil) => recordAs(desks.app, school, teacher, concernAbout(child))

  /** A concern that was judged and decided already, and of which the parents know. */
  async function decided(): Promise<string> {
    const id = await record(school.pupils.ellie)
    const agent = await desks.app.agentFor(dsl.adultId)
    const urgent = { ...presentation, 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
    const nextLook = { 'next-look-day': '27', 'next-look-month': '11', 'next-look-year': '2026' }
    for (const [form, fields] of [
      ['triage', { ...urgent, categories: 'emotional-abuse', level: 'derby.emerging', rationale: 'Sad since her move.' }],
      ['decision', { ...nextLook, choice: 'monitor', rationale: 'No pattern yet.', 'not-referring': 'Below the threshold.' }],
      ['parents', { outcome: 'told', who: 'Her mother', says: 'She will see the tutor.' }],
    ] as const) {
      const sent = await agent.submit(`/concerns/${id}/${form}`, `/concerns/${id}/${form}`, fields)
      assert.equal(sent.status, 303, sent.html)
    }
    return id
  }

  async function everybodyIsOutBut(adult: { readonly adultId: string }): Promise<void> {
    await desks.app.people.query(
      `insert into absence (school_id, id, adult_id, starts_at, reason, said_by)
       select school_id, gen_random_uuid(), id, $3::timestamptz - interval '1 hour', 'ill', id from adult where school_id = $1 and id <> $2`,
      [school.id, adult.adultId, aFridayAfternoon],
    )
  }

  const lookRound = () =>
    workInBackground(desks.app.tools, school.id, desks.app.clock.now(), async work => ({
      commit: true,
      value: await lookRoundSchool(work),
    }))

  /** The sentence at a box that was refused, as somebody hears it who cannot see it. */
  async function sentenceAt(desk: Desk, label: string): Promise<string> {
    const box = desk.page.locator('main').getByLabel(label, { exact: true })
    const ids = (await box.getAttribute('aria-describedby'))?.split(' ') ?? []
    const said = await Promise.all(ids.map(id => desk.page.locator(`[id="${id}"]`).textContent()))
    return said.join(' ')
  }

  for (const way of [byKeyboardAlone, onATelephoneWithoutScripts]) {
    const { says } = way

    test(`where nobody eligible is there a teacher is shown the outside numbers and records having rung; whoever is back first receives it (${says})`, async () => {
      await everybodyIsOutBut(teacher)
      await desks.app.people.query('delete from alert where adult_id = $1', [deputyTwo.adultId])
      const profile = testPolicies().profile(school.key, localDate(aFridayAfternoon))
      const outside = profile.routes.welfare.outside.map(key => profile.contacts[key])
      const teachers = await desks.sit(way, teacher)
      await teachers.goto('/')
      await teachers.press('I am worried about a child')
      await teachers.chooseChild('Freya Lindqvist')
      await teachers.choose('Neglect or poor care')
      await teachers.write('What I saw or heard', 'She has eaten nothing since yesterday.')
      await teachers.press(/^Check what you have written/)
      assert.match(await teachers.text(), /Nobody in school can be given this at the moment/)
      await teachers.press('Send')
      assert.match(await teachers.text(), /Recorded\. Now ring somebody[\s\S]*Do not wait/)
      for (const contact of outside) {
        assert.ok((await teachers.text()).includes(contact?.who ?? 'no contact'), contact?.who)
        const number = contact?.phone?.replaceAll(/\s/g, '')
        assert.ok(await teachers.page.locator(`main a[href="tel:${number}"]`).isVisible(), contact?.who)
      }
      const id = /[0-9a-f-]{36}/.exec(teachers.window.path)?.[0]
      assert.ok(id)

      await teachers.press('Record that I have rung')
      await teachers.choose(outside[0]?.who ?? '', 'Whom did you ring?')
      await teachers.write('Who did you speak to?', 'Ms Oduya, duty worker')
      await teachers.write('At what time?', '2:05pm')
      await teachers.choose('They were not asked')
      await teachers.write('If they do not agree or were not asked: why you rang', 'I could not reach them.')
      await teachers.write('What did they say, and what happens next?', 'They visit this evening.')
      await teachers.press('Record this')
      assert.match(
        await teachers.text(),
        /You rang [^.]*Freya Lindqvist[\s\S]*Ms Oduya, duty worker[\s\S]*They visit this evening/,
      )

      const back = await desks.sit(way, deputyTwo)
      await back.goto('/cover/out')
      await back.press('I am back')
      await lookRound()
      await back.goto('/alerts')
      await back.press(/You were told of a/, 'link')
      assert.equal(back.window.path, `/concerns/${id}`)
      assert.match(
        await back.text(),
        /eaten nothing since yesterday[\s\S]*made by the member of staff, because nobody inside could be reached/,
      )
      await back.press('I have seen it and have it now')
      await teachers.goto(`/my-concerns/${id}`)
      assert.match(await teachers.text(), new RegExp(`Seen by ${deputyTwo.name}`))
    })

    test(`a DSL closes with summary, outcome and rationale, is refused where one is missing without losing the others, and opens it again (${says})`, async () => {
      const id = await decided()
      const dsls = await desks.sit(way, dsl)
      await dsls.goto(`/concerns/${id}`)
      await dsls.press('Close it', 'link')
      const boxes = [
        ['Summary', 'Sad after moving house.', 'Write in a few sentences what it was about.'],
        ['Outcome', 'She has a place in the garden club.', 'Write what came of it for the child.'],
        ['Why it can close', 'Three good weeks.', 'Write why it can close.'],
      ] as const
      for (const [missing, , sentence] of boxes) {
        for (const [label, words] of boxes) await dsls.write(label, label === missing ? ' ' : words)
        await dsls.press('Close the concern')
        assert.match(await sentenceAt(dsls, missing), new RegExp(sentence))
        const [link] = await dsls.page.locator('.govuk-error-summary a').all()
        assert.equal(await link?.textContent(), sentence)
        for (const [label, words] of boxes) if (label !== missing) assert.equal(await dsls.written(label), words)
      }
      for (const [label, words] of boxes) await dsls.write(label, words)
      await dsls.press('Close the concern')
      const closed = await dsls.text()
      assert.match(closed, /The concern is closed/)
      for (const [, words] of boxes) assert.ok(closed.includes(words), words)

      await dsls.press('Open it again', 'link')
      await dsls.write('Why it is opened again', 'She cried again today.')
      await dsls.press('Open it again')
      const reopened = await dsls.text()
      assert.match(reopened, /The concern is open again[\s\S]*Three good weeks[\s\S]*She cried again today/)
    })

    test(`a DSL moves a concern from the wrong child with a trace on both files, and links two reports of one event (${says})`, async () => {
      const { lily, zofia } = school.pupils
      const id = await record(lily)
      const other = await record(zofia)
      const [{ reference } = { reference: '' }] = await desks.app.people.query<{ reference: string }>(
        'select reference from concern where id = $1',
        [other],
      )
      const dsls = await desks.sit(way, dsl)
      await dsls.goto(`/concerns/${id}`)
      await dsls.press('It is on the wrong child', 'link')
      await dsls.write('Find the right child', 'Zof')
      await dsls.press('Find')
      await dsls.choose(/Zofia Nowak/)
      await dsls.write('Why', 'The teacher mixed up two girls.')
      await dsls.press('Move the concern')
      assert.match(
        await dsls.text(),
        /both files keep the trace[\s\S]*Moved from the file of Lily Carter to the file of Zofia Nowak/,
      )

      await dsls.press('Link another report of the same event', 'link')
      await dsls.choose(new RegExp(reference))
      await dsls.write('Why they belong together', 'Both saw it at the gate.')
      await dsls.press('Link them')
      await dsls.follow(`/concerns/${other}`)
      assert.match(await dsls.text(), /Another report of the same event[\s\S]*Both saw it at the gate/)
      await dsls.follow(`/children/${zofia.childId}`)
      assert.match(await dsls.text(), /Concern moved here from another file/)
      await dsls.goto(`/children/${lily.childId}`)
      assert.match(await dsls.text(), /Concern moved to another child’s file/)
      assert.match(await dsls.text(), /Filed here by mistake and moved to another file/)
    })
  }
})
