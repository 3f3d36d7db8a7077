import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parseSource, readCheckoutFile, type SourceFile, sourceFiles } from './source-files.ts'

/** Known to whoever uses a computer or a telephone; all others are explained in the glossary or not used. */
const everyday = ['ID', 'PDF', 'PNG', 'JPEG', 'MB', 'OK', 'IT', 'UK']

const glossary = readCheckoutFile('docs/glossary.md')

/** Words that a page says: text between tags and in strings, without addresses and the names of things in code. */
function wordsOf(file: SourceFile): string[] {
  const strings = [
    ...file.code.matchAll(/'((?:\\.|[^'\\\n])*)'|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`|>([^<>{}]+)[<{]|\}([^<>{}]+)[<{]/g),
  ]
  return strings
    .flatMap(parts => parts.slice(1))
    .filter(text => text !== undefined && /[a-z] |[A-Za-z]{2}/.test(text))
    .map(text => text?.replaceAll(/\$\{[^}]*\}/g, ' ') ?? '')
}

function abbreviationsOf(file: SourceFile): string[] {
  return wordsOf(file).flatMap(text => text.match(/(?<![\w/.#_-])[A-Z]{2,}(?![\w_-])/g) ?? [])
}

function isPage(path: string): boolean {
  if (/\.test\.tsx?$|routes?\.tsx?$|^src\/web\/http\//.test(path)) return false
  return /^src\/.*(\/pages\/|\/components\/|error-pages|layout|words\.ts|\/forms?[.-]).*tsx?$/.test(path)
}

suite('Whoever reads a page', () => {
  test('meets no abbreviation that the glossary does not explain', () => {
    const faults = sourceFiles()
      .filter(({ path }) => isPage(path))
      .flatMap(file =>
        abbreviationsOf(file)
          .filter(word => !everyday.includes(word) && !new RegExp(`\\b${word}\\b`).test(glossary))
          .map(word => `${file.path}: ${word}`),
      )
    assert.deepEqual([...new Set(faults)], [])
  })

  test('would meet one that was slipped in', () => {
    for (const planted of [`const a = 'Ask the SLT first'`, '<p>Tell the SLT {name}</p>', 'const a = `Ring the SLT`'])
      assert.deepEqual(abbreviationsOf(parseSource('src/features/a/pages/b.tsx', planted)), ['SLT'])
  })
})
