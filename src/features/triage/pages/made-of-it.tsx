/** What the team made of a concern: judgements, decisions, contacts, work, links, moves, closings. */
import type { VNode } from 'preact'
import { timeInWords, toLocal } from '../../../kernel/london-time.ts'
import type { Instant } from '../../../kernel/plain-date.ts'
import type { Profile } from '../../../policy/profile.ts'
import { Badge, Words as OwnWords, SummaryList } from '../../../web/components/index.ts'
import { markInWords } from '../../attendance/index.ts'
import { areQuestionsHeld } from '../../pathways/index.ts'
import { answerRows } from '../../questions/index.ts'
import type { ConcernFacts } from '../model.ts'
import type { AmendmentOnPage, ConcernContent, DecisionOnPage, TriageOnPage } from '../page-model.ts'
import { levelOf } from '../rules.ts'
import { dayDueInWords } from '../when.ts'
import { agencyNames, choiceNames, parentOutcomeNames, urgentAnswerNames } from '../words.ts'
import { amendmentRows } from './amendment-rows.tsx'
import { authorsTags, categoryNames } from './category-words.ts'
import { notReferredRows } from './not-referred.tsx'
import { childInWords, childName, Moment, Section, Words } from './parts.tsx'
import { secondLookRows } from './second-look-rows.tsx'

export interface MadeOfItProps {
  readonly profile: Profile
  readonly now: Instant
  readonly concern: ConcernFacts
  readonly content: ConcernContent
}

interface CardProps {
  readonly profile: Profile
  readonly now: Instant
  readonly amendments: readonly AmendmentOnPage[]
}

function TriageCard({
  triage,
  concern,
  profile,
  now,
  amendments,
}: CardProps & { readonly triage: TriageOnPage; readonly concern: ConcernFacts }): VNode {
  const authors = authorsTags(profile, concern)
  const level = levelOf(profile, triage.framework, triage.levelId)
  const framework = [profile.levels, ...profile.otherLevels].find(({ authority }) => authority === triage.framework)
  return (
    <SummaryList
      card={{
        title: (
          <>
            Triage by {triage.byName}, <Moment at={triage.at} now={now} />
          </>
        ),
        headingLevel: 3,
      }}
      rows={[
        triage.startedAt !== null && {
          key: 'Looked at',
          value: `from ${timeInWords(toLocal(triage.startedAt).time)} to ${timeInWords(toLocal(triage.at).time)}`,
        },
        triage.registration.length > 0 && {
          key: 'Registration then',
          value: triage.registration
            .map(mark => {
              const child = concern.children.find(({ childId }) => childId === mark.childId)
              return `${child && triage.registration.length > 1 ? `${childName(child)}: ` : ''}${markInWords(mark)}`
            })
            .join('; '),
        },
        { key: 'Immediate risk?', value: urgentAnswerNames[triage.immediateRisk] },
        { key: 'Safe to go home?', value: urgentAnswerNames[triage.safeToGoHome] },
        { key: 'Medical help?', value: urgentAnswerNames[triage.medical] },
        { key: 'Police needed?', value: urgentAnswerNames[triage.police] },
        triage.urgentSays !== '' && { key: 'What was done about it', value: <Words>{triage.urgentSays}</Words> },
        { key: 'Categories', value: categoryNames(profile, triage.categories) },
        triage.mainCategory !== null &&
          triage.categories.length > 1 && { key: 'Main category', value: categoryNames(profile, [triage.mainCategory]) },
        authors !== '' && { key: 'The author’s own', value: authors },
        {
          key: 'Level of need',
          value: (
            <>
              {level?.name ?? triage.levelId} <span class="hf-meta">({framework?.name ?? triage.framework})</span>
            </>
          ),
        },
        ...answerRows(profile, triage.answers),
        { key: 'Why', value: <Words>{triage.rationale}</Words> },
        { key: 'Judged under', value: triage.policyEdition },
        ...amendmentRows(amendments, now),
      ]}
    />
  )
}

function judgedBy(profile: Profile, { framework, levelId, ...cited }: DecisionOnPage): string {
  const level = levelOf(profile, framework ?? '', levelId ?? '')?.name ?? levelId ?? ''
  if (cited.thresholdTitle === null) return level
  return `${level}; ${cited.thresholdTitle}, ${cited.thresholdEdition}${cited.thresholdUnderReview ? ' (under review then)' : ''}`
}

function DecisionCard({ decision, profile, now, amendments }: CardProps & { readonly decision: DecisionOnPage }): VNode {
  return (
    <SummaryList
      card={{
        title: (
          <>
            Decision by {decision.byName}, <Moment at={decision.at} now={now} />
          </>
        ),
        headingLevel: 3,
      }}
      rows={[
        { key: 'Choice', value: choiceNames[decision.choice] },
        { key: 'Why', value: <Words>{decision.rationale}</Words> },
        ...answerRows(profile, decision.answers),
        decision.considered.length > 1 && {
          key: 'Weighed',
          value: decision.considered.map(route => choiceNames[route]).join('; '),
        },
        ...notReferredRows(profile, decision.notReferred),
        decision.adviceFrom !== null && { key: 'Advice sought', value: <Words>{decision.adviceFrom}</Words> },
        decision.framework !== null && {
          key: 'Judged by',
          value: judgedBy(profile, decision),
        },
        { key: 'Decided under', value: decision.policyEdition },
        ...secondLookRows(decision.secondLooks, now),
        ...amendmentRows(amendments, now),
      ]}
    />
  )
}

function amendmentsOf({ amendments }: ConcernContent, id: string): readonly AmendmentOnPage[] {
  return amendments.filter(({ judgementId }) => judgementId === id)
}

function Judged({ profile, now, concern, content }: MadeOfItProps): VNode | null {
  if (content.triages.length === 0 && content.decisions.length === 0) return null
  return (
    <Section id="triage" title="Triage and decisions">
      {content.decisions.map(decision => (
        <DecisionCard decision={decision} profile={profile} now={now} amendments={amendmentsOf(content, decision.id)} />
      ))}
      {content.triages.map(triage => (
        <TriageCard triage={triage} concern={concern} profile={profile} now={now} amendments={amendmentsOf(content, triage.id)} />
      ))}
    </Section>
  )
}

function Parents({ concern, content, now }: MadeOfItProps): VNode | null {
  if (content.parents.length === 0) return null
  return (
    <Section id="parents" title="Parents">
      <ul class="govuk-list govuk-list--spaced">
        {content.parents.map(contact => {
          const child = concern.children.find(({ childId }) => childId === contact.childId)
          return (
            <li>
              <strong>
                {child && `${childInWords(child)}: `}
                {parentOutcomeNames[contact.outcome]}
              </strong>
              {contact.who && (
                <>
                  , <bdi>{contact.who}</bdi>
                </>
              )}
              . <OwnWords as="span">{contact.says}</OwnWords> {contact.approvedBy && `Agreed by ${contact.approvedBy}. `}
              {contact.advisedBy && contact.advisedAt && (
                <>
                  Supported by {contact.advisedBy}, {contact.advisedRole}, <Moment at={contact.advisedAt} now={now} />.{' '}
                </>
              )}
              <span class="hf-meta">
                {contact.byName}, <Moment at={contact.at} now={now} />
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

export const referralStateNames: Readonly<Record<ConcernContent['referrals'][number]['state'], string>> = {
  decided: 'Decided, not made yet',
  phoned: 'Telephoned, waiting for an answer',
  written: 'In writing, waiting for an answer',
  answered: 'Answered',
  escalated: 'Taken further, waiting for an answer',
  concluded: 'Concluded',
}

function Referrals({ concern, content, now }: MadeOfItProps): VNode | null {
  if (content.referrals.length === 0) return null
  return (
    <Section id="referrals" title="Referrals">
      <ul class="govuk-list govuk-list--spaced">
        {content.referrals.map(referral => {
          const child = concern.children.find(({ childId }) => childId === referral.childId)
          return (
            <li>
              <a class="govuk-link" href={`/referrals/${referral.id}`}>
                {agencyNames[referral.agency]}
                {child && ` for ${childInWords(child)}`}
              </a>
              : {referral.destination}. <strong>{referralStateNames[referral.state]}</strong>
              {referral.direct && ' (made by the member of staff, because nobody inside could be reached)'}{' '}
              <span class="hf-meta">
                Opened <Moment at={referral.openedAt} now={now} />
              </span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function ActionState({
  action,
  isHeld,
  now,
}: {
  readonly action: ConcernContent['actions'][number]
  readonly isHeld: boolean
  readonly now: Instant
}): VNode {
  if (action.doneAt) {
    return (
      <>
        <Badge kind="done">{action.dropped ? 'Dropped' : 'Done'}</Badge> {action.outcome}
      </>
    )
  }
  if (action.asksChildren && isHeld) return <Badge kind="plain">Paused: nobody questions the children now</Badge>
  const due = dayDueInWords(action.dueOn, now)
  return due.startsWith('overdue') ? <Badge kind="overdue">{due}</Badge> : <span>{due}</span>
}

function Actions({ concern, content, now }: MadeOfItProps): VNode | null {
  const isHeld = areQuestionsHeld(concern.steps)
  if (content.actions.length === 0) return null
  return (
    <Section id="actions" title="Actions">
      <ul class="govuk-list govuk-list--spaced">
        {content.actions.map(action => (
          <li>
            <a class="govuk-link" href={`/actions/${action.id}`}>
              {action.says}
            </a>
            , {action.ownerName}: <ActionState action={action} isHeld={isHeld} now={now} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function LinksAndMoves({ content, now }: MadeOfItProps): VNode | null {
  if (content.links.length === 0 && content.moves.length === 0) return null
  return (
    <Section id="links" title="Links and moves">
      <ul class="govuk-list govuk-list--spaced">
        {content.links.map(link => (
          <li>
            Another report of the same event:{' '}
            <a class="govuk-link" href={`/concerns/${link.id}`}>
              {link.reference}
            </a>
            , recorded <Moment at={link.recordedAt} now={now} />. {link.reason}
          </li>
        ))}
        {content.moves.map(move => (
          <li>
            Moved from the file of {move.from} to the file of {move.to} by {move.byName}, <Moment at={move.at} now={now} />.{' '}
            {move.reason}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Closures({ profile, content, now }: MadeOfItProps): VNode | null {
  if (content.closures.length === 0) return null
  return (
    <Section id="closings" title="Closings">
      {content.closures.map(closure => (
        <SummaryList
          card={{
            title: (
              <>
                Closed by {closure.closedBy}, <Moment at={closure.closedAt} now={now} />
              </>
            ),
            headingLevel: 3,
          }}
          rows={[
            { key: 'Summary', value: <Words>{closure.summary}</Words> },
            { key: 'Outcome', value: <Words>{closure.outcome}</Words> },
            { key: 'Why it can close', value: <Words>{closure.rationale}</Words> },
            ...notReferredRows(profile, closure.notReferred),
            ...amendmentRows(amendmentsOf(content, closure.id), now),
            closure.reopenedAt !== null && {
              key: 'Opened again',
              value: (
                <>
                  By {closure.reopenedBy}, <Moment at={closure.reopenedAt} now={now} />. {closure.reopenedBecause}
                </>
              ),
            },
          ]}
        />
      ))}
    </Section>
  )
}

/** All that was made of a concern, the newest judgement first. */
export function MadeOfIt(props: MadeOfItProps): VNode {
  return (
    <>
      <Judged {...props} />
      <Parents {...props} />
      <Referrals {...props} />
      <Actions {...props} />
      <LinksAndMoves {...props} />
      <Closures {...props} />
    </>
  )
}
