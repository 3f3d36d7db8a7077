import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { ConductStage, someWords } from '../../../test/support/conduct.ts'
import {
  addToConduct,
  assessConduct,
  concludeConduct,
  contactLado,
  openCase,
  openOwnConduct,
  recordConduct,
  takeOverConduct,
} from './index.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

const morning = '2025-01-16T08:55:00.000Z'
const low = { believed: 'low-level' } as const

test('[WP-9-04] at West Park a concern about a colleague goes to the head alone, at the moment it is sent', async () => {
  const stage = await ConductStage.at(app, 'west-park', {
    teacher: {},
    colleague: {},
    dsl: { roles: ['dsl'] },
    deputy: { roles: ['deputy-dsl'] },
    head: { roles: ['headteacher'] },
    chair: { roles: ['chair-of-governors'] },
    administrator: { roles: ['system-administrator'] },
  })
  const id = await stage.record('teacher', morning, ['colleague'])
  assert.deepEqual(await stage.told(id), [{ who: 'head', kind: 'told', rule: 'routing.conduct-1', at: morning }])
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'head'])
  const alerts = await app.people.query('select id from alert where school_id = $1', [stage.school.id])
  const concerns = await app.people.query('select id from concern where school_id = $1', [stage.school.id])
  assert.deepEqual([...alerts, ...concerns], [], 'nothing of it lies where the DSL looks')
})

test('[WP-9-05] an allegation that names the head reaches the chair alone, and nothing of it the head', async () => {
  const stage = await ConductStage.at(app, 'west-park', {
    teacher: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
    chair: { roles: ['chair-of-governors'] },
  })
  const id = await stage.record('teacher', morning, ['head'], { believed: 'harm-threshold' })
  assert.deepEqual(await stage.names(id), ['chair'])
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'chair'])
  const mails = await app.people.query('select adult_id from outbox where school_id = $1', [stage.school.id])
  assert.deepEqual(mails, [])
  const [lado] = await stage.clocks(id)
  assert.deepEqual(lado, { name: 'lado-contact', owner: 'chair', due: '2025-01-17T23:59:59.000Z', state: 'running' })
})

test('[WP-9-06] a conflict of interest with the head goes to nobody in school: the LADO is shown, and the time is kept', async () => {
  const stage = await ConductStage.at(app, 'west-park', {
    teacher: {},
    partner: { relativeOf: 'head' },
    colleague: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
    chair: { roles: ['chair-of-governors'] },
  })
  const conduct = stage.conduct(['partner'], { conflictOfInterest: true })
  const done = await stage.as('teacher', morning, work => recordConduct(work, conduct))
  assert.ok(done.ok)
  assert.deepEqual(done.value.outside, ['derby.lado', 'nspcc-whistleblowing'])
  assert.deepEqual(await stage.names(conduct.id), [])
  assert.deepEqual(await stage.sees(conduct.id, morning), ['teacher:own'])
  const declared = await stage.record('teacher', morning, ['colleague'], { conflictOfInterest: true })
  assert.deepEqual(await stage.names(declared), [], 'whoever reports it says so, and that is enough')
  await stage.as('teacher', '2025-01-16T09:20:00.000Z', work =>
    contactLado(work, declared, { how: 'telephone', says: 'Told the LADO on duty.' }),
  )
  assert.equal((await stage.clocks(declared))[0]?.state, 'met', 'whoever was sent to the LADO discharges it')
})

test('[WP-9-09] a low-level concern goes to the DSL or the head; about one of them to the other or the chair', async () => {
  const cast = {
    teacher: {},
    colleague: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
    chair: { roles: ['chair-of-governors'] },
  } as const
  const stage = await ConductStage.at(app, 'west-park', cast)
  const ordinary = await stage.record('teacher', morning, ['colleague'], low)
  assert.deepEqual(await stage.names(ordinary), ['dsl'])
  assert.equal((await stage.clocks(ordinary))[0]?.name, 'conduct-shared-upward', 'the head, who decides, is owed it')
  const aboutDsl = await stage.record('teacher', morning, ['dsl'], low)
  assert.deepEqual(await stage.sees(aboutDsl, morning), ['teacher:own', 'head'])
  const aboutHead = await stage.record('teacher', morning, ['head'], low)
  assert.deepEqual(await stage.sees(aboutHead, morning), ['teacher:own', 'chair'])
  const withoutHead = await ConductStage.at(app, 'west-park', { teacher: {}, dsl: cast.dsl, chair: cast.chair })
  const next = await withoutHead.record('teacher', morning, ['dsl'], low)
  assert.deepEqual(await withoutHead.names(next), ['chair'])
})

test('a low-level concern about a relative of the head goes past the head to the chair, and where the chair is tied too no time runs that nobody could meet', async () => {
  const cast = {
    teacher: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'], relativeOf: 'brother' },
    brother: { roles: ['support-staff'] },
  } as const
  const stage = await ConductStage.at(app, 'west-park', { ...cast, chair: { roles: ['chair-of-governors'] } })
  const id = await stage.record('teacher', morning, ['brother'], low)
  assert.deepEqual(await stage.names(id), ['dsl'])
  assert.deepEqual(await stage.clocks(id), [{ name: 'conduct-shared-upward', owner: 'dsl', due: null, state: 'running' }])
  await stage.as('dsl', morning, work => assessConduct(work, id, { outcome: 'low-level', rationale: 'Told off in the yard.' }))
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'dsl', 'chair'])
  assert.equal((await stage.clocks(id))[0]?.state, 'met')

  const chair = { roles: ['chair-of-governors'], relativeOf: 'brother' } as const
  const tied = await ConductStage.at(app, 'west-park', { ...cast, chair })
  const kept = await tied.record('teacher', morning, ['brother'], low)
  assert.deepEqual([await tied.names(kept), await tied.clocks(kept)], [['dsl'], []])
})

test('[WP-A1-03] while the head is off site the DSL receives it as stand-in, and the head is handed it the next morning at eight', async () => {
  const stage = await ConductStage.at(app, 'west-park', {
    teacher: {},
    colleague: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'], out: ['2025-01-16T00:00:00.000Z', '2025-01-17T08:00:00.000Z'] },
  })
  const id = await stage.record('teacher', '2025-01-16T09:10:00.000Z', ['colleague'])
  assert.deepEqual(await stage.names(id), ['dsl'])
  assert.equal((await stage.state(id)).manager, 'dsl')
  await stage.sweep('2025-01-17T07:59:00.000Z')
  assert.deepEqual(await stage.names(id), ['dsl'])
  await stage.sweep('2025-01-17T08:00:00.000Z')
  assert.deepEqual((await stage.told(id)).at(-1), {
    who: 'head',
    kind: 'handed-over',
    rule: 'conduct.handed-back',
    at: '2025-01-17T08:00:00.000Z',
  })
  assert.equal((await stage.state(id)).manager, 'head')
  assert.equal((await stage.clocks(id)).find(({ name }) => name === 'lado-contact')?.owner, 'head')
  await stage.sweep('2025-01-17T08:01:00.000Z')
  assert.equal((await stage.names(id)).length, 2, 'once')
})

test('[WA-0-03] a person who is head, DSL and designated teacher learns nothing of a concern about themselves: the chair alone does', async () => {
  const stage = await ConductStage.at(app, 'westacre', {
    volunteer: { roles: ['volunteer'], kind: 'volunteer' },
    head: { roles: ['headteacher', 'dsl', 'designated-teacher'] },
    deputy: { roles: ['deputy-dsl'] },
    chair: { roles: ['chair-of-governors'] },
  })
  const id = await stage.record('volunteer', '2026-05-12T09:00:00.000Z', ['head'], { believed: 'harm-threshold' })
  assert.deepEqual(await stage.names(id), ['chair'])
  assert.deepEqual(await stage.sees(id, '2026-05-12T09:00:00.000Z'), ['volunteer:own', 'chair'])
  const seen = await stage.as('head', '2026-05-12T09:01:00.000Z', async work => [
    ...(await work.tx.run({ name: 'head_cases', text: 'select id from conduct_case' }, [])),
    ...(await work.tx.run({ name: 'head_alerts', text: 'select id from conduct_alert' }, [])),
    ...(await work.tx.run({ name: 'head_clocks', text: `select id from clock where area = 'conduct'` }, [])),
  ])
  assert.deepEqual(seen, [])
})

test('[WA-21-06] an allegation about the head goes to the chair; unopened at noon the governor in reserve hears that one waits, and may take it over', async () => {
  const stage = await ConductStage.at(app, 'westacre', {
    teacher: {},
    head: { roles: ['headteacher', 'dsl'] },
    chair: { roles: ['chair-of-governors'] },
    reserve: { roles: ['safeguarding-governor'] },
  })
  // Ten and twelve o'clock of a British summer morning.
  const at = '2026-05-12T09:00:00.000Z'
  const conduct = stage.conduct(['head'])
  const done = await stage.as('teacher', at, work => recordConduct(work, conduct))
  assert.ok(done.ok)
  await stage.sweep('2026-05-12T11:00:00.000Z')
  assert.deepEqual(await stage.names(conduct.id), ['chair'])
  await stage.sweep('2026-05-12T11:01:00.000Z')
  assert.deepEqual((await stage.told(conduct.id)).at(-1), {
    who: 'reserve',
    kind: 'unanswered',
    rule: 'conduct.unopened',
    at: '2026-05-12T11:01:00.000Z',
  })
  assert.equal(
    await stage.opens('reserve', '2026-05-12T11:02:00.000Z', conduct.id),
    false,
    'told that one waits, and of whom nothing',
  )
  assert.equal(await stage.opens('head', '2026-05-12T11:02:00.000Z', conduct.id), false)
  await stage.as('reserve', '2026-05-12T11:05:00.000Z', work => takeOverConduct(work, conduct.id))
  assert.equal(await stage.opens('reserve', '2026-05-12T11:06:00.000Z', conduct.id), true)
  assert.equal((await stage.state(conduct.id)).manager, 'reserve')
})

test('[WA-21-04] where the head has not contacted the LADO by five the chair hears that one contact is late, and no name', async () => {
  const stage = await ConductStage.at(app, 'westacre', {
    teacher: {},
    colleague: {},
    head: { roles: ['headteacher', 'dsl'] },
    chair: { roles: ['chair-of-governors'] },
  })
  const id = await stage.record('teacher', '2026-05-12T08:00:00.000Z', ['colleague'], { believed: 'harm-threshold' })
  await stage.sweep('2026-05-12T16:00:00.000Z')
  assert.deepEqual(await stage.names(id), ['head'])
  await stage.sweep('2026-05-12T16:01:00.000Z')
  const late = (await stage.told(id)).at(-1)
  assert.deepEqual([late?.who, late?.kind], ['chair', 'overdue'])
  assert.equal(await stage.opens('chair', '2026-05-12T16:02:00.000Z', id), false)
  const [said] = await app.people.query<{ says: string }>(
    `select says from conduct_alert where case_id = $1 and kind = 'overdue'`,
    [id],
  )
  assert.doesNotMatch(said?.says ?? '', /colleague|head/)
})

test('[WY-14-01] a threshold concern goes to whoever stands in for an absent head', async () => {
  const stage = await ConductStage.at(app, 'westley', {
    teacher: {},
    colleague: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'], out: ['2025-03-10T00:00:00.000Z', '2025-03-11T00:00:00.000Z'] },
    acting: { roles: ['deputy-headteacher'] },
  })
  const id = await stage.record('teacher', '2025-03-10T09:30:00.000Z', ['colleague'], { believed: 'harm-threshold' })
  assert.deepEqual(await stage.told(id), [
    { who: 'acting', kind: 'told', rule: 'routing.conduct-1', at: '2025-03-10T09:30:00.000Z' },
  ])
})

test('[WY-14-02] a concern about a midday supervisor who is a relative of the head goes to the Director of Education, and the head sees nothing', async () => {
  const stage = await ConductStage.at(app, 'westley', {
    teacher: {},
    supervisor: { roles: ['support-staff'], relativeOf: 'head' },
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
    acting: { roles: ['deputy-headteacher'] },
    director: { roles: ['director-of-education'] },
  })
  const id = await stage.record('teacher', morning, ['supervisor'])
  assert.deepEqual(await stage.names(id), ['director'])
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'director'])
})

test('[WY-14-03] a case of a Friday afternoon is late once Monday is over without the LADO, and the Trust Lead on Safeguarding hears', async () => {
  const stage = await ConductStage.at(app, 'westley', {
    teacher: {},
    colleague: {},
    head: { roles: ['headteacher'] },
    trustLead: { roles: ['trust-safeguarding-lead'] },
  })
  const id = await stage.record('teacher', '2025-03-14T15:00:00.000Z', ['colleague'], { believed: 'harm-threshold' })
  assert.deepEqual(await stage.clocks(id), [
    { name: 'lado-contact', owner: 'head', due: '2025-03-17T23:59:59.000Z', state: 'running' },
  ])
  await stage.sweep('2025-03-17T23:59:59.000Z')
  assert.deepEqual(await stage.names(id), ['head'])
  await stage.sweep('2025-03-18T00:00:30.000Z')
  const late = (await stage.told(id)).at(-1)
  assert.deepEqual([late?.who, late?.kind], ['trustLead', 'overdue'])
  assert.equal((await stage.clocks(id))[0]?.state, 'breached')
})

test('[WY-15-01] a low-level concern goes to the DSL, when out to a deputy; about the DSL to the head and never to the deputy; about the central team to the Trust Lead', async () => {
  const cast = {
    teacher: {},
    colleague: {},
    dsl: { roles: ['dsl'] },
    deputy: { roles: ['deputy-dsl'] },
    head: { roles: ['headteacher'] },
    director: { roles: ['director-of-education'] },
    trustLead: { roles: ['trust-safeguarding-lead'] },
    officer: { roles: ['central-staff'] },
  } as const
  const stage = await ConductStage.at(app, 'westley', cast)
  const aboutDsl = await stage.record('teacher', morning, ['dsl'], low)
  assert.deepEqual(await stage.sees(aboutDsl, morning), ['teacher:own', 'head'])
  assert.equal((await stage.names(aboutDsl)).includes('deputy'), false)
  const ordinary = await stage.record('teacher', morning, ['colleague'], low)
  assert.deepEqual(await stage.names(ordinary), ['dsl'])
  const aboutHead = await stage.record('teacher', morning, ['head'], low)
  assert.deepEqual(await stage.names(aboutHead), ['director'])
  const central = await stage.record('teacher', morning, ['officer'], low)
  assert.deepEqual(await stage.names(central), ['trustLead'])
  const out = await ConductStage.at(app, 'westley', {
    ...cast,
    dsl: { roles: ['dsl'], out: ['2025-01-16T00:00:00.000Z', '2025-01-17T00:00:00.000Z'] },
  })
  assert.deepEqual(await out.names(await out.record('teacher', morning, ['colleague'], low)), ['deputy'])
})

test('[WY-15-03] the head has a low-level concern at the moment the DSL saves it, with the receipt that it was shared', async () => {
  const stage = await ConductStage.at(app, 'westley', {
    teacher: {},
    colleague: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
  })
  const at = '2025-01-16T10:00:00.000Z'
  const id = await stage.record('dsl', at, ['colleague'], {
    ...low,
    reporter: { kind: 'on-behalf', name: 'teacher', adultId: stage.id('teacher'), reason: 'spoken' },
  })
  assert.deepEqual(
    (await stage.told(id)).map(({ who, kind, at: when }) => [who, kind, when]),
    [
      ['dsl', 'told', at],
      ['head', 'shared', at],
    ],
  )
  assert.deepEqual(await stage.clocks(id), [{ name: 'conduct-shared-upward', owner: 'dsl', due: null, state: 'met' }])
  assert.equal(await stage.opens('head', at, id), true)

  const reported = await stage.record('teacher', '2025-01-16T09:30:00.000Z', ['colleague'], low)
  assert.equal((await stage.clocks(reported))[0]?.state, 'running', 'owed until the DSL has put it on record')
  assert.equal(await stage.opens('head', at, reported), false)
  await stage.as('dsl', at, work => assessConduct(work, reported, { outcome: 'low-level', rationale: 'Thoughtless.' }))
  assert.deepEqual((await stage.told(reported)).at(-1), {
    who: 'head',
    kind: 'shared',
    rule: 'routing.conduct-low-level-shared',
    at,
  })
  assert.equal((await stage.clocks(reported))[0]?.state, 'met')
  assert.equal(await stage.opens('head', at, reported), true)
})

test('[WY-15-04] a low-level concern about the DSL that the head records is with the Director of Education as it is saved', async () => {
  const stage = await ConductStage.at(app, 'westley', {
    head: { roles: ['headteacher'] },
    dsl: { roles: ['dsl'] },
    director: { roles: ['director-of-education'] },
  })
  const id = await stage.record('head', morning, ['dsl'], low)
  assert.deepEqual(
    (await stage.told(id)).map(({ who, kind }) => [who, kind]),
    [
      ['head', 'told'],
      ['director', 'shared'],
    ],
  )
  assert.equal(await stage.opens('director', morning, id), true)
  assert.equal(await stage.opens('dsl', morning, id), false)
})

test('[WM-4.1.5-11] a nagging doubt about a teacher is seen by the head alone, and by no deputy DSL', async () => {
  const stage = await ConductStage.at(app, 'william-macgregor', {
    assistant: { roles: ['teaching-assistant'] },
    teacher: {},
    deputy: { roles: ['deputy-dsl'] },
    head: { roles: ['headteacher', 'dsl'] },
    director: { roles: ['director-of-education'] },
  })
  const id = await stage.record('assistant', morning, ['teacher'], low)
  assert.deepEqual(await stage.sees(id, morning), ['assistant:own', 'head'])
})

test('[WM-4.1.5-12] a head who is lead DSL and Prevent contact gets no sight in any of those roles: the Director of Education has the LADO to contact', async () => {
  const stage = await ConductStage.at(app, 'william-macgregor', {
    teacher: {},
    deputy: { roles: ['deputy-dsl'] },
    head: { roles: ['headteacher', 'dsl', 'prevent-contact', 'attendance-lead'] },
    director: { roles: ['director-of-education'] },
  })
  const id = await stage.record('teacher', morning, ['head'])
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'director'])
  const [lado] = await stage.clocks(id)
  assert.deepEqual([lado?.name, lado?.owner], ['lado-contact', 'director'])
})

test('[WM-9.3-01] an allegation that nobody opens within the setting of thirty minutes is told to whoever stands in and to the Director', async () => {
  const stage = await ConductStage.at(app, 'william-macgregor', {
    teacher: {},
    colleague: {},
    head: { roles: ['headteacher'] },
    acting: { roles: ['deputy-headteacher'] },
    director: { roles: ['director-of-education'] },
  })
  const id = await stage.record('teacher', '2025-01-16T10:00:00.000Z', ['colleague'])
  assert.deepEqual(await stage.names(id), ['head'])
  await stage.sweep('2025-01-16T10:30:00.000Z')
  assert.deepEqual(await stage.names(id), ['head'])
  await stage.sweep('2025-01-16T10:30:30.000Z')
  assert.deepEqual([...(await stage.names(id))].sort(), ['acting', 'director', 'head'])
  const opened = await stage.record('teacher', '2025-01-16T10:00:00.000Z', ['colleague'])
  await stage.as('head', '2025-01-16T10:20:00.000Z', work => openCase(work, opened))
  await stage.sweep('2025-01-16T10:31:00.000Z')
  assert.deepEqual(await stage.names(opened), ['head'])
})

test('[WM-9.5-01] about the chief executive only the chair of the trust board is told; about the Director the chief executive; about central staff the first of two officers', async () => {
  const stage = await ConductStage.at(app, 'william-macgregor', {
    teacher: {},
    head: { roles: ['headteacher', 'dsl'] },
    director: { roles: ['director-of-education'] },
    officer: { roles: ['chief-operating-officer'] },
    chief: { roles: ['chief-executive'] },
    chair: { roles: ['chair-of-trustees'] },
    trainer: { roles: ['central-staff'], kind: 'trust' },
  })
  const aboutChief = await stage.record('teacher', morning, ['chief'])
  assert.deepEqual(await stage.names(aboutChief), ['chair'])
  assert.deepEqual(await stage.sees(aboutChief, morning), ['teacher:own', 'chair'])
  assert.deepEqual(await stage.names(await stage.record('teacher', morning, ['director'])), ['chief'])
  assert.deepEqual(await stage.names(await stage.record('teacher', morning, ['head'])), ['director'])
  assert.deepEqual(await stage.names(await stage.record('teacher', morning, ['trainer'])), ['officer'])
})

test('[WM-9.5-02] the officer who is first in line for central staff is passed over where the concern is about them', async () => {
  const stage = await ConductStage.at(app, 'william-macgregor', {
    teacher: {},
    officer: { roles: ['chief-operating-officer', 'central-staff'] },
    chief: { roles: ['chief-executive'] },
    chair: { roles: ['chair-of-trustees'] },
  })
  const id = await stage.record('teacher', morning, ['officer'])
  assert.deepEqual(await stage.names(id), ['chief'])
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'chief'])
})

test('[MM-8.2-01] a concern about a deputy DSL leaves no trace with the deputy, and the head is told', async () => {
  const stage = await ConductStage.at(app, 'mmap', {
    teacher: {},
    deputy: { roles: ['deputy-dsl'] },
    head: { roles: ['headteacher', 'dsl'] },
    chair: { roles: ['chair-of-governors'] },
  })
  const id = await stage.record('teacher', morning, ['deputy'])
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'head'])
  assert.deepEqual(await stage.names(id), ['head'])
})

test('[MM-8.2.1-03] an allegation about the head, who is the DSL too, is with the chair of the committee and counts nowhere for the head', async () => {
  const stage = await ConductStage.at(app, 'mmap', {
    teacher: {},
    head: { roles: ['headteacher', 'dsl'] },
    deputy: { roles: ['deputy-dsl'] },
    chair: { roles: ['chair-of-governors'] },
  })
  const counts = () =>
    stage.as('head', morning, async work =>
      work.tx.run<{ n: number }>(
        {
          name: 'head_counts',
          text: `select (select count(*) from concern) + (select count(*) from alert) + (select count(*) from conduct_case) + (select count(*) from conduct_alert)
            + (select count(*) from clock) + (select count(*) from notice) as n`,
        },
        [],
      ),
    )
  const before = await counts()
  const id = await stage.record('teacher', morning, ['head'], { believed: 'harm-threshold' })
  assert.deepEqual(await counts(), before)
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'chair'])
})

test('[MM-8.2.2-01] a low-level note is with the head alone, who judges it with a reason', async () => {
  const stage = await ConductStage.at(app, 'mmap', {
    tutor: {},
    teacher: {},
    deputy: { roles: ['deputy-dsl'] },
    head: { roles: ['headteacher', 'dsl'] },
  })
  const id = await stage.record('tutor', morning, ['teacher'], low)
  assert.deepEqual(await stage.sees(id, morning), ['tutor:own', 'head'])
  const bare = { outcome: 'spoken with', context: 'In a lesson', action: '', lessons: 'None', rationale: '' }
  const refused = await stage.as('head', morning, work => concludeConduct(work, id, bare), false)
  assert.deepEqual(refused, { ok: false, refusal: { code: 'not-written', fields: ['rationale'] } })
  const done = await stage.as('head', morning, work => concludeConduct(work, id, { ...bare, rationale: 'A first time.' }))
  assert.equal(done.ok, true)
})

test('[MM-8.3-02] a report about the practice of the DSL, without a name, goes to the chair, and the DSL cannot see it', async () => {
  const stage = await ConductStage.at(app, 'mmap', {
    tutor: {},
    head: { roles: ['headteacher', 'dsl'] },
    chair: { roles: ['chair-of-governors'] },
  })
  const id = await stage.record('tutor', morning, ['head'], { kind: 'practice', anonymous: true })
  assert.deepEqual(await stage.sees(id, morning), ['tutor:own', 'chair'])
  assert.deepEqual(await stage.clocks(id), [])
  const { found } = await stage.as('chair', morning, work => openCase(work, id))
  assert.equal(found.reporterId, null, 'whoever asked not to be named is not')
})

test('[WY-17-01] a worry about practice that is about the head is offered to the chair alone', async () => {
  const stage = await ConductStage.at(app, 'westley', {
    teacher: {},
    head: { roles: ['headteacher'] },
    chair: { roles: ['chair-of-governors'] },
  })
  assert.deepEqual(await stage.names(await stage.record('teacher', morning, [], { kind: 'practice' })), ['head'])
  assert.deepEqual(await stage.names(await stage.record('teacher', morning, ['head'], { kind: 'practice' })), ['chair'])
})

test('a worry that late records are routine, naming the DSL, is received by the head and not by the DSL', async () => {
  const stage = await ConductStage.at(app, 'west-park', {
    teacher: {},
    dsl: { roles: ['dsl', 'senior-leader'] },
    head: { roles: ['headteacher'] },
    chair: { roles: ['chair-of-governors'] },
  })
  const id = await stage.record('teacher', morning, ['dsl'], { kind: 'practice' })
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'head'])
  const withoutHead = await ConductStage.at(app, 'west-park', {
    teacher: {},
    dsl: { roles: ['dsl', 'senior-leader'] },
    chair: { roles: ['chair-of-governors'] },
  })
  assert.deepEqual(await withoutHead.names(await withoutHead.record('teacher', morning, ['dsl'], { kind: 'practice' })), [
    'chair',
  ])
})

test('a record without the place is refused naming the place, and what is added later changes nothing of the original', async () => {
  const stage = await ConductStage.at(app, 'west-park', { teacher: {}, colleague: {}, head: { roles: ['headteacher'] } })
  const conduct = stage.conduct(['colleague'], { words: { ...someWords, place: '' } })
  assert.deepEqual(await stage.as('teacher', morning, work => recordConduct(work, conduct), false), {
    ok: false,
    refusal: { code: 'words-missing', fields: ['place'] },
  })
  const id = await stage.record('teacher', morning, ['colleague'])
  const later = '2025-01-16T12:00:00.000Z'
  await stage.as('teacher', later, work => addToConduct(work, id, { ...someWords, seen: 'It was the lower corridor.' }))
  const { words } = await stage.as('teacher', later, work => openOwnConduct(work, id))
  assert.deepEqual(
    words.map(({ part, at, report }) => [part, at, report.words.seen]),
    [
      [1, morning, someWords.seen],
      [2, later, 'It was the lower corridor.'],
    ],
  )
})

test('a low-level concern that turns out to meet the threshold goes to whoever the policy gives such cases', async () => {
  const stage = await ConductStage.at(app, 'westley', {
    teacher: {},
    colleague: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
  })
  const id = await stage.record('teacher', morning, ['colleague'], low)
  assert.equal((await stage.state(id)).manager, 'dsl')
  const judged = { outcome: 'harm-threshold', rationale: 'A second child says the same.' } as const
  await stage.as('dsl', '2025-01-16T10:00:00.000Z', work => assessConduct(work, id, judged))
  assert.deepEqual(await stage.state(id), { state: 'open', chain: 'conduct', manager: 'head', level: 'harm-threshold' })
  assert.deepEqual(
    (await stage.clocks(id)).find(({ name }) => name === 'lado-contact'),
    {
      name: 'lado-contact',
      owner: 'head',
      due: '2025-01-17T23:59:59.000Z',
      state: 'running',
    },
  )
})

test('[WM-9.3-02] a DSL with full rights over pupils’ files gets no notice of an allegation about them and cannot see it', async () => {
  const stage = await ConductStage.at(app, 'william-macgregor', {
    teacher: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
  })
  const id = await stage.record('teacher', morning, ['dsl'], { believed: 'harm-threshold' })
  assert.deepEqual(await stage.names(id), ['head'])
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'head'])
  const found = await stage.as('dsl', morning, async work => [
    ...(await work.tx.run({ name: 'dsl_cases', text: 'select id from conduct_case' }, [])),
    ...(await work.tx.run({ name: 'dsl_alerts', text: 'select id from conduct_alert' }, [])),
    ...(await work.tx.run({ name: 'dsl_notices', text: 'select id from notice' }, [])),
    ...(await work.tx.run({ name: 'dsl_clocks', text: `select id from clock where area = 'conduct'` }, [])),
  ])
  assert.deepEqual(found, [])
})

test('[WA-5-43] while the head manages a case about staff the DSL sees no trace of it', async () => {
  const stage = await ConductStage.at(app, 'westacre', {
    teacher: {},
    colleague: {},
    dsl: { roles: ['dsl'] },
    head: { roles: ['headteacher'] },
  })
  const id = await stage.record('teacher', morning, ['colleague'])
  await stage.as('head', morning, work => openCase(work, id))
  assert.equal((await stage.state(id)).manager, 'head')
  assert.deepEqual(await stage.sees(id, morning), ['teacher:own', 'head'])
})
