/** How the posts that a school's policy names stand today. Pure. */
import { localDate } from '../../kernel/london-time.ts'
import { addDays, daysBetween, type Instant, type PlainDate } from '../../kernel/plain-date.ts'
import type { Profile, TrainingDuty } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Held, Holder, Lack, ManyPosts, Post, PostFacts, PostHistory, Vacancy } from './model.ts'

type PostPolicy = Pick<Profile, 'team' | 'lead' | 'posts' | 'duties'>

/** The posts of the policy, each once, though school and trust may both name it. */
export function postRoles({ team }: Pick<Profile, 'team'>): readonly RoleId[] {
  return [...new Set(team.map(({ role }) => role))]
}

/** The training of posts alone: what all staff owe says nothing of a post. */
function trainingOfPosts(profile: PostPolicy): readonly TrainingDuty[] {
  const posts = postRoles(profile)
  return profile.duties.training.filter(duty => duty.roles.every(role => posts.includes(role)))
}

export function coursesOfPosts(profile: PostPolicy): readonly string[] {
  return [...new Set(trainingOfPosts(profile).map(({ course }) => course))]
}

export function isHeldAt({ startsAt, endsAt }: Pick<Held, 'startsAt' | 'endsAt'>, now: Instant): boolean {
  return startsAt <= now && (endsAt === null || endsAt > now)
}

/** Since when nobody holds it: the day after the last holder's last, else the day that was entered. */
export function vacancyOf({ held, vacant }: PostHistory, role: RoleId, now: Instant): Vacancy | undefined {
  const all = held.filter(one => one.role === role)
  if (all.some(one => isHeldAt(one, now))) return undefined
  const lastEnd = all
    .flatMap(({ endsAt }) => (endsAt !== null && endsAt <= now ? [endsAt] : []))
    .toSorted()
    .at(-1)
  const ended = lastEnd && localDate(lastEnd)
  // What was entered of an earlier vacancy says nothing of this one.
  const entry = vacant.findLast(one => one.role === role && (ended === undefined || one.since >= ended))
  const since = ended ?? entry?.since
  return {
    since,
    days: since && Math.max(0, daysBetween(since, localDate(now))),
    isEntered: entry !== undefined,
    interimName: entry?.interimName ?? null,
  }
}

function lacksOf(profile: PostPolicy, facts: PostFacts, one: Held, now: Instant): Lack[] {
  const lacks: Lack[] = []
  if (isNotSenior(profile, facts, one, now)) lacks.push({ kind: 'not-senior' })
  const owed = trainingOfPosts(profile).filter(duty => duty.roles.includes(one.role))
  const courses = owed.flatMap(({ course }) =>
    facts.trained.some(record => record.adultId === one.adultId && record.course === course) ? [] : [course],
  )
  if (courses.length > 0) lacks.push({ kind: 'untrained', courses: [...new Set(courses)] })
  const asked = profile.posts.described
  if (asked?.roles.includes(one.role)) {
    const description = facts.descriptions.findLast(({ appointmentId }) => appointmentId === one.appointmentId)
    const dueOn = addDays(localDate(one.startsAt), asked.withinDays)
    const { appointmentId } = one
    const facet = { appointmentId, dueOn, isLate: localDate(now) > dueOn }
    if (!description) lacks.push({ kind: 'no-description', ...facet })
    else if (!description.namesLead) lacks.push({ kind: 'description-without-lead', ...facet })
  }
  return lacks
}

/** Whoever leads without one of the posts from which the policy lets a lead come. */
export function isNotSenior({ lead }: PostPolicy, { held }: PostHistory, one: Held, now: Instant): boolean {
  if (!lead || one.role !== 'dsl') return false
  return !held.some(other => other.adultId === one.adultId && isHeldAt(other, now) && lead.among.includes(other.role))
}

export function postsOf(profile: PostPolicy, facts: PostFacts, now: Instant): readonly Post[] {
  return postRoles(profile).flatMap(role => {
    const member = profile.team.find(one => one.role === role)
    if (!member) return []
    const all = facts.held.filter(one => one.role === role)
    const holders = all
      .filter(one => isHeldAt(one, now))
      .map(
        (one): Holder => ({
          ...one,
          lacks: lacksOf(profile, facts, one, now),
          description: facts.descriptions.findLast(({ appointmentId }) => appointmentId === one.appointmentId),
        }),
      )
    const { title, source } = member
    return {
      ...{ role, title, source, holders },
      next: all.filter(one => one.startsAt > now),
      vacancy: vacancyOf(facts, role, now),
    }
  })
}

/** Whoever holds as many posts as the policy warns of, the most first. */
export function manyPosts(profile: PostPolicy, posts: readonly Post[]): readonly ManyPosts[] {
  const least = profile.posts.many?.postsMin
  if (least === undefined) return []
  const holdings = posts.flatMap(({ title, holders }) =>
    holders.map(({ adultId, name }): { readonly adultId: string; readonly name: string; readonly title: string } => ({
      adultId,
      name,
      title,
    })),
  )
  return [...Map.groupBy(holdings, ({ adultId }) => adultId).values()]
    .map(held => ({ name: held[0]?.name ?? '', titles: [...new Set(held.map(({ title }) => title))] }))
    .filter(({ titles }) => titles.length >= least)
    .toSorted((a, b) => b.titles.length - a.titles.length || a.name.localeCompare(b.name, 'en-GB'))
}

/** Red: nobody holds it, its holder is not one from whom a lead comes, or what is owed of it is missing or late. */
export function isRed({ vacancy, holders }: Post): boolean {
  return vacancy !== undefined || holders.some(({ lacks }) => lacks.some(isRedLack))
}

export function isRedLack(lack: Lack): boolean {
  return lack.kind === 'not-senior' || lack.kind === 'untrained' || lack.isLate
}

export function isInTheFuture(day: PlainDate, now: Instant): boolean {
  return day > localDate(now)
}
