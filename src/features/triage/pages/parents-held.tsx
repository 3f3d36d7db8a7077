import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import { WarningText } from '../../../web/components/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { HoldOnPage } from '../page-model.ts'
import { parentsHeld } from '../parents-held.ts'
import { Moment, Words } from './parts.tsx'

/** That nobody speaks with the parents yet, for everybody who opens the concern; afterwards, who lifted it and why. */
export function ParentsHeld({
  concern,
  hold,
  mayLift,
  now,
}: {
  readonly concern: Pick<ConcernFacts, 'id'>
  readonly hold: HoldOnPage | null
  readonly mayLift: boolean
  readonly now: Instant
}): VNode | null {
  if (!hold) return null
  if (hold.liftedAt)
    return (
      <>
        <p class="govuk-body govuk-!-margin-bottom-1">
          The hold on speaking with the parents was lifted by {hold.liftedBy}, <Moment at={hold.liftedAt} now={now} />:
        </p>
        <Words>{hold.liftedBecause ?? ''}</Words>
      </>
    )
  return (
    <>
      <WarningText>{parentsHeld}</WarningText>
      {mayLift && (
        <p class="govuk-body">
          <a class="govuk-link" href={`/concerns/${concern.id}/parent-hold`}>
            Lift the hold on speaking with the parents
          </a>
        </p>
      )}
    </>
  )
}
