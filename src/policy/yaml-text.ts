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

function malformed(file: string, text: string, reason: string): readonly Fault[] {
  const { document, lines } = placed(text)
  const fault = (line: number, column: number, message: string): Fault => ({
    ...{ file, line, column, path: '', says: 'This is not well-formed YAML.' },
    remedy: `${message.split('\n')[0]}.`,
  })
  if (document.errors.length === 0) return [fault(1, 1, reason)]
  return document.errors.map(error => {
    const { line, col } = lines.linePos(error.pos[0])
    return fault(line, col, error.message)
  })
}

/** Reads a text as YAML, or says where it is none. */
export function readYaml(file: string, text: string): Result<YamlText, readonly Fault[]> {
  let data: unknown
  try {
    data = load(text, { schema: CORE_SCHEMA, filename: file })
  } catch (error) {
    return refused(malformed(file, text, error instanceof Error ? error.message : String(error)))
  }
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
  return [...new Set(reached.flatMap(one => (one instanceof z.ZodObject ? Object.keys(one.shape) : [])))]
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
