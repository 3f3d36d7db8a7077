import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { toInstant } from '../kernel/london-time.ts'
import type { LocalTime, PlainDate } from '../kernel/plain-date.ts'
import { jsonSchemas } from './check-command.ts'
import { clocksStartedBy } from './clocks.ts'
import { faultInWords } from './faults.ts'
import { findPolicyTexts, loadPolicies } from './load.ts'
import type { Cited, Profile } from './profile.ts'
import { referralDestination } from './referral-destination.ts'

const loaded = loadPolicies('policies')
const friday = '2026-11-20' as PlainDate

test('the five schools each have a whole policy', () => {
  assert.ok(loaded.ok, loaded.ok ? '' : loaded.refusal.map(faultInWords).join('\n'))
  assert.deepEqual(loaded.value.keys.toSorted(), ['mmap', 'west-park', 'westacre', 'westley', 'william-macgregor'])
})

/** What a profile says of itself and takes from no document. */
const own = ['key', 'school', 'edition', 'documents']

/** The paths of all values that no source of the document list stands behind, and of sources outside that list. */
function unsourced(profile: Pick<Profile, 'documents' | 'contacts'>): string[] {
  const isListed = (cited: unknown): boolean => {
    const { source } = (cited ?? {}) as Partial<Cited>
    return source !== undefined && profile.documents[source.document] !== undefined && source.section !== ''
  }
  const visit = (value: unknown, path: string, behind: boolean): string[] => {
    if (typeof value !== 'object' || value === null) {
      // A contact's name stands for the contact, which is visited itself.
      const isContact = typeof value === 'string' && Object.hasOwn(profile.contacts, value)
      // The name of a route is the product's own.
      return behind || isContact || /^routes\.\w+\.id$/.test(path) ? [] : [path]
    }
    if (Array.isArray(value)) return value.flatMap((part, index) => visit(part, `${path}[${index}]`, behind))
    const {
      sources = {},
      source,
      duration,
    } = value as { sources?: Record<string, unknown>; source?: unknown; duration?: unknown }
    if (source !== undefined && !isListed(value)) return [`${path}.source`]
    // What a clock is called and says comes with its time.
    const here = behind || source !== undefined || isListed(duration)
    return Object.entries(value).flatMap(([name, part]) => visit(part, `${path}.${name}`, here || isListed(sources[name])))
  }
  return Object.entries(profile).flatMap(([name, part]) => (own.includes(name) ? [] : visit(part, name, false)))
}

test('a day on which a school’s policy is said to change is one on which something of it does', () => {
  const policies = loaded.ok ? loaded.value : assert.fail()
  for (const key of policies.keys) {
    const stages = policies.changes(key).map(on => ({ on, profile: JSON.stringify(policies.profile(key, on)) }))
    for (const [index, { on, profile }] of stages.entries())
      assert.notEqual(profile, stages[index - 1]?.profile, `${key} on ${on}`)
  }
})

test('a value without a source is found wherever it stands', () => {
  const source = { document: 'policy', section: '1' }
  const contacts = { office: { key: 'office', who: 'The office', source } }
  const invented = (more: object) => unsourced({ documents: { policy: { title: 'A policy' } }, contacts, ...more } as never)
  assert.deepEqual(invented({ emergency: [{ contact: 'office', when: 'Now', source }] }), [])
  assert.deepEqual(invented({ emergency: [{ contact: 'office', when: 'Now' }] }), ['emergency[0].when'])
  assert.deepEqual(invented({ directory: [{ purpose: 'lado', contact: 'office' }] }), ['directory[0].purpose'])
  assert.deepEqual(invented({ lead: { holdersMax: 1, source: { document: 'elsewhere', section: '1' } } }), ['lead.source'])
  const calendar = { dayStarts: '08:40', dayEnds: '15:15', sources: { dayStarts: { source } } }
  assert.deepEqual(invented({ calendar }), ['calendar.dayEnds'])
  assert.deepEqual(invented({ calendar: { terms: [{ name: 'Autumn' }] } }), ['calendar.terms[0].name'])
})

test("terms that no text gives are one usual pattern, called a setting at every school and in no authority's name", () => {
  for (const key of loaded.ok ? loaded.value.keys : []) {
    const { calendar } = loaded.ok ? loaded.value.profile(key, friday) : assert.fail()
    for (const { source, standing, reading } of [...calendar.terms, ...calendar.closures]) {
      assert.deepEqual(
        { source, standing },
        { source: { document: 'settings.usual-terms', section: '2023 to 2029' }, standing: 'setting' },
      )
      assert.match(reading ?? '', /nobody's published dates/)
    }
  }
})

for (const key of loaded.ok ? loaded.value.keys : []) {
  const profile = loaded.ok ? loaded.value.profile(key, friday) : assert.fail()

  test(`at ${key} every value has a source, and each names a document that the profile lists`, () => {
    assert.deepEqual(unsourced(profile), [])
  })

  test(`at ${key} somebody hears when a concern is not acknowledged, triaged or decided, when no DSL can be reached and when nobody leads`, () => {
    for (const on of ['acknowledgement', 'triage', 'decision', 'unreachable'])
      assert.ok(
        profile.unanswered.some(rule => rule.on === on && rule.tell.length > 0 && rule.source.section !== ''),
        on,
      )
    assert.ok(profile.unanswered.some(rule => rule.ask.length > 0))
    assert.ok(profile.lead && profile.lead.holdersMax === 1 && profile.lead.vacancyTold.length > 1)
  })

  test(`at ${key} the terms are published to the summer of 2029`, () => {
    assert.ok((profile.calendar.terms.at(-1)?.to ?? '') >= '2029-07-01')
  })

  test(`at ${key} every contact that a page shows is there, and at the end of each route somebody outside can be rung`, () => {
    const emergency = profile.emergency.map(({ contact }) => profile.contacts[contact])
    assert.ok(emergency.length > 0 && emergency.every(contact => contact !== undefined))
    assert.ok(emergency.some(contact => contact?.phone === '999'))
    for (const route of [profile.routes.welfare, ...profile.conduct.chains]) {
      assert.ok(
        route.outside.every(name => profile.contacts[name] !== undefined),
        route.id,
      )
      assert.ok(
        route.outside.some(name => profile.contacts[name]?.phone !== undefined),
        route.id,
      )
    }
  })

  test(`at ${key} a child of the school's own authority is referred to that authority`, () => {
    const destination = referralDestination(profile, profile.school.authority)
    assert.ok(destination.kind === 'found' && destination.destination.authority === profile.school.authority)
  })
}

test('at West Park a worry of ten past two is written before the child leaves at a quarter past three', () => {
  const profile = loaded.ok ? loaded.value.profile('west-park', friday) : assert.fail()
  const event = { event: 'concern.recorded', at: toInstant(friday, '14:10' as LocalTime) } as const
  const written = clocksStartedBy(profile, event, { urgent: true, childLeavesAt: '15:15' as LocalTime }).find(
    ({ clock }) => clock === 'record-written',
  )
  assert.equal(written?.due, '2026-11-20T15:15:00.000Z')
})

test('editors find the schemas as the language has them', () => {
  for (const [kind, schema] of Object.entries(jsonSchemas()))
    assert.deepEqual(
      JSON.parse(readFileSync(`policies/schema/${kind}.schema.json`, 'utf8')),
      JSON.parse(JSON.stringify(schema)),
      kind,
    )
  for (const { kind, file, text } of findPolicyTexts('policies'))
    assert.ok(text.startsWith(`# yaml-language-server: $schema=../schema/${kind}.schema.json\n`), `${file} names its schema`)
})
