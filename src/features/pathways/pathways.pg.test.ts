import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoSchool, demo } from '../../../demo/people.ts'
import type { TestApp } from '../../../test/support/app.ts'
import { codeOf, concernStage, type Person, startQuietSchools } from '../../../test/support/concern-stage.ts'
import type { AdultId, ChildId, ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'
import { demandedAnswers } from '../../rehearsal/events/words.ts'
import { decide, frameworksFor, recordParents, revisionOf, triageConcern } from '../triage/index.ts'
import { agreeNotDone, startByHand } from './index.ts'

describe('what a policy has done for one kind of worry', () => {
  let app: TestApp
  before(async () => {
    app = await startQuietSchools('2026-11-18T10:00:00.000Z')
  })
  after(() => app.close())

  const { westPark, mmap, westacre, williamMacgregor, westley } = demo
  const { set, as, on, record, stepsOf, stepNamed, answer, pageOf, look } = concernStage(() => app)

  interface Judged {
    readonly categories?: readonly string[]
    readonly level?: number
    readonly danger?: boolean
    readonly answers?: readonly string[]
  }
  const triage = (dsl: Person, id: ConcernId, { categories = [], level = 1, danger = false, answers = [] }: Judged = {}) =>
    on(dsl, 'concern.triage', id, async (work, permit, concern) => {
      const [framework] = frameworksFor(work.profile, concern)
      const chosen = framework?.levels.find(({ position }) => position === level)
      assert.ok(framework && chosen)
      const asked = demandedAnswers(work.profile, 'triage', { categories, prompts: concern.prompts }, '2026-11-18' as never)
      const done = await triageConcern(
        work,
        permit,
        concern,
        {
          immediateRisk: danger ? 'yes' : 'no',
          safeToGoHome: 'yes',
          medical: 'no',
          police: 'no',
          urgentSays: danger ? 'Ringing.' : '',
          categories,
          mainCategory: categories[0] ?? null,
          framework: framework.authority,
          levelId: chosen.id,
          rationale: 'As reported.',
          answers: [
            ...asked,
            ...answers.map(answer => ({
              question: answer.split('.')[0] ?? '',
              option: answer.split('.')[1] ?? '',
              says: '',
              on: null,
            })),
          ],
        },
        revisionOf(concern),
      )
      assert.ok(done.ok, JSON.stringify(done))
    })
  const decideAs = (dsl: Person, id: ConcernId, choice: 'refer' | 'monitor' | 'police' | 'pastoral', more = {}) =>
    on(dsl, 'concern.decide', id, async (work, permit, concern) => {
      const about = { categories: concern.triage?.categories ?? [], prompts: concern.prompts }
      return decide(
        work,
        permit,
        concern,
        {
          choice,
          rationale: 'Weighed with what is known.',
          notReferringBecause: choice === 'refer' ? '' : 'Below what they take.',
          adviceFrom: '',
          nextLookOn: null,
          answers: demandedAnswers(work.profile, 'decision', about, '2026-11-18' as never),
          ...more,
        },
        revisionOf(concern),
      )
    })
  const names = async (dsl: Person, id: ConcernId) =>
    (await stepsOf(dsl, id))
      .filter(step => step.settledAt === null)
      .map(step => `${step.pathway}.${step.step}`)
      .toSorted()
  const closing = async (dsl: Person, id: ConcernId) => {
    const agent = await app.agentFor(dsl.adultId)
    return agent.submit(`/concerns/${id}/close`, `/concerns/${id}/close`, { summary: 'x', outcome: 'x', rationale: 'x' })
  }
  const told = async (id: ConcernId, since: string) =>
    (
      await app.people.query<{ adult_id: AdultId }>(
        `select adult_id from alert where concern_id = $1 and kind = 'step-late' and told_at = $2 order by adult_id`,
        [id, new Date(since).toISOString()],
      )
    ).map(row => row.adult_id)
  const ids = (...people: readonly Person[]) => people.map(person => person.adultId).toSorted()
  const parents = (dsl: Person, id: ConcernId) =>
    on(dsl, 'parents.record', id, (work, permit, concern) =>
      recordParents(work, permit, concern, {
        childId: concern.children[0]?.childId as ChildId,
        outcome: 'told',
        who: 'Mother',
        says: 'Told.',
      }),
    )
  /** A hold on another concern of the same child holds too: each test of holds begins without any. */
  const nothingHeld = () =>
    app.people.query(`update parent_hold set lifted_at = $1, lifted_by = $2, lifted_because = 'x' where lifted_at is null`, [
      app.clock.now(),
      westPark.dsl.adultId,
    ])
  const first = (school: DemoSchool) => school.children[0] ?? assert.fail()
  const home = (child: { childId: ChildId }, authority: string | null) =>
    app.people.query('update child set home_authority = $2, locality = null where id = $1', [child.childId, authority])

  test('[WP-6-25] known FGM that a child of fifteen tells a teacher on a Friday: the teacher owes the police a report by five on Monday, the DSL cannot make it, and has the referral', async () => {
    set('2025-01-17T14:10:00Z')
    const { teacher, dsl } = westPark.adults
    await app.people.query(`update child set born = '2009-06-01' where id = $1`, [westPark.pupils.amina.childId])
    const id = await record(westPark, teacher, westPark.pupils.amina, ['fgm-known'])
    const [clock] = await app.people.query<{ owner_id: string; due: Date }>(
      `select owner_id, due_at as due from clock where concern_id = $1 and name = 'fgm-police-report'`,
      [id],
    )
    assert.equal(clock?.owner_id, teacher.adultId)
    assert.equal(new Date(String(clock?.due)).toISOString(), '2025-01-20T17:00:00.000Z')
    const report = await stepNamed(dsl, id, 'fgm-known.police-report')
    assert.equal(report.personalTo, teacher.adultId)
    assert.equal((await stepNamed(dsl, id, 'fgm-known.social-care')).agency, 'social-care')
    assert.equal(codeOf(await answer(dsl, id, 'fgm-known.police-report', { reference: 'CAD 1' })), 'in-person')
    await assert.rejects(
      as(dsl, work =>
        work.tx.run(
          {
            name: 'test_take_over',
            text: `update pathway_step set settled_at = now(), settled = 'done' where id = $1 returning id`,
          },
          [report.id],
        ),
      ),
      /row-level security/,
    )
    const own = await app.agentFor(teacher.adultId)
    assert.match((await own.get(`/my-concerns/${id}`)).html, /You owe this in person/)
    const blank = await own.submit(`/my-steps/${report.id}`, `/my-steps/${report.id}`, { reference: '' })
    assert.equal(blank.status, 422)
    assert.equal((await own.submit(`/my-steps/${report.id}`, `/my-steps/${report.id}`, { reference: 'CAD 77' })).status, 303)
    const [met] = await app.people.query<{ met: boolean }>(
      `select met_at is not null as met from clock where concern_id = $1 and name = 'fgm-police-report'`,
      [id],
    )
    assert.equal(met?.met, true)
    assert.equal((await stepNamed(dsl, id, 'fgm-known.police-report')).settled, 'done')
  })

  test('[MM-4.7-03] [WA-37-02] a teacher’s own report of known FGM is closed by nobody else, and by the teacher with the police reference', async () => {
    for (const school of [mmap, westacre]) {
      set('2026-05-12T12:00:00Z')
      const { teacher, deputy } = school.adults
      const id = await record(school, teacher, first(school), ['fgm-known'])
      assert.equal(codeOf(await answer(deputy, id, 'fgm-known.police-report', { reference: 'CAD 1' })), 'in-person')
      const { id: step } = await stepNamed(deputy, id, 'fgm-known.police-report')
      const own = await app.agentFor(teacher.adultId)
      assert.equal(
        (await own.submit(`/my-steps/${step}`, `/my-steps/${step}`, { reference: 'CAD 2', time: '12:30' })).status,
        303,
      )
      assert.equal((await stepNamed(deputy, id, 'fgm-known.police-report')).events.at(-1)?.reference, 'CAD 2')
    }
  })

  test('[WM-4.1.5-09] suspicion of FGM is the recorder’s own to report where the policy lays it on everybody', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['fgm-suspected'])
    assert.equal(codeOf(await answer(dsl, id, 'fgm-suspected.police-report', { reference: 'CAD 1' })), 'in-person')
    const { id: step } = await stepNamed(dsl, id, 'fgm-suspected.police-report')
    const own = await app.agentFor(teacher.adultId)
    assert.equal((await own.submit(`/my-steps/${step}`, `/my-steps/${step}`, { reference: 'CAD 9' })).status, 303)
  })

  test('[MM-0-06] immediate risk at 17:50: the line that answers then and 999 stand there, and that no call is recorded for six minutes, until it is', async () => {
    set('2026-11-18T17:40:00Z')
    const { teacher, deputy } = mmap.adults
    const child = first(mmap)
    await home(child, 'kent')
    const id = await record(mmap, teacher, child, ['disclosure'])
    set('2026-11-18T17:50:00Z')
    await triage(deputy, id, { danger: true })
    set('2026-11-18T17:56:00Z')
    const page = await pageOf(deputy, `/concerns/${id}`)
    assert.match(page, /Our policy asks 1 step , 1 still to do 1 late.*?The child.s own words.*?What our policy says for this/)
    assert.match(page, /What our policy says for this.*?03000 419 191.*?999.*?Not recorded yet: opened 6 minutes ago/)
    assert.equal(codeOf(await answer(deputy, id, 'danger.call', {})), 'needed')
    assert.equal(codeOf(await answer(deputy, id, 'danger.call', { withWhom: 'Front Door, duty worker' })), 'ok')
    assert.doesNotMatch(await pageOf(deputy, `/concerns/${id}`), /Not recorded yet/)
  })

  test('[WA-11-06] immediate danger at 13:40 without a call by 13:50: the whole team and the head are told, and again every five minutes until it is written down', async () => {
    set('2026-11-18T13:30:00Z')
    const { teacher, deputy, deputyTwo, head } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['disclosure'])
    set('2026-11-18T13:40:00Z')
    await triage(deputy, id, { danger: true })
    set('2026-11-18T13:49:00Z')
    await look(westacre)
    assert.deepEqual(await told(id, '2026-11-18T13:49:00Z'), [])
    for (const time of ['13:50', '13:55', '14:00']) {
      set(`2026-11-18T${time}:00Z`)
      await look(westacre)
      assert.deepEqual(await told(id, `2026-11-18T${time}:00Z`), ids(deputy, deputyTwo, head), time)
    }
    await answer(deputy, id, 'danger.call', { withWhom: 'MASH24' })
    set('2026-11-18T14:05:00Z')
    await look(westacre)
    assert.deepEqual(await told(id, '2026-11-18T14:05:00Z'), [])
  })

  test('[MM-4.2-01] a report of sexual harassment at 11:05 whose assessment is saved at 12:10 keeps 65 minutes; one without any at the end of the day is told to DSL, deputies and head', async () => {
    set('2026-11-18T11:05:00Z')
    const { teacher, deputy, deputyTwo, head } = mmap.adults
    const id = await record(mmap, teacher, first(mmap), ['sexual-harassment'])
    const late = await record(mmap, teacher, first(mmap), ['sexual-violence'])
    set('2026-11-18T12:10:00Z')
    assert.equal(codeOf(await answer(deputy, id, 'sexual-violence.assessment', { says: 'In the file.' })), 'ok')
    const step = await stepNamed(deputy, id, 'sexual-violence.assessment')
    const minutes = (Date.parse(step.events[0]?.at ?? '') - Date.parse(step.openedAt)) / 60_000
    assert.equal(minutes, 65)
    const [clock] = await app.people.query<{ met: boolean }>(
      `select met_at is not null as met from clock where concern_id = $1 and name = 'risk-assessment'`,
      [id],
    )
    assert.equal(clock?.met, true)
    set('2026-11-18T16:00:00Z')
    await look(mmap)
    assert.deepEqual(await told(id, '2026-11-18T16:00:00Z'), [])
    assert.deepEqual(await told(late, '2026-11-18T16:00:00Z'), ids(deputy, deputyTwo, head))
  })

  test('[WM-A3-10.1-01] a report of sexual violence at ten without an assessment by noon is told to the DSL and to the trust’s lead', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const [lead] = await app.people.query<{ adult_id: AdultId }>(
      `select adult_id from appointment where school_id = $1 and role = 'trust-safeguarding-lead' and ends_at is null`,
      [williamMacgregor.id],
    )
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['sexual-violence'])
    set('2026-11-18T11:59:00Z')
    await look(williamMacgregor)
    assert.deepEqual(await told(id, '2026-11-18T11:59:00Z'), [])
    set('2026-11-18T12:00:00Z')
    await look(williamMacgregor)
    const heard = await told(id, '2026-11-18T12:00:00Z')
    assert.ok(heard.includes(dsl.adultId))
    assert.ok(lead && heard.includes(lead.adult_id))
  })

  test('[WA-44-04] thoughts of suicide told at 13:40: what is blank at 14:00 is told to DSL, deputies and head, and a parent who is the risk closes that item with the advice', async () => {
    set('2026-05-12T12:40:00Z')
    const { teacher, deputy, deputyTwo, head } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['suicidal'])
    const [row] = await app.people.query<{ urgent: boolean }>('select urgent from concern where id = $1', [id])
    assert.equal(row?.urgent, true)
    await answer(deputy, id, 'suicidal.front-door', { withWhom: 'MASH24, duty worker' })
    set('2026-05-12T13:00:00Z')
    await look(westacre)
    const heard = await told(id, '2026-05-12T13:00:00Z')
    for (const person of [deputy, deputyTwo, head]) assert.ok(heard.includes(person.adultId))
    assert.equal(codeOf(await answer(deputy, id, 'suicidal.parents', { kind: 'not-done' })), 'reason-needed')
    assert.equal(
      codeOf(
        await answer(deputy, id, 'suicidal.parents', { kind: 'not-done', says: 'He is the risk; MASH24 advises not to ring.' }),
      ),
      'ok',
    )
    assert.equal((await stepNamed(deputy, id, 'suicidal.parents')).settled, 'not-done')
  })

  test('[WA-31-05] a possible crime between children without a MASH24 reference after an hour is told to the DSL', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy, head } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['bullying'])
    await triage(deputy, id, { categories: ['child-on-child'], answers: ['crime.yes'] })
    set('2026-11-18T11:00:00Z')
    await look(westacre)
    assert.ok((await told(id, '2026-11-18T11:00:00Z')).includes(head.adultId))
  })

  test('[WA-23-07] a possible crime online: closing is refused while nobody has decided about the police', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['online'])
    await triage(deputy, id, { categories: ['online-safety'], answers: ['crime.yes'] })
    assert.equal(codeOf(await decideAs(deputy, id, 'monitor')), 'ok')
    const refusal = await closing(deputy, id)
    assert.equal(refusal.status, 422)
    assert.match(refusal.html, /Decide about the police, and about NCA-CEOP[\s\S]*?is neither done nor is a reason written/)
    assert.equal(codeOf(await answer(deputy, id, 'crime.police', { reference: 'CAD 5' })), 'ok')
    assert.doesNotMatch((await closing(deputy, id)).html, /Decide about the police/)
  })

  test('[WA-11-05] a child in need about whom MASH24 was not rung: a reason is owed, and the audit shows it', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['behaviour'])
    await triage(deputy, id, { categories: ['neglect'], level: 3 })
    const agent = await app.agentFor(deputy.adultId)
    const blank = await agent.submit(`/concerns/${id}/decision`, `/concerns/${id}/decision`, {
      choice: 'monitor',
      rationale: 'x',
      'not-referring': '',
    })
    assert.equal(blank.status, 422)
    assert.match(blank.html, /Write why it is not referred to social care/)
    assert.equal(codeOf(await decideAs(deputy, id, 'monitor')), 'ok')
    const rung = await stepNamed(deputy, id, 'advice.front-door')
    assert.equal(rung.settled, 'not-done')
    assert.equal(rung.events[0]?.says, 'Below what they take.')
    const [entry] = await app.people.query<{ body: string }>(
      `select body::text as body from audit_entry where action = 'concern.decided' and body::text like $1`,
      [`%${id}%`],
    )
    assert.match(entry?.body ?? '', /notReferredTo.*social-care/)
  })

  test('[WA-39-01] breast flattening: triage does not end in a decision without an entry of MASH24', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['fgm-suspected'])
    await triage(deputy, id, { categories: ['breast-flattening'] })
    assert.equal(codeOf(await decideAs(deputy, id, 'monitor')), 'step-first')
    await answer(deputy, id, 'breast-flattening.front-door', { withWhom: 'MASH24', says: 'See her with the nurse.' })
    assert.equal(codeOf(await decideAs(deputy, id, 'monitor')), 'ok')
  })

  test('[WA-36-01] honour-based abuse: nobody tells the parents until advice is logged', async () => {
    await nothingHeld()
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['behaviour'])
    await triage(deputy, id, { categories: ['honour-based-abuse'] })
    assert.equal(codeOf(await parents(deputy, id)), 'parents-held')
    const agent = await app.agentFor(deputy.adultId)
    const lift = () => agent.submit(`/concerns/${id}/parent-hold`, `/concerns/${id}/parent-hold`, { because: 'They advise it.' })
    const early = await lift()
    assert.equal(early.status, 422)
    assert.match(early.html, /Record first what the authority or the police advised/)
    await answer(deputy, id, 'honour-based.advice', { withWhom: 'MASH24', says: 'Speak with the mother alone.' })
    assert.equal((await lift()).status, 303)
    assert.equal(codeOf(await parents(deputy, id)), 'ok')
  })

  test('[WA-37-01] a risk of FGM before summer travel: at triage the questions for MASH24 and the police stand there', async () => {
    set('2026-05-12T09:00:00Z')
    const { teacher, deputy } = westacre.adults
    const child = first(westacre)
    await home(child, 'wolverhampton')
    const id = await record(westacre, teacher, child, ['fgm-suspected'])
    const page = await pageOf(deputy, `/concerns/${id}/triage`)
    assert.match(page, /01902 555392/)
    assert.match(page, /Ask MASH24 for advice, and refer/)
    assert.match(page, /Ask the police for advice/)
  })

  test('[WA-38-01] the marriage of a child: that it is a crime without coercion is said, and police or social care are decided on before it closes', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['behaviour'])
    await triage(deputy, id, { categories: ['forced-marriage'] })
    const page = await pageOf(deputy, `/concerns/${id}`)
    assert.match(page, /under 18 it is a crime without any coercion test/)
    assert.match(page, /020 7008 0151/)
    await answer(deputy, id, 'honour-based.advice', { withWhom: 'MASH24', says: 'Strategy meeting.' })
    assert.equal(codeOf(await decideAs(deputy, id, 'monitor')), 'ok')
    assert.match((await closing(deputy, id)).html, /Decide about the police: under 18[\s\S]*?neither done nor/)
  })

  test('[WA-29-01] sexual exploitation that is referred: hub, police and health each stand there until sent, or not needed with a reason', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['exploitation'])
    await triage(deputy, id, { categories: ['child-sexual-exploitation'], level: 3 })
    const cse = async () => (await names(deputy, id)).filter(name => name.startsWith('child-sexual'))
    assert.deepEqual(await cse(), [])
    assert.equal(codeOf(await decideAs(deputy, id, 'refer')), 'ok')
    const all = ['hub', 'police', 'health'].map(step => `child-sexual-exploitation.${step}`)
    assert.deepEqual(await cse(), all.toSorted())
    assert.match(await pageOf(deputy, `/concerns/${id}`), /01902 550523/)
    await answer(deputy, id, 'child-sexual-exploitation.hub', { withWhom: 'Co-ordinator' })
    assert.equal(codeOf(await answer(deputy, id, 'child-sexual-exploitation.health', { kind: 'not-done' })), 'reason-needed')
    await answer(deputy, id, 'child-sexual-exploitation.health', { kind: 'not-done', says: 'No health need.' })
    assert.deepEqual(await cse(), ['child-sexual-exploitation.police'])
  })

  test('[WA-46-01] trafficking: who makes the referral to the national mechanism is named, or why nobody does, before it closes', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['behaviour'])
    await triage(deputy, id, { categories: ['modern-slavery'] })
    await decideAs(deputy, id, 'monitor')
    assert.match(
      (await closing(deputy, id)).html,
      /The National Referral Mechanism: who makes the referral[\s\S]*?neither done nor/,
    )
    assert.equal(codeOf(await answer(deputy, id, 'modern-slavery.nrm', {})), 'needed')
    assert.equal(codeOf(await answer(deputy, id, 'modern-slavery.nrm', { kind: 'not-done' })), 'reason-needed')
    assert.equal(codeOf(await answer(deputy, id, 'modern-slavery.nrm', { withWhom: 'The police make it' })), 'ok')
    assert.doesNotMatch((await closing(deputy, id)).html, /The National Referral Mechanism/)
  })

  test('[MM-4.4-01] unexplained phones of a pupil of seventeen: tagged as criminal exploitation at triage, the concern is urgent from then on, and the pupil is a potential victim', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = mmap.adults
    const child = first(mmap)
    await app.people.query(`update child set born = '2009-01-05' where id = $1`, [child.childId])
    const id = await record(mmap, teacher, child, ['exploitation'])
    const [row] = await app.people.query<{ urgent: boolean }>('select urgent from concern where id = $1', [id])
    assert.equal(row?.urgent, true)
    assert.match(
      await pageOf(deputy, `/concerns/${id}`),
      /The child’s part: Potential victim.*?Treat the child as a potential victim/,
    )
    const phones = await record(mmap, teacher, child, ['behaviour'], {
      account: { childWords: '', seen: 'Two phones that nobody can explain.', opinion: '', done: '' },
    })
    const urgencyOf = async () =>
      (
        await app.people.query<{ urgent: boolean; raised: boolean }>(
          'select urgent, urgent_raised_at is not null as raised from concern where id = $1',
          [phones],
        )
      )[0]
    assert.deepEqual(await urgencyOf(), { urgent: false, raised: false })
    assert.doesNotMatch(await pageOf(deputy, `/concerns/${phones}`), /Urgent concern|Potential victim/)
    await triage(deputy, phones, { categories: ['child-criminal-exploitation'] })
    assert.deepEqual(await urgencyOf(), { urgent: true, raised: true })
    const page = await pageOf(deputy, `/concerns/${phones}`)
    assert.match(page, /Urgent concern/)
    assert.match(page, /The child’s part: Potential victim/)
    // Judged as something else later, it stays urgent: what was urgent is not put off.
    await triage(deputy, phones, { categories: ['bullying'] })
    assert.deepEqual(await urgencyOf(), { urgent: true, raised: true })
    await assert.rejects(
      as(deputy, work => work.tx.run({ name: 'test_calm', text: 'update concern set urgent = false where id = $1' }, [phones])),
      /what was urgent stays urgent/,
    )
  })

  test('[MM-4.7-01] honour-based abuse: the parents are told by nobody before the DSL lifts the hold with a reason', async () => {
    await nothingHeld()
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = mmap.adults
    const id = await record(mmap, teacher, first(mmap), ['fgm-suspected'])
    await triage(deputy, id)
    assert.equal(codeOf(await decideAs(deputy, id, 'monitor')), 'ok')
    assert.equal(codeOf(await parents(deputy, id)), 'parents-held')
    const agent = await app.agentFor(deputy.adultId)
    const lift = (because: string) => agent.submit(`/concerns/${id}/parent-hold`, `/concerns/${id}/parent-hold`, { because })
    assert.equal((await lift('')).status, 422)
    assert.equal((await lift('The aunt is safe to speak with.')).status, 303)
    assert.equal(codeOf(await parents(deputy, id)), 'ok')
  })

  test('[WP-3-04] forced marriage named at 09:20: DSL and deputy are told at 09:20, and the parents wait for a reasoned decision', async () => {
    await nothingHeld()
    set('2026-11-18T09:20:00Z')
    const { teacher, dsl, deputy } = westPark.adults
    const id = await record(westPark, teacher, westPark.pupils.amina, ['fgm-suspected'])
    const alerts = await app.people.query<{ adult_id: AdultId; kind: string; at: Date }>(
      'select adult_id, kind, told_at as at from alert where concern_id = $1',
      [id],
    )
    for (const person of [dsl, deputy])
      assert.ok(
        alerts.some(
          alert =>
            alert.adult_id === person.adultId &&
            alert.kind === 'urgent' &&
            new Date(alert.at).toISOString() === '2026-11-18T09:20:00.000Z',
        ),
      )
    await triage(dsl, id, { categories: ['honour-based-abuse'] })
    assert.equal(codeOf(await parents(dsl, id)), 'parents-held')
    assert.equal(codeOf(await decideAs(dsl, id, 'refer')), 'ok')
    assert.equal(codeOf(await parents(dsl, id)), 'ok')
  })

  test('[WP-6-17] a suspected sexual assault at triage opens the police decision and the referral together, and neither goes without a reason', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = westPark.adults
    const id = await record(westPark, teacher, westPark.pupils.amina, ['behaviour'])
    await triage(dsl, id, { categories: ['sexual-violence'], level: 3 })
    const open = ['sexual-abuse.police', 'sexual-abuse.social-care']
    assert.deepEqual(await names(dsl, id), open)
    for (const name of open) assert.equal(codeOf(await answer(dsl, id, name, { kind: 'not-done' })), 'reason-needed')
    assert.equal(codeOf(await decideAs(dsl, id, 'refer')), 'ok')
    const { html } = await closing(dsl, id)
    assert.match(html, /Decide whether the police are called[\s\S]*?neither done nor/)
    assert.match(html, /Refer to children[\s\S]{0,8}s social care now[\s\S]*?neither done nor/)
  })

  test('[WP-4-09] a theft: that the police are not called needs the reason by the guidance, and the concern does not close without', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = westPark.adults
    const id = await record(westPark, teacher, westPark.pupils.amina, ['behaviour'])
    await triage(dsl, id, { categories: ['other'], answers: ['crime.yes'] })
    assert.equal(codeOf(await decideAs(dsl, id, 'monitor')), 'ok')
    assert.equal(codeOf(await answer(dsl, id, 'crime.police', { kind: 'not-done' })), 'reason-needed')
    assert.equal((await closing(dsl, id)).status, 422)
    assert.equal(
      codeOf(await answer(dsl, id, 'crime.police', { kind: 'not-done', says: 'Guidance, theft: low value, first time.' })),
      'ok',
    )
    assert.doesNotMatch((await closing(dsl, id)).html, /Decide whether the police/)
  })

  test('[WM-A3-3.9b-03] a child has been harmed: one DSL alone cannot decide not to refer; a second agrees to the reason first', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl, deputy } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['bullying'])
    await triage(dsl, id, { categories: ['child-on-child'], answers: ['harmed.yes'] })
    assert.equal(codeOf(await decideAs(dsl, id, 'pastoral')), 'step-first')
    assert.equal(codeOf(await answer(dsl, id, 'harmed.social-care', { kind: 'not-done', says: 'Settled between them.' })), 'ok')
    assert.equal(codeOf(await decideAs(dsl, id, 'pastoral')), 'step-first')
    const step = await stepNamed(dsl, id, 'harmed.social-care')
    const agree = (person: Person) =>
      on(person, 'pathway.answer', id, (work, permit, concern) => agreeNotDone(work, permit, concern, step, 'I read it too.'))
    assert.equal(codeOf(await agree(dsl)), 'second-is-the-same')
    assert.equal(codeOf(await agree(deputy)), 'ok')
    assert.equal(codeOf(await decideAs(dsl, id, 'pastoral')), 'ok')
  })

  test('[WM-A3-5.4-01] a rape that is not passed to the police needs a reason and a second of the team', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['behaviour'])
    await triage(dsl, id, { categories: ['sexual-violence'] })
    assert.equal(codeOf(await answer(dsl, id, 'sexual-crime.police', { kind: 'not-done' })), 'reason-needed')
    assert.equal(
      codeOf(await answer(dsl, id, 'sexual-crime.police', { kind: 'not-done', says: 'Told already by the family.' })),
      'ok',
    )
    const step = await stepNamed(dsl, id, 'sexual-crime.police')
    assert.equal(step.settledAt, null)
    const { deputyTwo } = williamMacgregor.adults
    await on(deputyTwo, 'pathway.answer', id, (work, permit, concern) =>
      agreeNotDone(work, permit, concern, step, 'Rang to check.'),
    )
    assert.equal((await stepNamed(dsl, id, 'sexual-crime.police')).settled, 'not-done')
  })

  test('[WM-A3-7.1-01] the parents of both children have a line each, and a blank one leaves it incomplete', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['sexual-harassment'])
    await answer(dsl, id, 'sexual-harassment.parents-of-victim', { withWhom: 'Mother, by telephone' })
    await triage(dsl, id, { categories: ['sexual-harassment'] })
    await decideAs(dsl, id, 'refer')
    assert.match((await closing(dsl, id)).html, /Engage the parents of the child said to have harmed[\s\S]*?neither done nor/)
    assert.match(
      await pageOf(dsl, `/concerns/${id}`),
      /Engage the parents of the child said to have harmed, unless that adds to the risk Not recorded yet/,
    )
  })

  test('[WM-A5-3-02] [WM-A5-3-03] [WM-A5-5-01] the police at school: after two calls in vain an appropriate adult of the leadership is offered, never one who is part of the matter; an escalation needs its reference', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl, deputy } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['behaviour'], {
      adults: [{ adultId: deputy.adultId, name: deputy.name, relation: 'Deputy head', involvement: 'witness', toldAt: null }],
    })
    const start = (pathway: string) =>
      on(dsl, 'pathway.answer', id, (work, permit, concern) => startByHand(work, permit, concern, pathway))
    await start('police-interview')
    const fallback = 'police-interview.appropriate-adult'
    await answer(dsl, id, 'police-interview.parent', {
      kind: 'tried',
      withWhom: 'Mother, no answer',
      at: '2026-11-18T10:10:00.000Z' as Instant,
    })
    assert.ok(!(await names(dsl, id)).includes(fallback))
    await answer(dsl, id, 'police-interview.parent', {
      kind: 'tried',
      withWhom: 'Mother, no answer',
      at: '2026-11-18T10:20:00.000Z' as Instant,
    })
    assert.ok((await names(dsl, id)).includes(fallback))
    const says = 'Agreed; no social worker can come today.'
    assert.equal(codeOf(await answer(dsl, id, fallback, { adultId: deputy.adultId, says })), 'not-eligible')
    const { id: step } = await stepNamed(dsl, id, fallback)
    const form = await (await app.agentFor(dsl.adultId)).get(`/concerns/${id}/steps/${step}`)
    assert.ok(!form.html.includes(deputy.adultId))
    assert.ok(form.html.includes(dsl.adultId))
    assert.equal(codeOf(await answer(dsl, id, fallback, { adultId: dsl.adultId, says })), 'ok')
    await start('police-escalation')
    const escalation = { withWhom: 'Duty sergeant', says: 'Asked without an adult.', at: '2026-11-18T10:40:00.000Z' as Instant }
    assert.equal(codeOf(await answer(dsl, id, 'police-escalation.supervisor', escalation)), 'needed')
    assert.equal(codeOf(await answer(dsl, id, 'police-escalation.supervisor', { ...escalation, reference: '101-334' })), 'ok')
    assert.equal((await stepNamed(dsl, id, 'police-escalation.supervisor')).events[0]?.at, '2026-11-18T10:40:00.000Z')
  })

  test('material that may show child abuse at 14:02, reported with its reference at 14:20: eighteen minutes are kept, and no image', async () => {
    set('2026-11-18T14:00:00Z')
    const { teacher, deputy } = mmap.adults
    const id = await record(mmap, teacher, first(mmap), ['online'])
    set('2026-11-18T14:02:00Z')
    await triage(deputy, id, { categories: ['online-safety'], answers: ['online-material.child-images'] })
    assert.match(
      await pageOf(deputy, `/concerns/${id}`),
      /Internet Watch Foundation.*?www\.iwf\.org\.uk.*?Do not open, copy or keep|Do not open, copy or keep.*?Internet Watch Foundation/,
    )
    set('2026-11-18T14:20:00Z')
    assert.equal(codeOf(await answer(deputy, id, 'illegal-online.report', { withWhom: 'Internet Watch Foundation' })), 'needed')
    await answer(deputy, id, 'illegal-online.report', { withWhom: 'Internet Watch Foundation', reference: 'IWF 12' })
    assert.match(
      await pageOf(deputy, `/concerns/${id}`),
      /18 minutes after it was opened; with Internet Watch Foundation; reference IWF 12/,
    )
    assert.deepEqual(await app.people.query('select 1 from attachment where concern_id = $1', [id]), [])
  })

  test('[WY-7-03] a worry about radicalisation stands in the DSL’s queue with a decision on a referral', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = westley.adults
    const id = await record(westley, teacher, first(westley), ['radicalisation'])
    const { html } = await (await app.agentFor(dsl.adultId)).get('/today')
    assert.ok(html.includes(`/concerns/${id}`))
    assert.match(await pageOf(dsl, `/concerns/${id}`), /Decide on a Prevent referral Not recorded yet/)
  })

  test('[MM-3.2-09] the threshold is met at 10:30 and the portal’s reference stands at 10:52: 22 minutes are kept; without an entry the DSL’s page of today shows it overdue', async () => {
    set('2026-11-18T10:20:00Z')
    const { teacher, deputy } = mmap.adults
    const [one, two] = [
      await record(mmap, teacher, first(mmap), ['disclosure']),
      await record(mmap, teacher, first(mmap), ['disclosure']),
    ]
    set('2026-11-18T10:30:00Z')
    for (const id of [one, two]) {
      await triage(deputy, id, { level: 4 })
      await decideAs(deputy, id, 'refer')
    }
    set('2026-11-18T10:52:00Z')
    const agent = await app.agentFor(deputy.adultId)
    const overdueRows = async () => {
      const { html } = await agent.get('/today')
      const list = html.slice(html.indexOf('id="overdue"'))
      return (list.slice(0, list.indexOf('</section>')).match(/<li class="hf-today__row">[\s\S]*?<\/li>/g) ?? []).map(row =>
        row.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '),
      )
    }
    const of = async (id: ConcernId) => {
      const [row] = await app.people.query<{ reference: string }>('select reference from concern where id = $1', [id])
      return (await overdueRows()).filter(text => text.includes(row?.reference ?? '?'))
    }
    for (const id of [one, two])
      assert.match(
        (await of(id)).join(),
        /Overdue: Make the request for support at once, by the Front Door, not recorded for 22 minutes/,
      )
    const made = await agent.submit(`/concerns/${one}/referrals/new?agency=social-care`, `/concerns/${one}/referrals/new`, {
      agency: 'social-care',
      consent: 'not-sought',
      'consent-says': 'It could add to the risk.',
      asks: 'Hurt at home.',
    })
    const path = `${made.location?.split('?')[0]}/written`
    assert.equal((await agent.submit(path, path, { says: 'By the portal.', reference: 'KF-52' })).status, 303)
    assert.match(await pageOf(deputy, `/concerns/${one}`), /22 minutes after it was opened.*?reference KF-52/)
    assert.deepEqual(await of(one), [])
    assert.equal((await of(two)).length, 1)
  })

  test('[WP-4-10] right-wing extremism of a Derbyshire pupil: advice is logged on 21 January 2025, the decision not to refer needs its reason, and the register of Prevent not referred has both', async () => {
    set('2025-01-20T10:00:00Z')
    const { teacher, dsl } = westPark.adults
    const child = westPark.children.at(-1) ?? assert.fail()
    await home(child, 'derbyshire')
    const id = await record(westPark, teacher, child, ['radicalisation'])
    set('2025-01-21T09:30:00Z')
    await triage(dsl, id, { categories: ['radicalisation'] })
    assert.match(await pageOf(dsl, `/concerns/${id}`), /01629 538473/)
    assert.equal(codeOf(await answer(dsl, id, 'radicalisation.advice', { withWhom: 'Prevent team' })), 'needed')
    await answer(dsl, id, 'radicalisation.advice', {
      withWhom: 'Derbyshire Prevent team, duty officer',
      says: 'Watch and speak again.',
    })
    const reason = 'The Prevent team advises work in school first.'
    const register = () => pageOf(dsl, '/not-referred?agency=prevent&from-day=21&from-month=1&from-year=2025')
    assert.doesNotMatch(await register(), new RegExp(reason))
    assert.equal(codeOf(await closing(dsl, id).then(({ status }) => ({ ok: status === 303, refusal: { code: 'open' } }))), 'open')
    assert.equal(codeOf(await decideAs(dsl, id, 'monitor', { notReferred: [{ agency: 'prevent', reason }] })), 'ok')
    assert.match(await register(), new RegExp(`1 decision since 21 January 2025, Prevent.*?${reason}`))
    const step = await stepNamed(dsl, id, 'radicalisation.prevent')
    assert.equal(step.settled, 'not-done')
    assert.match(await pageOf(dsl, `/concerns/${id}`), /Derbyshire Prevent team, duty officer.*?Watch and speak again/)
    assert.doesNotMatch(await pageOf(dsl, '/not-referred?agency=police'), new RegExp(reason))
  })

  const referralsOf = (id: ConcernId) =>
    app.people.query<{ id: string; agency: string; state: string; consent: string }>(
      'select id, agency, state, consent from referral where concern_id = $1 order by agency',
      [id],
    )
  const takeStep = async (dsl: Person, id: string, kind: string, fields: Record<string, string>) =>
    (await app.agentFor(dsl.adultId)).submit(`/referrals/${id}/${kind}`, `/referrals/${id}/${kind}`, {
      'with-whom': 'Duty officer',
      says: 'They look into it.',
      ...fields,
    })

  test('[MM-4.8-01] radicalisation that the DSL decides to refer opens a Prevent referral, which stays open until its outcome is written', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = mmap.adults
    const id = await record(mmap, teacher, first(mmap), ['radicalisation'])
    assert.match(await pageOf(deputy, `/concerns/${id}`), /If there is an immediate threat, ring 999|Police.{0,40}999/)
    await triage(deputy, id, { categories: ['radicalisation'] })
    assert.deepEqual(await referralsOf(id), [])
    assert.equal(codeOf(await decideAs(deputy, id, 'refer')), 'ok')
    const [opened, ...more] = await referralsOf(id)
    assert.deepEqual([opened?.agency, opened?.state, opened?.consent, more.length], ['prevent', 'decided', 'to-ask', 0])
    const referral = opened?.id ?? ''
    // Filling it in completes the one that stands open, and opens no second.
    const path = `/concerns/${id}/referrals/new`
    const filled = await (await app.agentFor(deputy.adultId)).submit(`${path}?agency=prevent`, path, {
      agency: 'prevent',
      destination: 'Prevent education officer',
      consent: 'given',
      asks: 'He watches films of attacks.',
    })
    assert.equal(filled.status, 303, filled.html)
    assert.equal(filled.location, `/referrals/${referral}?done=decided`)
    assert.deepEqual(
      (await referralsOf(id)).map(({ consent }) => consent),
      ['given'],
    )
    await parents(deputy, id)
    assert.equal((await takeStep(deputy, referral, 'written', { reference: 'PV-3' })).status, 303)
    assert.match((await closing(deputy, id)).html, /is not concluded/)
    assert.equal((await takeStep(deputy, referral, 'answered', { outcome: 'Channel panel', agrees: 'yes' })).status, 303)
    assert.match((await closing(deputy, id)).html, /is not concluded/)
    const blank = await takeStep(deputy, referral, 'concluded', { outcome: '' })
    assert.equal(blank.status, 422)
    assert.match(blank.html, /Enter what came of it/)
    assert.equal((await takeStep(deputy, referral, 'concluded', { outcome: 'Adopted by Channel' })).status, 303)
    assert.doesNotMatch((await closing(deputy, id)).html, /is not concluded/)
  })

  test('[WA-5-39] neglect and a possible assault by an adult: the decision to refer opens one referral to social care and one to the police, and neither may stay without an outcome', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = westacre.adults
    const id = await record(westacre, teacher, first(westacre), ['disclosure'])
    await triage(deputy, id, { categories: ['neglect'], answers: ['crime.yes'], level: 3 })
    assert.equal(codeOf(await decideAs(deputy, id, 'refer')), 'ok')
    const opened = await referralsOf(id)
    assert.deepEqual(
      opened.map(({ agency, state }) => [agency, state]),
      [
        ['police', 'decided'],
        ['social-care', 'decided'],
      ],
    )
    const today = await pageOf(deputy, '/today')
    assert.match(today, /Not made yet:/)
    await parents(deputy, id)
    const open = (html: string) => (html.match(/is not concluded/g) ?? []).length
    assert.equal(open((await closing(deputy, id)).html), 2)
    for (const [index, { id: referral }] of opened.entries()) {
      assert.equal((await takeStep(deputy, referral, 'phoned', {})).status, 303)
      assert.equal((await takeStep(deputy, referral, 'answered', { outcome: 'They act', agrees: 'yes' })).status, 303)
      assert.equal(
        (await takeStep(deputy, referral, 'concluded', { outcome: 'Plan made', unwritten: 'MASH24 asked for no E-MARF.' }))
          .status,
        303,
      )
      assert.equal(open((await closing(deputy, id)).html), 1 - index)
    }
    // Whoever is not turned to, with the reason, has no referral opened.
    const other = await record(westacre, teacher, first(westacre), ['disclosure'])
    await triage(deputy, other, { categories: ['neglect'], answers: ['crime.yes'], level: 3 })
    await decideAs(deputy, other, 'refer', { notReferred: [{ agency: 'police', reason: 'MASH24 brings them in.' }] })
    assert.deepEqual(
      (await referralsOf(other)).map(({ agency }) => agency),
      ['social-care'],
    )
  })

  test('whoever is outside the concern sees none of its steps and is told of none, and a teacher sees only what they owe in person', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl, deputy } = westPark.adults
    const id = await record(westPark, teacher, westPark.pupils.amina, ['fgm-known'], {
      adults: [{ adultId: deputy.adultId, name: deputy.name, relation: 'Colleague', involvement: 'alleged', toldAt: null }],
    })
    const seen = (person: Person) =>
      as(person, work =>
        work.tx.run<{ step: string }>(
          { name: 'test_steps', text: 'select step from pathway_step where concern_id = $1 order by step' },
          [id],
        ),
      )
    assert.deepEqual(
      (await seen(dsl)).map(({ step }) => step),
      ['police-report', 'social-care'],
    )
    assert.deepEqual(await seen(deputy), [])
    assert.deepEqual(
      (await seen(teacher)).map(({ step }) => step),
      ['police-report'],
    )
    assert.equal((await (await app.agentFor(deputy.adultId)).get(`/concerns/${id}/pathways`)).status, 404)
  })
})
