import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { EntryId } from '../../kernel/ids.ts'
import { addDays, type PlainDate } from '../../kernel/plain-date.ts'
import { entryKinds, type FileStatus, type Point } from './model.ts'
import { layOutTimeline, tickInWords } from './timeline.ts'

const today = '2026-11-18' as PlainDate
const all = { from: null, to: null }

function point(on: string, more: Partial<Point> = {}): Point {
  const common = { heading: 'Concern', id: 'e' as EntryId, concernId: null, referralId: null, noteId: null }
  return { kind: 'concern', on: on as PlainDate, count: 1, urgent: false, ...common, ...more }
}

const plan: FileStatus = {
  status: 'child-protection-plan',
  startsOn: '2020-01-01' as PlainDate,
  endsOn: null,
  authority: null,
  workerName: null,
  workerPhone: null,
}

test('a file without an entry has no picture', () => {
  assert.equal(layOutTimeline([], [plan], all, today), undefined)
})

test('entries far apart have a mark each that names one of them; entries near each other share one that counts them', () => {
  const timeline = layOutTimeline(
    [point('2026-01-05'), point('2026-11-16'), point('2026-11-17', { count: 2, urgent: true })],
    [],
    all,
    today,
  )
  assert.deepEqual(
    timeline?.marks.map(({ count, urgent, from, to, single }) => ({ count, urgent, from, to, single: single?.on })),
    [
      { count: 1, urgent: false, from: '2026-01-05', to: '2026-01-05', single: '2026-01-05' },
      { count: 3, urgent: true, from: '2026-11-16', to: '2026-11-17', single: undefined },
    ],
  )
})

test('a plan that began before the picture and goes on is drawn from edge to edge', () => {
  const timeline = layOutTimeline([point('2026-09-01')], [plan, { ...plan, endsOn: '2021-01-01' as PlainDate }], all, today)
  assert.deepEqual(
    timeline?.spans.map(({ beganBefore, goesOn }) => ({ beganBefore, goesOn })),
    [{ beganBefore: true, goesOn: true }],
  )
})

test('however a file is filled, no two marks of a lane overlap, none leaves the picture, and no entry is lost', () => {
  const points = fc.array(
    fc.record({
      kind: fc.constantFrom(...entryKinds),
      daysAgo: fc.integer({ min: 0, max: 3000 }),
      count: fc.integer({ min: 1, max: 40 }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  fc.assert(
    fc.property(points, drawn => {
      const given = drawn.map(({ kind, daysAgo, count }) => point(addDays(today, -daysAgo), { kind, count }))
      const timeline = layOutTimeline(given, [], all, today)
      assert.ok(timeline)
      assert.equal(
        timeline.marks.reduce((sum, mark) => sum + mark.count, 0),
        given.reduce((sum, one) => sum + one.count, 0),
      )
      for (const mark of timeline.marks) {
        assert.ok(mark.box.x >= timeline.left && mark.box.x + mark.box.width <= timeline.width)
        assert.ok(mark.x >= mark.box.x && mark.x <= mark.box.x + mark.box.width)
        assert.ok(
          !timeline.marks.some(
            other => other !== mark && other.y === mark.y && Math.abs(other.box.x - mark.box.x) < mark.box.width,
          ),
        )
      }
    }),
  )
})

test('the axis says months by name, and days where it is finer', () => {
  assert.equal(tickInWords('2026-03-01' as PlainDate), 'Mar 2026')
  assert.equal(tickInWords('2026-03-09' as PlainDate), '9 Mar')
})
