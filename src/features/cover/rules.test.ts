import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AdultId } from '../../kernel/ids.ts'
import type { Instant, LocalTime, PlainDate } from '../../kernel/plain-date.ts'
import type { SchoolCalendar } from '../../policy/profile.ts'
import type { CoverFacts, CoverKind, Duty, TeamAppointment } from './model.ts'
import { dayCover, gapsOf, mondayOf, onDutyAt, repeated, schoolHours, weekCover, weekThatMatters, without } from './rules.ts'

const tuesday = '2026-11-17' as PlainDate
const at = (time: string, date: string = tuesday) => `${date}T${time}:00.000Z` as Instant
const long = '2020-09-01T00:00:00.000Z' as Instant
const calendar: SchoolCalendar = {
  terms: [{ name: 'Autumn', from: '2026-09-02' as PlainDate, to: '2026-12-18' as PlainDate, standing: 'stated' }],
  closures: [{ from: '2026-10-26' as PlainDate, to: '2026-10-30' as PlainDate, says: 'half term' }],
  dayStarts: '08:30' as LocalTime,
  dayEnds: '15:30' as LocalTime,
  closeOfBusiness: '17:00' as LocalTime,
}
const hours = schoolHours(calendar, tuesday)
const profile = { team: [{ role: 'dsl' }, { role: 'deputy-dsl' }, { role: 'headteacher' }] } as unknown as Parameters<
  typeof onDutyAt
>[0]

const duty = (adultId: string, from: string, to: string, kind: CoverKind = 'school-day'): Duty => ({
  id: `${adultId} ${from}`,
  adultId: adultId as AdultId,
  name: adultId,
  kind,
  phone: null,
  startsAt: at(from),
  endsAt: at(to),
})
const holds = (adultId: string, role: TeamAppointment['role'], endsAt: Instant | null = null): TeamAppointment => ({
  adultId: adultId as AdultId,
  name: adultId,
  role,
  phone: `phone of ${adultId}`,
  startsAt: long,
  endsAt,
})
const out = (adultId: string, from: string, to: string | null) => ({
  id: 'x',
  adultId: adultId as AdultId,
  name: adultId,
  reason: 'out' as const,
  startsAt: at(from),
  endsAt: to === null ? null : at(to),
})
const facts = (parts: Partial<CoverFacts>): CoverFacts => ({
  duties: [],
  absences: [],
  appointments: [holds('Ada', 'dsl'), holds('Ben', 'deputy-dsl')],
  ...parts,
})
const times = (stretches: readonly { startsAt: string; endsAt: string }[]) =>
  stretches.map(({ startsAt, endsAt }) => `${startsAt.slice(11, 16)}-${endsAt.slice(11, 16)}`)

test('hours for which nobody is on duty are found between duties', () => {
  const gaps = gapsOf(facts({ duties: [duty('Ada', '08:00', '12:00'), duty('Ben', '13:00', '14:00')] }), hours)
  assert.deepEqual(times(gaps.withoutDuty), ['12:00-13:00', '14:00-15:30'])
  assert.deepEqual(gaps.withoutAnybody, [])
})

test('somebody who is out, whose post has ended, or who is with a trip, leaves a gap although they are on the rota', () => {
  const rota = [duty('Ada', '08:30', '15:30')]
  assert.deepEqual(times(gapsOf(facts({ duties: rota, absences: [out('Ada', '10:00', '11:00')] }), hours).withoutDuty), [
    '10:00-11:00',
  ])
  assert.deepEqual(times(gapsOf(facts({ duties: rota, appointments: [holds('Ada', 'dsl', at('12:00'))] }), hours).withoutDuty), [
    '12:00-15:30',
  ])
  assert.deepEqual(times(gapsOf(facts({ duties: [...rota, duty('Ada', '09:00', '14:00', 'trip')] }), hours).withoutDuty), [
    '09:00-14:00',
  ])
})

test('hours in which every one of the team is away are told apart from hours without a duty', () => {
  const gaps = gapsOf(facts({ absences: [out('Ada', '09:00', null), out('Ben', '14:00', '15:00')] }), hours)
  assert.deepEqual(times(gaps.withoutDuty), ['08:30-15:30'])
  assert.deepEqual(times(gaps.withoutAnybody), ['14:00-15:00'])
})

test('no gap is told of a holiday, of a weekend or of hours that are past', () => {
  assert.deepEqual(dayCover(facts({}), calendar, '2026-10-27' as PlainDate, long).withoutDuty, [])
  assert.equal(dayCover(facts({}), calendar, '2026-10-27' as PlainDate, long).closedFor, 'half term')
  assert.deepEqual(times(dayCover(facts({}), calendar, tuesday, at('14:00')).withoutDuty), ['14:00-15:30'])
  assert.deepEqual(dayCover(facts({}), calendar, tuesday, at('16:00')).withoutDuty, [])
  assert.equal(weekCover(facts({}), calendar, mondayOf(tuesday), long).length, 5)
})

test('a week begins on its Monday, whichever of its days is asked for', () => {
  assert.deepEqual(
    ['2026-11-16', '2026-11-18', '2026-11-22'].map(date => mondayOf(date as PlainDate)),
    ['2026-11-16', '2026-11-16', '2026-11-16'],
  )
})

test('at the weekend the week to come is the one that matters', () => {
  assert.deepEqual(
    ['2026-11-20', '2026-11-21', '2026-11-22'].map(date => weekThatMatters(date as PlainDate)),
    ['2026-11-16', '2026-11-23', '2026-11-23'],
  )
})

test('taking out what lies outside, at the edge or around', () => {
  const whole = [{ startsAt: at('09:00'), endsAt: at('10:00') }]
  assert.deepEqual(without(whole, [{ startsAt: at('10:00'), endsAt: at('11:00') }]), whole)
  assert.deepEqual(without(whole, [{ startsAt: at('08:00'), endsAt: null }]), [])
  assert.deepEqual(
    times(
      without(whole, [
        { startsAt: at('09:15'), endsAt: at('09:30') },
        { startsAt: at('09:20'), endsAt: at('09:45') },
      ]),
    ),
    ['09:00-09:15', '09:45-10:00'],
  )
})

test('whoever is on the rota answers; if they are out, whoever of the team is in school does, the DSL first', () => {
  const rota = facts({ duties: [duty('Ben', '08:30', '15:30')] })
  const who = (given: CoverFacts, time: string, isOpen = true) =>
    onDutyAt(profile, given, at(time), isOpen ? hours : undefined, role => role).map(person => `${person.name} ${person.kind}`)
  assert.deepEqual(who(rota, '10:00'), ['Ben school-day'])
  assert.deepEqual(who({ ...rota, absences: [out('Ben', '09:00', null)] }, '10:00'), ['Ada present'])
  assert.deepEqual(who(facts({}), '10:00'), ['Ada present', 'Ben present'])
  assert.deepEqual(who(facts({}), '20:00'), [])
  assert.deepEqual(who(facts({}), '10:00', false), [])
})

test('somebody with a trip is named with it, and somebody in school besides', () => {
  const given = facts({ duties: [duty('Ada', '08:00', '18:00', 'trip'), duty('Ada', '08:30', '15:30')] })
  const people = onDutyAt(profile, given, at('10:00'), hours, role => role)
  assert.deepEqual(
    people.map(person => `${person.name} ${person.kind}`),
    ['Ben present', 'Ada trip'],
  )
})

test('a duty carries the phone given for it, else the person’s own', () => {
  const [person] = onDutyAt(
    profile,
    facts({ duties: [{ ...duty('Ada', '08:00', '18:00'), phone: '1' }] }),
    at('10:00'),
    hours,
    role => role,
  )
  assert.equal(person?.phone, '1')
  assert.equal(onDutyAt(profile, facts({}), at('10:00'), hours, role => role)[0]?.phone, 'phone of Ada')
})

test('a weekly duty leaves out the half term', () => {
  const first = { ...hours, date: '2026-10-20' as PlainDate }
  const dates = repeated(first, '2026-11-10' as PlainDate, calendar, date => schoolHours(calendar, date))
    .slice(1)
    .map(stretch => stretch.startsAt.slice(0, 10))
  assert.deepEqual(dates, ['2026-11-03', '2026-11-10'])
})
