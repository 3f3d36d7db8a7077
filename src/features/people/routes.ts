import type { Route } from '../../web/http/route.ts'
import { adultsRoutes } from './routes-adults.tsx'
import { childrenRoutes } from './routes-children.ts'
import { teamRoutes } from './routes-team.tsx'

export const peopleRoutes: readonly Route[] = [...childrenRoutes, ...adultsRoutes, ...teamRoutes]
