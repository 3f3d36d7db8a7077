/** A form about a concern: its page, what it does, and the page again where it could not be done. */
import type { Action, Actor, Permit } from '../../access/index.ts'
import type { AuditEvent } from '../../audit/events.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { Result } from '../../kernel/result.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { conflict, invalid, page, type Reply, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { revisionField } from './form-names.ts'
import type { ConcernFacts, StepRefusal } from './model.ts'
import type { FormFrameProps } from './pages/form-frame.tsx'
import { refusalInWords } from './refusals.ts'
import { findConcernFacts, lockConcerns, subjectOf } from './store.ts'

/** A permitted concern in the middle of a request. */
export interface Opened<A extends Action> {
  readonly request: Request<A, Actor>
  readonly permit: Permit<A>
  readonly concern: ConcernFacts
}

/** The concern of the path, permitted; another school's, an excluded one and none are the same answer. */
export async function openConcern<A extends Action>(
  request: Request<A, Actor>,
  options: { readonly lock?: true } = {},
): Promise<Opened<A>> {
  const id = request.params['concernId'] as ConcernId
  if (options.lock) await lockConcerns(request, [id])
  const concern = await findConcernFacts(request, id)
  if (!concern) throw new NotFound()
  return { request, permit: request.permit(subjectOf(request, concern)), concern }
}

/** What the page is drawn with, the first time and again. */
export interface Drawn<A extends Action> extends Opened<A> {
  readonly form: FormValues
  readonly errors: FieldErrors
  readonly notice: string | undefined
  /** What every form of a concern stands in. */
  readonly frame: FormFrameProps
}

export type Submitted =
  | { readonly kind: 'invalid'; readonly errors: FieldErrors }
  | { readonly kind: 'refused'; readonly refusal: StepRefusal }
  | { readonly kind: 'done'; readonly to: string }

/** A command's result as the form's answer. */
export function submitted(result: Result<unknown, StepRefusal>, to: string): Submitted {
  return result.ok ? { kind: 'done', to } : { kind: 'refused', refusal: result.refusal }
}

export interface FormRoute<A extends Action> {
  /** Below `/concerns/:concernId`. */
  readonly path: string
  readonly action: A
  readonly opens: AuditEvent
  readonly does: AuditEvent
  draw(drawn: Drawn<A>): Promise<string>
  /** Reads the form and carries the command out. */
  submit(opened: Opened<A>): Promise<Submitted>
}

function drawn<A extends Action>(
  { path }: FormRoute<A>,
  opened: Opened<A>,
  form: FormValues,
  errors: FieldErrors,
  notice?: string,
): Drawn<A> {
  const { request, concern } = opened
  const below = path.replaceAll(/:(\w+)/g, (_whole, name: string) => request.params[name] ?? '')
  const action = `/concerns/${concern.id}${below}`
  const frame = { action, formToken: request.formToken, commandKey: request.newCommandKey(), form, errors, notice }
  return { ...opened, form, errors, notice, frame }
}

/** The way back from a form, to the concern that it is about. */
export function backTo(concern: Pick<ConcernFacts, 'id'>) {
  return { href: `/concerns/${concern.id}`, text: 'The concern' }
}

async function answerTo<A extends Action>(definition: FormRoute<A>, opened: Opened<A>, result: Submitted): Promise<Reply> {
  const again = (errors: FieldErrors, notice?: string) =>
    definition.draw(drawn(definition, opened, opened.request.form, errors, notice))
  switch (result.kind) {
    case 'done':
      return redirect(result.to)
    case 'invalid':
      return invalid(await again(result.errors))
    case 'refused': {
      const said = refusalInWords(result.refusal, opened.concern)
      if (said.kind === 'conflict') return conflict(await again([], said.says))
      return invalid(said.field ? await again([{ field: said.field, says: said.says }]) : await again([], said.says))
    }
  }
}

/** The two routes of a form: showing it and sending it. */
export function formRoutes<A extends Action>(definition: FormRoute<A>): readonly Route[] {
  const path = `/concerns/:concernId${definition.path}`
  return [
    route({
      method: 'GET',
      path,
      action: definition.action,
      audit: definition.opens,
      handle: async request => {
        const opened = await openConcern(request)
        request.note({ event: definition.opens, subjectKind: 'concern', subject: opened.concern.id })
        return page(await definition.draw(drawn(definition, opened, FormValues.of(request.query), [])))
      },
    }),
    route({
      method: 'POST',
      path,
      action: definition.action,
      audit: definition.does,
      handle: async request => {
        const opened = await openConcern(request, { lock: true })
        return answerTo(definition, opened, await definition.submit(opened))
      },
    }),
  ]
}

/** The state of the concern that the sender had before their eyes. */
export function revisionSeen(request: Request): string {
  return request.form.text(revisionField)
}
