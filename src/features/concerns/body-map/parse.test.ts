import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ChildId } from '../../../kernel/ids.ts'
import { FormValues } from '../../../web/http/form-values.ts'
import { emptyMark, type MarkFields, markFieldsOf, markPartNames, marksMax, parseMarks } from './parse.ts'
import { findRegion } from './regions.ts'

const sam = { childId: '00000000-0000-8000-a000-000000000001' as ChildId, name: 'Sam Example' }
const alex = { childId: '00000000-0000-8000-a000-000000000002' as ChildId, name: 'Alex Example' }

function formWith(marks: readonly Partial<MarkFields>[], ...others: readonly [string, string][]): FormValues {
  const rows = marks.flatMap(mark =>
    markPartNames.map((part): [string, string] => [`mark.${part}`, mark[part] ?? emptyMark[part]]),
  )
  return FormValues.of([...rows, ...others])
}

const bruise: Partial<MarkFields> = { region: 'front:left-knee', description: 'A round bruise' }

describe('injuries on the form', () => {
  test('several injuries are each described with size, colour and what the child says', () => {
    const read = parseMarks(
      formWith([
        { ...bruise, size: 'like a 10p coin', colour: 'blue and yellow', explanation: 'I fell off my bike' },
        { region: 'back:right-upper-back', description: 'Two parallel lines', size: '8 cm', colour: 'red' },
      ]),
      [sam],
    )
    assert.deepEqual(read.errors, [])
    assert.deepEqual(read.marks, [
      {
        childId: sam.childId,
        side: 'front',
        region: 'left-knee',
        x: null,
        y: null,
        description: 'A round bruise',
        sizeSays: 'like a 10p coin',
        colour: 'blue and yellow',
        explanation: 'I fell off my bike',
      },
      {
        childId: sam.childId,
        side: 'back',
        region: 'right-upper-back',
        x: null,
        y: null,
        description: 'Two parallel lines',
        sizeSays: '8 cm',
        colour: 'red',
        explanation: '',
      },
    ])
  })

  test('an injury marked on the picture keeps its point', () => {
    const pin = findRegion('front', 'left-knee')?.pin
    const read = parseMarks(formWith([{ ...bruise, x: String(pin?.x), y: String(pin?.y) }]), [sam])
    assert.deepEqual([read.marks[0]?.x, read.marks[0]?.y], [pin?.x, pin?.y])
  })

  test('whoever chooses another place in the list after marking means the list', () => {
    const pin = findRegion('front', 'left-knee')?.pin
    const read = parseMarks(formWith([{ ...bruise, region: 'front:right-hand', x: String(pin?.x), y: String(pin?.y) }]), [sam])
    assert.deepEqual([read.marks[0]?.region, read.marks[0]?.x], ['right-hand', null])
  })

  test('a mark outside the body, an unknown place and an injury without description each get a sentence at their place', () => {
    const wrong = [
      [{ ...bruise, x: '1', y: '1' }, 'mark-1-region', /outside the body/],
      [{ ...bruise, x: '110', y: '' }, 'mark-1-region', /outside the body/],
      [{ ...bruise, x: '1e3', y: 'Infinity' }, 'mark-1-region', /outside the body/],
      [{ ...bruise, x: '<b>', y: '50' }, 'mark-1-region', /outside the body/],
      [{ ...bruise, region: 'front:tail' }, 'mark-1-region', /from the list again/],
      [{ ...bruise, region: 'inside:left-knee' }, 'mark-1-region', /from the list again/],
      [{ ...bruise, region: 'front:constructor' }, 'mark-1-region', /from the list again/],
      [{ ...bruise, region: '' }, 'mark-1-region', /Select where injury 1 is\./],
      [{ ...bruise, description: ' ' }, 'mark-1-description', /Enter what injury 1 looks like/],
      [{ ...bruise, description: 'x'.repeat(2001) }, 'mark-1-description', /2,000 characters/],
      [{ ...bruise, explanation: 'he said\u0001no' }, 'mark-1-explanation', /invisible character/],
      [{ ...bruise, size: 'x'.repeat(201) }, 'mark-1-size', /200 characters/],
    ] as const
    for (const [mark, field, says] of wrong) {
      const read = parseMarks(formWith([mark]), [sam])
      assert.deepEqual(read.marks, [])
      assert.deepEqual(
        read.errors.map(error => error.field),
        [field],
      )
      assert.match(read.errors[0]?.says ?? '', says)
    }
  })

  test('where a concern is about several children, each injury says whose it is', () => {
    const read = parseMarks(formWith([bruise, { ...bruise, child: alex.childId }, { ...bruise, child: 'somebody' }]), [sam, alex])
    assert.deepEqual(
      read.marks.map(mark => mark.childId),
      [alex.childId],
    )
    assert.deepEqual(
      read.errors.map(error => error.field),
      ['mark-1-child', 'mark-3-child'],
    )
  })

  test('where the form still lacks its child, the injuries are kept and not blamed for it', () => {
    const read = parseMarks(formWith([bruise]), [])
    assert.deepEqual([read.marks, read.errors], [[], []])
  })

  test('rows left empty are no injuries, and numbers in sentences are those of the page', () => {
    const read = parseMarks(formWith([{}, { child: sam.childId }, { region: 'front:nose' }]), [sam])
    assert.deepEqual(read.marks, [])
    assert.deepEqual(read.errors, [{ field: 'mark-3-description', says: 'Enter what injury 3 looks like.' }])
  })

  test('adding another injury or removing one keeps everything else that was typed', () => {
    const typed = [bruise, { region: 'front:nose', description: 'bleeding' }]
    const added = markFieldsOf(formWith(typed, ['_do', 'add-mark']))
    assert.deepEqual(
      added.map(mark => mark.description),
      ['A round bruise', 'bleeding', ''],
    )
    const dropped = markFieldsOf(formWith(typed, ['_do', 'drop-mark-1']))
    assert.deepEqual(
      dropped.map(mark => mark.description),
      ['bleeding'],
    )
  })

  test('more injuries than anybody can describe are refused in one sentence', () => {
    const read = parseMarks(formWith(Array.from({ length: 5000 }, () => bruise)), [sam])
    assert.match(read.errors.at(-1)?.says ?? '', new RegExp(`no more than ${marksMax}`))
  })
})
