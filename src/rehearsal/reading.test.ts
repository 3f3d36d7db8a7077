import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { testPolicies } from '../../test/support/demonstration.ts'
import { faultInWords } from '../policy/faults.ts'
import { eventKinds } from './events/index.ts'
import { contextOf, readRehearsal } from './reading.ts'

const context = { ...contextOf(eventKinds, testPolicies()), profiles: ['west-park', 'westacre'] }

const whole = `profile: west-park
people:
  ode: { roles: [teacher] }
  dsl: { roles: [dsl, senior-leader], absent: [2026-11-23], left: 2027-01-08 }
  dad: { parent_of: amina, relative_of: dsl }
pupils:
  amina: { born: 2013-05-04, authority: derby, leaves_at: "15:15", statuses: [looked-after], school_days: [mon, tue] }
events:
  - { at: 2026-11-20 14:10, event: concern.recorded, ref: c1, by: ode, kind: welfare, about: [amina] }
  - { at: 2026-11-20 14:25, event: concern.acknowledged, ref: c1, by: dsl }
`

const faultsOf = (text: string): readonly string[] => {
  const read = readRehearsal('r.yaml', text, context)
  return read.ok ? [] : read.refusal.map(faultInWords)
}

/** The whole file with one piece of it put otherwise. */
const but = (piece: string, instead: string) => {
  assert.ok(whole.includes(piece), piece)
  return faultsOf(whole.replace(piece, instead))
}

suite('A rehearsal', () => {
  test('is read whole, and its times are London’s', () => {
    const read = readRehearsal('r.yaml', whole, context)
    assert.ok(read.ok, JSON.stringify(read))
    assert.deepEqual(
      read.value.events.map(event => event.at),
      ['2026-11-20T14:10:00.000Z', '2026-11-20T14:25:00.000Z'],
    )
    const summer = readRehearsal('r.yaml', whole.replaceAll('2026-11-20', '2026-06-19'), context)
    assert.equal(summer.ok && summer.value.events[0]?.at, '2026-06-19T13:10:00.000Z')
  })

  test('that happens in the hour which autumn gives twice is in the first of the two', () => {
    const read = readRehearsal('r.yaml', whole.replace('2026-11-20 14:10', '2026-10-25 01:30'), context)
    assert.equal(read.ok && read.value.events[0]?.at, '2026-10-25T00:30:00.000Z')
  })

  for (const [says, piece, instead, expected] of [
    [
      'a time that spring skips',
      '2026-11-20 14:10',
      '2026-03-29 01:30',
      /r\.yaml:9:11 events\[0\]\.at: .*never show.*before or after/,
    ],
    ['a date that is none', '2026-11-20 14:10', '2026-02-30 14:10', /events\[0\]\.at: .*is no date and time\..*2026-11-20 14:10/],
    ['a time with a zone', '2026-11-20 14:10', '2026-11-20T14:10Z', /events\[0\]\.at: .*is no date and time/],
    [
      'events out of order',
      '2026-11-20 14:25',
      '2026-11-20 14:09',
      /r\.yaml:10:11 events\[1\]\.at: This event is at 2026-11-20 14:09, before the one above it, which is at 2026-11-20 14:10\. .*order/,
    ],
    [
      'an unknown key',
      'kind: welfare',
      'kind: welfare, mood: low',
      /r\.yaml:9:\d+ events\[0\]\.mood: Nothing is known of "mood".*Known here: .*urgent/,
    ],
    ['an unknown key of a person', 'absent:', 'away:', /r\.yaml:4:\d+ people\.dsl\.away: Nothing is known of "away".*absent/],
    ['an unknown key at the top', 'people:', 'persons: {}\npeople:', /r\.yaml:2:1 persons: Nothing is known/],
    [
      'an unknown event',
      'concern.acknowledged',
      'concern.seen',
      /events\[1\]\.event: "concern\.seen" is no event\. Use one of: .*concern\.acknowledged/,
    ],
    ['an unknown person', 'by: ode', 'by: nia', /events\[0\]\.by: "nia" is none of the people\..*Known: ode, dsl, dad/],
    ['an unknown pupil', 'about: [amina]', 'about: [amina, sam]', /events\[0\]\.about\[1\]: "sam" is neither/],
    ['a child of nobody here', 'parent_of: amina', 'parent_of: sam', /people\.dad\.parent_of: "sam" is none of the pupils/],
    [
      'an unknown ref',
      'ref: c1, by: dsl',
      'ref: c2, by: dsl',
      /events\[1\]\.ref: No event before this one opens the ref "c2"\. Known: c1/,
    ],
    ['an unknown profile', 'profile: west-park', 'profile: eastacre', /profile: No school "eastacre".*west-park, westacre/],
    ['an unknown role', '[teacher]', '[wizard]', /people\.ode\.roles\[0\]: "wizard" is not a known role\. Use one of: teacher/],
    ['an unknown prompt', 'about: [amina]', 'about: [amina], prompts: [mood]', /prompts\[0\]: "mood" is not allowed here/],
    ['a missing key', ', by: ode', '', /events\[0\]\.by: by is missing\. Write it as in `by: dsl`: whose act it is/],
    [
      'a triage without its level',
      'event: concern.acknowledged, ref: c1',
      'event: concern.triaged, ref: c1',
      /r\.yaml:10:5 events\[1\]\.level: level is missing\. Write it as in `level: 3`: the position in the authority's framework/,
    ],
    [
      'one person where a list stands',
      'about: [amina]',
      'about: [amina], alleged: ode',
      /events\[0\]\.alleged: Here stands "ode" instead of a list\. Write it in brackets: `alleged: \[ode\]`/,
    ],
    [
      'a concern about a child that is about an adult',
      'about: [amina]',
      'about: [ode]',
      /events\[0\]\.about: "ode" is one of the people/,
    ],
    [
      'a concern about conduct that is about nobody',
      'kind: welfare, about: [amina]',
      'kind: conduct',
      /events\[0\]\.about: A concern about conduct is about an adult\. Name at least one of the people/,
    ],
    ['what is no YAML', 'events:', 'events: [', /not well-formed YAML/],
    [
      'a status that no child has',
      '[looked-after]',
      '[lookd-after]',
      /r\.yaml:7:\d+ pupils\.amina\.statuses\[0\]: "lookd-after" is no status of a child that Holdfast knows\. Use one of: child-protection-plan, looked-after/,
    ],
    [
      'a status that no child has in an event',
      'event: concern.acknowledged, ref: c1, by: dsl',
      'event: status.started, about: [amina], status: famous',
      /r\.yaml:10:\d+ events\[1\]\.status: "famous" is no status of a child .*Use one of:/,
    ],
    [
      'a child born after the first event',
      'born: 2013-05-04',
      'born: 2026-11-21',
      /r\.yaml:7:\d+ pupils\.amina\.born: Born on 2026-11-21, after the first event, which is on 2026-11-20\. Correct the date of birth/,
    ],
  ] as const)
    test(`with ${says} is refused, with the place and the remedy`, () => {
      const faults = but(piece, instead)
      assert.equal(faults.length > 0, true)
      assert.match(faults.join('\n'), expected)
    })

  for (const [says, piece, instead, expected] of [
    [
      'how serious it is believed to be of a worry about a child',
      'kind: welfare',
      'kind: welfare, believed: low-level',
      /r\.yaml:9:\d+ events\[0\]\.believed: .*of a concern about conduct alone\. Leave believed out, or write kind: conduct/,
    ],
    [
      'what prompted a worry about an adult',
      'kind: welfare, about: [amina]',
      'kind: conduct, about: [dad], prompts: [injury]',
      /r\.yaml:9:\d+ events\[0\]\.prompts: .*about a child alone.*Leave prompts out, or write kind: welfare/,
    ],
    [
      'a category that no pathway of the school uses',
      'event: concern.acknowledged, ref: c1, by: dsl',
      'event: concern.triaged, ref: c1, by: dsl, level: 3, categories: [neglect, nudges]',
      /r\.yaml:10:\d+ events\[1\]\.categories: No pathway and no list of this school has the category "nudges"\. Did you mean nudes\? Use one of: /,
    ],
    [
      'a category of the report that the school does not use',
      'kind: welfare',
      'kind: welfare, category: wizardry',
      /r\.yaml:9:\d+ events\[0\]\.category: No pathway and no list of this school has the category "wizardry"/,
    ],
    [
      'an authority of which nothing is known',
      'authority: derby',
      'authority: derbee',
      /r\.yaml:7:\d+ pupils\.amina\.authority: No authority "derbee" is known here\. Use one of: derby, derbyshire, .*; write another where the child lives in none of them/,
    ],
    [
      'an office that another is called at the school',
      'roles: [teacher]',
      'roles: [teacher, chair-of-trustees]',
      /r\.yaml:3:\d+ people\.ode\.roles\[1\]: At West Park School nobody is chair-of-trustees.* What is called Chair of Trustees there is chair-of-governors, and it is read as that/,
    ],
    [
      'an office of a trust at a school of none',
      'roles: [teacher]',
      'roles: [director-of-education]',
      /r\.yaml:3:\d+ people\.ode\.roles\[0\]: At West Park School nobody is director-of-education.* Leave the role out/,
    ],
    [
      'an office that an event gives and the school has not',
      'event: concern.acknowledged, ref: c1, by: dsl',
      'event: adult.started, about: [ode], role: chief-executive',
      /r\.yaml:10:\d+ events\[1\]\.role: At West Park School nobody is chief-executive/,
    ],
  ] as const)
    test(`with ${says} is played all the same, and the doubt is said with its place and remedy`, () => {
      const read = readRehearsal('r.yaml', whole.replace(piece, instead), context)
      assert.ok(read.ok, read.ok ? '' : read.refusal.map(faultInWords).join('\n'))
      assert.match(read.value.doubts.map(faultInWords).join('\n'), expected)
    })

  test('reads an office by the name that it has at the school as the school’s own, so that whoever holds it is told', () => {
    const read = readRehearsal('r.yaml', whole.replace('[teacher]', '[teacher, chair-of-trustees]'), context)
    assert.deepEqual(read.ok && read.value.people.get('ode')?.roles, ['teacher', 'chair-of-governors'])
  })

  test('takes a child born on its first day, one who lives in an authority that the policies do not know, and every office of a trust that is there', () => {
    assert.deepEqual(but('born: 2013-05-04', 'born: 2026-11-20'), [])
    const elsewhere = readRehearsal('r.yaml', whole.replace('authority: derby', 'authority: another'), context)
    assert.deepEqual(elsewhere.ok && elsewhere.value.doubts, [])
    const offices = ['chair-of-trustees', 'director-of-education', 'chief-executive', 'chief-operating-officer']
    const macgregor = { ...context, profiles: ['william-macgregor'] }
    const text = whole.replace('west-park', 'william-macgregor').replace('[teacher]', `[${offices.join(', ')}]`)
    const read = readRehearsal('r.yaml', text, macgregor)
    assert.ok(read.ok, read.ok ? '' : read.refusal.map(faultInWords).join('\n'))
    assert.deepEqual(read.value.doubts, [])
  })

  test('with a key that an event does not know is refused whatever the event', () => {
    for (const [event, { keys }] of Object.entries(eventKinds)) {
      const text = `profile: west-park\npeople:\n  ode: { roles: [teacher] }\nevents:\n  - { at: 2026-11-20 14:10, event: ${event}, mood: low }\n`
      const known = Object.keys(keys)
      const faults = faultsOf(text)
      const fault = faults.find(one => one.includes('events[0].mood: Nothing is known of "mood" here.'))
      assert.ok(fault, `${event}: ${faults.join('\n')}`)
      for (const key of known) assert.ok(fault.includes(key), `${event}: ${key}`)
    }
  })

  test('says every fault at once, in the order of the file', () => {
    const faults = faultsOf(
      whole.replace('by: ode', 'by: nia').replace('[teacher]', '[wizard]').replace('2026-11-20 14:10', 'soon'),
    )
    assert.equal(faults.length, 3)
    assert.match(faults.join('\n'), /people\.ode\.roles\[0\][\s\S]*events\[0\]\.at: "soon"[\s\S]*events\[0\]\.by: "nia"/)
    const both = faultsOf(whole.replace('by: ode', 'by: nia').replace('2026-11-20 14:25', 'soon'))
    assert.equal(both.length, 2)
    assert.match(both[0] ?? '', /r\.yaml:9/)
    assert.match(both[1] ?? '', /r\.yaml:10/)
  })

  test('that is empty or holds something else is refused', () => {
    for (const text of ['', '[]', 'just words', 'profile: west-park']) assert.ok(faultsOf(text).length > 0, text)
  })
})
