/** The rehearsals that come with the product, by school. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { repositoryRoot } from '../../platform/repository-root.ts'

export interface Shipped {
  readonly name: string
  readonly title: string
  readonly file: unknown
}

const folder = join(repositoryRoot, 'policies/rehearsals')

const initials = /\b(dsl|fgm|lado|cme|send)\b/g

function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ').replaceAll(initials, letters => letters.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Those of this school's policy, in the order of their names. */
export function listShipped(profile: string): readonly Pick<Shipped, 'name' | 'title'>[] {
  const own = join(folder, profile)
  if (!existsSync(own)) return []
  return readdirSync(own)
    .filter(name => name.endsWith('.yaml') && !name.endsWith('.expected.yaml'))
    .map(name => name.slice(0, -'.yaml'.length))
    .toSorted()
    .map(name => ({ name, title: titleOf(name) }))
}

/** One of them; undefined where this school has none of that name. */
export function findShipped(profile: string, name: string): Shipped | undefined {
  const known = listShipped(profile).find(one => one.name === name)
  return known && { ...known, file: parse(readFileSync(join(folder, profile, `${name}.yaml`), 'utf8')) }
}
