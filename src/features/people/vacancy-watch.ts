import { authorise, type Worker } from '../../access/index.ts'
import type { Profile } from '../../policy/profile.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { tell } from '../notices/index.ts'
import { roleName } from './role-names.ts'
import { findUntoldVacancies } from './vacancy-store.ts'

/** The posts that the policy names, without the DSL's where a rule of its own watches that one. */
function postsWatched({ team, lead }: Pick<Profile, 'team' | 'lead'>): readonly RoleId[] {
  const posts = new Set(team.map(member => member.role))
  if (lead) posts.delete('dsl')
  return [...posts]
}

/** Tells those whom the profile names of each post of the team that nobody holds: once for each time that it falls vacant. */
export async function watchVacantPosts(work: Work<Worker>): Promise<boolean> {
  const told = work.profile.contactBook?.vacancyTold
  if (!told) return false
  const permit = authorise(work.someone, 'alert.tell', { schoolId: work.school.id })
  const { posts, listeners } = await findUntoldVacancies(work, permit, postsWatched(work.profile), told.value)
  if (listeners.length === 0) return false
  const settingOf = work.profile.documents[told.source.document]?.title ?? told.source.document
  for (const role of posts) {
    const member = work.profile.team.find(one => one.role === role)
    const policy = member && (work.profile.documents[member.source.document]?.title ?? member.source.document)
    const named = member ? ` (${policy}, ${member.source.section})` : ''
    await tell(work, {
      topic: 'vacant-post',
      urgent: true,
      says: `Nobody holds the post of ${roleName(work.profile, role)}, which our policy names${named}. Whatever goes to this post reaches nobody in it until somebody is appointed.`,
      source: `${settingOf}, ${told.source.section}`,
      link: '/people',
      tells: listeners,
      rule: role,
    })
  }
  return posts.length > 0
}
