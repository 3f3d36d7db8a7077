import type { ChildId } from '../../../kernel/ids.ts'
import type { FieldError, FieldErrors } from '../../../web/components/index.ts'
import type { FormValues } from '../../../web/http/form-values.ts'
import { explainers, treatments } from '../explanations/model.ts'
import type { BodyMark } from '../model.ts'
import { type BodyRegion, type BodySide, bodySides, findRegion, regionAt } from './regions.ts'

/** One injury as the form sends it: twelve fields of the same names for each, in the same order. */
export interface MarkFields {
  /** `front:left-knee`; empty where none was chosen. */
  readonly region: string
  readonly x: string
  readonly y: string
  readonly description: string
  readonly size: string
  readonly colour: string
  readonly explanation: string
  /** Who says so; empty is the child. */
  readonly by: string
  readonly 'by-says': string
  readonly treatment: string
  readonly 'treatment-says': string
  readonly child: string
}

/** A child of the concern whom a mark may be on. */
export interface MarkedChild {
  readonly childId: ChildId
  readonly name: string
}

export const markPartNames = [
  'region',
  'x',
  'y',
  'description',
  'size',
  'colour',
  'explanation',
  'by',
  'by-says',
  'treatment',
  'treatment-says',
  'child',
] as const
export type MarkPart = (typeof markPartNames)[number]

/** More injuries than this on one form are described together. */
export const marksMax = 30

const texts = [
  { part: 'description', says: 'What the injury looks like', max: 2000 },
  { part: 'size', says: 'The size', max: 200 },
  { part: 'colour', says: 'The colour', max: 200 },
  { part: 'explanation', says: 'How it is said to have happened', max: 2000 },
  { part: 'by-says', says: 'Who says so', max: 200 },
  { part: 'treatment-says', says: 'When and where it was treated', max: 200 },
] as const

// Line breaks and tabs are typed; anything else of this kind comes from a damaged copy.
const control = /[^\P{Cc}\n\t]/u

/** The id of a mark's control; marks count from 1. */
export function markFieldId(n: number, part: MarkPart): string {
  return `mark-${n}-${part}`
}

function isBlank(mark: MarkFields): boolean {
  return markPartNames.every(part => part === 'child' || part === 'by' || mark[part].trim() === '')
}

/** What was typed, row by row, empty rows too; after "Add another injury" an empty one more, after "Remove" one less. */
export function markFieldsOf(form: FormValues): readonly MarkFields[] {
  const count = Math.min(marksMax + 1, Math.max(0, ...markPartNames.map(part => form.all(`mark.${part}`).length)))
  const asked = form.text('_do')
  const rows = Array.from({ length: count }, (_, index): MarkFields => {
    const text = (part: MarkPart) => (form.all(`mark.${part}`)[index] ?? '').replaceAll('\r\n', '\n')
    return {
      region: text('region'),
      x: text('x'),
      y: text('y'),
      description: text('description'),
      size: text('size'),
      colour: text('colour'),
      explanation: text('explanation'),
      by: text('by'),
      'by-says': text('by-says'),
      treatment: text('treatment'),
      'treatment-says': text('treatment-says'),
      child: text('child'),
    }
  }).filter((_, index) => asked !== `drop-mark-${index + 1}`)
  return asked === 'add-mark' ? [...rows, emptyMark] : rows
}

export const emptyMark: MarkFields = {
  region: '',
  x: '',
  y: '',
  description: '',
  size: '',
  colour: '',
  explanation: '',
  by: '',
  'by-says': '',
  treatment: '',
  'treatment-says': '',
  child: '',
}

/** The region that a field names: `front:left-knee`. */
export function regionNamed(value: string): BodyRegion | undefined {
  const [side, id = ''] = value.split(':')
  const known = bodySides.find(name => name === side)
  return known && findRegion(known, id)
}

/** A point of the picture, `none` where the mark has only a region, `outside` where it is not on the body. */
function pointOf(side: BodySide, mark: MarkFields): { readonly x: number; readonly y: number } | 'none' | 'outside' {
  if (mark.x.trim() === '' && mark.y.trim() === '') return 'none'
  const [x, y] = [mark.x, mark.y].map(text => (/^\d{1,4}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) : Number.NaN))
  if (x === undefined || y === undefined || !regionAt(side, x, y)) return 'outside'
  return { x, y }
}

class MarkReading {
  readonly errors: FieldError[] = []
  readonly n: number
  readonly mark: MarkFields
  constructor(n: number, mark: MarkFields) {
    this.n = n
    this.mark = mark
  }

  wrong(part: MarkPart, says: string): void {
    this.errors.push({ field: markFieldId(this.n, part), says })
  }
}

function readPlace(reading: MarkReading): Pick<BodyMark, 'side' | 'region' | 'x' | 'y'> | undefined {
  const { mark, n } = reading
  const region = regionNamed(mark.region)
  if (!region) {
    reading.wrong(
      'region',
      mark.region === '' ? `Select where injury ${n} is.` : `Select where injury ${n} is from the list again.`,
    )
    return undefined
  }
  const point = pointOf(region.side, mark)
  if (point === 'outside') {
    reading.wrong('region', `Injury ${n} was marked outside the body. Select where it is, or mark it again.`)
    return undefined
  }
  // The list was used after the picture: what it names holds, and the point belongs elsewhere.
  const fits = point !== 'none' && regionAt(region.side, point.x, point.y)?.id === region.id
  return { side: region.side, region: region.id, x: fits ? point.x : null, y: fits ? point.y : null }
}

function readTexts(reading: MarkReading): void {
  const { mark, n } = reading
  for (const { part, says, max } of texts) {
    const text = mark[part].trim()
    if (text.length > max)
      reading.wrong(part, `${says} (injury ${n}) must be ${max.toLocaleString('en-GB')} characters or fewer.`)
    if (control.test(text))
      reading.wrong(
        part,
        `${says} (injury ${n}) contains an invisible character that cannot be kept. Delete it and type it again.`,
      )
  }
  if (mark.description.trim() === '') reading.wrong('description', `Enter what injury ${n} looks like.`)
}

function childOf(reading: MarkReading, children: readonly MarkedChild[]): ChildId | undefined {
  const [only] = children
  // Where the form still lacks its child, that is said elsewhere.
  if (!only || children.length === 1) return only?.childId
  const child = children.find(one => one.childId === reading.mark.child)
  if (!child) reading.wrong('child', `Select which child has injury ${reading.n}.`)
  return child?.childId
}

/** Who says how it came about, and whether it was treated; the child, where nobody says anything else. */
function readExplained(reading: MarkReading): Pick<BodyMark, 'explanation' | 'explained'> {
  const text = (part: MarkPart) => reading.mark[part].trim()
  const givenBy = explainers.find(one => one === text('by')) ?? 'child'
  const treatment = treatments.find(one => one === text('treatment')) ?? null
  if (givenBy === 'other' && text('by-says') === '') reading.wrong('by-says', `Enter who says how injury ${reading.n} happened.`)
  const explanation = text('explanation')
  if (treatment === null && (explanation === '' || (givenBy === 'child' && text('by-says') === ''))) return { explanation }
  return {
    explanation,
    explained: {
      givenBy,
      givenSays: text('by-says'),
      treatment,
      treatmentSays: treatment === 'sought' ? text('treatment-says') : '',
    },
  }
}

function readMark(reading: MarkReading, children: readonly MarkedChild[]): BodyMark | undefined {
  const place = readPlace(reading)
  readTexts(reading)
  const childId = childOf(reading, children)
  const explained = readExplained(reading)
  if (!place || !childId || reading.errors.length > 0) return undefined
  const text = (part: MarkPart) => reading.mark[part].trim()
  return {
    ...place,
    childId,
    description: text('description'),
    sizeSays: text('size'),
    colour: text('colour'),
    ...explained,
  }
}

/** The injuries of the form, or what is wrong with them, each in a sentence at its place. Rows left empty are no injuries. */
export function parseMarks(
  form: FormValues,
  children: readonly MarkedChild[],
): { readonly marks: readonly BodyMark[]; readonly errors: FieldErrors } {
  const rows = markFieldsOf(form)
  const marks: BodyMark[] = []
  const errors: FieldError[] = []
  for (const [index, mark] of rows.entries()) {
    if (isBlank(mark)) continue
    const reading = new MarkReading(index + 1, mark)
    const read = readMark(reading, children)
    if (read) marks.push(read)
    errors.push(...reading.errors)
  }
  if (rows.length > marksMax)
    errors.push({
      field: markFieldId(marksMax, 'region'),
      says: `Enter no more than ${marksMax} injuries. Describe those close together as one.`,
    })
  return { marks, errors }
}
