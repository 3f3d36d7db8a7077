import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ConcernId, EntryId } from '../../kernel/ids.ts'
import { addDays, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import { chronologyOf } from './chronology.ts'
import { noFilters } from './filters.ts'
import { type EntryKind, entryKinds, type StoredEntry } from './model.ts'

const concern: NonNullable<StoredEntry['concern']> = {
  reference: 'AAAA-BBBB',
  state: 'open',
  urgent: false,
  category: null,
  location: 'Field',
  undated: false,
  reportedBy: null,
  onBehalfReason: null,
  firstWrittenAt: null,
  movedAway: false,
  isShared: false,
  otherSubjects: false,
  otherNames: [],
}

function entry(id: string, on: string, more: Partial<StoredEntry> = {}): StoredEntry {
  return {
    id: id as EntryId,
    kind: 'concern',
    heading: id,
    happenedOn: on as PlainDate,
    happenedAtTime: null,
    hour: '',
    recordedAt: `${on}T16:00:00.000Z` as Instant,
    authorId: null,
    concernId: 'c' as ConcernId,
    referralId: null,
    noteId: null,
    involvement: 'subject',
    categories: [],
    concern,
    ...more,
  }
}

const ids = (entries: readonly StoredEntry[]) => entries.map(({ id }) => id)

test('what happened in the morning stands before what happened in the afternoon, however late it was written down', () => {
  const entries = [
    entry('afternoon', '2026-11-18', { hour: '14:00', recordedAt: '2026-11-18T14:05:00.000Z' as Instant }),
    entry('morning', '2026-11-18', { hour: '09:00', recordedAt: '2026-11-19T09:00:00.000Z' as Instant }),
    entry('before', '2026-11-17'),
  ]
  assert.deepEqual(ids(chronologyOf(entries, { ...noFilters, order: 'oldest' }, 200).entries), ['before', 'morning', 'afternoon'])
  assert.deepEqual(ids(chronologyOf(entries, noFilters, 200).entries), ['afternoon', 'morning', 'before'])
})

test('a category finds everything about the concern that was so judged, and the reporter’s category does too', () => {
  const entries = [
    entry('reported', '2026-11-01', { concern: { ...concern, category: 'worry' } }),
    entry('judged', '2026-11-02', { kind: 'triage', categories: ['neglect'] }),
    entry('other', '2026-11-03', { concernId: 'd' as ConcernId }),
    entry('note', '2026-11-04', { kind: 'note', concernId: null, concern: null }),
  ]
  const found = (category: string) => ids(chronologyOf(entries, { ...noFilters, category }, 200).entries)
  assert.deepEqual(found('neglect'), ['judged', 'reported'])
  assert.deepEqual(found('worry'), ['judged', 'reported'])
  assert.deepEqual(found('absence'), [])
  assert.deepEqual(chronologyOf(entries, noFilters, 200).categories, ['neglect', 'worry'])
})

test('a concern filed here by mistake offers no category and counts in no pattern', () => {
  const entries = [entry('moved', '2026-11-01', { categories: ['neglect'], concern: { ...concern, movedAway: true } })]
  const { categories, occasions, total } = chronologyOf(entries, noFilters, 200)
  assert.deepEqual({ categories, occasions, total }, { categories: [], occasions: [], total: 1 })
})

test('however a file is filtered and paged, list, counts and timeline tell of the same entries', () => {
  const made = fc.array(fc.record({ kind: fc.constantFrom<EntryKind>(...entryKinds), day: fc.integer({ min: 0, max: 40 }) }), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(made, fc.subarray([...entryKinds]), fc.integer({ min: 1, max: 7 }), (parts, kinds, eachPage) => {
      const entries = parts.map(({ kind, day }, n) => entry(`e${n}`, addDays('2026-01-01' as PlainDate, day), { kind }))
      const filters = { ...noFilters, kinds }
      const first = chronologyOf(entries, filters, eachPage)
      const pages = Array.from({ length: Math.ceil(first.matching / eachPage) }, (_, n) =>
        chronologyOf(entries, { ...filters, page: n + 1 }, eachPage),
      )
      const listed = pages.flatMap(page => ids(page.entries))
      assert.equal(new Set(listed).size, first.matching)
      assert.equal(listed.length, first.matching)
      assert.equal(
        first.points.reduce((sum, point) => sum + point.count, 0),
        first.matching,
      )
      assert.equal(
        Object.values(first.kinds).reduce((sum, count) => sum + count, 0),
        entries.length,
      )
    }),
  )
})
