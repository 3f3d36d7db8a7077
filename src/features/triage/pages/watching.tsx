/** Who was told and what is running: the side of a concern that the policy decides. */
import type { VNode } from 'preact'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Badge, Details } from '../../../web/components/index.ts'
import type { Told } from '../model.ts'
import type { ClockOnPage } from '../page-model.ts'
import { dueInWords } from '../when.ts'
import { clockTitles } from '../words.ts'
import { Moment } from './parts.tsx'

function roleTitle(profile: Profile, role: string): string {
  return profile.team.find(member => member.role === role)?.title ?? role.replaceAll('-', ' ')
}

const toldHow: Readonly<Record<Told['kind'], string>> = {
  told: 'told',
  urgent: 'told as urgent',
  'passed-on': 'told because nobody before had answered',
  'handed-over': 'given it',
  'also-told': 'also told',
  feedback: 'told back',
  addendum: 'told of an addition',
  'second-alert': 'told a second time, because nobody had answered',
  'find-dsl': 'asked to find a DSL, without a word of what it is about',
  untriaged: 'told that it was not triaged in time',
  undecided: 'told that it was not decided in time',
  'for-return': 'kept for their return',
  'without-dsl': 'told of what was done without a DSL',
  'handed-back': 'told what was done in their place',
  action: 'given an action',
  challenge: 'given the answer to whoever is still worried',
  'challenge-passed': 'given the answer to whoever is still worried, with the concern until it is written',
  'early-contact': 'told that a parent was spoken with first',
  'not-seen': 'told that the child had not been seen yet',
  'account-asked': 'asked to write their own account, without a word of the rest',
  'account-due': 'warned that an account is not written yet',
  'step-late': 'told that a step of the policy is late',
  'clock-near': 'warned that a time runs out',
}

/** Everybody who was told, and whether they have seen it. */
export function WhoWasTold({
  profile,
  told,
  now,
}: {
  readonly profile: Profile
  readonly told: readonly Told[]
  readonly now: Instant
}): VNode {
  return (
    <>
      <h2 class="govuk-heading-s" id="told">
        Who was told
      </h2>
      {told.length === 0 && <p class="govuk-body">Nobody yet.</p>}
      <ul class="govuk-list govuk-list--spaced">
        {told.map(alert => (
          <li>
            <strong>{alert.name}</strong>
            {alert.role !== 'reporter' && `, ${roleTitle(profile, alert.role)}`}: {toldHow[alert.kind]}{' '}
            <Moment at={alert.toldAt} now={now} />.{' '}
            {alert.seenAt ? (
              <>
                Seen <Moment at={alert.seenAt} now={now} />.
              </>
            ) : (
              <Badge kind="waiting">Not seen yet</Badge>
            )}
            <Details summary="Why?">
              {alert.says} <span class="hf-meta">({alert.source})</span>
            </Details>
          </li>
        ))}
      </ul>
    </>
  )
}

const standings: Readonly<Record<ClockOnPage['standing'], string>> = {
  stated: 'The text says so.',
  read: 'The text leaves room; this is the reading that the school chose.',
  setting: 'No text gives this time: it is a setting.',
  unverified: 'Printed in the text, but not confirmed.',
}

function ClockState({ clock, now }: { readonly clock: ClockOnPage; readonly now: Instant }): VNode {
  if (clock.metAt) {
    const late = clock.dueAt !== null && clock.metAt > clock.dueAt
    return (
      <>
        <Badge kind="done">{late ? 'Done, late' : 'Done'}</Badge> <Moment at={clock.metAt} now={now} />
      </>
    )
  }
  if (clock.endedAt) return <>Ended with the closing</>
  const isLate = clock.dueAt !== null && now > clock.dueAt
  const says = dueInWords(clock.dueAt, now)
  return isLate ? <Badge kind="overdue">{says}</Badge> : <span>{says}</span>
}

/** Every clock of the concern with what it waits for and why it runs. */
export function Clocks({ clocks, now }: { readonly clocks: readonly ClockOnPage[]; readonly now: Instant }): VNode {
  return (
    <>
      <h2 class="govuk-heading-s" id="clocks">
        Clocks
      </h2>
      {clocks.length === 0 && <p class="govuk-body">None runs.</p>}
      <ul class="govuk-list govuk-list--spaced">
        {clocks.map(clock => (
          <li>
            <strong>{clockTitles[clock.name]}</strong>: <ClockState clock={clock} now={now} />
            {clock.standing === 'setting' && (
              <>
                {' '}
                <span class="hf-meta">(a setting)</span>
              </>
            )}
            <Details summary="Why?">
              {clock.says} <span class="hf-meta">{standings[clock.standing]}</span>
              <br />
              <span class="hf-meta">
                Source: {clock.source}.{' '}
                <a class="govuk-link" href={`/policy/rules/${clock.rule}?on=${clock.basisOn}`}>
                  The rule, its paragraph and its reading<span class="govuk-visually-hidden">: {clockTitles[clock.name]}</span>
                </a>
              </span>
            </Details>
          </li>
        ))}
      </ul>
    </>
  )
}
