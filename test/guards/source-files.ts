import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { repositoryRoot } from '../../src/platform/repository-root.ts'

/** One import of a file: a path from the checkout's folder, or a package's name as written. */
export type Import = { readonly target: string; readonly isFile: boolean; readonly typeOnly: boolean }

export type SourceFile = {
  readonly path: string
  readonly text: string
  readonly code: string
  readonly imports: readonly Import[]
}

// Strings come before comments, so that an address in a string is not taken for the start of one.
const stringOrComment = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g
const statement = /^\s*(?:import|export)\s+(type\s+)?((?:[\w$*\s,]|\{[^}]*\})*?)\s*from\s*['"]([^'"]+)['"]/gm
const bareImport = /^\s*import\s*['"]([^'"]+)['"]/gm
const dynamicImport = /\bimport\(\s*['"]([^'"]+)['"]/g

function withoutComments(text: string): string {
  return text.replace(stringOrComment, part => (part.startsWith('/') ? '' : part))
}

/** Whether `{ type A, type B }` brings only types, which leave no trace in the running program. */
function bringsOnlyTypes(clause: string): boolean {
  const names = /^\{([^}]*)\}$/.exec(clause.trim())?.[1]
  if (names === undefined) return false
  const parts = names
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
  return parts.length > 0 && parts.every(part => part.startsWith('type '))
}

function importFrom(path: string, specifier: string, typeOnly: boolean): Import {
  const isFile = specifier.startsWith('.')
  return { target: isFile ? normalize(join(dirname(path), specifier)) : specifier, isFile, typeOnly }
}

/** Takes a file apart; exported so that the guards can be tried on planted faults. */
export function parseSource(path: string, text: string): SourceFile {
  const code = withoutComments(text)
  const imports = [
    ...[...code.matchAll(statement)].map(([, type, clause = '', specifier = '']) =>
      importFrom(path, specifier, type !== undefined || bringsOnlyTypes(clause)),
    ),
    ...[...code.matchAll(bareImport), ...code.matchAll(dynamicImport)].map(([, specifier = '']) =>
      importFrom(path, specifier, false),
    ),
  ]
  return { path, text, code, imports }
}

/** Every file of the checkout that git knows or would take, by path. */
export function checkoutFiles(): readonly string[] {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  })
  if (listed.status !== 0) throw new Error(listed.stderr)
  const deleted = spawnSync('git', ['ls-files', '--deleted'], { cwd: repositoryRoot, encoding: 'utf8' }).stdout.split('\n')
  return [...new Set(listed.stdout.split('\n'))].filter(path => path !== '' && !deleted.includes(path))
}

export function readCheckoutFile(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8')
}

/** The TypeScript of the checkout. */
export function sourceFiles(): readonly SourceFile[] {
  return checkoutFiles()
    .filter(path => /\.tsx?$/.test(path))
    .map(path => parseSource(path, readCheckoutFile(path)))
}
