/** The answer of something that may lawfully say no. A refusal is a value: the caller must look at it. */
export type Result<T, Refusal> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value }
}

export function refused<R>(refusal: R): Result<never, R> {
  return { ok: false, refusal }
}
