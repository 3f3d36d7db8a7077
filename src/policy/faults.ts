import type { z } from 'zod'
import { formOf, likeliest, meaningOf } from './field-forms.ts'

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

type KnownKeys = (path: FieldPath) => readonly string[]

function faultsOfIssue(issue: Issue, above: FieldPath, data: unknown, knownKeys: KnownKeys): FieldFault[] {
  const path = [...above, ...issue.path.map(part => (typeof part === 'symbol' ? String(part) : part))]
  const value = valueAt(data, path)
  if (value === undefined && issue.code !== 'unrecognized_keys')
    return [missing(path, allowedBy(issue), issue.code === 'invalid_type' ? issue.expected : undefined)]
  switch (issue.code) {
    case 'invalid_union':
      // Of a list whose entries are told apart by one field, the field alone is wrong.
      if (issue.errors.length === 0) return [wrongKind(path, value)]
      return likeliestBranch(issue.errors).flatMap(inner => faultsOfIssue(inner, path, data, knownKeys))
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey([...path, key], key, knownKeys(path)))
    case 'invalid_value':
      return [unknownValue(path, value, issue.values.map(String))]
    case 'invalid_type':
      return [wrongType(path, value, issue.expected)]
    case 'invalid_key':
      return [unknownKey(path, String(path.at(-1)), issue.issues.flatMap(allowedBy))]
    case 'too_small':
      return [tooSmall(path, value, Number(issue.minimum))]
    case 'too_big':
      // One word where a list stands is said already.
      if (issue.origin === 'array' && !Array.isArray(value)) return []
      return [{ path, on: 'value', says: `${String(value)} is too much.`, remedy: `Write ${String(issue.maximum)} or less.` }]
    case 'invalid_format':
      return [
        { path, on: 'value', says: `"${String(value)}" does not fit here.`, remedy: `${sentence(issue.message)}${shown(path)}` },
      ]
    default:
      return [fromMessage(path, issue.message)]
  }
}

/** The values that an issue would have allowed, where it lists them. */
function allowedBy(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(allowedBy) : []
}

/** Of a union's branches the one that the writer meant: where the shape is right and only something inside it is wrong. */
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const shaped = branches.find(issues => !issues.some(issue => issue.code === 'invalid_type' && issue.path.length === 0))
  return shaped ?? branches[0] ?? []
}

const fieldOf = (path: FieldPath): string => String(path.findLast(part => typeof part === 'string') ?? '')

/** How the field is written, as the end of a remedy; nothing where nobody knows. */
function shown(path: FieldPath, expected?: string): string {
  const form = formOf(fieldOf(path), expected)
  return form === undefined ? '' : ` As in \`${form}\`.`
}

function missing(path: FieldPath, allowed: readonly string[], expected: string | undefined): FieldFault {
  const field = String(path.at(-1))
  const form = allowed.length > 0 ? undefined : formOf(field, expected)
  const meaning = form === undefined || form === formOf(field) ? meaningOf(field) : undefined
  const what = meaning === undefined ? '' : `: ${meaning}`
  const remedy =
    allowed.length > 0
      ? `Write ${field} with one of: ${allowed.join(', ')}.`
      : form !== undefined
        ? `Write it as in \`${form}\`${what}.`
        : meaning !== undefined
          ? `Write \`${field}: ...\`${what}.`
          : `Add ${field}, or remove the entry.`
  return { path, on: 'value', says: `${field} is missing.`, remedy }
}

function unknownKey(path: FieldPath, key: string, known: readonly string[]): FieldFault {
  const meant = likeliest(key, known)
  const remedy = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Remove it.'
  const says = `Nothing is known of "${key}" here.`
  return { path, on: 'key', says: meant === undefined ? says : `${says} Did you mean ${meant}?`, remedy }
}

const roleFields: ReadonlySet<string> = new Set([
  ...[
    'roles',
    'role',
    'holds',
    'relative_of',
    'tell',
    'told',
    'owner',
    'ask',
    'among',
    'vacancy_told',
    'settled_by',
    'overdue_told',
    'kept_by',
    'names',
  ],
])

function unknownValue(path: FieldPath, value: unknown, allowed: readonly string[]): FieldFault {
  const field = fieldOf(path)
  if (allowed.length === 1 && allowed[0] === 'true')
    return {
      path,
      on: 'value',
      says: `${field} is only ever true, and here stands "${String(value)}".`,
      remedy: `Write \`${field}: true\`, or leave it out.`,
    }
  const isOfRoles = roleFields.has(field) && allowed.includes('dsl')
  const what = isOfRoles ? 'a known role' : field === 'clock' ? 'a known clock' : 'allowed here'
  const meant = likeliest(String(value), allowed)
  return {
    path,
    on: 'value',
    says: `${typeof value === 'object' ? inWords(value) : `"${String(value)}"`} is not ${what}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    remedy: `Use one of: ${allowed.join(', ')}.`,
  }
}

function wrongKind(path: FieldPath, value: unknown): FieldFault {
  const stands = typeof value === 'object' ? inWords(value) : `"${String(value)}"`
  const field = fieldOf(path)
  return {
    path,
    on: 'value',
    says: `${stands} is no ${field} that is known.`,
    remedy: `policies/README.md lists each ${field} under "${String(path[0])}" with the fields that belong to it.`,
  }
}

function tooSmall(path: FieldPath, value: unknown, minimum: number): FieldFault {
  const field = fieldOf(path)
  if (typeof value === 'number')
    return { path, on: 'value', says: `${value} is too little.`, remedy: `Write ${minimum} or more.` }
  if (Array.isArray(value) && value.length > 0)
    return { path, on: 'value', says: `${field} names too few.`, remedy: `Write at least ${minimum}.` }
  const what = Array.isArray(value) ? 'an empty list' : 'nothing'
  return { path, on: 'value', says: `${field} has ${what}.`, remedy: `Fill it in, or take ${field} out.${shown(path)}` }
}

const kindsInWords: Readonly<Record<string, string>> = {
  object: 'an entry with named fields',
  array: 'a list',
  string: 'text',
  record: 'an entry with named fields',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
}

function inWords(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an entry with named fields' : `"${String(value)}"`
}

/** Fields under which a time stands. */
const timeFields: ReadonlySet<unknown> = new Set([
  'within',
  'every',
  'warned',
  'due',
  'after',
  'again',
  'unsettled',
  'told_within',
])

function wrongType(path: FieldPath, value: unknown, expected: string): FieldFault {
  const field = fieldOf(path)
  if (expected === 'string' && field === 'source' && typeof value !== 'object')
    return {
      path,
      on: 'value',
      says: `"${String(value)}" names no document.`,
      remedy: `Write the document's key, a space and the section, as in \`source: policy ${String(value)}\`.`,
    }
  if (path.length === 0)
    return {
      path,
      on: 'value',
      says: `Here stands ${inWords(value)} instead of a policy.`,
      remedy: 'Begin the file with `edition:` at the left margin, as docs/write-a-profile.md shows.',
    }
  if (expected === 'string' && typeof value === 'number' && path.some(part => timeFields.has(part)))
    return {
      path,
      on: 'value',
      says: `${value} is a number without a unit.`,
      remedy: `Write the unit beside it, such as \`${field}: ${value} hours\`.`,
    }
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return {
      path,
      on: 'value',
      says: `${String(value)} is read as a ${typeof value === 'number' ? 'number' : 'yes or no'}, not as text.`,
      remedy: `Put it in quotes, as it is printed: \`${field}: "${String(value)}"\`.`,
    }
  return {
    path,
    on: 'value',
    says: `Here stands ${inWords(value)} instead of ${kindsInWords[expected] ?? expected}.`,
    remedy: `${remedyOfType(path, value, expected)}`,
  }
}

/** How the very thing that was typed is written so that it fits. */
function remedyOfType(path: FieldPath, value: unknown, expected: string): string {
  const field = fieldOf(path)
  const isInList = typeof path.at(-1) === 'number'
  if (expected === 'array' && ['string', 'number'].includes(typeof value))
    return `Write it in brackets: \`${field}: [${String(value)}]\`.`
  if (expected === 'array' && typeof value === 'object' && value !== null)
    return `Begin each entry under ${field} with a hyphen.${shown(path, expected)}`
  if (expected === 'boolean') return `Write \`${field}: true\` or \`${field}: false\`, without quotes.`
  if ((expected === 'number' || expected === 'int') && typeof value === 'string' && /^\d+$/.test(value))
    return `Write it without quotes: \`${field}: ${value}\`.`
  if (expected === 'string' && Array.isArray(value)) return `Write one value, without brackets or hyphen.${shown(path, expected)}`
  if ((expected === 'object' || expected === 'record') && typeof value === 'string' && formOf(field)?.includes('{ value:'))
    return `Write \`${field}: { value: ${value}, source: ... }\`, with the paragraph that says so as its source.`
  const form = isInList ? '' : shown(path, expected)
  return form === ''
    ? `Write ${kindsInWords[expected] ?? expected}; policies/README.md shows how ${field} is written.`
    : form.trim()
}

function sentence(words: string): string {
  return words === '' ? '' : `${words[0]?.toUpperCase() ?? ''}${words.slice(1)}${/[.?!]$/.test(words) ? '' : '.'}`
}

/** Messages of the schema itself are written "what is wrong; what to do". */
function fromMessage(path: FieldPath, message: string): FieldFault {
  const [says, ...remedy] = message.split('; ')
  return {
    path,
    on: 'value',
    says: sentence(says ?? message),
    remedy: sentence(remedy.join('; ')) || shown(path).trim() || `policies/README.md shows how ${fieldOf(path)} is written.`,
  }
}
