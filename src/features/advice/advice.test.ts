import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Agent, type Fields, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf, policiesByKey, type SchoolWithForm, schoolWithForm } from '../../../test/support/concern-form.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

let holdfast: TestApp
before(async () => {
  holdfast = await startTestApp({ policies: policiesByKey })
})
after(() => holdfast.close())

const set = (local: string) => holdfast.clock.set(new Date(local).toISOString() as Instant)
const text = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
const on = (day: string): Fields => {
  const [year, month, date] = day.split('-')
  return { 'on-day': date, 'on-month': month, 'on-year': year }
}

/** A school with a concern that its teacher recorded, and the child's home. */
async function concernAt(
  key: string,
  prompts: readonly string[],
  home: string,
): Promise<SchoolWithForm & { readonly id: ConcernId; readonly at: string }> {
  const people = await schoolWithForm(holdfast, key)
  await holdfast.people.query('update child set home_authority = $2 where school_id = $1', [people.school.id, home])
  const concern = concernAbout({ childId: people.robin }, { prompts })
  const id = await recordAs(holdfast, people.school, { adultId: people.teacher.id }, concern)
  return { ...people, id, at: `/concerns/${id}` }
}

const advice = {
  'with-whom': 'The advisor on duty',
  named: 'not-named',
  asked: 'Does this reach the threshold?',
  says: 'Not on what you have told us. Offer early help and ring again if it comes back.',
} as const

async function keeps(agent: Agent, at: string, fields: Fields): Promise<void> {
  const answer = await agent.post(`${at}/advice`, { ...advice, ...fields })
  assert.equal(answer.status, 303, errorsOf(answer.html).join('\n'))
}

test('[MM-0-09] a deputy of a school in Maidstone who is unsure is offered the area advisor, and what was advised stands in the chronology with the decision after it', async () => {
  set('2026-11-18T10:30:00Z')
  const { at, deputy, robin } = await concernAt('mmap', ['behaviour'], 'kent')
  const agent = await holdfast.agentFor(deputy.id)
  assert.match((await agent.get(at)).html, new RegExp(`href="${at}/advice"`))
  const offered = text((await agent.get(`${at}/advice`)).html)
  assert.match(offered, /Area education safeguarding advisor, Maidstone[^0-9]*03000 412284/)
  assert.match(offered, /Front Door 03000 411 111 Open now, until 17:00/)

  await keeps(agent, at, {
    of: 'kent.education-safeguarding',
    at: '10:20',
    ...on('2026-11-18'),
    decided: 'Monitor with a named adult',
    because: 'The advisor sees no sign of harm yet.',
    followed: 'in-part',
  })
  for (const path of [at, `/children/${robin}/print?words=1&order=oldest`]) {
    const page = text((await agent.get(path)).html)
    assert.match(page, /Area education safeguarding advisor, Maidstone/, path)
    assert.match(page, /Asked: Does this reach the threshold\?/, path)
    assert.match(page, /Not on what you have told us/, path)
    assert.match(page, /Decided after it: Monitor with a named adult/, path)
    assert.match(page, /The advisor sees no sign of harm yet/, path)
    assert.match(page, /As advised: in part/, path)
  }
})

test('[WP-4-07] the DSL who rings the Derby consultation line at 14:15 cannot save it without the advice, the time, the decision and its reason', async () => {
  set('2026-11-18T14:40:00Z')
  const { at, dsl } = await concernAt('west-park', ['appearance'], 'derby')
  const agent = await holdfast.agentFor(dsl.id)
  assert.match(text((await agent.get(`${at}/advice`)).html), /Derby professional consultation line 07812 300329/)
  const whole: Fields = {
    ...advice,
    of: 'derby.consultation',
    at: '14:15',
    ...on('2026-11-18'),
    decided: 'No referral, EHA offered',
    because: 'Below the threshold; the family wants help.',
    followed: 'yes',
  }
  for (const field of ['says', 'at', 'decided', 'because']) {
    const answer = await agent.post(`${at}/advice`, { ...whole, [field]: '' })
    assert.equal(answer.status, 422, field)
    const errors = errorsOf(answer.html)
    assert.equal(errors.length, 1, errors.join())
    assert.match(errors[0] ?? '', new RegExp(`^${field}: Enter`))
    assert.match(answer.html, /No referral, EHA offered|Below the threshold/, 'what was typed is kept')
  }
  assert.doesNotMatch((await agent.get(at)).html, /Advice taken/)
  assert.equal((await agent.post(`${at}/advice`, whole)).status, 303)
  const page = text((await agent.get(at)).html)
  assert.match(page, /Derby professional consultation line, today at 14:15/)
  assert.match(
    page,
    /Decided after it: No referral, EHA offered \. As advised: yes|Decided after it: No referral, EHA offered\s?\. As advised: yes/,
  )
})

test('[WY-20-01] advice of the Suffolk line at 13:10 is one record with the decision after it', async () => {
  set('2026-11-18T13:30:00Z')
  const { at, deputy, id } = await concernAt('westley', ['behaviour'], 'suffolk')
  const agent = await holdfast.agentFor(deputy.id)
  assert.match(text((await agent.get(`${at}/advice`)).html), /Suffolk professional consultation line 0345 606 1499/)
  await keeps(agent, at, {
    of: 'suffolk.consultation',
    at: '1:10pm',
    ...on('2026-11-18'),
    reference: 'PCL 77',
    decided: 'Refer',
    because: 'They advise a referral.',
    followed: 'yes',
  })
  const rows = await holdfast.people.query(
    `select contact, with_whom, at::text, says, reference, decided from advice where concern_id = $1`,
    [id],
  )
  assert.equal(rows.length, 1)
  assert.deepEqual(rows[0], {
    contact: 'suffolk.consultation',
    with_whom: advice['with-whom'],
    at: '2026-11-18 13:10:00+00',
    says: advice.says,
    reference: 'PCL 77',
    decided: 'Refer',
  })
  assert.match(text((await agent.get(at)).html), /today at 13:10.*Reference PCL 77.*Decided after it: Refer/)
})

test('[MM-4.7-02] whoever worries about a forced marriage is shown the Forced Marriage Unit, may ask it themselves, and the call stands with the concern for the DSL', async () => {
  set('2026-11-18T09:50:00Z')
  const { id, at, teacher, dsl, kim } = await concernAt('mmap', ['fgm-suspected'], 'kent')
  const own = await holdfast.agentFor(teacher.id)
  const form = text((await own.get(`/my-concerns/${id}/advice`)).html)
  assert.match(form, /Forced Marriage Unit 020 7008 0151/)
  assert.match(form, /fmu@fcdo\.gov\.uk/)
  assert.match(text((await own.get('/help')).html), /Forced Marriage Unit 020 7008 0151/)
  assert.doesNotMatch(form, /What did you decide/, 'a teacher does not decide')
  await keeps(own, `/my-concerns/${id}`, { of: 'forced-marriage-unit', at: '9:40', ...on('2026-11-18') })

  const team = await holdfast.agentFor(dsl.id)
  const page = text((await team.get(at)).html)
  assert.match(page, /Advice taken Forced Marriage Unit, today at 09:40/)
  assert.match(page, /Written down by Tessa Marsh/)
  assert.match(text((await own.get(`/my-concerns/${id}`)).html), /Forced Marriage Unit, today at 09:40/)
  // A colleague who did not report it neither reads nor writes it.
  const colleague = await holdfast.people.addAdult(teacher.school, { name: 'Cal Dunne' })
  const stranger = await holdfast.agentFor(colleague.id)
  assert.equal((await stranger.get(`/my-concerns/${id}/advice`)).status, 404)
  assert.equal((await stranger.get(`${at}/advice`)).status, 404)
  assert.doesNotMatch(text((await team.get(`/children/${kim}`)).html), /Forced Marriage Unit/)
})

test('[MM-4.10-05] on a Tuesday at half past one the Encompass helpline is closed until Wednesday 08:00, and the education safeguarding service stands before it', async () => {
  set('2026-11-17T13:30:00Z')
  const { at, dsl } = await concernAt('mmap', ['domestic-abuse'], 'kent')
  const agent = await holdfast.agentFor(dsl.id)
  const form = text((await agent.get(`${at}/advice`)).html)
  assert.match(form, /Operation Encompass helpline 0204 513 9990 Closed until Wednesday 08:00/)
  assert.ok(form.indexOf('03000 412284') > 0)
  assert.ok(form.indexOf('03000 412284') < form.indexOf('0204 513 9990'), 'whoever is closed stands last')
  await keeps(agent, at, {
    of: 'kent.education-safeguarding',
    at: '13:20',
    ...on('2026-11-17'),
    decided: 'Talk with the child tomorrow',
    because: 'The advisor says so.',
    followed: 'yes',
  })
  assert.match(text((await agent.get(at)).html), /Area education safeguarding advisor.*Talk with the child tomorrow/)
})

test('[WA-0-01] the number of MASH24 stands on the referral with a way to log the call, and one change of the policy changes it on every screen at once', async () => {
  set('2026-11-18T10:00:00Z')
  const { at, robin, deputy, dsl, head, teacher, school } = await concernAt('westacre', ['behaviour'], 'wolverhampton')
  const team = await holdfast.agentFor(deputy.id)
  const referral = `${at}/referrals/new?child=${robin}&agency=social-care`
  const own = await holdfast.agentFor(teacher.id)
  const screens = async () => [
    await team.get(referral),
    await team.get(`${at}/advice`),
    await own.get('/help'),
    await own.get('/concerns/new'),
    await own.get('/whom-to-ring'),
    await holdfast.stranger().get(`/report/${school.visitorToken}/help`),
  ]
  const first = await team.get(referral)
  assert.match(first.html, new RegExp(`href="${at}/advice\\?of=wolverhampton.front-door"[^>]*>\\s*Log this call`))
  assert.match((await team.get(`${at}/advice?of=wolverhampton.front-door`)).html, /value="wolverhampton\.front-door"[^>]*checked/)
  for (const screen of await screens()) assert.match(screen.html, /01902 555392/)

  const proposer = await holdfast.agentFor(dsl.id)
  const proposed = await proposer.post('/policy/changes/new', {
    what: 'contacts/wolverhampton.front-door',
    who: 'Wolverhampton MASH24',
    purpose: 'advice on any worry, and every referral to social care',
    phone: '01902 496000',
    because: 'They have moved.',
    section: 'Letter of 17 November',
    'from-day': '18',
    'from-month': '11',
    'from-year': '2026',
    checked: 'yes',
  })
  assert.equal(proposed.status, 303, errorsOf(proposed.html).join('\n'))
  assert.equal((await (await holdfast.agentFor(head.id)).post(`${proposed.location}/approve`)).status, 303)
  for (const screen of await screens()) {
    assert.match(screen.html, /01902 496000/)
    assert.doesNotMatch(screen.html, /01902 555392/)
  }
})

test('[WA-45-01] for a family without a home the missing housing contact is flagged, and the concern is saved all the same', async () => {
  set('2026-11-18T10:00:00Z')
  const { id, at, dsl } = await concernAt('westacre', ['other'], 'wolverhampton')
  const agent = await holdfast.agentFor(dsl.id)
  assert.equal((await agent.post(`${at}/acknowledge`)).status, 303)
  const triaged = await agent.submit(`${at}/triage`, `${at}/triage`, {
    'immediate-risk': 'no',
    'safe-to-go-home': 'yes',
    medical: 'no',
    police: 'no',
    categories: 'homelessness',
    level: /name="level"[^>]*value="([^"]+)"/.exec((await agent.get(`${at}/triage`)).html)?.[1],
    rationale: 'They sleep at an aunt’s.',
  })
  assert.equal(triaged.status, 303, errorsOf(triaged.html).join('\n'))
  const page = text((await agent.get(at)).html)
  assert.match(page, /Local housing authority[^.]*\. Not confirmed[^.]*\. No number is known here: find it before you need it\./)
  assert.match(page, /Raise it with the local housing authority as early as possible/)
  const help = text((await agent.get('/help')).html)
  assert.match(help, /Local housing authority No number is known here/)
  const [row] = await holdfast.people.query<{ state: string }>('select state from concern where id = $1', [id])
  assert.equal(row?.state, 'triaged')
})
