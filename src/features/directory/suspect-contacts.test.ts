import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { leastOf, policiesByKey, recordByForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { AdultId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { contactDoubts, withSuspects } from '../../policy/contact-doubts.ts'
import type { Contact } from '../../policy/profile.ts'
import { workAs } from '../../work/work.ts'

const run = promisify(execFile)
let holdfast: TestApp
before(async () => {
  holdfast = await startTestApp({ policies: policiesByKey })
})
after(() => holdfast.close())

const profile = () => testPolicies().profile('west-park', '2026-11-18' as PlainDate)
const entry = 'derbyshire.early-help'
/** The number by which the policy has the school itself rung. */
function ownNumber(): string {
  const { team, contacts } = profile()
  return contacts[team.find(({ role }) => role === 'dsl')?.contact ?? '']?.phone ?? ''
}

test('[WP-4-12] the county’s early help, printed with the school’s own number, is flagged and nobody is sent there, until the DSL has confirmed it', async () => {
  const { stdout } = await run(process.execPath, ['dist/src/policy/check-command.js', 'policies'])
  const said = stdout.split('\n').find(line => line.includes(entry)) ?? ''
  assert.ok(said.includes(ownNumber()), 'the check of the policy says it')
  assert.match(said, /This is the number of the school itself\. At west-park\./)

  const people = await schoolWithForm(holdfast, 'west-park')
  const { school, dsl, teacher, robin, page } = people
  await holdfast.people.query(`update child set home_authority = 'derbyshire' where id = $1`, [robin])
  const { id } = await recordByForm(page, leastOf(people))
  const agent = await holdfast.agentFor(dsl.id)
  const referral = async () => (await agent.get(`/concerns/${id}/referrals/new?child=${robin}&agency=early-help`)).html
  const asked = await referral()
  assert.match(asked, /name="destination"/, 'whom it goes to is typed')
  assert.ok(!asked.includes(ownNumber()), 'and the number of the school is not offered')
  const check = `/help/checks/${entry}`
  assert.match(
    (await agent.get('/help/checks')).html,
    /Looks wrong, or was never confirmed\. This is the number of the school itself\./,
  )

  // Whoever does not keep the book confirms nothing: neither by the page nor past it.
  const staff = await holdfast.agentFor(teacher.id)
  assert.equal((await staff.post(check, { outcome: 'right' })).status, 403)
  const insert = (adultId: AdultId, number: string | null) =>
    workAs(holdfast.tools, { schoolId: school.id, adultId }, holdfast.clock.now(), async work => ({
      commit: true,
      value: await work.tx.run(
        {
          name: 'test_check',
          text: `insert into contact_check (school_id, id, contact, outcome, at, by_id, number) values ($1, gen_random_uuid(), $2, 'right', $3, $4, $5)`,
        },
        [school.id, entry, work.now, adultId, number],
      ),
    }))
  await assert.rejects(insert(teacher.id, ownNumber()), { code: '42501' })
  assert.ok(!(await referral()).includes(ownNumber()))

  // Found right with another number than the one that stands now is no confirmation of this one.
  await insert(dsl.id, '01632 960001')
  assert.ok(!(await referral()).includes(ownNumber()))

  holdfast.pass(1)
  assert.equal((await agent.post(check, { outcome: 'right' })).status, 303)
  const offered = await referral()
  assert.ok(offered.includes(ownNumber()), 'once confirmed it is offered')
  assert.doesNotMatch(offered, /name="destination"/)
  holdfast.pass(1)
  assert.equal((await agent.post(check, { outcome: 'wrong', says: 'It rings in our own office.' })).status, 303)
  assert.ok(!(await referral()).includes(ownNumber()), 'and no longer once it is found wrong')
  const trail = await holdfast.people.query(
    `select 1 from audit_entry where school_id = $1 and action = 'contact.checked' and body like '%' || $2 || '%'`,
    [school.id, entry],
  )
  assert.equal(trail.length, 2)
})

test('[WP-4-12] a number with a digit too many and one number under two agencies are flagged too; two lines of one agency are not', () => {
  const { team, contacts } = profile()
  const door = contacts['derby.front-door']
  assert.ok(door)
  const with_ = (more: Readonly<Record<string, Partial<Contact>>>) => {
    const book = { team, contacts: { ...contacts } as Record<string, Contact> }
    for (const [key, change] of Object.entries(more)) book.contacts[key] = { ...door, ...change, key }
    return {
      kinds: (key: string) =>
        contactDoubts(book)
          .get(key)
          ?.map(({ kind }) => kind) ?? [],
      marked: withSuspects(book),
    }
  }
  const long = with_({ 'derby.front-door': { phone: `${door.phone}9` } })
  assert.deepEqual(long.kinds('derby.front-door'), ['digits'])
  assert.equal(long.marked['derby.front-door']?.suspect, true)
  const twice = with_({ 'elsewhere.front-door': {} })
  assert.deepEqual(twice.kinds('elsewhere.front-door'), ['shared-number'])
  assert.deepEqual(twice.kinds('derby.front-door'), ['shared-number'])
  assert.deepEqual(with_({ 'derby.other-door': {} }).kinds('derby.front-door'), [])
})

test('a number that looks wrong bears the same words wherever somebody could ring it', async () => {
  const wrong = '01332 6411729'
  const spoiled = {
    ...policiesByKey,
    profile: (key: string, on: PlainDate) => {
      const found = policiesByKey.profile(key, on)
      const door = found.contacts['derby.front-door']
      const contacts = door ? { ...found.contacts, 'derby.front-door': { ...door, phone: wrong, suspect: true as const } } : {}
      return { ...found, contacts: { ...found.contacts, ...contacts } }
    },
  }
  const other = await startTestApp({ policies: spoiled })
  try {
    const people = await schoolWithForm(other, 'west-park')
    await other.people.query(`update child set home_authority = 'derby' where id = $1`, [people.robin])
    const { id } = await recordByForm(people.page, leastOf(people))
    const dsl = await other.agentFor(people.dsl.id)
    const words = 'Not confirmed: the school has still to check this contact'
    const shown: string[] = []
    for (const [agent, path] of [
      [people.page, '/whom-to-ring'],
      [people.page, `/my-concerns/${id}`],
      [people.page, `/concerns/${id}/direct-referral`],
      [people.page, '/help'],
      [dsl, `/concerns/${id}/triage`],
      [dsl, `/concerns/${id}/decision`],
      [dsl, `/concerns/${id}/advice`],
    ] as const) {
      const { html } = await agent.get(path)
      if (!html.includes(wrong)) continue
      shown.push(path)
      assert.ok(html.slice(html.indexOf(wrong)).includes(words), path)
    }
    assert.ok(shown.length >= 4, shown.join(' '))
  } finally {
    await other.close()
  }
})
