import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestApp, type TestApp } from '../../../test/support/app.ts'
import { policiesByKey } from '../../../test/support/concern-form.ts'
import { type CastMember, ConductStage, someWords } from '../../../test/support/conduct.ts'
import { authorise } from '../../access/index.ts'
import type { CaseId } from '../../kernel/ids.ts'
import type { PlainDate } from '../../kernel/plain-date.ts'
import { findPolicyTexts, readPolicies } from '../../policy/load.ts'
import {
  addConductSubject,
  assessConduct,
  challengeConduct,
  concludeConduct,
  contactLado,
  decideHire,
  keepBooking,
  keepHirer,
  listOwnAlerts,
  type NewConclusion,
  openCase,
  openOwnConduct,
  openPremises,
  recordConduct,
  recordConductContact,
  reviewConductPattern,
} from './index.ts'

let app: TestApp
before(async () => {
  app = await startTestApp({ policies: policiesByKey })
})
after(() => app.close())

const cast: Readonly<Record<string, CastMember>> = {
  teacher: {},
  colleague: {},
  supply: { roles: ['supply'], kind: 'supply', employer: 'An agency' },
  dsl: { roles: ['dsl'] },
  head: { roles: ['headteacher'] },
  chair: { roles: ['chair-of-governors'] },
}
const at = '2025-01-20T09:30:00.000Z'
const low = { believed: 'low-level' } as const
const none = { harmed: 'no', offence: 'no', risk: 'no', unsuitable: 'no' } as const
const ended: NewConclusion = { outcome: 'ended', context: 'x', action: 'x', rationale: 'x', lessons: 'x' }
const call = { how: 'telephone', says: 'Advice of the LADO on duty.' } as const

async function stageAt(key: string): Promise<ConductStage> {
  return ConductStage.at(app, key, cast)
}

const code = (result: { readonly ok: boolean; readonly refusal?: { readonly code: string } }) =>
  result.ok ? 'done' : result.refusal?.code

test('[MM-8.2-02] where the head is unsure about a limb, low-level is refused until a consultation is kept', async () => {
  const stage = await stageAt('mmap')
  const id = await stage.record('teacher', at, ['colleague'])
  const judge = () =>
    stage.as('head', at, work =>
      assessConduct(work, id, { outcome: 'low-level', limbs: { ...none, risk: 'unsure' }, rationale: 'Unclear.' }),
    )
  assert.equal(code(await judge()), 'lado-first')
  await stage.as('head', at, work => recordConductContact(work, id, { ...call, kind: 'advice' }))
  assert.equal(code(await judge()), 'done')
})

test('[MM-8.2.1-01] with the fourth limb met the way leads to the LADO, and low-level cannot be chosen', async () => {
  const stage = await stageAt('mmap')
  const id = await stage.record('teacher', at, ['colleague'], low)
  const limbs = { ...none, unsuitable: 'yes' } as const
  assert.equal(
    code(await stage.as('head', at, work => assessConduct(work, id, { outcome: 'low-level', limbs, rationale: 'x' }))),
    'limb-met',
  )
  assert.equal(
    code(await stage.as('head', at, work => assessConduct(work, id, { outcome: 'harm-threshold', limbs, rationale: 'x' }))),
    'done',
  )
  assert.deepEqual(
    (await stage.clocks(id)).map(({ name, owner }) => [name, owner]),
    [['lado-contact', 'head']],
  )
})

test('[MM-8.2.1-02] an allegation of half past nine and a call to the LADO at five past ten are 35 minutes apart, and the adult is not asked before', async () => {
  const stage = await stageAt('mmap')
  const id = await stage.record('teacher', at, ['colleague'], { believed: 'harm-threshold' })
  assert.deepEqual(await stage.names(id), ['head'])
  const interview = { kind: 'interview', how: 'in-person', says: 'Heard.' } as const
  assert.equal(code(await stage.as('head', at, work => recordConductContact(work, id, interview))), 'lado-first')
  const later = '2025-01-20T10:05:00.000Z'
  await stage.as('head', later, work => contactLado(work, id, call))
  const { found } = await stage.as('head', later, work => openCase(work, id))
  assert.equal((Date.parse(found.contacts['lado'] ?? '') - Date.parse(found.recordedAt)) / 60_000, 35)
  assert.equal(code(await stage.as('head', later, work => recordConductContact(work, id, interview))), 'done')
})

test('[MM-8.2-04] a complaint about a sports club that hires the hall cannot be closed before the LADO was informed, whatever the school thinks of it', async () => {
  const stage = await stageAt('mmap')
  const conduct = { ...stage.conduct([]), about: [{ adultId: null, name: 'A coach of the club' }], premises: true }
  const done = await stage.as('teacher', at, work => recordConduct(work, conduct))
  assert.ok(done.ok)
  const judged = { outcome: 'neither', limbs: none, rationale: 'Loud, no more.' } as const
  assert.equal(code(await stage.as('head', at, work => assessConduct(work, conduct.id, judged))), 'done')
  const conclude = () => stage.as('head', at, work => concludeConduct(work, conduct.id, ended))
  assert.equal(code(await conclude()), 'lado-first')
  await stage.as('head', at, work => contactLado(work, conduct.id, call))
  assert.equal(code(await conclude()), 'hire-first', 'the club would go on using the hall by nobody’s decision')
  const decided = { ...ended, hire: 'They keep the hall: another coach takes the group.' }
  assert.equal(code(await stage.as('head', at, work => concludeConduct(work, conduct.id, decided))), 'done')
})

test('[MM-8.2-03] a case is not closed without the lessons that were drawn', async () => {
  const stage = await stageAt('mmap')
  const id = await stage.record('teacher', at, ['colleague'], low)
  const refused = await stage.as('head', at, work => concludeConduct(work, id, { ...ended, lessons: ' ' }))
  assert.deepEqual(refused, { ok: false, refusal: { code: 'not-written', fields: ['lessons'] } })
})

test('[MM-8.2.2-04] a low-level concern about a supply teacher is not closed while the employer does not know, unless the LADO asked for it', async () => {
  const stage = await stageAt('mmap')
  const id = await stage.record('teacher', at, ['supply'], low)
  assert.equal(code(await stage.as('head', at, work => concludeConduct(work, id, ended))), 'employer-first')
  const told = await stage.record('teacher', at, ['supply'], low)
  await stage.as('head', at, work => recordConductContact(work, told, { ...call, kind: 'employer' }))
  assert.equal(code(await stage.as('head', at, work => concludeConduct(work, told, ended))), 'done')
  const instructed = { ...ended, employerNotTold: 'The LADO asks that the agency is told after the strategy meeting.' }
  assert.equal(code(await stage.as('head', at, work => concludeConduct(work, id, instructed))), 'done')
})

test('[MM-8.3-01] a teaching assistant who reports a lift that they gave is with the head as a report of oneself, with its date', async () => {
  const stage = await stageAt('mmap')
  const id = await stage.record('teacher', at, ['teacher'], low)
  const { found } = await stage.as('head', at, work => openCase(work, id))
  assert.deepEqual([found.selfReport, found.recordedAt], [true, at])
  assert.deepEqual(await stage.sees(id, at), ['teacher:own', 'head'])
})

test('[WP-9-12] a case about an agency teacher is not closed without notice to the agency', async () => {
  const stage = await stageAt('west-park')
  const id = await stage.record('teacher', at, ['supply'])
  assert.deepEqual(
    (await stage.clocks(id)).find(({ name }) => name === 'conduct-employer-told'),
    {
      name: 'conduct-employer-told',
      owner: 'head',
      due: null,
      state: 'running',
    },
  )
  await stage.as('head', at, work => contactLado(work, id, call))
  assert.equal(code(await stage.as('head', at, work => concludeConduct(work, id, ended))), 'employer-first')
  await stage.as('head', at, work => recordConductContact(work, id, { ...call, kind: 'employer' }))
  assert.equal(code(await stage.as('head', at, work => concludeConduct(work, id, ended))), 'done')
})

test('[WP-9-02] a weekend arrest ticked by the head as a transferable risk may meet the threshold: the LADO is owed, and low-level is refused unless it is judged anew with a reason', async () => {
  const stage = await stageAt('west-park')
  const id = await stage.record('dsl', at, ['colleague'], { ...low, category: 'outside-work' })
  const lado = async () => (await stage.clocks(id)).find(({ name }) => name === 'lado-contact')
  assert.equal(await lado(), undefined, 'nothing is owed to the LADO before the head has judged it')
  const as = (outcome: 'low-level' | 'harm-threshold', unsuitable: 'yes' | 'no', rationale: string) =>
    stage.as('head', at, work => assessConduct(work, id, { outcome, limbs: { ...none, unsuitable }, rationale }))
  const arrested = 'Arrested on Saturday.'
  assert.equal(code(await as('harm-threshold', 'yes', arrested)), 'done')
  assert.equal((await stage.state(id)).level, 'harm-threshold')
  assert.deepEqual([(await lado())?.owner, (await lado())?.state], ['head', 'running'])
  assert.equal(code(await as('low-level', 'yes', 'Not so bad.')), 'limb-met')
  assert.equal(code(await as('low-level', 'no', ' ')), 'reason-first')
  assert.equal((await stage.state(id)).level, 'harm-threshold', 'what was refused has changed nothing')
  assert.equal(code(await as('low-level', 'no', 'The police have released him: another man of that name.')), 'done')
  const { history } = await stage.as('head', at, work => openCase(work, id))
  assert.deepEqual(
    history.map(({ what }) => what),
    ['harm-threshold', 'low-level'],
    'the earlier judgement stands beside it',
  )
})

test('[WP-9-13] a worry that records are always late, which names the DSL, goes to the head and not to the DSL, and is to be acknowledged', async () => {
  const stage = await stageAt('west-park')
  const id = await stage.record('teacher', at, ['dsl'], { kind: 'practice' })
  assert.deepEqual(await stage.names(id), ['head'])
  assert.deepEqual(await stage.sees(id, at), ['teacher:own', 'head'])
  assert.deepEqual(await stage.clocks(id), [
    { name: 'acknowledge', owner: 'head', due: '2025-01-21T23:59:59.000Z', state: 'running' },
  ])
  const acknowledged = async () => (await stage.as('teacher', at, work => openOwnConduct(work, id))).own.acknowledged
  assert.equal(await acknowledged(), false)
  await stage.as('head', '2025-01-20T12:00:00.000Z', work => openCase(work, id))
  assert.equal((await stage.clocks(id))[0]?.state, 'met')
  assert.equal(await acknowledged(), true)
  const aboutHead = await stage.record('teacher', at, ['dsl', 'head'], { kind: 'practice' })
  assert.deepEqual(await stage.names(aboutHead), ['chair'])
})

test('[WM-4.1.5-13] whoever reports untriaged concerns to the trust and asks not to be named is named to nobody: the school’s leaders see nothing, the trust has the entry', async () => {
  const stage = await ConductStage.at(app, 'william-macgregor', {
    ...cast,
    deputyHead: { roles: ['deputy-headteacher'] },
    director: { roles: ['director-of-education'] },
  })
  const id = await stage.record('teacher', at, [], {
    kind: 'practice',
    anonymous: true,
    words: { ...someWords, seen: 'Concerns lie untriaged for a week.' },
  })
  assert.deepEqual(await stage.sees(id, at), ['teacher:own', 'director'])
  const log = (who: string) =>
    stage.as(who, at, work => listOwnAlerts(work, authorise(work.someone, 'alert.own'), work.someone.adultId))
  assert.deepEqual(
    (await log('director')).map(({ caseId, kind }) => [caseId, kind]),
    [[id, 'told']],
  )
  for (const leader of ['head', 'deputyHead', 'dsl', 'chair']) {
    assert.deepEqual(await log(leader), [], leader)
    const rows = await stage.as(leader, at, work =>
      work.tx.run({ name: 'practice_seen', text: 'select reporter_id from conduct_case where id = $1' }, [id]),
    )
    assert.deepEqual(rows, [], `the database alone gives the ${leader} nothing`)
  }
  const { found, words } = await stage.as('director', at, work => openCase(work, id))
  assert.deepEqual([found.reporterId, found.writtenBy, words[0]?.authorId], [null, null, null])
  assert.equal(words[0]?.report.words.seen, 'Concerns lie untriaged for a week.')
})

test('[WP-9-11] a technician who reports a lift home gets a receipt, and context and action are written before it is closed', async () => {
  const stage = await stageAt('west-park')
  const conduct = stage.conduct(['teacher'], low)
  const done = await stage.as('teacher', at, work => recordConduct(work, conduct))
  assert.match(done.ok ? done.value.reference : '', /^\w{4}-\w{4}$/)
  const { own } = await stage.as('teacher', at, work => openOwnConduct(work, conduct.id))
  assert.deepEqual([own.recordedAt, own.acknowledged], [at, false])
  const { found } = await stage.as('dsl', at, work => openCase(work, conduct.id))
  assert.equal(found.selfReport, true)
  assert.deepEqual(await stage.as('dsl', at, work => concludeConduct(work, conduct.id, { ...ended, context: '', action: '' })), {
    ok: false,
    refusal: { code: 'not-written', fields: ['context', 'action'] },
  })
  const again = await stage.as('teacher', at, work => openOwnConduct(work, conduct.id))
  assert.equal(again.own.acknowledged, false, 'nobody learns from it what became of a concern about themselves')
})

test('[WP-9-01] a concern about a contractor is seen by whoever it was routed to, and not by the contractor’s supervisor', async () => {
  const stage = await ConductStage.at(app, 'west-park', {
    ...cast,
    fitter: { roles: ['contractor'], kind: 'contractor', employer: 'A firm' },
    supervisor: { roles: ['contractor'], kind: 'contractor', employer: 'A firm' },
  })
  const id = await stage.record('teacher', '2025-01-16T11:00:00.000Z', ['fitter'])
  assert.deepEqual(await stage.sees(id, at), ['teacher:own', 'head'])
})

test('[WP-4-08] for the written form the mailbox of Derby is proposed, the time of sending is kept, and the adult cannot find the case', async () => {
  const stage = await stageAt('west-park')
  const id = await stage.record('teacher', at, ['colleague'], { believed: 'harm-threshold' })
  const { lado } = await stage.as('head', at, work => openCase(work, id))
  assert.match(lado?.email ?? '', /^CPMduty@/)
  const sent = '2025-01-20T11:15:00.000Z'
  await stage.as('head', sent, work => contactLado(work, id, { how: 'written', says: 'The joint form.' }))
  const { found } = await stage.as('head', sent, work => openCase(work, id))
  assert.equal(found.contacts['lado'], sent)
  assert.equal(await stage.opens('colleague', sent, id), false)
})

test('[WA-21-02] with the fourth criterion unsure the LADO is asked before it is filed as low-level', async () => {
  const stage = await stageAt('westacre')
  const id = await stage.record('teacher', at, ['colleague'], low)
  const judge = () =>
    stage.as('head', at, work =>
      assessConduct(work, id, { outcome: 'low-level', limbs: { ...none, unsuitable: 'unsure' }, rationale: 'x' }),
    )
  assert.equal(code(await judge()), 'lado-first')
  await stage.as('head', at, work => contactLado(work, id, call))
  assert.equal(code(await judge()), 'done')
})

test('[WA-21-03] an allegation of a Friday afternoon logged on the Wednesday after a bank holiday is late since the Tuesday', async () => {
  const stage = await stageAt('westacre')
  const seen = { happenedOn: '2026-05-22' as PlainDate, happenedAtTime: '15:50' as never }
  const late = await stage.record('teacher', '2026-05-27T08:30:00.000Z', ['colleague'], seen)
  const opened = await stage.as('head', '2026-05-27T09:00:00.000Z', work => openCase(work, late))
  assert.equal(opened.lateSince, '2026-05-26T22:59:59.000Z')
  const inTime = await stage.record('teacher', '2026-05-26T15:00:00.000Z', ['colleague'], seen)
  assert.equal((await stage.as('head', '2026-05-27T09:00:00.000Z', work => openCase(work, inTime))).lateSince, null)
})

test('[WA-21-10] a policy that names no recipient of low-level concerns is loaded with that said and the head and the chair proposed, who receive them', async () => {
  const day = '2026-05-12T09:00:00.000Z'
  const said = (key: string, texts = findPolicyTexts('policies')) => {
    const loaded = readPolicies(texts)
    assert.ok(loaded.ok)
    return loaded.value.profile(key, '2026-05-12' as PlainDate).gaps.find(gap => gap.key === 'low-level-recipient')
  }
  const westacre = said('westacre')
  assert.match(westacre?.says ?? '', /^Low-level recipient not stated.* Proposed: Headteacher; about the Headteacher: Chair/)
  assert.equal(westacre?.source.section, '21')
  assert.equal(said('mmap'), undefined, 'where the text names somebody nothing is said')
  const without = findPolicyTexts('policies').map(one =>
    one.key === 'mmap' ? { ...one, text: one.text.replace(/^ {2}low_level_recipient: .*\n/m, '') } : one,
  )
  assert.match(said('mmap', without)?.says ?? '', /Low-level recipient not stated/)
  const stage = await stageAt('westacre')
  assert.deepEqual(await stage.names(await stage.record('teacher', day, ['supply'], low)), ['head'])
  assert.deepEqual(await stage.names(await stage.record('teacher', day, ['head'], low)), ['chair'])
})

test('[WA-21-15] a review of a pattern answered “threshold met” makes the concern an allegation with the LADO to contact, and its originals stand beside it', async () => {
  const stage = await stageAt('westacre')
  const first = await stage.record('teacher', '2025-01-06T09:00:00.000Z', ['colleague'], low)
  const second = await stage.record('teacher', '2025-01-13T09:00:00.000Z', ['colleague'], low)
  const other = await stage.record('teacher', '2025-01-14T09:00:00.000Z', ['supply'], low)
  const third = await stage.record('teacher', at, ['colleague'], low)
  assert.deepEqual(await stage.clocks(third), [], 'nothing is owed to the LADO before')
  const review = (earlier: readonly CaseId[], rationale = 'The third within a month, each with a child alone.') =>
    stage.as('head', at, work => reviewConductPattern(work, { caseId: third, earlier, answer: 'threshold-met', rationale }))
  assert.equal(code(await review([first, other])), 'not-of-one-adult')
  assert.equal(code(await review([first, second], ' ')), 'reason-first')
  assert.equal(code(await review([first, second])), 'done')
  assert.equal((await stage.state(third)).level, 'harm-threshold')
  assert.deepEqual(
    (await stage.clocks(third)).map(({ name, owner, state }) => [name, owner, state]),
    [['lado-contact', 'head', 'running']],
  )
  const { originals } = await stage.as('head', at, work => openCase(work, third))
  assert.deepEqual(originals.toSorted(), [first, second].toSorted())
  await assert.rejects(
    stage.as('dsl', at, work =>
      reviewConductPattern(work, { caseId: third, earlier: [first], answer: 'threshold-not-met', rationale: 'x' }),
    ),
    /no-ground/,
  )
})

test('[WA-21-09, WP-9-03] about a coach of a body that hires the hall the LADO is owed and its letting is reviewed: days to come ask to be held, earlier notes of the same hirer stand there', async () => {
  for (const [key, when] of [
    ['westacre', '2026-05-12T09:00:00.000Z'],
    ['west-park', '2025-03-11T16:00:00.000Z'],
  ] as const) {
    const stage = await ConductStage.at(app, key, { ...cast, office: { roles: ['receptionist'] } })
    const hirerId = await stage.as('office', when, work =>
      keepHirer(work, { name: 'A karate club', safeguardingContact: 'Its welfare officer' }),
    )
    for (const on of ['2024-12-01', '2026-06-01', '2026-06-08'])
      await stage.as('office', when, work => keepBooking(work, { hirerId, on: on as PlainDate, says: 'Sports hall' }))
    const about = { about: [{ adultId: null, name: 'A coach of the club' }], hirerId } as const
    const earlier = await stage.record('teacher', '2024-11-20T09:00:00.000Z', [], about)
    const byParent = { kind: 'on-behalf', name: 'A parent', adultId: null, reason: 'parent' } as const
    const id = await stage.record('teacher', when, [], { ...about, reporter: byParent, believed: 'harm-threshold' })
    assert.deepEqual(await stage.names(id), ['head'], key)
    assert.deepEqual(
      (await stage.clocks(id)).map(({ name, owner, state }) => [name, owner, state]),
      [['lado-contact', 'head', 'running']],
    )
    const shown = await stage.as('head', when, work => openPremises(work, id))
    assert.deepEqual([shown.review.decision, shown.review.safeguardingContact], [null, 'Its welfare officer'])
    assert.deepEqual(
      shown.earlier.map(one => one.id),
      [earlier],
    )
    assert.deepEqual(
      shown.bookings.map(({ on, holdAsked }) => [on, holdAsked]),
      [
        ['2026-06-01', true],
        ['2026-06-08', true],
      ],
    )
    const decide = (who: string, reason: string) =>
      stage.as(who, when, work => decideHire(work, id, { decision: 'hold', reason }))
    await assert.rejects(decide('office', 'x'), /no-ground/)
    await assert.rejects(
      stage.as('office', when, work => openPremises(work, id)),
      /no-ground/,
    )
    assert.deepEqual(await decide('head', ' '), { ok: false, refusal: 'no-reason' })
    await stage.as('head', when, work => contactLado(work, id, call))
    await stage.as('head', when, work => recordConductContact(work, id, { ...call, kind: 'human-resources' }))
    const conclude = (more = {}) => stage.as('head', when, work => concludeConduct(work, id, { ...ended, ...more }))
    assert.equal(
      code(await conclude({ hire: 'They stay.' })),
      'hire-first',
      'what is said at the end is no decision of the letting',
    )
    assert.deepEqual(await decide('head', 'Until the LADO has advised.'), { ok: true, value: undefined })
    const after = await stage.as('head', when, work => openPremises(work, id))
    assert.ok(after.bookings.every(({ holdAsked, holdReason }) => !holdAsked && holdReason === 'Held by the school.'))
    assert.equal(code(await conclude()), 'done')
  }
})

test('[WA-22-01] a worry about how the head handles things goes to the chair alone, and whoever reported it has a reference to follow', async () => {
  const stage = await stageAt('westacre')
  const conduct = stage.conduct(['head'], { kind: 'practice' })
  const done = await stage.as('teacher', at, work => recordConduct(work, conduct))
  assert.ok(done.ok)
  assert.deepEqual(await stage.sees(conduct.id, at), ['teacher:own', 'chair'])
  await stage.as('chair', at, work => openCase(work, conduct.id))
  const { own } = await stage.as('teacher', at, work => openOwnConduct(work, conduct.id))
  assert.deepEqual([own.reference, own.acknowledged], [done.value.reference, true])
})

test('[WA-19-05] a sexual relationship with a pupil cannot be saved as low-level', async () => {
  const stage = await stageAt('westacre')
  const conduct = stage.conduct(['colleague'], { ...low, category: 'sexual-relationship' })
  assert.equal(code(await stage.as('teacher', at, work => recordConduct(work, conduct))), 'never-low-level')
  const id = await stage.record('teacher', at, ['colleague'], { category: 'sexual-relationship' })
  assert.equal(
    code(await stage.as('head', at, work => assessConduct(work, id, { outcome: 'low-level', rationale: 'x' }))),
    'never-low-level',
  )
})

test('[WA-20-28] an arrest at home suggests the fourth criterion, and once it is confirmed the LADO is to be contacted', async () => {
  const stage = await stageAt('westacre')
  const id = await stage.record('head', at, ['colleague'], { ...low, category: 'outside-work' })
  const { suggested } = await stage.as('head', at, work => openCase(work, id))
  assert.deepEqual(suggested, { unsuitable: 'yes' })
  assert.deepEqual(await stage.clocks(id), [])
  await stage.as('head', at, work =>
    assessConduct(work, id, { outcome: 'harm-threshold', limbs: { ...none, ...suggested }, rationale: 'x' }),
  )
  assert.deepEqual(
    (await stage.clocks(id)).map(({ name, owner }) => [name, owner]),
    [['lado-contact', 'head']],
  )
})

test('[WA-21-11] a low-level matter in a parent’s complaint is kept with the complaint as its source and the parent as the reporter', async () => {
  const stage = await stageAt('westacre')
  const id = await stage.record('teacher', at, ['colleague'], {
    ...low,
    source: 'complaint',
    reporter: { kind: 'on-behalf', name: 'A parent', adultId: null, reason: 'parent' },
  })
  const { found, words } = await stage.as('head', at, work => openCase(work, id))
  assert.deepEqual(
    [found.source, words[0]?.report.onBehalfOf, words[0]?.report.onBehalfReason],
    ['complaint', 'A parent', 'parent'],
  )
})

test('[WY-14-04] four limbs answered with no go the low-level way, and the answers are kept', async () => {
  const stage = await stageAt('westley')
  const id = await stage.record('teacher', at, ['colleague'])
  await stage.as('head', at, work => assessConduct(work, id, { outcome: 'low-level', limbs: none, rationale: 'x' }))
  const [kept] = await app.people.query<{ limbs: unknown }>('select limbs from conduct_assessment where case_id = $1', [id])
  assert.deepEqual(kept?.limbs, none)
  assert.equal((await stage.state(id)).level, 'low-level')
  assert.equal((await stage.clocks(id))[0]?.state, 'ended', 'the LADO is owed nothing any more')
})

test('[WY-14-05] whoever feels on 4 May that it was not handled well gives it to the Trust Lead, who sees the original and what was done', async () => {
  const stage = await ConductStage.at(app, 'westley', { ...cast, trustLead: { roles: ['trust-safeguarding-lead'] } })
  const id = await stage.record('teacher', '2026-04-30T09:00:00.000Z', ['colleague'])
  await stage.as('head', '2026-04-30T10:00:00.000Z', work => assessConduct(work, id, { outcome: 'neither', rationale: 'x' }))
  const day = '2026-05-04T08:00:00.000Z'
  assert.equal(await stage.opens('trustLead', day, id), false)
  const unheard = { ...someWords, seen: 'Nobody has spoken with the boy.' }
  assert.deepEqual(await stage.as('teacher', day, work => challengeConduct(work, id, unheard)), { ok: true, value: { given: 1 } })
  const { words, history } = await stage.as('trustLead', day, work => openCase(work, id))
  assert.deepEqual(
    words.map(({ report }) => report.words.seen),
    [someWords.seen, unheard.seen],
  )
  assert.deepEqual(
    history.map(({ kind, what, byId }) => [kind, what, stage.nameOf(byId)]),
    [['assessed', 'neither', 'head']],
  )
})

test('[WY-15-02] whoever receives a low-level concern cannot close it with the action left empty', async () => {
  const stage = await stageAt('westley')
  const id = await stage.record('teacher', at, ['colleague'], low)
  assert.deepEqual(await stage.as('dsl', at, work => concludeConduct(work, id, { ...ended, action: '' })), {
    ok: false,
    refusal: { code: 'not-written', fields: ['action'] },
  })
})

test('[WY-16-01] a feeling of unease about conduct off duty is accepted as a low-level concern', async () => {
  const stage = await stageAt('westley')
  const uneasy = { ...someWords, seen: '', said: '', done: '', opinion: 'I felt uneasy about how he spoke of her in the pub.' }
  const done = await stage.as('teacher', at, work => recordConduct(work, stage.conduct(['colleague'], { ...low, words: uneasy })))
  assert.equal(code(done), 'done')
})

test('[WM-6.8-01] the LADO of Staffordshire stands with the case, and without the time of contact it is not closed', async () => {
  const stage = await stageAt('william-macgregor')
  const id = await stage.record('teacher', at, ['colleague'], { believed: 'harm-threshold' })
  const { lado } = await stage.as('head', at, work => openCase(work, id))
  assert.equal(lado?.phone, '0300 111 8007')
  await stage.as('head', at, work => recordConductContact(work, id, { ...call, kind: 'human-resources' }))
  const conclude = () => stage.as('head', at, work => concludeConduct(work, id, ended))
  assert.equal(code(await conclude()), 'lado-first')
  await stage.as('head', at, work => contactLado(work, id, call))
  assert.equal(code(await conclude()), 'done')
})

test('[WM-9.4-01] a case with the LADO’s advice and nothing from human resources is not closed', async () => {
  const stage = await stageAt('william-macgregor')
  const id = await stage.record('teacher', at, ['colleague'])
  await stage.as('head', at, work => contactLado(work, id, call))
  assert.equal(code(await stage.as('head', at, work => concludeConduct(work, id, ended))), 'human-resources-first')
})

test('whoever reported it may ring the LADO, and that discharges nothing of what the case manager owes', async () => {
  const stage = await stageAt('westley')
  const id = await stage.record('teacher', at, ['colleague'])
  assert.equal(code(await stage.as('teacher', at, work => contactLado(work, id, call))), 'done')
  assert.equal((await stage.clocks(id))[0]?.state, 'running')
  await assert.rejects(
    stage.as('dsl', at, work => contactLado(work, id, call)),
    /no-ground/,
  )
  await assert.rejects(
    stage.as('colleague', at, work => contactLado(work, id, call)),
    /no-ground/,
  )
})

test('when the case manager is named as well, the case goes to the next of that chain and is closed to them in the same moment', async () => {
  const stage = await ConductStage.at(app, 'westley', { ...cast, director: { roles: ['director-of-education'] } })
  const id = await stage.record('teacher', at, ['colleague'])
  assert.equal(code(await stage.as('head', at, work => addConductSubject(work, id, stage.id('head')))), 'done')
  assert.deepEqual(await stage.sees(id, at), ['teacher:own', 'director'])
  assert.equal((await stage.state(id)).manager, 'director')
  assert.equal((await stage.clocks(id))[0]?.owner, 'director')
})
