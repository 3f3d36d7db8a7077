import type { Actor } from '../../access/index.ts'
import type { AccountId } from '../../kernel/ids.ts'
import { countedTry, type Reply, redirect } from '../../web/http/reply.ts'
import type { Request } from '../../web/http/route.ts'

/** A request about one's own account. */
export type SignedIn = Request<'account.own' | 'account.factors', Actor>

export function ownAccount(request: Pick<Request<never, Actor>, 'someone'>): AccountId {
  const { accountId } = request.someone
  if (accountId === undefined) throw new Error('a session without an account')
  return accountId
}

export function ownSession(request: Pick<Request, 'session'>): string {
  if (!request.session) throw new Error('signed in without a session')
  return request.session.id
}

export const waitSays = (seconds: number) =>
  `There were too many wrong codes. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again`

/** A refusal that stays in the trail and in the count of tries. */
export function refuseTry(request: SignedIn, html: string, why: string, status: 422 | 429 = 422): Reply {
  request.note({ event: 'session.refused', outcome: 'refused', facts: { why } })
  return countedTry(html, status)
}

/** Sends somewhere else without having changed anything. */
export function elsewhere(request: SignedIn, to: string): Reply {
  request.note({ event: 'account.opened' })
  return redirect(to)
}
