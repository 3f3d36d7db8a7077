/** Colleagues of certain posts with whom the team confers: who they are, what they are told, and what they may write. */
import type { Permit } from '../../access/index.ts'
import type { AdultId, ChildId } from '../../kernel/ids.ts'
import { localDate } from '../../kernel/london-time.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Pathway } from '../../policy/pathways.ts'
import type { RoleId } from '../../policy/roles.ts'
import type { Work } from '../../work/work.ts'
import { findRoleHolders } from '../role-holders/index.ts'
import type { StepToOpen } from './model.ts'
import { consultedOf } from './rules.ts'
import { insertBroughtIn, listStatuses } from './store.ts'

/** What the children's statuses add to what a policy asks about a concern; nothing where no pathway asks for one. */
export function statusesOf(work: Work, children: readonly ChildId[]): Promise<readonly string[]> {
  const asks = work.profile.pathways.some(({ when }) => when.statuses.length > 0)
  return asks && children.length > 0 ? listStatuses(work, children, localDate(work.now)) : Promise.resolve([])
}

export interface Consulting {
  readonly pick: (roles: readonly RoleId[]) => AdultId | null
  /** Who hears of every concern as it is, and is told nothing twice. */
  readonly knows: (adult: AdultId) => boolean
  readonly roleOf: (adult: AdultId, roles: readonly RoleId[]) => RoleId
}

/** Whoever may be brought in by these pathways; nobody where none brings anybody in. */
export async function consultingOf(
  work: Work,
  pathways: readonly Pathway[],
  excluded: readonly AdultId[],
): Promise<Consulting | undefined> {
  const roles = [...new Set(pathways.flatMap(({ steps }) => steps.flatMap(({ consults }) => consults)))]
  if (roles.length === 0) return undefined
  const { fileRoles } = work.school
  const holders = await findRoleHolders(work, [...roles, ...fileRoles])
  return {
    pick: wanted => consultedOf(wanted, holders, excluded),
    knows: adult => holders.some(({ adultId, role }) => adultId === adult && fileRoles.includes(role)),
    roleOf: (adult, wanted) => wanted.find(role => holders.some(held => held.adultId === adult && held.role === role)) ?? 'senco',
  }
}

/** Tells those who are brought in, each once, save who has the concern in their own alerts already. */
export function tellConsulted(
  work: Work,
  permit: Permit<'concern.record'> | Permit<'concern.triage'>,
  steps: readonly StepToOpen[],
  consulting: Consulting,
): void {
  const told = steps.flatMap(step => {
    const [childId] = step.childIds
    if (step.consultedId === null || childId === undefined || consulting.knows(step.consultedId)) return []
    const rule = work.profile.pathways.find(({ id }) => id === step.pathway)
    const wanted = rule?.steps.find(({ id }) => id === step.step)?.consults ?? []
    return [
      {
        id: newId<string>(),
        adultId: step.consultedId,
        role: consulting.roleOf(step.consultedId, wanted),
        urgent: rule?.urgent ?? false,
        says: 'The safeguarding team needs you for a pupil: see what is asked of you, and speak with them.',
        source: step.source,
        link: `/consultations/${step.id}`,
        childId,
        rule: step.rule,
      },
    ]
  })
  insertBroughtIn(work, permit, told)
  for (const { adultId } of told) work.send({ kind: 'notice-mail', adultId })
  if (told.length > 0)
    work.note({
      event: 'pupil.told',
      subjectKind: 'child',
      subject: told[0]?.childId ?? '',
      facts: { told: told.map(({ adultId }) => adultId), rules: told.map(({ rule }) => rule) },
    })
}
