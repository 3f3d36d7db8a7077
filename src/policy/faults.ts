import type { z } from 'zod'

/** Something wrong in a policy file, where it stands and what to do about it. */
export interface Fault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** The field, as `concern.required[2].source`. */
  readonly path: string
  readonly says: string
  readonly remedy: string
}

export type FieldPath = readonly (string | number)[]

/** A fault before its file and line are known. `on: 'key'` points at the name of the field, not at its value. */
export interface FieldFault {
  readonly path: FieldPath
  readonly on: 'key' | 'value'
  readonly says: string
  readonly remedy: string
}

/** The fault as one line for a terminal. */
export function faultInWords(fault: Fault): string {
  const place = `${fault.file}:${fault.line}:${fault.column}`
  return `${place} ${fault.path === '' ? '' : `${fault.path}: `}${fault.says} ${fault.remedy}`.trimEnd()
}

/** A field path as people write it: `routes.welfare.steps[1].roles`. */
export function pathInWords(path: FieldPath): string {
  return path.reduce<string>((words, part) => {
    if (typeof part === 'number') return `${words}[${part}]`
    return words === '' ? part : `${words}.${part}`
  }, '')
}

/** Value at a path of plain data, or undefined. */
export function valueAt(data: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined,
    data,
  )
}

type Issue = z.core.$ZodIssue

/** What zod found, as faults that a person who writes policies can follow. */
export function faultsOfIssues(
  issues: readonly Issue[],
  data: unknown,
  knownKeys: (path: FieldPath) => readonly string[],
): FieldFault[] {
  return issues.flatMap(issue => faultsOfIssue(issue, [], data, knownKeys))
}

function faultsOfIssue(
  issue: Issue,
  above: FieldPath,
  data: unknown,
  knownKeys: (path: FieldPath) => readonly string[],
): FieldFault[] {
  const path = [...above, ...issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))]
  if (valueAt(data, path) === undefined && issue.code !== 'unrecognized_keys') return [missing(path)]
  switch (issue.code) {
    case 'invalid_union':
      return likeliestBranch(issue.errors).flatMap(inner => faultsOfIssue(inner, path, data, knownKeys))
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey([...path, key], key, knownKeys(path)))
    case 'invalid_value':
      return [unknownValue(path, valueAt(data, path), issue.values.map(String))]
    case 'invalid_type':
      return [wrongType(path, valueAt(data, path), issue.expected)]
    default:
      return [fromMessage(path, issue.message)]
  }
}

/** Of a union's branches the one that the writer meant: where the shape is right and only something inside it is wrong. */
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const shaped = branches.find(issues => !issues.some(issue => issue.code === 'invalid_type' && issue.path.length === 0))
  return shaped ?? branches[0] ?? []
}

function missing(path: FieldPath): FieldFault {
  const field = String(path.at(-1))
  const remedy =
    field === 'source'
      ? "Write where the value comes from: the document's key, a space and the section, as in `source: policy 6.2`."
      : field === 'within' || field === 'value'
        ? 'Write the value; where the text gives no time, write `no time given`.'
        : `Add ${field}, or remove the entry.`
  return { path, on: 'value', says: `${field} is missing.`, remedy }
}

function unknownKey(path: FieldPath, key: string, known: readonly string[]): FieldFault {
  const remedy = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Remove it.'
  return { path, on: 'key', says: `Nothing is known of "${key}" here.`, remedy }
}

function unknownValue(path: FieldPath, value: unknown, allowed: readonly string[]): FieldFault {
  const list = path.findLast(part => typeof part === 'string')
  const what =
    list === 'roles' || list === 'role' || list === 'holds' || list === 'relative_of' || list === 'tell'
      ? 'a known role'
      : list === 'clock'
        ? 'a known clock'
        : 'allowed here'
  return { path, on: 'value', says: `"${String(value)}" is not ${what}.`, remedy: `Use one of: ${allowed.join(', ')}.` }
}

function wrongType(path: FieldPath, value: unknown, expected: string): FieldFault {
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return { path, on: 'value', says: `${String(value)} is read as a ${typeof value}, not as text.`, remedy: 'Put it in quotes.' }
  const words: Readonly<Record<string, string>> = {
    object: 'an entry with named fields',
    array: 'a list',
    string: 'text',
    record: 'an entry with named fields',
  }
  const found =
    value === null
      ? 'nothing'
      : Array.isArray(value)
        ? 'a list'
        : typeof value === 'object'
          ? 'an entry with named fields'
          : `"${String(value)}"`
  return {
    path,
    on: 'value',
    says: `Here stands ${found} instead of ${words[expected] ?? expected}.`,
    remedy: 'See policies/README.md for how it is written.',
  }
}

/** Messages of the schema itself are written "what is wrong; what to do". */
function fromMessage(path: FieldPath, message: string): FieldFault {
  const [says, ...remedy] = message.split('; ')
  const sentence = (words: string) =>
    words === '' ? '' : `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`
  return {
    path,
    on: 'value',
    says: sentence(says ?? message),
    remedy: sentence(remedy.join('; ')) || 'See policies/README.md for how it is written.',
  }
}
