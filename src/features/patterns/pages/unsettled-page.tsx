import type { VNode } from 'preact'
import { dateInWords } from '../../../kernel/london-time.ts'
import type { Profile } from '../../../policy/profile.ts'
import type { UnsettledChild } from '../model.ts'
import { Views } from './parts.tsx'

export interface UnsettledPageProps {
  readonly profile: Profile
  /** Whether the school's policy asks for such a decision at all. */
  readonly isAsked: boolean
  readonly rows: readonly UnsettledChild[]
}

function signsOf(profile: Profile, row: UnsettledChild): string {
  const options = profile.questions.find(({ id }) => id === row.question)?.options ?? []
  return row.options.map(id => options.find(option => option.id === id)?.name ?? id).join('; ')
}

/** Children with signs of need on which nobody has decided, those who have waited longest first. */
export function UnsettledPage({ profile, isAsked, rows }: UnsettledPageProps): VNode {
  return (
    <>
      <h1 class="govuk-heading-l">Early help to be considered</h1>
      <Views here="/early-help" />
      {!isAsked && <p class="govuk-body">Your school’s policy does not ask for signs of need at triage, so nobody is listed.</p>}
      {isAsked && rows.length === 0 && <p class="govuk-body">Every sign of need has a decision.</p>}
      <ul class="govuk-list govuk-list--spaced">
        {rows.map(row => (
          <li>
            <a class="govuk-link" href={`/children/${row.childId}`}>
              {[row.name, row.className].filter(Boolean).join(', ')}
            </a>
            : {signsOf(profile, row)}.{' '}
            <span class="hf-meta">
              Since {dateInWords(row.since)}.{' '}
              <a class="govuk-link" href={`/concerns/${row.concernId}/decision`}>
                Decide, {row.reference}
              </a>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
