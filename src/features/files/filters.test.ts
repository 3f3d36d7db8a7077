import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import { filtersQuery, readFilters } from './filters.ts'
import { entryKinds, type FileFilters } from './model.ts'

const read = (query: string) => readFilters(new URLSearchParams(query))

test('an address that asks for nothing shows everything, newest first, headings only', () => {
  assert.deepEqual(read('').filters, { kinds: [], category: null, from: null, to: null, order: 'newest', words: false, page: 1 })
})

test('whatever the DSL chooses survives in the address', () => {
  const dates = fc.option(fc.integer({ min: 0, max: 4000 }).map(days => addDays('2020-01-01' as PlainDate, days)))
  const filters = fc.record(
    {
      kinds: fc.subarray([...entryKinds]),
      category: fc.option(fc.constantFrom('neglect', 'physical-abuse')),
      from: dates,
      to: dates,
      order: fc.constantFrom('newest', 'oldest'),
      words: fc.boolean(),
      page: fc.integer({ min: 1, max: 40 }),
    },
    { noNullPrototype: true },
  )
  fc.assert(
    fc.property(filters, (made: FileFilters) => {
      fc.pre(made.from === null || made.to === null || made.from <= made.to)
      assert.deepEqual(read(filtersQuery(made)).filters, made)
    }),
  )
})

test('30 February is told at its box, kept as typed, and narrows nothing', () => {
  const { filters, errors, typed } = read('from-day=30&from-month=2&from-year=2026')
  assert.equal(filters.from, null)
  assert.deepEqual(
    errors.map(error => error.field),
    ['from-day'],
  )
  assert.equal(typed['from-day'], '30')
})

test('an end before the beginning is told, and what cannot be read is passed over', () => {
  const { filters, errors } = read(
    'from-day=2&from-month=3&from-year=2026&to-day=1&to-month=3&to-year=2026&kind=spell&page=-4&order=up',
  )
  assert.deepEqual(
    errors.map(error => error.field),
    ['to-day'],
  )
  assert.deepEqual(filters, { kinds: [], category: null, from: null, to: null, order: 'newest', words: false, page: 1 })
})
