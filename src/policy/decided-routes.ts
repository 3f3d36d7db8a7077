/** Routes as a school has decided them: the people of one step, or a route whole, with its steps in another order, more or fewer. */
import { z } from 'zod'
import type { Result } from '../kernel/result.ts'
import { ok, refused } from '../kernel/result.ts'
import type { FieldFault } from './faults.ts'
import type { Profile, Route, RouteStep, Source } from './profile.ts'
import { roleIds } from './roles.ts'
import { floorFaults, routeFloorsOf } from './route-floors.ts'
import { stepRule } from './routing.ts'

interface Decision {
  readonly path: string
  readonly value: unknown
}

const stepValue = z.strictObject({
  tell: z.enum(['all', 'first']),
  roles: z.array(z.enum(roleIds)).min(1),
  says: z.string().trim().min(1),
})
const routeValue = z.strictObject({ steps: z.array(stepValue), outside: z.array(z.string()) })

/** A route whole, as a decision writes it. */
export type RouteValue = z.infer<typeof routeValue>

function unknownIn({ path }: Decision): FieldFault {
  return { path: [path], on: 'value', says: 'A role in it is not known.', remedy: `Use one of: ${roleIds.join(', ')}.` }
}

/** The routes with other people in the step of this rule. */
export function withStep(
  routes: readonly Route[],
  rule: string,
  one: Decision,
  source: Source,
): Result<readonly Route[], FieldFault> {
  const roles = stepValue.shape.roles.safeParse(one.value)
  if (!roles.success) return refused(unknownIn(one))
  return ok(
    routes.map(route => {
      const at = route.steps.findIndex((_, index) => stepRule(route, index) === rule)
      const step = route.steps[at]
      if (!step) return route
      const { reading: _reading, standing: _standing, ...rest } = step
      return { ...route, steps: route.steps.with(at, { ...rest, roles: roles.data, source, standing: 'stated' }) }
    }),
  )
}

/** The routes with the one of this id as it was decided; a step that is as the text has it keeps its source. */
export function withRoute(
  routes: readonly Route[],
  id: string,
  one: Decision,
  source: Source,
  { contacts }: Pick<Profile, 'contacts'>,
): Result<readonly Route[], FieldFault> {
  const value = routeValue.safeParse(one.value)
  if (!value.success) return refused(unknownIn(one))
  const { steps, outside } = value.data
  if (!routes.some(route => route.id === id))
    return refused({
      path: [one.path],
      on: 'key',
      says: 'The policy has no such route any more.',
      remedy: 'Decide it again for what the policy says now.',
    })
  const lost = outside.find(key => !Object.hasOwn(contacts, key))
  if (lost !== undefined)
    return refused({
      path: [one.path, 'outside'],
      on: 'value',
      says: `The policy has no contact “${lost}”.`,
      remedy: 'Choose one of the contacts of the policy.',
    })
  return ok(
    routes.map(route =>
      route.id === id
        ? {
            ...route,
            steps: steps.map(step => route.steps.find(known => isSame(known, step)) ?? { ...step, source, standing: 'stated' }),
            outside,
          }
        : route,
    ),
  )
}

function isSame(known: RouteStep, { tell, roles, says }: RouteValue['steps'][number]): boolean {
  return known.tell === tell && known.says === says && known.roles.join() === roles.join()
}

/** What the language refuses of a route: that it goes round, ends nowhere, or is laxer than statute. */
export function routeFaults(route: Route, profile: Profile): FieldFault[] {
  const path = ['routes', route.id]
  const round = route.steps.flatMap((step, index): FieldFault[] => {
    const before = route.steps.slice(0, index).flatMap(({ roles }) => roles)
    if (step.roles.some(role => !before.includes(role))) return []
    return [
      {
        path: [...path, `step-${index + 1}`],
        on: 'value',
        says: `The route would go round: step ${index + 1} tells nobody whom an earlier step has not told.`,
        remedy: 'Name somebody else in it, or take the step out.',
      },
    ]
  })
  const nowhere: FieldFault[] =
    route.outside.length > 0
      ? []
      : [
          {
            path: [...path, 'outside'],
            on: 'value',
            says: 'The route would end nowhere: it names nobody outside the school.',
            remedy: 'Choose whom to ring when nobody in school can be told.',
          },
        ]
  return [...round, ...nowhere, ...floorFaults(route, routeFloorsOf(profile), [...path, 'step-1'])]
}
