import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoAdult, type DemoSchool, demo } from '../../../demo/people.ts'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import type { ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

describe('where a referral goes, and who may make it', () => {
  let app: TestApp
  const { westPark, westley, williamMacgregor, westacre } = demo
  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: '2026-11-18T10:00:00.000Z' as Instant })
    await app.people.query(`update appointment set starts_at = '2024-01-01' where ends_at is null`)
    await app.people.query('delete from absence')
  })
  after(() => app.close())

  const set = (moment: string) => app.clock.set(new Date(moment).toISOString() as Instant)
  const home = (child: { childId: ChildId }, authority: string) =>
    app.people.query('update child set home_authority = $2, locality = null where id = $1', [child.childId, authority])
  const record = (school: DemoSchool, adult: DemoAdult, child: { childId: ChildId }, more = {}) =>
    recordAs(app, school, adult, concernAbout(child, more))
  const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
  const open = async (person: DemoAdult, path: string) => textOf((await (await app.agentFor(person.adultId)).get(path)).html)
  const refer = async (person: DemoAdult, id: ConcernId, agency = 'social-care') => {
    const agent = await app.agentFor(person.adultId)
    const path = `/concerns/${id}/referrals/new`
    const made = await agent.submit(`${path}?agency=${agency}`, path, {
      agency,
      consent: 'not-sought',
      'consent-says': 'It could add to the risk.',
      asks: 'Hurt at home.',
      urgent: 'yes',
    })
    assert.equal(made.status, 303, made.html)
    return /\/referrals\/([0-9a-f-]+)/.exec(made.location ?? '')?.[1] ?? ''
  }
  const step = async (person: DemoAdult, id: string, kind: string, fields: Record<string, string>) =>
    (await app.agentFor(person.adultId)).submit(`/referrals/${id}/${kind}`, `/referrals/${id}/${kind}`, fields)
  const call = { 'with-whom': 'Duty social worker', says: 'They ring back.' }
  const judge = (id: ConcernId, level: number) =>
    app.people.query(
      `insert into triage (school_id, id, concern_id, at, by_id, immediate_risk, safe_to_go_home, medical, police, urgent_says, categories, framework, level_id, level_position, rationale, policy_edition)
        select school_id, gen_random_uuid(), id, recorded_at, $2, 'no', 'yes', 'no', 'no', '', '{}', 'derbyshire', 'child-protection', $3, 'x', 'x' from concern where id = $1`,
      [id, westPark.dsl.adultId, level],
    )

  test('[WP-4-03] a pupil of Spondon is referred to the Initial Response Team and one of a Derbyshire village to Starting Point', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = westPark.adults
    const { amina, jayden } = westPark.pupils
    await home(amina, 'derby')
    await home(jayden, 'derbyshire')
    const derby = await open(dsl, `/concerns/${await record(westPark, teacher, amina)}/referrals/new?agency=social-care`)
    assert.match(derby, /It goes to Derby children's social care, Initial Response Team 01332 641172/)
    assert.doesNotMatch(derby, /Starting Point/)
    const county = await open(dsl, `/concerns/${await record(westPark, teacher, jayden)}/referrals/new?agency=social-care`)
    assert.match(county, /It goes to Derbyshire Starting Point 01629 533190/)
    assert.doesNotMatch(county, /Initial Response Team/)
  })

  test('[WP-4-04] on a Friday at 19:40 Careline stands first, and the call is to be put in writing by Sunday 19:40', async () => {
    set('2025-01-17T19:40:00Z')
    const { teacher, dsl } = westPark.adults
    await home(westPark.pupils.amina, 'derby')
    const id = await record(westPark, teacher, westPark.pupils.amina, { urgent: true })
    assert.match(await open(dsl, `/concerns/${id}/referrals/new?agency=social-care`), /It goes to Derby Careline 01332 956606/)
    const referral = await refer(dsl, id)
    assert.equal((await step(dsl, referral, 'phoned', { ...call, time: '19:40' })).status, 303)
    const [clock] = await app.people.query<{ due: Date }>(
      `select due_at as due from clock where referral_id = $1 and name = 'referral-written'`,
      [referral],
    )
    assert.equal(new Date(String(clock?.due)).toISOString(), '2025-01-19T19:40:00.000Z')
    assert.match(await open(dsl, `/referrals/${referral}`), /Sunday 19 January 2025/)
  })

  test('[WP-4-05] significant harm of a Derbyshire child: the online request alone is refused, and Starting Point is rung first', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = westPark.adults
    await home(westPark.pupils.jayden, 'derbyshire')
    const id = await record(westPark, teacher, westPark.pupils.jayden)
    await judge(id, 4)
    const referral = await refer(dsl, id)
    const sent = { says: 'Sent online.', reference: 'SP-1', 'place-risks': 'None known', attached: 'None held' }
    const online = await step(dsl, referral, 'written', sent)
    assert.equal(online.status, 409)
    assert.match(textOf(online.html), /Ring first and record the call: Derbyshire Starting Point, 01629 533190/)
    assert.equal((await step(dsl, referral, 'phoned', call)).status, 303)
    assert.equal((await step(dsl, referral, 'written', sent)).status, 303)
  })

  test('[WM-1.7-01] a Birmingham child at the Tamworth school: Birmingham’s service and its levels stand first, and Staffordshire as the school’s own', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    await home(williamMacgregor.pupils.ava, 'birmingham')
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava)
    const page = await open(dsl, `/concerns/${id}/referrals/new?agency=social-care`)
    assert.match(page, /It goes to Birmingham Child Advice and Support Service \(CASS\) 0121 303 1888/)
    assert.match(
      page,
      /Judged by Right Help, Right Time.*?The school’s authority Staffordshire County Council.*?It goes to Birmingham/,
    )
    const triage = await open(dsl, `/concerns/${id}/triage`)
    assert.ok(triage.indexOf('Right Help, Right Time') > 0)
    assert.ok(triage.indexOf('Right Help, Right Time') < triage.indexOf('Staffordshire threshold framework'))
  })

  test('[WM-10-02] a Staffordshire pupil: when the referral opens, Staffordshire’s own advice line and its board’s form stand there', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    await home(williamMacgregor.pupils.ava, 'staffordshire')
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava)
    const form = await open(dsl, `/concerns/${id}/referrals/new?agency=social-care`)
    const page = await open(dsl, `/referrals/${await refer(dsl, id)}`)
    for (const text of [form, page]) {
      assert.match(text, /Staffordshire Children's Advice and Support \(SCAS\) 0300 111 8007/)
      assert.match(text, /In writing: The referral form of the Staffordshire safeguarding board/)
    }
    await home(williamMacgregor.pupils.ava, 'birmingham')
    const other = await open(dsl, `/concerns/${id}/referrals/new?agency=social-care`)
    assert.doesNotMatch(other, /SCAS|Staffordshire safeguarding board/)
  })

  test('[WM-11.2-01] at 19:00 the line that answers out of hours stands first for a Birmingham child', async () => {
    set('2026-11-18T19:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    await home(williamMacgregor.pupils.ava, 'birmingham')
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava)
    const page = await open(dsl, `/concerns/${id}/referrals/new?agency=social-care`)
    assert.match(page, /It goes to Birmingham children's services, out of hours 0121 675 4806/)
  })

  test('[WY-21-01] a referral by the portal is saved with its reference and with the day on which somebody asks again', async () => {
    set('2026-11-18T15:00:00Z')
    const { teacher, dsl } = westley.adults
    await home(westley.pupils.skye, 'suffolk')
    const referral = await refer(dsl, await record(westley, teacher, westley.pupils.skye))
    assert.match(await open(dsl, `/referrals/${referral}`), /0808 800 4005/)
    const bare = await step(dsl, referral, 'written', { says: 'By the portal.' })
    assert.equal(bare.status, 422)
    assert.match(bare.html, /Enter the reference that the portal gave/)
    assert.match(bare.html, /Enter the day on which you ask what came of it/)
    const day = { 'follow-up-day': '20', 'follow-up-month': '11', 'follow-up-year': '2026' }
    assert.equal((await step(dsl, referral, 'written', { says: 'By the portal.', reference: 'EH-4', ...day })).status, 303)
    const [row] = await app.people.query<{ reference: string; on: string }>(
      `select reference, follow_up_on::text as on from referral where id = $1`,
      [referral],
    )
    assert.deepEqual(row, { reference: 'EH-4', on: '2026-11-20' })
  })

  test('[WA-25-05] radicalisation that is referred keeps the Community Safety Team, when it was sent and its reference', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const child = westacre.pupils.maisie
    await home(child, 'wolverhampton')
    const referral = await refer(deputy, await record(westacre, teacher, child, { prompts: ['radicalisation'] }), 'prevent')
    assert.match(await open(deputy, `/referrals/${referral}`), /Wolverhampton community safety team \(Prevent\) 01902 551214/)
    assert.equal((await step(deputy, referral, 'written', { says: 'Sent.', reference: 'PR-8' })).status, 303)
    const [row] = await app.people.query<{ reference: string; destination: string; at: Date }>(
      `select r.reference, r.destination, e.at from referral r join referral_event e on e.referral_id = r.id and e.kind = 'written' where r.id = $1`,
      [referral],
    )
    assert.equal(row?.reference, 'PR-8')
    assert.match(row?.destination ?? '', /community safety team/)
    assert.equal(new Date(String(row?.at)).toISOString(), '2026-11-18T10:00:00.000Z')
  })

  test('[WP-6-24] a Derby child with complex needs: what is not urgent goes online or to the weekly meeting, the meeting only with an assessment, and what is urgent is not written before the call is recorded', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = westPark.adults
    await home(westPark.pupils.amina, 'derby')
    const id = await record(westPark, teacher, westPark.pupils.amina)
    await judge(id, 3)
    const agent = await app.agentFor(dsl.adultId)
    const path = `/concerns/${id}/referrals/new`
    const asked = { agency: 'social-care', consent: 'given', asks: 'He cannot manage at home.' }
    const submit = (more: Record<string, string>) => agent.submit(`${path}?agency=social-care`, path, { ...asked, ...more })
    const made = (location: string | undefined) => /\/referrals\/([0-9a-f-]+)/.exec(location ?? '')?.[1] ?? ''

    const unsaid = await submit({})
    assert.equal(unsaid.status, 422)
    assert.match(unsaid.html, /Select whether the child needs protection at once/)
    const calm = await submit({ urgent: 'no' })
    assert.equal(calm.status, 422)
    assert.match(calm.html, /Select which way it goes/)
    const offered = [...calm.html.matchAll(/name="channel"[^>]*value="([a-z-]+)"|value="([a-z-]+)"[^>]*name="channel"/g)]
    assert.deepEqual(
      offered.map(([, one, other]) => one ?? other),
      ['online', 'vcm'],
    )
    assert.match(textOf(calm.html), /The online referral system.*The weekly Vulnerable Children Meeting/)

    const bare = await submit({ urgent: 'no', channel: 'vcm' })
    assert.equal(bare.status, 422)
    assert.match(bare.html, /Enter the early help assessment, or the one that equals it/)
    assert.match(bare.html, /Select where the child lives/)
    const meeting = await submit({
      urgent: 'no',
      channel: 'vcm',
      locality: 'locality-2',
      assessment: 'Early help assessment of 2 November',
    })
    assert.equal(meeting.status, 303, textOf(meeting.html))
    const sent = await open(dsl, `/referrals/${made(meeting.location)}`)
    assert.match(sent, /vcm2@derby\.gov\.uk/)
    assert.match(sent, /Goes by The weekly Vulnerable Children Meeting/)
    assert.match(sent, /Goes with it Early help assessment of 2 November/)
    const online = await submit({ urgent: 'no', channel: 'online' })
    assert.equal(online.status, 303, textOf(online.html))
    const written = { says: 'Sent.', reference: 'D-1', 'place-risks': 'None known', attached: 'None held' }
    assert.equal((await step(dsl, made(online.location), 'written', written)).status, 303)

    const urgent = made((await submit({ urgent: 'yes' })).location)
    const early = await step(dsl, urgent, 'written', written)
    assert.equal(early.status, 409)
    assert.match(
      textOf(early.html),
      /Ring first and record the call: Derby children&#39;s social care, Initial Response Team, 01332 641172|Ring first and record the call: Derby children's social care, Initial Response Team, 01332 641172/,
    )
    assert.equal((await step(dsl, urgent, 'phoned', call)).status, 303)
    assert.equal((await step(dsl, urgent, 'written', written)).status, 303)
    const rows = await app.people.query<{ urgent: boolean; channel: string | null; attached: string | null }>(
      'select urgent, channel, attached from referral where concern_id = $1 order by urgent, channel desc',
      [id],
    )
    assert.deepEqual(rows, [
      { urgent: false, channel: 'vcm', attached: 'Early help assessment of 2 November' },
      { urgent: false, channel: 'online', attached: null },
      { urgent: true, channel: null, attached: null },
    ])
  })

  test('[WP-4-06] a pupil who lives in Chellaston: a request for early help is proposed to vcm2, and to the Light House instead once the child is known to the disabled children’s service', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = westPark.adults
    const child = westPark.pupils.amina
    await home(child, 'derby')
    const id = await record(westPark, teacher, child)
    const agent = await app.agentFor(dsl.adultId)
    const path = `/concerns/${id}/referrals/new`
    const fresh = await agent.get(`${path}?agency=early-help`)
    assert.doesNotMatch(fresh.html, /vcm\w+@derby/)
    const ward = /<option[^>]*value="([^"]+)"[^>]*>\s*Chellaston/.exec(fresh.html)?.[1] ?? ''
    const proposed = await open(dsl, `${path}?agency=early-help&locality=${encodeURIComponent(ward)}`)
    assert.match(proposed, /It goes to Vulnerable Children Meeting, locality 2.{0,80}vcm2@derby\.gov\.uk/)
    assert.doesNotMatch(proposed, /VCM-IDCS|vcm1and5|vcm3and4/)
    const asked = { agency: 'early-help', consent: 'given', asks: 'Help at home.', assessment: 'Early help assessment' }
    const made = await agent.submit(`${path}?agency=early-help`, path, { ...asked, locality: ward })
    assert.equal(made.status, 303, textOf(made.html))
    const first = made.location?.split('?')[0] ?? ''
    assert.match(await open(dsl, first), /vcm2@derby\.gov\.uk/)
    const [kept] = await app.people.query<{ locality: string }>('select locality from child where id = $1', [child.childId])
    assert.equal(kept?.locality, 'locality-2')
    assert.match(await open(dsl, `${path}?agency=early-help`), /It goes to Vulnerable Children Meeting, locality 2/)

    await app.people.query(
      `insert into child_status (school_id, id, child_id, status, starts_on) select school_id, gen_random_uuid(), id, 'disabled-childrens-service', '2026-11-01' from child where id = $1`,
      [child.childId],
    )
    const instead = await open(dsl, `${path}?agency=early-help`)
    assert.match(instead, /It goes to The Light House.*In writing: VCM-IDCS@derby\.gov\.uk/)
    assert.doesNotMatch(instead, /vcm2@/)
    const other = await agent.submit(`${path}?agency=early-help`, path, asked)
    assert.equal(other.status, 303, textOf(other.html))
    const second = other.location?.split('?')[0] ?? ''
    const secondId = second.replace('/referrals/', '')
    assert.match(await open(dsl, second), /VCM-IDCS@derby\.gov\.uk/)
    // What came of the meeting is kept.
    assert.equal((await step(dsl, secondId, 'written', { says: 'By mail.', reference: 'L-1' })).status, 303)
    const answer = { ...call, outcome: 'A worker of the service', agrees: 'yes' }
    assert.equal((await step(dsl, secondId, 'answered', answer)).status, 303)
    assert.match(await open(dsl, second), /Answered: A worker of the service/)
  })

  const rang = { rang: 'other', 'rang-other': 'The front door', 'with-whom': 'Duty worker', said: 'They come.', at: '' }
  const direct = async (
    school: DemoSchool,
    adult: DemoAdult,
    child: { childId: ChildId },
    time: string,
    because: string,
    prompts = ['disclosure'],
  ) => {
    const id = await record(school, adult, child, { prompts })
    const agent = await app.agentFor(adult.adultId)
    const path = `/concerns/${id}/direct-referral`
    const [year, month, day] = app.clock.now().slice(0, 10).split('-')
    const sent = await agent.submit(path, path, {
      ...rang,
      at: time,
      'on-day': day ?? '',
      'on-month': month ?? '',
      'on-year': year ?? '',
      consent: 'not-sought',
      'consent-says': 'No time.',
      reference: 'REF-1',
      because,
    })
    assert.equal(sent.status, 303, textOf(sent.html))
    const [row] = await app.people.query<{ id: string; because: string; reference: string; opened_by: string }>(
      'select id, direct_because as because, reference, opened_by from referral where concern_id = $1',
      [id],
    )
    return { id, row }
  }
  const toldOf = async (id: ConcernId, at: string) =>
    (
      await app.people.query<{ adult_id: string }>(
        `select adult_id from alert where concern_id = $1 and kind in ('addendum', 'without-dsl') and told_at = $2`,
        [id, new Date(at).toISOString()],
      )
    ).map(row => row.adult_id)

  test('[WP-6-23] a supply teacher’s own referral at 15:40 asks for nobody’s approval, reaches DSL and deputy at 15:40, and keeps who, why and the reference', async () => {
    set('2026-11-18T15:40:00Z')
    const { supply, dsl, deputy } = westPark.adults
    const { id, row } = await direct(westPark, supply, westPark.pupils.amina, '15:40', 'emergency')
    assert.deepEqual([row?.because, row?.reference, row?.opened_by], ['emergency', 'REF-1', supply.adultId])
    const told = await toldOf(id, '2026-11-18T15:40:00Z')
    assert.ok(told.includes(dsl.adultId) && told.includes(deputy.adultId))
    assert.match(await open(dsl, `/referrals/${row?.id}`), /Made by the member of staff without the team: It was an emergency/)
  })

  test('[WM-4.5-24] a teacher refers at 16:20 because no DSL is reachable: the DSL group is told and the reason is on the file', async () => {
    set('2026-11-18T16:20:00Z')
    const { teacher, dsl, deputy, deputyTwo } = williamMacgregor.adults
    const { id, row } = await direct(williamMacgregor, teacher, williamMacgregor.pupils.ava, '16:20', 'no-dsl')
    const told = await toldOf(id, '2026-11-18T16:20:00Z')
    for (const person of [dsl, deputy, deputyTwo]) assert.ok(told.includes(person.adultId))
    assert.match(await open(dsl, `/referrals/${row?.id}`), /No DSL reachable/)
  })

  test('[WM-4.1.5-02] an assistant with a child at immediate risk at 15:40 has the number of the child’s authority and 999 without anybody’s leave, and the DSL group sees the entry at once', async () => {
    set('2026-11-18T15:40:00Z')
    const { assistant, dsl, deputy } = williamMacgregor.adults
    await home(williamMacgregor.pupils.ava, 'birmingham')
    const id = await record(williamMacgregor, assistant, williamMacgregor.pupils.ava, { urgent: true })
    const form = await open(assistant, `/concerns/${id}/direct-referral`)
    assert.match(form, /0121 303 1888/)
    assert.match(form, /999/)
    const made = await direct(williamMacgregor, assistant, williamMacgregor.pupils.ava, '15:40', 'emergency')
    const told = await toldOf(made.id, '2026-11-18T15:40:00Z')
    assert.ok(told.includes(dsl.adultId) && told.includes(deputy.adultId))
    assert.match(await open(deputy, `/referrals/${made.row?.id}`), /REF-1/)
  })

  test('[WY-12-01] a report straight to the authority because of a concern about the DSL: no DSL can open it, and its reference and time are kept', async () => {
    set('2026-11-18T10:30:00Z')
    const { teacher, dsl, deputy, deputyTwo } = westley.adults
    const { id, row } = await direct(westley, teacher, westley.pupils.skye, '10:20', 'about-dsl')
    for (const person of [dsl, deputy, deputyTwo]) {
      const agent = await app.agentFor(person.adultId)
      assert.equal((await agent.get(`/concerns/${id}`)).status, 404)
      assert.equal((await agent.get(`/referrals/${row?.id}`)).status, 404)
    }
    assert.equal(row?.reference, 'REF-1')
    const [event] = await app.people.query<{ at: Date }>('select at from referral_event where referral_id = $1', [row?.id])
    assert.equal(new Date(String(event?.at)).toISOString(), '2026-11-18T10:20:00.000Z')
    assert.equal((await (await app.agentFor(teacher.adultId)).get(`/my-concerns/${id}`)).status, 200)
  })
})
