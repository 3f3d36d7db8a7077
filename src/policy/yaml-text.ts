import { CORE_SCHEMA, load } from 'js-yaml'
import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import type { Fault, FieldFault, FieldPath } from './faults.ts'
import { pathInWords } from './faults.ts'

/** What a YAML text says, and where each part of it stands. */
export interface YamlText {
  readonly data: unknown
  /** Gives a fault its file, line and column. */
  readonly locate: (fault: FieldFault) => Fault
}

/** The text with the place of everything in it: slow, and wanted only where there is a fault to place. */
function placed(text: string): { readonly document: Document; readonly lines: LineCounter } {
  const lines = new LineCounter()
  return { document: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines }
}

/** Where the reader stopped, as it says itself. */
function stopOf(error: unknown): { readonly line: number; readonly column: number } {
  const { mark } = (error ?? {}) as { mark?: { line?: number; column?: number } }
  return { line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 }
}

function malformed(file: string, text: string, error: unknown): readonly Fault[] {
  const { document, lines } = placed(text)
  const fault = (line: number, column: number, remedy: string): Fault => ({
    ...{ file, line, column, path: '', says: `This is not well-formed YAML. ${metAt(text, line, column)}` },
    remedy,
  })
  const stop = stopOf(error)
  if (document.errors.length === 0)
    return [fault(stop.line, stop.column, remedyOf(error instanceof Error ? error.message : String(error)))]
  // One slip makes the reader stumble again and again over what follows it on the line.
  const faults = document.errors.map(error => {
    const { line, col } = lines.linePos(error.pos[0])
    return fault(line, col, remedyOf(error.message))
  })
  return faults.filter(({ line }, index) => faults.findIndex(other => other.line === line) === index)
}

/** What the reader met where it stopped. */
function metAt(text: string, line: number, column: number): string {
  const met = (text.split('\n')[line - 1] ?? '').slice(column - 1).trim()
  return met === '' ? 'Here the line ends.' : `Here stands: ${met.length > 40 ? `${met.slice(0, 40)}…` : met}`
}

const remedies: readonly (readonly [RegExp, string])[] = [
  [/keys must be unique/i, 'This key is written twice in one entry: keep one of the two'],
  [/tabs are not allowed/i, 'Indent with blanks: tabs are not allowed'],
  [/missing closing ["']/i, 'Close the quotation mark that was opened before this, on the line on which its sentence ends'],
  [/non-printable/i, 'Take out the sign that cannot be seen here: type the line anew'],
  [
    /sequence item without/i,
    'Begin each entry of a list with a hyphen and a blank; its further fields stand under its first field',
  ],
  [/escape sequence/i, 'In double quotes a backslash begins a sign of its own: write it twice, or use single quotes'],
  [/block scalar header/i, 'After | or > nothing stands on the same line: begin the text on the next one, or put it into quotes'],
  [/unknown tag|cannot start with/i, 'Put what begins with !, %, @ or a backtick into quotes'],
  [/yaml version|directive/i, 'Take out the line that begins with %'],
  [
    /followed by map values|explicit mapping pair/i,
    'Write a field as its name, a colon, a blank and its value; what goes on with a sentence stands further in than its field',
  ],
  [
    /nested mappings|block collections|implicit keys/i,
    'Put a sentence with a colon in it into quotes, as in `says: "The DSL: at once."`, and indent all fields of one entry alike',
  ],
  [
    /scalar at node end/i,
    'Put the whole sentence into quotes, from its first word to its last, and begin each field in the column of the others',
  ],
  [
    /flow|closing|expected .*[\]}]|unexpected (scalar|end)/i,
    'See that each { and [ is closed, that commas stand between what is in them, and that a sentence with a comma there is in quotes',
  ],
  [/multiple documents/i, 'One file is one policy or one rehearsal: take out the line of three hyphens'],
  [
    /input is empty/i,
    'Begin a policy with `edition:`, as docs/write-a-profile.md shows, and a rehearsal with `profile:`, as docs/rehearsals.md does',
  ],
  [/alias/i, 'A word that begins with * stands for something else in YAML: put it into quotes'],
  [/same column/i, 'Begin all fields of one entry in the same column, and each entry of a list with a hyphen and a blank'],
  [/indent/i, 'Indent all fields of one entry alike'],
]

/** For what no reader of YAML has been seen to say yet: what such a slip nearly always is. */
const usually =
  'See that a colon and a blank stand after the name of the field, that it begins in the column of the others, and that its sentence is in quotes'

/** What to do about what the reader of YAML says, with its own words behind. */
function remedyOf(message: string): string {
  const own = message.split('\n')[0] ?? message
  const known = remedies.find(([pattern]) => pattern.test(own))?.[1] ?? usually
  return `${known} (${own.replace(/[.:]$/, '')}).`
}

/** Reads a text as YAML, or says where it is none. */
export function readYaml(file: string, text: string): Result<YamlText, readonly Fault[]> {
  let data: unknown
  try {
    data = load(text, { schema: CORE_SCHEMA, filename: file })
  } catch (error) {
    return refused(malformed(file, text, error))
  }
  if (data === undefined) return refused(malformed(file, text, new Error('the input is empty')))
  let places: ReturnType<typeof placed> | undefined
  const locate = (fault: FieldFault): Fault => {
    places ??= placed(text)
    return {
      file,
      ...positionOf(places.document, places.lines, fault),
      path: pathInWords(fault.path),
      says: fault.says,
      remedy: fault.remedy,
    }
  }
  return ok({ data, locate })
}

function positionOf(document: Document, lines: LineCounter, fault: FieldFault): { line: number; column: number } {
  const offset = (fault.on === 'key' ? keyOffset(document, fault.path) : undefined) ?? valueOffset(document, fault.path)
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

/** The start of the value, or where it is missing, of the nearest entry around it. */
function valueOffset(document: Document, path: FieldPath): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range)
      return isCollection(node) ? (keyOffset(document, path.slice(0, length)) ?? node.range[0]) : node.range[0]
  }
  return 0
}

function keyOffset(document: Document, path: FieldPath): number | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const key = parent.items.find(pair => isScalar(pair.key) && String(pair.key.value) === String(path.at(-1)))?.key
  return isScalar(key) ? key.range?.[0] : undefined
}

/** The keys that the schema knows at a path, for the sentence that answers an unknown one. */
export function knownKeys(schema: z.ZodType, path: FieldPath): readonly string[] {
  const reached = path.reduce<z.ZodType[]>((schemas, part) => schemas.flatMap(one => childrenOf(one, part)), shapesOf(schema))
  return [...new Set(reached.flatMap(namesOf))]
}

function namesOf(schema: z.ZodType): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  return schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : []
}

function shapesOf(schema: unknown): z.ZodType[] {
  if (schema instanceof z.ZodOptional) return shapesOf(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(shapesOf)
  return schema instanceof z.ZodType ? [schema] : []
}

function childrenOf(schema: z.ZodType, part: string | number): z.ZodType[] {
  if (schema instanceof z.ZodArray && typeof part === 'number') return shapesOf(schema.element)
  if (schema instanceof z.ZodRecord) return shapesOf(schema.valueType)
  if (schema instanceof z.ZodObject) return shapesOf((schema.shape as Record<string, unknown>)[part])
  return []
}
