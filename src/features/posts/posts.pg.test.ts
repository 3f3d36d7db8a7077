import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { workAs } from '../../work/work.ts'

const { westacre, mmap, williamMacgregor, westPark } = demo
const { dsl: lead, trustLead, chair, safeguardingGovernor } = williamMacgregor.adults

/** What a page says of one post, without its tags; `red` where a red tag stands in it. */
function rowOf(html: string, title: string): { readonly says: string; readonly red: boolean } {
  const row = html.split('<tr').find(part => part.includes(`>${title}</td>`)) ?? assert.fail(`no row of ${title}`)
  const cells = row.slice(0, row.indexOf('</tr>'))
  return {
    says: cells.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '),
    red: cells.includes('govuk-tag--red'),
  }
}

/** The part of the trust's page that is of one school. */
function partOf(html: string, key: string): string {
  const part = html.split('<section').find(one => one.includes(`aria-labelledby="school-${key}"`))
  return part ?? assert.fail(`no part of ${key}`)
}

const typed = (name: string, day: string, month: string, year: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
})

describe('the posts that a policy names', () => {
  let app: TestApp
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies() })
    await app.people.query(`update appointment set starts_at = '2020-09-01T08:00:00Z' where starts_at > '2020-09-01'`)
    await app.people.query(`update school set trust_id = (select trust_id from school where id = $1) where id = $2`, [
      williamMacgregor.id,
      mmap.id,
    ])
  })
  after(() => app.close())

  const pageOf = async (who: DemoAdult, path: string) => {
    const answer = await (await app.agentFor(who.adultId)).get(path)
    assert.equal(answer.status, 200, `${who.name} opens ${path}`)
    return answer.html
  }
  const endPost = (schoolId: string, role: string, endsAt: string) =>
    app.people.query('update appointment set ends_at = $3 where school_id = $1 and role = $2', [schoolId, role, endsAt])

  test('[WM-4.4-06] an advocate’s post vacant since 1 September is on 1 December 91 days vacant, with nobody who covers it until somebody is entered', async () => {
    app.clock.set('2024-12-01T09:00:00.000Z' as Instant)
    const trust = async () => rowOf(partOf(await pageOf(trustLead, '/trust/posts'), 'william-macgregor'), 'Safeguarding Advocate')
    assert.deepEqual([(await trust()).red, /91 days/.test((await trust()).says)], [false, false], 'while somebody holds it')
    await endPost(williamMacgregor.id, 'safeguarding-governor', '2024-08-31T23:00:00Z')
    const bare = await trust()
    assert.match(bare.says, /Nobody .* 91 days vacant, since 1 September 2024\. Interim cover: none\./)
    assert.ok(bare.red)
    const school = rowOf(await pageOf(lead, '/posts'), 'Safeguarding Advocate')
    assert.match(school.says, /91 days vacant, since 1 September 2024\. Interim cover: none\./)

    const { governor } = williamMacgregor.adults
    const asHead = await app.agentFor(lead.adultId)
    const path = '/posts/safeguarding-governor/vacancy'
    const wrong = await asHead.post(path, { ...typed('since', '1', '1', '2025'), interim: governor.adultId })
    assert.equal(wrong.status, 422)
    assert.match(wrong.html, /today or in the past/)
    assert.equal((await asHead.post(path, { ...typed('since', '1', '9', '2024'), interim: governor.adultId })).status, 303)
    assert.match((await trust()).says, new RegExp(`To be confirmed 91 days vacant.*Interim cover: ${governor.name}\\.`))
    await app.people.query(`update appointment set ends_at = null where adult_id = $1`, [safeguardingGovernor.adultId])
    assert.doesNotMatch((await trust()).says, /vacant/)
    assert.equal((await asHead.post(path, typed('since', '1', '9', '2024'))).status, 422, 'a post that is held is not vacant')
  })

  test('[WM-4.2-03] a school whose DSL is to be confirmed is red for its lead on the trust’s page', async () => {
    app.clock.set('2026-06-03T09:00:00.000Z' as Instant)
    const title =
      testPolicies()
        .profile('mmap', '2026-06-03' as never)
        .team.find(({ role }) => role === 'dsl')?.title ?? ''
    const dslOfMmap = async () => rowOf(partOf(await pageOf(trustLead, '/trust/posts'), 'mmap'), title)
    assert.equal((await dslOfMmap()).red, false)
    await endPost(mmap.id, 'dsl', '2026-06-01T09:00:00Z')
    const asHead = await app.agentFor(mmap.adults.head.adultId)
    assert.equal((await asHead.post('/posts/dsl/vacancy', { ...typed('since', '1', '6', '2026'), interim: '' })).status, 303)
    const row = await dslOfMmap()
    assert.ok(row.red)
    assert.match(row.says, /Nobody To be confirmed 2 days vacant/)
    assert.equal(rowOf(partOf(await pageOf(trustLead, '/trust/posts'), 'william-macgregor'), 'Headteacher').red, false)
  })

  test('[WM-A6-01] the list of leads shows a DSL to be confirmed in red, given to the trust’s lead', async () => {
    const html = await pageOf(trustLead, '/trust/posts')
    const part = partOf(html, 'mmap')
    const title =
      testPolicies()
        .profile('mmap', '2026-06-03' as never)
        .team.find(({ role }) => role === 'dsl')?.title ?? ''
    const row = rowOf(part, title)
    assert.ok(row.red)
    assert.match(row.says, new RegExp(`To be confirmed .*To be settled by: ${trustLead.name}`))
    assert.match(part, /Red: \d+ of \d+\./)
    for (const outside of [westPark, westacre]) assert.ok(!html.includes(outside.name), 'schools outside the trust are not there')
  })

  test('the trust’s page opens to those of the trust and to advocates, and shows nothing where the school has no trust', async () => {
    for (const who of [williamMacgregor.adults.teacher, lead])
      assert.equal((await (await app.agentFor(who.adultId)).get('/trust/posts')).status, 403, who.name)
    assert.match(await pageOf(safeguardingGovernor, '/trust/posts'), /MMAP|Multi/i)
    const alone = await pageOf(westPark.adults.safeguardingGovernor, '/trust/posts')
    assert.match(alone, /belongs to no trust/)
    assert.ok(!alone.includes(mmap.name))
  })

  test('[WM-4.3-04] one person who is head, lead, SPOC, designated teacher and attendance lead brings a warning of capacity and conflict that lists the five', async () => {
    await app.people.query(
      `update appointment set ends_at = '2026-05-01T00:00:00Z' where adult_id = $1 and role = 'attendance-lead'`,
      [williamMacgregor.adults.attendanceLead.adultId],
    )
    await app.people.appoint(williamMacgregor.id, lead.adultId, 'attendance-lead')
    const text = (await pageOf(chair, '/posts')).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
    const warned = /Capacity and conflict: Harriet Lowe holds 5 posts: ([^.]*)\./.exec(text)?.[1]?.split('; ').toSorted()
    assert.deepEqual(warned, [
      'Designated Attendance Lead',
      'Designated Teacher for looked-after children',
      'Headteacher',
      'Lead Designated Safeguarding Lead (LDSL)',
      'Single point of contact for Prevent (SPOC)',
    ])
    assert.equal(text.match(/Capacity and conflict/g)?.length, 1, 'whoever holds one or two is not named')
  })

  test('[WA-5-28] a designated teacher without a training record shows as untrained to governors when a looked-after child joins, and the child does not show', async () => {
    const { head, deputy, safeguardingGovernor: governor } = westacre.adults
    const shown = async () => rowOf(await pageOf(governor, '/posts'), 'Designated Teacher')
    const earlier = await pageOf(governor, '/posts')
    const asTeam = await app.agentFor(deputy.adultId)
    const joined = await asTeam.post('/children/new', {
      ...{ given: 'Rosa', family: 'Winterbourne', standing: 'on-roll', year: '1', class: 'Robins' },
      ...typed('born', '27', '3', '2020'),
    })
    const childId = /\/children\/([0-9a-f-]{36})/.exec(joined.location ?? '')?.[1] ?? assert.fail(joined.html)
    const given = { status: 'looked-after', ...typed('starts', '1', '6', '2026') }
    assert.equal((await asTeam.post(`/children/${childId}/statuses/new`, given)).status, 303)

    const row = await shown()
    assert.ok(row.red)
    assert.match(row.says, /Philippa Ormerod.*Untrained No training is on record\. The designated teacher/)
    const html = await pageOf(governor, '/posts')
    assert.match(html, /To put right:[^<]*Designated Teacher/)
    assert.ok(!html.includes('Winterbourne'))
    const plain = (page: string) => page.slice(page.indexOf('<main'), page.indexOf('</main>'))
    assert.ok(plain(html) === plain(earlier), 'nothing on the page tells that such a child has joined')

    await app.people.query(
      `insert into training_record (school_id, id, adult_id, course, completed_on, recorded_at, recorded_by) values ($1, $2, $3, 'designated-teacher', '2026-05-02', $4, $3)`,
      [westacre.id, newId<string>(), head.adultId, app.clock.now()],
    )
    assert.doesNotMatch((await shown()).says, /Untrained/)
  })

  test('[WA-5-03] a DSL appointed on 1 September without a job description by 1 October shows red to governors until one that names the lead is on record', async () => {
    const { head, safeguardingGovernor: governor } = westacre.adults
    await app.people.query(
      `update appointment set starts_at = '2026-09-01T07:00:00Z' where school_id = $1 and adult_id = $2 and role = 'dsl'`,
      [westacre.id, head.adultId],
    )
    await app.people.query(
      `insert into training_record (school_id, id, adult_id, course, completed_on, recorded_at, recorded_by)
        select $1, gen_random_uuid(), $2, c, '2026-05-02', $3, $2 from unnest('{dsl,dsl-update}'::text[]) c`,
      [westacre.id, head.adultId, app.clock.now()],
    )
    const shown = async () => rowOf(await pageOf(governor, '/posts'), 'Designated Safeguarding Lead')
    app.clock.set('2026-10-01T09:00:00.000Z' as Instant)
    assert.equal((await shown()).red, false, 'on the day itself it may still come')
    assert.match((await shown()).says, /Incomplete No job description is on record; it is due by 1 October 2026/)
    app.clock.set('2026-10-02T09:00:00.000Z' as Instant)
    assert.equal((await shown()).red, true)
    assert.match((await shown()).says, /it was due by 1 October 2026/)

    const link = /href="(\/posts\/descriptions\/[0-9a-f-]{36})"/.exec(await pageOf(head, '/posts'))?.[1] ?? assert.fail('no link')
    const asHead = await app.agentFor(head.adultId)
    const signed = { ...typed('signed', '1', '9', '2026'), 'kept-where': 'Personnel file, office', 'names-online': 'yes' }
    const empty = await asHead.post(link, { 'kept-where': 'Personnel file' })
    assert.equal(empty.status, 422)
    assert.match(empty.html, /value="Personnel file"/)
    assert.equal((await asHead.post(link, { ...signed, 'names-lead': 'no' })).status, 303)
    assert.match((await shown()).says, /does not name the lead responsibility/)
    assert.equal((await asHead.post(link, { ...signed, 'names-lead': 'yes' })).status, 303)
    assert.deepEqual([(await shown()).red, /Incomplete/.test((await shown()).says)], [false, false])
    assert.match((await shown()).says, /Job description signed on 1 September 2026, kept: Personnel file, office/)
    assert.equal((await (await app.agentFor(governor.adultId)).get(link)).status, 403, 'governors read and record nothing')
  })

  test('[WM-4.5-01] a lead DSL with no job description on record shows as incomplete', async () => {
    const row = async () =>
      rowOf(await pageOf(safeguardingGovernor, '/posts'), 'Lead Designated Safeguarding Lead \\(LDSL\\)'.replaceAll('\\', ''))
    assert.match((await row()).says, /Harriet Lowe.*Incomplete No job description is on record/)
    const link = /href="(\/posts\/descriptions\/[0-9a-f-]{36})"/.exec(await pageOf(lead, '/posts'))?.[1] ?? assert.fail('no link')
    const given = { ...typed('signed', '1', '9', '2026'), 'kept-where': 'Office', 'names-lead': 'yes', 'names-online': 'no' }
    assert.equal((await (await app.agentFor(lead.adultId)).post(link, given)).status, 303)
    assert.doesNotMatch((await row()).says, /Incomplete/)
  })

  test('whoever holds no post of the kind opens the register neither as a page nor in the database', async () => {
    for (const who of [westacre.adults.teacher, westacre.adults.governor, westacre.adults.systemAdministrator])
      assert.equal((await (await app.agentFor(who.adultId)).get('/posts')).status, 403, who.name)
    const { teacher } = williamMacgregor.adults
    const counted = (who: DemoAdult) =>
      workAs(app.tools, who, app.clock.now(), async work => {
        const text = `select (select count(*)::int from vacant_post) as vacant, (select count(*)::int from job_description) as described,
          (select count(*)::int from posts_of_trust($1)) as schools`
        const [row] = await work.tx.run<Record<string, number>>({ name: 'test_posts', text }, [work.now])
        return { commit: false, value: row }
      })
    assert.deepEqual(await counted(teacher), { vacant: 0, described: 0, schools: 0 })
    assert.deepEqual(await counted(trustLead), { vacant: 1, described: 1, schools: 2 })
  })
})
