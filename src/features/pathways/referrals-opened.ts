/** A decision to refer opens the referrals that the policy has made for this kind of worry: each ends with what came of it. */
import type { Actor, Permit } from '../../access/index.ts'
import type { ChildId, EntryId, ReferralId } from '../../kernel/ids.ts'
import { toLocal } from '../../kernel/london-time.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Agency } from '../../policy/clocks.ts'
import { type PathwayFacts, refersTo } from '../../policy/pathways.ts'
import type { Profile } from '../../policy/profile.ts'
import { whereTo } from '../../policy/where-to.ts'
import type { Work } from '../../work/work.ts'
import type { SteppedConcern } from './model.ts'
import { insertOpenedReferrals, listStandingReferrals, listSteps } from './store.ts'

export interface ChildToRefer {
  readonly childId: ChildId
  readonly homeAuthority: string | null
  readonly locality: string | null
  readonly involvement: string
}

/** A referral as a decision opens it: nobody has yet said what the parents agree to, or what is asked for. */
export interface OpenedReferral {
  readonly id: ReferralId
  readonly eventId: string
  readonly entryId: EntryId
  readonly childId: ChildId
  readonly involvement: string
  readonly agency: Agency
  readonly authority: string | null
  readonly destination: string
  readonly destinationContact: string | null
  readonly rule: string
  readonly heading: string
}

function openedFor(
  profile: Profile,
  child: ChildToRefer,
  agency: Agency,
  because: { readonly pathway: string; readonly name: string },
): OpenedReferral {
  const where = whereTo(profile, agency, child.homeAuthority ?? undefined, child.locality ?? undefined)
  const isFound = where.kind === 'found'
  return {
    id: newId<ReferralId>(),
    eventId: newId<string>(),
    entryId: newId<EntryId>(),
    childId: child.childId,
    involvement: child.involvement,
    agency,
    authority: child.homeAuthority,
    destination: isFound ? where.name : 'To whom is not said yet',
    destinationContact: isFound ? where.contact : null,
    rule: `pathways.${because.pathway}`,
    heading: `Referral, ${because.name}: decided`,
  }
}

/** Opens the referrals of a decision to refer, for each child whom the concern is about, unless one stands open already. */
export async function openReferrals(
  work: Work<Actor>,
  permit: Permit<'concern.decide'>,
  concern: SteppedConcern,
  children: readonly ChildToRefer[],
  decision: {
    readonly facts: PathwayFacts
    readonly notReferred: readonly Agency[]
    readonly names: Readonly<Record<Agency, string>>
  },
): Promise<void> {
  if (work.profile.pathways.every(({ refers }) => refers.length === 0)) return
  const steps = await listSteps(work, permit, concern.id)
  const agencies = refersTo(
    work.profile,
    decision.facts,
    steps.map(({ pathway }) => pathway),
    decision.notReferred,
  )
  if (agencies.length === 0) return
  const standing = await listStandingReferrals(work, permit, concern.id)
  const opened = children.flatMap(child =>
    agencies
      .filter(({ agency }) => !standing.some(known => known.agency === agency && known.childId === child.childId))
      .map(({ agency, pathway }) => openedFor(work.profile, child, agency, { pathway, name: decision.names[agency] })),
  )
  insertOpenedReferrals(work, permit, concern, opened, toLocal(work.now))
  for (const { id, childId, agency, authority, destinationContact, rule } of opened)
    work.note({
      event: 'referral.made',
      subjectKind: 'referral',
      subject: id,
      facts: { concern: concern.id, child: childId, agency, authority, contact: destinationContact, consent: 'to-ask', rule },
    })
}
