import type { VNode } from 'preact'
import type { Profile } from '../../../policy/profile.ts'
import { WarningText, Words } from '../../../web/components/index.ts'
import type { HouseholdOfChild } from '../model.ts'

export interface CautionProps {
  readonly household: readonly HouseholdOfChild[]
  readonly profile: Pick<Profile, 'householdHarm'>
  readonly onPaper?: boolean
}

/** Stands before the contacts of a child in whose household harm was reported: not everybody there is safe to ring. */
export function Caution({ household, profile, onPaper = false }: CautionProps): VNode | null {
  if (household.length === 0) return null
  const says = [...new Set(household.flatMap(({ contactSays }) => (contactSays ? [contactSays] : [])))]
  const [latest] = household
  return (
    <WarningText iconText="Before you ring">
      {profile.householdHarm?.caution ?? 'Check who is safe to call'}.{' '}
      {says.length > 0 ? <Words as="span">{says.join('\n')}</Words> : 'Nobody has written down who is safe yet.'}{' '}
      {latest && !onPaper && (
        <a class="govuk-link" href={`/concerns/${latest.concernId}/household`}>
          The household, {latest.reference}
        </a>
      )}
    </WarningText>
  )
}

/** What waits for the team on the page of a brother or sister. */
export function AwaitingConfirmation({ household }: Pick<CautionProps, 'household'>): VNode | null {
  const awaiting = household.filter(({ state }) => state === 'awaiting')
  if (awaiting.length === 0) return null
  return (
    <ul class="govuk-list">
      {awaiting.map(({ concernId, reference }) => (
        <li>
          <strong>Possibly affected by a concern about the household.</strong> It waits for you to confirm or dismiss it.{' '}
          <a class="govuk-link" href={`/concerns/${concernId}/household`}>
            Confirm or dismiss, {reference}
          </a>
        </li>
      ))}
    </ul>
  )
}
