/** A route as it is typed: its steps in the order in which they stand on the page, and whom to ring outside the school. */
import type { RouteValue } from '../../policy/decided-routes.ts'
import type { Profile } from '../../policy/profile.ts'
import { routesOf } from '../../policy/profile-values.ts'
import { roleIds } from '../../policy/roles.ts'
import type { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { routeInWords } from './changeables.ts'
import type { Typed } from './forms.ts'
import type { Changeable } from './model.ts'

/** A step as it stands in the form, read or not. */
export interface TypedStep {
  readonly tell: string
  readonly roles: readonly string[]
  readonly says: string
}

const stepsMax = 20
const emptyStep: TypedStep = { tell: 'first', roles: [], says: '' }

/** The steps of the form in their order. */
export function typedSteps(form: FormValues): readonly TypedStep[] {
  const count = Math.min(Number(form.text('steps').match(/^\d+$/)?.[0] ?? 0), stepsMax)
  return Array.from({ length: count }, (_, index) => {
    const name = `step-${index + 1}`
    return {
      tell: form.text(`${name}-tell`),
      roles: form.all(`${name}-role`).filter(role => role !== ''),
      says: form.text(`${name}-says`),
    }
  })
}

/** The route that a path names. */
function routeAt(profile: Profile, { path }: Pick<Changeable, 'path'>): ReturnType<typeof routesOf>[number]['route'] | undefined {
  return routesOf(profile).find(({ route }) => path === `routes/${route.id}`)?.route
}

/** The form as it opens: the route as it is. */
export function routeFormOf(profile: Profile, what: Changeable): FormValues {
  const route = routeAt(profile, what)
  return withSteps(FormValues.of((route?.outside ?? []).map((key): [string, string] => ['outside', key])), route?.steps ?? [])
}

function withSteps(form: FormValues, steps: readonly TypedStep[]): FormValues {
  const others = form.entries().filter(([name]) => !/^(steps?(-\d+-\w+)?|do|did)$/.test(name))
  return FormValues.of([
    ...others,
    ['steps', String(steps.length)],
    ...steps.flatMap(({ tell, roles, says }, index): [string, string][] => [
      [`step-${index + 1}-tell`, tell],
      ...roles.map((role): [string, string] => [`step-${index + 1}-role`, role]),
      [`step-${index + 1}-says`, says],
    ]),
  ])
}

/** The form after one of its buttons: a step moved up or down, taken out, one more, or all as it was typed. Undefined where none was pressed. */
export function rearrangedRoute(form: FormValues): FormValues | undefined {
  const [, act, number] = /^(up|down|out|add|again)(?:-(\d+))?$/.exec(form.text('do')) ?? []
  if (act === undefined) return undefined
  const steps = typedSteps(form)
  const at = Number(number ?? 0) - 1
  const step = steps[at]
  const drawn = (rearranged: readonly TypedStep[]) => withSteps(form, rearranged).with('did', act)
  if (act === 'add') return drawn([...steps, emptyStep].slice(0, stepsMax))
  if (!step) return withSteps(form, steps)
  const others = steps.toSpliced(at, 1)
  if (act === 'out') return drawn(others)
  return drawn(others.toSpliced(act === 'up' ? Math.max(at - 1, 0) : at + 1, 0, step))
}

/** The route as a decision writes it. */
export function readRoute(profile: Profile, what: Changeable, reading: FormReading, form: FormValues): Typed | undefined {
  const before = reading.errors.length
  const steps = typedSteps(form).flatMap((step, index) => readStep(step, index + 1, reading) ?? [])
  const outside = [...new Set(form.all('outside'))].filter(key => key !== '')
  if (outside.some(key => !Object.hasOwn(profile.contacts, key)))
    reading.fault('outside', 'Select contacts that the policy has. A new one is proposed under “Contacts” first.')
  if (outside.length === 0)
    reading.fault('outside', 'Select whom to ring when nobody in school can be told: a route must not end nowhere.')
  if (reading.errors.length > before) return undefined
  const value: RouteValue = { steps, outside }
  const route = routeAt(profile, what)
  const says = routeInWords(profile, value)
  const isReworded = route !== undefined && says === what.now && JSON.stringify(wordsOf(route)) !== JSON.stringify(wordsOf(value))
  return { value, says: isReworded ? `${says}. In other words: ${wordsOf(value).join(' ')}` : says }
}

function wordsOf({ steps }: { readonly steps: readonly { readonly says: string }[] }): readonly string[] {
  return steps.map(({ says }) => says)
}

function readStep({ tell, roles: chosen, says }: TypedStep, number: number, reading: FormReading) {
  const name = `step-${number}`
  if (chosen.length === 0 && says.trim() === '') return undefined
  const roles = [...new Set(chosen)].flatMap(role => roleIds.filter(known => known === role))
  if (roles.length < new Set(chosen).size) return reading.fault(`${name}-role`, 'Select roles that Holdfast knows.')
  if (roles.length === 0)
    return reading.fault(`${name}-role`, `Select who is told at step ${number}, or take the step out: it leads nowhere.`)
  const words = reading.line(`${name}-says`, `Enter in words what happens at step ${number}.`)
  return words === '' ? undefined : { tell: tell === 'all' ? ('all' as const) : ('first' as const), roles, says: words }
}

/** The field beside which a fault of the route stands. */
export function routeFieldOf(path: string): string {
  const [, step] = /(step-\d+)/.exec(path) ?? []
  return step === undefined ? 'outside' : `${step}-role`
}
