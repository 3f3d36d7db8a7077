import type { Actor, Permit } from '../../access/index.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import type { Work } from '../../work/work.ts'
import { findTouched, type TouchedConcern } from '../contacts-made/index.ts'
import { recordAdvice } from './commands.ts'
import { parseAdvice } from './forms.ts'
import type { AskedAbout, NewAdvice } from './model.ts'
import { advicePage } from './pages/advice-page.tsx'
import { advisers } from './rules.ts'
import { getAskedAbout } from './store.ts'

type AdviceAction = 'advice.own' | 'advice.record'

interface Door<A extends AdviceAction> {
  readonly under: '/my-concerns' | '/concerns'
  readonly action: A
  readonly opens: 'concern.own-opened' | 'concern.opened'
  readonly decides: boolean
  /** Said on the page to which it goes back. */
  readonly done: string
  about(work: Work, permit: Permit<A>, concern: TouchedConcern): Promise<AskedAbout>
  record(work: Work<Actor>, permit: Permit<A>, concern: TouchedConcern, advice: NewAdvice): Promise<void>
}

interface Opened<A extends AdviceAction> {
  readonly concern: TouchedConcern
  readonly permit: Permit<A>
  draw(errors: FieldErrors): Promise<string>
}

function adviceRoutesOf<A extends AdviceAction>(door: Door<A>): readonly Route[] {
  const path = `${door.under}/:concernId/advice`
  const open = async (request: Request<A, Actor>): Promise<Opened<A>> => {
    const concern = await findTouched(request, request.params['concernId'] ?? '')
    if (!concern) throw new NotFound()
    const permit = request.permit(concern.access)
    const back = `${door.under}/${concern.id}`
    return {
      concern,
      permit,
      draw: async errors => {
        const about = await door.about(request, permit, concern)
        const contacts = advisers(request.profile, about, request.now)
        return advicePage(request, { concern, contacts, action: `${back}/advice`, back, decides: door.decides, errors })
      },
    }
  }
  return [
    route({
      method: 'GET',
      path,
      action: door.action,
      audit: door.opens,
      handle: async request => {
        const { concern, draw } = await open(request)
        request.note({ event: door.opens, subjectKind: 'concern', subject: concern.id })
        return page(await draw([]))
      },
    }),
    route({
      method: 'POST',
      path,
      action: door.action,
      audit: 'advice.recorded',
      handle: async request => {
        const { concern, permit, draw } = await open(request)
        const read = parseAdvice(request.form, request.profile, request.now, door.decides)
        if (!read.ok) return invalid(await draw(read.refusal))
        await door.record(request, permit, concern, read.value)
        return redirect(`${door.under}/${concern.id}?${door.done}`)
      },
    }),
  ]
}

const kept = { about: getAskedAbout, record: recordAdvice }

/** Taking advice about a concern, by whoever reported it and by the team. */
export const adviceRoutes: readonly Route[] = [
  ...adviceRoutesOf({
    ...kept,
    under: '/my-concerns',
    action: 'advice.own',
    opens: 'concern.own-opened',
    decides: false,
    done: 'contact',
  }),
  ...adviceRoutesOf({
    ...kept,
    under: '/concerns',
    action: 'advice.record',
    opens: 'concern.opened',
    decides: true,
    done: 'done=contact',
  }),
]
