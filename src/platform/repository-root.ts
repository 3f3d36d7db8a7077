import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

function nearestFolderWith(name: string, from: string): string {
  if (existsSync(join(from, name))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error(`no ${name} above this program: it must stay inside its checkout`)
  return nearestFolderWith(name, parent)
}

/** The checkout's folder; found by its package.json because the compiled program runs from below `dist/`. */
export const repositoryRoot = nearestFolderWith('package.json', import.meta.dirname)
