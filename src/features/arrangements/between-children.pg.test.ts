import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type DemoSchool, demo } from '../../../demo/people.ts'
import type { TestApp } from '../../../test/support/app.ts'
import { codeOf, concernStage, type Person, startQuietSchools } from '../../../test/support/concern-stage.ts'
import { authorise } from '../../access/index.ts'
import type { ActionId, AdultId, ChildId, ConcernId, ReferralId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import { newId } from '../../platform/identifiers.ts'
import { demandedAnswers } from '../../rehearsal/events/words.ts'
import { recordBehaviour } from '../behaviour/index.ts'
import { keepScan } from '../concerns/evidence.ts'
import type { ChildInvolvement } from '../concerns/index.ts'
import { findRecordedConcern } from '../concerns/recorded-store.ts'
import { releaseQuestions } from '../pathways/index.ts'
import { decide, frameworksFor, recordParents, revisionOf, triageConcern } from '../triage/index.ts'
import { makeArrangement, recordFamilyMeeting } from './index.ts'

describe('harm between children', () => {
  let app: TestApp
  before(async () => {
    app = await startQuietSchools('2026-11-18T10:00:00.000Z')
    await app.people.query('update child set leaves_at = null')
  })
  after(() => app.close())

  const { westPark, mmap, westacre, williamMacgregor } = demo
  const at = (moment: string) => new Date(moment).toISOString() as Instant
  const { set, as, on, record, stepsOf, stepNamed, answer, pageOf, look } = concernStage(() => app)
  const first = (school: DemoSchool, n = 0) => school.children[n] ?? assert.fail()
  const both = (school: DemoSchool): readonly { childId: ChildId; involvement: ChildInvolvement }[] => [
    { childId: first(school).childId, involvement: 'subject' },
    { childId: first(school, 1).childId, involvement: 'alleged' },
  ]
  const triage = (
    dsl: Person,
    id: ConcernId,
    categories: readonly string[],
    answers: readonly string[] = [],
    withDemanded = true,
  ) =>
    on(dsl, 'concern.triage', id, async (work, permit, concern) => {
      const [framework] = frameworksFor(work.profile, concern)
      const [level] = framework?.levels ?? []
      assert.ok(framework && level)
      const given = answers.map(answer => ({
        question: answer.split('.')[0] ?? '',
        option: answer.split('.')[1] ?? '',
        says: '',
        on: null,
      }))
      const asked = withDemanded
        ? demandedAnswers(work.profile, 'triage', { categories, prompts: concern.prompts }, '2026-11-18' as PlainDate)
        : []
      return triageConcern(
        work,
        permit,
        concern,
        {
          immediateRisk: 'no',
          safeToGoHome: 'yes',
          medical: 'no',
          police: 'no',
          urgentSays: '',
          categories,
          mainCategory: categories[0] ?? null,
          framework: framework.authority,
          levelId: level.id,
          rationale: 'As reported.',
          answers: [...given, ...asked.filter(({ question }) => !given.some(one => one.question === question))],
        },
        revisionOf(concern),
      )
    })
  const decideAs = (dsl: Person, id: ConcernId, choice: 'refer' | 'monitor' | 'pastoral', nextLookOn: PlainDate | null = null) =>
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
          nextLookOn,
          answers: demandedAnswers(work.profile, 'decision', about, '2026-11-18' as PlainDate),
        },
        revisionOf(concern),
      )
    })
  const stepNames = async (dsl: Person, id: ConcernId) => (await stepsOf(dsl, id)).map(step => `${step.pathway}.${step.step}`)
  const textOf = (html: string) =>
    html
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&#39;', '’')
      .replaceAll(/\s+/g, ' ')
  const told = async (id: ConcernId, moment: string, kind?: string) =>
    (
      await app.people.query<{ adult_id: AdultId }>(
        `select distinct adult_id from alert where concern_id = $1 and told_at = $2 and ($3::text is null or kind = $3) order by adult_id`,
        [id, at(moment), kind ?? null],
      )
    ).map(row => row.adult_id)
  const one = async <T extends object>(text: string, values: readonly unknown[]): Promise<T> => {
    const [row] = await app.people.query<T>(text, [...values])
    return row ?? assert.fail(text)
  }

  test('[WM-A3-1.5-01] a report of sexual violence at eleven, with fifteen minutes to acknowledge it: at a quarter past the deputies and the trust’s lead are paged', async () => {
    set('2026-11-18T09:00:00Z')
    const { teacher, dsl, deputy, deputyTwo } = williamMacgregor.adults
    const lead = await one<{ adult_id: AdultId }>(
      `select adult_id from appointment where school_id = $1 and role = 'trust-safeguarding-lead' and ends_at is null`,
      [williamMacgregor.id],
    )
    const proposal = {
      what: 'clocks/triage.acknowledge-urgent',
      value: '15 minutes',
      because: 'Agreed.',
      section: 'Minute 3',
      'from-day': '18',
      'from-month': '11',
      'from-year': '2026',
      checked: 'yes',
    }
    const sent = await (await app.agentFor(dsl.adultId)).post('/policy/changes/new', proposal)
    assert.equal(sent.status, 303, textOf(sent.html))
    const approved = await (await app.agentFor(lead.adult_id)).post(`${sent.location}/approve`)
    assert.equal(approved.status, 303, textOf(approved.html))
    set('2026-11-18T11:00:00Z')
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['sexual-violence'])
    assert.deepEqual(await told(id, '2026-11-18T11:00:00Z'), [dsl, deputy, deputyTwo].map(({ adultId }) => adultId).toSorted())
    set('2026-11-18T11:14:00Z')
    await look(williamMacgregor)
    assert.deepEqual(await told(id, '2026-11-18T11:14:00Z'), [])
    set('2026-11-18T11:15:01Z')
    await look(williamMacgregor)
    const paged = await told(id, '2026-11-18T11:15:01Z')
    for (const person of [deputy.adultId, deputyTwo.adultId, lead.adult_id]) assert.ok(paged.includes(person))
    assert.ok((await told(id, '2026-11-18T11:15:01Z', 'find-dsl')).includes(lead.adult_id))
    // Of a worry of another kind the trust's lead is not paged so.
    const other = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['appearance'], { urgent: true })
    set('2026-11-18T11:31:00Z')
    await look(williamMacgregor)
    assert.ok(!(await told(other, '2026-11-18T11:31:00Z', 'find-dsl')).includes(lead.adult_id))
  })

  test('[WP-7-15] a child who may harm others sexually, so tagged at 09:40: the records are marked at once, and DSL, deputy and head have heard by eleven that no referral is written down', async () => {
    set('2026-11-18T09:30:00Z')
    const { teacher, dsl, deputy, head } = westPark.adults
    const id = await record(westPark, teacher, westPark.pupils.amina, ['behaviour'])
    assert.deepEqual(await app.people.query('select 1 from retention_flag where concern_id = $1', [id]), [])
    set('2026-11-18T09:40:00Z')
    assert.equal(codeOf(await triage(dsl, id, ['harmful-sexual-behaviour'])), 'ok')
    const flag = await one<{ child_id: ChildId; bears_on: string; at: Date }>(
      'select child_id, bears_on, set_at as at from retention_flag where concern_id = $1',
      [id],
    )
    assert.deepEqual([flag.child_id, flag.bears_on], [westPark.pupils.amina.childId, 'sexual-abuse'])
    assert.equal(new Date(flag.at).toISOString(), '2026-11-18T09:40:00.000Z')
    set('2026-11-18T10:39:00Z')
    await look(westPark)
    assert.deepEqual(await told(id, '2026-11-18T10:39:00Z', 'step-late'), [])
    set('2026-11-18T11:00:00Z')
    await look(westPark)
    const heard = await told(id, '2026-11-18T11:00:00Z', 'step-late')
    for (const person of [dsl, deputy, head]) assert.ok(heard.includes(person.adultId), person.name)
    assert.ok(!heard.includes(teacher.adultId))
    assert.match(await pageOf(dsl, `/concerns/${id}`), /Refer to children.s social care now Not recorded yet:/)
  })

  test('[WA-40-01] upskirting of which a member of staff is accused opens the chain for adults and no step between children; of which a pupil is, the pupil path', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy, deputyTwo } = westacre.adults
    const accused = {
      adultId: deputyTwo.adultId,
      name: deputyTwo.name,
      relation: 'Colleague',
      involvement: 'alleged',
      toldAt: null,
    }
    const id = await record(westacre, teacher, first(westacre), ['sexual-harassment'], { adults: [accused] })
    const [conduct] = await app.people.query('select 1 from conduct_case where beside_concern = $1', [id])
    assert.ok(conduct)
    assert.deepEqual(await stepNames(deputy, id), [])
    assert.equal(codeOf(await triage(deputy, id, ['upskirting'])), 'ok')
    assert.deepEqual(await stepNames(deputy, id), [])
    const pupil = await record(westacre, teacher, first(westacre), ['sexual-harassment'], { children: both(westacre) })
    assert.equal(codeOf(await triage(deputy, pupil, ['upskirting'])), 'ok')
    assert.ok((await stepNames(deputy, pupil)).includes('upskirting.police'))
    assert.deepEqual(await app.people.query('select 1 from conduct_case where beside_concern = $1', [pupil]), [])
  })

  test('[MM-4.2-05] a report that stays within the school has a day on which it is looked at again, within the interval, and no later one is taken', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = mmap.adults
    const id = await record(mmap, teacher, first(mmap), ['sexual-harassment'], { children: both(mmap) })
    await triage(deputy, id, ['sexual-violence-harassment'])
    assert.equal(codeOf(await decideAs(deputy, id, 'pastoral', '2026-12-24' as PlainDate)), 'review-too-late')
    assert.equal(codeOf(await decideAs(deputy, id, 'pastoral')), 'ok')
    const { look: next } = await one<{ look: Date }>('select next_look_at as look from concern where id = $1', [id])
    const days = (new Date(next).getTime() - Date.parse('2026-11-18T00:00:00Z')) / 86_400_000
    assert.ok(days > 1 && days <= 15, `looked at again after ${days} days`)
  })

  test('[MM-4.3-01] images reported by a teaching assistant: the DSL and the deputies see it, the assistant has a receipt and nothing of what was written', async () => {
    set('2026-11-18T10:00:00Z')
    const { assistant, deputy, teacher } = mmap.adults
    const secret = 'A picture went round the group chat.'
    const id = await record(mmap, assistant, first(mmap), ['images'], {
      account: { childWords: '', seen: secret, opinion: '', done: '' },
    })
    assert.ok((await pageOf(deputy, `/concerns/${id}`)).includes(secret))
    const own = await pageOf(assistant, `/my-concerns/${id}`)
    assert.match(own, /Your receipt/)
    assert.ok(!own.includes(secret))
    for (const child of [first(mmap)]) assert.ok(!own.includes(child.name))
    assert.equal((await (await app.agentFor(teacher.adultId)).get(`/my-concerns/${id}`)).status, 404)
    for (const person of [assistant, teacher])
      assert.equal((await (await app.agentFor(person.adultId)).get(`/concerns/${id}`)).status, 404)
    // The same with every check of the program left out.
    for (const table of ['concern_account', 'concern_child', 'concern_adult', 'entry'])
      assert.deepEqual(
        await as(assistant, work =>
          work.tx.run({ name: `test_${table}`, text: `select 1 from ${table} where concern_id = $1` }, [id]),
        ),
        [],
        table,
      )
    const alerts = await app.people.query<{ kind: string }>('select distinct kind from alert where concern_id = $1', [id])
    assert.deepEqual(alerts, [{ kind: 'urgent' }])
  })

  test('[MM-4.2-11] harassment with images online: nothing can be attached, the four questions about the images are asked, and the places to report to stand there', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, deputy } = mmap.adults
    const id = await record(mmap, teacher, first(mmap), ['sexual-harassment'])
    const refused = await triage(deputy, id, ['sexual-violence-harassment', 'nudes'], ['online-part.images'], false)
    assert.equal(codeOf(refused), 'question-unanswered')
    const page = await pageOf(deputy, `/concerns/${id}/triage`)
    for (const asks of [
      /Is an adult involved in the images/,
      /pressed, blackmailed/,
      /child under 13/,
      /immediate risk because the images/,
    ])
      assert.match(page, asks)
    const asked = ['images-adult', 'images-pressed', 'images-acts', 'images-risk']
    for (const left of asked) {
      const given = asked.filter(one => one !== left).map(one => `${one}.no`)
      const tried = await triage(deputy, id, ['sexual-violence-harassment', 'nudes'], ['online-part.images', ...given], false)
      assert.deepEqual(!tried.ok && tried.refusal.code === 'question-unanswered' && tried.refusal.question.id, left)
    }
    const answers = ['online-part.images', ...asked.map(one => `${one}.no`)]
    assert.equal(codeOf(await triage(deputy, id, ['sexual-violence-harassment', 'nudes'], answers, false)), 'ok')
    assert.match(
      await pageOf(deputy, `/concerns/${id}`),
      /Internet Watch Foundation[\s\S]*NCA-CEOP|NCA-CEOP[\s\S]*Internet Watch Foundation/,
    )
    const attach = async (to: ConcernId) => {
      const png = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      )
      const file = { content: png, tooLarge: false, field: 'scan', name: 'x.png' } as never
      return as(teacher, async work => {
        const recorded = await findRecordedConcern(work, to)
        assert.ok(recorded)
        const permit = authorise(work.someone, 'concern.add-to-own', recorded.access)
        return keepScan(work, permit, recorded, { kind: 'letter', circumstances: '' }, file, 'image/png')
      })
    }
    assert.equal(codeOf(await attach(id)), 'attachments-locked')
    assert.deepEqual(await app.people.query('select 1 from attachment where concern_id = $1', [id]), [])
    const other = await record(mmap, teacher, first(mmap), ['bullying'])
    assert.equal(codeOf(await attach(other)), 'ok')
  })

  const incident = (school: DemoSchool, tags: readonly string[], says: string) => ({
    id: newId<string>(),
    children: [
      { childId: first(school).childId, part: 'harmed' as const },
      { childId: first(school, 1).childId, part: 'did' as const },
    ],
    happenedOn: '2026-11-18' as PlainDate,
    place: 'transport' as const,
    tags,
    says,
  })

  test('[MM-4.1-01] an entry of the behaviour log tagged as sexual harassment has a concern of the same minute in the DSL’s queue, linked to it', async () => {
    set('2026-11-18T13:07:00Z')
    const { teacher, deputy } = mmap.adults
    const entry = incident(mmap, ['sexual-harassment'], 'Calls after her on the bus.')
    const recorded = await as(teacher, work => recordBehaviour(work, entry))
    assert.ok(recorded.ok && recorded.value.concernId)
    const linked = await one<{ concern_id: ConcernId; entered: Date; recorded: Date }>(
      `select b.concern_id, b.recorded_at as entered, c.recorded_at as recorded from behaviour_entry b join concern c on c.id = b.concern_id where b.id = $1`,
      [entry.id],
    )
    assert.equal(linked.concern_id, recorded.value.concernId)
    assert.deepEqual(
      [linked.entered, linked.recorded].map(time => new Date(time).toISOString().slice(0, 16)),
      ['2026-11-18T13:07', '2026-11-18T13:07'],
    )
    assert.ok((await told(recorded.value.concernId, '2026-11-18T13:07:00Z')).includes(deputy.adultId))
    const { html } = await (await app.agentFor(deputy.adultId)).get('/today')
    assert.ok(html.includes(`/concerns/${recorded.value.concernId}`))
    const plain = incident(mmap, ['disruption'], 'Talked through the lesson.')
    const kept = await as(teacher, work => recordBehaviour(work, plain))
    assert.deepEqual(kept.ok && kept.value.concernId, null)
    const seen = (person: Person) =>
      as(person, work =>
        work.tx.run({ name: 'test_behaviour', text: 'select 1 from behaviour_entry where id = any ($1)' }, [
          [entry.id, plain.id],
        ]),
      )
    assert.equal((await seen(teacher)).length, 2)
    assert.equal((await seen(mmap.adults.assistant)).length, 0)
  })

  test('[WP-7-01] upskirting jokes that are logged as low-level behaviour come to the DSL’s queue, and the word that plays it down is shown to the DSL and stays', async () => {
    set('2026-11-18T13:00:00Z')
    const { teacher, dsl } = westPark.adults
    const says = 'Third time this week: upskirting jokes about the same girl.'
    const recorded = await as(teacher, work => recordBehaviour(work, incident(westPark, ['low-level'], says)))
    assert.ok(recorded.ok && recorded.value.concernId)
    const { html } = await (await app.agentFor(dsl.adultId)).get('/today')
    assert.ok(html.includes(`/concerns/${recorded.value.concernId}`))
    const page = await pageOf(dsl, `/concerns/${recorded.value.concernId}`)
    assert.ok(page.includes(says))
    assert.match(page, /Words that play it down “jokes”/)
    assert.doesNotMatch(await pageOf(teacher, `/my-concerns/${recorded.value.concernId}`), /play it down/)
  })

  test('[WM-7.11-01] a teacher who adds that both pupils were interviewed: it is kept, and the DSL is told to look at it as a possible investigation', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, williamMacgregor.pupils.ava, ['bullying'])
    set('2026-11-18T10:20:00Z')
    const agent = await app.agentFor(teacher.adultId)
    const add = (says: string) => agent.submit(`/my-concerns/${id}`, `/my-concerns/${id}/addenda`, { says })
    assert.equal((await add('They sat apart at lunch.')).status, 303)
    assert.doesNotMatch(await pageOf(dsl, `/concerns/${id}`), /Possible investigation/)
    assert.equal((await add('I interviewed both pupils and wrote down their statements.')).status, 303)
    const page = await pageOf(dsl, `/concerns/${id}`)
    assert.match(page, /I interviewed both pupils.*?Possible investigation “interviewed”/)
    const alerts = await app.people.query<{ says: string; adult_id: AdultId }>(
      `select says, adult_id from alert where concern_id = $1 and kind = 'addendum' order by id`,
      [id],
    )
    assert.ok(alerts.some(alert => alert.adult_id === dsl.adultId && alert.says.includes('possible investigation')))
    const form = await agent.get('/concerns/new')
    assert.doesNotMatch(textOf(form.html), /[Ss]tatement of the other|[Ii]nterview/)
  })

  test('[WM-7.11-02] police advice not to question pupils: the concern says that it is on hold, and an action that would ask them is paused until they let it go on', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const ava = williamMacgregor.pupils.ava
    const id = await record(williamMacgregor, teacher, ava, ['bullying'])
    const agent = await app.agentFor(dsl.adultId)
    const due = { 'due-day': '20', 'due-month': '11', 'due-year': '2026' }
    const setAction = (says: string, more = {}) =>
      agent.submit(`/concerns/${id}/actions/new`, `/concerns/${id}/actions/new`, {
        says,
        owner: teacher.adultId,
        ...due,
        ...more,
      })
    assert.equal((await setAction('Ask the two what happened.', { 'asks-children': 'yes' })).status, 303)
    assert.equal((await setAction('Move the bags.')).status, 303)
    await answer(dsl, id, 'child-on-child.police', { reference: 'CAD 4', says: 'Do not question pupils.', holds: true })
    const page = await pageOf(dsl, `/concerns/${id}`)
    assert.match(page, /On hold: an agency has advised that nobody questions the children/)
    assert.match(page, /Ask the two what happened\. ,.*?Paused: nobody questions the children now/)
    const actions = await app.people.query<{ id: ActionId; says: string }>('select id, says from action where concern_id = $1', [
      id,
    ])
    const finish = async (says: string) => {
      const action = actions.find(found => found.says === says) ?? assert.fail(says)
      const own = await app.agentFor(teacher.adultId)
      return own.submit(`/actions/${action.id}`, `/actions/${action.id}/finish`, { how: 'done', outcome: 'Done.' })
    }
    const paused = await finish('Ask the two what happened.')
    assert.equal(paused.status, 409)
    assert.match(textOf(paused.html), /This action is paused/)
    assert.equal((await finish('Move the bags.')).status, 303)
    assert.match(await pageOf(dsl, `/concerns/${id}`), /Decide about children.s social care/)
    set('2026-11-18T14:00:00Z')
    const step = await stepNamed(dsl, id, 'child-on-child.police')
    const released = await on(dsl, 'pathway.answer', id, (work, permit, concern) =>
      releaseQuestions(work, permit, concern, step, { at: app.clock.now(), withWhom: 'PC Ward', says: 'Go on.' }),
    )
    assert.ok(released.ok)
    assert.doesNotMatch(await pageOf(dsl, `/concerns/${id}`), /On hold:/)
    assert.equal((await finish('Ask the two what happened.')).status, 303)
  })

  test('[WM-A3-3.9b-01] the parents are not told because of a risk at home: reason and second are kept, and nothing goes to these parents while the other child’s may be told', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl, deputy } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, first(williamMacgregor), ['sexual-harassment'], {
      children: both(williamMacgregor),
    })
    const parents = (childId: ChildId, more: object) =>
      on(dsl, 'parents.record', id, (work, permit, concern) =>
        recordParents(work, permit, concern, { childId, outcome: 'not-told', who: '', says: 'Withheld: risk at home.', ...more }),
      )
    const [harmed, other] = both(williamMacgregor).map(child => child.childId)
    assert.ok(harmed && other)
    assert.equal(codeOf(await parents(harmed, {})), 'second-needed')
    assert.equal(codeOf(await parents(harmed, { approvedBy: dsl.adultId })), 'second-needed')
    assert.equal(codeOf(await parents(harmed, { approvedBy: teacher.adultId })), 'second-needed')
    const before = await app.people.query<{ id: string }>('select id from outbox', [])
    assert.equal(codeOf(await parents(harmed, { approvedBy: deputy.adultId })), 'ok')
    assert.deepEqual(await app.people.query<{ id: string }>('select id from outbox', []), before)
    const kept = await one<{ says: string; approved_by: AdultId }>(
      'select says, approved_by from parent_contact where concern_id = $1 and child_id = $2',
      [id, harmed],
    )
    assert.deepEqual(kept, { says: 'Withheld: risk at home.', approved_by: deputy.adultId })
    assert.equal(codeOf(await parents(harmed, { outcome: 'told', who: 'Mother' })), 'parents-held')
    assert.equal(codeOf(await parents(other, { outcome: 'told', who: 'Father' })), 'ok')
    assert.match(await pageOf(dsl, `/concerns/${id}`), /Withheld: risk at home\. Agreed by/)
  })

  test('[WM-A3-6.4-01] at a referral, that the parents are not told is refused without the person of social care who supports it, their role and the time', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl, deputy } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, first(williamMacgregor), ['sexual-harassment'])
    await triage(dsl, id, ['sexual-harassment'])
    assert.equal(codeOf(await decideAs(dsl, id, 'refer')), 'ok')
    const agent = await app.agentFor(dsl.adultId)
    const path = `/concerns/${id}/parents`
    const no = { outcome: 'not-told', says: 'A compelling reason.', 'approved-by': deputy.adultId }
    const refused = await agent.submit(path, path, no)
    assert.equal(refused.status, 422)
    assert.match(textOf(refused.html), /Enter who of social care supports it, their role and when/)
    assert.equal((await agent.submit(path, path, { ...no, 'advised-by': 'Duty worker Hale' })).status, 422)
    assert.deepEqual(await app.people.query('select 1 from parent_contact where concern_id = $1', [id]), [])
    const sent = { ...no, 'advised-by': 'Duty worker Hale', 'advised-role': 'First Response', 'advised-time': '09:50' }
    assert.equal((await agent.submit(path, path, sent)).status, 303)
    const kept = await one<{ advised_by: string; advised_role: string; at: Date }>(
      'select advised_by, advised_role, advised_at as at from parent_contact where concern_id = $1',
      [id],
    )
    assert.deepEqual(
      [kept.advised_by, kept.advised_role, new Date(kept.at).toISOString()],
      ['Duty worker Hale', 'First Response', '2026-11-18T09:50:00.000Z'],
    )
  })

  test('[WM-A3-6.3-01] a referral that was refused is made again on 12 May: the second carries the first and what came of it', async () => {
    set('2026-05-05T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const child = first(williamMacgregor)
    await app.people.query(`update child set home_authority = 'staffordshire' where id = $1`, [child.childId])
    const id = await record(williamMacgregor, teacher, child, ['sexual-harassment'])
    const agent = await app.agentFor(dsl.adultId)
    const refer = async (more = {}) => {
      const path = `/concerns/${id}/referrals/new?agency=social-care`
      return agent.submit(path, `/concerns/${id}/referrals/new`, { consent: 'given', asks: 'Please assess.', ...more })
    }
    const made = await refer()
    assert.equal(made.status, 303, textOf(made.html))
    const one1 = /\/referrals\/([0-9a-f-]+)/.exec(made.location ?? '')?.[1] as ReferralId
    const step = (kind: string, fields: object) =>
      agent.submit(`/referrals/${one1}/${kind}`, `/referrals/${one1}/${kind}`, { ...fields })
    assert.equal((await step('phoned', { 'with-whom': 'Duty', says: 'Told them.' })).status, 303)
    const answered = await step('answered', {
      'with-whom': 'Duty',
      outcome: 'Refused: below threshold',
      says: 'No.',
      agrees: 'no',
    })
    assert.equal(answered.status, 303, textOf(answered.html))
    set('2026-05-12T09:00:00Z')
    assert.equal((await refer({ again: newId<string>(), 'again-because': 'Still in danger.' })).status, 409)
    assert.equal((await refer({ again: one1 })).status, 422)
    const again = await refer({ again: one1, 'again-because': 'Still in danger.', 'new-evidence': 'A second report.' })
    assert.equal(again.status, 303, textOf(again.html))
    const page = await pageOf(dsl, (again.location ?? '').replace(/\?.*/, ''))
    assert.match(
      page,
      /Referred again After that of .*?5 May 2026 at 11am : Refused: below threshold Still in danger\. A second report\./,
    )
    const { follows } = await one<{ follows: string }>(
      `select follows_id as follows from referral where concern_id = $1 and opened_at = $2`,
      [id, at('2026-05-12T09:00:00Z')],
    )
    assert.equal(follows, one1)
  })

  test('[WM-A3-3.8-01] the lead DSL owns a sexual case; asked of the hub lead at 13:10, the advice of 13:50 stands there beside the asking', async () => {
    set('2026-11-18T13:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, first(williamMacgregor), ['sexual-harassment'], {
      children: both(williamMacgregor),
    })
    const { owner } = await one<{ owner: AdultId }>('select owner_id as owner from concern where id = $1', [id])
    assert.equal(owner, dsl.adultId)
    set('2026-11-18T13:10:00Z')
    const { id: step } = await stepNamed(dsl, id, 'sexual-harassment.hub')
    const agent = await app.agentFor(dsl.adultId)
    const path = `/concerns/${id}/steps/${step}`
    assert.equal((await agent.submit(path, path, { kind: 'asked' })).status, 422)
    assert.equal((await agent.submit(path, path, { kind: 'asked', 'with-whom': 'Hub lead' })).status, 303)
    set('2026-11-18T13:50:00Z')
    assert.match(await pageOf(dsl, `/concerns/${id}`), /for support, where you want it Not recorded yet:/)
    const advice = { kind: 'done', 'with-whom': 'Hub lead', says: 'Keep them in separate groups.' }
    assert.equal((await agent.submit(path, path, advice)).status, 303)
    const { events, settled } = await stepNamed(dsl, id, 'sexual-harassment.hub')
    assert.equal(settled, 'done')
    assert.deepEqual(
      events.map(event => [event.kind, event.at]),
      [
        ['asked', '2026-11-18T13:10:00.000Z'],
        ['done', '2026-11-18T13:50:00.000Z'],
      ],
    )
    assert.match(
      await pageOf(dsl, `/concerns/${id}`),
      /Asked for advice, which is awaited: .*?with Hub lead Done: .*?Keep them in separate groups/,
    )
  })

  test('[WM-7.8.1-02] a pupil tells about another child: somebody goes back to them within five school days', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const answered = [{ question: 'about-another-child', option: 'another-child', says: '', on: null }]
    const id = await record(williamMacgregor, teacher, first(williamMacgregor), ['disclosure'], {
      children: both(williamMacgregor),
      answers: answered,
    })
    const actions = await app.people.query<{ says: string; due: string; owner_id: AdultId; child_id: ChildId }>(
      'select says, due_on::text as due, owner_id, child_id from action where concern_id = $1',
      [id],
    )
    assert.equal(actions.length, 1)
    assert.match(actions[0]?.says ?? '', /^Go back to the child who told/)
    assert.deepEqual(
      [actions[0]?.due, actions[0]?.owner_id, actions[0]?.child_id],
      ['2026-11-25', dsl.adultId, first(williamMacgregor).childId],
    )
    const none = await record(williamMacgregor, teacher, first(williamMacgregor), ['disclosure'])
    assert.deepEqual(await app.people.query('select 1 from action where concern_id = $1', [none]), [])
    assert.match(textOf((await (await app.agentFor(teacher.adultId)).get('/concerns/new')).html), /Yes, about another child/)
  })

  test('[WM-A3-7.4-01] [WM-A3-7.5-01] meetings with parents: without the harmed child and without a reason it is not complete; a class move of the other child without a meeting shows that one is missing; neither family’s part stands with the other’s', async () => {
    set('2026-11-18T10:00:00Z')
    const { teacher, dsl } = williamMacgregor.adults
    const id = await record(williamMacgregor, teacher, first(williamMacgregor), ['sexual-harassment'], {
      children: both(williamMacgregor),
    })
    const [harmed, other] = both(williamMacgregor).map(child => child.childId)
    assert.ok(harmed && other)
    const path = `/concerns/${id}/arrangements`
    const meet = (childId: ChildId, more: object) =>
      on(dsl, 'arrangement.make', id, (work, permit, concern) =>
        recordFamilyMeeting(work, permit, concern, {
          childId,
          at: app.clock.now(),
          withWhom: 'Mother',
          childPresent: false,
          absentBecause: '',
          arrangements: 'A quiet place at lunch.',
          wishes: 'Not to sit near him.',
          education: '',
          nextSteps: 'We speak on Friday.',
          ...more,
        }),
      )
    const incomplete = await meet(harmed, {})
    assert.deepEqual(incomplete.ok && incomplete.value, ['child-or-reason'])
    assert.match(await pageOf(dsl, path), /Not complete Missing: whether the child was there or why not/)
    const complete = await meet(harmed, { absentBecause: 'She asked her mother to come alone.' })
    assert.deepEqual(complete.ok && complete.value, [])
    const move = await on(dsl, 'arrangement.make', id, (work, permit, concern) =>
      makeArrangement(work, permit, concern, {
        childId: other,
        kind: 'class-move',
        says: 'From 5B to 5A for maths.',
        beginsOn: '2026-11-23' as PlainDate,
      }),
    )
    assert.ok(move.ok)
    const page = await pageOf(dsl, path)
    assert.match(page, /Meeting missing Something is arranged for this child/)
    assert.ok(page.indexOf('Meeting missing') < page.indexOf('From 5B to 5A'))
    const half = await meet(other, { childPresent: true, wishes: '' })
    assert.deepEqual(half.ok && half.value, ['education'])
    assert.match(await pageOf(dsl, path), /Meeting missing/)
    const whole = await meet(other, { childPresent: true, wishes: '', education: 'The same work with another teacher.' })
    assert.deepEqual(whole.ok && whole.value, [])
    assert.doesNotMatch(await pageOf(dsl, path), /Meeting missing/)
    const headings = await app.people.query<{ child_id: ChildId; heading: string }>(
      `select child_id, heading from entry where concern_id = $1 and (heading like 'Parents: met%' or heading like 'Something is arranged%')`,
      [id],
    )
    assert.equal(headings.filter(entry => entry.child_id === harmed && entry.heading.startsWith('Something')).length, 0)
    assert.equal((await (await app.agentFor(teacher.adultId)).get(path)).status, 404)
  })
})
