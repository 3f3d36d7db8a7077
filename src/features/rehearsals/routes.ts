import type { Actor } from '../../access/index.ts'
import { toLocal } from '../../kernel/london-time.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { afterwards, invalid, page, type Reply } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { listDecided } from '../../work/school-policy.ts'
import { eventForms } from './event-fields.ts'
import { composePage } from './pages/compose-page.tsx'
import { playedPage } from './pages/played-page.tsx'
import { rehearsalsPage } from './pages/rehearsals-page.tsx'
import { playScenarioFile, readScenarioFile } from './play-scenario.ts'
import { type Scenario, scenarioToBeginWith } from './scenario.ts'
import { scenarioOfFile } from './scenario-file.ts'
import { changed, readScenario } from './scenario-form.ts'
import { findShipped, listShipped } from './shipped.ts'

type RehearsalRequest = Request<'rehearsal.play', Actor>

function shippedScenario(request: RehearsalRequest): Scenario | undefined {
  const name = request.query.get('from') ?? ''
  if (name === '') return undefined
  const shipped = findShipped(request.profile.key, name)
  if (!shipped) throw new NotFound()
  return scenarioOfFile(request.profile, shipped.file)
}

async function answer(request: RehearsalRequest, scenario: Scenario): Promise<Reply> {
  const forms = eventForms(request.profile)
  const compose = (errors: FieldErrors) => invalid(composePage(request, { scenario, forms, errors }))
  const read = readScenarioFile(request.profile, forms, scenario)
  if (!read.ok) return compose(read.refusal)
  const decided = await listDecided(request.tx, request.school)
  return afterwards(async () => {
    const outcome = await playScenarioFile(read.value, decided)
    if (!outcome.ok) return compose(outcome.refusal)
    return page(playedPage(request, { title: 'What would happen', scenario, forms, played: outcome.value }))
  })
}

export const rehearsalRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/rehearsals',
    action: 'rehearsal.play',
    audit: 'page.opened',
    handle: async request => {
      request.permit()
      return page(rehearsalsPage(request, listShipped(request.profile.key)))
    },
  }),
  route({
    method: 'GET',
    path: '/rehearsals/compose',
    action: 'rehearsal.play',
    audit: 'page.opened',
    handle: async request => {
      request.permit()
      const { date, time } = toLocal(request.now)
      const scenario = shippedScenario(request) ?? scenarioToBeginWith(request.profile, date, time)
      return page(composePage(request, { scenario, forms: eventForms(request.profile), errors: [] }))
    },
  }),
  route({
    method: 'POST',
    path: '/rehearsals/compose',
    action: 'rehearsal.play',
    audit: 'rehearsal.played',
    handle: async request => {
      request.permit()
      const forms = eventForms(request.profile)
      const scenario = readScenario(request.form)
      const pressed = request.form.text('_do')
      const next = changed(scenario, pressed, forms, request.form.text('added'))
      return next ? page(composePage(request, { scenario: next, forms, errors: [] })) : answer(request, scenario)
    },
  }),
]
