/** What the school's own policy moves of who may open what: to whom it gives files, concerns and cases, each with where it says so. */

import { type ConductChain, chainTitle } from './conduct.ts'
import { cite, row, table } from './markdown-table.ts'
import { roleTitle } from './policy-value.ts'
import type { Cited, Profile } from './profile.ts'
import type { RoleId } from './roles.ts'

export interface AccessMove {
  readonly gives: string
  readonly roles: readonly RoleId[]
  readonly where: Cited
}

function files({ fileRoles }: Profile): readonly AccessMove[] {
  return fileRoles
    ? [{ gives: 'Every welfare file, but those of which they are outside', roles: fileRoles.value, where: fileRoles }]
    : []
}

/** Roles that open files are left out: they gain nothing by being told. */
function inTheirPlace(profile: Profile): readonly AccessMove[] {
  const team = profile.fileRoles?.value ?? []
  const others = (roles: readonly RoleId[]) => roles.filter(role => !team.includes(role))
  return [
    ...profile.routes.welfare.steps.map(step => ({
      gives: 'One welfare concern that reached nobody before them',
      roles: others(step.roles),
      where: step,
    })),
    ...profile.unanswered
      .filter(({ on }) => on === 'unreachable')
      .map(rule => ({ gives: 'One welfare concern whose reporter reaches no DSL', roles: others(rule.tell), where: rule })),
    ...profile.challenge.steps.map(step => ({
      gives: 'One welfare concern of which its reporter is still worried',
      roles: others(step.roles),
      where: step,
    })),
  ].filter(({ roles }) => roles.length > 0)
}

function ofChain(profile: Profile, chain: ConductChain): readonly AccessMove[] {
  const gives = `One case: ${chainTitle(chain, role => roleTitle(profile, role))}`
  return [
    ...chain.steps.map(step => ({ gives, roles: step.roles, where: step })),
    ...chain.shared.map(step => ({ gives: `${gives}, passed on`, roles: step.roles, where: step })),
  ]
}

/** All of a school's moves, in the order in which somebody would ask for them. */
export function accessMoves(profile: Profile): readonly AccessMove[] {
  return [...files(profile), ...inTheirPlace(profile), ...profile.conduct.chains.flatMap(chain => ofChain(profile, chain))]
}

function moveRow(profile: Profile, { gives, roles, where }: AccessMove): string {
  const standing = where.standing === 'setting' ? ' (setting)' : where.standing === 'unverified' ? ' (unverified)' : ''
  const who = roles.map(role => roleTitle(profile, role)).join(', ')
  return row([gives, who, `${cite(where.source, profile.documents)}${standing}${where.reading ? `. ${where.reading}` : ''}`])
}

/** The last part of `docs/access-table.md`, as the schools' policies stand on a day. */
export function accessMovesDocument(schools: readonly Profile[]): string {
  return [
    '## What each school’s policy moves',
    '',
    'The rows above are the same everywhere. Who is “safeguarding team”, who is “told in the safeguarding team’s place” and to whom “the policy’s chain gave it” comes from the school’s profile: roles here, people by their dated appointments.',
    ...schools.flatMap(profile => [
      '',
      `### ${profile.school.name}`,
      '',
      ...table(
        ['opens', 'who', 'where it says so'],
        accessMoves(profile).map(move => moveRow(profile, move)),
      ),
    ]),
    '',
  ].join('\n')
}
