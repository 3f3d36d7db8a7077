import assert from 'node:assert/strict'
import type { Route } from '../../src/web/http/route.ts'
import { routes } from '../../src/web/routes.ts'
import type { Agent, Answer } from '../support/app.ts'
import type { GuardedSchool } from './guarded-school.ts'
import { ways } from './ways.ts'

export interface OpenedPage {
  readonly name: string
  readonly route: Route
  readonly answer: Answer
}

/** Who goes where by the table of ways; undefined where it has no row, which the other guard says. */
export async function wayTo(
  school: GuardedSchool,
  route: Route,
): Promise<
  { readonly name: string; readonly agent: Agent; readonly path: string; readonly query: string | undefined } | undefined
> {
  const name = `${route.method} ${route.path}`
  const way = ways[name]
  if (!way) return undefined
  const params = (await way.fresh?.(school)) ?? (await way.params?.(school)) ?? school.paramsOf(route)
  const path = route.path.replaceAll(/:(\w+)/g, (_, parameter: string) => params[parameter] ?? assert.fail(`no ${parameter}`))
  const agent = way.by === 'visitor' ? school.at.stranger() : await school.agent(way.by)
  return { name, agent, path, query: way.query }
}

/** Opens every page that the school has, as somebody who may, by the same table as `every-route.pg.test.ts`. */
export async function openEveryPage(school: GuardedSchool): Promise<readonly OpenedPage[]> {
  const pages: OpenedPage[] = []
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    const way = await wayTo(school, route)
    if (!way) continue
    const { name, agent, path, query } = way
    if (ways[name]?.excused?.['opens to whoever may']) continue
    pages.push({ name, route, answer: await agent.get(query ? `${path}?${query}` : path) })
  }
  return pages
}
