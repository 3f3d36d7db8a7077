import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toInstant } from '../kernel/london-time.ts'
import type { LocalTime, PlainDate, Weekday } from '../kernel/plain-date.ts'
import { isOpenAt, whomToRing } from './contact-hours.ts'
import type { Contact } from './profile.ts'

const at = (date: string, time: string) => toInstant(date as PlainDate, time as LocalTime)
const everyDay: Weekday[] = [1, 2, 3, 4, 5, 6, 7]

function contact(key: string, days?: Weekday[], from = '09:00', to = '17:00'): Contact {
  const open = days && [{ days, from: from as LocalTime, to: to as LocalTime }]
  return { key, who: key, purpose: '.', source: { document: 'd', section: '1' }, standing: 'stated', ...(open ? { open } : {}) }
}
const office = contact('front-door', [1, 2, 3, 4, 5])

test('an office answers in its hours, on working days, by the clock in London', () => {
  assert.equal(isOpenAt(office, at('2026-07-01', '09:00')), true)
  assert.equal(isOpenAt(office, at('2026-07-01', '17:01')), false)
  assert.equal(isOpenAt(office, at('2026-07-04', '10:00')), false)
  assert.equal(isOpenAt(office, at('2026-08-31', '10:00')), false)
  assert.equal(isOpenAt(contact('line', everyDay, '00:00', '23:59'), at('2026-08-31', '23:59')), true)
  assert.equal(isOpenAt(contact('unknown'), at('2026-07-01', '09:00')), undefined)
})

test('a line that answers overnight answers after midnight too', () => {
  const night = contact('night', [5], '17:00', '08:45')
  assert.equal(isOpenAt(night, at('2026-11-20', '20:00')), true)
  assert.equal(isOpenAt(night, at('2026-11-21', '08:45')), true)
  assert.equal(isOpenAt(night, at('2026-11-20', '08:00')), false)
  assert.equal(isOpenAt(night, at('2026-11-21', '20:00')), false)
})

test('in the evening the out-of-hours line is the one to ring', () => {
  const destination = { authority: 'x', frontDoor: 'front-door', source: office.source }
  const found = { kind: 'found' as const, destination, frontDoor: office, outOfHours: contact('out-of-hours') }
  assert.equal(whomToRing(found, at('2026-11-20', '14:00')).key, 'front-door')
  assert.equal(whomToRing(found, at('2026-11-20', '19:00')).key, 'out-of-hours')
  assert.equal(
    whomToRing({ kind: 'found', destination, frontDoor: contact('front-door') }, at('2026-11-20', '19:00')).key,
    'front-door',
  )
})
