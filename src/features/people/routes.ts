import type { Route } from '../../web/http/route.ts'
import { adultsRoutes } from './routes-adults.ts'
import { childrenRoutes } from './routes-children.ts'

export const peopleRoutes: readonly Route[] = [...childrenRoutes, ...adultsRoutes]
