import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repositoryRoot } from '../src/platform/repository-root.ts'

const path = 'docs/security/asvs.md'
const begin = '<!-- counts: written by npm run docs -->'
const end = '<!-- counts end -->'
const statuses = ['met', 'partly', 'not yet', 'no such thing', 'the school’s']

/** An item of the standard as the document answers it; `evidence` is the last cell of its row. */
interface Item {
  readonly number: string
  readonly level: string
  readonly status: string
  readonly evidence: string
}

export function itemsOf(text: string): Item[] {
  return [...text.matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, number = '', level = '', status = '', evidence = '']) => ({ number, level, status, evidence }),
  )
}

function countsOf(items: readonly Item[], level: string): string {
  const ofLevel = items.filter(item => item.level === level)
  const counts = statuses.map(status => ofLevel.filter(item => item.status === status).length)
  return `| ${[level, ...counts, ofLevel.length].join(' | ')} |`
}

/** The answers to ASVS with the counts at their head brought up to date; the rest is written by hand. */
export function asvsWithCounts(): string {
  const text = readFileSync(join(repositoryRoot, path), 'utf8')
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${path} has lost the marks around its counts`)
  const items = itemsOf(text)
  const table = [
    `| level | ${statuses.join(' | ')} | all |`,
    `| ---:${' | ---:'.repeat(statuses.length + 1)} |`,
    ...['1', '2'].map(level => countsOf(items, level)),
  ].join('\n')
  return `${before}${begin}\n${table}\n${end}${after}`
}
