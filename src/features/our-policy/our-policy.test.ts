import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { errorsOf } from '../../../test/support/concern-form.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { differencesBetween } from '../../policy/differences.ts'
import { valueKinds, valuesOf } from '../../policy/profile-values.ts'

const today = '2026-11-18' as PlainDate
let app: TestApp

before(async () => {
  app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
})
after(() => app.close())

const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ')

/** Every place in a profile that names a source. */
function sourcesIn(content: unknown): string[] {
  if (typeof content !== 'object' || content === null) return []
  const { source } = content as { source?: { document?: string; section?: string } }
  const own = source?.document ? [`${source.document} ${source.section}`] : []
  return [...own, ...Object.values(content).flatMap(sourcesIn)]
}

test('whoever works at a school reads every value of its policy with document and section, and only those who lead read what it leaves open', async () => {
  for (const school of [demo.westPark, demo.westacre, demo.westley, demo.mmap, demo.williamMacgregor]) {
    const profile = testPolicies().profile(school.key, today)
    const { teacher } = school.adults
    const page = await (await app.agentFor(teacher.adultId)).get('/policy')
    assert.equal(page.status, 200)
    const text = textOf(page.html)
    for (const value of valuesOf(profile)) {
      if (value.kind === 'gaps')
        assert.ok(!text.includes(value.says), `${school.key}: a teacher is not asked to mend ${value.key}`)
      else if (value.kind !== 'calendar' && value.kind !== 'contacts')
        assert.ok(text.includes(value.says.trim().replaceAll(/\s+/g, ' ')), `${school.key}: ${value.kind} ${value.key}`)
      assert.ok(valueKinds.includes(value.kind))
    }
    for (const contact of Object.values(profile.contacts)) assert.ok(text.includes(contact.who), contact.key)
    // Nothing that cites a section is left out but what is over, and the statute that the page of a rule shows.
    const { statutory: _statutory, gaps: _gaps, calendar: _calendar, ...rest } = profile
    const cited = new Set(valuesOf(profile).flatMap(({ source }) => (source ? [`${source.document} ${source.section}`] : [])))
    assert.deepEqual(
      [...new Set(sourcesIn(rest))].filter(source => !cited.has(source)),
      [],
      school.key,
    )
    const { deputy } = school.adults
    const leads = textOf((await (await app.agentFor(deputy.adultId)).get('/policy')).html)
    for (const gap of profile.gaps) assert.ok(leads.includes(gap.says), gap.key)
  }
})

test('why? opens the rule with its paragraph, its reading, its layer and what statute says, as the policy stood on that day', async () => {
  const school = demo.westPark
  const teacher = await app.agentFor(school.adults.teacher.adultId)
  const answer = textOf((await teacher.get('/policy/rules/referrals.answer-in-one-working-day')).html)
  assert.match(answer, /Time within 1 working day/)
  assert.match(answer, /Paragraph West Park School safeguarding policy \(September 2024\), 6/)
  assert.match(answer, /Where it stands The school's own policy/)
  assert.match(answer, /What statute says .*within 1 working day.* A school may be stricter than that, never laxer\./)
  const step = textOf((await teacher.get('/policy/rules/routing.welfare-1?on=2024-10-01')).html)
  assert.match(step, /As our policy stood on 1 October 2024/)
  assert.match(step, /Who is told Designated Safeguarding Lead/)
  const read = testPolicies()
    .profile(school.key, today)
    .clocks.find(({ duration }) => duration.standing === 'setting')
  assert.ok(read)
  assert.match(textOf((await teacher.get(`/policy/rules/${read.rule}`)).html), /No text gives this: it is a setting/)
  const product = textOf((await teacher.get('/policy/rules/policy.not-laxer')).html)
  assert.match(product, /The product itself: the same at every school/)
  const none = await teacher.get('/policy/rules/no.such-rule?on=not-a-date')
  assert.equal(none.status, 200)
  assert.match(textOf(none.html), /Our policy has no such rule/)
})

test('a DSL compares two schools, two days and statute, and sees only what differs; a teacher does not', async () => {
  const deputy = await app.agentFor(demo.westPark.adults.deputy.adultId)
  const one = testPolicies().profile('west-park', today)
  assert.deepEqual(differencesBetween(one, one), [])
  const differences = differencesBetween(one, testPolicies().profile('westley', today))
  assert.ok(differences.every(({ left, right }) => left.map(one => one.says).join() !== right.map(one => one.says).join()))
  const triage = differences.find(({ kind, left, right }) => kind === 'clocks' && left[0] && right[0])
  assert.ok(triage)
  const page = textOf((await deputy.get('/policy/compare?with=westley')).html)
  assert.match(page, new RegExp(`Our policy today and .*${differences.length} differences\\.`))
  assert.ok(page.includes(triage.left[0]?.says ?? '?') && page.includes(triage.right[0]?.says ?? '?'))
  assert.match(textOf((await deputy.get('/policy/compare?on=2026-11-18')).html), /They say the same/)
  assert.match(textOf((await deputy.get('/policy/compare?with=statute')).html), /never laxer.*within 1 working day/)
  const teacher = await app.agentFor(demo.westPark.adults.teacher.adultId)
  for (const path of ['/policy/compare', '/policy/open']) assert.equal((await teacher.get(path)).status, 403)
})

test('a DSL chooses both sides of a comparison, each with its day, and reads at the field what cannot be compared', async () => {
  const deputy = await app.agentFor(demo.westPark.adults.deputy.adultId)
  const compared = async (query: string) => deputy.get(`/policy/compare?${query}`)
  const westley = (on: string) => testPolicies().profile('westley', on as PlainDate)
  const count = differencesBetween(westley('2023-09-01'), westley('2025-09-01')).length
  assert.ok(count > 0)
  const editions = await compared('left=westley&left-on=2023-09-01&with=westley&on=2025-09-01')
  assert.match(
    textOf(editions.html),
    new RegExp(`Westley Middle School on 1 September 2023 and Westley Middle School on 1 September 2025 ${count} difference`),
  )
  assert.match(editions.html, /name="left-on-year"[^>]*value="2023"|value="2023"[^>]*name="left-on-year"/, 'the choice stays')
  const typed = 'left=westacre&left-on-day=1&left-on-month=9&left-on-year=2024&with=mmap&on-day=2&on-month=9&on-year=2025'
  assert.match(
    textOf((await compared(typed)).html),
    /Westacre .* on 1 September 2024 and Maidstone .* on 2 September 2025 \d+ diff/,
  )
  const statute = textOf((await compared('left=westley&left-on=2023-09-01&with=statute')).html)
  assert.match(statute, /Westley Middle School on 1 September 2023 and statute/)
  assert.match(
    errorsOf((await compared('left=westley&left-on-day=31&left-on-month=2&left-on-year=2024&with=mmap')).html).join(),
    /^left-on-day: Enter a day/,
  )
  assert.match(errorsOf((await compared('left=westley&with=')).html).join(), /^with: Choose what to compare it with/)
})

test('“Why?” says of a worry of a Sunday that its own day ends it, and whose next school day it does not wait for', async () => {
  const teacher = await app.agentFor(demo.westPark.adults.teacher.adultId)
  const rule = testPolicies()
    .profile('west-park', today)
    .clocks.find(({ clock, duration }) => clock === 'triage' && duration.value.unit === 'end-of-school-day')?.rule
  const why = async (on: string) => textOf((await teacher.get(`/policy/rules/${rule}?on=${on}`)).html)
  assert.match(
    await why('2026-11-15'),
    /Sunday 15 November 2026 is no school day of West Park School: what began then runs to midnight of that day, and does not wait for the school’s next day, Monday 16 November 2026\./,
  )
  assert.match(
    await why('2026-11-16'),
    /Begun after that moment, or on a day without school, it runs to midnight of the same day\./,
  )
})

test('the comparison with statute says each time once', async () => {
  const deputy = await app.agentFor(demo.westPark.adults.deputy.adultId)
  const { html } = await deputy.get('/policy/compare?with=statute')
  const rows = [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) => textOf(row).trim())
  const [header] = rows
  const body = rows.filter(row => row !== header && !row.startsWith('What '))
  assert.ok(body.length > 5)
  const requests = body.filter(row => /Whoever asks for a record|told so with the reasons/.test(row))
  assert.equal(requests.length, 2, requests.join('\n'))
  for (const row of requests) assert.match(row, /Statute alone$/)
})

test('two policies are compared by who would hear of a worry, also where each has its own name for the case', async () => {
  const all = [demo.westPark, demo.westacre, demo.westley, demo.mmap, demo.williamMacgregor].map(({ key }) =>
    testPolicies().profile(key, today),
  )
  for (const left of all.slice(0, 2))
    for (const right of all)
      for (const one of differencesBetween(left, right).filter(({ kind }) => kind === 'routes'))
        assert.ok(one.left.length > 0 && one.right.length > 0, `${left.school.name}, ${right.school.name}: ${one.what}`)

  const [westPark, , westley] = all
  assert.ok(westPark && westley)
  const routes = differencesBetween(westPark, westley).filter(({ kind }) => kind === 'routes')
  const says = (what: string) => {
    const found = routes.find(one => one.what === what)
    assert.ok(found, `${what} in: ${routes.map(one => one.what).join('; ')}`)
    return [found.left, found.right].map(values => values.map(value => value.says).join(' '))
  }
  // Westley has one chain for both levels of belief about a head, West Park has two.
  const [ours, theirs] = says('An adult who works or helps here: about Headteacher: low-level')
  assert.match(
    ours ?? '',
    /^1\. Chair of Trustees, or else Designated Safeguarding Lead\. .*If nobody in school can be told: Derby/,
  )
  assert.match(theirs ?? '', /^1\. Director of Education\. .*If nobody in school can be told: Suffolk/)
  // West Park has no chain for the trust's own people: there the usual one is followed.
  const [usual, central] = says(
    'An adult who works or helps here: about central staff, Director of Education, chief executive, chief operating officer, Trust Lead on Safeguarding: low-level',
  )
  assert.match(usual ?? '', /^1\. Designated Safeguarding Lead, or else Headteacher\./)
  assert.match(central ?? '', /^1\. Trust Lead on Safeguarding\./)
  // A conflict of interest is West Park's own case: Westley's usual chain answers it.
  const [rung, told] = says('An adult who works or helps here: about a conflict of interest: may meet the harm threshold')
  assert.match(rung ?? '', /^Nobody in school is told\. Ring: Derby/)
  assert.match(told ?? '', /^1\. Headteacher, or else Whoever fulfils/)

  // What is about a relative of the head is passed on past the head, and no line of either school gives it to them.
  const [past, director] = says('An adult who works or helps here: about a relative of the Headteacher: low-level')
  assert.match(past ?? '', /Passed on to: Chair of Trustees\./)
  assert.doesNotMatch(`${past} ${director}`, /Passed on to: Headteacher/)
  assert.match(director ?? '', /^1\. Director of Education\./)
  const macgregor = differencesBetween(westPark, all[4] ?? assert.fail()).find(({ what }) =>
    /relative of the Headteacher/.test(what),
  )
  assert.match(
    macgregor?.right.map(value => value.says).join(' ') ?? '',
    /1\. Headteacher.*Not the Headteacher whose relative it is about\./,
    'a policy that says nothing of relatives still tells no head of one of theirs',
  )

  const deputy = await app.agentFor(demo.westPark.adults.deputy.adultId)
  const { html } = await deputy.get('/policy/compare?with=westley')
  const part = html.slice(html.indexOf('Who is told'), html.indexOf('</table>'))
  assert.match(textOf(part), /about Headteacher: low-level 1\. Chair of Trustees.* 1\. Director of Education\./)
  assert.doesNotMatch(textOf(part), /Does not say/)
})

test('what the policy leaves open stands on one page with the way to settle it, and newer guidance with who must act', async () => {
  const school = demo.westPark
  const profile = testPolicies().profile(school.key, today)
  const head = await app.agentFor(school.adults.head.adultId)
  const html = (await head.get('/policy/open')).html
  const text = textOf(html)
  for (const gap of profile.gaps) assert.ok(text.includes(gap.says), gap.key)
  assert.ok(html.includes(`/policy/changes/new?what=${encodeURIComponent(`gaps/${profile.gaps[0]?.key}`)}`))
  assert.match(
    text,
    /Guidance is newer than our policy Our policy cites the edition of September 2024\. In force since: Keeping children safe in education, September 2025\. .*Who must act .*Designated Safeguarding Lead Reads the newer edition.* who work with children directly Read Keeping children safe in education, Part One anew, and sign\./,
  )
  assert.match(text, /A setting that no text gives \(\d+\)/)
})

test('[WM-1.5-01] a policy written under the guidance of 2024 warns on 2 September 2025 that a superseded edition is cited, and did not the day before the new one took effect', async () => {
  const { teacher } = demo.williamMacgregor.adults
  const before = app.clock.now()
  const warning = async (moment: string) => {
    app.clock.set(moment as Instant)
    const text = textOf((await (await app.agentFor(teacher.adultId)).get('/policy')).html)
    return /Superseded edition cited: our policy is of [^,]*, and (Keeping children safe in education, September 2025), is in force since/.exec(
      text,
    )?.[1]
  }
  assert.equal(await warning('2025-08-31T09:00:00.000Z'), undefined)
  assert.equal(await warning('2025-09-02T09:00:00.000Z'), 'Keeping children safe in education, September 2025')
  app.clock.set(before)
})

test('what training, reading, checks, pupils and retention owe stands in the policy in words, opens with why?, and is compared with statute and with another school', async () => {
  const teacher = await app.agentFor(demo.westPark.adults.teacher.adultId)
  const text = textOf((await teacher.get('/policy')).html)
  assert.match(
    text,
    /What people must be trained in .*All staff, volunteer\. No time given for the first time; then again within 1 year each time\. Part of the induction\./,
  )
  assert.match(text, /Part One: signed for as received, read, understood, in their own hand\. .*A new edition is read anew\./)
  assert.match(text, /What the school checks and reviews .*Within 1 year; then again within 1 year each time\. Done by any of: /)
  assert.match(
    text,
    /A pupil is absent, without permission, who has or had the status child protection plan, child in need, looked after Told, the first who is there: /,
  )
  assert.match(text, /Records that bear on sexual abuse Kept 75 years from the day of the record, then reviewed\./)
  assert.doesNotMatch(text, /On: file-sent|Counted from|Signature:|\bundefined\b/)
  const why = async (rule: string) => textOf((await teacher.get(`/policy/rules/${rule}`)).html)
  assert.match(await why('training.online-safety'), /In full All staff, governors and trustees\..*The school's own policy/)
  assert.match(
    await why('pupils.absent-with-social-worker'),
    /In full Told, the first who is there: Designated Safeguarding Lead/,
  )
  assert.match(
    await why('training.staff-yearly'),
    /In full All staff, volunteer\..*What statute says .*then again within 1 year each time/,
  )
  const deputy = await app.agentFor(demo.westPark.adults.deputy.adultId)
  const statute = textOf((await deputy.get('/policy/compare?with=statute')).html)
  assert.match(statute, /Times .* Training .*renewed at least every two years.*Says nothing of its own .*Statute alone/)
  assert.match(statute, /Checks and reviews .*The safeguarding policy is reviewed at least once a year\. .*The same/)
  const macgregor = await app.agentFor(demo.williamMacgregor.adults.deputy.adultId)
  assert.match(
    textOf((await macgregor.get('/policy/compare?with=west-park')).html),
    /What people must be trained in \(\d+\) .*by the end of the next autumn term each time/,
  )
})

test('a policy that cites guidance of 2021 is shown what is asked since, what it has of it and who must act; one that cites the newest is not', async () => {
  const westley = textOf((await (await app.agentFor(demo.westley.adults.head.adultId)).get('/policy/open')).html)
  assert.match(
    westley,
    /Our policy cites the edition of September 2021\. In force since: .*September 2023; .*September 2024; .*September 2025\./,
  )
  assert.match(
    westley,
    /New\. The DSL and deputies bring their knowledge up to date at least once a year\. Within 1 year; then again within 1 year each time .*our policy says nothing of its own, so the guidance holds/,
  )
  assert.match(
    westley,
    /Who must act .*Review the policy, and give it a new edition that cites the newer guidance\. Westley Middle School safeguarding procedures, /,
  )
  const westacre = textOf((await (await app.agentFor(demo.westacre.adults.head.adultId)).get('/policy/open')).html)
  assert.doesNotMatch(westacre, /Guidance is newer/)
})

test('from its policy whoever may ask what would happen finds where, and a teacher is not shown the way', async () => {
  const { dsl, teacher } = demo.westPark.adults
  const asDsl = await app.agentFor(dsl.adultId)
  assert.match((await asDsl.get('/policy')).html, /href="\/rehearsals"/)
  assert.equal((await asDsl.get('/rehearsals')).status, 200)
  assert.doesNotMatch((await (await app.agentFor(teacher.adultId)).get('/policy')).html, /href="\/rehearsals"/)
})
