import type { Action, Actor, Permit, Someone, SubjectFacts, Visitor } from '../../access/index.ts'
import type { AuditEvent } from '../../audit/events.ts'
import type { Work } from '../../work/work.ts'
import type { FormValues } from './form-values.ts'
import type { Refused, Reply } from './reply.ts'

/** Thrown when what was asked for is not there, or not theirs: the two are one answer. */
export class NotFound extends Error {
  override readonly name = 'NotFound'
}

export interface UploadedFile {
  readonly field: string
  readonly name: string
  readonly content: Buffer
  /** The file was longer than the limit and is cut off. */
  readonly tooLarge: boolean
}

/** What a handler is given. `permit()` must be called: a handler that answers without one is a bug and nothing is sent. */
export interface Request<A extends Action = Action, S extends Someone = Someone> extends Work<S> {
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly form: FormValues
  readonly files: readonly UploadedFile[]
  readonly path: string
  /** Scheme, host and port by which the browser came. */
  readonly origin: string
  /** Token to put in each form of the page. */
  readonly formToken: string
  /** A fresh command key to put in each form of the page. */
  newCommandKey(): string
  /** The key of the command being posted. */
  readonly commandKey: string
  readonly session: { readonly id: string; readonly hasSecondFactor: boolean; readonly hasFreshFactor: boolean } | undefined
  readonly unseenAlerts: number
  permit(subject?: SubjectFacts): Permit<A>
}

interface Definition<A extends Action> {
  readonly method: 'GET' | 'POST'
  /** Fastify path, `:name` for parameters. A parameter ending in Id must be a uuid, else the page is not found. */
  readonly path: string
  readonly action: A
  /** Written once for each answer, unless the handler's command noted its own. */
  readonly audit: AuditEvent
  /** Form bodies are parsed always; multipart only where asked for. */
  readonly multipart?: true
  /** A command without a key that leaves the same behind when it is done twice. */
  readonly harmlessTwice?: true
  /** Answered without a second factor although the action wants one. */
  readonly draftsSafe?: true
}

export interface SignedInRoute<A extends Action = Action> extends Definition<A> {
  readonly to: 'signed-in'
  handle(request: Request<A, Actor>): Promise<Reply>
}

export interface VisitorRoute<A extends Action = Action> extends Definition<A> {
  /** Path has `:visitorToken`. */
  readonly to: 'visitor'
  handle(request: Request<A, Visitor>): Promise<Reply>
  /** Gives back what came without a token that holds: it can be kept for nobody, and must not be lost. Nothing is done with it. */
  giveBack?(request: Request<A, Visitor>): Promise<Refused>
}

export type Route = SignedInRoute | VisitorRoute

/** A page or a command for people who are signed in. */
export function route<A extends Action>(definition: Omit<SignedInRoute<A>, 'to'>): Route {
  return { ...definition, to: 'signed-in' } as unknown as Route
}

/** A page or a command for adults without an account, by the school's own link. */
export function visitorRoute<A extends Action>(definition: Omit<VisitorRoute<A>, 'to'>): Route {
  return { ...definition, to: 'visitor' } as unknown as Route
}
