import { type Actor, check, type Permit } from '../../access/index.ts'
import type { ConcernId } from '../../kernel/ids.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { conflict, invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { findRecordedConcern, type RecordedConcern, words, wordsMax } from '../concerns/index.ts'
import { answerChallenge, challenge } from './commands.ts'
import type { ChallengesOf } from './model.ts'
import { challengesPage } from './pages/challenges-page.tsx'
import { stillWorriedPage } from './pages/still-worried-page.tsx'
import { findChallengesOf, findOwnChallenges } from './store.ts'

/** What was typed into the one box, or what is wrong with it. */
function readSays(request: Request, what: string, missing: string): { readonly says: string; readonly errors: FieldErrors } {
  const read = words(what, wordsMax).safeParse(request.form.text('says'))
  const says = read.data ?? ''
  const faults = read.error?.issues.slice(0, 1).map(issue => issue.message) ?? (says === '' ? [missing] : [])
  return { says, errors: faults.map(fault => ({ field: 'says', says: fault })) }
}

async function openOwn(
  request: Request<'concern.challenge', Actor>,
): Promise<{ readonly concern: RecordedConcern; readonly permit: Permit<'concern.challenge'> }> {
  const concern = await findRecordedConcern(request, request.params['concernId'] ?? '')
  if (!concern) throw new NotFound()
  return { concern, permit: request.permit(concern.access) }
}

const form = route({
  method: 'GET',
  path: '/my-concerns/:concernId/still-worried',
  action: 'concern.challenge',
  audit: 'concern.own-opened',
  handle: async request => {
    const { concern, permit } = await openOwn(request)
    const before = await findOwnChallenges(request, permit, concern.id)
    return page(stillWorriedPage(request, { concern, before, errors: [] }))
  },
})

const press = route({
  method: 'POST',
  path: '/my-concerns/:concernId/still-worried',
  action: 'concern.challenge',
  audit: 'concern.challenged',
  handle: async request => {
    const { concern, permit } = await openOwn(request)
    const { says, errors } = readSays(request, 'Why you are still worried', 'Enter why you are still worried.')
    const again = async (faults: FieldErrors) =>
      stillWorriedPage(request, { concern, before: await findOwnChallenges(request, permit, concern.id), errors: faults })
    if (errors.length > 0) return invalid(await again(errors))
    const done = await challenge(request, permit, concern, says)
    if (!done.ok) return conflict(await again([]))
    return redirect(`/my-concerns/${concern.id}?challenged`)
  },
})

async function openAnswer(
  request: Request<'challenge.answer', Actor>,
): Promise<{ readonly found: ChallengesOf; readonly permit: Permit<'challenge.answer'> }> {
  const found = await findChallengesOf(request, request.params['concernId'] as ConcernId)
  if (!found) throw new NotFound()
  return { found, permit: request.permit(found.access) }
}

const answerForm = route({
  method: 'GET',
  path: '/concerns/:concernId/challenges',
  action: 'challenge.answer',
  audit: 'challenge.opened',
  handle: async request => {
    const { found } = await openAnswer(request)
    request.note({ event: 'challenge.opened', subjectKind: 'concern', subject: found.concernId })
    return page(challengesPage(request, found, []))
  },
})

const answer = route({
  method: 'POST',
  path: '/concerns/:concernId/challenges',
  action: 'challenge.answer',
  audit: 'challenge.answered',
  handle: async request => {
    const { found, permit } = await openAnswer(request)
    const { says, errors } = readSays(request, 'Your answer', 'Enter your answer, with the reason.')
    if (errors.length > 0) return invalid(challengesPage(request, found, errors))
    const done = await answerChallenge(request, permit, found, request.form.text('challenge'), says)
    if (!done.ok) return conflict(challengesPage(request, found, [], done.refusal))
    // To whoever opens no files the concern is closed again with their answer.
    const opensFiles = check(request.someone, 'file.read', { schoolId: request.school.id }).allowed
    return redirect(opensFiles ? `/concerns/${found.concernId}/challenges?answered` : '/alerts?answered')
  },
})

/** Saying that one is still worried, and answering it. */
export const challengeRoutes: readonly Route[] = [form, press, answerForm, answer]
