import type { Actor, Permit } from '../../access/index.ts'
import { NotFound, type Request } from '../../web/http/route.ts'
import { findRecordedConcern, type RecordedConcern } from '../concerns/index.ts'
import type { Own } from './commands.ts'
import { getOwnWords } from './store.ts'

type OwnAction = 'concern.own' | 'concern.add-to-own' | 'referral.direct'

/** The concern of the path if this person reported or wrote it, and their own words in it. */
export async function openOwn<A extends OwnAction>(request: Request<A, Actor>): Promise<Own & { readonly permit: Permit<A> }> {
  const concern: RecordedConcern | undefined = await findRecordedConcern(request, request.params['concernId'] ?? '')
  if (!concern) throw new NotFound()
  const permit = request.permit(concern.access)
  const words = await getOwnWords(
    request,
    permit as Permit<OwnAction> as Permit<'concern.own'>,
    request.someone.adultId,
    concern.id,
  )
  return { concern, words, permit }
}
