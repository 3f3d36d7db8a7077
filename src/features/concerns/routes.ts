import type { Route } from '../../web/http/route.ts'
import { conductAdviceRoutes } from './conduct-advice-routes.tsx'
import { formRoutes } from './form-routes.ts'
import { recordedRoutes } from './recorded-routes.ts'
import { visitorRoutes } from './visitor-routes.ts'
import { whomToRingRoutes } from './whom-to-ring-routes.tsx'
import { worryBoxRoutes } from './worry-box-routes.tsx'

/** Every page and command of recording a concern and following it. */
export const concernRoutes: readonly Route[] = [
  ...formRoutes,
  ...recordedRoutes,
  ...visitorRoutes,
  ...worryBoxRoutes,
  ...conductAdviceRoutes,
  ...whomToRingRoutes,
]
