/** Whom statutory guidance has told first, whatever a school decides: its routes may name more people, never leave these out. */
import type { FieldFault, FieldPath } from './faults.ts'
import type { Profile, Route } from './profile.ts'
import type { RoleId } from './roles.ts'

/** One of these roles is told by the first step of the route. */
export interface RouteFloor {
  /** `welfare`, or the id of the chain for every concern about an adult. */
  readonly route: string
  readonly oneOf: readonly RoleId[]
  readonly says: string
  /** The document and section, in words. */
  readonly cites: string
}

/** The floors of a profile's national texts, with what they cite in words. */
export function routeFloorsOf({ documents, routeFloors }: Pick<Profile, 'documents' | 'routeFloors'>): readonly RouteFloor[] {
  return routeFloors.map(({ source, ...floor }) => ({
    ...floor,
    cites: `${documents[source.document]?.title ?? source.document}, ${source.section}`,
  }))
}

/** A route whose first step tells nobody whom guidance has told first is laxer than statute. */
export function floorFaults(
  route: { readonly id: string; readonly steps: readonly Pick<Route['steps'][number], 'roles'>[] },
  floors: readonly RouteFloor[],
  path: FieldPath,
): FieldFault[] {
  return floors.flatMap((floor): FieldFault[] => {
    if (floor.route !== route.id) return []
    if (route.steps[0]?.roles.some(role => floor.oneOf.includes(role))) return []
    return [
      {
        path,
        on: 'value',
        says: `The route is laxer than statutory guidance: ${floor.says.replace(/\.$/, '')} (${floor.cites}).`,
        remedy: `Let step 1 tell one of: ${floor.oneOf.join(', ')}.`,
      },
    ]
  })
}
