import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { testPolicies } from '../../test/support/demonstration.ts'
import type { PlainDate } from '../kernel/plain-date.ts'
import { repositoryRoot } from '../platform/repository-root.ts'
import { startThrowAwayServer, type ThrowAwayServer } from '../platform/throw-away-server.ts'
import { faultInWords } from '../policy/faults.ts'
import { eventKinds } from './events/index.ts'
import type { ClockSeen, Played } from './model.ts'
import { play } from './play.ts'
import { contextOf, readRehearsal } from './reading.ts'
import { playedInWords } from './words.ts'

const friday = (day: string, rest: string) => `profile: west-park
people:
  ode:    { roles: [teacher] }
  dsl:    { roles: [dsl] }
  deputy: { roles: [deputy-dsl] }
  head:   { roles: [headteacher], absent: [${day}] }
  chair:  { roles: [chair-of-governors] }
pupils:
  amina:  { born: 2013-05-04, authority: derby, leaves_at: "15:15", statuses: [looked-after] }
events:
  - { at: ${day} 14:10, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [amina], prompts: [disclosure, injury], urgent: true }
  - { at: ${day} 14:25, event: concern.triaged, ref: c1, by: dsl, level: 4, immediate_risk: true, safe_to_go_home: false }
  - { at: ${day} 14:30, event: referral.phoned, ref: c1, by: dsl, to: social-care }
  ${rest}
`

const inShort = (clocks: readonly ClockSeen[] | undefined) =>
  (clocks ?? []).map(({ clock, owner, due }) => `${clock} ${owner} ${due}`).toSorted()

const atAnInfantSchool = (prompts: string, rest: readonly string[]) => `profile: westacre
people:
  ode:    { roles: [teacher] }
  dsl:    { roles: [dsl] }
  deputy: { roles: [deputy-dsl] }
  head:   { roles: [headteacher] }
pupils:
  kit:  { born: 2019-05-04, authority: wolverhampton }
events:
  - { at: 2026-11-23 09:00, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [kit], prompts: [${prompts}] }
${rest.map(event => `  - { ${event} }`).join('\n')}
`

suite('A rehearsal that is played', () => {
  let server: ThrowAwayServer
  let folder: string

  before(async () => {
    server = await startThrowAwayServer()
    folder = mkdtempSync(join(tmpdir(), 'rehearsals-'))
  })
  after(async () => {
    await server.stop()
    rmSync(folder, { recursive: true })
  })

  const played = async (text: string): Promise<Played> => {
    const policies = testPolicies()
    const read = readRehearsal('r.yaml', text, contextOf(eventKinds, policies))
    assert.ok(read.ok, read.ok ? '' : read.refusal.map(faultInWords).join('\n'))
    return play(read.value, { policies, kinds: eventKinds, database: await server.newDatabase() })
  }

  test('tells of a step that nobody takes, and of each time that ran out with whoever had it then, wherever its events stand', async () => {
    const passes = (time: string) => `at: 2026-11-23 ${time}, event: time.passes`
    const looked = await played(atAnInfantSchool('suicidal', [passes('09:30'), passes('12:00')]))
    const waited = await played(atAnInfantSchool('suicidal', [passes('12:00')]))
    const heard = looked.steps[1]?.tells.filter(({ source }) => source.section === 'thoughts of suicide')
    assert.deepEqual([...new Set(heard?.map(({ person }) => person))].toSorted(), ['deputy', 'dsl', 'head'])
    const missed = ({ steps }: Played) => steps.flatMap(({ breaches }) => inShort(breaches)).toSorted()
    assert.deepEqual(missed(waited), [
      'acknowledge dsl 2026-11-23T09:10:00Z',
      'acknowledge head 2026-11-23T09:20:00Z',
      'acknowledge head 2026-11-23T09:30:00Z',
      'acknowledge head 2026-11-23T09:40:00Z',
      'acknowledge head 2026-11-23T09:50:00Z',
      'parent-informed dsl 2026-11-23T09:00:00Z',
      'urgent-alert ode 2026-11-23T09:00:00Z',
    ])
    assert.deepEqual(missed(looked), missed(waited))
  })

  test('asks at triage what the policy says of parents for that worry, and not what it says for another', async () => {
    const triaged = 'at: 2026-11-23 09:05, event: concern.triaged, ref: c1, by: dsl, level: 2'
    const asked = async (prompts: string) => {
      const { steps } = await played(atAnInfantSchool(prompts, [triaged]))
      return steps[1]?.asks.find(({ code }) => code === 'parents')?.says ?? ''
    }
    assert.match(await asked('appearance'), /^Concerns are discussed with parents/)
    assert.match(await asked('suicidal'), /speaks of suicide/)
  })

  test('shows a Friday afternoon in winter: who is told, what is due to the minute, what is asked, who could open it', async () => {
    const result = await played(friday('2026-11-20', '- { at: 2026-11-24 09:00, event: time.passes }'))
    const [recorded, triaged, phoned, later] = result.steps
    assert.equal(recorded?.at, '2026-11-20T14:10:00Z')
    assert.ok(result.steps.every(step => step.accepted))
    assert.deepEqual(recorded?.tells.map(tell => `${tell.person} ${tell.role} ${tell.how}`).toSorted(), [
      'deputy deputy-dsl alert',
      'dsl dsl alert',
    ])
    assert.deepEqual(recorded?.tells[0]?.source, {
      document: 'policy',
      section: '6 and appendix 1',
      title: 'West Park School safeguarding policy',
    })
    assert.deepEqual(inShort(recorded?.starts), [
      'acknowledge dsl 2026-11-20T14:20:00Z',
      'record-written ode 2026-11-20T15:15:00Z',
      'triage dsl 2026-11-20T15:15:00Z',
      'urgent-alert ode 2026-11-20T14:10:00Z',
    ])
    assert.deepEqual(
      recorded?.starts.filter(({ standing }) => standing === 'setting').map(({ clock }) => clock),
      ['acknowledge', 'triage'],
    )
    assert.deepEqual(
      recorded?.meets.map(({ clock }) => clock),
      ['record-written'],
    )
    for (const code of ['body-map', 'told-by-voice', 'reporter-category'])
      assert.ok(
        recorded?.asks.some(ask => ask.code === code && ask.source.section),
        code,
      )

    assert.deepEqual(inShort(triaged?.breaches), [
      'acknowledge dsl 2026-11-20T14:20:00Z',
      'urgent-alert ode 2026-11-20T14:10:00Z',
    ])
    assert.deepEqual(new Set(triaged?.tells.map(tell => tell.person)), new Set(['dsl', 'deputy']), 'the head is out')
    assert.deepEqual(triaged?.meets.map(({ clock }) => clock).toSorted(), ['acknowledge', 'triage', 'urgent-alert'])
    assert.ok(triaged?.starts.some(clock => clock.clock === 'parent-informed' && clock.due === null))
    for (const code of ['immediate-risk', 'safe-to-go-home', 'medical', 'police', 'parents', 'presentation-physical'])
      assert.ok(
        triaged?.asks.some(ask => ask.code === code),
        code,
      )

    assert.deepEqual(inShort(phoned?.starts), [
      'referral-answer dsl 2026-11-23T23:59:59Z',
      'referral-written dsl 2026-11-22T14:30:00Z',
    ])
    assert.deepEqual(later?.breaches.map(({ clock }) => clock).toSorted(), ['referral-answer', 'referral-written'])
    assert.deepEqual(result.open.map(({ clock, ref, owner }) => `${clock} ${ref} ${owner}`).toSorted(), [
      'parent-informed c1 dsl',
      'referral-answer c1 dsl',
      'referral-escalation c1 dsl',
      'referral-written c1 dsl',
    ])
    assert.deepEqual(result.sees['c1'], ['ode:own', 'dsl', 'deputy'])
  })

  test('counts elapsed hours and the days of London’s calendar in summer, and over the change of the clocks', async () => {
    const summer = await played(
      friday('2026-06-19', '- { at: 2026-06-19 14:31, event: referral.written, ref: c1, by: dsl, to: social-care }'),
    )
    assert.deepEqual(inShort(summer.steps[0]?.starts), [
      'acknowledge dsl 2026-06-19T13:20:00Z',
      'record-written ode 2026-06-19T14:15:00Z',
      'triage dsl 2026-06-19T14:15:00Z',
      'urgent-alert ode 2026-06-19T13:10:00Z',
    ])
    assert.deepEqual(inShort(summer.steps[2]?.starts), [
      'referral-answer dsl 2026-06-22T22:59:59Z',
      'referral-written dsl 2026-06-21T13:30:00Z',
    ])
    assert.deepEqual(
      summer.steps[3]?.meets.map(({ clock }) => clock),
      ['referral-written'],
    )
    const autumn = await played(friday('2026-10-23', '- { at: 2026-10-23 14:31, event: time.passes }'))
    assert.deepEqual(inShort(autumn.steps[2]?.starts), [
      'referral-answer dsl 2026-10-26T23:59:59Z',
      'referral-written dsl 2026-10-25T13:30:00Z',
    ])
  })

  test('never shows whoever is outside a concern among those told or those who could open it', async () => {
    const result = await played(`profile: west-park
people:
  ode:     { roles: [teacher] }
  harmer:  { roles: [teaching-assistant] }
  dsl:     { roles: [dsl], parent_of: amina }
  deputy:  { roles: [deputy-dsl], relative_of: harmer }
  head:    { roles: [headteacher] }
  second:  { roles: [deputy-headteacher], left: 2026-11-19 }
pupils:
  amina:   { born: 2013-05-04 }
events:
  - { at: 2026-11-20 10:00, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [amina], alleged: [harmer] }
  - { at: 2026-11-20 10:05, event: concern.acknowledged, ref: c1, by: dsl }
  - { at: 2026-11-20 10:06, event: concern.triaged, ref: c1, by: second, level: 1 }
  - { at: 2026-11-20 10:07, event: concern.acknowledged, ref: c1, by: head }
  - { at: 2026-11-30 10:00, event: time.passes }
`)
    const told = new Set(result.steps.flatMap(step => step.tells.filter(tell => tell.ref === 'c1').map(tell => tell.person)))
    assert.deepEqual(told, new Set(['head']))
    assert.deepEqual(result.sees['c1'], ['ode:own', 'head'])
    assert.deepEqual(
      result.steps.map(step => step.refused.map(refusal => refusal.code)),
      [[], ['not-found'], ['no-appointment'], [], []],
    )
  })

  test('names the outside where nobody inside may be told, and gives it to the team when they are back', async () => {
    const result = await played(`profile: west-park
people:
  ode: { roles: [teacher] }
  dsl: { roles: [dsl], absent: [2026-11-20] }
pupils:
  amina: { authority: derby }
events:
  - { at: 2026-11-20 10:00, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [amina] }
  - { at: 2026-11-21 09:00, event: time.passes }
`)
    const outside = result.steps[0]?.tells.filter(tell => tell.person === null)
    assert.ok(outside?.some(tell => tell.outside === 'front-door' && tell.contact === 'derby.front-door'))
    assert.equal(result.open.find(({ clock }) => clock === 'acknowledge')?.owner, 'dsl')
  })

  test('a teacher’s report of FGM to the police is hers alone, due by the close of the next working day', async () => {
    const result = await played(`profile: west-park
people:
  ode: { roles: [teacher] }
  aide: { roles: [teaching-assistant] }
  dsl: { roles: [dsl] }
pupils:
  zara: { born: 2009-05-04, authority: derby }
events:
  - { at: 2025-01-17 14:10, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [zara], prompts: [fgm-known], verbal_to: dsl }
  - { at: 2025-01-17 14:11, event: concern.recorded, ref: c2, by: aide, kind: welfare, about: [zara], prompts: [fgm-known] }
  - { at: 2025-01-17 14:20, event: police.told, ref: c1, by: dsl }
  - { at: 2025-01-17 14:22, event: police.told, ref: c1, by: aide }
  - { at: 2025-01-20 16:50, event: police.told, ref: c1, by: ode }
`)
    const [first, second, byDsl, byAide, byTeacher] = result.steps
    const report = (step: typeof first) => inShort(step?.starts.filter(({ clock }) => clock === 'fgm-police-report'))
    assert.deepEqual(report(first), ['fgm-police-report ode 2025-01-20T17:00:00Z'])
    assert.deepEqual(report(second), [])
    for (const step of [byDsl, byAide]) {
      assert.equal(step?.accepted, true)
      assert.deepEqual(step?.meets, [])
    }
    assert.deepEqual(inShort(byTeacher?.meets), ['fgm-police-report ode 2025-01-20T17:00:00Z'])
  })

  test('asks at the end of a case what the policy has done before, says why a letter must wait, and takes a reading that nobody asked for', async () => {
    const { steps } = await played(`profile: william-macgregor
people:
  ode:  { roles: [teacher] }
  tam:  { roles: [teaching-assistant] }
  boss: { roles: [headteacher, dsl] }
pupils:
  gus: { born: 2016-02-29, authority: staffordshire, leaves_at: "15:15" }
events:
  - { at: 2026-06-12 10:00, event: concern.recorded, ref: k1, by: ode, kind: conduct, about: [tam], believed: unsure }
  - { at: 2026-06-12 10:10, event: lado.contacted, ref: k1, by: boss }
  - { at: 2026-06-15 10:00, event: conduct.concluded, ref: k1, by: boss, outcome: unfounded }
  - { at: 2026-06-15 11:00, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [gus], prompts: [behaviour] }
  - { at: 2026-06-15 11:10, event: concern.triaged, ref: c1, by: boss, level: 2 }
  - { at: 2026-06-15 11:20, event: referral.answered, ref: c1, by: boss }
`)
    assert.ok(steps[2]?.accepted)
    assert.deepEqual(
      steps[2]?.asks.map(({ code }) => code),
      ['human-resources'],
    )
    assert.match(steps[5]?.refused[0]?.says ?? '', /No referral has been made yet/)
    const read = await played(`profile: westley
people:
  ode: { roles: [teacher] }
events:
  - { at: 2026-06-15 12:00, event: adult.read, about: [ode], document: code-of-conduct }
  - { at: 2026-06-15 12:00, event: adult.read, about: [ode], document: a-novel }
`)
    assert.deepEqual(
      read.steps.map(({ accepted, meets }) => [accepted, meets.length]),
      [
        [true, 0],
        [false, 0],
      ],
    )
  })

  test('asks the data protection officer about sharing, tells the DSL strictly after the time for an answer, and gives what went astray to the officer alone', async () => {
    const { steps, sees } = await played(`profile: west-park
people:
  ode:    { roles: [teacher] }
  deputy: { roles: [deputy-dsl] }
  dsl:    { roles: [dsl] }
  dpo:    { roles: [data-protection-officer] }
pupils:
  amina:  { born: 2013-05-04, authority: derby, leaves_at: "15:15" }
events:
  - { at: 2026-11-20 09:00, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [amina], prompts: [behaviour] }
  - { at: 2026-11-20 10:00, event: sharing.asked, ref: q1, by: deputy, concern: c1 }
  - { at: 2026-11-20 10:05, event: sharing.answered, ref: q1, by: deputy }
  - { at: 2026-11-20 16:00, event: time.passes }
  - { at: 2026-11-20 16:01, event: sharing.gone-ahead, ref: q1, by: dsl, reason: She cannot wait. }
  - { at: 2026-11-20 16:20, event: sharing.answered, ref: q1, by: dpo }
  - { at: 2026-11-20 16:30, event: data-breach.reported, ref: b1, by: ode, kind: lost }
  - { at: 2026-11-20 16:40, event: data-breach.settled, ref: b1, by: dsl, notified: false }
  - { at: 2026-11-20 16:50, event: data-breach.settled, ref: b1, by: dpo, notified: false }
`)
    const [, asked, byDeputy, inTime, ahead, answered, breach, byDsl, settled] = steps
    const told = (step: typeof asked) => step?.tells.flatMap(tell => (tell.how === 'notice' ? [`${tell.person} notice`] : []))
    assert.deepEqual(told(asked), ['dpo notice'])
    assert.deepEqual(inShort(asked?.starts), ['sharing-advice dpo 2026-11-20T16:00:00Z'])
    assert.deepEqual(
      byDeputy?.refused.map(({ code }) => code),
      ['not-permitted'],
    )
    assert.deepEqual(told(inTime), [], 'at the very moment it is in time')
    assert.deepEqual([told(ahead), ahead?.breaches.map(({ clock }) => clock)], [['dsl notice'], ['sharing-advice']])
    assert.deepEqual(
      answered?.meets.map(({ clock }) => clock),
      ['sharing-advice'],
    )
    assert.deepEqual([told(breach), inShort(breach?.starts)], [['dpo notice'], ['breach-notice dpo 2026-11-23T16:30:00Z']])
    assert.equal(byDsl?.accepted, false)
    assert.deepEqual(
      settled?.meets.map(({ clock }) => clock),
      ['breach-notice'],
    )
    assert.deepEqual([sees['q1']?.toSorted(), sees['b1']], [['deputy', 'dpo', 'dsl'], ['dpo']])
  })

  test('judges and decides in one where the level comes with the decision, and otherwise says that triage comes first', async () => {
    const { steps } = await played(`profile: west-park
people:
  ode: { roles: [teacher] }
  dsl: { roles: [dsl] }
pupils:
  amina: { born: 2013-05-04, authority: derby, leaves_at: "15:15" }
events:
  - { at: 2026-11-20 10:00, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [amina], prompts: [injury], urgent: true }
  - { at: 2026-11-20 10:05, event: decision.made, ref: c1, by: dsl, choice: refer }
  - { at: 2026-11-20 10:06, event: decision.made, ref: c1, by: dsl, choice: refer, level: 4, immediate_risk: true }
`)
    const [, first, second] = steps
    assert.match(first?.refused[0]?.says ?? '', /Triage comes first or, in an emergency, with the decision/)
    assert.equal(second?.accepted, true, second?.refused[0]?.says)
    assert.ok(second?.meets.some(({ clock }) => clock === 'triage'))
    assert.ok(second?.starts.some(({ clock }) => clock === 'parent-informed'))
  })

  test('lists a time as missed that was passed on and missed again between two events, names a reminder as one, and says of what each line is', async () => {
    const result = await played(`profile: west-park
people:
  ode:    { roles: [teacher] }
  dsl:    { roles: [dsl] }
  deputy: { roles: [deputy-dsl], relative_of: tam }
  head:   { roles: [headteacher], parent_of: ben }
  second: { roles: [senior-leader] }
  tam:    { roles: [teaching-assistant] }
pupils:
  amina:  { born: 2013-05-04, authority: derby, leaves_at: "15:15" }
  ben:    { born: 2014-05-04, authority: derby, leaves_at: "15:15" }
events:
  - { at: 2026-11-21 02:28, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [amina], prompts: [disclosure], urgent: true, alleged: [tam] }
  - { at: 2026-11-21 02:29, event: concern.recorded, ref: c2, by: ode, kind: welfare, about: [ben], prompts: [behaviour], verbal_to: dsl }
  - { at: 2026-11-21 09:00, event: time.passes }
`)
    const [first, other, later] = result.steps
    const missed = later?.breaches.filter(({ clock, ref }) => clock === 'acknowledge' && ref === 'c1') ?? []
    assert.deepEqual(new Set(missed.map(({ owner }) => owner)), new Set(['dsl', 'head', 'second']), 'whoever had it in turn')
    const last = result.open.find(({ clock, ref }) => clock === 'acknowledge' && ref === 'c1')
    assert.equal(missed.at(-1)?.due, last?.due, 'the time that stands at the end has run out, and is said')
    assert.ok((last?.due ?? '') < '2026-11-21T09:00')
    assert.deepEqual(
      first?.not_told.map(({ person, ref, because }) => `${person} ${ref}: ${because}`),
      ['deputy c1: a relative of tam, who is said to have harmed'],
    )
    assert.deepEqual(
      other?.not_told.map(({ person, ref, because }) => `${person} ${ref}: ${because}`),
      ['head c2: a parent of ben'],
    )
    assert.equal(first?.starts.find(({ clock }) => clock === 'record-written')?.whose, 'school')
    const profile = testPolicies().profile('west-park', '2026-11-21' as PlainDate)
    const words = playedInWords(result, profile.school.name)
    assert.match(words, /Not told\n {4}- deputy \(deputy-dsl\) of c1, a relative of tam, who is said to have harmed\n/)
    assert.match(words, /- acknowledge of c1, dsl, due [^\n]*\(set by the school: no text gives it\)/)
    assert.match(words, /- acknowledge of c2, dsl/)
    assert.match(words, /- dsl \(dsl\) of c1: Reminder: nobody has acknowledged it yet\. \[/)
    const [only] = result.steps
    const one = playedInWords({ ...result, steps: only ? [only] : [], open: [] }, profile.school.name)
    assert.doesNotMatch(one.replace(/c1-conduct/g, ''), /acknowledge of c1,[^\n]*c2/)
  })

  test('names the service outside, and whose value each time is', async () => {
    const { profile, steps } = await played(`profile: william-macgregor
people:
  ode: { roles: [teacher] }
pupils:
  gus: { born: 2016-02-29, authority: staffordshire }
events:
  - { at: 2026-06-12 10:00, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [gus], prompts: [injury] }
`)
    const words = playedInWords({ profile, steps, open: [], sees: {} }, 'The school')
    assert.doesNotMatch(words, /outside: [a-z]+\.[a-z-]+/, 'no key of a contact')
    assert.match(words, /- outside: [A-Z][^\n]*: Nobody inside who may be given it can be reached/)
    assert.doesNotMatch(words, / of c1[,:]/, 'where one thing goes on nobody has to be told which')
    assert.match(words, /acknowledge, nobody, due [^\n]*\(set by the school: no text gives it\)/)
    const silent = await played(`profile: westley
people:
  ode: { roles: [teacher] }
  dsl: { roles: [dsl] }
  dpo: { roles: [data-protection-officer] }
pupils:
  ella: { born: 2014-01-20, authority: suffolk }
events:
  - { at: 2026-06-18 10:00, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [ella], prompts: [behaviour] }
  - { at: 2026-06-18 11:00, event: sharing.asked, ref: q1, by: dsl, concern: c1 }
`)
    assert.equal(silent.steps[1]?.starts[0]?.whose, 'product')
    assert.match(
      playedInWords(silent, 'The school'),
      /sharing-advice[^\n]*\(the product’s default, because the policy does not say\)/,
    )
  })

  test('is played under the policies of another folder, where one is named', () => {
    const elsewhere = join(folder, 'policies')
    cpSync(join(repositoryRoot, 'policies'), elsewhere, { recursive: true })
    const own = join(elsewhere, 'schools/west-park.yaml')
    renameSync(own, join(elsewhere, 'schools/east-park.yaml'))
    const file = join(folder, 'east.yaml')
    const text = friday('2026-11-20', '').replace('west-park', 'east-park')
    writeFileSync(file, text)
    const command = join(repositoryRoot, 'dist/src/rehearsal/rehearse-command.js')
    const run = (...args: string[]) => spawnSync(process.execPath, [command, file, ...args], { encoding: 'utf8' })
    assert.match(run().stderr, /No school "east-park" has a policy here/)
    const played = run('--json', '--policies', elsewhere)
    assert.equal(played.status, 0, played.stderr)
    assert.equal((JSON.parse(played.stdout) as Played).profile, 'east-park')
  })

  test('is an answer even where an event is refused; a file with faults ends with 2 and says them; nothing is left behind', () => {
    const file = (name: string, text: string) => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    }
    const good = file(
      'good.yaml',
      friday('2026-11-20', '- { at: 2026-11-20 14:40, event: decision.made, ref: c1, by: ode, choice: refer }'),
    )
    const bad = file('bad.yaml', friday('2026-11-20', '- { at: 2026-11-20 13:00, event: time.passes, mood: low }'))
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(repositoryRoot, 'dist/src/rehearsal/rehearse-command.js'), ...args], { encoding: 'utf8' })
    const json = run(good, '--json')
    assert.equal(json.status, 0, json.stderr)
    const steps = (JSON.parse(json.stdout) as Played).steps
    assert.deepEqual(
      steps[3]?.refused.map(({ code }) => code),
      ['not-permitted'],
    )
    assert.equal(steps[3]?.accepted, false)
    const faults = run(bad, '--json')
    assert.equal(faults.status, 2)
    assert.equal(faults.stdout, '')
    assert.match(faults.stderr, /bad\.yaml:14:.*mood/)
    const missing = run(join(folder, 'none.yaml'), folder)
    assert.equal(missing.status, 2)
    assert.match(
      missing.stderr,
      /There is no file .*none\.yaml\.\n.* is a folder and no file\.\nName files that are there, as in: npm run rehearse/,
    )
    const typed = run(good, '--jsn')
    assert.equal(typed.status, 2)
    assert.match(
      typed.stderr,
      /^Nothing is known of --jsn\. Did you mean --json\? The options are --json, --help, --policies, --decided\.\nnpm run rehearse/,
    )
    assert.match(run(good, '--policies', join(folder, 'nowhere')).stderr, /^There is no folder .*nowhere\./)
    assert.match(run(good, '--policies', folder).stderr, /No school has a policy here\. Put one into schools/)
    const help = run('--help')
    assert.equal(help.status, 0)
    assert.match(help.stdout, /--policies DIR[\s\S]*Ends with 0 where it was played .* with 2 where/)
    const read = run(good, good)
    assert.equal(read.status, 0)
    assert.match(read.stdout, /Rehearsal under the policy of West Park School[\s\S]*Friday 20 November 2026 at 2:10pm/)
    const holders = [tmpdir(), '/dev/shm']
      .filter(place => existsSync(place))
      .flatMap(place => readdirSync(place).map(name => join(place, name)))
      .filter(path => path.includes('holdfast-throw-away-'))
      .map(path => join(path, 'holder'))
      .map(path => (existsSync(path) ? readFileSync(path, 'utf8') : ''))
    for (const { pid } of [json, faults, read]) assert.ok(!holders.includes(String(pid)), 'its database is gone')
  })
})
