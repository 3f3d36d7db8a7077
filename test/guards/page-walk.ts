import assert from 'node:assert/strict'
import type { Route } from '../../src/web/http/route.ts'
import { routes } from '../../src/web/routes.ts'
import type { Answer } from '../support/app.ts'
import type { GuardedSchool } from './guarded-school.ts'
import { ways } from './ways.ts'

export interface OpenedPage {
  readonly name: string
  readonly route: Route
  readonly answer: Answer
}

/** Opens every page of the product as somebody who may, by the same table as `every-route.pg.test.ts`. */
export async function openEveryPage(school: GuardedSchool): Promise<readonly OpenedPage[]> {
  const pages: OpenedPage[] = []
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    const name = `${route.method} ${route.path}`
    const way = ways[name]
    // The other guard says that the row is missing.
    if (!way) continue
    const params = (await way.fresh?.(school)) ?? (await way.params?.(school)) ?? school.paramsOf(route)
    const path = route.path.replaceAll(/:(\w+)/g, (_, parameter: string) => params[parameter] ?? assert.fail(`no ${parameter}`))
    const agent = way.by === 'visitor' ? school.at.stranger() : await school.agent(way.by)
    pages.push({ name, route, answer: await agent.get(way.query ? `${path}?${way.query}` : path) })
  }
  return pages
}
