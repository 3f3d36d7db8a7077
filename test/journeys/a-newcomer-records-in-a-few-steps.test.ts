import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { demoSchools } from '../../demo/people.ts'
import { mustSayWhetherTold } from '../../src/features/concerns/form-schema.ts'
import { isAsked, questionsAt } from '../../src/features/questions/index.ts'
import { localDate } from '../../src/kernel/london-time.ts'
import { aFridayAfternoon } from '../support/concerns.ts'
import { testPolicies } from '../support/demonstration.ts'
import { type Desks, recordedConcern, startDesks } from '../support/desks.ts'
import { atADesk, onATelephoneWithoutScripts } from '../support/hands.ts'

const mostInteractions = 8

describe('somebody who has never seen it', () => {
  let desks: Desks

  before(async () => {
    desks = await startDesks(aFridayAfternoon)
  })
  beforeEach(() => desks.clear())
  after(() => desks?.close())

  for (const way of [atADesk, onATelephoneWithoutScripts]) {
    const { says } = way

    for (const { key, name, adults, pupils, id: schoolId } of demoSchools) {
      test(`a teacher of ${name} records a concern with at most ${mostInteractions} interactions besides writing (${says})`, async () => {
        const profile = testPolicies().profile(key, localDate(desks.app.clock.now()))
        const asks = (value: (typeof profile.concern.required)[number]['value']) =>
          profile.concern.required.some(required => required.value === value)
        const [disclosure] = profile.concern.prompts
        const [category] = profile.concern.reporterCategories
        const [child] = Object.values(pupils)
        const newcomer = adults['teacher']
        assert.ok(newcomer && child && disclosure)

        const { desk, count } = await desks.sitCounting(way, newcomer)
        await desk.goto('/')
        await desk.press('I am worried about a child')
        await desk.chooseChild(child.name)
        await desk.choose(disclosure.name)
        if (category) await desk.choose(category.name)
        await desk.write("The child's own words", '“Nobody was there all night.”')
        if (asks('why-it-worries')) await desk.write('What I think, and why it worries me', 'The child was alone.')
        if (asks('location')) await desk.write('Where did it happen?', 'At home')
        if (mustSayWhetherTold(profile, { urgent: false, prompts: [disclosure.id] }))
          await desk.choose('Not yet', /told somebody by voice/)
        for (const question of questionsAt(profile, 'recording')) {
          if (!question.required || !isAsked(question, { categories: [], prompts: [disclosure.id] })) continue
          await desk.unfold(question.asks)
          await desk.choose(question.options.at(-1)?.name ?? 'no option', question.asks)
        }
        await desk.press(/^Check what you have written/)
        await desk.press('Send')
        const [concern] = await desks.app.people.query('select school_id, reporter_id from concern where id = $1', [
          recordedConcern(desk),
        ])
        assert.deepEqual(concern, { school_id: schoolId, reporter_id: newcomer.adultId })
        assert.ok(count() >= 5, `${count()}: the link, the child, what made you worried, Check and Send are counted`)
        assert.ok(count() <= mostInteractions, `${count()} interactions`)
      })
    }
  }
})
