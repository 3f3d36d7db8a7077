import type { Actor, Permit } from '../../access/index.ts'
import { localDate } from '../../kernel/london-time.ts'
import type { FieldErrors } from '../../web/components/index.ts'
import { FormReading } from '../../web/http/form-reading.ts'
import { FormValues } from '../../web/http/form-values.ts'
import { invalid, page, redirect } from '../../web/http/reply.ts'
import { NotFound, type Request, type Route, route } from '../../web/http/route.ts'
import { mayOpen, pageFor } from '../../web/page.tsx'
import { enterVacancy, recordDescription } from './commands.ts'
import type { Holder, Post } from './model.ts'
import { DescriptionPage, VacancyPage } from './pages/form-pages.tsx'
import { PostsPage } from './pages/posts-page.tsx'
import { TrustPage } from './pages/trust-page.tsx'
import { refusalInWords } from './pages/words.ts'
import { coursesOfPosts, manyPosts, postRoles, postsOf } from './rules.ts'
import { findColleagues, findPostFacts, findTrustSchools } from './store.ts'
import { standingOf } from './trust-rules.ts'

const back = { href: '/posts', text: 'Posts' }
type ListRequest = Request<'post.list', Actor>
type KeepRequest = Request<'post.keep', Actor>

async function findPosts(
  request: ListRequest | KeepRequest,
  permit: Permit<'post.list'> | Permit<'post.keep'>,
): Promise<readonly Post[]> {
  const { profile, now } = request
  const of = { roles: postRoles(profile), seniors: profile.lead?.among ?? [], courses: coursesOfPosts(profile) }
  return postsOf(profile, await findPostFacts(request, permit, of), now)
}

const list = route({
  method: 'GET',
  path: '/posts',
  action: 'post.list',
  audit: 'posts.opened',
  handle: async request => {
    const { profile, someone } = request
    const posts = await findPosts(request, request.permit())
    const shown = {
      ...{ profile, posts, many: manyPosts(profile, posts), mayKeep: mayOpen(someone, 'post.keep') },
      ...{ seesTrust: profile.school.trust !== undefined && mayOpen(someone, 'post.trust'), isKept: request.query.has('kept') },
    }
    return page(pageFor(request, { title: 'Posts', wide: true }, <PostsPage {...shown} />))
  },
})

const acrossTrust = route({
  method: 'GET',
  path: '/trust/posts',
  action: 'post.trust',
  audit: 'posts-of-trust.opened',
  handle: async request => {
    const { policies, now } = request
    const schools = await findTrustSchools(request, request.permit())
    const known = schools.filter(({ key }) => policies.keys === undefined || policies.keys.includes(key))
    const standings = known.map(school =>
      standingOf(
        school.key === request.school.key ? request.profile : policies.profile(school.key, localDate(now)),
        school,
        schools,
        now,
      ),
    )
    return page(pageFor(request, { title: 'Posts across the trust', wide: true }, <TrustPage schools={standings} />))
  },
})

async function getPost(request: KeepRequest, permit: Permit<'post.keep'>): Promise<Post> {
  const post = (await findPosts(request, permit)).find(({ role }) => role === request.params['role'])
  if (!post) throw new NotFound()
  return post
}

async function vacancyPage(request: KeepRequest, post: Post, form: FormValues, errors: FieldErrors): Promise<string> {
  const colleagues = await findColleagues(request, request.permit())
  const { formToken } = request
  return pageFor(
    request,
    { title: `${post.title}: to be confirmed`, errors, back },
    <VacancyPage {...{ post, colleagues, form, errors, formToken }} commandKey={request.newCommandKey()} />,
  )
}

const askVacancy = route({
  method: 'GET',
  path: '/posts/:role/vacancy',
  action: 'post.keep',
  audit: 'vacant-post.opened',
  handle: async request => page(await vacancyPage(request, await getPost(request, request.permit()), FormValues.empty(), [])),
})

const keepVacancy = route({
  method: 'POST',
  path: '/posts/:role/vacancy',
  action: 'post.keep',
  audit: 'vacant-post.entered',
  handle: async request => {
    const permit = request.permit()
    const post = await getPost(request, permit)
    const reading = new FormReading(request.form)
    const since = reading.date('since', 'Enter the first day on which nobody held it.')
    const colleagues = await findColleagues(request, permit)
    const chosen = request.form.text('interim')
    const interim = colleagues.find(({ adultId }) => adultId === chosen)
    if (chosen !== '' && !interim) reading.fault('interim', refusalInWords('not-in-school').says)
    if (since === undefined || reading.errors.length > 0)
      return invalid(await vacancyPage(request, post, request.form, reading.errors))
    const kept = await enterVacancy(request, post, { since, interimId: interim?.adultId ?? null })
    if (!kept.ok) return invalid(await vacancyPage(request, post, request.form, [refusalInWords(kept.refusal)]))
    return redirect('/posts?kept')
  },
})

interface Described {
  readonly post: Post
  readonly holder: Holder
}

/** Whoever holds a post of which the policy asks a job description; of anybody else there is nothing to record. */
async function getDescribed(request: KeepRequest): Promise<Described> {
  const posts = await findPosts(request, request.permit())
  const asked = request.profile.posts.described?.roles ?? []
  for (const post of posts.filter(({ role }) => asked.includes(role))) {
    const holder = post.holders.find(({ appointmentId }) => appointmentId === request.params['appointmentId'])
    if (holder) return { post, holder }
  }
  throw new NotFound()
}

function descriptionPage(request: KeepRequest, { post, holder }: Described, form: FormValues, errors: FieldErrors): string {
  const { formToken } = request
  return pageFor(
    request,
    { title: `Job description: ${holder.name}`, errors, back },
    <DescriptionPage {...{ form, errors, formToken }} held={holder} title={post.title} commandKey={request.newCommandKey()} />,
  )
}

const askDescription = route({
  method: 'GET',
  path: '/posts/descriptions/:appointmentId',
  action: 'post.keep',
  audit: 'job-description.opened',
  handle: async request => page(descriptionPage(request, await getDescribed(request), FormValues.empty(), [])),
})

const keepDescription = route({
  method: 'POST',
  path: '/posts/descriptions/:appointmentId',
  action: 'post.keep',
  audit: 'job-description.recorded',
  handle: async request => {
    const described = await getDescribed(request)
    const reading = new FormReading(request.form)
    const signedOn = reading.date('signed', 'Enter when it was signed.')
    const keptWhere = reading.line('kept-where', 'Enter where the signed copy is kept.')
    const lead = reading.choice('names-lead', ['yes', 'no'], 'Select whether it names the lead responsibility.')
    const online = reading.choice('names-online', ['yes', 'no'], 'Select whether it names online safety.')
    if (signedOn === undefined || reading.errors.length > 0)
      return invalid(descriptionPage(request, described, request.form, reading.errors))
    const given = { signedOn, keptWhere, namesLead: lead === 'yes', namesOnline: online === 'yes' }
    const kept = await recordDescription(request, described.holder, given)
    if (!kept.ok) {
      const { says } = refusalInWords(kept.refusal)
      return invalid(descriptionPage(request, described, request.form, [{ field: 'signed-day', says }]))
    }
    return redirect('/posts?kept')
  },
})

/** Who holds which post of the policy, at the school and across its trust. */
export const postRoutes: readonly Route[] = [list, acrossTrust, askDescription, keepDescription, askVacancy, keepVacancy]
