import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { repositoryRoot } from '../../src/platform/repository-root.ts'

const packages = z.record(z.string(), z.string())
const manifestSchema = z.object({ dependencies: packages, devDependencies: packages, optionalDependencies: packages })

function read(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8')
}

const manifest = manifestSchema.parse(JSON.parse(read('package.json')))
const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }

/** The rows of the tables: package, what for, why, licence, in its place. */
const rows = new Map(
  [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)]
    .map(([, name = '', rest = '']) => [name, rest.split(' | ').map(cell => cell.trim())] as const)
    .filter(([name]) => name in wanted),
)

suite('Whoever asks what Holdfast stands on', () => {
  test('finds a reason for each package, and no package that is gone', () => {
    assert.deepEqual([...rows.keys()].sort(), Object.keys(wanted).sort())
    assert.deepEqual(
      [...rows].filter(([, cells]) => cells.length !== 4 || cells.some(cell => cell === '')),
      [],
    )
  })

  test('finds each version pinned', () => {
    assert.deepEqual(
      Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
      [],
    )
  })

  test('finds the licence that the package itself states', () => {
    const faults = [...rows].flatMap(([name, cells]) => {
      const file = `node_modules/${name}/package.json`
      // Packages for other machines are not here to be asked.
      if (!existsSync(join(repositoryRoot, file))) return []
      const { license } = z.object({ license: z.string() }).parse(JSON.parse(read(file)))
      return license === cells[2] ? [] : [`${name}: ${license}`]
    })
    assert.deepEqual(faults, [])
  })
})
