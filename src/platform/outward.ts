import { isLoopback } from './config.ts'

/** What somebody else's server may answer at most: their descriptions and keys are some kilobytes. */
const answerBytesMax = 1_000_000

/** A request that leaves this machine unprotected, or an answer that does not end. */
export class OutwardRefused extends Error {
  override readonly name = 'OutwardRefused'
}

/** Whether what is sent there is seen by that server alone. */
export function isProtected(address: URL): boolean {
  return address.protocol === 'https:' || (address.protocol === 'http:' && isLoopback(address.hostname))
}

async function bodyOf(answer: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += part.length
    if (bytes > answerBytesMax) throw new OutwardRefused('the answer is too long')
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/**
 * Asks a server of somebody else: over a connection whose certificate was checked (or on this machine), without following it
 * anywhere else, and without reading for ever.
 */
export async function fetchOutward(address: string, options: RequestInit): Promise<Response> {
  const to = new URL(address)
  if (!isProtected(to)) throw new OutwardRefused('the address is not protected')
  const answer = await fetch(to, { ...options, redirect: 'manual' })
  const body = await bodyOf(answer)
  const headers = { 'content-type': answer.headers.get('content-type') ?? '' }
  return new Response(answer.status === 204 || answer.status === 304 ? null : body, { status: answer.status, headers })
}
