import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { demo } from '../../../demo/people.ts'
import { type Agent, startTestApp, type TestApp } from '../../../test/support/app.ts'
import { concernAbout, recordAs } from '../../../test/support/concerns.ts'
import { testPolicies } from '../../../test/support/demonstration.ts'
import { presentation } from '../../../test/support/triage.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/plain-date.ts'

const school = demo.westPark
const { dsl, teacher, receptionist } = school.adults
const { amina } = school.pupils
const at = (time: string) => `2026-11-20T${time}:00.000Z` as Instant
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

describe('a notice of domestic abuse before the first lesson', () => {
  let app: TestApp
  let asDsl: Agent

  before(async () => {
    app = await startTestApp({ template: 'demonstration', policies: testPolicies(), now: at('08:25') })
    asDsl = await app.agentFor(dsl.adultId)
  })
  after(() => app.close())

  const notice = () =>
    recordAs(
      app,
      school,
      dsl,
      concernAbout(amina, {
        prompts: ['domestic-abuse'],
        category: 'family',
        reporter: {
          kind: 'on-behalf',
          name: 'Police, domestic abuse notices',
          adultId: null,
          reason: 'agency-mail',
          firstWrittenAt: null,
        },
        account: { childWords: '', seen: 'Officers were called to the home in the night.', opinion: '', done: '' },
      }),
    )
  const mark = (line: string) =>
    app.agentFor(receptionist.adultId).then(office => office.submit('/attendance/today', '/attendance/today', { lines: line }))
  const lineOf = async (child: { readonly childId: string }, rest: string) => {
    const [row] = await app.people.query<{ given_name: string; family_name: string; class_name: string }>(
      'select given_name, family_name, class_name from child where id = $1',
      [child.childId],
    )
    return `${row?.family_name}\t${row?.given_name}\t${row?.class_name}\t${rest}`
  }
  const judgement = {
    categories: 'domestic-abuse',
    level: 'derby.emerging',
    rationale: 'She was upstairs; her aunt brought her.',
  }
  const urgent = { 'immediate-risk': 'no', 'safe-to-go-home': 'yes', medical: 'no', police: 'no' }
  const send = (id: ConcernId, fields: Record<string, string | string[]>) =>
    asDsl.submit(`/concerns/${id}/triage`, `/concerns/${id}/triage`, fields)
  const stateOf = async (id: ConcernId) =>
    (await app.people.query<{ state: string }>('select state from concern where id = $1', [id]))[0]?.state

  test('[WP-6-13] an SDAT notice opened at 08:25 of a pupil marked present at 08:40 is triaged at 08:50 beside the mark and two earlier concerns, and not without the urgent and the presentation answers', async () => {
    app.clock.set('2026-11-12T11:00:00.000Z' as Instant)
    const earlier = [
      await recordAs(app, school, teacher, concernAbout(amina, { prompts: ['behaviour'] })),
      await recordAs(app, school, teacher, concernAbout(amina, { prompts: ['appearance'] })),
    ]
    app.clock.set(at('08:25'))
    const id = await notice()
    assert.equal((await asDsl.get(`/concerns/${id}`)).status, 200)
    assert.match(textOf((await asDsl.get(`/concerns/${id}/triage`)).html), /Registration today: no mark yet/)

    app.clock.set(at('08:40'))
    assert.equal((await mark(await lineOf(amina, 'present\t08:40\twith her aunt'))).status, 303)

    app.clock.set(at('08:50'))
    const { html } = await asDsl.get(`/concerns/${id}/triage`)
    assert.match(textOf(html), /Registration today: Present at 8:40am, with her aunt/)
    assert.match(textOf(html), /2 other concerns/)
    for (const one of earlier) assert.match(html, new RegExp(`href="/concerns/${one}"`))

    for (const [left, says] of [
      ['medical', /Answer “Does a child need medical help\?”/],
      ['safe-to-go-home', /Answer “Is it safe for the child to go home today\?”/],
      ['immediate-risk', /Answer “Is a child at immediate risk\?”/],
      ['answer-presentation-physical', /Answer “How is the child today, physically\?”/],
      ['answer-presentation-emotional', /Answer “How is the child today, emotionally and in behaviour\?”/],
    ] as const) {
      const { [left]: _left, ...rest } = { ...urgent, ...presentation, ...judgement } as Record<string, string>
      const refused = await send(id, rest)
      assert.equal(refused.status, 422, left)
      assert.match(refused.html, says)
      assert.match(refused.html, /She was upstairs; her aunt brought her\./, 'what was typed stays')
    }
    const bare = await send(id, { ...urgent, ...presentation, ...judgement, 'answer-presentation-physical': 'changed' })
    assert.match(bare.html, /Write: What is different\./)
    assert.equal(await stateOf(id), 'new')

    const opened = await asDsl.get(`/concerns/${id}/triage`)
    const started = /name="started" value="([^"]+)"/.exec(opened.html)?.[1] ?? ''
    app.clock.set(at('08:58'))
    const saved = await asDsl.submit(`/concerns/${id}/triage`, `/concerns/${id}/triage`, {
      started,
      ...urgent,
      ...judgement,
      'answer-presentation-physical': 'as-usual',
      'answer-presentation-emotional': 'changed',
      'answer-presentation-emotional-changed-says': 'Silent at the gate.',
      'answer-checks': ['siblings', 'children-services'],
      'answer-checks-siblings-says': 'The deputy, before break',
      'answer-checks-children-services-says': 'The DSL, by noon',
      'answer-told-now': 'Her form tutor, 08:55.',
    })
    assert.equal(saved.status, 303)
    // The register is corrected in the afternoon; the triage keeps what stood there when it was made.
    app.clock.set(at('14:00'))
    await mark(await lineOf(amina, 'late\t09:20'))
    const kept = textOf((await asDsl.get(`/concerns/${id}`)).html)
    assert.match(kept, /Looked at from 8:50am to 8:58am/)
    assert.match(kept, /Registration then Present at 8:40am, with her aunt/)
    assert.match(kept, /Not as usual Silent at the gate\./)
    assert.match(kept, /Brothers and sisters here or at another school[\s\S]*The deputy, before break/)
    assert.match(kept, /Her form tutor, 08:55\./)
  })

  test('the team enters one child’s mark; an arrival without a time, a word that is no mark and a stranger’s name keep nothing', async () => {
    app.clock.set(at('08:50'))
    const path = `/children/${amina.childId}/attendance`
    const empty = await asDsl.submit(path, `${path}/mark`, { mark: 'late' })
    assert.equal(empty.status, 422)
    assert.match(empty.html, /href="#at-time"[^>]*>Enter when the child came\./)
    assert.match((await asDsl.submit(path, `${path}/mark`, {})).html, /Select whether the child is here\./)
    assert.equal((await asDsl.submit(path, `${path}/mark`, { mark: 'absent', 'mark-says': 'The aunt rang.' })).status, 303)
    assert.match(textOf((await asDsl.get(path)).html), /Absent, The aunt rang\./)
    const wrong = await mark(
      `Family\tFirst\tClass\tMark\tTime\n${await lineOf(amina, 'here\t08:40')}\n${await lineOf(amina, 'present')}\nNobody\tSuch\t\tpresent\t08:40\n${await lineOf(amina, 'late\t25:99')}`,
    )
    assert.equal(wrong.status, 422)
    for (const says of [
      /Line 2: the mark must be/,
      /Line 3: it needs the time/,
      /Line 4: nobody on roll/,
      /Line 5: the time cannot be read/,
    ])
      assert.match(wrong.html, says)
    assert.match(textOf((await asDsl.get(path)).html), /Absent, The aunt rang\./)
    const asTeacher = await app.agentFor(teacher.adultId)
    assert.equal((await asTeacher.get('/attendance/today')).status, 403)
  })

  test('the moment at which a triage began is never before the concern nor after the saving', async () => {
    app.clock.set(at('10:00'))
    for (const started of ['2020-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z', 'never']) {
      const id = await notice()
      assert.equal((await send(id, { started, ...urgent, ...presentation, ...judgement })).status, 303)
      const [row] = await app.people.query('select started_at from triage where concern_id = $1', [id])
      assert.equal(row?.['started_at'], null, started)
    }
  })
})
