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

/** The sentence over what is expected of it: what the rehearsal shows, in the words of the field. */
function titleOf(profile: string, name: string): string {
  const { title } = parse(readFileSync(join(folder, profile, `${name}.expected.yaml`), 'utf8')) as { readonly title: string }
  return title
}

/** Those of this school's policy, in the order of their names. */
export function listShipped(profile: string): readonly Pick<Shipped, 'name' | 'title'>[] {
  const own = join(folder, profile)
  if (!existsSync(own)) return []
  return readdirSync(own)
    .filter(name => name.endsWith('.yaml') && !name.endsWith('.expected.yaml'))
    .map(name => name.slice(0, -'.yaml'.length))
    .toSorted()
    .map(name => ({ name, title: titleOf(profile, name) }))
}

/** One of them; undefined where this school has none of that name. */
export function findShipped(profile: string, name: string): Shipped | undefined {
  const known = listShipped(profile).find(one => one.name === name)
  return known && { ...known, file: parse(readFileSync(join(folder, profile, `${name}.yaml`), 'utf8')) }
}
