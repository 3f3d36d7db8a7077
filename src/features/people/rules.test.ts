import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AdultId, AppointmentId, ChildId } from '../../kernel/ids.ts'
import type { Instant, PlainDate } from '../../kernel/plain-date.ts'
import type { Appointment } from './model.ts'
import { plainName, searchName, searchPatterns } from './names.ts'
import { afterDay, appointmentFault, birthdayFault, endedAt, holdsOn, lastDay, overlaps, sameNamed } from './rules.ts'

const at = (text: string) => `${text}:00.000Z` as Instant
const day = (text: string) => text as PlainDate
const head = { actor: 'head' as AdultId, adult: 'teacher' as AdultId }
const held: Appointment = {
  id: 'a' as AppointmentId,
  role: 'dsl',
  startsAt: at('2026-01-05T09:00'),
  endsAt: at('2026-07-20T00:00'),
}

test('a birthday that has not been, or would make an adult, is refused', () => {
  assert.equal(birthdayFault(day('2026-11-19'), day('2026-11-18')), 'in-the-future')
  assert.equal(birthdayFault(day('2026-11-18'), day('2026-11-18')), undefined)
  assert.equal(birthdayFault(day('1987-03-04'), day('2026-11-18')), 'too-long-ago')
})

test('somebody may not hold one role twice at a time, but again afterwards', () => {
  const again = { role: 'dsl', startsAt: at('2026-07-20T00:00'), endsAt: null } as const
  assert.equal(appointmentFault(again, [held], head), undefined)
  assert.equal(appointmentFault({ ...again, startsAt: at('2026-07-19T23:00') }, [held], head), 'same-role-overlaps')
  assert.equal(appointmentFault({ ...again, role: 'teacher', startsAt: held.startsAt }, [held], head), undefined)
  assert.equal(appointmentFault({ ...held, endsAt: at('2026-09-01T00:00') }, [held], head), undefined)
})

test('an appointment may not end before it begins', () => {
  assert.equal(appointmentFault({ role: 'dsl', startsAt: held.startsAt, endsAt: held.startsAt }, [], head), 'ends-before-start')
})

test('nobody gives themselves a role', () => {
  const self = { actor: 'head' as AdultId, adult: 'head' as AdultId }
  assert.equal(appointmentFault({ role: 'dsl', startsAt: held.startsAt, endsAt: null }, [], self), 'own-appointment')
})

test('an appointment that has not begun and is ended now has no moment at all', () => {
  const coming = { startsAt: at('2027-01-04T00:00'), endsAt: null }
  assert.equal(endedAt(coming, at('2026-11-18T10:00')), coming.startsAt)
  assert.equal(overlaps({ ...coming, endsAt: coming.startsAt }, coming), false)
})

test('a last day lasts until its midnight in London, in summer too', () => {
  assert.equal(afterDay(day('2026-07-17')), '2026-07-17T23:00:00.000Z')
  assert.equal(lastDay(afterDay(day('2026-07-17'))), '2026-07-17')
  assert.equal(lastDay(at('2026-11-18T10:00')), '2026-11-18')
})

test('a status holds on its first and on its last day', () => {
  const status = { startsOn: day('2026-03-01'), endsOn: day('2026-03-31') }
  assert.deepEqual(
    ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map(on => holdsOn(status, day(on))),
    [false, true, true, false],
  )
})

test('only children of one name are told apart by their birthdays', () => {
  const children = [
    { id: 'a' as ChildId, givenName: 'Lily', familyName: 'Carter' },
    { id: 'b' as ChildId, givenName: 'LILY', familyName: 'Carter' },
    { id: 'c' as ChildId, givenName: 'Lily', familyName: 'Cartwright' },
  ]
  assert.deepEqual([...sameNamed(children)], ['a', 'b'])
})

test('a child is found without accents, apostrophes or hyphens, and by each part of a name', () => {
  assert.equal(plainName('  Zoë  ÁLVAREZ–Núñez '), 'zoe alvarez nunez')
  assert.equal(searchName('Neve', "O'Sullivan", null), 'neve osullivan o sullivan')
  assert.deepEqual(searchPatterns("o'sul ne%_"), ['% osul%', '% ne%'])
  assert.deepEqual(searchPatterns('%_\\'), [])
})
