import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { leastOf, policiesByKey, recordByForm, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import type { TestAdult } from '../../../test/support/people.ts'

const held = /Do not speak with the parents: telling them could raise the risk/

describe('speaking with parents where it could raise the risk', () => {
  let holdfast: TestApp
  let westley: SchoolWithForm
  let asDsl: Agent
  let asHead: Agent

  before(async () => {
    holdfast = await startTestApp({ policies: policiesByKey })
    westley = await schoolWithForm(holdfast, 'westley')
    asDsl = await holdfast.agentFor(westley.dsl.id)
    asHead = await holdfast.agentFor((westley.head satisfies TestAdult).id)
  })
  after(() => holdfast.close())

  const record = (answer: string) =>
    recordByForm(westley.page, {
      ...leastOf(westley),
      voice: 'yes',
      told: westley.dsl.id,
      'told-time': '9:50am',
      'answer-telling-parents': answer,
    })
  const letterHome = {
    kind: 'letter',
    'with-whom': 'Mrs Ashdown, mother',
    'happened-day': '18',
    'happened-month': '11',
    'happened-year': '2026',
    says: 'Asked her to come in on Friday.',
  }
  const notes = () => `/children/${westley.robin}/notes/new`
  const writtenNotes = async () => (await holdfast.people.query('select 1 from note where child_id = $1', [westley.robin])).length

  test('[WY-11a-02] “unsure” is ticked: a letter home that is started is blocked, until the DSL lifts the hold with a reason', async () => {
    const { id, html } = await record('unsure')
    assert.match(html, /Do not speak with the parents\. Nobody does until the DSL says so\./)
    assert.match((await westley.page.get(`/my-concerns/${id}`)).html, /Do not speak with the parents/)
    assert.match((await asDsl.get(`/concerns/${id}`)).html, held)

    const started = await asDsl.get(notes())
    assert.match(started.html, held)
    assert.ok(started.html.includes(`/concerns/${id}/parent-hold`), 'it leads to lifting')
    const letter = await asDsl.submit(notes(), notes(), { ...letterHome, 'with-parent': 'yes' })
    assert.equal(letter.status, 422)
    assert.match(letter.html, /govuk-error-summary[\s\S]*Do not speak with the parents/)
    assert.match(letter.html, /Asked her to come in on Friday/, 'what was typed stays')
    assert.equal((await asDsl.submit(notes(), notes(), letterHome)).status, 422, 'silence does not get round it')
    assert.equal(await writtenNotes(), 0)

    const told = { outcome: 'told', who: 'Mrs Ashdown', says: 'Told her.' }
    const parents = `/concerns/${id}/parents`
    const refused = await asDsl.submit(parents, parents, told)
    assert.equal(refused.status, 422)
    assert.match(refused.html, held)
    assert.equal(
      (await asDsl.submit(parents, parents, { ...told, outcome: 'not-told', who: '', says: 'It could raise the risk.' })).status,
      303,
    )

    const lift = `/concerns/${id}/parent-hold`
    assert.equal((await westley.page.get(lift)).status, 404)
    assert.equal((await asDsl.submit(lift, lift, { because: ' ' })).status, 422)
    assert.equal((await asDsl.submit(lift, lift, { because: 'The social worker has agreed it with us.' })).status, 303)
    const after = await asDsl.get(`/concerns/${id}`)
    assert.match(after.html, /was lifted by Dora Lind[\s\S]*The social worker has agreed it with us\./)
    const [noted] = await holdfast.people.query(
      `select 1 as found from audit_entry where subject_id = $1 and action = 'parents.hold-lifted'`,
      [id],
    )
    assert.ok(noted)
    assert.equal((await asDsl.submit(notes(), notes(), letterHome)).status, 303)
    assert.equal(await writtenNotes(), 1)
    assert.equal((await asDsl.submit(parents, parents, told)).status, 303)
  })

  test('a contact with somebody else, a note of one’s own and a child of another concern are not held back', async () => {
    const { id } = await record('yes')
    const agency = { ...letterHome, 'with-whom': 'The school nurse', 'with-parent': 'no' }
    assert.equal((await asDsl.submit(notes(), notes(), agency)).status, 303)
    assert.equal((await asDsl.submit(notes(), notes(), { ...letterHome, kind: 'note', 'with-whom': '' })).status, 303)
    const other = `/children/${westley.kim}/notes/new`
    assert.doesNotMatch((await asDsl.get(other)).html, held)
    assert.equal((await asDsl.submit(other, other, letterHome)).status, 303)
    const lift = `/concerns/${id}/parent-hold`
    assert.notEqual((await asHead.get(lift)).status, 200, 'the head opens files and does not lift it')
  })

  test('what another concern of the same child holds back is not told to the parents from this one either', async () => {
    await record('yes')
    const { id } = await record('no')
    const parents = `/concerns/${id}/parents`
    assert.match((await asDsl.get(parents)).html, held)
    const told = { outcome: 'told', who: 'Mrs Ashdown', says: 'Told her.' }
    assert.equal((await asDsl.submit(parents, parents, told)).status, 422)
  })

  test('whoever is outside the concern that holds it back learns nothing of it from another concern of the child', async () => {
    await holdfast.people.query(
      'update parent_hold set lifted_at = set_at, lifted_by = $1, lifted_because = $2 where lifted_at is null',
      [westley.dsl.id, 'Agreed.'],
    )
    const { id: holding } = await record('yes')
    const { id } = await record('no')
    const parents = `/concerns/${id}/parents`
    const asDeputy = await holdfast.agentFor(westley.deputy.id)
    assert.match((await asDeputy.get(parents)).html, held)
    for (const table of ['concern', 'concern_child', 'parent_hold'])
      await holdfast.people.query(
        `update ${table} set excluded = array[$2::uuid] where ${table === 'concern' ? 'id' : 'concern_id'} = $1`,
        [holding, westley.deputy.id],
      )
    assert.match((await asDsl.get(parents)).html, held)
    const drawn = (await asDeputy.get(parents)).html
    assert.doesNotMatch(drawn, held)
    assert.ok(!drawn.includes(holding))
    const told = { outcome: 'told', who: 'Mrs Ashdown', says: 'Told her.' }
    assert.equal((await asDeputy.submit(parents, parents, told)).status, 303)
  })

  test('where it is answered with no, nothing is held back', async () => {
    const { id, html } = await record('no')
    assert.doesNotMatch(html, /Do not speak with the parents/)
    assert.deepEqual(await holdfast.people.query('select 1 from parent_hold where concern_id = $1', [id]), [])
  })
})
